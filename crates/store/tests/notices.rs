//! What is told to whom, and who may put it away.

use chrono::{DateTime, Utc};
use domain::ids::{AuditId, SessionId};
use domain::locale::Locale;
use domain::notice::{NoticeKind, NoticedSession};
use domain::session::{EndReason, Session};
use domain::user::User;
use serde_json::json;
use store::audit::{self, NewAudit};
use store::{Store, notices, sessions, users};

use crate::support::{active, at, id, reading, session_of, writing};

/// A session that began at `seconds`.
async fn session(store: &Store, user: &User, number: u128, seconds: i64) -> Session {
    let session = Session { authenticated_at: at(seconds), ..session_of(user, number) };
    writing!(store, |tx| tx.run(sessions::insert(&session)));
    session
}

async fn record(store: &Store, number: u128, seconds: i64, action: &'static str, user: &User, session: Option<SessionId>) {
    let entry = NewAudit {
        id: AuditId(id(number)),
        at: at(seconds),
        actor: "self".into(),
        action,
        subject: Some(user.id),
        session,
        detail: json!({ "from": format!("+9665•••••{seconds}") }),
    };
    writing!(store, |tx| tx.run(audit::insert(&entry)));
}

/// The instants of what `session` is told, in seconds.
async fn told(store: &Store, user: &User, session: &Session) -> Vec<i64> {
    let listed = reading!(store, |tx| notices::list(tx, user.id, session.id, at(0), at(900), 20));
    listed.iter().map(|notice| (notice.at - at(0)).num_seconds()).collect()
}

async fn put_away(store: &Store, session: &Session, until: DateTime<Utc>) {
    writing!(store, |tx| tx.run(sessions::update_notices_seen(session.id, until)));
}

const NEW_DEVICE: &str = NoticeKind::NewDevice.as_str();

store_test! {
    async fn notices_come_newest_first_with_their_session_and_nothing_else_does(store: Store) {
        let (user, other) = (active(&store, 1).await, active(&store, 2).await);
        let here = session(&store, &user, 1, 10).await;
        let there = session(&store, &user, 2, 20).await;
        for (number, action) in (100_u128..).zip(["signed_in", "phone_claimed", "profile_changed", "signed_out", "erased"]) {
            record(&store, number, 30, action, &user, Some(there.id)).await;
        }
        record(&store, 200, 30, NEW_DEVICE, &other, None).await;
        for ((number, kind), seconds) in (300_u128..).zip(NoticeKind::ALL).zip(40..) {
            record(&store, number, seconds, kind.as_str(), &user, Some(there.id)).await;
        }
        record(&store, 400, 50, "user_rebound", &user, None).await;
        let listed = reading!(store, |tx| notices::list(tx, user.id, here.id, at(0), at(900), 20));
        let newest_first: Vec<_> = [50].into_iter().chain((40..48).rev()).map(at).collect();
        assert_eq!(listed.iter().map(|notice| notice.at).collect::<Vec<_>>(), newest_first);
        let kinds: Vec<_> = listed.iter().rev().map(|notice| notice.kind).take(NoticeKind::ALL.len()).collect();
        assert_eq!(kinds, NoticeKind::ALL);
        assert_eq!((listed[0].id, &listed[0].session), (AuditId(id(400)), &None));
        assert_eq!(listed[1].moved_from.as_deref(), Some("+9665•••••47"));
        let of = |is_alive| NoticedSession { id: there.id, kind: there.kind, device_name: there.device_name.clone(), is_alive };
        assert_eq!(listed[8].session, Some(of(true)));
        writing!(store, |tx| tx.run(sessions::update_ended(there.id, user.id, EndReason::Revoked, at(60))));
        let listed = reading!(store, |tx| notices::list(tx, user.id, here.id, at(41), at(900), 2));
        assert_eq!(listed.len(), 2, "as many as asked for");
        assert_eq!(listed[1].session, Some(of(false)));
        assert_eq!(reading!(store, |tx| notices::list(tx, user.id, here.id, at(46), at(900), 20)).len(), 2, "since then");
    }
}

store_test! {
    async fn what_one_session_puts_away_is_gone_for_all_and_what_comes_later_is_not(store: Store) {
        let user = active(&store, 1).await;
        let (first, second) = (session(&store, &user, 1, 10).await, session(&store, &user, 2, 20).await);
        record(&store, 100, 30, "user_rebound", &user, None).await;
        record(&store, 101, 40, NEW_DEVICE, &user, Some(SessionId(id(9)))).await;
        assert_eq!((told(&store, &user, &first).await, told(&store, &user, &second).await), (vec![40, 30], vec![40, 30]));
        put_away(&store, &first, at(30)).await;
        assert_eq!((told(&store, &user, &first).await, told(&store, &user, &second).await), (vec![40], vec![40]));
        put_away(&store, &first, at(40)).await;
        put_away(&store, &first, at(20)).await;
        record(&store, 102, 50, "phone_changed", &user, Some(first.id)).await;
        assert_eq!((told(&store, &user, &first).await, told(&store, &user, &second).await), (vec![], vec![50]));
    }
}

store_test! {
    async fn nobody_puts_away_what_they_caused_and_a_sign_in_only_those_who_were_there_before(store: Store) {
        let user = active(&store, 1).await;
        let owner = session(&store, &user, 1, 10).await;
        let thief = session(&store, &user, 2, 20).await;
        let again = session(&store, &user, 3, 30).await;
        record(&store, 100, 20, NEW_DEVICE, &user, Some(thief.id)).await;
        record(&store, 101, 30, NEW_DEVICE, &user, Some(again.id)).await;
        record(&store, 102, 40, "phone_changed", &user, Some(thief.id)).await;
        put_away(&store, &thief, at(100)).await;
        assert_eq!(told(&store, &user, &thief).await, [0_i64; 0]);
        // The thief was there before the next sign-in and may have been somebody else; the thief's own stays.
        assert_eq!(told(&store, &user, &owner).await, [40, 20]);
        put_away(&store, &again, at(100)).await;
        assert_eq!(told(&store, &user, &again).await, [0_i64; 0], "for oneself one may put away anything");
        assert_eq!(told(&store, &user, &owner).await, [20]);
        let late = session(&store, &user, 4, 50).await;
        put_away(&store, &owner, at(100)).await;
        assert_eq!(told(&store, &user, &late).await, [0_i64; 0]);
    }
}

store_test! {
    async fn whoever_claims_a_number_is_told_nothing_of_before(store: Store) {
        let user = active(&store, 1).await;
        record(&store, 100, 20, "user_rebound", &user, None).await;
        writing!(store, |tx| tx.run(users::update_claimed(user.id, user.epoch, Locale::Ar, at(30))));
        record(&store, 101, 40, "user_rebound", &user, None).await;
        let heir = user.claimed(Locale::Ar, at(30));
        let here = session(&store, &heir, 1, 30).await;
        assert_eq!(told(&store, &heir, &here).await, [40]);
    }
}

store_test! {
    async fn a_session_that_is_over_puts_nothing_away(store: Store) {
        let user = active(&store, 1).await;
        let (over, here) = (session(&store, &user, 1, 10).await, session(&store, &user, 2, 20).await);
        record(&store, 100, 30, "user_rebound", &user, None).await;
        writing!(store, |tx| tx.run(sessions::update_ended(over.id, user.id, EndReason::Logout, at(40))));
        put_away(&store, &over, at(100)).await;
        assert_eq!(told(&store, &user, &here).await, [30]);
    }
}
