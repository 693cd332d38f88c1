//! The words by which a text says what it is for, and that a code is not to be shared. `docs/sms.md` lists them for operators.

use domain::locale::Locale;
use domain::message::MessageKind;

/// What each message says it is for; one of these.
pub(crate) const fn purposes(kind: MessageKind, locale: Locale) -> &'static [&'static str] {
    match (kind, locale) {
        (MessageKind::AuthCode, Locale::Ar) => &["تسجيل الدخول", "تسجيل دخول", "رمز الدخول", "رمز دخول", "للدخول"],
        (MessageKind::AuthCode, Locale::En) => &["sign in", "signing in", "log in", "login", "logging in"],
        (MessageKind::VerifyCode, Locale::Ar) => {
            &["تأكيد رقم", "تأكيد الرقم", "تأكيد جوال", "تأكيد الجوال", "توثيق رقم", "التحقق من رقم", "إثبات رقم"]
        }
        (MessageKind::VerifyCode, Locale::En) => &[
            "confirm this number",
            "confirm your number",
            "confirm your phone",
            "confirm your mobile",
            "verify this number",
            "verify your number",
            "verify your phone",
            "verify your mobile",
        ],
        (MessageKind::PhoneChanged, Locale::Ar) => &["رقم آخر", "رقم جديد", "تغيير رقم", "تغير رقم", "تغير الرقم", "تغيير الرقم"],
        (MessageKind::PhoneChanged, Locale::En) => &[
            "another number",
            "new number",
            "different number",
            "number was changed",
            "number has changed",
            "changed the number",
        ],
        (MessageKind::CodesOff, Locale::Ar) => &["أوقفنا", "أوقف", "موقوف", "متوقف", "إيقاف"],
        (MessageKind::CodesOff, Locale::En) => &["is off", "turned off", "switched off", "stopped"],
    }
}

/// How a code message says that nobody else is to have the code; one of these.
pub(crate) const fn sharing(locale: Locale) -> &'static [&'static str] {
    match locale {
        Locale::Ar => &["لا تشارك", "لا تعط", "لا تفصح", "لا تخبر"],
        Locale::En => {
            &["do not share", "don't share", "never share", "do not give", "don't give", "never give", "keep it secret"]
        }
    }
}

/// Whether a text holds one of these phrases. Letter case, punctuation, tatweel, vowel marks and the forms of alef make no difference.
/// A phrase begins where a word begins, in Arabic after one joined letter (`وَ`, `لِ`) too: `أهلا تشارك` does not say `لا تشارك`.
pub(crate) fn holds_one(text: &str, locale: Locale, phrases: &[&str]) -> bool {
    let text = plain(text);
    phrases.iter().any(|phrase| {
        let phrase = plain(phrase);
        let phrase = phrase.trim();
        match locale {
            Locale::Ar => ["", "و", "ف", "ل", "ب"].iter().any(|joined| text.contains(&format!(" {joined}{phrase}"))),
            Locale::En => text.contains(&format!(" {phrase} ")),
        }
    })
}

/// Words only, one space around each.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|letter| !is_mark(*letter)).map(|letter| match letter {
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        letter if letter.is_alphanumeric() => letter.to_ascii_lowercase(),
        _ => ' ',
    });
    let text: String = letters.collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    format!(" {} ", words.join(" "))
}

/// Tatweel and the vowel marks: they change how a word looks, not what it says.
pub(crate) const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{640}' | '\u{64b}'..='\u{652}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_however_it_is_written() {
        for text in ["لا تشاركه مع أحد", "ولا تشاركوه", "لا تُشَارِكه", "لا تـشـارك", "سري: لا تشارك!"]
        {
            assert!(holds_one(text, Locale::Ar, sharing(Locale::Ar)), "{text}");
        }
        for text in ["Do NOT share", "please, don't share it", "Never\nshare this"] {
            assert!(holds_one(text, Locale::En, sharing(Locale::En)), "{text}");
        }
        assert!(holds_one("للتحقق: اثبات رقمك", Locale::Ar, purposes(MessageKind::VerifyCode, Locale::Ar)));
        assert!(holds_one("your sign-in code", Locale::En, purposes(MessageKind::AuthCode, Locale::En)));
    }

    #[test]
    fn operators_can_look_every_phrase_up() {
        let page = include_str!("../../../docs/sms.md");
        for locale in [Locale::Ar, Locale::En] {
            for phrase in MessageKind::ALL.into_iter().flat_map(|kind| purposes(kind, locale)).chain(sharing(locale)) {
                assert!(page.contains(&format!("`{phrase}")), "{phrase}");
            }
        }
    }

    #[test]
    fn what_only_looks_like_a_phrase_is_none() {
        for text in ["أهلا تشارك", "شاركه مع أحد", "تشارك لا"] {
            assert!(!holds_one(text, Locale::Ar, sharing(Locale::Ar)), "{text}");
        }
        for text in ["undo not share", "do share", "do not shareware", "do not. Please share"] {
            assert!(!holds_one(text, Locale::En, sharing(Locale::En)), "{text}");
        }
    }
}
