//! What is accepted is sent, once, by however many processes; nothing is sent too late.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use domain::ids::OutboxId;
use domain::locale::Locale;
use domain::message::MessageKind;
use sms::testing::{Received, Reply, Stub};
use store::outbox::{NewMessage, OutboxEntry, OutboxState};
use store::testing::{Scratch, on_postgres};
use store::{Store, StoreOptions, on_both, outbox};
use tokio::sync::{Semaphore, watch};
use usecases::clock::Clock;
use usecases::{Delivered, Usecases};

use crate::support::{carrier, code_in, phone, process, request, start};

/// Queues so many messages, one second apart, the last one now; each is good for 300 s.
async fn queue(store: &Store, count: u32) {
    let mut tx = store.write().await.expect("begins");
    for number in 0..count {
        let now = start() - TimeDelta::seconds(i64::from((count - 1 - number).min(200)));
        let message = NewMessage {
            id: OutboxId(uuid::Uuid::from_u128(u128::from(number) + 1)),
            kind: MessageKind::PhoneChanged,
            user_id: None,
            challenge_id: None,
            phone: phone(&format!("+9665{number:08}")),
            locale: Locale::En,
            expires_at: now + TimeDelta::seconds(300),
            now,
        };
        tx.run(outbox::insert(&message)).await.expect("queued");
    }
    tx.commit().await.expect("commits");
}

async fn entries(store: &Store) -> Vec<OutboxEntry> {
    outbox::list_recent(&mut store.read().await.expect("connects"), None, 100_000).await.expect("reads")
}

async fn states(store: &Store) -> Vec<OutboxState> {
    entries(store).await.into_iter().map(|entry| entry.state).collect()
}

/// Another process on the same database.
async fn second(scratch: &Scratch, stub: &Stub, clock: &Clock) -> Usecases {
    let patient = Duration::from_mins(1);
    let options = StoreOptions { acquire_timeout: patient, lock_timeout: patient, ..StoreOptions::default() };
    let store = Store::connect(&scratch.url, &options).await.expect("connects");
    process(store, carrier(stub), clock.clone())
}

fn keys(received: &[Received]) -> HashSet<String> {
    received.iter().map(|request| request.header("idempotency-key").to_owned()).collect()
}

/// Waits for something that another task brings about; how long is no matter.
async fn until<F: Future<Output = bool>>(mut is_so: impl FnMut() -> F) {
    while !is_so().await {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// A provider that keeps everybody waiting until it is let go.
async fn gated() -> (Stub, Arc<Semaphore>) {
    let gate = Arc::new(Semaphore::new(0));
    let inside = gate.clone();
    let stub = Stub::start_gated(gate, |_| Reply::json(200, "")).await;
    (stub, inside)
}

on_both! {
    async fn two_processes_send_ten_thousand_messages_once_each(scratch) {
        const COUNT: u32 = 10_000;
        let stub = Stub::start(|_| Reply::json(200, "")).await;
        let clock = Clock::manual(start());
        let first = process(scratch.store.clone(), carrier(&stub), clock.clone());
        let second = second(&scratch, &stub, &clock).await;
        queue(&scratch.store, COUNT).await;
        let (tell, stop) = watch::channel(false);
        let workers: Vec<_> = [&first, &second]
            .map(|uc| {
                let (uc, stop) = (uc.clone(), stop.clone());
                tokio::spawn(async move { uc.work_on_outbox(stop).await })
            })
            .into();
        until(|| async {
            let mut tx = scratch.store.read().await.expect("connects");
            outbox::count_waiting(&mut tx, start()).await.expect("counts") == 0
        })
        .await;
        tell.send(true).expect("they listen");
        for worker in workers {
            worker.await.expect("ends well");
        }
        let received = stub.received();
        assert_eq!((received.len(), keys(&received).len()), (10_000, 10_000));
        assert!(states(&scratch.store).await.iter().all(|state| *state == OutboxState::Sent));
        second.store().close().await;
    }
}

on_both! {
    async fn a_worker_that_dies_after_the_provider_took_it_is_followed_by_the_same_key_and_code(scratch) {
        let (stub, _gate) = gated().await;
        let clock = Clock::manual(start());
        let first = process(scratch.store.clone(), carrier(&stub), clock.clone());
        request(&first, "0501234567").await.expect("accepted");
        let dying = tokio::spawn({
            let uc = first.clone();
            async move { uc.deliver_outbox(1).await }
        });
        until(|| async { stub.received().len() == 1 }).await;
        dying.abort();
        assert!(dying.await.is_err_and(|error| error.is_cancelled()));
        assert_eq!(states(&scratch.store).await, [OutboxState::Leased]);

        let healthy = Stub::start(|_| Reply::json(200, r#"{"id":"second"}"#)).await;
        let second = process(scratch.store.clone(), carrier(&healthy), clock.clone());
        assert_eq!(second.deliver_outbox(10).await.expect("works"), Delivered::default(), "the lease still runs");
        clock.advance(TimeDelta::seconds(31));
        assert_eq!(second.deliver_outbox(10).await.expect("works").sent, 1);
        let (before, after) = (stub.received().remove(0), healthy.received().remove(0));
        assert_eq!(before.header("idempotency-key"), after.header("idempotency-key"));
        assert_eq!((before.body.as_str(), code_in(&before).len()), (after.body.as_str(), 6), "the same words, the same code");
        assert_eq!(states(&scratch.store).await, [OutboxState::Sent]);
    }
}

on_both! {
    async fn a_worker_whose_lease_was_taken_over_marks_nothing(scratch) {
        let (stub, gate) = gated().await;
        let clock = Clock::manual(start());
        queue(&scratch.store, 1).await;
        let slow = process(scratch.store.clone(), carrier(&stub), clock.clone());
        let late = tokio::spawn(async move { slow.deliver_outbox(1).await });
        until(|| async { stub.received().len() == 1 }).await;
        clock.advance(TimeDelta::seconds(31));
        let refusing = Stub::start(|_| Reply::json(422, r#"{"error":"invalid_number"}"#)).await;
        let quick = process(scratch.store.clone(), carrier(&refusing), clock.clone());
        assert_eq!(quick.deliver_outbox(1).await.expect("works").failed, 1);
        gate.add_permits(1);
        assert_eq!(late.await.expect("ends").expect("works"), Delivered::default(), "it comes too late to say `sent`");
        assert_eq!(states(&scratch.store).await, [OutboxState::Failed]);
    }
}

on_both! {
    async fn what_a_provider_took_is_not_sent_again_because_the_database_was_away(scratch) {
        let (stub, gate) = gated().await;
        let hasty = StoreOptions { lock_timeout: Duration::from_millis(100), ..StoreOptions::default() };
        let store = Store::connect(&scratch.url, &hasty).await.expect("connects");
        let uc = process(store.clone(), carrier(&stub), Clock::manual(start()));
        queue(&scratch.store, 1).await;
        let (tell, stop) = watch::channel(false);
        let worker = tokio::spawn(async move { uc.work_on_outbox(stop).await });
        until(|| async { stub.received().len() == 1 }).await;
        // Somebody holds the row, and on SQLite the whole file, while the provider answers.
        let mut held = scratch.store.write().await.expect("begins");
        let id = OutboxId(uuid::Uuid::from_u128(1));
        assert!(outbox::update_returned(&mut held, id, 1).await.expect("no error"));
        let before = store.statements();
        gate.add_permits(10);
        // More than one try takes: it has failed, and tries again.
        until(|| async { store.statements() > before + 2 }).await;
        drop(held);
        until(|| async { states(&scratch.store).await == [OutboxState::Sent] }).await;
        tell.send(true).expect("it listens");
        worker.await.expect("ends well");
        assert_eq!(stub.received().len(), 1);
        store.close().await;
    }
}

on_both! {
    async fn a_backlog_is_sent_newest_first_and_what_has_run_out_is_dropped(scratch) {
        let stub = Stub::start(|_| Reply::json(200, "")).await;
        let clock = Clock::manual(start());
        let uc = process(scratch.store.clone(), carrier(&stub), clock.clone());
        queue(&scratch.store, 100).await;
        // The oldest fifty have run out by now.
        clock.advance(TimeDelta::seconds(250));
        let mut expired = 0;
        for _ in 0..50 {
            let done = uc.deliver_outbox(1).await.expect("works");
            assert_eq!(done.sent, 1);
            expired += done.expired;
        }
        let order: Vec<String> = stub.received().iter().map(|request| request.field("to")).collect();
        let expected: Vec<String> = (50..100_u32).rev().map(|number| format!("+9665{number:08}")).collect();
        assert_eq!((order, expired), (expected, 50));
        let states = states(&scratch.store).await;
        assert_eq!(states.iter().filter(|state| **state == OutboxState::Expired).count(), 50);
        assert_eq!(uc.deliver_outbox(100).await.expect("works"), Delivered::default());
    }
}

on_both! {
    async fn what_has_run_out_is_dropped_when_nothing_else_is_left(scratch) {
        let stub = Stub::start(|_| Reply::json(200, "")).await;
        let clock = Clock::manual(start());
        let uc = process(scratch.store.clone(), carrier(&stub), clock.clone());
        queue(&scratch.store, 10).await;
        clock.advance(TimeDelta::seconds(300));
        assert_eq!(uc.deliver_outbox(100).await.expect("works"), Delivered { expired: 10, ..Delivered::default() });
        assert!(states(&scratch.store).await.iter().all(|state| *state == OutboxState::Expired));
        assert_eq!(stub.received(), []);
    }
}

on_both! {
    async fn a_provider_in_trouble_is_asked_again_and_never_after_the_end(scratch) {
        let stub = Stub::start(|_| Reply::json(503, "")).await;
        let clock = Clock::manual(start());
        let uc = process(scratch.store.clone(), carrier(&stub), clock.clone());
        request(&uc, "0501234567").await.expect("accepted whatever the provider does");
        let mut done = Delivered::default();
        for _ in 0..400 {
            let more = uc.deliver_outbox(10).await.expect("works");
            done.retried += more.retried;
            done.expired += more.expired;
            clock.advance(TimeDelta::seconds(1));
        }
        let received = stub.received();
        assert_eq!((u32::try_from(received.len()).expect("few"), done.expired), (done.retried, 1));
        assert!((5..=12).contains(&received.len()), "with growing pauses: {}", received.len());
        assert_eq!(received.iter().map(code_in).collect::<HashSet<_>>().len(), 1, "one code");
        assert_eq!(keys(&received).len(), 1, "one key");
        let end = (start() + TimeDelta::seconds(300)).timestamp();
        assert!(received.iter().all(|request| request.header("salon-timestamp").parse::<i64>().expect("a number") < end));
        assert_eq!(states(&scratch.store).await, [OutboxState::Expired]);
    }
}

on_both! {
    async fn a_provider_that_hangs_holds_up_no_more_than_its_share(scratch) {
        let (stub, gate) = gated().await;
        let uc = process(scratch.store.clone(), carrier(&stub), Clock::manual(start()));
        queue(&scratch.store, 40).await;
        let (tell, stop) = watch::channel(false);
        let worker = tokio::spawn({
            let uc = uc.clone();
            async move { uc.work_on_outbox(stop).await }
        });
        until(|| async { stub.received().len() == 16 }).await;
        // One is answered: one more goes, and it is the one that was asked for last.
        let sent = request(&uc, "0501234567").await.expect("accepted").challenge;
        gate.add_permits(1);
        until(|| async { stub.received().len() == 17 }).await;
        assert_eq!(stub.received()[16].field("to"), sent.phone.as_e164());
        gate.add_permits(100);
        until(|| async { states(&scratch.store).await.iter().all(|state| *state == OutboxState::Sent) }).await;
        tell.send(true).expect("it listens");
        worker.await.expect("ends well");
    }
}

on_both! {
    async fn a_process_told_to_stop_finishes_what_it_began_and_leaves_the_rest_to_others(scratch) {
        let (stub, gate) = gated().await;
        let clock = Clock::manual(start());
        queue(&scratch.store, 40).await;
        let stopping = process(scratch.store.clone(), carrier(&stub), clock.clone());
        let (tell, stop) = watch::channel(false);
        let worker = tokio::spawn(async move { stopping.work_on_outbox(stop).await });
        until(|| async { stub.received().len() == 16 }).await;
        tell.send(true).expect("it listens");
        gate.add_permits(100);
        worker.await.expect("ends well");
        let states_left = states(&scratch.store).await;
        let count = |wanted| states_left.iter().filter(|state| **state == wanted).count();
        assert_eq!((count(OutboxState::Leased), stub.received().len()), (0, count(OutboxState::Sent)), "nothing is left half-way");
        let other = second(&scratch, &stub, &clock).await;
        let rest = u32::try_from(count(OutboxState::Queued)).expect("few");
        assert_eq!(other.deliver_outbox(100).await.expect("works").sent, rest, "at once: no lease is in the way");
        assert_eq!(keys(&stub.received()).len(), 40);
        assert_eq!(stub.received().len(), 40);
        other.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_process_with_its_hands_full_calls_another() {
    on_postgres(|scratch| async move {
        let (stuck, gate) = gated().await;
        let free = Stub::start(|_| Reply::json(200, "")).await;
        let clock = Clock::manual(start());
        let busy = process(scratch.store.clone(), carrier(&stuck), clock.clone());
        let idle = second(&scratch, &free, &clock).await;
        let (tell, stop) = watch::channel(false);
        let work = |uc: &Usecases| {
            let (uc, stop) = (uc.clone(), stop.clone());
            tokio::spawn(async move { tokio::join!(uc.work_on_outbox(stop.clone()), uc.listen_for_calls(stop)) })
        };
        let idling = work(&idle);
        queue(&scratch.store, 40).await;
        let working = work(&busy);
        until(|| async { free.received().len() + stuck.received().len() == 40 }).await;
        assert!(free.received().len() >= 24, "one process holds sixteen at most");
        gate.add_permits(100);
        tell.send(true).expect("they listen");
        for task in [idling, working] {
            task.await.expect("ends well");
        }
        assert!(states(&scratch.store).await.iter().all(|state| *state == OutboxState::Sent));
        idle.store().close().await;
    })
    .await;
}
