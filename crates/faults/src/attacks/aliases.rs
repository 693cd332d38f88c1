//! One phone, in every spelling.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Result;

use super::{Outcome, ask, many, world};
use crate::call::Answer;
use crate::suite::Suite;

/// All of them +966501234567.
const SPELLINGS: [&str; 16] = [
    "0501234567",
    "501234567",
    "966501234567",
    "+966501234567",
    "00966501234567",
    "+9660501234567",
    "+966 50 123 4567",
    "(050) 123-4567",
    "٠٥٠١٢٣٤٥٦٧",
    "۰۵۰۱۲۳۴۵۶۷",
    "０５０１２３４５６７",
    "\u{200e}+966501234567\u{200f}",
    "tel:+966501234567",
    "+966+966501234567",
    "0966501234567",
    "++966 50.123.4567",
];

pub(super) async fn play(suite: Arc<Suite>) -> Result<Outcome> {
    let world = world(&suite, "aliases", false).await?;
    let rounds = suite.pick(2, 10);
    let count = u32::try_from(SPELLINGS.len())? * rounds;
    let spelling = |place: u32| SPELLINGS[usize::try_from(place).unwrap_or_default() % SPELLINGS.len()];
    let answers = many(count, |place| ask(&world, place, spelling(place))).await;
    let accepted = answers.iter().filter(|answer| matches!(answer, Answer::Good(_))).count();
    if let Some(other) = answers.iter().find(|answer| !matches!(answer, Answer::Good(_) | Answer::No(429, _))) {
        world.journal.violate(format!("a spelling was answered otherwise: {other:?}"));
    }
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let receivers: BTreeSet<_> = world.stub.texts().into_iter().map(|text| text.to).collect();
    if accepted != 1 || receivers.len() != 1 {
        world.journal.violate(format!("{accepted} texts to {} numbers", receivers.len()));
    }
    let through = format!("{accepted} of {count} requests in {} spellings had a text sent", SPELLINGS.len());
    Ok(Outcome::new(&world, &answers, through))
}
