//! When a provider does not take a message, the next one gets it: the same code, at once, and only if the first has certainly not
//! taken it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use chrono::TimeDelta;
use domain::challenge::Purpose;
use sms::testing::{Reply, Stub};
use sms::{BreakerRules, Carriers};
use store::on_both;
use store::outbox::{self, OutboxState};
use store::testing::Scratch;
use usecases::clock::Clock;
use usecases::{Delivered, Delivery, Usecases};

use crate::support::{carrier, code_in, process, request, second_carrier, start, taken_by_the_second, two_carriers, wait};

/// The state of each message and who took it or may have, newest first.
async fn messages(scratch: &Scratch) -> Vec<(OutboxState, Option<String>)> {
    let mut tx = scratch.store.read().await.expect("connects");
    let entries = outbox::list_recent(&mut tx, None, 1_000).await.expect("reads");
    entries.into_iter().map(|entry| (entry.state, entry.provider)).collect()
}

/// A provider whose answer can be changed.
async fn moody(status: u16) -> (Stub, Arc<AtomicU16>) {
    let mood = Arc::new(AtomicU16::new(status));
    let told = mood.clone();
    (Stub::start(move |_| Reply::json(told.load(Ordering::Relaxed), "")).await, mood)
}

/// A provider that takes everything, of the second kind.
async fn willing() -> Stub {
    Stub::start(|_| taken_by_the_second()).await
}

fn salon(scratch: &Scratch, carriers: Carriers) -> Usecases {
    process(scratch.store.clone(), carriers, Clock::manual(start()))
}

on_both! {
    async fn what_one_certainly_did_not_take_the_next_gets_at_once(scratch) {
        // Busy, not now, not with these credentials.
        for (phone, status) in [("0501234567", 429), ("0501234568", 503), ("0501234569", 401)] {
            let (first, _) = moody(status).await;
            let second = willing().await;
            let uc = salon(&scratch, two_carriers(&first, &second));
            request(&uc, phone).await.expect("accepted");
            assert_eq!(uc.deliver_outbox(10).await.expect("works"), Delivered { sent: 1, ..Delivered::default() }, "{status}");
            assert_eq!(code_in(&second.received()[0]), code_in(&first.received()[0]), "the same code");
            assert_eq!(messages(&scratch).await[0], (OutboxState::Sent, Some("taqnyat".to_owned())));
        }
    }
}

on_both! {
    async fn what_one_may_have_taken_no_other_gets(scratch) {
        let (first, mood) = moody(500).await;
        let second = willing().await;
        let uc = salon(&scratch, two_carriers(&first, &second));
        request(&uc, "0501234567").await.expect("accepted");
        assert_eq!(uc.deliver_outbox(10).await.expect("works").retried, 1);
        // From now on the first would certainly not take it. But it may have.
        mood.store(503, Ordering::Relaxed);
        wait(&uc, 10);
        assert_eq!(uc.deliver_outbox(10).await.expect("works").retried, 1);
        assert_eq!(messages(&scratch).await, [(OutboxState::Queued, Some("webhook".to_owned()))]);
        mood.store(200, Ordering::Relaxed);
        wait(&uc, 30);
        assert_eq!(uc.deliver_outbox(10).await.expect("works").sent, 1);
        let keys: Vec<_> = first.received().iter().map(|request| request.header("idempotency-key").to_owned()).collect();
        assert!(keys.len() == 3 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
        assert_eq!(second.received(), []);
    }
}

on_both! {
    async fn a_message_its_dead_worker_may_have_handed_over_stays_with_that_provider(scratch) {
        let gate = Arc::new(tokio::sync::Semaphore::new(0));
        let first = Stub::start_gated(gate.clone(), |_| Reply::json(200, "")).await;
        let second = willing().await;
        let uc = salon(&scratch, two_carriers(&first, &second));
        request(&uc, "0501234567").await.expect("accepted");
        let dying = tokio::spawn({
            let uc = uc.clone();
            async move { uc.deliver_outbox(1).await }
        });
        while first.received().is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        dying.abort();
        assert!(dying.await.is_err_and(|error| error.is_cancelled()));
        gate.add_permits(100);
        // Another process asks the other one first.
        let order = Carriers::new(second_carrier(&second), vec![carrier(&first)], BreakerRules::default());
        let other = process(scratch.store.clone(), order, uc.clock().clone());
        uc.clock().advance(TimeDelta::seconds(31));
        assert_eq!(other.deliver_outbox(10).await.expect("works").sent, 1);
        assert_eq!((first.received().len(), second.received().len()), (2, 0));
    }
}

on_both! {
    async fn what_the_number_itself_is_to_blame_for_ends_and_is_told_to_whoever_waits(scratch) {
        for (phone, error) in [("0501234567", "invalid_number"), ("0501234568", "blocked")] {
            let first = Stub::start(move |_| Reply::json(422, &format!(r#"{{"error":"{error}"}}"#))).await;
            let second = willing().await;
            let uc = salon(&scratch, two_carriers(&first, &second));
            let sent = request(&uc, phone).await.expect("accepted");
            let fares = || async {
                uc.find_awaited(sent.challenge.id, Purpose::Auth).await.expect("reads").expect("still live").delivery
            };
            assert_eq!(fares().await, Delivery::Waiting);
            assert_eq!(uc.deliver_outbox(10).await.expect("works").failed, 1);
            assert_eq!(fares().await, Delivery::Failed);
            assert_eq!(second.received(), []);
        }
    }
}

on_both! {
    async fn a_provider_in_trouble_is_left_alone_until_one_message_finds_it_well(scratch) {
        let (first, mood) = moody(503).await;
        let second = willing().await;
        let uc = salon(&scratch, two_carriers(&first, &second));
        let mut number = 0;
        let mut ask = async |count: u32| {
            for _ in 0..count {
                number += 1;
                let phone = format!("05{number:08}");
                uc.request_code(
                    usecases::RequestCode { phone, locale: None, device_token: None, proof: None },
                    domain::locale::Locale::Ar,
                    &crate::support::client(&format!("203.0.113.{}", number % 250)),
                )
                .await
                .expect("accepted");
                assert_eq!(uc.deliver_outbox(1).await.expect("works").sent, 1);
            }
        };
        ask(20).await;
        assert_eq!((first.received().len(), second.received().len()), (5, 20), "after five it is not asked any more");
        wait(&uc, 10);
        ask(5).await;
        assert_eq!((first.received().len(), second.received().len()), (6, 25), "one message looked");
        mood.store(200, Ordering::Relaxed);
        wait(&uc, 20);
        ask(5).await;
        assert_eq!((first.received().len(), second.received().len()), (11, 25), "it is well, and gets them all");
    }
}

on_both! {
    async fn when_all_are_in_trouble_messages_wait_and_go_when_one_is_well(scratch) {
        let (first, mood) = moody(503).await;
        let second = Stub::start(|_| Reply::json(503, "")).await;
        let uc = salon(&scratch, two_carriers(&first, &second));
        request(&uc, "0501234567").await.expect("accepted");
        let mut tries = 0;
        for _ in 0..100 {
            tries += uc.deliver_outbox(10).await.expect("works").retried;
            wait(&uc, 1);
        }
        assert!((5..=12).contains(&tries), "{tries}");
        assert_eq!(messages(&scratch).await, [(OutboxState::Queued, None)], "nobody has it");
        mood.store(200, Ordering::Relaxed);
        let mut sent = 0;
        for _ in 0..130 {
            sent += uc.deliver_outbox(10).await.expect("works").sent;
            wait(&uc, 1);
        }
        assert_eq!((sent, messages(&scratch).await), (1, vec![(OutboxState::Sent, Some("webhook".to_owned()))]));
    }
}

on_both! {
    async fn a_message_with_a_provider_that_is_gone_ends(scratch) {
        let (first, _) = moody(500).await;
        let second = willing().await;
        let before = salon(&scratch, two_carriers(&first, &second));
        request(&before, "0501234567").await.expect("accepted");
        assert_eq!(before.deliver_outbox(10).await.expect("works").retried, 1);
        wait(&before, 5);
        let after = process(scratch.store.clone(), second_carrier(&second), before.clock().clone());
        assert_eq!(after.deliver_outbox(10).await.expect("works").failed, 1, "it may have been taken: nobody else is asked");
        assert_eq!(second.received(), []);
    }
}

on_both! {
    async fn it_ends_when_all_refuse_for_good_and_not_while_one_of_them_may_be_well_again(scratch) {
        let (first, _) = moody(401).await;
        let (second, mood) = moody(503).await;
        let carriers = two_carriers(&first, &second);
        let uc = salon(&scratch, carriers);
        request(&uc, "0501234567").await.expect("accepted");
        for _ in 0..60 {
            assert_eq!(uc.deliver_outbox(10).await.expect("works").failed, 0, "the second only has trouble");
            wait(&uc, 1);
        }
        assert_eq!(messages(&scratch).await, [(OutboxState::Queued, None)]);
        mood.store(401, Ordering::Relaxed);
        let mut failed = 0;
        for _ in 0..130 {
            failed += uc.deliver_outbox(10).await.expect("works").failed;
            wait(&uc, 1);
        }
        assert_eq!((failed, messages(&scratch).await[0].0), (1, OutboxState::Failed));
    }
}
