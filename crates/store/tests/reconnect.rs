//! `PostgreSQL` goes away, is in the way or is too slow, and comes back.

use std::time::Duration;

use domain::ids::UserId;
use store::testing::injections::{Hold, terminate_backends};
use store::testing::{Raw, Scratch, on_postgres};
use store::{Condition, Store, StoreError, StoreOptions, users};

use crate::support::{all, challenge_of, id, new_user, pending, reading, session_of};

const MOMENT: Duration = Duration::from_secs(1);

/// Opens so many connections and gives them back.
async fn fill(store: &Store, connections: usize) {
    let mut held = Vec::new();
    for _ in 0..connections {
        held.push(store.read().await.expect("connects"));
    }
    drop(held);
    settled(store).await;
}

/// Waits until every connection is back in its pool: one that leaks makes this fail.
async fn settled(store: &Store) {
    for _ in 0..600 {
        let (open, idle) = store.connections();
        if open == idle {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("connections are in use still: {:?}", store.connections());
}

fn is_unavailable<T>(outcome: &Result<T, StoreError>) -> bool {
    matches!(outcome, Err(StoreError::Unavailable(_)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn after_all_back_ends_were_killed_every_transaction_begins() {
    on_postgres(async |scratch: Scratch| {
        let store = scratch.store;
        fill(&store, 12).await;
        assert!(terminate_backends(&scratch.url).await.expect("allowed to") >= 12);
        // One after the other, and then all at once: nobody is told.
        pending(&store, 1).await;
        fill(&store, 12).await;
        assert!(terminate_backends(&scratch.url).await.expect("allowed to") >= 12);
        let others = store.clone();
        all(12, move |place| {
            let store = others.clone();
            async move { pending(&store, u32::try_from(place).expect("small") + 10).await }
        })
        .await;
        settled(&store).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn after_all_back_ends_were_killed_one_read_fails_and_not_one_for_each_connection() {
    on_postgres(async |scratch: Scratch| {
        let store = scratch.store;
        fill(&store, 12).await;
        terminate_backends(&scratch.url).await.expect("allowed to");
        let mut failed = 0;
        for _ in 0..24 {
            match store.ping().await {
                Ok(()) => {}
                Err(StoreError::Unavailable(_)) => failed += 1,
                Err(error) => panic!("{error:?}"),
            }
        }
        assert!(failed <= 1, "{failed}");
        settled(&store).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_connection_that_breaks_in_a_transaction_leaves_nothing_behind() {
    on_postgres(async |scratch: Scratch| {
        let store = scratch.store;
        let mut tx = store.write().await.expect("begins");
        users::upsert_by_phone(&mut tx, &new_user(1)).await.expect("no error");
        terminate_backends(&scratch.url).await.expect("allowed to");
        assert!(is_unavailable(&users::find(&mut tx, UserId(id(1))).await));
        assert!(is_unavailable(&tx.commit().await));
        assert_eq!(reading!(store, |tx| users::find(tx, UserId(id(1)))), None);
        pending(&store, 1).await;
        settled(&store).await;
    })
    .await;
}

store_test! {
    async fn a_statement_that_fails_in_a_transaction_leaves_nothing_behind(store: Store) {
        let user = pending(&store, 1).await;
        for place in 2..40 {
            let mut tx = store.write().await.expect("begins");
            users::upsert_by_phone(&mut tx, &new_user(place)).await.expect("no error");
            let impossible = domain::challenge::Challenge { attempts: 9, ..challenge_of(&user, 1) };
            tx.run(store::challenges::insert(&impossible)).await.expect_err("more attempts than it bears");
        }
        settled(&store).await;
        for place in 2..40 {
            assert_eq!(reading!(store, |tx| users::find(tx, UserId(id(place)))), None);
        }
    }
}

store_test! {
    async fn a_transaction_that_nobody_waits_for_any_more_gives_its_connection_back(store: Store) {
        for place in 1..20 {
            let other = store.clone();
            let task = tokio::spawn(async move {
                let mut tx = other.write().await.expect("begins");
                users::upsert_by_phone(&mut tx, &new_user(place)).await.expect("no error");
                std::future::pending::<()>().await;
            });
            tokio::task::yield_now().await;
            task.abort();
            assert!(task.await.is_err_and(|error| error.is_cancelled()));
        }
        settled(&store).await;
        pending(&store, 50).await;
        for place in 1..20 {
            assert_eq!(reading!(store, |tx| users::find(tx, UserId(id(place)))), None);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_exhausted_pool_is_unavailable_and_recovers() {
    on_postgres(async |scratch: Scratch| {
        let options = StoreOptions { max_connections: 2, acquire_timeout: MOMENT * 2, ..StoreOptions::default() };
        let store = Store::connect(&scratch.url, &options).await.expect("connects");
        let held = (store.write().await.expect("begins"), store.read().await.expect("connects"));
        for _ in 0..2 {
            assert!(is_unavailable(&store.write().await));
            assert!(is_unavailable(&store.read().await));
        }
        drop(held);
        pending(&store, 1).await;
        settled(&store).await;
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_locked_table_is_unavailable_at_the_lock_timeout_and_recovers() {
    on_postgres(async |scratch: Scratch| {
        let options = StoreOptions { lock_timeout: MOMENT, statement_timeout: Duration::from_mins(1), ..StoreOptions::default() };
        let store = Store::connect(&scratch.url, &options).await.expect("connects");
        let hold = Hold::users(&scratch.url).await.expect("locks");
        let mut tx = store.write().await.expect("begins");
        let error = users::upsert_by_phone(&mut tx, &new_user(1)).await.expect_err("locked");
        assert!(is_unavailable(&Err::<(), _>(error)));
        drop(tx);
        assert!(is_unavailable(&users::find(&mut store.read().await.expect("connects"), UserId(id(1))).await));
        hold.release().await.expect("gives it back");
        pending(&store, 1).await;
        settled(&store).await;
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_statement_that_takes_too_long_is_unavailable() {
    on_postgres(async |scratch: Scratch| {
        let options = StoreOptions { lock_timeout: Duration::from_mins(1), statement_timeout: MOMENT, ..StoreOptions::default() };
        let store = Store::connect(&scratch.url, &options).await.expect("connects");
        let hold = Hold::users(&scratch.url).await.expect("locks");
        let outcome = users::find(&mut store.read().await.expect("connects"), UserId(id(1))).await;
        let Err(StoreError::Unavailable(error)) = outcome else { panic!("it answered: {outcome:?}") };
        assert!(error.to_string().contains("statement timeout"), "{error}");
        hold.release().await.expect("gives it back");
        pending(&store, 1).await;
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_transaction_left_alone_is_ended_by_the_server() {
    on_postgres(async |scratch: Scratch| {
        let options = StoreOptions { statement_timeout: MOMENT, ..StoreOptions::default() };
        let store = Store::connect(&scratch.url, &options).await.expect("connects");
        let mut tx = store.write().await.expect("begins");
        users::upsert_by_phone(&mut tx, &new_user(1)).await.expect("no error");
        // What it had locked is free for others, whatever its process does.
        let mut raw = Raw::connect(&scratch.url).await;
        let left =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
        raw.until(left, 0).await;
        assert!(is_unavailable(&tx.commit().await));
        assert_eq!(reading!(store, |tx| users::find(tx, UserId(id(1)))), None);
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_database_made_read_only_is_unavailable_for_writes_and_recovers_without_a_restart() {
    on_postgres(async |scratch: Scratch| {
        let store = scratch.store;
        let mut raw = Raw::connect(&scratch.url).await;
        let user = pending(&store, 1).await;
        let alter = |what: &str| format!("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I {what}', current_database()); END $$");
        raw.run(&alter("SET default_transaction_read_only = on")).await;
        // What is open keeps what it was told at its beginning: fresh connections only, as after a fail-over.
        terminate_others(&mut raw).await;
        let mut tx = store.write().await.expect("begins");
        let outcome = users::upsert_by_phone(&mut tx, &new_user(2)).await;
        assert!(is_unavailable(&outcome), "{outcome:?}");
        drop(tx);
        assert_eq!(store.condition().await.expect("answers"), Condition::ReadOnly);
        // Reading goes on.
        assert!(reading!(store, |tx| users::find(tx, user.id)).is_some());

        raw.run(&alter("RESET default_transaction_read_only")).await;
        for _ in 0..600 {
            let mut tx = store.write().await.expect("begins");
            match users::upsert_by_phone(&mut tx, &new_user(2)).await {
                Ok(_) => {
                    tx.commit().await.expect("commits");
                    break;
                }
                Err(error) => assert!(is_unavailable(&Err::<(), _>(error))),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(reading!(store, |tx| users::find(tx, UserId(id(2)))).is_some());
        settled(&store).await;
    })
    .await;
}

async fn terminate_others(raw: &mut Raw) {
    raw.number(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .await;
}

store_test! {
    async fn a_connection_for_reading_neither_writes_nor_locks(store: Store) {
        let user = pending(&store, 1).await;
        let mut tx = store.read().await.expect("connects");
        assert!(matches!(users::upsert_by_phone(&mut tx, &new_user(2)).await, Err(StoreError::Driver(_))));
        assert!(matches!(tx.run(store::sessions::insert(&session_of(&user, 1))).await, Err(StoreError::Driver(_))));
        assert!(users::find(&mut tx, user.id).await.expect("reads on").is_some());
        assert_eq!(users::find(&mut tx, UserId(id(2))).await.expect("reads on"), None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_lock_on_a_connection_for_reading_is_refused() {
    on_postgres(async |scratch: Scratch| {
        let user = pending(&scratch.store, 1).await;
        let mut tx = scratch.store.read().await.expect("connects");
        assert!(matches!(users::lock(&mut tx, user.id).await, Err(StoreError::Driver(_))));
    })
    .await;
}
