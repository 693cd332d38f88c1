//! The only place where randomness and ids come from.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rand::rngs::{StdRng, SysRng};
use rand::{Rng as _, SeedableRng, TryRng};
use uuid::{Builder, Uuid};

/// A source of random bytes.
#[derive(Clone, Debug)]
pub struct Rng(Source);

#[derive(Clone, Debug)]
enum Source {
    Os,
    Seeded(Arc<Mutex<StdRng>>),
}

impl Rng {
    /// The operating system's generator: for everything that must not be guessed.
    pub const fn os() -> Self {
        Self(Source::Os)
    }

    /// The same bytes for the same seed: for tests that compare whole answers.
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))))
    }

    /// `N` random bytes.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: nothing here may go on without.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.0 {
            Source::Os => SysRng.try_fill_bytes(&mut bytes).expect("the operating system gives randomness"),
            Source::Seeded(rng) => rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes),
        }
        bytes
    }

    /// 128 random bits as an id that must not be guessed.
    pub fn id128<I: From<Uuid>>(&self) -> I {
        Uuid::from_bytes(self.bytes()).into()
    }

    /// A `UUIDv7` (RFC 9562 §5.7): sorts by time, unique without being secret.
    pub fn id_v7<I: From<Uuid>>(&self, now: DateTime<Utc>) -> I {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_repeat_and_the_os_does_not() {
        assert_eq!(Rng::seeded(1).bytes::<16>(), Rng::seeded(1).bytes::<16>());
        assert_ne!(Rng::os().bytes::<16>(), Rng::os().bytes::<16>());
    }

    #[test]
    fn later_ids_sort_later() {
        let rng = Rng::os();
        let at = |s| DateTime::from_timestamp(s, 0).expect("in range");
        assert!(rng.id_v7::<Uuid>(at(1_800_000_000)) < rng.id_v7::<Uuid>(at(1_800_000_001)));
    }
}
