//! One act on many people: who they are is settled once, and each has one turn, whatever dies meanwhile.

use std::collections::HashMap;

use chrono::TimeDelta;
use domain::ids::{BulkRunId, UserId};
use domain::people::{BulkAct, BulkOutcome, BulkState, LeftOut};
use domain::role::Role;
use domain::session::Session;
use domain::user::UserStatus;
use futures::TryStreamExt;
use sms::SmsSender;
use store::testing::{Raw, Scratch, at_once};
use store::{audit, bulk_lease, on_both, users};
use usecases::clock::Clock;
use usecases::settings::Settings;
use usecases::{Actor, Admin, BulkRun, BulkWho, Error, ExportWho, ListUsers, Sheet, Usecases};

use crate::support::{process_with, sign_in, start, wait};

const ADMIN: &str = "0500000001";

fn salon(scratch: &Scratch) -> Usecases {
    process_with(scratch.store.clone(), SmsSender::Outbox, Clock::manual(start()), Settings::default())
}

async fn admin(uc: &Usecases) -> Admin {
    let signed_in = sign_in(uc, ADMIN).await;
    let user = uc.grant_role(ADMIN, Role::PlatformAdmin).await.expect("granted");
    let session = Session { second_factor_at: Some(uc.clock().now()), ..signed_in.session };
    uc.admin_actor(Some(Actor { user, session })).expect("let in")
}

/// So many people who never came themselves, and are shown by `status=any`.
async fn added(uc: &Usecases, people: u32) -> Vec<UserId> {
    let mut ids = Vec::new();
    for number in 0..people {
        ids.push(uc.add_user(&format!("05510{number:05}")).await.expect("added").id);
    }
    ids
}

async fn begun(uc: &Usecases, admin: &Admin, act: BulkAct, people: Vec<UserId>) -> BulkRunId {
    let run = uc.prepare_bulk(admin, act, &BulkWho::These(people)).await.expect("prepared");
    uc.start_bulk(admin, run, "spam").await.expect("begun");
    run
}

async fn read(uc: &Usecases, admin: &Admin, run: BulkRunId) -> BulkRun {
    uc.read_bulk(admin, run, -1).await.expect("reads")
}

async fn status(uc: &Usecases, id: UserId) -> UserStatus {
    users::find(&mut uc.store().read().await.expect("connects"), id).await.expect("reads").expect("there").status
}

/// How often somebody was blocked, by the record.
async fn blocks(uc: &Usecases, id: UserId) -> usize {
    let mut tx = uc.store().read().await.expect("connects");
    let entries = audit::list_for_user(&mut tx, id, 100).await.expect("reads");
    entries.iter().filter(|entry| entry.action == "user_blocked" && entry.detail["run"].is_string()).count()
}

on_both! {
    async fn who_is_chosen_is_not_moved_by_what_happens_later(scratch) {
        let uc = salon(&scratch);
        let admin = admin(&uc).await;
        let people = added(&uc, 3).await;
        let typed = ListUsers { typed: "05510".to_owned(), ..ListUsers::default() };
        let nobody = uc.prepare_bulk(&admin, BulkAct::Block, &BulkWho::Matching(typed.clone())).await;
        assert!(matches!(nobody, Err(Error::Validation(_))), "the pending are hidden unless they are asked for");
        let pending = ListUsers { filter: domain::people::Filter::read(|name| (name == "status").then_some("any")).unwrap(), ..typed };
        let run = uc.prepare_bulk(&admin, BulkAct::Block, &BulkWho::Matching(pending)).await.expect("prepared");
        let late = uc.add_user("0551099999").await.expect("added").id;
        uc.block_user("0551000001", true).await.expect("blocked");
        assert_eq!(read(&uc, &admin, run).await.state, BulkState::Prepared);
        assert_eq!(uc.work_on_bulk(100).await.expect("works"), 0, "nobody has said yes");
        assert!(matches!(uc.start_bulk(&admin, run, " ").await, Err(Error::Validation(_))), "without a reason");
        uc.start_bulk(&admin, run, "spam").await.expect("begun");
        uc.start_bulk(&admin, run, "spam").await.expect("said twice");
        assert_eq!(uc.work_on_bulk(100).await.expect("works"), 3);
        let done = read(&uc, &admin, run).await;
        assert_eq!((done.state, done.total(), done.count(|outcome| outcome == Some(BulkOutcome::Done))), (BulkState::Finished, 3, 2));
        assert_eq!(done.count(|outcome| outcome == Some(BulkOutcome::Skipped(LeftOut::AlreadyBlocked))), 1);
        assert_eq!(status(&uc, late).await, UserStatus::Pending);
        assert_eq!((blocks(&uc, people[0]).await, blocks(&uc, people[1]).await), (1, 0));
    }
}

on_both! {
    async fn nobody_blocks_themselves_or_another_admin_and_blocking_ends_sessions(scratch) {
        let uc = salon(&scratch);
        let admin = admin(&uc).await;
        wait(&uc, 61);
        let customer = sign_in(&uc, "0501234567").await;
        let other = sign_in(&uc, "0500000002").await;
        uc.grant_role("0500000002", Role::PlatformAdmin).await.expect("granted");
        let me = uc.list_users(&admin, &ListUsers { typed: ADMIN.to_owned(), ..ListUsers::default() }).await.expect("finds");
        let me = me.page.items[0].id;
        let chosen = vec![me, other.user.id, customer.user.id, me, UserId(uuid_of_nobody())];
        let run = begun(&uc, &admin, BulkAct::Block, chosen).await;
        uc.work_on_bulk(100).await.expect("works");
        let outcomes: HashMap<UserId, Option<BulkOutcome>> =
            read(&uc, &admin, run).await.people.into_iter().map(|person| (person.id, person.outcome)).collect();
        let skipped = |why| Some(Some(BulkOutcome::Skipped(why)));
        assert_eq!(outcomes.len(), 4, "each once");
        assert_eq!(outcomes.get(&me).copied(), skipped(LeftOut::Yourself));
        assert_eq!(outcomes.get(&other.user.id).copied(), skipped(LeftOut::Admin));
        assert_eq!(outcomes.get(&UserId(uuid_of_nobody())).copied(), skipped(LeftOut::Gone));
        assert_eq!(outcomes.get(&customer.user.id).copied(), Some(Some(BulkOutcome::Done)));
        let tokens = customer.tokens.expect("an app has tokens");
        assert!(uc.actor_of_access_token(&tokens.access).await.is_err(), "signed out at once");
    }
}

on_both! {
    async fn a_worker_that_dies_is_taken_over_and_nobody_has_two_turns(scratch) {
        let uc = salon(&scratch);
        let admin = admin(&uc).await;
        let people = added(&uc, 60).await;
        let run = begun(&uc, &admin, BulkAct::Block, people.clone()).await;
        assert_eq!(uc.work_on_bulk(25).await.expect("works"), 25);
        // Another process takes it and dies.
        let now = uc.clock().now();
        let mut tx = uc.store().write().await.expect("begins");
        assert!(bulk_lease::lease(&mut tx, now, now + TimeDelta::seconds(30)).await.expect("leases").is_some());
        tx.commit().await.expect("commits");
        assert_eq!(uc.work_on_bulk(100).await.expect("works"), 0, "it may be alive");
        wait(&uc, 31);
        let turns = at_once(4, |_| {
            let uc = uc.clone();
            async move { uc.work_on_bulk(100).await.expect("works") }
        });
        assert_eq!(turns.await.into_iter().sum::<u32>(), 35);
        assert_eq!(read(&uc, &admin, run).await.state, BulkState::Finished);
        for id in people {
            assert_eq!((status(&uc, id).await, blocks(&uc, id).await), (UserStatus::Blocked, 1));
        }
    }
}

on_both! {
    async fn who_cannot_be_done_fails_alone(scratch) {
        let uc = salon(&scratch);
        let admin = admin(&uc).await;
        let people = added(&uc, 5).await;
        let run = begun(&uc, &admin, BulkAct::Block, people.clone()).await;
        let mut raw = Raw::connect(&scratch.url).await;
        raw.run("UPDATE users SET phone = 'none' WHERE phone = '+966551000002'").await;
        assert_eq!(uc.work_on_bulk(100).await.expect("works"), 5);
        raw.run("UPDATE users SET phone = '+966551000002' WHERE phone = 'none'").await;
        let run = read(&uc, &admin, run).await;
        assert_eq!((run.state, run.people[2].outcome), (BulkState::Finished, Some(BulkOutcome::Failed)));
        assert_eq!(run.count(|outcome| outcome == Some(BulkOutcome::Done)), 4);
        assert_eq!(status(&uc, people[2]).await, UserStatus::Pending);
    }
}

on_both! {
    async fn who_is_blocked_while_it_runs_does_no_more(scratch) {
        let uc = salon(&scratch);
        let admin = admin(&uc).await;
        let people = added(&uc, 3).await;
        let run = begun(&uc, &admin, BulkAct::Block, people.clone()).await;
        assert_eq!(uc.work_on_bulk(1).await.expect("works"), 1);
        uc.block_user(ADMIN, true).await.expect("blocked");
        assert_eq!(uc.work_on_bulk(100).await.expect("works"), 2);
        let run = read(&uc, &admin, run).await;
        assert_eq!(run.count(|outcome| outcome == Some(BulkOutcome::Skipped(LeftOut::NotAllowed))), 2);
        assert_eq!(status(&uc, people[2]).await, UserStatus::Pending);
    }
}

on_both! {
    async fn blocking_and_files_ask_for_the_second_factor_again_and_old_choices_are_refused(scratch) {
        let uc = salon(&scratch);
        let admin = admin(&uc).await;
        let people = added(&uc, 1).await;
        let these = BulkWho::These(people.clone());
        let block = uc.prepare_bulk(&admin, BulkAct::Block, &these).await.expect("prepared");
        let unblock = uc.prepare_bulk(&admin, BulkAct::Unblock, &these).await.expect("prepared");
        wait(&uc, 601);
        assert!(matches!(uc.start_bulk(&admin, block, "spam").await, Err(Error::StepUpRequired)));
        let everybody = ExportWho::Matching(ListUsers::default());
        assert!(matches!(uc.export_people(&admin, &everybody, Sheet::Raw).await, Err(Error::StepUpRequired)));
        wait(&uc, 3_000);
        assert!(matches!(uc.start_bulk(&admin, unblock, "").await, Err(Error::Conflict)), "chosen an hour ago");
    }
}

on_both! {
    async fn a_file_holds_each_of_many_people_once_and_the_record_how_many(scratch) {
        let uc = salon(&scratch);
        let admin = admin(&uc).await;
        let people = added(&uc, 1_201).await;
        let filter = domain::people::Filter::read(|name| (name == "status").then_some("any")).unwrap();
        let who = ExportWho::Matching(ListUsers { filter, ..ListUsers::default() });
        let parts: Vec<Vec<u8>> =
            uc.export_people(&admin, &who, Sheet::Raw).await.expect("begins").into_stream().try_collect().await.expect("writes");
        assert!(parts.len() > 3, "page by page");
        let text = String::from_utf8(parts.concat()).expect("UTF-8");
        let mut ids: Vec<_> = text.lines().skip(1).map(|line| line.rsplit(',').next().expect("a cell").to_owned()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((ids.len(), text.lines().count()), (1_202, 1_203));

        let run = uc.prepare_bulk(&admin, BulkAct::Export, &BulkWho::These(people[..2].to_vec())).await.expect("prepared");
        let file = uc.export_people(&admin, &ExportWho::Chosen(run), Sheet::Raw).await.expect("begins");
        let parts: Vec<Vec<u8>> = file.into_stream().try_collect().await.expect("writes");
        assert_eq!(String::from_utf8(parts.concat()).expect("UTF-8").lines().count(), 3);
        let mut raw = Raw::connect(&scratch.url).await;
        let counted = "SELECT CAST(count(*) AS BIGINT) FROM audit WHERE action = 'people_exported' AND detail LIKE '%\"count\":1202%'";
        assert_eq!(raw.number(counted).await, 1);
        let with_phones = "SELECT CAST(count(*) AS BIGINT) FROM audit WHERE detail LIKE '%+966%'";
        assert_eq!(raw.number(with_phones).await, 0);
    }
}

fn uuid_of_nobody() -> uuid::Uuid {
    uuid::Uuid::from_u128(42)
}
