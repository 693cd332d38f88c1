//! Known devices: what somebody says they are on, and whether they are. A known device may spend what is kept for it, so that nobody
//! else can use up what its owner needs (docs/adr/0014).

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::DeviceId;
use domain::phone::PhoneNumber;
use store::devices::Known;

use crate::keys::Keys;
use crate::keys::tokens::DeviceToken;
use crate::{SignedIn, Usecases};

/// A device is known for this long after its last sign-in.
const KNOWN_FOR: TimeDelta = TimeDelta::days(365);
/// So many people may use one browser; those who signed in longest ago are forgotten first.
const HELD_AT_MOST: usize = 5;
/// Between the tokens that a browser holds. No token has it.
const BETWEEN: char = '.';

/// A device that a caller names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Claim {
    /// By a token that we signed for the phone.
    Token(DeviceToken),
    /// By a challenge or a session of ours, which is theirs alone.
    Ours(DeviceId),
}

impl Claim {
    pub(crate) const fn id(&self) -> DeviceId {
        match self {
            Self::Token(token) => token.device,
            Self::Ours(id) => *id,
        }
    }

    /// Whether it is this device, which the owner of the phone, who is at `epoch`, can be known by. The token before the newest is
    /// good too: the answer that brought the newest may have been lost.
    fn holds(&self, known: &Known, epoch: i64, now: DateTime<Utc>) -> bool {
        let is_it = match self {
            Self::Token(token) => {
                token.device == known.id
                    && token.epoch == epoch
                    && (token.generation == known.generation || token.generation + 1 == known.generation)
            }
            Self::Ours(id) => *id == known.id,
        };
        is_it && now - known.last_used_at < KNOWN_FOR
    }

    /// The device that was found, if it is the one claimed.
    pub(crate) fn known(claim: Option<Self>, found: Option<Known>, epoch: i64, now: DateTime<Utc>) -> Option<Known> {
        found.filter(|known| claim.is_some_and(|claim| claim.holds(known, epoch, now)))
    }
}

impl Keys {
    /// The first of the tokens in `held` (one, or several as [`Usecases::remember_device`] joins them) that is for this phone.
    pub(crate) fn device_claim(&self, held: &str, phone: &PhoneNumber) -> Option<Claim> {
        split(held).find_map(|token| self.read_device_token(token, phone)).map(Claim::Token)
    }
}

impl Usecases {
    /// What a browser is to hold after a sign-in: the new token first, then those of the other people who use it, five at most.
    pub fn remember_device(&self, held: Option<&str>, signed_in: &SignedIn) -> String {
        let phone = signed_in.user.phone.as_ref();
        let is_theirs = |token: &str| phone.is_some_and(|phone| self.parts.keys.read_device_token(token, phone).is_some());
        let others = split(held.unwrap_or_default()).filter(|token| Keys::device_named_by(token).is_some() && !is_theirs(token));
        let all: Vec<&str> = std::iter::once(signed_in.device_token.as_str()).chain(others).take(HELD_AT_MOST).collect();
        all.join(&BETWEEN.to_string())
    }
}

fn split(held: &str) -> impl Iterator<Item = &str> {
    held.split(BETWEEN).take(HELD_AT_MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(days: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).expect("in range") + TimeDelta::days(days)
    }

    #[test]
    fn the_tokens_of_the_last_two_sign_ins_are_good_for_a_year() {
        let id = DeviceId(Uuid::from_u128(1));
        let known = Known { id, generation: 7, last_used_at: at(0) };
        let holds = |generation, epoch, day| {
            let claim = Claim::Token(DeviceToken { device: id, epoch, generation });
            Claim::known(Some(claim), Some(known), 2, at(day)).is_some()
        };
        assert!(holds(7, 2, 0) && holds(6, 2, 364));
        assert!(!holds(5, 2, 0), "two sign-ins ago");
        assert!(!holds(8, 2, 0), "not given out yet");
        assert!(!holds(7, 1, 0), "of an older epoch");
        assert!(!holds(7, 2, 365));
        let other = Claim::Ours(DeviceId(Uuid::from_u128(2)));
        assert_eq!(Claim::known(Some(other), Some(known), 2, at(0)), None);
        assert_eq!(Claim::known(None, Some(known), 2, at(0)), None);
    }
}
