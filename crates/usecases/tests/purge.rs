//! Forgetting is done by every process at once, beside people who sign in.

use crate::support::desk::{Desk, prove, stored};
use crate::support::{request, salon, sign_in, wait};
use chrono::{DateTime, TimeDelta, Utc};
use domain::challenge::Challenge;
use domain::ids::{AuditId, ChallengeId, OutboxId, SessionId};
use domain::message::MessageKind;
use domain::phone_move::MoveKind;
use domain::retention::Kept;
use domain::session::Session;
use domain::user::UserStatus;
use store::testing::Scratch;
use store::{audit, challenges, erasures, on_both, outbox, sessions, users};
use usecases::{Purged, SignedIn, Usecases};
use uuid::Uuid;

const DAY: i64 = 24 * 3600;
const NOTHING: [u64; Kept::ALL.len()] = [0; Kept::ALL.len()];

/// Everything that was written at `from` is old three years later.
fn old(uc: &Usecases) -> DateTime<Utc> {
    uc.clock().now() - TimeDelta::days(3 * 365)
}

fn id(number: u32) -> Uuid {
    Uuid::from_u128(u128::from(number) << 64)
}

/// 10,000 rows past their retention, the messages tied to the challenges.
async fn backlog(scratch: &Scratch, somebody: &SignedIn, challenge: &Challenge, at: DateTime<Utc>) -> Purged {
    let mut tx = scratch.store.write().await.expect("begins");
    for number in 1..=3_000 {
        let challenge_id = ChallengeId(id(number));
        let old =
            Challenge { id: challenge_id, created_at: at, expires_at: at, final_at: at, last_sent_at: at, ..challenge.clone() };
        tx.run(challenges::insert(&old)).await.expect("inserts");
        let message = outbox::NewMessage {
            id: OutboxId(id(number)),
            kind: MessageKind::AuthCode,
            user_id: Some(challenge.user_id),
            challenge_id: Some(challenge_id),
            phone: challenge.phone.clone(),
            locale: challenge.locale,
            expires_at: at,
            now: at,
        };
        tx.run(outbox::insert(&message)).await.expect("inserts");
    }
    for number in 1..=2_000 {
        let session = Session {
            id: SessionId(id(number)),
            authenticated_at: at,
            second_factor_at: None,
            last_seen_at: at,
            idle_expires_at: at,
            expires_at: at,
            ..somebody.session.clone()
        };
        tx.run(sessions::insert(&session)).await.expect("inserts");
        let entry = audit::NewAudit {
            id: AuditId(id(number)),
            at,
            actor: "self".to_owned(),
            action: "signed_in",
            subject: None,
            session: None,
            detail: serde_json::json!({}),
        };
        tx.run(audit::insert(&entry)).await.expect("inserts");
    }
    // Nobody could send them in time.
    while outbox::update_expired(&mut tx, at).await.expect("expires") > 0 {}
    tx.commit().await.expect("commits");
    Purged { challenges: 3_000, messages: 3_000, sessions: 2_000, audit: 2_000, ..Purged::default() }
}

fn counts(done: Purged) -> Vec<u64> {
    Kept::ALL.into_iter().map(|kept| done.of(kept)).collect()
}

fn sum(first: Purged, second: Purged) -> Vec<u64> {
    counts(first).into_iter().zip(counts(second)).map(|(first, second)| first + second).collect()
}

/// What a purge would forget, by kind.
async fn planned(uc: &Usecases) -> Vec<u64> {
    uc.plan_purge().await.expect("counts").parts.into_iter().map(|part| part.rows).collect()
}

fn at(planned: &[u64], kept: Kept) -> u64 {
    Kept::ALL.into_iter().zip(planned).find(|(one, _)| *one == kept).map(|(_, rows)| *rows).expect("a kind")
}

on_both! {
    async fn two_processes_share_a_huge_backlog_while_people_sign_in(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let somebody = sign_in(&processes[0], "0509999999").await;
        let challenge = request(&processes[0], "0508888888").await.expect("a challenge").challenge;
        let all = backlog(&scratch, &somebody, &challenge, old(&processes[0])).await;
        assert_eq!(planned(&processes[0]).await, counts(all));

        let purges = processes.clone().map(|uc| tokio::spawn(async move { uc.purge().await }));
        let visitors = salon(&scratch);
        for last in 0..10 {
            let signed_in = sign_in(&visitors, &format!("050123456{last}")).await;
            visitors.actor_of_access_token(&signed_in.tokens.expect("an API session").access).await.expect("signed in");
        }
        let [first, second] = purges;
        let first = first.await.expect("no panic").expect("no error");
        let second = second.await.expect("no panic").expect("no error");
        assert_eq!(sum(first, second), counts(all));
        assert_eq!(planned(&processes[1]).await, NOTHING);
        visitors.actor_of_access_token(&somebody.tokens.expect("an API session").access).await.expect("what is new stays");
    }
}

on_both! {
    async fn a_backlog_is_deleted_in_many_short_transactions(scratch) {
        let uc = salon(&scratch);
        let somebody = sign_in(&uc, "0509999999").await;
        let challenge = request(&uc, "0508888888").await.expect("a challenge").challenge;
        backlog(&scratch, &somebody, &challenge, old(&uc)).await;
        // Broken off in the middle: what was deleted stays deleted, and the rest is still there.
        let before = planned(&uc).await;
        let purge = tokio::spawn({
            let uc = uc.clone();
            async move { uc.purge().await }
        });
        while at(&planned(&uc).await, Kept::Messages) == at(&before, Kept::Messages) {
            tokio::task::yield_now().await;
        }
        purge.abort();
        let _ = purge.await;
        let left = planned(&uc).await;
        assert!(at(&left, Kept::Messages) < at(&before, Kept::Messages), "{left:?}");
        assert_eq!(at(&left, Kept::Audit), at(&before, Kept::Audit));
        assert_eq!(at(&left, Kept::Messages) % 500, 0, "whole batches");
        uc.purge().await.expect("goes on");
        assert_eq!(planned(&uc).await, NOTHING);
    }
}

on_both! {
    async fn a_dry_run_waits_for_nobody_and_deletes_nothing(scratch) {
        let uc = salon(&scratch);
        let somebody = sign_in(&uc, "0509999999").await;
        let challenge = request(&uc, "0508888888").await.expect("a challenge").challenge;
        let all = backlog(&scratch, &somebody, &challenge, old(&uc)).await;
        // Somebody is in the middle of deleting the very same rows.
        let mut tx = scratch.store.write().await.expect("begins");
        assert_eq!(challenges::delete_before(&mut tx, uc.clock().now() - TimeDelta::days(30), 3_000).await.expect("deletes"), 3_000);
        assert_eq!(planned(&uc).await, counts(all));
        drop(tx);
        assert_eq!(planned(&uc).await, counts(all));
    }
}

on_both! {
    async fn two_processes_forget_people_and_their_old_codes_at_once(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        // People cascade into their challenges and messages, which the other process deletes at the same time.
        let client = |number: u32| crate::support::client(&format!("198.51.{}.{}", number / 250, number % 250 + 1));
        for number in 0..200 {
            let input = usecases::RequestCode { phone: format!("05{}1{number:06}", number % 2 * 5), locale: None, device_token: None, proof: None };
            processes[0].request_code(input, domain::locale::Locale::Ar, &client(number)).await.expect("a challenge");
        }
        while processes[0].deliver_outbox(100).await.expect("works").sent > 0 {}
        for uc in &processes {
            wait(uc, 400 * DAY);
        }
        let (first, second) = tokio::join!(processes[0].purge(), processes[1].purge());
        let done = sum(first.expect("no error"), second.expect("no error"));
        assert_eq!([Kept::PendingUsers, Kept::Messages, Kept::Challenges].map(|kept| at(&done, kept)), [200, 200, 200]);
        assert_eq!(planned(&processes[0]).await, NOTHING);
    }
}

on_both! {
    async fn somebody_who_asks_for_a_code_while_being_forgotten_keeps_it(scratch) {
        let uc = salon(&scratch);
        let stale = request(&uc, "0501234567").await.expect("never came back").challenge;
        wait(&uc, 4 * DAY);
        let now = uc.clock().now();
        // A request in flight: the person is touched and the new challenge written, not yet committed.
        let mut tx = scratch.store.write().await.expect("begins");
        let newcomer = users::NewUser {
            id: domain::ids::UserId(id(1)),
            phone: stale.phone.clone(),
            locale: stale.locale,
            origin: domain::user::UserOrigin::SelfService,
            now,
        };
        let user = users::upsert_by_phone(&mut tx, &newcomer).await.expect("there already");
        let fresh = Challenge { id: ChallengeId(id(2)), created_at: now, expires_at: now, final_at: now, last_sent_at: now, ..stale };
        tx.run(challenges::insert(&fresh)).await.expect("inserts");
        let purge = tokio::spawn({
            let uc = uc.clone();
            async move { uc.purge().await }
        });
        // Time for the purge to list the person and to come to wait for them.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        tx.commit().await.expect("commits");
        assert_eq!(purge.await.expect("no panic").expect("no error").pending_users, 0);
        let mut tx = scratch.store.read().await.expect("connects");
        assert_eq!(users::find(&mut tx, user.id).await.expect("reads"), Some(user));
        assert!(challenges::find(&mut tx, fresh.id).await.expect("reads").is_some());
    }
}

on_both! {
    async fn a_purge_that_meets_a_request_on_the_same_rows_gives_way_and_comes_back(scratch) {
        let uc = salon(&scratch);
        let challenge = request(&uc, "0501234567").await.expect("a challenge").challenge;
        wait(&uc, 31 * DAY);
        // Somebody is being erased, slowly.
        let mut tx = scratch.store.write().await.expect("begins");
        challenges::delete_for_user(&mut tx, challenge.user_id).await.expect("deletes");
        let purge = tokio::spawn({
            let uc = uc.clone();
            async move { uc.purge().await }
        });
        // Longer than a purge waits for a row, shorter than its patience.
        tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
        drop(tx);
        purge.await.expect("no panic").expect("came back");
        let mut tx = scratch.store.read().await.expect("connects");
        assert!(challenges::find(&mut tx, challenge.id).await.expect("reads").is_none());
    }
}

on_both! {
    async fn who_lost_their_number_is_erased_two_years_after_it_went(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, "0500000001").await;
        // Two numbers become somebody else's; one of the two who had them comes back with another in time.
        let (sara, noura) = (sign_in(&uc, "0501234567").await, sign_in(&uc, "0502345678").await);
        for (number, newcomers) in [("0501234567", "0551111111"), ("0502345678", "0552222222")] {
            wait(&uc, 61);
            let newcomer = sign_in(&uc, newcomers).await;
            desk.ask(newcomer.user.id, MoveKind::Recycled, number).await.expect("asked");
            prove(&uc, number, Some(newcomers)).await.expect("moves");
        }
        for one in [&sara, &noura] {
            assert_eq!(stored(&uc, one.user.id).await.status, UserStatus::Phoneless);
        }
        wait(&uc, 729 * DAY);
        uc.purge().await.expect("purges");
        assert_eq!(stored(&uc, sara.user.id).await.status, UserStatus::Phoneless, "two years are not over");
        let desk = Desk::open(&uc, "0500000001").await;
        desk.ask(noura.user.id, MoveKind::Change, "0503456789").await.expect("asked");
        prove(&uc, "0503456789", None).await.expect("proved");

        wait(&uc, 2 * DAY);
        let plan = uc.plan_purge().await.expect("counts");
        let due = plan.parts.iter().find(|part| part.kept == Kept::PhonelessUsers).expect("a line");
        assert_eq!((due.rows, due.oldest.is_some()), (1, true));
        assert_eq!(uc.purge().await.expect("purges").phoneless_users, 1);
        assert_eq!(stored(&uc, sara.user.id).await.status, UserStatus::Erased);
        assert_eq!(stored(&uc, noura.user.id).await.status, UserStatus::Active);
        let mut tx = scratch.store.read().await.expect("connects");
        assert!(erasures::list(&mut tx).await.expect("reads").iter().any(|one| one.user_id == sara.user.id), "a restore repeats it");
        let entries = audit::list_for_user(&mut tx, sara.user.id, 9).await.expect("reads");
        assert_eq!((entries[0].action.as_str(), entries[0].actor.as_str()), ("erased", "limits"));
        drop(tx);
        assert_eq!(uc.purge().await.expect("purges").phoneless_users, 0);
    }
}
