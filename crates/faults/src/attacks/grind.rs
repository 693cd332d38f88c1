//! One phone whose owner has signed in before, guessed at for weeks by somebody who never misses a moment: how many guesses are
//! compared, how many digits the codes have, and whether the owner still comes in.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Outcome, ask, base, caller, world};
use crate::call::{Answer, Op};
use crate::suite::Suite;
use crate::world::World;

const PHONE: &str = "+966501234567";
/// Of an unknown device, in any 24 hours.
const GUESSES_A_DAY: u32 = 15;
const DAY_S: i64 = 86_400;

pub(super) async fn play(suite: Arc<Suite>) -> Result<Outcome> {
    // A file: on a server, processes follow the server's clock, and that one is the machine's.
    let mut world = world(&suite, "grind", true).await?;
    world.has_moved_clocks = true;
    let owner = signs_in(&world, None).await.context("the owner cannot sign in at first")?;
    let (days, step_s) = suite.pick((3, 4 * 3_600), (40, 2 * 3_600));
    let mut seen = Seen::default();
    for step in 1..=days * DAY_S / step_s {
        world.nodes[0].set_clock(step * step_s).await?;
        seen.guess_on(&world, step * step_s).await;
    }
    for (day, compared) in &seen.by_day {
        // A day of the calendar may hold the ends of two windows.
        if *compared > 2 * GUESSES_A_DAY {
            world.journal.violate(format!("{compared} guesses were compared on day {day}"));
        }
    }
    if seen.opened > 0 {
        world.journal.violate(format!("{} accounts were opened", seen.opened));
    }
    // A little later, so that the owner does not ask in the minute in which the stranger did.
    world.nodes[0].set_clock(days * DAY_S + 120).await?;
    let is_owner_in = signs_in(&world, Some(&owner)).await.is_some();
    if !is_owner_in {
        world.journal.violate("the owner is locked out of a known device");
    }
    let by_digits: Vec<_> = seen.by_digits.iter().map(|(digits, count)| format!("{count} at {digits} digits")).collect();
    let through = format!(
        "in {days} days {} guesses were answered ({}; none is compared after 80 in a row), the owner comes in on a known device",
        seen.by_day.values().sum::<u32>(),
        by_digits.join(", ")
    );
    Ok(Outcome::new(&world, &seen.answers, through))
}

#[derive(Default)]
struct Seen {
    answers: Vec<Answer>,
    by_day: BTreeMap<i64, u32>,
    by_digits: BTreeMap<u64, u32>,
    opened: u32,
}

impl Seen {
    /// Everything that can be had at this moment.
    async fn guess_on(&mut self, world: &World, now_s: i64) {
        let asked = ask(world, 1, PHONE).await;
        if let Answer::Good(challenge) = &asked {
            let digits = challenge["code_length"].as_u64().unwrap_or(6);
            let width = usize::try_from(digits).unwrap_or(6);
            for guess in 0..8 {
                let body = json!({ "challenge_id": challenge["challenge_id"], "code": format!("{guess:0width$}") });
                let answer = caller(world, 1).call(base(world, 0), Op::Verify, Some(body), None).await;
                match &answer {
                    Answer::No(422, _) => {
                        *self.by_day.entry(now_s / DAY_S).or_default() += 1;
                        *self.by_digits.entry(digits).or_default() += 1;
                    }
                    Answer::Good(_) => self.opened += 1,
                    _ => {}
                }
                let is_over = !matches!(answer, Answer::No(422, _));
                self.answers.push(answer);
                if is_over {
                    break;
                }
            }
        }
        self.answers.push(asked);
    }
}

/// The owner signs in, with the token of an earlier time if there is one: the next token.
async fn signs_in(world: &World, token: Option<&Value>) -> Option<Value> {
    let caller = caller(world, 9_999);
    let mut body = json!({ "phone": PHONE });
    if let Some(token) = token {
        body["device_token"] = token.clone();
    }
    let before: HashSet<_> = world.stub.texts().into_iter().map(|text| text.id).collect();
    let Answer::Good(challenge) = caller.call(base(world, 0), Op::Request, Some(body), None).await else { return None };
    let mut text = None;
    for _ in 0..80 {
        text = world.stub.texts().into_iter().find(|text| !before.contains(&text.id));
        if text.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let body = json!({ "challenge_id": challenge["challenge_id"], "code": text?.code() });
    match caller.call(base(world, 0), Op::Verify, Some(body), None).await {
        Answer::Good(session) => Some(session["device_token"].clone()),
        _ => None,
    }
}
