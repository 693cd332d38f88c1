//! What a caller learns of a challenge.

use chrono::{DateTime, Utc};
use domain::challenge::Challenge;
use domain::delivery::DeliveryStatus;
use domain::limits::{Quota, Standing, Usage, ceil_seconds};
use store::outbox::OutboxState;

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

/// A challenge somebody waits for the text of.
#[derive(Clone, Debug)]
pub struct Awaited {
    /// The challenge.
    pub sent: Sent,
    /// How its last text fares.
    pub delivery: Delivery,
}

/// How a text fares, as far as whoever waits for it needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// No provider has taken it yet.
    Waiting,
    /// A provider has it.
    Sent,
    /// The phone has it.
    Delivered,
    /// It will not come: nobody can send it, or the network gave up.
    Failed,
}

impl Delivery {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Sent, Self::Delivered, Self::Failed];

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    pub(crate) const fn of(last: Option<(OutboxState, Option<DeliveryStatus>)>) -> Self {
        match last {
            None | Some((OutboxState::Queued | OutboxState::Leased, _)) => Self::Waiting,
            Some((OutboxState::Failed | OutboxState::Expired, _) | (_, Some(DeliveryStatus::Undelivered))) => Self::Failed,
            Some((_, Some(DeliveryStatus::Delivered))) => Self::Delivered,
            Some((OutboxState::Sent, _)) => Self::Sent,
        }
    }
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
