//! Texts to thousands of numbers of one prefix, for a share of what they cost: nobody enters the codes. Every request comes from a
//! network of its own.

use std::sync::Arc;

use anyhow::Result;

use super::{Outcome, ask, cpu_us, many, world};
use crate::call::Answer;
use crate::suite::Suite;

/// Each of two processes lets 150 through before it asks for work, and knows of the other's a second later.
const MOST: usize = 600;

pub(super) async fn play(suite: Arc<Suite>) -> Result<Outcome> {
    let world = world(&suite, "pump", false).await?;
    let numbers = suite.pick(1_500, 10_000);
    let number = |place: u32| format!("+96654{:07}", 1_000_000 + place);
    let answers = many(numbers, async |place| ask(&world, place, &number(place)).await).await;
    let accepted = answers.iter().filter(|answer| matches!(answer, Answer::Good(_))).count();
    if accepted > MOST {
        world.journal.violate(format!("{accepted} texts to one prefix, and nobody entered a code"));
    }
    let (before, count) = (cpu_us(&world)?, 500);
    many(count, async |place| ask(&world, 20_000 + place, &number(50_000 + place)).await).await;
    let used = cpu_us(&world)? - before;
    let through = format!("{accepted} of {numbers} numbers of one prefix had a text sent");
    Ok(Outcome { refusal_us: Some(used / f64::from(count)), ..Outcome::new(&world, &answers, through) })
}
