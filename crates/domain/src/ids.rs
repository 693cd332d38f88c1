//! Ids, one type each, so that none can be passed for another.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

id! {
    /// A person. `UUIDv7`, so that newer people sort last.
    UserId
    /// A challenge: 128 random bits, because whoever holds it may guess the code.
    ChallengeId
    /// A signed-in session, web or API. `UUIDv7`.
    SessionId
    /// The chain of refresh tokens of one API session. 128 random bits, never shown apart from inside the token.
    FamilyId
    /// A device that has signed in before. 128 random bits.
    DeviceId
    /// A message waiting to be sent. `UUIDv7`; it is the idempotency key at the provider too.
    OutboxId
    /// An entry of the send log. `UUIDv7`.
    SendId
    /// An entry of the guess log. `UUIDv7`.
    GuessId
    /// An audit entry. `UUIDv7`.
    AuditId
    /// One act on many people. `UUIDv7`.
    BulkRunId
    /// A note about a person. `UUIDv7`, so that newer ones sort last.
    NoteId
    /// A person's request about their data. `UUIDv7`.
    RequestId
    /// A line of the consent ledger. `UUIDv7`.
    ConsentId
    /// A number that staff ask to be moved. `UUIDv7`.
    PhoneMoveId
    /// A passkey of a person. `UUIDv7`; not the id that its authenticator knows it by.
    PasskeyId
    /// A passkey being made or shown. 128 random bits.
    CeremonyId
    /// A salon. `UUIDv7`.
    SalonId
    /// What a salon offers; to customers a service. `UUIDv7`.
    TreatmentId
    /// Somebody who works in a salon. `UUIDv7`.
    StaffId
    /// A week of a member of staff. `UUIDv7`.
    ScheduleId
    /// A stretch of time off. `UUIDv7`.
    TimeOffId
    /// A booking. `UUIDv7`.
    BookingId
    /// What happened to a booking. `UUIDv7`.
    BookingEventId
    /// A review. `UUIDv7`.
    ReviewId
}

/// Crockford base 32: no I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl UserId {
    /// Four characters that name a person who has neither name nor phone: Crockford base 32 of the id's last 20 bits.
    pub fn short(&self) -> String {
        ShortId((self.0.as_u128() & 0xF_FFFF) as u32).to_string()
    }
}

/// The last 20 bits of a person's id: few enough to say, enough to tell the people on a page apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortId(u32);

impl ShortId {
    /// Reads four characters in either case. What is easily taken for a digit is one: I, L, O.
    pub fn parse(text: &str) -> Option<Self> {
        let value = |c: char| match c.to_ascii_uppercase() {
            'I' | 'L' => Some(1),
            'O' => Some(0),
            c => (0_u32..).zip(ALPHABET).find(|(_, known)| char::from(**known) == c).map(|(place, _)| place),
        };
        let places: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
        (places.len() == 4).then(|| Self(places.into_iter().fold(0, |sum, place| (sum << 5) | place)))
    }

    /// The same bits as the last five hexadecimal digits of the id.
    pub fn to_hex(self) -> String {
        format!("{:05x}", self.0)
    }
}

impl std::fmt::Display for ShortId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (0..4).rev().try_for_each(|place| write!(f, "{}", char::from(ALPHABET[((self.0 >> (place * 5)) & 31) as usize])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_id_is_the_last_twenty_bits() {
        assert_eq!(UserId(Uuid::from_u128(0)).short(), "0000");
        assert_eq!(UserId(Uuid::from_u128(0xF_FFFF)).short(), "ZZZZ");
        assert_eq!(UserId(Uuid::from_u128((1 << 20) | 0b10_0001)).short(), "0011");
    }

    #[test]
    fn a_short_id_is_read_as_it_is_said() {
        let id = UserId(Uuid::from_u128(0x1234_5678_9ABC));
        let read = ShortId::parse(&id.short().to_lowercase()).expect("four characters");
        assert_eq!((read.to_string(), read.to_hex()), (id.short(), "89abc".to_owned()));
        assert_eq!(ShortId::parse("oIl1"), ShortId::parse("0111"));
        for bad in ["", "7F3", "7F3KK", "7F3U", "سارة"] {
            assert_eq!(ShortId::parse(bad), None, "{bad}");
        }
    }
}
