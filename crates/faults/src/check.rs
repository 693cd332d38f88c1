//! After a fault: is everything that was promised true, and nothing else? Rules of the database stand in `store::testing`.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::Result;
use chrono::TimeDelta;
use serde_json::json;
use store::Store;
use store::testing::facts::{self, Facts};
use store::testing::invariants;
use uuid::Uuid;

use crate::call::{Answer, Caller, Op};
use crate::stub::Mode;
use crate::wall;
use crate::world::World;

/// Sessions that are tried over HTTP; all are looked up in the database.
const TRIED: usize = 150;
/// An access token is good for ten minutes; older ones prove nothing.
const ACCESS_FOR: Duration = Duration::from_mins(9);
/// All of them together may take so long.
const TRY_FOR: Duration = Duration::from_mins(1);
/// A message is on the wire for a moment.
const WIRE: TimeDelta = TimeDelta::seconds(2);
/// Between two messages to one phone.
const COOLDOWN: TimeDelta = TimeDelta::seconds(60);
/// Messages to one phone in a day.
const SENDS_A_DAY: usize = 10;

/// Lets everything settle and checks it. What is wrong goes into the journal.
pub async fn all(world: &World) -> Result<()> {
    world.stub.behave(Mode::Well);
    let store = world.store().await?;
    let is_settled = settle(world, &store).await?;
    let facts = facts::read(&store).await?;
    // Late enough for everything that is final to have been allowed to.
    let now = if is_settled { wall::now() } else { wall::now() + TimeDelta::days(1) };
    for sentence in invariants::broken(&store, now).await? {
        world.journal.violate(sentence);
    }
    store.close().await;
    codes(world, &facts);
    messages(world, &facts);
    sessions(world, &facts).await;
    for violation in world.stub.violations() {
        world.journal.violate(violation);
    }
    Ok(())
}

/// Waits until every message has reached its final state: whether they have.
async fn settle(world: &World, store: &Store) -> Result<bool> {
    let started = Instant::now();
    loop {
        let left = facts::unfinished(store).await?;
        if left == 0 {
            return Ok(true);
        }
        if started.elapsed() > world.settle {
            world.journal.violate(format!("{left} messages have no final state after {} s", world.settle.as_secs()));
            return Ok(false);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// What was said about codes against their rows.
fn codes(world: &World, facts: &Facts) {
    let rows: HashMap<Uuid, _> = facts.challenges.iter().map(|row| (row.challenge_id, row)).collect();
    let mut sends: HashMap<Uuid, u32> = HashMap::new();
    for challenge in facts.messages.iter().filter_map(|message| message.challenge_id) {
        *sends.entry(challenge).or_default() += 1;
    }
    for (id, code) in world.journal.codes() {
        let Some(row) = rows.get(&id) else {
            world.journal.violate(format!("challenge {id} was acknowledged and is not there"));
            continue;
        };
        if row.phone != code.phone {
            world.journal.violate(format!("challenge {id} belongs to another phone"));
        }
        if i64::from(row.attempts) < i64::from(code.wrong) {
            world.journal.violate(format!("challenge {id}: {} wrong guesses answered, {} counted", code.wrong, row.attempts));
        }
        if i64::from(code.wrong) > i64::from(row.max_attempts) {
            world.journal.violate(format!("challenge {id}: {} guesses compared", code.wrong));
        }
        if sends.get(&id).copied().unwrap_or(0) < code.accepted {
            world.journal.violate(format!("challenge {id}: {} messages promised, fewer written", code.accepted));
        }
        if !code.sessions.is_empty() && !row.is_consumed() {
            world.journal.violate(format!("challenge {id} opened a session and is not used up"));
        }
    }
}

/// What the provider has seen against the outbox.
fn messages(world: &World, facts: &Facts) {
    let rows: HashMap<Uuid, _> = facts.messages.iter().map(|row| (row.outbox_id, row)).collect();
    let mut words: HashMap<Uuid, String> = HashMap::new();
    for text in world.stub.texts() {
        let Some(row) = rows.get(&text.id) else {
            world.journal.violate(format!("message {} was sent without its row", text.id));
            continue;
        };
        if row.phone.as_deref() != Some(text.to.as_str()) {
            world.journal.violate(format!("message {} went to another phone", text.id));
        }
        let code = text.code();
        if let Some(challenge) = row.challenge_id
            && *words.entry(challenge).or_insert_with(|| code.clone()) != code
        {
            world.journal.violate(format!("challenge {challenge} has two codes"));
        }
    }
    for (id, tries) in world.stub.tries() {
        // Lives are counted by the clock of the process that was asked.
        if let Some(row) = rows.get(&id).filter(|_| !world.has_moved_clocks)
            && tries.last > row.expires_at() + WIRE
        {
            world.journal.violate(format!("message {id} was sent after its code expired"));
        }
    }
    for row in facts.messages.iter().filter(|row| row.state == "sent" && !world.stub.has_taken(row.outbox_id)) {
        world.journal.violate(format!("message {} is marked as sent and nobody took it", row.outbox_id));
    }
    budgets(world, facts);
}

/// No phone was written to more often than it may be.
fn budgets(world: &World, facts: &Facts) {
    let mut by_phone: HashMap<&str, Vec<_>> = HashMap::new();
    for row in &facts.messages {
        by_phone.entry(row.phone.as_deref().unwrap_or_default()).or_default().push(row.created_at());
    }
    for mut times in by_phone.into_values() {
        times.sort_unstable();
        if times.len() > SENDS_A_DAY {
            world.journal.violate(format!("{} messages to one phone", times.len()));
        }
        let is_hasty = times.windows(2).any(|pair| pair[1] - pair[0] < COOLDOWN);
        if is_hasty && !world.has_moved_clocks {
            world.journal.violate("two messages to one phone within a minute");
        }
    }
}

/// What was said about sessions against their rows, and against what the processes say now.
async fn sessions(world: &World, facts: &Facts) {
    let rows: HashMap<Uuid, _> = facts.sessions.iter().map(|row| (row.session_id, row)).collect();
    let mut tried = 0;
    let started = Instant::now();
    let (_, caller) = world.stranger();
    for (id, held) in world.journal.sessions() {
        let Some(row) = rows.get(&id) else {
            world.journal.violate(format!("session {id} was acknowledged and is not there"));
            continue;
        };
        match row.end_reason.as_deref() {
            None if held.is_over => world.journal.violate(format!("session {id} was logged out and is back")),
            Some(reason) if !held.is_over && !held.is_in_doubt && !world.has_moved_clocks => {
                world.journal.violate(format!("session {id} ended by itself: {reason}"));
            }
            _ => {}
        }
        if held.is_in_doubt
            || world.has_moved_clocks
            || held.access_at.elapsed() > ACCESS_FOR
            || tried >= TRIED
            || started.elapsed() > TRY_FOR
        {
            continue;
        }
        tried += 1;
        let node = &world.nodes[tried % world.nodes.len()];
        let is_alive = works(&caller, &node.url, &held.access).await;
        if is_alive == held.is_over {
            let said = if held.is_over { "lives after its log-out" } else { "was acknowledged and does not work" };
            world.journal.violate(format!("session {id} {said}, says node {}", node.name));
        }
        if held.is_over
            && let Some(refresh) = held.refresh.last()
            && let Answer::Good(_) = caller.call(&node.url, Op::Refresh, Some(json!({ "refresh": refresh })), None).await
        {
            world.journal.violate(format!("session {id} was refreshed after its log-out"));
        }
        // A token two steps back is a stolen one: it ends the session and opens nothing.
        if !held.is_over && held.refresh.len() > 2 {
            let spent = &held.refresh[held.refresh.len() - 3];
            if let Answer::Good(_) = caller.call(&node.url, Op::Refresh, Some(json!({ "refresh": spent })), None).await {
                world.journal.violate(format!("session {id} has a second usable refresh token"));
            }
        }
    }
}

async fn works(caller: &Caller, base: &str, access: &str) -> bool {
    for _ in 0..20 {
        match caller.call(base, Op::Me, None, Some(access)).await {
            Answer::Good(_) => return true,
            Answer::No(..) => return false,
            Answer::Later | Answer::Lost => tokio::time::sleep(Duration::from_millis(250)).await,
        }
    }
    false
}
