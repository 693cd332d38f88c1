use std::time::Duration;

use sqlx::{Connection, PgConnection};
use store::testing::{on_postgres, on_sqlite};
use store::{Store, StoreOptions, wakeups};

/// Long enough for any machine; a call that is never heard ends the test instead of hanging it.
const PATIENCE: Duration = Duration::from_mins(1);

async fn hear(listener: &mut wakeups::Listener) {
    tokio::time::timeout(PATIENCE, listener.next()).await.expect("a call is heard").expect("the database answers");
}

#[tokio::test]
async fn a_call_reaches_the_listener_of_another_process() {
    on_postgres(|scratch| async move {
        let other = Store::connect(&scratch.url, &StoreOptions::default()).await.expect("connects");
        let mut listener = wakeups::listener(&other).expect("PostgreSQL has one");
        hear(&mut listener).await; // It listens now.
        wakeups::call(&scratch.store).await.expect("calls");
        hear(&mut listener).await;
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_listener_whose_connection_was_killed_listens_again() {
    on_postgres(|scratch| async move {
        let mut listener = wakeups::listener(&scratch.store).expect("PostgreSQL has one");
        hear(&mut listener).await;
        let mut admin = PgConnection::connect(&scratch.url).await.expect("connects");
        let kill =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";
        assert_eq!(sqlx::query(kill).execute(&mut admin).await.expect("kills").rows_affected(), 1);
        // The loss is heard, as an error or as "look".
        let lost = tokio::time::timeout(PATIENCE, listener.next()).await.expect("the loss is noticed");
        if lost.is_err() {
            hear(&mut listener).await;
        }
        wakeups::call(&scratch.store).await.expect("calls");
        hear(&mut listener).await;
        admin.close().await.expect("closes");
    })
    .await;
}

#[tokio::test]
async fn on_sqlite_a_call_is_nothing_and_nobody_listens() {
    on_sqlite(|scratch| async move {
        wakeups::call(&scratch.store).await.expect("nothing to do");
        assert!(wakeups::listener(&scratch.store).is_none());
    })
    .await;
}
