//! The words of each message in each language. Code first, purpose named, "do not share", no link (people-and-phones.md §3).
//!
//! To add one: a `MessageKind` in the domain; the compiler asks for its words here and for how it says what it is for in `phrases`; the
//! linter test checks them; a key in `[templates]` lets operators have words of their own.

use domain::locale::Locale;
use domain::message::MessageKind;

use crate::linter::{LintError, fill, lint, longest};
use crate::otp_host::OtpHost;
use crate::segments::Segments;

/// Salon's own words, with `{code}` where the code goes.
pub const fn built_in(kind: MessageKind, locale: Locale) -> &'static str {
    match (kind, locale) {
        (MessageKind::AuthCode, Locale::Ar) => "{code} رمز تسجيل الدخول إلى صالون. لا تشاركه مع أحد.",
        (MessageKind::AuthCode, Locale::En) => "{code} is your Salon sign-in code. Do not share it with anyone.",
        (MessageKind::VerifyCode, Locale::Ar) => "{code} رمز تأكيد رقم جوالك في صالون. لا تشاركه مع أحد.",
        (MessageKind::VerifyCode, Locale::En) => "{code} is your Salon code to confirm this number. Do not share it with anyone.",
        (MessageKind::PhoneChanged, Locale::Ar) => "انتقل حسابك في صالون إلى رقم آخر. إن لم تكن أنت فتواصل معنا.",
        (MessageKind::PhoneChanged, Locale::En) => {
            "Your Salon account has moved to another number. If this was not you, contact us."
        }
        (MessageKind::CodesOff, Locale::Ar) => "أوقفنا الدخول إلى صالون برسالة بعد رموز خاطئة كثيرة. تواصل معنا.",
        (MessageKind::CodesOff, Locale::En) => {
            "Signing in to Salon by text is off after too many wrong codes. Use a device that you signed in on before, or contact us."
        }
    }
}

/// What `salon sms test` sends. No code: whoever gets it by mistake should not wonder.
pub const fn test_text(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => "رسالة تجربة من صالون. ليس عليك فعل شيء.",
        Locale::En => "A test message from Salon. There is nothing to do.",
    }
}

/// The words in force: Salon's own, or the operator's, and the line for phones. Whatever is in here has passed the linter.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    host: Option<OtpHost>,
    /// The operator's. A handful.
    own: Vec<(MessageKind, Locale, String)>,
}

impl Templates {
    /// Salon's own words; with a host, code messages end in a line for phones.
    ///
    /// # Errors
    /// [`LintError::TooLong`] when the host is too long for one of them. A message that gets other words later is not looked at:
    /// `is_replaced`.
    pub fn new(host: Option<OtpHost>, is_replaced: impl Fn(MessageKind, Locale) -> bool) -> Result<Self, LintError> {
        for (kind, locale) in every_message().filter(|(kind, locale)| !is_replaced(*kind, *locale)) {
            lint(kind, locale, built_in(kind, locale), host.as_ref())?;
        }
        Ok(Self { host, own: Vec::new() })
    }

    /// Other words for one message. Space around them is dropped.
    ///
    /// # Errors
    /// The first rule that they break.
    pub fn replace(&mut self, kind: MessageKind, locale: Locale, words: &str) -> Result<(), LintError> {
        let words = words.trim_matches([' ', '\n']);
        lint(kind, locale, words, self.host.as_ref())?;
        self.own.retain(|(other, language, _)| (*other, *language) != (kind, locale));
        self.own.push((kind, locale, words.to_owned()));
        Ok(())
    }

    /// The words, with `{code}` where the code goes.
    pub fn template(&self, kind: MessageKind, locale: Locale) -> &str {
        let own = self.own.iter().find(|(other, language, _)| (*other, *language) == (kind, locale));
        own.map_or(built_in(kind, locale), |(_, _, words)| words)
    }

    /// The text as it goes out, with the code in place.
    pub fn render(&self, kind: MessageKind, locale: Locale, code: Option<&str>) -> String {
        fill(self.template(kind, locale), self.host.as_ref(), code)
    }

    /// How long each text is with the longest code.
    pub fn lengths(&self) -> impl Iterator<Item = (MessageKind, Locale, Segments)> {
        every_message().map(|(kind, locale)| (kind, locale, longest(kind, self.template(kind, locale), self.host.as_ref())))
    }
}

fn every_message() -> impl Iterator<Item = (MessageKind, Locale)> {
    MessageKind::ALL.into_iter().flat_map(|kind| [Locale::Ar, Locale::En].map(|locale| (kind, locale)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segments::{Encoding, segments};

    fn with_host(text: &str, is_replaced: impl Fn(MessageKind, Locale) -> bool) -> Result<Templates, LintError> {
        Templates::new(Some(OtpHost::parse(text).expect("a host")), is_replaced)
    }

    #[test]
    fn every_template_passes_the_linter_with_the_longest_code() {
        for (kind, locale) in every_message() {
            assert_eq!(lint(kind, locale, built_in(kind, locale), None), Ok(()), "{kind:?} {locale:?}");
        }
        for (kind, locale, length) in Templates::default().lengths() {
            let encoding = if locale == Locale::Ar { Encoding::Ucs2 } else { Encoding::Gsm7 };
            assert_eq!((length.encoding, length.segments), (encoding, 1), "{kind:?} {locale:?}");
        }
        for locale in [Locale::Ar, Locale::En] {
            assert_eq!(segments(test_text(locale)).segments, 1);
            assert!(!test_text(locale).contains(char::is_numeric));
        }
    }

    #[test]
    fn the_code_stands_first() {
        let texts = Templates::default();
        assert!(texts.render(MessageKind::AuthCode, Locale::En, Some("123456")).starts_with("123456 "));
        assert!(texts.render(MessageKind::AuthCode, Locale::Ar, Some("123456")).starts_with("123456 "));
    }

    #[test]
    fn the_line_for_phones_is_the_last_and_only_where_there_is_a_code() {
        let texts = with_host("salon.example", |_, _| false).expect("it fits");
        let text = texts.render(MessageKind::AuthCode, Locale::En, Some("123456"));
        assert_eq!(text, "123456 is your Salon sign-in code. Do not share it with anyone.\n@salon.example #123456");
        let told = texts.render(MessageKind::PhoneChanged, Locale::Ar, None);
        assert_eq!(told, built_in(MessageKind::PhoneChanged, Locale::Ar));
        let lengths: Vec<_> = texts.lengths().map(|(_, locale, length)| (locale.as_str(), length.segments)).collect();
        assert_eq!(lengths, [("ar", 2), ("en", 1), ("ar", 2), ("en", 1), ("ar", 1), ("en", 1), ("ar", 1), ("en", 1)]);
    }

    #[test]
    fn a_host_too_long_for_the_words_is_refused_unless_they_are_replaced() {
        let long = format!("{}.example", "a".repeat(60));
        assert!(matches!(with_host(&long, |_, _| false), Err(LintError::TooLong { most: 2, .. })));
        let mut texts = with_host(&long, |_, locale| locale == Locale::Ar).expect("the English ones fit");
        let words = "{code} رمز الدخول. لا تعطه.";
        assert_eq!(texts.replace(MessageKind::AuthCode, Locale::Ar, words), Ok(()));
    }

    #[test]
    fn an_operator_has_other_words_for_one_message() {
        let mut texts = Templates::default();
        let words = "\n{code} is your Glow login code. Never share it. \n";
        texts.replace(MessageKind::AuthCode, Locale::En, words).expect("good words");
        assert_eq!(
            texts.render(MessageKind::AuthCode, Locale::En, Some("123456")),
            "123456 is your Glow login code. Never share it."
        );
        assert_eq!(texts.template(MessageKind::AuthCode, Locale::Ar), built_in(MessageKind::AuthCode, Locale::Ar));
        let refused = texts.replace(MessageKind::AuthCode, Locale::En, "{code} is for glow.example");
        assert_eq!(refused, Err(LintError::Link));
        assert!(texts.template(MessageKind::AuthCode, Locale::En).contains("Glow login"), "and changes nothing");
    }
}
