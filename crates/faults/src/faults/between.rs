//! kill -9 between the provider's yes and our mark: the message goes out again with the same key and the same code.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::call::Answer;
use crate::health;
use crate::person::Person;
use crate::stub::Mode;
use crate::suite::{Suite, conclude};
use crate::table::Row;
use crate::world::{Plan, World};

/// A lease lasts 30 s; its end and one round of the worker must lie inside of this.
const SENT_AGAIN_WITHIN: Duration = Duration::from_mins(1);

/// Everybody asks, the provider takes every text and says nothing, all processes die.
pub async fn play(suite: Arc<Suite>) -> Result<Row> {
    let people: usize = suite.pick(8, 40);
    let world = Arc::new(World::start(&suite, "between", Plan::default()).await?);
    world.stub.behave(Mode::SilentAfter);
    let mut waiting = Vec::new();
    for number in 0..people {
        let mut person = Person::new(&world, world.dice(number as u64), None);
        if let Some(challenge) = person.ask_once().await {
            waiting.push((person, challenge));
        }
    }
    // Rows a process has leased and not begun are not taken before the first are done: that some are is enough.
    let started = Instant::now();
    while world.stub.taken() < people.min(2) && started.elapsed() < Duration::from_secs(15) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let taken = world.stub.taken();
    let tolerance = world.journal.tolerate();
    for node in &world.nodes {
        node.kill()?;
    }
    world.stub.behave(Mode::Well);
    let before = world.stub.tries();
    let since = Instant::now();
    for node in &world.nodes {
        node.start()?;
    }
    let healthy = health::wait(&world, since).await?;
    drop(tolerance);

    // What was on its way when they died comes again.
    let started = Instant::now();
    let is_again = || world.stub.tries().iter().filter(|(id, tries)| before.contains_key(id) && tries.times > 1).count();
    while is_again() < taken && started.elapsed() < SENT_AGAIN_WITHIN {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let again = is_again();
    if taken == 0 || again < taken {
        world.journal.violate(format!("{taken} texts were taken before the kill, {again} came again"));
    }
    for (mut person, challenge) in waiting {
        let Some(code) = person.read().await else {
            world.journal.violate(format!("challenge {challenge} never came"));
            continue;
        };
        let base = person.base();
        if !matches!(person.verify(&base, challenge, &code).await, Answer::Good(_)) {
            world.journal.violate(format!("the code of challenge {challenge} is not good after the kill"));
        }
    }
    let note = format!("{taken} texts taken before the kill, {again} sent again with the same key and code");
    conclude(&world, 1, Some(healthy), note).await
}
