//! Schedules of honest people and of those who pump, through the rules that requests go through.

use chrono::{DateTime, TimeDelta, Utc};
use domain::fraud::{Bounds, Scope, Thresholds};
use usecases::{Outcome, Replayed, replay_events};

use crate::support::start;

/// A request `at` seconds into the test, from a network, to a prefix, entered so many seconds later if at all.
#[derive(Clone)]
struct Ask {
    at_ms: i64,
    network: u32,
    prefix: u32,
    entered_after_s: Option<i64>,
}

fn line(ask: &Ask) -> String {
    let time = |ms: i64| DateTime::<Utc>::to_rfc3339(&(start() + TimeDelta::milliseconds(ms)));
    let verified_at = ask.entered_after_s.map_or("null".to_owned(), |after| format!("\"{}\"", time(ask.at_ms + after * 1_000)));
    format!(
        "{{\"asked_at\":\"{}\",\"sent\":true,\"verified_at\":{verified_at},\"country\":\"SA\",\"prefix\":\"+9665{}\",\"network\":\"{:032x}\"}}\n",
        time(ask.at_ms),
        ask.prefix,
        ask.network
    )
}

fn play(asks: &[Ask]) -> Replayed {
    let text: String = asks.iter().map(line).collect();
    replay_events(&text, &Thresholds::default()).expect("good lines")
}

/// Every eighth person never enters the code; the others take a quarter of a minute to a minute and a half. A third of the numbers are
/// of one operator's prefix.
fn person(number: u32, at_ms: i64, network: u32) -> Ask {
    let entered_after_s = (number % 8 != 7).then(|| 15 + i64::from(number * 37 % 75));
    Ask { at_ms, network, prefix: if number.is_multiple_of(3) { 0 } else { number % 10 }, entered_after_s }
}

fn rush(people: u32, within_s: i64, first_ms: i64, network: u32) -> Vec<Ask> {
    let at = |number: u32| first_ms + within_s * 1_000 * i64::from(number) / i64::from(people);
    (0..people).map(|number| person(number, at(number), network)).collect()
}

fn nobody_is_stopped(asks: &[Ask]) {
    let replayed = play(asks);
    assert_eq!(replayed.all.let_through, u64::try_from(asks.len()).expect("small"), "{:?}", replayed.scopes);
}

#[test]
fn three_hundred_customers_who_follow_a_link_are_let_through_however_fast_they_are() {
    for within_s in [0, 10, 60, 300, 3_600] {
        nobody_is_stopped(&rush(300, within_s, 0, 1));
    }
}

#[test]
fn two_salons_behind_one_network_may_be_busy_at_once() {
    nobody_is_stopped(&[rush(300, 300, 0, 1), rush(300, 300, 60_000, 1)].concat());
}

#[test]
fn a_busy_day_is_no_attack_and_neither_is_a_night() {
    // More than the budget of a day.
    nobody_is_stopped(&rush(6_000, 86_400, 0, 1));
    nobody_is_stopped(&rush(40, 8 * 3_600, 0, 1));
}

/// Ten thousand numbers of one prefix, each from another network, none ever entered.
fn pumping(an_hour: i64) -> Vec<Ask> {
    let at = |number: u32| i64::from(number) * 3_600_000 / an_hour;
    (0..10_000).map(|number| Ask { at_ms: at(number), network: number, prefix: 4, entered_after_s: None }).collect()
}

#[test]
fn of_ten_thousand_numbers_of_one_prefix_a_few_hundred_get_a_code() {
    // All at once: the hundred that people might be typing in, and what the prefix bears.
    let Outcome { let_through, proof, refused, .. } = play(&pumping(1_000_000)).all;
    assert_eq!((let_through, proof, refused), (150, 100, 9_750));
    // Over two and a half hours: the day's bounds.
    let Outcome { let_through, proof, .. } = play(&pumping(4_000)).all;
    assert_eq!((let_through, proof), (150, 250));
    // Over a day: what leaves the hour stays in the day.
    let Outcome { let_through, proof, .. } = play(&pumping(417)).all;
    assert_eq!((let_through, proof), (105, 243));
}

#[test]
fn people_of_other_prefixes_are_not_hit_by_it() {
    let mut asks = pumping(10_000);
    asks.extend((0..300).map(|number| Ask { prefix: 5, ..person(number, i64::from(number) * 12_000, 1_000_000) }));
    let replayed = play(&asks);
    let hit: Vec<_> = replayed.scopes.iter().map(|one| (one.scope.to_string(), one.outcome.people_refused)).collect();
    assert_eq!(hit, [("prefix:+96654".to_owned(), 0)]);
    assert_eq!(replayed.all.people_proof, 0);
}

#[test]
fn who_pumps_all_prefixes_is_stopped_by_the_fleet() {
    let asks: Vec<_> = pumping(10_000).into_iter().map(|ask| Ask { prefix: ask.network % 10, ..ask }).collect();
    let replayed = play(&asks);
    assert_eq!((replayed.all.let_through, replayed.all.proof), (600, 600), "{:?}", replayed.all);
    assert!(replayed.scopes.iter().any(|one| matches!(one.scope, Scope::Country(_) | Scope::Fleet)));
}

#[test]
fn recorded_events_tell_what_would_have_happened() {
    let text = include_str!("replay/pumped.jsonl");
    let lower = Thresholds { prefix: Bounds { typing: 2, lost: 3 }, ..Thresholds::default() };
    let replayed = replay_events(text, &lower).expect("good lines");
    assert_eq!(replayed.all, Outcome { let_through: 7, proof: 6, refused: 6, people_refused: 1, people_proof: 1 });
    assert_eq!(replayed.scopes.len(), 1);
    let prefix = replayed.scopes[0];
    assert_eq!(prefix.scope.to_string(), "prefix:+96650");
    assert_eq!(prefix.proof_from.map(|at| at.to_rfc3339()).as_deref(), Some("2026-11-24T10:00:05+00:00"));
    assert_eq!(prefix.refused_from.map(|at| at.to_rfc3339()).as_deref(), Some("2026-11-24T10:00:11+00:00"));
    assert_eq!(replay_events(text, &Thresholds::default()).expect("good lines").all.let_through, 19, "these bear it");
}

#[test]
fn a_line_that_is_none_is_named() {
    let good = line(&person(1, 0, 1));
    let refused = |bad: &str| replay_events(&format!("{good}\n{bad}\n"), &Thresholds::default()).expect_err("no event");
    for bad in
        ["{}", "x", &good.replace("+96651", "+966"), &good.replace("0000", "xxxx"), &good.replace("\"country\"", "\"phone\"")]
    {
        assert_eq!(refused(bad).line, 3, "{bad}");
    }
}
