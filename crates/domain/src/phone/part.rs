//! A part of a number, to look for people by: nothing is ever sent to one.

use super::Region;
use super::normalize::{Buffer, collect_marks, resolve_prefix};

/// Digits of the longest number (ITU-T E.164 §6).
const MAX_DIGITS: usize = 15;

/// The first digits of E.164 numbers, with the plus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhonePrefix(String);

impl PhonePrefix {
    /// `+96650…`
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The last one to four digits of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneTail(String);

impl PhoneTail {
    /// As they are dialled.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What some digits can be part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhonePart {
    /// Numbers begin with it.
    Prefix(PhonePrefix),
    /// Numbers end in it.
    Tail(PhoneTail),
}

impl PhonePart {
    /// Reads digits of any script with the separators of phones. Up to four are the last ones, as people say them; `05` and a plus always
    /// begin a number. `None` when it is something else or too much.
    pub fn parse(raw: &str, region: Region) -> Option<Self> {
        let mut buffer: Buffer = [0; _];
        let text = raw.trim();
        if text.chars().count() > buffer.len() {
            return None;
        }
        let marks = collect_marks(text, &mut buffer).ok()?;
        let begins = marks.contains('+') || (region == Region::SA && marks.starts_with("05"));
        if !begins && (1..=4).contains(&marks.len()) {
            return Some(Self::Tail(PhoneTail(marks.to_owned())));
        }
        let (digits, is_international) = resolve_prefix(marks, region);
        let national = digits.strip_prefix('0').unwrap_or(digits);
        let digits = if is_international {
            digits.strip_prefix("9660").map_or_else(|| digits.to_owned(), |rest| format!("966{rest}"))
        } else if region == Region::SA && national.starts_with('5') {
            format!("966{national}")
        } else {
            digits.to_owned()
        };
        let is_good = (1..=MAX_DIGITS).contains(&digits.len()) && !digits.starts_with('0') && !digits.contains('+');
        is_good.then(|| Self::Prefix(PhonePrefix(format!("+{digits}"))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> String {
        match PhonePart::parse(raw, Region::SA) {
            Some(PhonePart::Prefix(prefix)) => prefix.0,
            Some(PhonePart::Tail(tail)) => format!("…{}", tail.0),
            None => "nothing".to_owned(),
        }
    }

    #[test]
    fn part_of_a_number_is_its_beginning_or_its_end() {
        for (raw, part) in [
            ("0501", "+966501"),
            ("+96650 1", "+966501"),
            ("+966 0501", "+966501"),
            ("00966501", "+966501"),
            ("966501", "+966501"),
            ("٠٥٠١", "+966501"),
            ("05", "+9665"),
            ("50123", "+96650123"),
            ("+9", "+9"),
            ("+971 50", "+97150"),
            ("0097150", "+97150"),
            ("4567", "…4567"),
            ("٤٥٦٧", "…4567"),
            ("0123", "…0123"),
            ("567", "…567"),
            ("0", "…0"),
            ("+", "nothing"),
            ("01234", "nothing"),
            ("1234567890123456", "nothing"),
            ("sara", "nothing"),
            ("05x", "nothing"),
            ("", "nothing"),
        ] {
            assert_eq!(read(raw), part, "{raw}");
        }
    }
}
