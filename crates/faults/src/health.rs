//! How soon it is well again: somebody new signs in on every process.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::person::Person;
use crate::world::World;

const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until a new person has signed in on every process: seconds since the cause went away. Longer than the world allows is a
/// violation.
pub async fn wait(world: &World, since: Instant) -> Result<f64> {
    for place in 0..world.nodes.len() {
        loop {
            let mut person = Person::new(world, world.dice(7), Some(place));
            if world.nodes[place].look(&world.http).await && person.signs_in().await {
                break;
            }
            if since.elapsed() > PATIENCE {
                world.journal.violate(format!("node {} does not recover", world.nodes[place].name));
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    let took = since.elapsed();
    if took > world.healthy_within {
        world.journal.violate(format!("healthy only after {:.1} s", took.as_secs_f64()));
    }
    Ok(took.as_secs_f64())
}
