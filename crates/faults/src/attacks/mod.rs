//! What somebody with a script and many addresses tries, against the running server as it is configured out of the box: what gets
//! through, and what it costs us to refuse the rest.
//!
//! To add one: an `async fn(Arc<Suite>) -> Result<Outcome>` in a file here; then a line in [`ALL`].

mod aliases;
mod grind;
mod pump;
mod rotation;
mod spray;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

use anyhow::Result;
use futures::future::BoxFuture;
use futures::{StreamExt, stream};
use serde_json::json;

use crate::call::{Answer, Caller, Op};
use crate::suite::Suite;
use crate::world::{Plan, World};

/// So many calls of an attacker are under way at a time.
const AT_ONCE: usize = 32;

/// An attack, its name and how it is played.
struct Attack {
    name: &'static str,
    play: fn(Arc<Suite>) -> BoxFuture<'static, Result<Outcome>>,
}

macro_rules! attack {
    ($name:literal, $play:path) => {
        Attack { name: $name, play: |suite| Box::pin($play(suite)) }
    };
}

const ALL: &[Attack] = &[
    attack!("spray", spray::play),
    attack!("grind", grind::play),
    attack!("rotation", rotation::play),
    attack!("aliases", aliases::play),
    attack!("pump", pump::play),
];

/// What one attack met.
struct Outcome {
    /// Answers by status.
    answers: BTreeMap<String, u64>,
    /// In words.
    through: String,
    /// Processor time of our processes for a request that was refused, in microseconds.
    refusal_us: Option<f64>,
    violations: Vec<String>,
}

impl Outcome {
    fn new(world: &World, answers: &[Answer], through: String) -> Self {
        let violations = world.journal.violations().into_iter().chain(world.stub.violations()).collect();
        let mut counted = BTreeMap::new();
        for answer in answers {
            *counted.entry(name_of(answer)).or_default() += 1;
        }
        Self { answers: counted, through, refusal_us: None, violations }
    }
}

fn name_of(answer: &Answer) -> String {
    match answer {
        Answer::Good(_) => "accepted".to_owned(),
        Answer::No(status, _) => status.to_string(),
        Answer::Later => "503".to_owned(),
        Answer::Lost => "lost".to_owned(),
    }
}

/// Plays those that were chosen and prints what came of them: whether all were held up.
pub async fn run(suite: &Suite, only: &[String]) -> Result<bool> {
    let mut is_held = true;
    for attack in ALL.iter().filter(|attack| only.is_empty() || only.iter().any(|name| name == attack.name)) {
        let Outcome { answers, through, refusal_us, violations } = (attack.play)(Arc::new(suite.clone())).await?;
        let answers: Vec<_> = answers.iter().map(|(name, count)| format!("{name} {count}")).collect();
        println!("{:<9} {}", attack.name, answers.join(", "));
        println!("          {through}");
        if let Some(us) = refusal_us {
            println!("          {us:.0} µs of processor time for a refusal");
        }
        for violation in &violations {
            println!("          VIOLATED: {violation}");
        }
        is_held &= violations.is_empty();
    }
    Ok(is_held)
}

/// The server as it is out of the box.
async fn world(suite: &Suite, name: &str, is_sqlite: bool) -> Result<World> {
    let settings = [
        ("SALON__SMS__DAILY_MESSAGES", "5000"),
        ("SALON__FRAUD__MODE", "enforce"),
        ("SALON__FRAUD__ALARM_FAILURES_HOUR", "50"),
        ("SALON__FRAUD__ALARM_FAILURES_DAY", "200"),
    ];
    let settings = settings.map(|(name, value)| (name, value.to_owned())).to_vec();
    World::start(suite, name, Plan { is_sqlite, settings, ..Plan::default() }).await
}

/// The `place`-th network of an attacker who has many, and an address in it.
fn caller(world: &World, place: u32) -> Caller {
    let address = Ipv4Addr::from(0x2000_0001 + (place << 8)).to_string();
    Caller { http: world.http.clone(), journal: Arc::clone(&world.journal), address }
}

/// The processes in turn.
fn base(world: &World, place: u32) -> &str {
    &world.nodes[usize::try_from(place).unwrap_or_default() % world.nodes.len()].url
}

/// Asks for a code for `phone` from the `place`-th network.
async fn ask(world: &World, place: u32, phone: &str) -> Answer {
    caller(world, place).call(base(world, place), Op::Request, Some(json!({ "phone": phone })), None).await
}

/// Does `call` for each of so many places, several at a time.
async fn many<T, F: Future<Output = T>>(count: u32, call: impl Fn(u32) -> F) -> Vec<T> {
    stream::iter(0..count).map(call).buffer_unordered(AT_ONCE).collect().await
}

/// Processor time that our processes have used.
fn cpu_us(world: &World) -> Result<f64> {
    world.nodes.iter().map(harness::node::Node::cpu_us).sum()
}
