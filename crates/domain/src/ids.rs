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
}

impl UserId {
    /// Four characters that name a person who has neither name nor phone: Crockford base 32 of the id's last 20 bits.
    pub fn short(&self) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let tail = self.0.as_u128();
        (0..4).rev().map(|place| char::from(ALPHABET[((tail >> (place * 5)) & 31) as usize])).collect()
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
}
