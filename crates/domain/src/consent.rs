//! What somebody agreed to: a ledger of lines that are only added. The last line of a purpose is what holds.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{ConsentId, UserId};
use crate::locale::Locale;

/// What is agreed to. Each is asked for by itself, and none is needed for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentPurpose {
    /// The terms of the service.
    Terms,
    /// Offers and news by text message.
    MarketingSms,
}

impl ConsentPurpose {
    /// Every purpose.
    pub const ALL: [Self; 2] = [Self::Terms, Self::MarketingSms];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::MarketingSms => "marketing_sms",
        }
    }

    /// Reads [`ConsentPurpose::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == text)
    }

    /// The version of the words that people agree to now. Who changes the words raises it: what was agreed to before must still be
    /// readable, so the older words stay where they are.
    pub const fn wording_version(self) -> u16 {
        match self {
            Self::Terms | Self::MarketingSms => 1,
        }
    }
}

/// Where somebody said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentSource {
    /// The page after the first sign-in.
    Welcome,
    /// Their own account's pages.
    Account,
    /// Said to staff, who wrote it down.
    Desk,
    /// An app.
    Api,
}

impl ConsentSource {
    /// Every source.
    pub const ALL: [Self; 4] = [Self::Welcome, Self::Account, Self::Desk, Self::Api];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Account => "account",
            Self::Desk => "desk",
            Self::Api => "api",
        }
    }

    /// Reads [`ConsentSource::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == text)
    }
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Key.
    pub id: ConsentId,
    /// Whose.
    pub user_id: UserId,
    /// To what.
    pub purpose: ConsentPurpose,
    /// Given, or taken back.
    pub is_granted: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// Where.
    pub source: ConsentSource,
    /// Which version of the words.
    pub wording_version: u16,
    /// In which language they stood there.
    pub locale: Locale,
}

/// What holds for a purpose, out of a ledger with its newest line first. Nobody who never said anything has agreed.
pub fn in_force(ledger: &[Consent], purpose: ConsentPurpose) -> Option<&Consent> {
    ledger.iter().find(|line| line.purpose == purpose)
}

/// Whether they agree to it now.
pub fn is_granted(ledger: &[Consent], purpose: ConsentPurpose) -> bool {
    in_force(ledger, purpose).is_some_and(|line| line.is_granted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn line(number: u128, purpose: ConsentPurpose, is_granted: bool) -> Consent {
        Consent {
            id: ConsentId(Uuid::from_u128(number)),
            user_id: UserId(Uuid::nil()),
            purpose,
            is_granted,
            at: DateTime::UNIX_EPOCH,
            source: ConsentSource::Account,
            wording_version: 1,
            locale: Locale::Ar,
        }
    }

    #[test]
    fn the_last_line_of_a_purpose_holds_and_silence_is_no_consent() {
        let (terms, marketing) = (ConsentPurpose::Terms, ConsentPurpose::MarketingSms);
        assert!(!is_granted(&[], marketing));
        let ledger = [line(3, terms, true), line(2, marketing, false), line(1, marketing, true)];
        assert!(!is_granted(&ledger, marketing), "taken back since");
        assert!(is_granted(&ledger, terms) && !is_granted(&ledger[1..], terms));
        assert_eq!(in_force(&ledger, marketing).map(|line| line.id), Some(ledger[1].id));
    }

    #[test]
    fn names_read_back() {
        for purpose in ConsentPurpose::ALL {
            assert_eq!(ConsentPurpose::parse(purpose.as_str()), Some(purpose));
            assert!(purpose.wording_version() > 0);
        }
        for source in ConsentSource::ALL {
            assert_eq!(ConsentSource::parse(source.as_str()), Some(source));
        }
        assert_eq!(ConsentPurpose::parse("marketing"), None);
    }
}
