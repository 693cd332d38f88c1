use domain::ids::{AuditId, SessionId, UserId};
use serde_json::json;
use store::Store;
use store::audit::{self, AuditEntry, NewAudit};

use crate::support::{at, id, reading, writing};

store_test! {
    async fn entries_come_back_newest_first_and_old_ones_go(store: Store) {
        let subject = Some(UserId(id(1)));
        for (number, seconds) in (0_u128..4).zip(0_i64..) {
            let entry = NewAudit {
                id: AuditId(id(number)),
                at: at(seconds),
                actor: "system".into(),
                action: "user.blocked",
                subject: if number == 3 { None } else { subject },
                session: Some(SessionId(id(8))),
                detail: json!({ "عدد": seconds }),
            };
            writing!(store, |tx| tx.run(audit::insert(&entry)));
        }
        let entries = reading!(store, |tx| audit::list_for_user(tx, UserId(id(1)), 2));
        let expected = AuditEntry {
            id: AuditId(id(2)),
            at: at(2),
            actor: "system".into(),
            action: "user.blocked".into(),
            subject,
            session: Some(SessionId(id(8))),
            detail: json!({ "عدد": 2 }),
        };
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0], expected);
        assert_eq!(entries[1].id, AuditId(id(1)));
        assert_eq!(writing!(store, |tx| audit::delete_before(tx, at(2), 100)), 2);
        assert_eq!(reading!(store, |tx| audit::list_for_user(tx, UserId(id(1)), 9)).len(), 1);
    }
}
