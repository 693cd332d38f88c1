//! What happens without a caller: sending what was queued, and forgetting what is old.

pub(crate) mod bulk;
mod carry;
pub(crate) mod deliver;
pub(crate) mod follow;
pub(crate) mod measure;
pub(crate) mod pause;
pub(crate) mod purge;
pub(crate) mod render;
pub(crate) mod worker;
