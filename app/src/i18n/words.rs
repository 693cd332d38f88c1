//! Numbers in words: spans of time and what is left, with the plural forms that Arabic asks for. Digits are ASCII in both languages.

use domain::locale::Locale;

/// The forms of one unit: 1, 2, 3–10, 11 and more. The Arabic ones stand after a preposition.
struct Unit {
    one: &'static str,
    two: &'static str,
    few: &'static str,
    many: &'static str,
}

const SECOND: Unit = Unit { one: "ثانية واحدة", two: "ثانيتين", few: "ثوانٍ", many: "ثانية" };
const MINUTE: Unit = Unit { one: "دقيقة واحدة", two: "دقيقتين", few: "دقائق", many: "دقيقة" };
const HOUR: Unit = Unit { one: "ساعة واحدة", two: "ساعتين", few: "ساعات", many: "ساعة" };
const DAY: Unit = Unit { one: "يوم واحد", two: "يومين", few: "أيام", many: "يومًا" };

fn arabic(n: u64, unit: &Unit) -> String {
    match (n, n % 100) {
        (1, _) => unit.one.to_owned(),
        (2, _) => unit.two.to_owned(),
        (_, 3..=10) => format!("{n} {}", unit.few),
        _ => format!("{n} {}", unit.many),
    }
}

fn english(n: u64, unit: &str) -> String {
    if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") }
}

/// A span of time, rounded up to seconds, minutes, hours or days: waiting that long is always enough. It fits after «بعد» and "in".
pub fn span(seconds: u64, locale: Locale) -> String {
    let (n, arabic_unit, english_unit) = match seconds {
        0..=99 => (seconds.max(1), &SECOND, "second"),
        100..=5_940 => (seconds.div_ceil(60), &MINUTE, "minute"),
        5_941..=172_800 => (seconds.div_ceil(3_600), &HOUR, "hour"),
        _ => (seconds.div_ceil(86_400), &DAY, "day"),
    };
    match locale {
        Locale::Ar => arabic(n, arabic_unit),
        Locale::En => english(n, english_unit),
    }
}

/// How long ago something was, rounded down.
pub fn ago(seconds: u64, locale: Locale) -> String {
    let (n, arabic_unit, english_unit) = match seconds {
        0..=119 => {
            return match locale {
                Locale::Ar => "الآن".to_owned(),
                Locale::En => "just now".to_owned(),
            };
        }
        120..=5_399 => (seconds / 60, &MINUTE, "minute"),
        5_400..=172_799 => ((seconds / 3_600).max(1), &HOUR, "hour"),
        _ => (seconds / 86_400, &DAY, "day"),
    };
    match locale {
        Locale::Ar => format!("قبل {}", arabic(n, arabic_unit)),
        Locale::En => format!("{} ago", english(n, english_unit)),
    }
}

/// How many guesses are left, as a sentence.
pub fn attempts_left(n: u8, locale: Locale) -> String {
    match (locale, n) {
        (Locale::Ar, 0) => "لم تبقَ لك محاولات".to_owned(),
        (Locale::Ar, 1) => "بقيت لك محاولة واحدة".to_owned(),
        (Locale::Ar, 2) => "بقيت لك محاولتان".to_owned(),
        (Locale::Ar, 3..=10) => format!("بقيت لك {n} محاولات"),
        (Locale::Ar, _) => format!("بقيت لك {n} محاولة"),
        (Locale::En, 1) => "1 attempt left".to_owned(),
        (Locale::En, _) => format!("{n} attempts left"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_counts_in_all_its_forms() {
        for (seconds, words) in [
            (1, "ثانية واحدة"),
            (2, "ثانيتين"),
            (3, "3 ثوانٍ"),
            (10, "10 ثوانٍ"),
            (11, "11 ثانية"),
            (59, "59 ثانية"),
            (120, "دقيقتين"),
            (600, "10 دقائق"),
            (3_540, "59 دقيقة"),
            (5_941, "ساعتين"),
            (36_000, "10 ساعات"),
            (82_800, "23 ساعة"),
            (172_801, "3 أيام"),
            (950_400, "11 يومًا"),
        ] {
            assert_eq!(span(seconds, Locale::Ar), words, "{seconds}");
        }
        assert_eq!(attempts_left(1, Locale::Ar), "بقيت لك محاولة واحدة");
        assert_eq!(attempts_left(4, Locale::Ar), "بقيت لك 4 محاولات");
    }

    #[test]
    fn a_wait_is_never_rounded_down() {
        assert_eq!(span(0, Locale::En), "1 second");
        assert_eq!(span(99, Locale::En), "99 seconds");
        assert_eq!(span(100, Locale::En), "2 minutes");
        assert_eq!(span(3_541, Locale::En), "60 minutes");
        assert_eq!(span(7_201, Locale::En), "3 hours");
        assert_eq!(span(259_200, Locale::En), "3 days");
    }

    #[test]
    fn the_past_is_told_roughly() {
        assert_eq!(ago(30, Locale::Ar), "الآن");
        assert_eq!(ago(300, Locale::Ar), "قبل 5 دقائق");
        assert_eq!(ago(7_300, Locale::En), "2 hours ago");
        assert_eq!(ago(86_400 * 12, Locale::Ar), "قبل 12 يومًا");
    }
}
