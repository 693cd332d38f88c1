use domain::ids::SessionId;
use domain::session::{EndReason, Session, SessionKind};
use store::{Store, StoreError, sessions, users};

use crate::support::{active, all, at, id, race, reading, session, session_of, winners, writing};

store_test! {
    async fn a_session_comes_back_with_its_user_in_one_statement(store: Store) {
        let user = active(&store, 1).await;
        let session = session(&store, &user, 1).await;
        let mut tx = store.read().await.expect("connects");
        let start = store.statements();
        let found = sessions::find_alive(&mut tx, session.id, at(5)).await.expect("no error");
        assert_eq!((found, store.statements() - start), (Some((session, user)), 1));
    }
}

store_test! {
    async fn a_session_dies_by_idleness_by_age_and_by_epoch(store: Store) {
        let user = active(&store, 1).await;
        let idle = session(&store, &user, 1).await;
        let old = Session { id: SessionId(id(2)), idle_expires_at: at(5_000), kind: SessionKind::Web, ..idle.clone() };
        writing!(store, |tx| tx.run(sessions::insert(&old)));
        assert!(reading!(store, |tx| sessions::find_alive(tx, idle.id, at(999))).is_some());
        assert!(reading!(store, |tx| sessions::find_alive(tx, idle.id, at(1_000))).is_none());
        assert!(reading!(store, |tx| sessions::find_alive(tx, old.id, at(4_999))).is_some());
        assert!(reading!(store, |tx| sessions::find_alive(tx, old.id, at(5_000))).is_none());
        writing!(store, |tx| users::update_blocked(tx, user.id, true, at(6)));
        assert!(reading!(store, |tx| sessions::find_alive(tx, old.id, at(7))).is_none());
        writing!(store, |tx| users::update_blocked(tx, user.id, false, at(8)));
        assert!(reading!(store, |tx| sessions::find_alive(tx, old.id, at(9))).is_none(), "blocking ended it for good");
    }
}

store_test! {
    async fn a_blocked_user_has_no_session_whatever_the_epoch(store: Store) {
        let user = active(&store, 1).await;
        let blocked = writing!(store, |tx| users::update_blocked(tx, user.id, true, at(3))).expect("there");
        let session = session(&store, &blocked, 1).await;
        assert!(reading!(store, |tx| sessions::find_alive(tx, session.id, at(5))).is_none());
        assert!(reading!(store, |tx| sessions::list_alive(tx, user.id, at(5))).is_empty());
    }
}

store_test! {
    async fn a_cookie_is_bound_once(store: Store) {
        let user = active(&store, 1).await;
        let (first, second) = (session(&store, &user, 1).await, session(&store, &user, 2).await);
        let id = first.id;
        let bound = race!(store, 8, |tx, place| async move { tx.run(sessions::update_cookie(id, &[u8::try_from(place).expect("small"); 32], at(5))).await });
        assert_eq!(winners(&bound), 1);
        let hash = [u8::try_from(bound.iter().position(|won| *won).expect("one")).expect("small"); 32];
        assert_eq!(reading!(store, |tx| sessions::find_alive_by_cookie(tx, &hash, at(5))), Some((first, user)));
        assert_eq!(reading!(store, |tx| sessions::find_alive_by_cookie(tx, &[99; 32], at(5))), None);
        let mut tx = store.write().await.expect("begins");
        let taken = tx.run(sessions::update_cookie(second.id, &hash, at(5))).await;
        assert!(matches!(taken, Err(StoreError::Unique { constraint }) if constraint == "sessions_cookie_hash_key"));
    }
}

store_test! {
    async fn use_carries_a_live_session_on_and_wakes_no_dead_one(store: Store) {
        let user = active(&store, 1).await;
        let alive = session(&store, &user, 1).await;
        assert!(writing!(store, |tx| tx.run(sessions::update_seen(alive.id, at(900), at(1_900)))));
        let seen = Session { last_seen_at: at(900), idle_expires_at: at(1_900), ..alive.clone() };
        assert_eq!(reading!(store, |tx| sessions::find_alive(tx, alive.id, at(1_500))), Some((seen, user.clone())));
        assert!(!writing!(store, |tx| tx.run(sessions::update_seen(alive.id, at(1_900), at(2_900)))));
        let ended = session(&store, &user, 2).await;
        assert!(writing!(store, |tx| tx.run(sessions::update_ended(ended.id, user.id, EndReason::Logout, at(5)))));
        assert!(!writing!(store, |tx| tx.run(sessions::update_seen(ended.id, at(6), at(1_006)))));
        assert!(!writing!(store, |tx| tx.run(sessions::update_cookie(ended.id, &[1; 32], at(6)))));
        assert!(reading!(store, |tx| sessions::find_alive(tx, ended.id, at(7))).is_none());
    }
}

store_test! {
    async fn no_request_in_flight_brings_a_session_back(store: Store) {
        let user = active(&store, 1).await;
        for round in 0..10_u128 {
            let session = session_of(&user, round + 1);
            writing!(store, |tx| tx.run(sessions::insert(&session)));
            let (id, owner) = (session.id, user.id);
            all(12, |place| {
                let store = store.clone();
                async move {
                    if place == 6 {
                        assert!(writing!(store, |tx| tx.run(sessions::update_ended(id, owner, EndReason::Logout, at(10)))));
                    } else {
                        writing!(store, |tx| tx.run(sessions::update_seen(id, at(11), at(1_011))));
                    }
                }
            })
            .await;
            assert!(reading!(store, |tx| sessions::find_alive(tx, id, at(12))).is_none());
        }
    }
}
