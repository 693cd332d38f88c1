//! The rules the fault suite checks: a sound database breaks none, and each kind of damage is seen.

use chrono::TimeDelta;
use domain::delivery::{DeliveryStatus, Report, Subject};
use domain::ids::{OutboxId, SessionId, UserId};
use domain::session::EndReason;
use store::testing::{Raw, facts, invariants};
use store::{Store, challenges, delivery_reports, on_both, outbox, sessions};

use crate::support::{active, at, challenge, family, id, message, session, taken, writing};

/// Somebody who asked for a code, got it, and signed in with it.
async fn signed_in(store: &Store) {
    let user = active(store, 1).await;
    let asked = challenge(store, &user, 1).await;
    let sent = message(store, 1, 0, Some(&asked)).await;
    let leased = writing!(store, |tx| outbox::lease(tx, "log", at(1), at(31), 10));
    writing!(store, |tx| outbox::update_sent(tx, sent, leased[0].fence, taken("stub", None), at(2)));
    writing!(store, |tx| tx.run(challenges::update_attempted(asked.id, 0, at(3))));
    writing!(store, |tx| tx.run(challenges::update_consumed(asked.id, at(3))));
    let opened = session(store, &user, 1).await;
    family(store, &opened, 1).await;
}

async fn broken(store: &Store) -> String {
    invariants::broken(store, at(10) + TimeDelta::days(1)).await.expect("answers").join("\n")
}

store_test! {
    async fn a_sound_database_breaks_no_rule(store: Store) {
        signed_in(&store).await;
        assert_eq!(broken(&store).await, "");
        let facts = facts::read(&store).await.expect("answers");
        assert_eq!((facts.challenges.len(), facts.messages.len(), facts.sessions.len()), (1, 1, 1));
        assert!(facts.challenges[0].is_consumed() && facts.messages[0].is_final());
        assert_eq!(facts::unfinished(&store).await.expect("answers"), 0);
        let sizes = facts::sizes(&store).await.expect("answers");
        assert!(sizes.iter().any(|size| size.table == "sessions" && size.rows == 1));
    }
}

store_test! {
    async fn a_second_session_of_one_code_is_seen(store: Store) {
        signed_in(&store).await;
        let user = active(&store, 1).await;
        let second = session(&store, &user, 2).await;
        family(&store, &second, 2).await;
        assert!(broken(&store).await.contains("exactly one session"));
    }
}

store_test! {
    async fn a_used_code_without_a_counted_guess_is_seen(store: Store) {
        let user = active(&store, 1).await;
        let asked = challenge(&store, &user, 1).await;
        writing!(store, |tx| tx.run(challenges::update_consumed(asked.id, at(3))));
        let said = broken(&store).await;
        assert!(said.contains("without its guess") && said.contains("exactly one session") && said.contains("its message"), "{said}");
    }
}

store_test! {
    async fn a_message_that_never_ends_is_seen(store: Store) {
        let user = active(&store, 1).await;
        let asked = challenge(&store, &user, 1).await;
        message(&store, 1, 0, Some(&asked)).await;
        assert!(broken(&store).await.contains("outlives its life"));
        assert_eq!(facts::unfinished(&store).await.expect("answers"), 1);
    }
}

store_test! {
    async fn an_ended_session_says_why(store: Store) {
        signed_in(&store).await;
        writing!(store, |tx| tx.run(sessions::update_ended(SessionId(id(1)), UserId(id(1)), EndReason::Logout, at(5))));
        let facts = facts::read(&store).await.expect("answers");
        assert_eq!((facts.sessions[0].session_id, facts.sessions[0].end_reason.as_deref()), (id(1), Some("logout")));
        assert_eq!(broken(&store).await, "");
    }
}

on_both! {
    async fn a_report_on_what_nobody_took_is_seen_and_one_that_was_moved_back_too(scratch) {
        let store = &scratch.store;
        signed_in(store).await;
        message(store, 2, 0, None).await;
        let report = |status| Report { subject: Subject::Key(OutboxId(id(1))), status };
        for status in [DeliveryStatus::Sent, DeliveryStatus::Delivered] {
            writing!(store, |tx| delivery_reports::insert_missing(tx, "stub", &report(status), at(4)));
            writing!(store, |tx| delivery_reports::update_applied(tx, "stub", &report(status), at(4)));
        }
        assert!(!broken(store).await.contains("report"));
        let mut raw = Raw::connect(&scratch.url).await;
        raw.run("UPDATE outbox SET report = 'sent' WHERE report = 'delivered'").await;
        assert!(broken(store).await.contains("moved back behind a report"));
        raw.run("UPDATE outbox SET report = 'delivered' WHERE state <> 'sent'").await;
        assert!(broken(store).await.contains("only what a provider took"));
    }
}
