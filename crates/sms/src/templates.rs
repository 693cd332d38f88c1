//! The words of each message in each language. Code first, purpose named, "do not share", no link (people-and-phones.md §3).
//!
//! To add one: a `MessageKind` in the domain; the compiler asks for its words here; the linter test checks them.

use domain::locale::Locale;
use domain::message::MessageKind;

/// Where the code goes.
const CODE: &str = "{code}";

/// The words, with `{code}` where the code goes.
pub const fn template(kind: MessageKind, locale: Locale) -> &'static str {
    match (kind, locale) {
        (MessageKind::AuthCode, Locale::Ar) => "{code} رمز تسجيل الدخول إلى صالون. لا تشاركه مع أحد.",
        (MessageKind::AuthCode, Locale::En) => "{code} is your Salon sign-in code. Do not share it with anyone.",
        (MessageKind::VerifyCode, Locale::Ar) => "{code} رمز تأكيد رقم جوالك في صالون. لا تشاركه مع أحد.",
        (MessageKind::VerifyCode, Locale::En) => "{code} is your Salon code to confirm this number. Do not share it with anyone.",
        (MessageKind::PhoneChanged, Locale::Ar) => "انتقل حسابك في صالون إلى رقم آخر. إن لم تكن أنت فتواصل معنا.",
        (MessageKind::PhoneChanged, Locale::En) => {
            "Your Salon account has moved to another number. If this was not you, contact us."
        }
    }
}

/// The words with the code in place.
pub fn render(kind: MessageKind, locale: Locale, code: Option<&str>) -> String {
    template(kind, locale).replace(CODE, code.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linter::lint;

    #[test]
    fn every_template_passes_the_linter_with_the_longest_code() {
        for kind in MessageKind::ALL {
            for locale in [Locale::Ar, Locale::En] {
                assert_eq!(lint(kind, locale, template(kind, locale)), Ok(()), "{kind:?} {locale:?}");
            }
        }
    }

    #[test]
    fn the_code_stands_first() {
        assert!(render(MessageKind::AuthCode, Locale::En, Some("123456")).starts_with("123456 "));
        assert!(render(MessageKind::AuthCode, Locale::Ar, Some("123456")).starts_with("123456 "));
    }
}
