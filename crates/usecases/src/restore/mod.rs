//! What an operator does after a database was restored from a backup, and what they keep for that day.

pub(crate) mod erasures;
pub(crate) mod fence;
