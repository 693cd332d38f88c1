//! The texts Salon sends, by kind. The words are in the `sms` crate; here is what they are about.

use serde::{Deserialize, Serialize};

use crate::challenge::Purpose;

/// A kind of text message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// The code to sign in.
    AuthCode,
    /// The code that proves a number.
    VerifyCode,
    /// Told to the old number: the account has moved to another.
    PhoneChanged,
    /// Instead of a code: too many wrong ones in a row, so there are no more for now.
    CodesOff,
}

impl MessageKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::AuthCode, Self::VerifyCode, Self::PhoneChanged, Self::CodesOff];

    /// The message that carries a code of this purpose.
    pub const fn for_purpose(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Auth => Self::AuthCode,
            Purpose::Verify => Self::VerifyCode,
        }
    }

    /// The purpose of the code inside, if there is one.
    pub const fn purpose(self) -> Option<Purpose> {
        match self {
            Self::AuthCode => Some(Purpose::Auth),
            Self::VerifyCode => Some(Purpose::Verify),
            Self::PhoneChanged | Self::CodesOff => None,
        }
    }

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AuthCode => "auth_code",
            Self::VerifyCode => "verify_code",
            Self::PhoneChanged => "phone_changed",
            Self::CodesOff => "codes_off",
        }
    }

    /// Reads [`MessageKind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}
