use domain::ids::{AuditId, UserId};
use domain::people::Period;
use serde_json::json;
use store::audit::{self, NewAudit};
use store::audit_list::{self, AuditFilter, Doer};
use store::{Store, users};

use crate::support::{active, at, id, reading, writing};

/// By whom, to whom, what.
async fn write(store: &Store, number: u128, actor: &str, action: &'static str, subject: Option<u128>) {
    let entry = NewAudit {
        id: AuditId(id(number)),
        // Two at a time.
        at: at(i64::try_from(number / 2).expect("small")),
        actor: actor.to_owned(),
        action,
        subject: subject.map(|number| UserId(id(number))),
        session: None,
        detail: json!({}),
    };
    writing!(store, |tx| tx.run(audit::insert(&entry)));
}

async fn found(store: &Store, filter: &AuditFilter, after: Option<u128>) -> Vec<u128> {
    let after = after.map(|number| AuditId(id(number)));
    let entries = reading!(store, |tx| audit_list::list(tx, filter, after));
    entries.iter().map(|entry| entry.id.0.as_u128()).collect()
}

store_test! {
    async fn the_audit_is_looked_through_by_deed_doer_subject_and_day(store: Store) {
        let boss = UserId(id(77)).to_string();
        write(&store, 1, "self", "signed_in", Some(1)).await;
        write(&store, 2, &boss, "user_blocked", Some(1)).await;
        write(&store, 3, "operator", "role_granted", Some(77)).await;
        write(&store, 4, "self", "signed_in", Some(77)).await;
        write(&store, 5, "fleet_guard", "fleet_alarm_raised", None).await;
        let all = AuditFilter::default();
        assert_eq!(found(&store, &all, None).await, [5, 4, 3, 2, 1]);
        assert_eq!(found(&store, &all, Some(4)).await, [3, 2, 1], "after one of two of the same instant");
        assert_eq!(found(&store, &all, Some(99)).await.len(), 5, "one that is gone begins anew");
        let by = |doer| AuditFilter { doer: Some(doer), ..AuditFilter::default() };
        assert_eq!(found(&store, &by(Doer::Person(UserId(id(77)))), None).await, [4, 2], "what they did themselves, too");
        assert_eq!(found(&store, &by(Doer::Person(UserId(id(1)))), None).await, [1]);
        assert_eq!(found(&store, &by(Doer::Named("operator".into())), None).await, [3]);
        let about = AuditFilter { subject: Some(UserId(id(77))), ..AuditFilter::default() };
        assert_eq!(found(&store, &about, None).await, [4, 3]);
        let signed_in = AuditFilter { action: Some("signed_in".into()), ..AuditFilter::default() };
        assert_eq!(found(&store, &signed_in, None).await, [4, 1]);
        let both = AuditFilter { subject: Some(UserId(id(1))), ..signed_in };
        assert_eq!(found(&store, &both, None).await, [1]);
        let period = Period { from: Some(at(1)), before: Some(at(2)) };
        assert_eq!(found(&store, &AuditFilter { period, ..AuditFilter::default() }, None).await, [3, 2]);
    }
}

store_test! {
    async fn pages_leave_nothing_out_and_show_nothing_twice(store: Store) {
        for number in 1..=120 {
            let (actor, subject) = if number % 2 == 0 { ("self", Some(7)) } else { (&*UserId(id(7)).to_string(), Some(number)) };
            write(&store, number, actor, "signed_in", subject).await;
        }
        let everything: Vec<u128> = (1..=120).rev().collect();
        for filter in [AuditFilter::default(), AuditFilter { doer: Some(Doer::Person(UserId(id(7)))), ..AuditFilter::default() }] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let mut page = found(&store, &filter, after).await;
                let has_more = page.len() > audit_list::PAGE;
                page.truncate(audit_list::PAGE);
                after = page.last().copied();
                seen.extend(page);
                if !has_more {
                    break;
                }
            }
            assert_eq!(seen, everything, "{filter:?}");
        }
    }
}

store_test! {
    async fn people_are_found_by_their_ids_at_once(store: Store) {
        let (one, two) = (active(&store, 1).await, active(&store, 2).await);
        let mut found = reading!(store, |tx| users::list_by_ids(tx, &[two.id, UserId(id(99)), one.id]));
        found.sort_by_key(|user| user.id);
        assert_eq!(found.iter().map(|user| user.id).collect::<Vec<_>>(), [one.id, two.id]);
        assert_eq!(reading!(store, |tx| users::list_by_ids(tx, &[])), []);
    }
}
