//! Clocks that disagree and jump: no guess and no message is free, and soon everybody follows the database's.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use uuid::Uuid;

use crate::call::Answer;
use crate::health;
use crate::load::Load;
use crate::person::Person;
use crate::suite::{Suite, conclude};
use crate::table::Row;
use crate::world::{Plan, World};

/// Five minutes: as long as a code lives.
const APART_S: i64 = 300;
/// Wrong guesses a code bears, and messages a phone gets in an hour and in a day.
const GUESSES: u32 = 5;
const SENDS_AN_HOUR: usize = 5;
const SENDS_A_DAY: usize = 10;
/// So often somebody asks until a code comes.
const TRIES: u32 = 5;
/// Clocks are compared with the database's every ten seconds.
const AGREE_WITHIN: Duration = Duration::from_secs(25);

/// Two processes five minutes apart on one database.
pub async fn apart(suite: Arc<Suite>) -> Result<Row> {
    let world = moved(&suite, "apart").await?;
    world.nodes[1].set_clock(APART_S).await?;
    let load = Load::start_at(&world, suite.pick(6, 16), |number| Some(number % 2), (20, 120));
    let rounds = suite.pick(2, 20);
    for round in 0..u64::from(rounds) {
        guesses_are_shared(&world, round).await?;
        sends_are_shared(&world, round).await?;
    }
    they_agree(&world).await?;
    load.stop().await?;
    world.nodes[1].set_clock(0).await?;
    let healthy = health::wait(&world, Instant::now()).await?;
    conclude(&world, rounds, Some(healthy), format!("{APART_S} s apart")).await
}

/// One clock jumps forward and back while people sign in.
pub async fn steps(suite: Arc<Suite>) -> Result<Row> {
    let world = moved(&suite, "steps").await?;
    let load = Load::start_at(&world, suite.pick(6, 16), |number| Some(number % 2), (20, 120));
    let rounds = suite.pick(1, 5);
    for round in 0..u64::from(rounds) {
        a_used_code_stays_used(&world, round).await?;
        guesses_outlive_steps(&world, round).await?;
        sends_outlive_steps(&world, round).await?;
        for node in &world.nodes {
            node.set_clock(0).await?;
        }
    }
    load.stop().await?;
    let healthy = health::wait(&world, Instant::now()).await?;
    conclude(&world, rounds * 13, Some(healthy), "steps of −1 h to +2 h".to_owned()).await
}

async fn moved(suite: &Suite, name: &str) -> Result<Arc<World>> {
    let mut world = World::start(suite, name, Plan::default()).await?;
    world.has_moved_clocks = true;
    Ok(Arc::new(world))
}

/// Somebody new with a code from one process. A message that is fresh for one process has run out for one that is five minutes ahead,
/// which may drop it: then the person asks from another phone.
async fn asked(world: &World, node: usize, round: u64) -> Result<(Person<'_>, Uuid, String)> {
    for _ in 0..TRIES {
        let mut person = Person::new(world, world.dice(round), Some(node));
        let Some(challenge) = person.ask_once().await else { continue };
        if let Some(code) = person.read().await {
            return Ok((person, challenge, code));
        }
    }
    bail!("of {TRIES} codes none came")
}

/// Guesses at one code on both processes: five are compared, not ten.
async fn guesses_are_shared(world: &World, round: u64) -> Result<()> {
    let (person, challenge, code) = asked(world, 1, round).await?;
    let mut compared = 0;
    for turn in 0..12 {
        let answer = person.guess_wrong(&world.nodes[turn % 2].url, challenge, &code).await;
        compared += u32::from(matches!(answer, Answer::No(422, _)));
    }
    ensure!(compared > 0, "no guess was compared: nothing was tested");
    if compared > GUESSES {
        world.journal.violate(format!("{compared} guesses at one code were compared"));
    }
    if let Answer::Good(_) = person.verify(&world.nodes[1].url, challenge, &code).await {
        world.journal.violate("a dead code opened a session");
    }
    Ok(())
}

/// Requests for one phone on both processes: what one counts, the other counts.
async fn sends_are_shared(world: &World, round: u64) -> Result<()> {
    let person = Person::new(world, world.dice(round), None);
    let mut sent = 0;
    for turn in 0..16 {
        sent += usize::from(person.ask_at(&world.nodes[turn % 2].url).await.is_some());
    }
    if !(1..=SENDS_AN_HOUR).contains(&sent) {
        world.journal.violate(format!("{sent} messages to one phone in an hour"));
    }
    Ok(())
}

/// All processes follow the clock of the database: soon a code of one is good at the other, both ways.
async fn they_agree(world: &World) -> Result<()> {
    let since = Instant::now();
    for (one, other) in [(0, 1), (1, 0)] {
        loop {
            let (person, challenge, code) = asked(world, one, 1).await?;
            let answer = person.verify(&world.nodes[other].url, challenge, &code).await;
            if matches!(answer, Answer::Good(_)) {
                break;
            }
            if since.elapsed() > AGREE_WITHIN {
                world.journal.violate(format!("a code of one process is refused by the other: {answer:?}"));
                break;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }
    Ok(())
}

async fn a_used_code_stays_used(world: &World, round: u64) -> Result<()> {
    let (person, challenge, code) = asked(world, 0, round).await?;
    let node = &world.nodes[0];
    ensure!(matches!(person.verify(&node.url, challenge, &code).await, Answer::Good(_)), "the right code was refused");
    for offset_s in [-3_600, -60, 60, 0] {
        node.set_clock(offset_s).await?;
        // The journal finds out by itself when a second session opens.
        person.verify(&node.url, challenge, &code).await;
    }
    Ok(())
}

async fn guesses_outlive_steps(world: &World, round: u64) -> Result<()> {
    let (person, challenge, code) = asked(world, 0, round).await?;
    let node = &world.nodes[0];
    let mut compared = 0;
    for offset_s in [-3_600, 120, -120, 60, 0] {
        node.set_clock(offset_s).await?;
        for _ in 0..3 {
            let answer = person.guess_wrong(&node.url, challenge, &code).await;
            compared += u32::from(matches!(answer, Answer::No(422, _)));
        }
    }
    ensure!(compared > 0, "no guess was compared: nothing was tested");
    if compared > GUESSES {
        world.journal.violate(format!("{compared} guesses at one code were compared over clock steps"));
    }
    Ok(())
}

async fn sends_outlive_steps(world: &World, round: u64) -> Result<()> {
    let person = Person::new(world, world.dice(round), None);
    let node = &world.nodes[0];
    let mut sent = 0;
    // Back and forth inside of one day: a new hour may give new messages, never more than the day has.
    for offset_s in [0, 7_200, -3_600, 3_700, 7_300, 0, 3_800, 7_400] {
        node.set_clock(offset_s).await?;
        for _ in 0..3 {
            sent += usize::from(person.ask_at(&node.url).await.is_some());
        }
    }
    if !(1..=SENDS_A_DAY).contains(&sent) {
        world.journal.violate(format!("{sent} messages to one phone in a day of clock steps"));
    }
    Ok(())
}
