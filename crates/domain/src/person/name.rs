//! Cleaning names (people-and-phones §1).

use unicode_normalization::UnicodeNormalization;

use crate::digits;

/// Zero-width non-joiner and joiner: Persian and Indic words need them between letters.
const JOINERS: [char; 2] = ['\u{200C}', '\u{200D}'];

/// The name as it is kept and shown: NFC, no invisible or control characters, single spaces. `None` when nothing visible is left. The
/// length is the caller's to limit.
pub fn clean_name(raw: &str) -> Option<String> {
    let mut clean = String::with_capacity(raw.len());
    // A space or joiner is written only once the next visible character is known.
    let mut pending: Option<char> = None;
    for c in raw.nfc() {
        if c.is_whitespace() {
            pending = Some(' ');
        } else if JOINERS.contains(&c) {
            pending = pending.or(Some(c));
        } else if !c.is_control() && !digits::is_format(c) {
            if let Some(between) = pending.take()
                && (between == ' ' || is_inside_word(&clean, c))
                && !clean.is_empty()
            {
                clean.push(between);
            }
            clean.push(c);
        }
    }
    // Dropping a character can bring a letter and its accent together.
    let clean: String = clean.nfc().collect();
    clean.chars().any(is_visible).then_some(clean)
}

fn is_inside_word(before: &str, after: char) -> bool {
    is_word(after) && before.chars().next_back().is_some_and(is_word)
}

/// Letters, digits and the marks that sit on them.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Not one of the letters and marks that are drawn as nothing, with which a name could be made to look empty.
const fn is_visible(c: char) -> bool {
    !matches!(
        c,
        ' ' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{E0100}'..='\u{E01EF}'
    )
}

/// Decimal digits of any script and form (superscript, circled, fullwidth too), in order, the rest left out.
#[cfg(feature = "server")]
pub(super) fn digits_of(text: &str) -> String {
    text.nfkc().filter_map(digits::ascii_digit).collect()
}
