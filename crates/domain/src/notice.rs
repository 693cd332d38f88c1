//! What a person is told of their account, unasked.

use chrono::{DateTime, Utc};

use crate::ids::{AuditId, SessionId};
use crate::session::SessionKind;

/// Something to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Of its entry in the audit.
    pub id: AuditId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: NoticeKind,
    /// The number that the account had before, masked ([`crate::phone::Mask::M2`]).
    pub moved_from: Option<String>,
    /// The session it happened in or to, while that is remembered.
    pub session: Option<NoticedSession>,
}

/// A session that a notice is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticedSession {
    /// Key.
    pub id: SessionId,
    /// Which door.
    pub kind: SessionKind,
    /// What its device calls itself.
    pub device_name: Option<String>,
    /// Whether it can still be ended.
    pub is_alive: bool,
}

/// Something that happened to an account and that its owner should know of. Its name is the action of its entry in the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// Somebody signed in from a device that was not known.
    NewDevice,
    /// The account moved to another number.
    PhoneChanged,
    /// A spent refresh token was used again, and its session ended.
    RefreshReplayed,
    /// Sign-in by text was turned on again after too many wrong codes.
    Rebound,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// An authenticator app was set up.
    SecondFactorAdded,
    /// The authenticator app was given up, or an operator took all second factors away.
    SecondFactorRemoved,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::NewDevice,
        Self::PhoneChanged,
        Self::RefreshReplayed,
        Self::Rebound,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::SecondFactorAdded,
        Self::SecondFactorRemoved,
    ];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NewDevice => "new_device_signed_in",
            Self::PhoneChanged => "phone_changed",
            Self::RefreshReplayed => "refresh_replayed",
            Self::Rebound => "user_rebound",
            Self::PasskeyAdded => "passkey_added",
            Self::PasskeyRemoved => "passkey_removed",
            Self::SecondFactorAdded => "second_factor_added",
            Self::SecondFactorRemoved => "second_factor_removed",
        }
    }

    /// Reads [`NoticeKind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}
