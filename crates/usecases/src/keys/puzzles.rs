//! Puzzles: handed out without a note of it, and known again when they come back, by whoever they were for.

use chrono::DateTime;
use domain::phone::PhoneNumber;
use domain::proof::Puzzle;
use subtle::ConstantTimeEq;

use super::tokens::{array, join, split};
use super::{Keys, sign};

/// A number of bits, an instant, a nonce and half a signature: 44 characters, so that with any solution behind it a puzzle is one block
/// of SHA-256.
const PUZZLE_BYTES: usize = 1 + 4 + 12 + 16;
const SIGNED: usize = 1 + 4 + 12;

impl Keys {
    /// The text of a puzzle for one phone and one client network. No two are the same.
    pub(crate) fn puzzle(&self, puzzle: Puzzle, nonce: [u8; 12], phone: &PhoneNumber, network: &str) -> String {
        let at = u32::try_from(puzzle.issued_at.timestamp()).unwrap_or(u32::MAX);
        let head = [&[puzzle.bits][..], &at.to_be_bytes(), &nonce].concat();
        join(&[&head, &self.puzzle_signature(&head, phone, network)])
    }

    /// Reads a puzzle. `None` unless we made it for this phone and this network.
    pub(crate) fn read_puzzle(&self, text: &str, phone: &PhoneNumber, network: &str) -> Option<Puzzle> {
        let bytes: [u8; PUZZLE_BYTES] = split(text)?;
        let (head, signature) = bytes.split_at(SIGNED);
        if !bool::from(self.puzzle_signature(head, phone, network).ct_eq(signature)) {
            return None;
        }
        let seconds = u32::from_be_bytes(array(&head[1..5])?);
        Some(Puzzle { bits: head[0], issued_at: DateTime::from_timestamp(seconds.into(), 0)? })
    }

    fn puzzle_signature(&self, head: &[u8], phone: &PhoneNumber, network: &str) -> [u8; 16] {
        let whole = sign(&self.puzzle, &[head, phone.as_e164().as_bytes(), b" ", network.as_bytes()]);
        let mut half = [0; 16];
        half.copy_from_slice(&whole[..16]);
        half
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::KeyMaterial;
    use crate::rng::Rng;

    #[test]
    fn a_puzzle_is_for_one_phone_and_one_network_and_cannot_be_made_up() {
        let keys = |seed| Keys::new(&KeyMaterial::generate(&Rng::seeded(seed))).expect("good keys");
        let phone = |text| PhoneNumber::from_canonical(text).expect("canonical");
        let (keys, strangers, mine) = (keys(1), keys(2), phone("+966501234567"));
        let puzzle = Puzzle { bits: 18, issued_at: DateTime::from_timestamp(1_800_000_000, 0).expect("in range") };
        let text = keys.puzzle(puzzle, [7; 12], &mine, "203.0.113");
        assert_eq!(text.len(), 44);
        assert_eq!(keys.read_puzzle(&text, &mine, "203.0.113"), Some(puzzle));
        assert_eq!(keys.read_puzzle(&text, &phone("+966501234568"), "203.0.113"), None);
        assert_eq!(keys.read_puzzle(&text, &mine, "203.0.114"), None);
        assert_eq!(strangers.read_puzzle(&text, &mine, "203.0.113"), None);
        assert_ne!(keys.puzzle(puzzle, [8; 12], &mine, "203.0.113"), text);
        for place in 0..text.len() {
            let mut bent = text.clone().into_bytes();
            bent[place] = if bent[place] == b'A' { b'B' } else { b'A' };
            let bent = String::from_utf8(bent).expect("ASCII");
            assert_eq!(keys.read_puzzle(&bent, &mine, "203.0.113"), None, "{place}");
        }
        for other in ["", "x", &text[1..], &format!("{text}A"), &"A".repeat(500)] {
            assert_eq!(keys.read_puzzle(other, &mine, "203.0.113"), None);
        }
    }
}
