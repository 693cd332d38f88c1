//! One phone, and another address for each request.

use std::sync::Arc;

use anyhow::Result;

use super::{Outcome, ask, cpu_us, many, world};
use crate::call::Answer;
use crate::suite::Suite;

const PHONE: &str = "+966501234567";

pub(super) async fn play(suite: Arc<Suite>) -> Result<Outcome> {
    let world = world(&suite, "rotation", false).await?;
    let first = many(suite.pick(200, 1_000), |place| ask(&world, place, PHONE)).await;
    let count = suite.pick(500, 5_000);
    let before = cpu_us(&world)?;
    let refused = many(count, |place| ask(&world, 10_000 + place, PHONE)).await;
    let used = cpu_us(&world)? - before;
    let accepted = first.iter().chain(&refused).filter(|answer| matches!(answer, Answer::Good(_))).count();
    // A minute may pass meanwhile.
    if accepted > 2 {
        world.journal.violate(format!("{accepted} texts to one phone"));
    }
    let answers = [first, refused].concat();
    let through = format!("{accepted} of {} requests for one phone from as many networks had a text sent", answers.len());
    Ok(Outcome { refusal_us: Some(used / f64::from(count)), ..Outcome::new(&world, &answers, through) })
}
