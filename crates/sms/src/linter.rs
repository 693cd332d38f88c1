//! Rules every message template keeps: one segment, code first, purpose named, "do not share", no link.

use domain::locale::Locale;
use domain::message::MessageKind;
use thiserror::Error;

/// The longest code there is.
const LONGEST_CODE: &str = "0000000000";

/// GSM 7-bit default alphabet (3GPP TS 23.038 §6.2.1) as far as our texts use it: one unit each.
const GSM_BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Its extension table (§6.2.1.1): two units each.
const GSM_EXTENDED: &str = "^{}\\[~]|€";

/// How a text is encoded on the air, and how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// GSM 7-bit septets; 160 fit one segment.
    Gsm7(usize),
    /// UTF-16 units; 70 fit one segment.
    Ucs2(usize),
}

impl Units {
    /// Whether it is one segment: one message, one price.
    pub const fn is_one_segment(self) -> bool {
        match self {
            Self::Gsm7(units) => units <= 160,
            Self::Ucs2(units) => units <= 70,
        }
    }
}

/// A broken rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LintError {
    /// It costs two messages.
    #[error("does not fit one segment: {0:?}")]
    TooLong(Units),
    /// A code message must start with `{code}` and name it once; other messages must not have one.
    #[error("the code is missing, not first, or there without need")]
    Code,
    /// The reader must learn what the code is for.
    #[error("does not name the purpose")]
    Purpose,
    /// The reader must be told to keep it.
    #[error("does not say that the code must not be shared")]
    Sharing,
    /// Links in code messages teach people to follow them.
    #[error("holds a link")]
    Link,
}

/// Counts the units of a text in the encoding it needs.
pub fn units(text: &str) -> Units {
    let septets = text.chars().try_fold(0, |sum, c| {
        if GSM_BASIC.contains(c) {
            Some(sum + 1)
        } else if GSM_EXTENDED.contains(c) {
            Some(sum + 2)
        } else {
            None
        }
    });
    septets.map_or_else(|| Units::Ucs2(text.encode_utf16().count()), Units::Gsm7)
}

/// Checks a template.
///
/// # Errors
/// The first broken rule.
pub fn lint(kind: MessageKind, locale: Locale, template: &str) -> Result<(), LintError> {
    let longest = units(&template.replace("{code}", LONGEST_CODE));
    if !longest.is_one_segment() {
        return Err(LintError::TooLong(longest));
    }
    if ["http", "www.", "://", ".com", ".sa/"].iter().any(|mark| template.contains(mark)) {
        return Err(LintError::Link);
    }
    let has_code = template.starts_with("{code}") && template.matches("{code}").count() == 1;
    let (purpose, sharing) = match (kind, locale) {
        (MessageKind::AuthCode, Locale::Ar) => ("تسجيل الدخول", "لا تشارك"),
        (MessageKind::AuthCode, Locale::En) => ("sign-in", "Do not share"),
        (MessageKind::VerifyCode, Locale::Ar) => ("تأكيد رقم", "لا تشارك"),
        (MessageKind::VerifyCode, Locale::En) => ("confirm this number", "Do not share"),
        (MessageKind::PhoneChanged, _) => {
            return if template.contains("{code}") { Err(LintError::Code) } else { Ok(()) };
        }
    };
    if !has_code {
        Err(LintError::Code)
    } else if !template.contains(purpose) {
        Err(LintError::Purpose)
    } else if !template.contains(sharing) {
        Err(LintError::Sharing)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_enforced() {
        let en = |template: &str| lint(MessageKind::AuthCode, Locale::En, template);
        assert_eq!(en("{code} is your Salon sign-in code. Do not share it."), Ok(()));
        assert_eq!(en("Your sign-in code is {code}. Do not share it."), Err(LintError::Code));
        assert_eq!(en("{code} is your code. Do not share it."), Err(LintError::Purpose));
        assert_eq!(en("{code} is your sign-in code."), Err(LintError::Sharing));
        assert_eq!(en("{code} sign-in. Do not share. https://salon"), Err(LintError::Link));
        assert!(matches!(en(&format!("{{code}} sign-in. Do not share. {}", "x".repeat(160))), Err(LintError::TooLong(_))));
        assert_eq!(lint(MessageKind::PhoneChanged, Locale::En, "{code}"), Err(LintError::Code));
    }

    #[test]
    fn one_arabic_letter_makes_the_whole_text_ucs2() {
        assert_eq!(units("abc"), Units::Gsm7(3));
        assert_eq!(units("a€"), Units::Gsm7(3));
        assert_eq!(units("aس"), Units::Ucs2(2));
        assert!(Units::Ucs2(70).is_one_segment() && !Units::Ucs2(71).is_one_segment());
    }
}
