//! The schema: brought up to date by many at once, by an older release, and after a change that should not be.

use store::testing::{Raw, on_postgres_url};
use store::{Condition, Store, StoreError, StoreOptions, on_both};

use crate::support::{all, pending};

/// A migration of a later release, as its row.
const LATER: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
    SELECT 9000, 'later', success, checksum, 1 FROM _sqlx_migrations WHERE version = 1";

store_test! {
    async fn a_migrated_database_has_nothing_pending_and_migrating_again_is_nothing(store: Store) {
        assert_eq!(store.pending_migrations().await.expect("reads"), Vec::<String>::new());
        store.migrate().await.expect("nothing to do");
        assert_eq!(store.condition().await.expect("answers"), Condition::Good);
    }
}

on_both! {
    async fn a_database_of_a_later_release_is_accepted(scratch) {
        let mut raw = Raw::connect(&scratch.url).await;
        raw.run(LATER).await;
        let older = Store::connect(&scratch.url, &StoreOptions::default()).await.expect("connects");
        assert_eq!(older.pending_migrations().await.expect("reads"), Vec::<String>::new());
        assert_eq!(older.condition().await.expect("answers"), Condition::Good);
        older.migrate().await.expect("nothing to do");
        pending(&older, 1).await;
        assert_eq!(raw.number("SELECT count(*) FROM _sqlx_migrations WHERE version = 9000").await, 1);
        older.close().await;
    }
}

on_both! {
    async fn a_migration_that_was_changed_since_is_refused(scratch) {
        let mut raw = Raw::connect(&scratch.url).await;
        let other = if scratch.url.starts_with("sqlite:") { "x'00'" } else { "'\\x00'" };
        raw.run(&format!("UPDATE _sqlx_migrations SET checksum = {other} WHERE version = 1")).await;
        for outcome in [scratch.store.migrate().await, scratch.store.pending_migrations().await.map(drop)] {
            let Err(StoreError::Migration(error)) = outcome else { panic!("it was accepted: {outcome:?}") };
            assert!(error.to_string().contains("migration 1 was previously applied but has been modified"), "{error}");
        }
    }
}

on_both! {
    async fn a_migration_that_is_missing_is_named(scratch) {
        let mut raw = Raw::connect(&scratch.url).await;
        raw.run("UPDATE _sqlx_migrations SET version = -version").await;
        let Condition::Pending(names) = scratch.store.condition().await.expect("answers") else { panic!("it is not seen") };
        assert_eq!(names[0], "0001_people_and_codes");
        assert_eq!(scratch.store.pending_migrations().await.expect("reads"), names);
    }
}

#[tokio::test]
async fn an_empty_database_names_what_is_pending_and_stays_empty() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("salon.db").display());
    let store = Store::connect(&url, &StoreOptions::default()).await.expect("opens");
    for _ in 0..2 {
        assert_eq!(store.pending_migrations().await.expect("reads")[0], "0001_people_and_codes");
        assert!(matches!(store.condition().await.expect("answers"), Condition::Pending(_)));
    }
    store.close().await;
}

async fn migrated_at_once(url: String, times: usize) {
    let outcomes = all(times, |_| {
        let url = url.clone();
        async move {
            let store = Store::connect(&url, &StoreOptions { max_connections: 2, ..StoreOptions::default() }).await?;
            store.migrate().await?;
            let condition = store.condition().await;
            store.close().await;
            condition
        }
    })
    .await;
    for outcome in outcomes {
        assert_eq!(outcome.expect("migrated"), Condition::Good);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_processes_may_migrate_one_file_at_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    migrated_at_once(format!("sqlite://{}", folder.path().join("salon.db").display()), 8).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_processes_may_migrate_one_server_at_once() {
    on_postgres_url(|url| migrated_at_once(url, 12)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_postgres_one_migrates_and_the_others_wait_for_an_advisory_lock() {
    on_postgres_url(|url| async move {
        // A table of the first migration's name, not committed: whoever migrates waits here.
        let mut raw = Raw::connect(&url).await;
        raw.run("BEGIN; CREATE TABLE users ()").await;
        let migrating: Vec<_> = (0..3)
            .map(|_| {
                let url = url.clone();
                tokio::spawn(async move {
                    let store = Store::connect(&url, &StoreOptions::default()).await.expect("connects");
                    store.migrate().await.expect("migrates");
                    store.close().await;
                })
            })
            .collect();
        let mut watch = Raw::connect(&url).await;
        let locks = |is_granted: bool| {
            format!(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted = {is_granted}
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        };
        watch.until(&locks(true), 1).await;
        watch.until(&locks(false), 2).await;
        raw.run("ROLLBACK").await;
        for task in migrating {
            task.await.expect("migrated");
        }
        assert_eq!(watch.number(&locks(true)).await, 0);
    })
    .await;
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
