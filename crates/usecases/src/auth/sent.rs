//! What a caller learns of a challenge.

use chrono::{DateTime, Utc};
use domain::challenge::Challenge;
use domain::limits::{Quota, Standing, Usage, ceil_seconds};

/// A challenge a message was queued for, seen at `now`.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The challenge.
    pub challenge: Challenge,
    /// When it was looked at.
    pub now: DateTime<Utc>,
    /// How far apart messages must be.
    pub cooldown: Quota,
    /// Where the caller's own sends to this phone stand. Other callers' do not show (contract §3).
    pub send: Standing,
}

impl Sent {
    /// Whole seconds left to enter the code, rounded down: never promises more than there is.
    pub fn expires_in_s(&self) -> u64 {
        u64::try_from((self.challenge.expires_at - self.now).num_seconds()).unwrap_or(0)
    }

    /// Whole seconds until a resend is allowed, rounded up: waiting that long is enough.
    pub fn resend_in_s(&self) -> u64 {
        ceil_seconds(self.challenge.last_sent_at + self.cooldown.window - self.now)
    }

    /// Where the caller's own cooldown stands.
    pub fn cooldown_standing(&self) -> Standing {
        let used = u32::from(self.resend_in_s() > 0);
        self.cooldown.standing(Usage { used, frees_at_from: Some(self.challenge.last_sent_at) }, self.now)
    }
}
