//! `salon fraud …`: what the fraud brake saw, and what it would have done with other thresholds.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use domain::fraud::{Scope, Thresholds};
use usecases::{Outcome, Replayed, ReplayedScope, Usecases, replay_events};

use super::{print, table::table};
use crate::config::{Config, ConfigError};

#[derive(Subcommand)]
pub enum Command {
    /// Prints the codes that strangers asked for, one JSON object a line: when, where to, from which network (hashed), when entered.
    Events(Events),
    /// Plays such a file through the thresholds of the configuration, or others, and prints what would have happened.
    Replay(Replay),
}

#[derive(Args)]
pub struct Events {
    /// The last so many days. Challenges are kept for 30.
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=30))]
    days: u32,
}

#[derive(Args)]
pub struct Replay {
    /// The output of `salon fraud events`.
    file: PathBuf,
    /// Another threshold, by its name in [fraud]: `--set prefix_lost=20`. Any number of times.
    #[arg(long, value_name = "KEY=N")]
    set: Vec<String>,
}

pub fn run(command: &Command, load: impl FnOnce() -> Result<Config, ConfigError>) -> anyhow::Result<()> {
    match command {
        Command::Events(events) => super::with_usecases(load()?, async |uc| list(&uc, events.days).await),
        Command::Replay(replay) => {
            let mut thresholds = load()?.settings()?.fraud.thresholds;
            for change in &replay.set {
                set(&mut thresholds, change).with_context(|| format!("--set {change}"))?;
            }
            let (file, path) = (&replay.file, replay.file.display());
            let text = std::fs::read_to_string(file).with_context(|| format!("{path} cannot be read"))?;
            let replayed = replay_events(&text, &thresholds).with_context(|| path.to_string())?;
            Ok(print(&report(&replayed))?)
        }
    }
}

async fn list(uc: &Usecases, days: u32) -> anyhow::Result<()> {
    // A reader that has had enough is no fault.
    let mut has_enough = false;
    let write = |lines: &str| match io::stdout().lock().write_all(lines.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            has_enough = true;
            Err(error)
        }
        other => other,
    };
    match uc.list_fraud_events(days, write).await {
        Err(_) if has_enough => Ok(()),
        other => Ok(other?),
    }
}

fn set(thresholds: &mut Thresholds, change: &str) -> anyhow::Result<()> {
    let (key, number) = change.split_once('=').context("is not KEY=N")?;
    let place = match key {
        "network_typing" => &mut thresholds.network.typing,
        "network_lost" => &mut thresholds.network.lost,
        "prefix_typing" => &mut thresholds.prefix.typing,
        "prefix_lost" => &mut thresholds.prefix.lost,
        "country_typing" => &mut thresholds.country.typing,
        "country_lost" => &mut thresholds.country.lost,
        "fleet_typing" => &mut thresholds.fleet.typing,
        "fleet_lost" => &mut thresholds.fleet.lost,
        "day_factor" => &mut thresholds.day_factor,
        "refusal_factor" => &mut thresholds.refusal_factor,
        "proof_percent" => &mut thresholds.proof_percent,
        "refusal_percent" => &mut thresholds.refusal_percent,
        _ => return Err(anyhow!("is no threshold")),
    };
    *place = number.parse().context("is not a whole number")?;
    Ok(())
}

/// Scopes shown.
const SHOWN: usize = 40;
const TITLES: [&str; 8] =
    ["scope", "proof from (UTC)", "refused from (UTC)", "let through", "proof", "of them people", "refused", "of them people"];
/// Columns from here on are numbers.
const NUMBERS: usize = 3;

fn report(replayed: &Replayed) -> String {
    let Outcome { let_through, proof, people_proof, refused, people_refused } = replayed.all;
    let mut text = format!(
        "{} codes asked for: {let_through} let through, {proof} only with proof of work, {refused} refused.\n\
         People, who did enter their code: {people_proof} asked for proof of work, {people_refused} refused.\n",
        let_through + proof + refused
    );
    if replayed.scopes.is_empty() {
        return text;
    }
    text.push('\n');
    text.push_str(&table(TITLES, NUMBERS, replayed.scopes.iter().take(SHOWN).map(cells)));
    if let Some(more @ 1..) = replayed.scopes.len().checked_sub(SHOWN) {
        let _ = writeln!(text, "and {more} more");
    }
    text
}

fn cells(one: &ReplayedScope) -> [String; 8] {
    let time = |at: Option<DateTime<Utc>>| at.map_or_else(|| "-".to_owned(), |at| at.format("%Y-%m-%d %H:%M:%S").to_string());
    let mut name = one.scope.to_string();
    if matches!(one.scope, Scope::Network(_)) {
        name.truncate("network:".len() + 8);
    }
    let Outcome { let_through, proof, people_proof, refused, people_refused } = one.outcome;
    let numbers = [let_through, proof, people_proof, refused, people_refused].map(|number| number.to_string());
    let [let_through, proof, people_proof, refused, people_refused] = numbers;
    [name, time(one.proof_from), time(one.refused_from), let_through, proof, people_proof, refused, people_refused]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replay_says_what_would_have_happened() {
        let mut thresholds = Thresholds::default();
        for change in ["prefix_typing=2", "prefix_lost=3"] {
            set(&mut thresholds, change).expect("a threshold");
        }
        let events = include_str!("../../../crates/usecases/tests/replay/pumped.jsonl");
        let shown = report(&replay_events(events, &thresholds).expect("good lines"));
        let expected = "\
19 codes asked for: 7 let through, 6 only with proof of work, 6 refused.
People, who did enter their code: 1 asked for proof of work, 1 refused.

scope          proof from (UTC)     refused from (UTC)   let through  proof  of them people  refused  of them people
prefix:+96650  2026-11-24 10:00:05  2026-11-24 10:00:11            5      6               1        6               1
";
        assert_eq!(shown, expected);
        let nothing = report(&replay_events(events, &Thresholds::default()).expect("good lines"));
        assert!(nothing.starts_with("19 codes asked for: 19 let through") && !nothing.contains("scope"), "{nothing}");
    }

    #[test]
    fn every_threshold_can_be_changed_and_nothing_else() {
        let changed = |change: &str| set(&mut Thresholds::default(), change);
        changed("refusal_percent=200").expect("a threshold");
        for wrong in ["prefix_lost", "prefix_lost=", "prefix_lost=-1", "prefix_lost=many", "mode=1", "=1"] {
            changed(wrong).expect_err(wrong);
        }
    }
}
