//! The fraud brake and the fleet guard (docs/adr/0017). The rules are `domain::fraud`; here is what feeds them and what follows.

mod brake;
pub(crate) mod counted;
mod events;
mod guard;
mod replay;
mod watch;

pub use replay::{EventLineError, Outcome, Replayed, ReplayedScope, replay_events};
