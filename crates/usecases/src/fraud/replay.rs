//! What other thresholds would have done: recorded events go through the same rules as requests do.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::fraud::{Board, Bucket, Counts, DAY, Level, Scope, Thresholds};
use thiserror::Error as ThisError;

use super::events::{Event, Line};

/// A line that is not one of ours.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
#[error("line {line} is no event: {reason}")]
pub struct EventLineError {
    /// Which line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// What would have become of requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Nothing was asked of them.
    pub let_through: u64,
    /// They were asked for proof of work. All of them count as having done it: that is the worst case.
    pub proof: u64,
    /// They were refused.
    pub refused: u64,
    /// Of those refused, the ones whose code was entered: people.
    pub people_refused: u64,
    /// Of those asked for proof of work, likewise.
    pub people_proof: u64,
}

/// What a scope would have done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplayedScope {
    /// Which.
    pub scope: Scope,
    /// When it asked for proof of work the first time.
    pub proof_from: Option<DateTime<Utc>>,
    /// When it refused the first time.
    pub refused_from: Option<DateTime<Utc>>,
    /// Its requests that were let through, and those that it, and no other scope, stopped.
    pub outcome: Outcome,
}

/// What would have happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// To all requests.
    pub all: Outcome,
    /// Scopes that stopped somebody, those that stopped most first.
    pub scopes: Vec<ReplayedScope>,
}

/// Plays events through `thresholds`. They may be in any order; empty lines do not count.
///
/// # Errors
/// The first line that cannot be read.
pub fn replay_events(text: &str, thresholds: &Thresholds) -> Result<Replayed, EventLineError> {
    let mut events = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |reason: String| EventLineError { line: at + 1, reason };
        let line: Line = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        events.push(Event::try_from(line).map_err(|reason| wrong(reason.to_owned()))?);
    }
    events.sort_by_key(|event| event.asked_at);
    Ok(play(&events, thresholds))
}

fn play(events: &[Event], thresholds: &Thresholds) -> Replayed {
    let (mut board, mut all) = (Board::default(), Outcome::default());
    let mut scopes = BTreeMap::<Scope, ReplayedScope>::new();
    // Codes under way that will be entered, the first one first.
    let mut answers = BTreeSet::new();
    let mut today = None;
    for (place, event) in events.iter().enumerate() {
        let now = event.asked_at;
        while let Some((_, place)) = answers.first().copied().filter(|(at, _)| *at <= now) {
            answers.pop_first();
            count(&mut board, &events[place], Counts::VERIFIED);
        }
        if today.replace(Bucket::of(now)) != Some(Bucket::of(now)) {
            board.forget_before(Bucket::of(now).back(DAY));
        }
        let verdict = thresholds.judge(&event.origin.scopes(), |scope| board.of(scope).collect(), now);
        let (level, is_person) = (verdict.level(), event.verified_at.is_some());
        all.add(level, is_person);
        let told = verdict.over.map_or(event.origin.scopes().to_vec(), |over| vec![over.scope]);
        for scope in told {
            let empty = ReplayedScope { scope, proof_from: None, refused_from: None, outcome: Outcome::default() };
            let replayed = scopes.entry(scope).or_insert(empty);
            replayed.outcome.add(level, is_person);
            match level {
                Level::Free => {}
                Level::Proof => _ = replayed.proof_from.get_or_insert(now),
                Level::Refusal => _ = replayed.refused_from.get_or_insert(now),
            }
        }
        if level < Level::Refusal {
            count(&mut board, event, Counts { sent: event.is_sent.into(), ..Counts::ASKED });
            answers.extend(event.verified_at.map(|at| (at, place)));
        }
    }
    let mut scopes: Vec<_> = scopes.into_values().filter(|one| one.outcome.proof + one.outcome.refused > 0).collect();
    scopes.sort_by_key(|one| Reverse((one.outcome.refused, one.outcome.proof)));
    Replayed { all, scopes }
}

fn count(board: &mut Board, event: &Event, counts: Counts) {
    for scope in event.origin.scopes() {
        board.add(scope, Bucket::of(event.asked_at), counts);
    }
}

impl Outcome {
    fn add(&mut self, level: Level, is_person: bool) {
        let (all, people) = match level {
            Level::Free => {
                self.let_through += 1;
                return;
            }
            Level::Proof => (&mut self.proof, &mut self.people_proof),
            Level::Refusal => (&mut self.refused, &mut self.people_refused),
        };
        *all += 1;
        *people += u64::from(is_person);
    }
}
