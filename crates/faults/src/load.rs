//! People who sign in all the time, and a balancer that looks at `/readyz` for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Result;
use tokio::task::JoinSet;

use crate::person::Person;
use crate::world::World;

/// How often the balancer looks.
const LOOK_EVERY: Duration = Duration::from_millis(150);

/// A running load; stop it to have everybody finish the walk they are on.
pub struct Load {
    stop: Arc<AtomicBool>,
    tasks: JoinSet<()>,
}

impl Load {
    /// So many people at once.
    pub fn start(world: &Arc<World>, people: usize) -> Self {
        Self::start_at(world, people, |_| None, (20, 120))
    }

    /// The same where person number n talks to one process only, and rests so many milliseconds between two walks.
    pub fn start_at(world: &Arc<World>, people: usize, only: impl Fn(usize) -> Option<usize>, rest_ms: (u64, u64)) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let mut tasks = JoinSet::new();
        for number in 0..people {
            let (world, stop, only) = (Arc::clone(world), Arc::clone(&stop), only(number));
            tasks.spawn(async move {
                let mut rests = world.dice(number as u64);
                while !stop.load(Ordering::Relaxed) {
                    let dice = crate::dice::Dice::new(rests.roll());
                    Person::new(&world, dice, only).walk().await;
                    tokio::time::sleep(rests.pause(rest_ms.0, rest_ms.1)).await;
                }
            });
        }
        let (world, watching) = (Arc::clone(world), Arc::clone(&stop));
        tasks.spawn(async move {
            while !watching.load(Ordering::Relaxed) {
                for node in &world.nodes {
                    node.look(&world.http).await;
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        });
        Self { stop, tasks }
    }

    /// Adds people who only ask for codes, and never wait for one.
    pub fn and_askers(mut self, world: &Arc<World>, people: usize) -> Self {
        for number in 0..people {
            let (world, stop) = (Arc::clone(world), Arc::clone(&self.stop));
            self.tasks.spawn(async move {
                let mut rests = world.dice(10_000 + number as u64);
                while !stop.load(Ordering::Relaxed) {
                    Person::new(&world, world.dice(number as u64), None).ask_once().await;
                    tokio::time::sleep(rests.pause(40, 160)).await;
                }
            });
        }
        self
    }

    /// Waits until everybody has finished.
    pub async fn stop(mut self) -> Result<()> {
        self.stop.store(true, Ordering::Relaxed);
        while let Some(done) = self.tasks.join_next().await {
            done?;
        }
        Ok(())
    }
}
