//! Connecting, reading, writing, and what errors become.

use std::time::Duration;

use domain::ids::{SessionId, UserId};
use domain::session::SessionKind;
use domain::user::User;
use store::testing::Scratch;
use store::{Backend, Store, StoreError, StoreOptions, sessions, users};

use crate::support::{at, challenge_of, id, new_user, pending, phone, reading, session_of};

#[tokio::test]
async fn an_unknown_scheme_is_said_so() {
    for url in ["mysql://localhost/salon", "salon.db", ""] {
        let error = Store::connect(url, &StoreOptions::default()).await.expect_err("not a database of ours");
        assert!(matches!(error, StoreError::Url(_)), "{url}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unavailable() {
    let options = StoreOptions { acquire_timeout: Duration::from_millis(200), ..StoreOptions::default() };
    let error = Store::connect("postgres://salon@127.0.0.1:1/salon", &options).await.expect_err("nothing listens there");
    assert!(matches!(error, StoreError::Unavailable(_)));
}

#[tokio::test]
async fn a_reading_connection_of_sqlite_does_not_write() {
    store::testing::on_sqlite(async |scratch: Scratch| {
        let store = scratch.store;
        assert_eq!(store.backend(), Backend::Sqlite);
        let mut tx = store.read().await.expect("connects");
        assert!(users::upsert_by_phone(&mut tx, &new_user(1)).await.is_err());
        assert!(users::find(&mut tx, UserId(id(1))).await.expect("reads").is_none());
    })
    .await;
}

store_test! {
    async fn what_is_not_committed_never_happened(store: Store) {
        let mut tx = store.write().await.expect("begins");
        users::upsert_by_phone(&mut tx, &new_user(1)).await.expect("no error");
        drop(tx);
        assert_eq!(reading!(store, |tx| users::find(tx, UserId(id(1)))), None);
        pending(&store, 1).await;
        assert!(reading!(store, |tx| users::find(tx, UserId(id(1)))).is_some());
    }
}

store_test! {
    async fn statements_are_counted_with_begin_and_commit(store: Store) {
        store.ping().await.expect("answers");
        let start = store.statements();
        pending(&store, 1).await;
        assert_eq!(store.statements() - start, 3);
        reading!(store, |tx| users::find(tx, UserId(id(1))));
        assert_eq!(store.statements() - start, 4);
    }
}

store_test! {
    async fn nobody_to_belong_to_is_a_mistake_of_ours(store: Store) {
        let user = pending(&store, 1).await;
        let nobody = User { id: UserId(id(404)), ..user };
        let mut tx = store.write().await.expect("begins");
        let session = domain::session::Session { id: SessionId(id(1)), kind: SessionKind::Web, ..session_of(&nobody, 1) };
        assert!(matches!(tx.run(sessions::insert(&session)).await, Err(StoreError::Driver(_))));
    }
}

store_test! {
    async fn a_closed_store_is_unavailable(store: Store) {
        store.close().await;
        assert!(matches!(store.ping().await, Err(StoreError::Unavailable(_))));
        assert!(matches!(store.write().await, Err(StoreError::Unavailable(_))));
    }
}

store_test! {
    async fn a_locked_row_can_be_waited_for(store: Store) {
        let user = pending(&store, 1).await;
        let mut first = store.write().await.expect("begins");
        users::lock(&mut first, user.id).await.expect("no error");
        let (other, id) = (store.clone(), user.id);
        let second = tokio::spawn(async move {
            let mut tx = other.write().await.expect("begins");
            users::lock(&mut tx, id).await.expect("no error").expect("there").epoch
        });
        first.run(users::update_claimed(user.id, user.epoch, user.locale, at(5))).await.expect("no error");
        first.commit().await.expect("commits");
        // It had to wait, so it sees what the first one did.
        assert_eq!(second.await.expect("no panic"), 1);
    }
}

store_test! {
    async fn an_error_shows_no_phone(store: Store) {
        let user = pending(&store, 1).await;
        let mut tx = store.write().await.expect("begins");
        let impossible = domain::challenge::Challenge { attempts: 9, ..challenge_of(&user, 1) };
        let error = tx.run(store::challenges::insert(&impossible)).await.expect_err("more attempts than it bears");
        let shown = format!("{error:?}");
        assert!(shown.contains("challenges_attempts_check"), "{shown}");
        assert!(!shown.contains(phone(1).as_e164()), "{shown}");
    }
}
