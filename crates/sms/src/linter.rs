//! Rules every text keeps, ours and an operator's: what cannot be seen, what phones make a link of, what could be taken for the code.
//!
//! Letters are allowed one by one, not forbidden one by one: whoever wants to hide something finds what a list forgot.

use domain::locale::Locale;
use domain::message::MessageKind;
use thiserror::Error;

use crate::otp_host::OtpHost;
use crate::phrases::{holds_one, is_mark, purposes, sharing};
use crate::segments::{Segments, is_gsm7, segments};

/// Where the code goes.
pub(crate) const CODE: &str = "{code}";
/// The longest code there is.
pub(crate) const LONGEST_CODE: &str = "0000000000";
/// Digits that could be a code.
const FEWEST_DIGITS: usize = 4;

/// A broken rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LintError {
    /// What nobody sees, nobody checks; and some of it turns the code around.
    #[error("holds U+{code:04X}, which cannot be seen or changes the direction of the text", code = u32::from(*.0))]
    Hidden(char),
    /// A letter that looks like another one, or makes an English text twice as expensive.
    #[error(
        "holds `{0}` (U+{code:04X}): Arabic texts are of Arabic and plain Latin letters, English ones of the letters of GSM-7",
        code = u32::from(*.0)
    )]
    Letter(char),
    /// It was meant to be filled in, and would be sent as it stands.
    #[error("holds `{0}`: nothing is filled in but {{code}}")]
    Placeholder(char),
    /// Phones fill it in, people find it, and an Arabic text cannot turn it around.
    #[error("must start with {{code}} and a space, and name it once")]
    Code,
    /// This message has no code.
    #[error("must not hold {{code}}: this message has none")]
    NoCode,
    /// Phones and people would take it for the code, or for a part of it.
    #[error("holds another number that could be taken for the code: four digits or more, or right after {{code}}")]
    Number,
    /// Links in such messages teach people to follow them, and operators filter them.
    #[error("holds a link, an address, or a dot, colon or slash without a space after it, of which phones make a link")]
    Link,
    /// The first letter decides how a phone lays out all of it.
    #[error("must go on in Arabic, or phones lay it out from left to right")]
    Direction,
    /// The reader must learn what it is for.
    #[error("does not say what it is for, with one of: {}", .0.join(", "))]
    Purpose(&'static [&'static str]),
    /// A code that is asked for as one thing and used as another is how people are robbed.
    #[error("names the purpose of another message")]
    OtherPurpose,
    /// The reader must be told to keep it.
    #[error("does not say that the code must not be shared, with one of: {}", .0.join(", "))]
    Sharing(&'static [&'static str]),
    /// It costs more messages than it should.
    #[error(
        "needs {} segments with the longest code ({}, {} units), and may need {most}",
        .is.segments, .is.encoding.as_str(), .is.units
    )]
    TooLong {
        /// How long it is.
        is: Segments,
        /// How long it may be.
        most: u32,
    },
}

/// How many segments a text may need: one, and with the line for phones two.
pub(crate) const fn most_segments(kind: MessageKind, host: Option<&OtpHost>) -> u32 {
    if kind.purpose().is_some() && host.is_some() { 2 } else { 1 }
}

/// A template with the code in place, and the line for phones at the end of a code message.
pub(crate) fn fill(template: &str, host: Option<&OtpHost>, code: Option<&str>) -> String {
    let Some(code) = code else { return template.to_owned() };
    let mut text = template.replace(CODE, code);
    text.extend(host.map(|host| host.line(code)));
    text
}

/// How long a text is with the longest code.
pub(crate) fn longest(kind: MessageKind, template: &str, host: Option<&OtpHost>) -> Segments {
    segments(&fill(template, host, kind.purpose().map(|_| LONGEST_CODE)))
}

/// Checks a template that goes out with the line for `host`, if there is one.
///
/// # Errors
/// The first broken rule.
pub fn lint(kind: MessageKind, locale: Locale, template: &str, host: Option<&OtpHost>) -> Result<(), LintError> {
    let words = template.replace(CODE, "");
    letters(locale, &words)?;
    let rest = match (kind.purpose(), template.strip_prefix(CODE)) {
        (Some(_), Some(rest)) if !rest.contains(CODE) && rest.starts_with([' ', '\n']) => rest,
        (Some(_), _) => return Err(LintError::Code),
        (None, _) if template.contains(CODE) => return Err(LintError::NoCode),
        (None, _) => template,
    };
    if has_link(rest) {
        return Err(LintError::Link);
    }
    if has_number(rest, kind.purpose().is_some()) {
        return Err(LintError::Number);
    }
    if locale == Locale::Ar && !rest.chars().find(|letter| letter.is_alphabetic()).is_some_and(is_arabic) {
        return Err(LintError::Direction);
    }
    let purpose = purposes(kind, locale);
    if !holds_one(rest, locale, purpose) {
        return Err(LintError::Purpose(purpose));
    }
    if kind.purpose().is_some() {
        let is_other = |other: &MessageKind| *other != kind && other.purpose().is_some();
        if MessageKind::ALL.iter().filter(|other| is_other(other)).any(|other| holds_one(rest, locale, purposes(*other, locale)))
        {
            return Err(LintError::OtherPurpose);
        }
        if !holds_one(rest, locale, sharing(locale)) {
            return Err(LintError::Sharing(sharing(locale)));
        }
    }
    let (is, most) = (longest(kind, template, host), most_segments(kind, host));
    if is.segments > most { Err(LintError::TooLong { is, most }) } else { Ok(()) }
}

/// Which letters there are.
fn letters(locale: Locale, words: &str) -> Result<(), LintError> {
    for letter in words.chars() {
        if letter != '\n' && is_hidden(letter) {
            return Err(LintError::Hidden(letter));
        }
        if "{}[]<>$%\\^~|=`*".contains(letter) {
            return Err(LintError::Placeholder(letter));
        }
        let is_known = match locale {
            Locale::Ar => letter == '\n' || letter == ' ' || letter.is_ascii_graphic() || is_arabic(letter) || is_sign(letter),
            Locale::En => is_gsm7(letter),
        };
        if !is_known {
            return Err(LintError::Letter(letter));
        }
    }
    Ok(())
}

/// Controls, and what Unicode has for joining, for directions, for nothing at all, and for spaces that are not the space.
pub(crate) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || (letter.is_whitespace() && letter != ' ')
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}'
            | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The letters of Arabic, and those that Arabs write foreign names with; vowel marks and tatweel among them.
fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}' | 'پ' | 'چ' | 'ژ' | 'ڤ' | 'گ') || is_mark(letter)
}

/// Punctuation and the digits of Arabic; the digits are counted like others.
const fn is_sign(letter: char) -> bool {
    matches!(letter, '،' | '؛' | '؟' | '«' | '»' | '“' | '”' | '‘' | '’' | '–' | '—' | '…' | '\u{660}'..='\u{669}')
}

/// Whether a phone would underline something: a dot, a colon or a slash with a letter or digit right after it, or what says so itself.
/// `9:30` and `24/7` are none.
fn has_link(rest: &str) -> bool {
    let text: Vec<char> = rest.to_ascii_lowercase().chars().filter(|letter| !is_mark(*letter)).collect();
    let is_joint = |at: usize| {
        let (before, after) = (at.checked_sub(1).map(|at| text[at]), text.get(at + 1));
        let is_time = before.is_some_and(char::is_numeric) && after.is_some_and(|after| after.is_numeric());
        let is_joined = after.is_some_and(|after| after.is_alphanumeric() || matches!(after, '/' | ':' | '-' | '?'));
        is_joined && (text[at] == '.' || (matches!(text[at], ':' | '/') && !is_time))
    };
    let says = |word: &str| text.windows(word.len()).any(|window| window.iter().copied().eq(word.chars()));
    text.iter().any(|letter| matches!(letter, '@' | '#' | '_')) || says("www") || says("http") || (0..text.len()).any(is_joint)
}

/// Whether there are digits enough for a code, in one word or spread over words that hold digits, or right after the code.
fn has_number(rest: &str, has_code: bool) -> bool {
    let is_digit = |letter: &char| letter.is_numeric();
    let words = rest.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    let (mut sum, mut is_first) = (0, true);
    for word in words {
        let digits = word.chars().filter(is_digit).count();
        if is_first && has_code && digits > 0 {
            return true;
        }
        is_first = false;
        sum = if digits == 0 { 0 } else { sum + digits };
        if sum >= FEWEST_DIGITS {
            return true;
        }
    }
    false
}

#[cfg(test)]
#[path = "linter_tests.rs"]
mod tests;
