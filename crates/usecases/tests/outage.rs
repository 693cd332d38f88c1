//! Half an hour in which the first provider fails in every way there is, replayed on a clock that moves when told. Whatever happens:
//! one code and one key a message, no message at two providers that may both have taken it, nothing after its code expired, everybody
//! gets an end.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::TimeDelta;
use domain::locale::Locale;
use sms::testing::{Received, Reply, Stub};
use store::on_both;
use store::outbox::{self, OutboxState};
use store::testing::invariants;
use usecases::clock::Clock;
use usecases::settings::{FraudMode, FraudSettings, Settings};
use usecases::{Delivered, RequestCode};

use crate::support::{client, code_in, process_with, start, taken_by_the_second, two_carriers};

const MINUTES: i64 = 30;
/// Somebody asks every so many seconds.
const EVERY_S: i64 = 5;

/// What the first provider does in which minute.
fn mood(minute: i64) -> Reply {
    match minute {
        5..8 => Reply::json(503, ""),
        8..10 => Reply::json(429, ""),
        // It may have taken them.
        10..14 => Reply::json(500, ""),
        14..17 => Reply::cut_off(""),
        17..20 => Reply::json(200, r#"{"error":"temporary"}"#),
        20..23 => Reply::json(401, ""),
        _ => Reply::json(200, r#"{"id":"ref"}"#),
    }
}

/// Whether a call in that minute may have been taken.
fn may_have_been_taken(minute: i64) -> bool {
    !matches!(minute, 5..10 | 17..23)
}

on_both! {
    async fn half_an_hour_of_trouble_loses_and_doubles_nothing(scratch) {
        let minute = Arc::new(AtomicI64::new(0));
        let told = minute.clone();
        let first = Stub::start(move |_| mood(told.load(Ordering::Relaxed))).await;
        let second = Stub::start(|_| taken_by_the_second()).await;
        let clock = Clock::manual(start());
        let carriers = two_carriers(&first, &second);
        // Two processes on one database, each with breakers of its own.
        // Nobody enters a code in here, which is not what this is about.
        let fraud = FraudSettings { mode: FraudMode::RecordOnly, ..FraudSettings::default() };
        let settings = Settings { fraud, ..Settings::default() };
        let processes = [
            process_with(scratch.store.clone(), carriers, clock.clone(), settings.clone()),
            process_with(scratch.store.clone(), two_carriers(&first, &second), clock.clone(), settings),
        ];
        let mut table = String::new();
        let mut asked = 0;
        let mut called_before = (0, 0);
        let mut minutes_of_calls: Vec<i64> = Vec::new();
        // Six minutes longer: the last code's life and a bit.
        for second_of_day in 0..(MINUTES + 6) * 60 {
            minute.store(second_of_day / 60, Ordering::Relaxed);
            if second_of_day % EVERY_S == 0 && second_of_day < MINUTES * 60 {
                asked += 1;
                let input = RequestCode { phone: format!("+9665{asked:08}"), locale: None, device_token: None, proof: None };
                let from = client(&format!("198.18.{}.{}", asked / 250, asked % 250));
                processes[0].request_code(input, Locale::Ar, &from).await.expect("accepted whatever the providers do");
            }
            let mut done = Delivered::default();
            for uc in &processes {
                let more = uc.deliver_outbox(16).await.expect("works");
                (done.sent, done.retried) = (done.sent + more.sent, done.retried + more.retried);
            }
            minutes_of_calls.resize(first.received().len(), second_of_day / 60);
            if (second_of_day + 1) % 60 == 0 {
                let called = (first.received().len(), second.received().len());
                let (at_first, at_second) = (called.0 - called_before.0, called.1 - called_before.1);
                let _ = writeln!(table, "minute {:2}: first asked {at_first:2}×, second {at_second:2}×", second_of_day / 60);
                called_before = called;
            }
            clock.advance(TimeDelta::seconds(1));
        }
        println!("{table}");
        let entries = outbox::list_recent(&mut scratch.store.read().await.expect("connects"), None, 10_000).await.expect("reads");
        let in_state = |wanted| entries.iter().filter(|entry| entry.state == wanted).count();
        let sent = in_state(OutboxState::Sent);
        println!("asked {asked}: sent {sent}, expired {}, failed {}", in_state(OutboxState::Expired), in_state(OutboxState::Failed));
        assert_eq!((entries.len(), sent + in_state(OutboxState::Expired) + in_state(OutboxState::Failed)), (asked, asked));
        let breaks = invariants::broken(&scratch.store, clock.now()).await.expect("answers");
        assert_eq!(breaks, Vec::<String>::new());

        let to = |request: &Received| request.field("to").trim_start_matches('+').to_owned();
        let mut tries: HashMap<String, Vec<(&Received, i64)>> = HashMap::new();
        let received = first.received();
        for (request, minute) in received.iter().zip(&minutes_of_calls) {
            tries.entry(to(request)).or_default().push((request, *minute));
        }
        for calls in tries.values() {
            let (one, _) = calls[0];
            for (again, _) in calls {
                assert_eq!(again.header("idempotency-key"), one.header("idempotency-key"), "one key");
                assert_eq!(code_in(again), code_in(one), "one code");
            }
        }
        for request in second.received() {
            let body: serde_json::Value = serde_json::from_str(&request.body).expect("JSON");
            let phone = body["recipients"][0].as_str().expect("a number").to_owned();
            for (before, minute) in tries.get(&phone).into_iter().flatten() {
                assert!(!may_have_been_taken(*minute), "{phone}: the first may have taken it in minute {minute}");
                assert_eq!(code_in(before), code_in(&request), "one code at both");
            }
        }
        // Only what the first may have taken and then never answered for can run out: at the most what one breaker lets through.
        let lost = asked - sent;
        assert!(lost <= 12, "{lost} of {asked} ran out");
        assert!(first.received().len() < asked * 2, "a provider in trouble is spared: {} calls", first.received().len());
    }
}
