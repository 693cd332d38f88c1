//! Requests about one's data and the thirty days, consents, and what a purge says it will do.

use domain::consent::{ConsentPurpose, ConsentSource, is_granted};
use domain::error::{FieldError, ValidationError};
use domain::ids::AuditId;
use domain::locale::Locale;
use domain::permission::Permission;
use domain::privacy_request::{RequestKind, RequestState};
use domain::retention::Kept;
use domain::role::Role;
use domain::session::Session;
use store::audit::{self, NewAudit};
use store::on_both;
use usecases::{Actor, Admin, AdminAct, Error, Say, Usecases};

use crate::support::{actor, request, salon, sign_in, wait};

const DAY: i64 = 86_400;

async fn with_role(uc: &Usecases, phone: &str, role: Role) -> Admin {
    let signed_in = sign_in(uc, phone).await;
    let user = uc.grant_role(phone, role).await.expect("granted");
    let session = Session { second_factor_at: Some(uc.clock().now()), ..signed_in.session };
    uc.admin_actor(Some(Actor { user, session })).expect("let in")
}

async fn boss(uc: &Usecases) -> Admin {
    with_role(uc, "0500000001", Role::PlatformAdmin).await
}

fn say(is_granted: bool) -> Say {
    Say { purpose: ConsentPurpose::MarketingSms, is_granted, source: ConsentSource::Account, locale: Locale::En }
}

on_both! {
    async fn a_request_goes_from_the_person_to_an_answer_in_time(scratch) {
        let uc = salon(&scratch);
        let sara = actor(&sign_in(&uc, "0501234567").await);
        let asked = uc.open_my_request(&sara, RequestKind::Correction, " my name ").await.expect("asked");
        let again = uc.open_my_request(&sara, RequestKind::Correction, "again").await.expect("the same");
        assert_eq!((again.id, again.said.as_deref()), (asked.id, Some("my name")));
        let admin = boss(&uc).await;
        let queue = uc.list_requests(&admin, None).await.expect("lists");
        assert_eq!(queue.items.iter().map(|queued| queued.request.id).collect::<Vec<_>>(), [asked.id]);

        let act = async |act, reason: &str| uc.act_on_request(&admin, asked.id, act, reason).await;
        assert!(matches!(act(AdminAct::Finish, "").await, Err(Error::Conflict)), "nobody has begun");
        act(AdminAct::Start, "").await.expect("begun");
        let required = vec![ValidationError::new("/reason", FieldError::Required)];
        for one in [AdminAct::Extend, AdminAct::Refuse] {
            let refused = act(one, " ").await;
            assert!(matches!(&refused, Err(Error::Validation(errors)) if *errors == required), "{refused:?}");
        }
        let put_off = act(AdminAct::Extend, "the papers are on their way").await.expect("put off");
        assert_eq!((put_off.due_at - put_off.opened_at).num_days(), 60);
        assert!(matches!(act(AdminAct::Extend, "again").await, Err(Error::Conflict)));
        act(AdminAct::Finish, "").await.expect("done");

        let mine = uc.list_my_requests(&sara).await.expect("lists");
        assert_eq!(mine[0].state, RequestState::Done);
        assert_eq!(mine[0].extension_reason.as_deref(), Some("the papers are on their way"), "they are told");
        assert!(matches!(uc.withdraw_my_request(&sara, asked.id).await, Err(Error::Conflict)));
        assert!(uc.list_requests(&admin, None).await.expect("lists").items.is_empty());
        assert_eq!(uc.list_closed_requests(&admin).await.expect("lists").len(), 1);
    }
}

on_both! {
    async fn what_is_asked_is_the_persons_own_and_nobody_fills_the_queue(scratch) {
        let uc = salon(&scratch);
        let sara = actor(&sign_in(&uc, "0501234567").await);
        let other = actor(&sign_in(&uc, "0507654321").await);
        let asked = uc.open_my_request(&sara, RequestKind::Objection, "").await.expect("asked");
        assert!(matches!(uc.withdraw_my_request(&other, asked.id).await, Err(Error::NotFound)));
        uc.withdraw_my_request(&sara, asked.id).await.expect("withdrawn");
        for _ in 0..19 {
            let next = uc.open_my_request(&sara, RequestKind::Objection, "").await.expect("asked");
            uc.withdraw_my_request(&sara, next.id).await.expect("withdrawn");
        }
        assert!(matches!(uc.open_my_request(&sara, RequestKind::Access, "").await, Err(Error::Conflict)));
        wait(&uc, 30 * DAY + 1);
        uc.open_my_request(&sara, RequestKind::Access, "").await.expect("asked");
        let long = "س".repeat(501);
        assert!(matches!(uc.open_my_request(&sara, RequestKind::Erasure, &long).await, Err(Error::Validation(_))));
    }
}

on_both! {
    async fn an_erasure_is_not_done_by_saying_so(scratch) {
        let uc = salon(&scratch);
        let sara = actor(&sign_in(&uc, "0501234567").await);
        let admin = boss(&uc).await;
        let asked = uc.open_request_for(&admin, sara.user.id, RequestKind::Erasure, "rang us").await.expect("opened");
        uc.act_on_request(&admin, asked.id, AdminAct::Start, "").await.expect("begun");
        assert!(matches!(uc.act_on_request(&admin, asked.id, AdminAct::Finish, "").await, Err(Error::Conflict)));
        uc.erase_person(&admin, sara.user.id, &sara.user.id.short()).await.expect("erased");
        let found = uc.read_request(&admin, asked.id).await.expect("there");
        assert_eq!(found.request.state, RequestState::Done);
        let late = uc.open_request_for(&admin, sara.user.id, RequestKind::Access, "").await;
        assert!(matches!(late, Err(Error::Conflict)), "nobody is left to ask");
    }
}

on_both! {
    async fn only_those_who_may_read_or_answer(scratch) {
        let uc = salon(&scratch);
        let sara = actor(&sign_in(&uc, "0501234567").await);
        let asked = uc.open_my_request(&sara, RequestKind::Access, "").await.expect("asked");
        for (number, role) in Role::ALL.into_iter().enumerate() {
            let admin = with_role(&uc, &format!("050000001{number}"), role).await;
            let outcomes = [
                (uc.list_requests(&admin, None).await.map(drop), Permission::PeopleView),
                (uc.list_closed_requests(&admin).await.map(drop), Permission::PeopleView),
                (uc.read_request(&admin, asked.id).await.map(drop), Permission::PeopleView),
                (uc.list_requests_of(&admin, sara.user.id).await.map(drop), Permission::PeopleView),
                (uc.read_consents(&admin, sara.user.id).await.map(drop), Permission::PeopleView),
                (uc.export_person(&admin, sara.user.id).await.map(drop), Permission::PeopleExport),
                (uc.find_erasable(&admin, sara.user.id).await.map(drop), Permission::PeopleErase),
                (uc.read_retention(&admin).await.map(drop), Permission::AuditView),
                (
                    uc.open_request_for(&admin, sara.user.id, RequestKind::Objection, "").await.map(drop),
                    Permission::PeopleExport,
                ),
                (uc.act_on_request(&admin, asked.id, AdminAct::Start, "").await.map(drop), Permission::PeopleExport),
                (
                    uc.record_consent(&admin, sara.user.id, ConsentPurpose::MarketingSms, true).await.map(drop),
                    Permission::PeopleAdd,
                ),
                (uc.erase_person(&admin, sara.user.id, &sara.user.id.short()).await, Permission::PeopleErase),
            ];
            for (place, (outcome, permission)) in outcomes.into_iter().enumerate() {
                let is_allowed = role.may(permission);
                assert_eq!(outcome.is_ok(), is_allowed, "{role:?} {place}: {outcome:?}");
                assert!(is_allowed || matches!(outcome, Err(Error::Forbidden)), "{role:?} {place}");
            }
        }
    }
}

on_both! {
    async fn a_consent_is_a_line_when_it_changes_and_the_desk_says_that_it_was_the_desk(scratch) {
        let uc = salon(&scratch);
        let sara = actor(&sign_in(&uc, "0501234567").await);
        assert!(uc.say_consent(&sara, say(false)).await.expect("said").is_empty(), "that holds already");
        assert_eq!(uc.say_consent(&sara, say(true)).await.expect("said").len(), 1);
        assert_eq!(uc.say_consent(&sara, say(true)).await.expect("said").len(), 1, "nothing new");
        let admin = boss(&uc).await;
        // A clock that was set back hides nothing.
        wait(&uc, -3_600);
        let ledger = uc.record_consent(&admin, sara.user.id, ConsentPurpose::MarketingSms, false).await.expect("recorded");
        assert_eq!(ledger.iter().map(|line| (line.is_granted, line.source)).collect::<Vec<_>>(), [
            (false, ConsentSource::Desk),
            (true, ConsentSource::Account),
        ]);
        assert!(!is_granted(&uc.list_my_consents(&sara).await.expect("lists"), ConsentPurpose::MarketingSms));
        assert_eq!((ledger[1].locale, ledger[1].wording_version), (Locale::En, 1));
        wait(&uc, 7_200);
        let pending = uc.add_user("0509999999").await.expect("added");
        let early = uc.record_consent(&admin, pending.id, ConsentPurpose::MarketingSms, true).await;
        assert!(matches!(early, Err(Error::Conflict)), "nobody has proved the phone");
    }
}

on_both! {
    async fn a_dry_run_says_exactly_what_the_purge_then_does(scratch) {
        let uc = salon(&scratch);
        // Somebody who stays, somebody who is erased, and somebody who never came back, with a code each in the outbox.
        let sara = actor(&sign_in(&uc, "0501234567").await);
        let gone = actor(&sign_in(&uc, "0507654321").await);
        uc.say_consent(&sara, say(true)).await.expect("said");
        uc.say_consent(&gone, say(true)).await.expect("said");
        let asked = uc.open_my_request(&sara, RequestKind::Access, "").await.expect("asked");
        uc.withdraw_my_request(&sara, asked.id).await.expect("withdrawn");
        uc.open_my_request(&sara, RequestKind::Erasure, "").await.expect("stays open");
        uc.erase_me(&gone).await.expect("erased");
        request(&uc, "0503333333").await.expect("never comes back");
        while uc.deliver_outbox(100).await.expect("delivers").sent > 0 {}
        // The record is old by the database's own clock only, which is not to be moved.
        let old = NewAudit {
            id: AuditId(uuid::Uuid::from_u128(1)),
            at: "2020-01-01T00:00:00Z".parse().expect("an instant"),
            actor: "self".to_owned(),
            action: "signed_in",
            subject: None,
            session: None,
            detail: serde_json::json!({}),
        };
        let mut tx = uc.store().write().await.expect("connects");
        tx.run(audit::insert(&old)).await.expect("inserts");
        tx.commit().await.expect("commits");
        wait(&uc, 800 * DAY);
        let plan = uc.plan_purge().await.expect("plans");
        let again = uc.plan_purge().await.expect("plans");
        assert_eq!(plan, again, "it only looks");
        let done = uc.purge().await.expect("purges");
        for part in &plan.parts {
            assert_eq!(part.rows, done.of(part.kept), "{:?}", part.kept);
            assert_eq!(part.oldest.is_some(), part.rows > 0, "{:?}", part.kept);
        }
        // The audit lets nothing go that is younger than a year by the clock of the database, which no test moves (`purge.rs` has older).
        for kept in [
            Kept::PendingUsers,
            Kept::Messages,
            Kept::Challenges,
            Kept::Sessions,
            Kept::PrivacyRequests,
            Kept::Consents,
            Kept::Limits,
        ] {
            assert!(done.of(kept) > 0, "{kept:?} was tried");
        }
        assert!(uc.plan_purge().await.expect("plans").parts.iter().all(|part| part.rows == 0));
        let mine = uc.list_my_requests(&sara).await.expect("lists");
        assert_eq!(mine.iter().map(|request| request.kind).collect::<Vec<_>>(), [RequestKind::Erasure], "open ones stay");
        assert_eq!(uc.list_my_consents(&sara).await.expect("lists").len(), 1, "and what somebody agreed to");

        let admin = boss(&uc).await;
        let last = uc.read_retention(&admin).await.expect("reads").last.expect("one ran");
        assert_eq!((last.at, last.done), (uc.clock().now(), done));
    }
}
