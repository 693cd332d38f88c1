use store::{Store, StoreOptions};

use crate::support::all;

store_test! {
    async fn a_migrated_database_has_nothing_pending_and_migrating_again_is_nothing(store: Store) {
        assert_eq!(store.pending_migrations().await.expect("reads"), Vec::<String>::new());
        store.migrate().await.expect("nothing to do");
    }
}

#[tokio::test]
async fn an_empty_database_names_what_is_pending_and_stays_empty() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("salon.db").display());
    let store = Store::connect(&url, &StoreOptions::default()).await.expect("opens");
    for _ in 0..2 {
        assert_eq!(store.pending_migrations().await.expect("reads")[0], "0001_people_and_codes");
    }
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_processes_may_migrate_one_file_at_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("salon.db").display());
    let outcomes = all(4, |_| {
        let url = url.clone();
        async move {
            let store = Store::connect(&url, &StoreOptions::default()).await?;
            store.migrate().await?;
            store.pending_migrations().await
        }
    })
    .await;
    for outcome in outcomes {
        assert_eq!(outcome.expect("migrated"), Vec::<String>::new());
    }
}

#[test]
fn both_folders_have_the_same_names() {
    let names = |folder: &str| {
        let path = format!("{}/../../migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
        let mut names: Vec<_> =
            std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
        names.sort();
        names
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}
