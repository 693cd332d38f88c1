//! The fraud brake and the fleet guard: shared by processes, kept over restarts, never in the way of those who are known.

use chrono::TimeDelta;
use domain::fraud::{AlarmRules, Bounds, Bucket, Counts, DAY, Level, Scope, Thresholds};
use domain::limits::Policy;
use domain::locale::Locale;
use sms::SmsSender;
use store::testing::{Raw, Scratch};
use store::{fraud_counters, on_both};
use usecases::clock::Clock;
use usecases::settings::{FraudMode, FraudSettings, ProofDemand, ProofSettings, Settings};
use usecases::{Client, Error, RequestCode, Sent, Usecases, replay_events};

use crate::support::{
    actor, answer, client, code_for, phone, process_with, refused, request_from, salon, sign_in, start, wait, wrong,
};

/// A prefix bears two that type and three that are lost; nine, and strangers are refused. The rest bears more than the tests ask.
fn sensitive() -> FraudSettings {
    let prefix = Bounds { typing: 2, lost: 3 };
    FraudSettings { thresholds: Thresholds { prefix, ..Thresholds::default() }, ..FraudSettings::default() }
}

/// Nobody has to show a proof of work, so that whoever is let through is let through.
fn process(scratch: &Scratch, clock: &Clock, fraud: FraudSettings) -> Usecases {
    let proof = ProofSettings { demand: ProofDemand::Never, ..ProofSettings::default() };
    let settings = Settings { fraud, proof, ..Settings::default() };
    process_with(scratch.store.clone(), SmsSender::Outbox, clock.clone(), settings)
}

/// Strangers live in different networks.
fn of_network(number: u32) -> Client {
    client(&format!("10.{}.{}.1", number / 250, number % 250))
}

/// Somebody with a number of the prefix +96650 who asks for the first time.
async fn stranger(uc: &Usecases, number: u32) -> Result<Sent, Error> {
    let input = RequestCode { phone: format!("+96650{number:07}"), locale: Some(Locale::En), device_token: None, proof: None };
    uc.request_code(input, Locale::En, &of_network(number)).await
}

async fn strangers(uc: &Usecases, numbers: std::ops::Range<u32>) {
    for number in numbers {
        stranger(uc, number).await.expect("let through");
    }
}

async fn enter(uc: &Usecases, sent: &Sent) {
    let code = code_for(uc, &sent.challenge).await;
    uc.verify_code(answer(sent.challenge.id, &code), &of_network(0)).await.expect("signs in");
}

/// What the prefix +96650 is told.
fn level(uc: &Usecases) -> Level {
    uc.brake(&phone("+966509999999"), &of_network(9_999), uc.clock().now()).level()
}

/// What the database has of the fleet.
async fn written(scratch: &Scratch) -> Vec<(Bucket, Counts)> {
    let mut tx = scratch.store.read().await.expect("connects");
    let all = fraud_counters::list_for_scope(&mut tx, Scope::Fleet, Bucket::of(start())).await.expect("reads");
    all.into_iter().map(|(_, bucket, counts)| (bucket, counts)).collect()
}

async fn look(uc: &Usecases) {
    uc.watch_fraud().await.expect("answers");
}

on_both! {
    async fn of_a_thousand_numbers_of_one_prefix_a_few_hundred_get_a_code(scratch) {
        let uc = process(&scratch, &Clock::manual(start()), FraudSettings::default());
        let (mut free, mut proof, mut stopped) = (0, 0, 0);
        for number in 0..1_000 {
            match (level(&uc), stranger(&uc, number).await) {
                (Level::Free, Ok(_)) => free += 1,
                (Level::Proof, Ok(_)) => proof += 1,
                (Level::Refusal, outcome) => {
                    assert_eq!(refused(outcome).0, [Policy::SmsBrake]);
                    stopped += 1;
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((free, proof, stopped), (150, 100, 750));
        let elsewhere = RequestCode { phone: "+966551234567".into(), locale: None, device_token: None, proof: None };
        uc.request_code(elsewhere, Locale::Ar, &of_network(1)).await.expect("another prefix");
    }
}

on_both! {
    async fn who_pumps_pays_with_work_first(scratch) {
        let uc = salon(&scratch);
        strangers(&uc, 0..150).await;
        let before = uc.store().statements();
        let outcome = stranger(&uc, 150).await;
        assert!(matches!(outcome, Err(Error::ProofRequired(_))), "{outcome:?}");
        assert_eq!(uc.store().statements() - before, 1, "and the demand writes nothing");
    }
}

on_both! {
    async fn a_refusal_writes_nothing_and_says_truly_when_to_come_again(scratch) {
        let uc = process(&scratch, &Clock::manual(start()), sensitive());
        strangers(&uc, 0..11).await;
        while uc.deliver_outbox(100).await.expect("delivers").sent > 0 {}
        let before = uc.store().statements();
        let (policies, wait_s) = refused(stranger(&uc, 11).await);
        assert_eq!((policies, uc.store().statements() - before), (vec![Policy::SmsBrake], 1));
        wait(&uc, i64::try_from(wait_s).expect("a day at most") - 1);
        refused(stranger(&uc, 12).await);
        wait(&uc, 1);
        stranger(&uc, 13).await.expect("as told");
    }
}

on_both! {
    async fn processes_see_each_others_counts_and_a_restart_forgets_nothing(scratch) {
        let clock = Clock::manual(start());
        let processes = [process(&scratch, &clock, sensitive()), process(&scratch, &clock, sensitive())];
        strangers(&processes[0], 0..6).await;
        assert_eq!((level(&processes[0]), level(&processes[1])), (Level::Proof, Level::Free));
        look(&processes[0]).await;
        look(&processes[1]).await;
        assert_eq!((level(&processes[0]), level(&processes[1])), (Level::Proof, Level::Proof));
        strangers(&processes[1], 6..11).await;
        assert_eq!((level(&processes[0]), level(&processes[1])), (Level::Proof, Level::Refusal));
        for uc in [&processes[1], &processes[0]] {
            look(uc).await;
        }
        refused(stranger(&processes[0], 11).await);
        let restarted = process(&scratch, &clock, sensitive());
        look(&restarted).await;
        refused(stranger(&restarted, 12).await);
        // Counted once, however often they are written and read.
        for uc in processes.iter().chain([&restarted]) {
            look(uc).await;
        }
        assert_eq!(written(&scratch).await.iter().map(|(_, counts)| counts.asked).sum::<u32>(), 11);
    }
}

on_both! {
    async fn what_was_counted_last_is_written_when_the_process_ends(scratch) {
        let clock = Clock::manual(start());
        let uc = process(&scratch, &clock, sensitive());
        let (tell, stop) = tokio::sync::watch::channel(true);
        strangers(&uc, 0..11).await;
        uc.keep_watching_fraud(stop).await;
        drop(tell);
        let restarted = process(&scratch, &clock, sensitive());
        look(&restarted).await;
        assert_eq!(level(&restarted), Level::Refusal);
    }
}

on_both! {
    async fn where_it_only_records_everybody_is_let_through(scratch) {
        let uc = process(&scratch, &Clock::manual(start()), FraudSettings { mode: FraudMode::RecordOnly, ..sensitive() });
        strangers(&uc, 0..20).await;
        assert_eq!(level(&uc), Level::Refusal, "and it says what it would do");
    }
}

on_both! {
    async fn who_is_known_is_never_stopped_and_not_counted(scratch) {
        let uc = process(&scratch, &Clock::manual(start()), sensitive());
        let known = sign_in(&uc, "0500000001").await;
        strangers(&uc, 100..111).await;
        refused(stranger(&uc, 111).await);
        wait(&uc, 61);
        let sent = request_from(&uc, "0500000001", &known.device_token).await.expect("a device that is known");
        assert_eq!(sent.challenge.network, None);
        wait(&uc, 61);
        uc.resend_code(sent.challenge.id, &of_network(1)).await.expect("its code once more");
        let me = actor(&known);
        uc.request_phone(&me, "0500000001", &of_network(1)).await.expect("an open session, for its own number");
        assert_eq!(refused(uc.request_phone(&me, "0500000002", &of_network(1)).await).0, [Policy::SmsBrake]);
        let sent = uc.request_phone(&me, "0550000002", &of_network(1)).await.expect("a prefix that is free").challenge;
        assert!(sent.network.is_some(), "nobody has proved that number: it counts");
    }
}

on_both! {
    async fn people_who_enter_their_codes_set_nothing_off(scratch) {
        let uc = process(&scratch, &Clock::manual(start()), sensitive());
        for round in 0..8 {
            let mut sent = Vec::new();
            for number in 0..4 {
                sent.push(stranger(&uc, round * 4 + number).await.expect("let through"));
            }
            wait(&uc, 40);
            // One of four never does.
            for sent in &sent[..3] {
                enter(&uc, sent).await;
            }
            look(&uc).await;
            assert_eq!(level(&uc), Level::Free);
            wait(&uc, 600);
        }
    }
}

on_both! {
    async fn while_no_provider_takes_messages_nobody_is_to_blame_for_it(scratch) {
        let uc = process(&scratch, &Clock::manual(start()), sensitive());
        strangers(&uc, 0..11).await;
        refused(stranger(&uc, 11).await);
        look(&uc).await;
        // Their codes have run out, and nobody had them.
        wait(&uc, 600);
        assert_eq!(level(&uc), Level::Free);
        strangers(&uc, 12..23).await;
        while uc.deliver_outbox(100).await.expect("delivers").sent > 0 {}
        look(&uc).await;
        wait(&uc, 600);
        assert_eq!(level(&uc), Level::Refusal, "these were sent");
    }
}

on_both! {
    async fn a_resend_is_no_second_code_and_a_late_answer_counts_where_its_code_was_asked_for(scratch) {
        let uc = process(&scratch, &Clock::manual(start()), sensitive());
        let sent = stranger(&uc, 1).await.expect("a challenge");
        wait(&uc, 290);
        uc.resend_code(sent.challenge.id, &of_network(1)).await.expect("once more");
        wait(&uc, 200);
        enter(&uc, &sent).await;
        look(&uc).await;
        assert_eq!(written(&scratch).await, [(Bucket::of(start()), Counts { asked: 1, sent: 1, verified: 1, failed: 0 })]);
    }
}

on_both! {
    async fn what_is_recorded_names_nobody_and_can_be_replayed(scratch) {
        let uc = process(&scratch, &Clock::manual(start()), FraudSettings { mode: FraudMode::RecordOnly, ..sensitive() });
        let first = stranger(&uc, 1).await.expect("a challenge");
        strangers(&uc, 2..14).await;
        wait(&uc, 60);
        enter(&uc, &first).await;
        let mut text = String::new();
        uc.list_fraud_events(1, |lines| { text.push_str(lines); Ok(()) }).await.expect("reads");
        assert_eq!(text.lines().count(), 13);
        assert!(text.lines().all(|line| line.contains("\"prefix\":\"+96650\"")), "{text}");
        for secret in ["0000001", "96650000", "10.0.", "/24"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        let replayed = replay_events(&text, &sensitive().thresholds).expect("good lines");
        assert_eq!((replayed.all.let_through, replayed.all.proof, replayed.all.refused), (5, 6, 2));
    }
}

on_both! {
    async fn old_counts_are_forgotten(scratch) {
        let uc = process(&scratch, &Clock::manual(start()), sensitive());
        strangers(&uc, 0..3).await;
        look(&uc).await;
        assert_eq!(written(&scratch).await.len(), 1);
        wait(&uc, 16 * 86_400);
        uc.purge().await.expect("purges");
        assert_eq!(written(&scratch).await, []);
    }
}

/// So many wrong guesses, five a phone.
async fn guess_wrongly(uc: &Usecases, phones: std::ops::Range<u32>) {
    for number in phones {
        let sent = stranger(uc, number).await.expect("a challenge");
        let bad = wrong(&code_for(uc, &sent.challenge).await);
        for _ in 0..5 {
            uc.verify_code(answer(sent.challenge.id, &bad), &of_network(number)).await.expect_err("wrong");
        }
    }
}

async fn digits(uc: &Usecases, number: u32) -> u8 {
    stranger(uc, number).await.expect("a challenge").challenge.code_length.digits()
}

async fn audited(scratch: &Scratch) -> i64 {
    Raw::connect(&scratch.url).await.number("SELECT CAST(count(*) AS BIGINT) FROM audit").await
}

on_both! {
    async fn an_alarm_makes_codes_longer_everywhere_and_ends(scratch) {
        let alarm = AlarmRules { factor: 3, failures_hour: 9, failures_day: 1_000 };
        let fraud = FraudSettings { alarm, ..FraudSettings::default() };
        let clock = Clock::manual(start());
        let processes = [process(&scratch, &clock, fraud), process(&scratch, &clock, fraud)];
        guess_wrongly(&processes[0], 0..1).await;
        look(&processes[0]).await;
        assert_eq!(digits(&processes[0], 10).await, 6, "five are none too many");
        guess_wrongly(&processes[1], 1..2).await;
        for uc in [&processes[1], &processes[0], &processes[1]] {
            look(uc).await;
        }
        assert_eq!((digits(&processes[0], 11).await, digits(&processes[1], 12).await), (8, 8), "ten are");
        assert_eq!(audited(&scratch).await, 1, "told once");
        let restarted = process(&scratch, &clock, fraud);
        look(&restarted).await;
        assert_eq!(digits(&restarted, 13).await, 8);
        clock.advance(TimeDelta::minutes(61));
        for uc in [&restarted, &processes[0], &processes[1]] {
            look(uc).await;
        }
        assert_eq!((digits(&processes[0], 14).await, digits(&restarted, 15).await), (6, 6), "the hour is over");
        assert_eq!(audited(&scratch).await, 2);
    }
}

on_both! {
    async fn what_a_fortnight_has_seen_is_not_alarming(scratch) {
        let alarm = AlarmRules { factor: 3, failures_hour: 4, failures_day: 1_000 };
        let clock = Clock::manual(start());
        let uc = process(&scratch, &clock, FraudSettings { alarm, ..FraudSettings::default() });
        // Four an hour at this time of day, on each of fourteen days.
        let past: Vec<_> = (1..=14)
            .map(|day| (Scope::Fleet, Bucket::of(start()).back(day * DAY), Counts { failed: 4, ..Counts::default() }))
            .collect();
        scratch.store.apply_one(fraud_counters::insert_added(scratch.store.backend(), &past)).await.expect("writes");
        guess_wrongly(&uc, 0..2).await;
        look(&uc).await;
        assert_eq!(digits(&uc, 10).await, 6, "ten of twelve");
        guess_wrongly(&uc, 2..3).await;
        look(&uc).await;
        assert_eq!(digits(&uc, 11).await, 8, "fifteen");
    }
}
