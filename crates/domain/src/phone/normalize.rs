//! From what people type and paste to plain digits: steps 1 to 6 of people-and-phones §2. No library and no allocation.

use super::{PhoneReason, Region};
use crate::digits;

/// Longer input is refused before any work.
const MAX_CHARS: usize = 64;

/// Digits of a Saudi number after country code and trunk zero.
const SAUDI_DIGITS: usize = 9;

/// Room for the digits and pluses of one input.
pub(super) type Buffer = [u8; MAX_CHARS];

/// Digits with a known reading.
#[cfg_attr(
    not(feature = "server"),
    expect(dead_code, reason = "wasm only asks whether there is a reading; the phone library reads the digits")
)]
pub(super) enum Typed<'a> {
    /// Nine digits after +966, mobile or not.
    Saudi(&'a str),
    /// Country code first.
    International(&'a str),
    /// As dialled inside the default region.
    National(&'a str),
}

/// Inline validation without the phone library: whether `raw` can be a phone at all. What passes may still be refused by the server.
pub fn check_shape(raw: &str, region: Region) -> Result<(), PhoneReason> {
    read(raw, region, &mut [0; MAX_CHARS]).map(|_| ())
}

pub(super) fn read<'b>(raw: &str, region: Region, buffer: &'b mut Buffer) -> Result<Typed<'b>, PhoneReason> {
    // A character has at most four bytes, so most lengths are known without counting.
    if raw.len() > MAX_CHARS && (raw.len() > 4 * MAX_CHARS || raw.chars().count() > MAX_CHARS) {
        return Err(PhoneReason::TooLong);
    }
    let text = without_scheme(raw.trim_matches(is_blank));
    if text.is_empty() {
        return Err(PhoneReason::Empty);
    }
    let marks = collect_marks(text, buffer)?;
    if !marks.contains(|c: char| c.is_ascii_digit()) {
        return Err(PhoneReason::InvalidChars);
    }
    let (digits, is_international) = resolve_prefix(marks, region);
    if digits.contains('+') {
        return Err(PhoneReason::InvalidChars);
    }
    if digits.is_empty() {
        return Err(PhoneReason::TooShort);
    }
    shape(digits, is_international, region)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || digits::is_format(c)
}

/// Strips one leading `tel:` (RFC 3966).
fn without_scheme(text: &str) -> &str {
    match text.split_at_checked(4) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("tel:") => rest.trim_start_matches(is_blank),
        _ => text,
    }
}

/// Keeps ASCII digits and pluses, drops separators, refuses the rest.
pub(super) fn collect_marks<'b>(text: &str, buffer: &'b mut Buffer) -> Result<&'b str, PhoneReason> {
    let mut len = 0;
    for (at, c) in text.char_indices() {
        let mark = match c {
            '+' | '＋' => '+',
            _ if is_separator(c) || digits::is_format(c) => continue,
            _ => match digits::ascii_digit(c) {
                Some(digit) => digit,
                None if is_extension(&text[at..], len) => return Err(PhoneReason::HasExtension),
                None => return Err(PhoneReason::InvalidChars),
            },
        };
        mark.encode_utf8(&mut buffer[len..]);
        len += 1;
    }
    Ok(std::str::from_utf8(&buffer[..len]).expect("digits and pluses are ASCII"))
}

/// Spaces of all kinds but no line breaks or tabs (those are how headers and logs are forged), hyphens, dots, brackets, slashes.
const fn is_separator(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
            | '-' | '\u{58A}' | '\u{5BE}' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{2E3A}' | '\u{2E3B}'
            | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
            | '.' | '(' | ')' | '[' | ']' | '/' | '．' | '（' | '）' | '［' | '］' | '／'
    )
}

/// Words for an extension; the longer first, because the first that fits is taken.
const EXTENSION_WORDS: [&str; 8] = ["extension", "extn", "ext", "xtn", "التحويلة", "التحويله", "تحويلة", "تحويله"];

/// Whether `rest`, which follows `digits_before` digits, is an extension and nothing more. Runs only on refused input.
fn is_extension(rest: &str, digits_before: usize) -> bool {
    // Fewer digits are no number yet: `0x50…` is not an extension of 0.
    if digits_before < 4 {
        return false;
    }
    let plain: String = rest.chars().filter(|c| !digits::is_format(*c)).map(plain_char).collect();
    let word = plain.strip_prefix(';').unwrap_or(&plain).trim_start();
    if let Some(tail) = EXTENSION_WORDS.iter().find_map(|marker| word.strip_prefix(marker)) {
        let tail = tail.trim_start().trim_start_matches("رقم");
        return tail.chars().all(|c| c.is_ascii_digit() || is_separator(c) || matches!(c, ':' | '=' | '#'));
    }
    let Some(tail) = plain.strip_prefix(['x', '×', '#']) else { return false };
    let number = tail.trim_matches(|c| is_separator(c) || c == ':');
    (1..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

/// Fullwidth forms, capitals and foreign digits as plain lower-case ASCII.
fn plain_char(c: char) -> char {
    let narrow = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    digits::ascii_digit(narrow).unwrap_or(narrow).to_ascii_lowercase()
}

/// Step 5: the many ways to write the country prefix. Returns the digits and whether they start with a country code.
pub(super) fn resolve_prefix(marks: &str, region: Region) -> (&str, bool) {
    let mut rest = marks.trim_start_matches('+');
    let mut is_international = rest.len() < marks.len();
    if is_international {
        rest = rest.strip_prefix("00").unwrap_or(rest);
    } else if let Some(body) = rest.strip_suffix('+').filter(|body| body.starts_with("966")) {
        // Copying from right-to-left text moves the plus to the end.
        (rest, is_international) = (body, true);
    } else if rest.starts_with("00966") {
        (rest, is_international) = (&rest[2..], true);
    } else if region == Region::SA {
        if let Some(dialled) = rest.strip_prefix("00") {
            (rest, is_international) = (dialled, true);
        } else if rest.starts_with("966") {
            is_international = true;
        } else if ["09665", "096605"].iter().any(|start| rest.starts_with(start)) {
            // Safe: no Saudi number starts with 966.
            (rest, is_international) = (&rest[1..], true);
        }
    }
    if is_international {
        while let Some(again) = repeated_saudi_prefix(rest) {
            rest = again;
        }
    }
    (rest, is_international)
}

/// A prefilled +966 before a number that has its own: `966+966…`, `966966…`, `96600966…`, `9660966…`.
fn repeated_saudi_prefix(rest: &str) -> Option<&str> {
    let tail = rest.strip_prefix("966")?;
    let tail = tail.strip_prefix('+').unwrap_or(tail);
    ["966", "00966", "0966"].iter().find(|prefix| tail.starts_with(**prefix)).map(|prefix| &tail[prefix.len() - 3..])
}

/// Step 6: Saudi-shaped digits must be nine after country code and trunk zero.
fn shape(digits: &str, is_international: bool, region: Region) -> Result<Typed<'_>, PhoneReason> {
    let saudi = if is_international {
        digits.strip_prefix("966").map(without_trunk_zero)
    } else if region == Region::SA {
        Some(without_trunk_zero(digits)).filter(|national| national.starts_with('5') || digits == "0")
    } else {
        None
    };
    match saudi {
        Some(national) if national.len() < SAUDI_DIGITS => Err(PhoneReason::TooShort),
        Some(national) if national.len() > SAUDI_DIGITS => Err(PhoneReason::TooLong),
        Some(national) => Ok(Typed::Saudi(national)),
        None if is_international => Ok(Typed::International(digits)),
        None => Ok(Typed::National(digits)),
    }
}

fn without_trunk_zero(national: &str) -> &str {
    national.strip_prefix('0').unwrap_or(national)
}
