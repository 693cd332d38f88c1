//! Ending, listing and forgetting sessions.

use domain::session::{EndReason, Session};
use store::{Store, refresh_families, sessions};

use crate::support::{active, at, family, reading, session, session_of, writing};

store_test! {
    async fn a_session_is_ended_once_and_only_by_its_owner(store: Store) {
        let (user, other) = (active(&store, 1).await, active(&store, 2).await);
        let session = session(&store, &user, 1).await;
        assert!(!writing!(store, |tx| tx.run(sessions::update_ended(session.id, other.id, EndReason::Revoked, at(5)))));
        assert!(reading!(store, |tx| sessions::find_alive(tx, session.id, at(5))).is_some());
        assert!(writing!(store, |tx| tx.run(sessions::update_ended(session.id, user.id, EndReason::Revoked, at(5)))));
        assert!(!writing!(store, |tx| tx.run(sessions::update_ended(session.id, user.id, EndReason::Revoked, at(6)))));
        assert!(reading!(store, |tx| sessions::find_alive(tx, session.id, at(6))).is_none());
    }
}

store_test! {
    async fn every_reason_to_end_can_be_written(store: Store) {
        let user = active(&store, 1).await;
        let reasons = [
            EndReason::Logout,
            EndReason::Revoked,
            EndReason::Replay,
            EndReason::PhoneChanged,
            EndReason::Claimed,
            EndReason::Blocked,
            EndReason::Erased,
        ];
        for (number, reason) in (1..).zip(reasons) {
            let session = session(&store, &user, number).await;
            assert!(writing!(store, |tx| tx.run(sessions::update_ended(session.id, user.id, reason, at(5)))));
        }
    }
}

store_test! {
    async fn a_cookie_ends_its_session(store: Store) {
        let user = active(&store, 1).await;
        let session = session(&store, &user, 1).await;
        assert!(writing!(store, |tx| tx.run(sessions::update_cookie(session.id, &[3; 32], at(4)))));
        assert!(!writing!(store, |tx| tx.run(sessions::update_ended_by_cookie(&[4; 32], EndReason::Logout, at(5)))));
        assert!(writing!(store, |tx| tx.run(sessions::update_ended_by_cookie(&[3; 32], EndReason::Logout, at(5)))));
        assert!(!writing!(store, |tx| tx.run(sessions::update_ended_by_cookie(&[3; 32], EndReason::Logout, at(5)))));
        assert_eq!(reading!(store, |tx| sessions::find_alive_by_cookie(tx, &[3; 32], at(6))), None);
    }
}

store_test! {
    async fn all_others_end_or_all(store: Store) {
        let (user, other) = (active(&store, 1).await, active(&store, 2).await);
        let here = session(&store, &user, 1).await;
        for number in 2..=4 {
            session(&store, &user, number).await;
        }
        let theirs = session(&store, &other, 5).await;
        assert_eq!(writing!(store, |tx| tx.count(sessions::update_ended_others(user.id, Some(here.id), EndReason::Revoked, at(5)))), 3);
        assert_eq!(reading!(store, |tx| sessions::list_alive(tx, user.id, at(6))), [here]);
        assert_eq!(writing!(store, |tx| tx.count(sessions::update_ended_others(user.id, None, EndReason::Blocked, at(7)))), 1);
        assert_eq!(reading!(store, |tx| sessions::list_alive(tx, user.id, at(8))), []);
        assert_eq!(reading!(store, |tx| sessions::list_alive(tx, other.id, at(8))), [theirs]);
    }
}

store_test! {
    async fn the_list_begins_with_the_last_used(store: Store) {
        let user = active(&store, 1).await;
        let last_used = |number: u128, seconds: i64| Session { last_seen_at: at(seconds), ..session_of(&user, number) };
        let sessions = [last_used(1, 10), last_used(2, 30), last_used(3, 20)];
        for session in &sessions {
            writing!(store, |tx| tx.run(sessions::insert(session)));
        }
        let [first, second, third] = sessions;
        assert_eq!(reading!(store, |tx| sessions::list_alive(tx, user.id, at(40))), [second, third, first]);
    }
}

store_test! {
    async fn long_dead_sessions_go_with_their_families(store: Store) {
        let user = active(&store, 1).await;
        let (gone, kept) = (session(&store, &user, 1).await, session(&store, &user, 2).await);
        let (dead, alive) = (family(&store, &gone, 1).await, family(&store, &kept, 2).await);
        writing!(store, |tx| tx.run(sessions::update_seen(kept.id, at(900), at(1_900))));
        assert_eq!(writing!(store, |tx| sessions::delete_before(tx, at(1_001), 10)), 1);
        assert!(reading!(store, |tx| refresh_families::find(tx, alive.id, at(950))).is_some());
        // Its key is free again: the row is gone, not only dead.
        writing!(store, |tx| tx.run(sessions::insert(&session_of(&user, 1))));
        writing!(store, |tx| tx.run(refresh_families::insert(&dead)));
    }
}
