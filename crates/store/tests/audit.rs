use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{AuditId, SessionId, UserId};
use domain::retention::Kept;
use serde_json::json;
use store::audit::{self, AuditEntry, NewAudit};
use store::purge::Bounds;
use store::testing::Raw;
use store::{Store, StoreError, Tx, on_both, purge};

use crate::support::{at, id, reading, writing};

/// Old by any clock: the database's own is the one that counts.
fn long_ago(seconds: i64) -> DateTime<Utc> {
    at(seconds) - TimeDelta::days(5 * 365)
}

fn entry(number: u128, at: DateTime<Utc>) -> NewAudit {
    NewAudit {
        id: AuditId(id(number)),
        at,
        actor: "system".into(),
        action: "user.blocked",
        subject: Some(UserId(id(1))),
        session: Some(SessionId(id(8))),
        detail: json!({ "عدد": 2 }),
    }
}

/// How many entries a purge would forget.
async fn forecast(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let parts = purge::forecast(tx, &Bounds::same(before)).await?;
    Ok(parts.into_iter().filter(|part| part.kept == Kept::Audit).map(|part| part.rows).sum())
}

store_test! {
    async fn entries_come_back_newest_first_and_old_ones_go(store: Store) {
        for (number, seconds) in (0_u128..4).zip(0_i64..) {
            let entry = entry(number, long_ago(seconds));
            let entry = if number == 3 { NewAudit { subject: None, ..entry } } else { entry };
            writing!(store, |tx| tx.run(audit::insert(&entry)));
        }
        let entries = reading!(store, |tx| audit::list_for_user(tx, UserId(id(1)), 2));
        let expected = AuditEntry {
            id: AuditId(id(2)),
            at: long_ago(2),
            actor: "system".into(),
            action: "user.blocked".into(),
            subject: Some(UserId(id(1))),
            session: Some(SessionId(id(8))),
            detail: json!({ "عدد": 2 }),
        };
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0], expected);
        assert_eq!(entries[1].id, AuditId(id(1)));
        assert_eq!(reading!(store, |tx| forecast(tx, long_ago(2))), 2);
        assert_eq!(writing!(store, |tx| audit::delete_before(tx, long_ago(2), 100)), 2);
        assert_eq!(reading!(store, |tx| audit::list_for_user(tx, UserId(id(1)), 9)).len(), 1);
    }
}

on_both! {
    async fn the_database_itself_refuses_to_change_the_audit_or_to_forget_what_is_young(scratch) {
        let store = &scratch.store;
        for (number, at) in [(1, long_ago(0)), (2, at(0))] {
            let entry = entry(number, at);
            writing!(store, |tx| tx.run(audit::insert(&entry)));
        }
        let mut raw = Raw::connect(&scratch.url).await;
        for sql in [
            "UPDATE audit SET actor = 'nobody'",
            "UPDATE audit SET audit_id = audit_id",
            "UPDATE audit SET at = '2020-01-01T00:00:00.000000Z'",
            "DELETE FROM audit",
            "DELETE FROM audit WHERE at > '2026-01-01T00:00:00.000000Z'",
        ] {
            let said = raw.refusal(sql).await;
            assert!(said.contains("audit is append-only"), "{sql}: {said}");
        }
        let more: &[&str] = if scratch.url.starts_with("sqlite:") {
            &[
                "INSERT OR REPLACE INTO audit SELECT audit_id, at, 'nobody', action, subject_user_id, session_id, detail FROM audit",
                "REPLACE INTO audit SELECT audit_id, at, 'nobody', action, subject_user_id, session_id, detail FROM audit",
                "UPDATE OR REPLACE audit SET actor = 'nobody'",
            ]
        } else {
            &[
                "TRUNCATE audit",
                "TRUNCATE audit CASCADE",
                "SET session_replication_role = replica; DELETE FROM audit",
                "INSERT INTO audit SELECT * FROM audit ON CONFLICT (audit_id) DO UPDATE SET actor = 'nobody'",
            ]
        };
        for sql in more {
            let said = raw.refusal(sql).await;
            assert!(said.contains("audit is append-only"), "{sql}: {said}");
        }
        assert_eq!(raw.number("SELECT count(*) FROM audit WHERE actor = 'system'").await, 2, "nothing happened");
        raw.run("DELETE FROM audit WHERE at < '2024-01-01T00:00:00.000000Z'").await;
        assert_eq!(raw.number("SELECT count(*) FROM audit").await, 1, "what is old may go");
    }
}

store_test! {
    async fn a_clock_that_runs_years_ahead_makes_nothing_old(store: Store) {
        for (number, at) in [(1, long_ago(0)), (2, at(0))] {
            let entry = entry(number, at);
            writing!(store, |tx| tx.run(audit::insert(&entry)));
        }
        let ahead = at(0) + TimeDelta::days(10 * 365);
        assert_eq!(reading!(store, |tx| forecast(tx, ahead)), 1, "a dry run says what will be");
        assert_eq!(writing!(store, |tx| audit::delete_before(tx, ahead, 100)), 1, "and the purge asks for no more than it gets");
        assert_eq!(writing!(store, |tx| audit::delete_before(tx, ahead, 100)), 0);
    }
}
