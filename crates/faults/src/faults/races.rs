//! Many at once for one thing, over HTTP and against both processes: one gets it, and nothing is counted twice or not at all
//! (security.md §1 rules 1, 2 and 7).

use std::sync::Arc;

use anyhow::{Context, Result};
use futures::future::join_all;
use serde_json::json;
use uuid::Uuid;

use crate::call::{Answer, Op};
use crate::person::Person;
use crate::suite::{Suite, conclude};
use crate::table::Row;
use crate::world::{Plan, World};

/// Right answers to one code.
const ANSWERS: usize = 50;
/// Wrong ones, of which it bears five.
const GUESSES: usize = 300;
/// Refreshes with one token.
const REFRESHES: usize = 200;
/// Requests for one phone, from as many addresses.
const REQUESTS: usize = 60;

/// Two processes on PostgreSQL.
pub async fn postgres(suite: Arc<Suite>) -> Result<Row> {
    play(&suite, "races", Plan::default()).await
}

/// One process on its file.
pub async fn sqlite(suite: Arc<Suite>) -> Result<Row> {
    play(&suite, "races-sqlite", Plan { is_sqlite: true, ..Plan::default() }).await
}

async fn play(suite: &Suite, name: &str, plan: Plan) -> Result<Row> {
    let world = World::start(suite, name, plan).await?;
    let rounds = suite.pick(1, 10);
    for _ in 0..rounds {
        requests(&world).await?;
        right_answers(&world).await?;
        wrong_answers(&world).await?;
        refreshes(&world).await?;
    }
    let note =
        format!("{REQUESTS} requests, {ANSWERS} right and {GUESSES} wrong answers, {REFRESHES} refreshes at once, {rounds}×");
    conclude(&world, rounds * 4, None, note).await
}

/// The processes in turn.
fn base(world: &World, place: usize) -> &str {
    &world.nodes[place % world.nodes.len()].url
}

async fn asked(world: &World) -> Result<(Person<'_>, Uuid, String)> {
    let person = Person::new(world, world.dice(7), None);
    let challenge = person.ask_at(base(world, 0)).await.context("nobody gets a code")?;
    let code = person.read().await.context("no text comes")?;
    Ok((person, challenge, code))
}

/// However many ask for one phone at once, one message goes out.
async fn requests(world: &World) -> Result<()> {
    let (phone, _) = world.stranger();
    let callers: Vec<_> = (0..REQUESTS).map(|_| world.stranger().1).collect();
    let calls = callers.iter().enumerate().map(|(place, caller)| {
        let body = json!({ "phone": phone, "locale": "en" });
        caller.call(base(world, place), Op::Request, Some(body), None)
    });
    let answers = join_all(calls).await;
    for answer in &answers {
        if let Answer::Good(body) = answer {
            let id = body["challenge_id"].as_str().and_then(|id| id.parse().ok()).context("a 202 without a challenge")?;
            world.journal.accepted(id, &phone);
        }
    }
    let is_expected = |answer: &Answer| matches!(answer, Answer::Good(_) | Answer::No(429, _));
    expect(world, "requests for one phone", &answers, 1, is_expected);
    Ok(())
}

/// Of so many right answers one signs in; the others are told what everybody is told of a code that is gone.
async fn right_answers(world: &World) -> Result<()> {
    let (person, challenge, code) = asked(world).await?;
    let answers = join_all((0..ANSWERS).map(|place| person.verify(base(world, place), challenge, &code))).await;
    let is_expected = |answer: &Answer| matches!(answer, Answer::Good(_) | Answer::No(404, _));
    expect(world, "right answers", &answers, 1, is_expected);
    Ok(())
}

/// Of so many wrong ones five are compared, and then the code is dead for the right one too.
async fn wrong_answers(world: &World) -> Result<()> {
    let (person, challenge, code) = asked(world).await?;
    let answers = join_all((0..GUESSES).map(|place| person.guess_wrong(base(world, place), challenge, &code))).await;
    let compared = answers.iter().filter(|answer| matches!(answer, Answer::No(422, _))).count();
    if compared != 5 {
        world.journal.violate(format!("{compared} of {GUESSES} wrong answers were compared, not 5"));
    }
    let is_expected = |answer: &Answer| matches!(answer, Answer::No(422 | 404, _));
    expect(world, "wrong answers", &answers, 0, is_expected);
    if !matches!(person.verify(base(world, 1), challenge, &code).await, Answer::No(404, _)) {
        world.journal.violate("a dead code was not refused");
    }
    Ok(())
}

/// Nobody is logged out by refreshing, and all of them hold the same successor.
async fn refreshes(world: &World) -> Result<()> {
    let (person, challenge, code) = asked(world).await?;
    let Answer::Good(body) = person.verify(base(world, 0), challenge, &code).await else {
        anyhow::bail!("the right code was refused");
    };
    let refresh = body["refresh"].as_str().context("no refresh token")?;
    let answers = join_all((0..REFRESHES).map(|place| person.refresh_at(base(world, place), refresh))).await;
    expect(world, "refreshes", &answers, REFRESHES, |answer| matches!(answer, Answer::Good(_)));
    let mut successors: Vec<_> = answers
        .iter()
        .filter_map(|answer| if let Answer::Good(body) = answer { body["refresh"].as_str() } else { None })
        .collect();
    successors.sort_unstable();
    successors.dedup();
    if successors.len() != 1 {
        world.journal.violate(format!("{REFRESHES} refreshes left {} successors", successors.len()));
    }
    let session = body["session_id"].as_str().and_then(|id| id.parse().ok()).context("no session")?;
    if let Some(Answer::Good(last)) = answers.last() {
        let (access, refresh) = (last["access"].as_str().unwrap_or_default(), last["refresh"].as_str().unwrap_or_default());
        world.journal.refreshed(session, access, refresh);
    }
    Ok(())
}

fn expect(world: &World, what: &str, answers: &[Answer], winners: usize, is_expected: impl Fn(&Answer) -> bool) {
    let won = answers.iter().filter(|answer| matches!(answer, Answer::Good(_))).count();
    if won != winners {
        world.journal.violate(format!("{won} of {} {what} won, not {winners}", answers.len()));
    }
    let others: Vec<_> = answers.iter().filter(|answer| !is_expected(answer)).collect();
    if let Some(first) = others.first() {
        world.journal.violate(format!("{} of {} {what} were answered otherwise, as {first:?}", others.len(), answers.len()));
    }
}
