//! The audit and the log of messages, as an admin reads them.

use crate::support::{admin_of, phone, refused, salon, sign_in, wait};
use domain::limits::Policy;
use domain::people::Period;
use domain::permission::Permission;
use domain::role::Role;
use serde_json::json;
use store::message_log::Stand;
use store::on_both;
use usecases::{AddPerson, AuditList, Error, ListAudit, ListMessages, Span};

const ADMIN: &str = "0500000001";
const PHONE: &str = "0501234567";

on_both! {
    async fn who_did_what_to_whom_is_found_by_any_spelling(scratch) {
        let uc = salon(&scratch);
        let admin = admin_of(&uc, ADMIN, Role::PlatformAdmin).await;
        wait(&uc, 61);
        let sara = sign_in(&uc, PHONE).await.user;
        wait(&uc, 1);
        let added = uc.add_person(&admin, AddPerson { phone: "0555555555".to_owned(), ..AddPerson::default() }).await.expect("added").user;
        let look = async |asked: ListAudit| uc.list_audit(&admin, &asked).await.expect("looks");
        let all = look(ListAudit::default()).await;
        assert_eq!(all.page.items[0].action, "user_added");
        assert_eq!(all.people.len(), 3, "both doers and the one who was added");

        let boss = admin.require(Permission::AuditView).expect("may").user.id;
        assert_eq!(AuditList::doer(&all.page.items[0]), Some(boss));
        for typed in [PHONE, "+966 50 123 4567", &*sara.id.to_string(), &format!("#{}", sara.id.short())] {
            let about = look(ListAudit { subject: Some(typed.to_owned()), ..ListAudit::default() }).await;
            assert!(!about.page.items.is_empty() && about.unmatched.is_empty(), "{typed}");
            assert!(about.page.items.iter().all(|entry| entry.subject == Some(sara.id)), "{typed}");
        }
        let by_boss = look(ListAudit { doer: Some(ADMIN.to_owned()), ..ListAudit::default() }).await;
        let deeds: Vec<_> = by_boss.page.items.iter().map(|entry| (entry.action.as_str(), entry.subject)).collect();
        assert!(deeds.contains(&("user_added", Some(added.id))) && deeds.contains(&("phone_claimed", Some(boss))), "{deeds:?}");
        let by_operator = look(ListAudit { doer: Some("operator".to_owned()), ..ListAudit::default() }).await;
        assert!(by_operator.page.items.iter().all(|entry| entry.actor == "operator") && !by_operator.page.items.is_empty());
        for nobody in ["0509999999", "سارة", "#ZZZZ"] {
            let list = look(ListAudit { subject: Some(nobody.to_owned()), ..ListAudit::default() }).await;
            assert_eq!((list.page.items.len(), list.unmatched), (0, vec!["subject"]), "{nobody}");
        }
        let before = Period { from: None, before: Some(uc.clock().now() - chrono::TimeDelta::days(1)) };
        assert!(look(ListAudit { period: before, ..ListAudit::default() }).await.page.items.is_empty());
    }
}

on_both! {
    async fn only_who_may_view_the_audit_reads_it_the_messages_and_the_abuse(scratch) {
        let uc = salon(&scratch);
        for (number, role) in Role::ALL.into_iter().enumerate() {
            let admin = admin_of(&uc, &format!("050000001{number}"), role).await;
            let message = uc.list_messages(&admin, &ListMessages::default()).await.map(|list| list.page.items[0].id);
            let id = message.as_ref().copied().unwrap_or(domain::ids::OutboxId(uuid::Uuid::nil()));
            let outcomes = [
                uc.list_audit(&admin, &ListAudit::default()).await.map(drop),
                message.map(drop),
                uc.read_message(&admin, id).await.map(drop),
                uc.show_number(&admin, id).await.map(drop),
                uc.read_abuse(&admin, Span::Day).await.map(drop),
            ];
            let is_allowed = role.may(Permission::AuditView);
            for outcome in outcomes {
                assert_eq!(outcome.is_ok(), is_allowed, "{role:?}");
                assert!(is_allowed || matches!(outcome, Err(Error::Forbidden)));
            }
        }
    }
}

on_both! {
    async fn a_message_is_told_without_its_code_and_its_number_is_shown_so_often_and_written_down(scratch) {
        let uc = salon(&scratch);
        let admin = admin_of(&uc, ADMIN, Role::PlatformAdmin).await;
        wait(&uc, 61);
        let sara = sign_in(&uc, PHONE).await.user;
        let asked = ListMessages { phone: Some("٠٥٠ ١٢٣ ٤٥٦٧".to_owned()), ..ListMessages::default() };
        let list = uc.list_messages(&admin, &asked).await.expect("looks");
        let [message] = &list.page.items[..] else { panic!("{list:?}") };
        assert_eq!((message.stand, message.user_id), (Stand::Sent, Some(sara.id)));
        let unread = ListMessages { phone: Some("not a phone".to_owned()), ..ListMessages::default() };
        assert_eq!(uc.list_messages(&admin, &unread).await.expect("looks").unmatched, ["phone"]);

        let detail = uc.read_message(&admin, message.id).await.expect("reads");
        assert!(detail.body.contains("••••••"), "{}", detail.body);
        assert!(!detail.body.bytes().any(|byte| byte.is_ascii_digit() && byte != b'5'), "but for its minutes: {}", detail.body);
        assert_eq!(detail.person.map(|user| user.id), Some(sara.id));

        wait(&uc, 1);
        assert_eq!(uc.show_number(&admin, message.id).await.expect("shown"), phone("+966501234567"));
        let entry = uc.list_audit(&admin, &ListAudit::default()).await.expect("looks").page.items.remove(0);
        assert_eq!((entry.action.as_str(), entry.subject), ("number_shown", Some(sara.id)));
        assert_eq!(entry.detail, json!({ "message": message.id }), "the number is not in it");
        for _ in 1..30 {
            uc.show_number(&admin, message.id).await.expect("shown");
        }
        assert_eq!(refused(uc.show_number(&admin, message.id).await).0, [Policy::NumberShow]);
        wait(&uc, 3_600);
        uc.show_number(&admin, message.id).await.expect("an hour later");
        assert!(matches!(uc.show_number(&admin, domain::ids::OutboxId(uuid::Uuid::nil())).await, Err(Error::NotFound)));
    }
}

on_both! {
    async fn the_monitor_shows_what_strangers_asked_for_and_how_much_is_spent(scratch) {
        let uc = salon(&scratch);
        let admin = admin_of(&uc, ADMIN, Role::PlatformAdmin).await;
        wait(&uc, 61);
        sign_in(&uc, PHONE).await;
        wait(&uc, 1);
        crate::support::request(&uc, "0551234567").await.expect("a code");
        uc.watch_fraud().await.expect("counts are written");
        let abuse = uc.read_abuse(&admin, Span::Hour).await.expect("reads");
        let asked: u64 = abuse.bars.iter().map(|bar| bar.asked).sum();
        let verified: u64 = abuse.bars.iter().map(|bar| bar.verified).sum();
        assert_eq!((abuse.bars.len(), asked, verified), (12, 3, 2));
        let names: Vec<_> = abuse.scopes.iter().map(|sum| (sum.scope.to_string(), sum.asked)).collect();
        assert!(names.contains(&("country:SA".to_owned(), 3)) && names.contains(&("prefix:+96655".to_owned(), 1)), "{names:?}");
        assert_eq!((abuse.networks.len(), abuse.networks[0].asked), (1, 3));
        assert_eq!(abuse.events.len(), 3);
        assert!(abuse.events[0].verified_at.is_none() && abuse.events[2].verified_at.is_some(), "newest first");
        assert_eq!((abuse.spent.messages, abuse.budget.messages), (3, 5_000));
        assert_eq!(abuse.alarm_since, None);
    }
}
