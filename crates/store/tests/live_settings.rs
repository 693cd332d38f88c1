use domain::ids::UserId;
use store::Store;
use store::live_settings::{self, Version};

use crate::support::{all, at, id, reading, writing};

fn version(version: u32, document: &str) -> Version {
    Version { version, document: document.to_owned(), changed_at: at(0), changed_by: Some(UserId(id(1))) }
}

store_test! {
    async fn the_newest_version_is_found_and_only_the_next_one_is_added(store: Store) {
        assert_eq!(reading!(store, |tx| live_settings::find_newer(tx, 0)), None);
        assert!(!writing!(store, |tx| tx.run(live_settings::insert(&version(2, "{}")))), "the first is 1");
        assert!(writing!(store, |tx| tx.run(live_settings::insert(&version(1, "{}")))));
        assert!(!writing!(store, |tx| tx.run(live_settings::insert(&version(1, r#"{"a":1}"#)))), "somebody was faster");
        let by_operator = Version { changed_by: None, ..version(2, r#"{"b":2}"#) };
        assert!(writing!(store, |tx| tx.run(live_settings::insert(&by_operator))));
        assert_eq!(reading!(store, |tx| live_settings::find_newer(tx, 0)), Some(by_operator.clone()));
        assert_eq!(reading!(store, |tx| live_settings::find_newer(tx, 1)), Some(by_operator));
        assert_eq!(reading!(store, |tx| live_settings::find_newer(tx, 2)), None);
    }
}

store_test! {
    async fn of_many_who_change_the_same_version_one_wins(store: Store) {
        let outcomes = all(8, |_| {
            let store = store.clone();
            async move { store.apply_one(live_settings::insert(&version(1, "{}"))).await }
        })
        .await;
        assert_eq!(outcomes.into_iter().filter(|outcome| matches!(outcome, Ok(true))).count(), 1);
    }
}
