//! Sessions: how long they last, and when they are over.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{DeviceId, SessionId, UserId};

/// Which door a session came in by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// A browser with a session cookie.
    Web,
    /// An app with an access and a refresh token.
    Api,
}

impl SessionKind {
    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
        }
    }

    /// Reads [`SessionKind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Web, Self::Api].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Why a session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// Its owner signed out.
    Logout,
    /// Its owner ended it from another session, or those who run the platform did.
    Revoked,
    /// A spent refresh token came back.
    Replay,
    /// The account moved to another number.
    PhoneChanged,
    /// The phone was claimed by its owner.
    Claimed,
    /// The account was blocked.
    Blocked,
    /// The account was erased.
    Erased,
}

impl EndReason {
    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Logout => "logout",
            Self::Revoked => "revoked",
            Self::Replay => "replay",
            Self::PhoneChanged => "phone_changed",
            Self::Claimed => "claimed",
            Self::Blocked => "blocked",
            Self::Erased => "erased",
        }
    }
}

/// How long sessions last (contract §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionRules {
    /// Ends after this long without use.
    pub idle: TimeDelta,
    /// Ends after this long whatever happens.
    pub absolute: TimeDelta,
}

/// How long a second factor holds in a session: as long as a session of staff in a browser may last (contract §2). A session of an
/// app lasts longer, and its owner shows it again.
pub const SECOND_FACTOR_LIFE: TimeDelta = TimeDelta::hours(12);

/// A session as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Key.
    pub id: SessionId,
    /// Whose.
    pub user_id: UserId,
    /// The user's epoch when it was opened; when the user's is higher, it is dead.
    pub epoch: i64,
    /// Which door.
    pub kind: SessionKind,
    /// The device it was opened on.
    pub device_id: Option<DeviceId>,
    /// What its owner sees in the list: the app's `device_name`, or what the browser says it is.
    pub device_name: Option<String>,
    /// When the code was entered.
    pub authenticated_at: DateTime<Utc>,
    /// When its owner last showed a second factor in it.
    pub second_factor_at: Option<DateTime<Utc>>,
    /// Last use, to the nearest few minutes.
    pub last_seen_at: DateTime<Utc>,
    /// Ends then without use. Moves with use.
    pub idle_expires_at: DateTime<Utc>,
    /// Ends then whatever happens.
    pub expires_at: DateTime<Utc>,
}

impl Session {
    /// Whether it is still good at `now` for a user whose epoch is `user_epoch`.
    pub fn is_alive(&self, now: DateTime<Utc>, user_epoch: i64) -> bool {
        self.epoch == user_epoch && now < self.idle_expires_at && now < self.expires_at
    }

    /// The idle end after a use at `now`: never past the absolute end.
    pub fn idle_end(&self, now: DateTime<Utc>, rules: SessionRules) -> DateTime<Utc> {
        (now + rules.idle).min(self.expires_at)
    }

    /// Whether its owner entered a code at most `within` ago.
    pub fn is_fresh(&self, now: DateTime<Utc>, within: TimeDelta) -> bool {
        now - self.authenticated_at <= within
    }

    /// Whether its owner showed a second factor in it that still holds.
    pub fn has_second_factor(&self, now: DateTime<Utc>) -> bool {
        self.second_factor_at.is_some_and(|at| now - at < SECOND_FACTOR_LIFE)
    }
}
