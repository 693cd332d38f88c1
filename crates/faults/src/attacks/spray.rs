//! A few guesses at each of many phones, every phone from a network of its own.

use std::sync::Arc;

use anyhow::Result;
use serde_json::json;

use super::{Outcome, ask, base, caller, many, world};
use crate::call::{Answer, Op};
use crate::suite::Suite;

/// As many as a code bears.
const GUESSES: u32 = 5;

pub(super) async fn play(suite: Arc<Suite>) -> Result<Outcome> {
    let world = world(&suite, "spray", false).await?;
    let phones = suite.pick(150, 2_000);
    let answers: Vec<Answer> = many(phones, async |place| {
        let asked = ask(&world, place, &format!("+96653{:07}", 1_000_000 + place)).await;
        let Answer::Good(challenge) = &asked else { return vec![asked] };
        let id = &challenge["challenge_id"];
        let digits = challenge["code_length"].as_u64().unwrap_or(6);
        let mut answers = Vec::new();
        let mut dice = world.dice(place.into());
        for _ in 0..GUESSES {
            let code: String = (0..digits).map(|_| char::from(b'0' + u8::try_from(dice.place(10)).unwrap_or_default())).collect();
            let body = json!({ "challenge_id": id, "code": code });
            answers.push(caller(&world, place).call(base(&world, place + 1), Op::Verify, Some(body), None).await);
        }
        answers.push(asked);
        answers
    })
    .await
    .concat();
    let opened = answers.iter().filter(|answer| matches!(answer, Answer::Good(body) if !body["access"].is_null())).count();
    let compared = answers.iter().filter(|answer| matches!(answer, Answer::No(422, _))).count();
    // Of 10,000 guesses at six digits one is right in a hundred such attacks; two are our fault.
    if opened > 1 {
        world.journal.violate(format!("{opened} accounts were opened"));
    }
    let through = format!("{compared} guesses at {phones} phones were compared, {opened} accounts opened");
    Ok(Outcome::new(&world, &answers, through))
}
