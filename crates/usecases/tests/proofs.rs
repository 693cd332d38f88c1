//! Proof of work: who must show one, what is taken for one, and that each is taken once.

use chrono::TimeDelta;
use domain::limits::Quota;
use domain::locale::Locale;
use domain::proof::{ProofRules, solve};
use sms::SmsSender;
use store::on_both;
use store::testing::{Scratch, at_once};
use usecases::clock::Clock;
use usecases::settings::{ProofDemand, ProofSettings, Settings};
use usecases::{Client, Error, Proof, ProofRequired, RequestCode, Sent, Usecases};

use crate::support::{
    actor, answer, client, code_for, here, phone, process_with, refused, request, request_from, sign_in, start, wait,
};

const PHONE: &str = "0501234567";
const OTHER: &str = "0559876543";

fn settings(demand: ProofDemand) -> ProofSettings {
    let usual = ProofSettings::default();
    ProofSettings { demand, rules: ProofRules { bits: 8, ..usual.rules }, ..usual }
}

fn process(scratch: &Scratch, proof: ProofSettings) -> Usecases {
    let settings = Settings { proof, ..Settings::default() };
    process_with(scratch.store.clone(), SmsSender::Outbox, Clock::manual(start()), settings)
}

fn wary(scratch: &Scratch) -> Usecases {
    process(scratch, settings(ProofDemand::Always))
}

async fn show(uc: &Usecases, number: &str, from: &Client, proof: impl Into<Option<Proof>>) -> Result<Sent, Error> {
    let input = RequestCode { phone: number.to_owned(), locale: None, device_token: None, proof: proof.into() };
    uc.request_code(input, Locale::Ar, from).await
}

#[track_caller]
fn asked(outcome: Result<Sent, Error>) -> ProofRequired {
    match outcome {
        Err(Error::ProofRequired(asked)) => asked,
        other => panic!("expected to be asked for a proof, got {other:?}"),
    }
}

/// Asks for a code and is handed a puzzle.
async fn puzzle(uc: &Usecases, number: &str, from: &Client) -> ProofRequired {
    asked(show(uc, number, from, None).await)
}

fn solved(asked: &ProofRequired) -> Proof {
    let solution = solve(&asked.puzzle, asked.bits).expect("there is one").to_string();
    Proof { puzzle: asked.puzzle.clone(), solution: Some(solution) }
}

fn waited(asked: &ProofRequired) -> Proof {
    Proof { puzzle: asked.puzzle.clone(), solution: None }
}

/// How many texts a phone has got.
async fn texts(uc: &Usecases, number: &str) -> usize {
    while uc.deliver_outbox(100).await.expect("delivers").sent > 0 {}
    uc.dev_messages(Some(&phone(number)), 100).await.expect("reads").len()
}

on_both! {
    async fn a_stranger_gets_a_code_for_a_solved_puzzle_and_for_each_puzzle_one(scratch) {
        let uc = wary(&scratch);
        let first = puzzle(&uc, PHONE, &here()).await;
        assert_eq!((first.bits, first.wait_s, first.expires_at), (8, Some(60), start() + TimeDelta::minutes(10)));
        assert_ne!(puzzle(&uc, PHONE, &here()).await.puzzle, first.puzzle, "each is another");
        let sent = show(&uc, PHONE, &here(), solved(&first)).await.expect("a challenge");
        let code = code_for(&uc, &sent.challenge).await;
        uc.verify_code(answer(sent.challenge.id, &code), &here()).await.expect("signs in");
        wait(&uc, 60);
        let again = asked(show(&uc, PHONE, &here(), solved(&first)).await);
        assert_ne!(again.puzzle, first.puzzle, "used up: another");
        show(&uc, PHONE, &here(), solved(&again)).await.expect("another challenge");
        assert_eq!(texts(&uc, "+966501234567").await, 2);
    }
}

on_both! {
    async fn a_puzzle_is_for_one_phone_and_one_network(scratch) {
        let uc = wary(&scratch);
        let mine = solved(&puzzle(&uc, PHONE, &here()).await);
        asked(show(&uc, OTHER, &here(), mine.clone()).await);
        asked(show(&uc, PHONE, &client("203.0.114.7"), mine.clone()).await);
        asked(show(&uc, PHONE, &client("2001:db8::7"), mine.clone()).await);
        show(&uc, "+966 50 123 4567", &client("203.0.113.200"), mine).await.expect("the same phone, and a neighbour's address");
    }
}

on_both! {
    async fn what_is_wrong_made_up_or_expired_is_answered_by_another_puzzle(scratch) {
        let uc = wary(&scratch);
        let first = puzzle(&uc, PHONE, &here()).await;
        let right = solved(&first);
        let with = |puzzle: &str, solution: &str| {
            Some(Proof { puzzle: puzzle.to_owned(), solution: Some(solution.to_owned()) })
        };
        let mut handed_out = vec![first.puzzle.clone()];
        for proof in [with(&first.puzzle, "x"), with(&first.puzzle, ""), with("", "1"), with(&"A".repeat(44), "1"), with("\0", "\0")] {
            let next = asked(show(&uc, PHONE, &here(), proof).await);
            assert!(!handed_out.contains(&next.puzzle));
            handed_out.push(next.puzzle);
        }
        wait(&uc, 600);
        asked(show(&uc, PHONE, &here(), Some(right)).await);
        assert_eq!(texts(&uc, "+966501234567").await, 0);
        let last = puzzle(&uc, PHONE, &here()).await;
        wait(&uc, 599);
        show(&uc, PHONE, &here(), solved(&last)).await.expect("good to the last second");
    }
}

on_both! {
    async fn of_twenty_who_show_the_same_proof_at_once_one_is_sent(scratch) {
        // Nothing else must stand in the way of the second.
        let processes = [(); 2].map(|()| {
            let mut settings = Settings { proof: settings(ProofDemand::Always), ..Settings::default() };
            settings.otp.cooldown = Quota { limit: 100, ..settings.otp.cooldown };
            settings.otp.sends_hour = Quota { limit: 100, ..settings.otp.sends_hour };
            settings.otp.sends_day = Quota { limit: 200, ..settings.otp.sends_day };
            process_with(scratch.store.clone(), SmsSender::Outbox, Clock::manual(start()), settings)
        });
        let proof = solved(&puzzle(&processes[0], PHONE, &here()).await);
        let outcomes = at_once(20, |place| {
            let (uc, proof) = (processes[place % 2].clone(), proof.clone());
            async move { show(&uc, PHONE, &here(), proof).await }
        });
        let (sent, refused): (Vec<_>, Vec<_>) = outcomes.await.into_iter().partition(Result::is_ok);
        assert_eq!(sent.len(), 1);
        for outcome in refused {
            asked(outcome);
        }
        assert_eq!(texts(&processes[1], "+966501234567").await, 1);
    }
}

on_both! {
    async fn who_cannot_solve_it_may_wait_and_being_early_does_not_begin_anew(scratch) {
        let uc = wary(&scratch);
        let first = puzzle(&uc, PHONE, &here()).await;
        wait(&uc, 23);
        let early = asked(show(&uc, PHONE, &here(), waited(&first)).await);
        assert_eq!((&early.puzzle, early.wait_s, early.expires_at), (&first.puzzle, Some(37), first.expires_at));
        wait(&uc, 36);
        asked(show(&uc, PHONE, &here(), waited(&first)).await);
        wait(&uc, 1);
        asked(show(&uc, OTHER, &here(), waited(&first)).await);
        asked(show(&uc, PHONE, &client("198.51.100.7"), waited(&first)).await);
        show(&uc, PHONE, &here(), waited(&first)).await.expect("the wait it named was true");
        wait(&uc, 61);
        asked(show(&uc, PHONE, &here(), waited(&first)).await);
        asked(show(&uc, PHONE, &here(), solved(&first)).await);
    }
}

on_both! {
    async fn waiting_is_rationed_by_network_and_for_everybody_and_solving_is_not(scratch) {
        let usual = settings(ProofDemand::Always);
        let few = |limit| Quota { limit, ..usual.waits };
        let proof = ProofSettings { waits_network: few(2), waits: few(3), ..usual };
        let uc = process(&scratch, proof);
        // Two of one network, and one of another.
        let callers = [("0501000001", "203.0.113.1"), ("0501000002", "203.0.113.2"), ("0501000003", "198.51.100.1")];
        let too_many = [("0501000004", "203.0.113.3"), ("0501000005", "192.0.2.1")];
        let mut puzzles = Vec::new();
        for (number, address) in callers.iter().chain(&too_many) {
            puzzles.push(puzzle(&uc, number, &client(address)).await);
        }
        wait(&uc, 60);
        for ((number, address), puzzle) in callers.iter().zip(&puzzles) {
            show(&uc, number, &client(address), waited(puzzle)).await.expect("there is room");
        }
        for ((number, address), puzzle) in too_many.iter().zip(&puzzles[3..]) {
            let refused = asked(show(&uc, number, &client(address), waited(puzzle)).await);
            assert_eq!(refused.wait_s, None, "for an hour nobody may wait, and no puzzle lives as long");
            show(&uc, number, &client(address), solved(&refused)).await.expect("a solution needs no room");
        }
        wait(&uc, 3_600 - 300);
        let later = puzzle(&uc, "0501000006", &client("192.0.2.1")).await;
        wait(&uc, 60);
        let told = asked(show(&uc, "0501000006", &client("192.0.2.1"), waited(&later)).await);
        assert_eq!(told.wait_s, Some(240), "until there is room");
        wait(&uc, 240);
        show(&uc, "0501000006", &client("192.0.2.1"), waited(&told)).await.expect("and then there is");
    }
}

on_both! {
    async fn where_nobody_may_wait_nobody_is_told_to(scratch) {
        let usual = settings(ProofDemand::Always);
        let uc = process(&scratch, ProofSettings { waits_network: Quota { limit: 0, ..usual.waits_network }, ..usual });
        let first = puzzle(&uc, PHONE, &here()).await;
        assert_eq!(first.wait_s, None);
        wait(&uc, 60);
        let second = asked(show(&uc, PHONE, &here(), waited(&first)).await);
        assert_eq!(second.wait_s, None);
        show(&uc, PHONE, &here(), solved(&second)).await.expect("work is taken");
    }
}

on_both! {
    async fn of_many_who_have_waited_no_more_are_sent_than_may(scratch) {
        let usual = settings(ProofDemand::Always);
        let processes = [(); 2].map(|()| process(&scratch, ProofSettings { waits: Quota { limit: 3, ..usual.waits }, ..usual }));
        let mut all = Vec::new();
        for place in 0..20_u8 {
            let (number, from) = (format!("05010000{place:02}"), client(&format!("203.0.{place}.1")));
            all.push((puzzle(&processes[0], &number, &from).await, number, from));
        }
        for uc in &processes {
            wait(uc, 60);
        }
        let outcomes = at_once(20, |place| {
            let (uc, (puzzle, number, from)) = (processes[place % 2].clone(), all[place].clone());
            async move { show(&uc, &number, &from, waited(&puzzle)).await }
        });
        assert_eq!(outcomes.await.iter().filter(|outcome| outcome.is_ok()).count(), 3);
    }
}

on_both! {
    async fn who_is_known_shows_nothing_and_a_resend_was_paid_for(scratch) {
        let easy = process(&scratch, settings(ProofDemand::Never));
        let signed_in = sign_in(&easy, PHONE).await;
        let uc = wary(&scratch);
        wait(&uc, 3_600);
        request_from(&uc, PHONE, &signed_in.device_token).await.expect("a known device");
        puzzle(&uc, PHONE, &here()).await;
        let moved = uc.request_phone(&actor(&signed_in), OTHER, &here()).await;
        assert!(matches!(moved, Err(Error::FreshAuthenticationRequired)), "the clock has moved: {moved:?}");
        uc.request_phone(&actor(&signed_in), PHONE, &here()).await.expect("an open session");

        let asked = puzzle(&uc, "0507654321", &here()).await;
        let sent = show(&uc, "0507654321", &here(), solved(&asked)).await.expect("a challenge");
        wait(&uc, 60);
        uc.resend_code(sent.challenge.id, &here()).await.expect("the same code once more");
    }
}

on_both! {
    async fn a_limit_is_told_before_a_proof_is_asked_for(scratch) {
        let uc = wary(&scratch);
        let first = puzzle(&uc, PHONE, &here()).await;
        show(&uc, PHONE, &here(), solved(&first)).await.expect("a challenge");
        let second = show(&uc, PHONE, &here(), solved(&first)).await;
        assert_eq!(refused(second).1, 60, "nobody works for a refusal");
    }
}

on_both! {
    async fn by_default_a_proof_is_asked_for_while_the_alarm_is_on(scratch) {
        let uc = process(&scratch, settings(ProofSettings::default().demand));
        request(&uc, PHONE).await.expect("nothing is wrong");
        uc.set_fleet_alarm(true);
        let asked = puzzle(&uc, OTHER, &here()).await;
        show(&uc, OTHER, &here(), solved(&asked)).await.expect("a challenge");
        uc.set_fleet_alarm(false);
        request(&uc, "0507654321").await.expect("nothing is wrong any more");
    }
}

on_both! {
    async fn a_demand_costs_one_look_and_a_proof_one_more(scratch) {
        let uc = wary(&scratch);
        let counted = async |proof| {
            let before = uc.store().statements();
            let outcome = show(&uc, PHONE, &here(), proof).await;
            (uc.store().statements() - before, outcome)
        };
        let (cost, outcome) = counted(None).await;
        assert_eq!(cost, 1);
        let first = asked(outcome);
        for worthless in [waited(&first), Proof { puzzle: first.puzzle.clone(), solution: Some("x".to_owned()) }] {
            let (cost, outcome) = counted(Some(worthless)).await;
            assert_eq!(cost, 1);
            asked(outcome);
        }
        let before = uc.store().statements();
        let outcome = show(&uc, PHONE, &here(), solved(&first)).await;
        let cost = uc.store().statements() - before;
        outcome.expect("a challenge");
        let is_one_trip = uc.store().backend() == store::Backend::Postgres;
        assert_eq!(cost, if is_one_trip { 3 } else { 12 }, "one look more, and one write in the batch");
    }
}
