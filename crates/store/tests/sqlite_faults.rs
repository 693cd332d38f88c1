//! A `SQLite` file that is full, read-only or in another's hands, and then is not.

use std::time::Duration;

use domain::ids::UserId;
use store::testing::injections::Hold;
use store::testing::{Raw, Scratch, on_sqlite, on_writer};
use store::{Condition, Store, StoreError, StoreOptions, users};

use crate::support::{id, new_user, pending, reading};

fn is_unavailable<T>(outcome: &Result<T, StoreError>) -> bool {
    matches!(outcome, Err(StoreError::Unavailable(_)))
}

/// Two people in one transaction, or none.
async fn add(store: &Store, first: u32) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    users::upsert_by_phone(&mut tx, &new_user(first)).await?;
    users::upsert_by_phone(&mut tx, &new_user(first + 1)).await?;
    tx.commit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_full_disk_is_unavailable_leaves_no_half_and_recovers() {
    on_sqlite(async |scratch: Scratch| {
        let store = scratch.store;
        for round in 0..2 {
            // No page more than there are now.
            on_writer(&store, "PRAGMA max_page_count = 1").await;
            let mut added = Vec::new();
            let mut next = 1 + round * 100_000;
            let refused = loop {
                match add(&store, next).await {
                    Ok(()) => added.push(next),
                    error => break error,
                }
                next += 2;
                assert!(next % 100_000 < 50_000, "it never fills up");
            };
            assert!(is_unavailable(&refused), "{refused:?}");
            // As before, not a fault of ours, however often.
            let again = add(&store, next).await;
            assert!(is_unavailable(&again), "{again:?}");
            for number in [next, next + 1] {
                assert_eq!(reading!(store, |tx| users::find(tx, UserId(id(number.into())))), None);
            }
            for number in added {
                assert!(reading!(store, |tx| users::find(tx, UserId(id(number.into())))).is_some());
            }
            on_writer(&store, "PRAGMA max_page_count = 1000000").await;
            add(&store, next).await.expect("there is room again");
            assert_eq!(store.condition().await.expect("answers"), Condition::Good);
        }
        let mut raw = Raw::connect(&scratch.url).await;
        assert_eq!(raw.number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'").await, 0);
    })
    .await;
}

/// As it does when the disk is full at the commit. The driver does not notice, and would believe in that transaction for ever.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_transaction_that_sqlite_rolled_back_by_itself_is_over() {
    on_sqlite(async |scratch: Scratch| {
        let store = scratch.store;
        let mut raw = Raw::connect(&scratch.url).await;
        raw.run("CREATE TRIGGER back BEFORE INSERT ON users BEGIN SELECT RAISE(ROLLBACK, 'all of it'); END").await;
        for _ in 0..2 {
            let refused = add(&store, 1).await.expect_err("rolled back");
            assert!(format!("{refused:?}").contains("all of it"), "{refused:?}");
        }
        raw.run("DROP TRIGGER back").await;
        add(&store, 1).await.expect("as if nothing had happened");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_read_only_file_is_unavailable_for_writes_and_is_opened_anew() {
    on_sqlite(async |scratch: Scratch| {
        let store = scratch.store;
        let user = pending(&store, 1).await;
        on_writer(&store, "PRAGMA query_only = ON").await;
        let refused = add(&store, 2).await;
        assert!(is_unavailable(&refused), "{refused:?}");
        assert!(reading!(store, |tx| users::find(tx, user.id)).is_some());
        // The cause is gone with the connection.
        add(&store, 2).await.expect("opened anew");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_that_is_read_only_is_not_in_good_condition() {
    on_sqlite(async |scratch: Scratch| {
        on_writer(&scratch.store, "PRAGMA query_only = ON").await;
        assert!(is_unavailable(&scratch.store.condition().await));
        assert_eq!(scratch.store.condition().await.expect("opened anew"), Condition::Good);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_busy_writer_is_unavailable_at_the_lock_timeout_and_recovers() {
    on_sqlite(async |scratch: Scratch| {
        let options = StoreOptions { lock_timeout: Duration::from_millis(100), ..StoreOptions::default() };
        let store = Store::connect(&scratch.url, &options).await.expect("opens");
        let user = pending(&store, 1).await;
        let hold = Hold::writer(&scratch.url).await.expect("takes it");
        for _ in 0..2 {
            let refused = add(&store, 2).await;
            assert!(is_unavailable(&refused), "{refused:?}");
            assert!(is_unavailable(&store.condition().await));
        }
        // Reading needs nobody's turn.
        assert!(reading!(store, |tx| users::find(tx, user.id)).is_some());
        hold.release().await.expect("gives it back");
        add(&store, 2).await.expect("its turn again");
        store.close().await;
    })
    .await;
}
