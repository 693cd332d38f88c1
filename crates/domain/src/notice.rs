//! What a person is told of their account, unasked.

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
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::NewDevice, Self::PhoneChanged, Self::RefreshReplayed, Self::Rebound];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NewDevice => "new_device_signed_in",
            Self::PhoneChanged => "phone_changed",
            Self::RefreshReplayed => "refresh_replayed",
            Self::Rebound => "user_rebound",
        }
    }

    /// Reads [`NoticeKind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}
