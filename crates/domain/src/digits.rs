//! Digits of every script read as ASCII, the same way for phones, codes, prices and search boxes.
//!
//! The tables are ours so that wasm does not carry the whole Unicode category table; a test compares them with it.

/// The zero of every decimal script (category Nd): each is followed by its one to nine. Sorted.
const ZEROS: [u32; 77] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20, 0x1040,
    0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0,
    0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0,
    0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11DE0, 0x11F50, 0x16130,
    0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1,
    0x1E950, 0x1FBF0,
];

/// The invisible format characters (category Cf), as inclusive ranges. Sorted.
const FORMAT: [(u32, u32); 21] = [
    (0xAD, 0xAD),
    (0x600, 0x605),
    (0x61C, 0x61C),
    (0x6DD, 0x6DD),
    (0x70F, 0x70F),
    (0x890, 0x891),
    (0x8E2, 0x8E2),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2064),
    (0x2066, 0x206F),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0x110BD, 0x110BD),
    (0x110CD, 0x110CD),
    (0x13430, 0x1343F),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0001, 0xE0001),
    (0xE0020, 0xE007F),
];

/// The ASCII digit for a decimal digit of any script (Unicode Nd), else `None`. Superscripts and circled digits are not Nd.
pub fn ascii_digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let code = u32::from(c);
    let at = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?;
    char::from_digit(code - ZEROS[at], 10)
}

/// The same text with every decimal digit in ASCII.
pub fn fold(s: &str) -> String {
    s.chars().map(|c| ascii_digit(c).unwrap_or(c)).collect()
}

/// Whether `c` is an invisible format character (Unicode Cf): bidi marks, BOM, zero-width, soft hyphen, tags.
pub fn is_format(c: char) -> bool {
    let code = u32::from(c);
    // Nothing below the soft hyphen is one, so plain text leaves here.
    code >= FORMAT[0].0
        && FORMAT[..FORMAT.partition_point(|(first, _)| *first <= code)].last().is_some_and(|(_, last)| code <= *last)
}

#[cfg(test)]
mod tests {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

    use super::*;

    #[test]
    fn the_tables_agree_with_unicode_for_every_character() {
        for c in char::MIN..=char::MAX {
            let category = c.general_category();
            assert_eq!(ascii_digit(c).is_some(), category == GeneralCategory::DecimalNumber, "{c:?} digit");
            assert_eq!(is_format(c), category == GeneralCategory::Format, "{c:?} format");
        }
    }

    #[test]
    fn digits_of_any_script_fold_and_the_rest_stays() {
        assert_eq!(fold("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ०१२ ０９ 𝟘𝟡 ab ²①"), "0123456789 0123456789 012 09 09 ab ²①");
    }
}
