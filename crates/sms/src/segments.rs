//! How long a text is on the air: in which alphabet, and in how many pieces. Each piece is paid for.

/// GSM 7-bit default alphabet (3GPP TS 23.038 §6.2.1): one unit each.
const GSM_BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Its extension table (§6.2.1.1): an escape and a letter, two units each.
const GSM_EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// An alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// GSM 7-bit septets.
    Gsm7,
    /// UTF-16 units: one letter that GSM 7-bit lacks makes the whole text so.
    Ucs2,
}

impl Encoding {
    /// The name that providers use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gsm7 => "GSM-7",
            Self::Ucs2 => "UCS-2",
        }
    }

    /// Most units of a text in one piece.
    pub const fn alone(self) -> u32 {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// Most units of each piece of several: a header takes the rest (3GPP TS 23.040 §9.2.3.24.1).
    pub const fn together(self) -> u32 {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }
}

/// How long a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Segments {
    /// In which alphabet it goes out.
    pub encoding: Encoding,
    /// Its length in units of that alphabet.
    pub units: u32,
    /// In how many pieces; an empty text is one message all the same.
    pub segments: u32,
}

/// Whether GSM 7-bit has the letter.
pub(crate) fn is_gsm7(letter: char) -> bool {
    septets(letter).is_some()
}

fn septets(letter: char) -> Option<u32> {
    if GSM_BASIC.contains(letter) {
        Some(1)
    } else if GSM_EXTENDED.contains(letter) {
        Some(2)
    } else {
        None
    }
}

/// Counts a text. What takes two units (an escape and its letter, a surrogate pair) stays in one piece.
pub fn segments(text: &str) -> Segments {
    let encoding = if text.chars().all(is_gsm7) { Encoding::Gsm7 } else { Encoding::Ucs2 };
    let (mut units, mut segments, mut room) = (0, 1, encoding.together());
    for letter in text.chars() {
        let width = match encoding {
            Encoding::Gsm7 => septets(letter).unwrap_or(1),
            Encoding::Ucs2 if letter.len_utf16() == 2 => 2,
            Encoding::Ucs2 => 1,
        };
        units += width;
        if width > room {
            segments += 1;
            room = encoding.together();
        }
        room -= width;
    }
    Segments { encoding, units, segments: if units <= encoding.alone() { 1 } else { segments } }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn count(text: &str) -> (&'static str, u32, u32) {
        let Segments { encoding, units, segments } = segments(text);
        (encoding.as_str(), units, segments)
    }

    #[test]
    fn the_alphabet_has_all_its_letters_once() {
        let mut letters: Vec<char> = GSM_BASIC.chars().chain(GSM_EXTENDED.chars()).collect();
        assert_eq!(letters.len(), 127 + 10, "128 places, one of them the escape, and the ten behind it");
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), 137);
    }

    #[test]
    fn one_arabic_letter_makes_the_whole_text_ucs2() {
        assert_eq!(count("abc"), ("GSM-7", 3, 1));
        assert_eq!(count("a€"), ("GSM-7", 3, 1));
        assert_eq!(count("aس"), ("UCS-2", 2, 1));
        assert_eq!(count("a💇"), ("UCS-2", 3, 1));
        assert_eq!(count(""), ("GSM-7", 0, 1));
    }

    #[test]
    fn each_piece_of_several_is_shorter_than_one_alone() {
        for (letter, alone, together) in [("a", 160, 153), ("س", 70, 67)] {
            let pieces = |length: usize| segments(&letter.repeat(length)).segments;
            assert_eq!((pieces(alone), pieces(alone + 1)), (1, 2), "{letter}");
            assert_eq!((pieces(2 * together), pieces(2 * together + 1)), (2, 3), "{letter}");
        }
    }

    #[test]
    fn what_takes_two_units_is_not_cut_in_two() {
        // 153 septets end between an escape and its letter; 67 units between the halves of a pair.
        assert_eq!(count(&format!("{}€{}", "a".repeat(152), "a".repeat(152))), ("GSM-7", 306, 3));
        assert_eq!(count(&format!("{}€{}", "a".repeat(151), "a".repeat(153))), ("GSM-7", 306, 2));
        assert_eq!(count(&format!("{}💇{}", "س".repeat(66), "س".repeat(66))), ("UCS-2", 134, 3));
        assert_eq!(count(&"€".repeat(80)), ("GSM-7", 160, 1));
        assert_eq!(count(&"💇".repeat(35)), ("UCS-2", 70, 1));
    }

    /// Fewest pieces there can be, found by trying every place to cut.
    fn fewest(widths: &[u32], most: u32) -> u32 {
        let mut best = vec![0];
        for end in 1..=widths.len() {
            let fits = |start: &usize| widths[*start..end].iter().sum::<u32>() <= most;
            best.push(1 + (0..end).filter(fits).map(|start| best[start]).min().expect("a letter fits a piece"));
        }
        best[widths.len()]
    }

    proptest! {
        #[test]
        fn no_way_to_cut_a_text_has_fewer_pieces(text in "([a-z0-9 @\n]|[€{}^~]){0,400}|([a-zسلم]|[💇🏠]){0,200}") {
            let counted = segments(&text);
            let is_gsm7 = counted.encoding == Encoding::Gsm7;
            prop_assert_eq!(is_gsm7, text.chars().all(|c| c.is_ascii() || c == '€'));
            let width = |c: char| {
                if is_gsm7 { 1 + u32::from("€{}^~".contains(c)) } else { u32::try_from(c.len_utf16()).expect("1 or 2") }
            };
            let widths: Vec<u32> = text.chars().map(width).collect();
            prop_assert_eq!(counted.units, widths.iter().sum::<u32>());
            let (alone, together) = if is_gsm7 { (160, 153) } else { (70, 67) };
            let expected = if counted.units <= alone { 1 } else { fewest(&widths, together) };
            prop_assert_eq!(counted.segments, expected);
        }

        #[test]
        fn any_text_at_all_is_counted(text in any::<String>()) {
            let Segments { encoding, units, segments } = segments(&text);
            prop_assert!(segments >= 1 && units <= segments * encoding.alone());
            prop_assert!(units >= (segments - 1) * (encoding.together() - 1), "no piece but the last has room for a letter");
        }
    }
}
