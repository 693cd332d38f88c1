//! Instants in words, in the salon's time.

use chrono::{DateTime, Datelike, Timelike, Utc, Weekday};
use chrono_tz::Asia::Riyadh;
use domain::locale::Locale;

/// Arabic, English.
type Pair = (&'static str, &'static str);

const fn day(day: Weekday) -> Pair {
    match day {
        Weekday::Sun => ("الأحد", "Sunday"),
        Weekday::Mon => ("الاثنين", "Monday"),
        Weekday::Tue => ("الثلاثاء", "Tuesday"),
        Weekday::Wed => ("الأربعاء", "Wednesday"),
        Weekday::Thu => ("الخميس", "Thursday"),
        Weekday::Fri => ("الجمعة", "Friday"),
        Weekday::Sat => ("السبت", "Saturday"),
    }
}

/// From 1 to 12.
const fn month(number: u32) -> Pair {
    match number {
        1 => ("يناير", "January"),
        2 => ("فبراير", "February"),
        3 => ("مارس", "March"),
        4 => ("أبريل", "April"),
        5 => ("مايو", "May"),
        6 => ("يونيو", "June"),
        7 => ("يوليو", "July"),
        8 => ("أغسطس", "August"),
        9 => ("سبتمبر", "September"),
        10 => ("أكتوبر", "October"),
        11 => ("نوفمبر", "November"),
        _ => ("ديسمبر", "December"),
    }
}

/// "Sunday 22 November 2026, 15:12", in Riyadh. Digits are ASCII in both languages.
pub fn moment(at: DateTime<Utc>, locale: Locale) -> String {
    let at = at.with_timezone(&Riyadh);
    let (weekday, month) = (day(at.weekday()), month(at.month()));
    let (number, year, hour, minute) = (at.day(), at.year(), at.hour(), at.minute());
    match locale {
        Locale::Ar => format!("{} {number} {} {year}، {hour:02}:{minute:02}", weekday.0, month.0),
        Locale::En => format!("{} {number} {} {year}, {hour:02}:{minute:02}", weekday.1, month.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).expect("an instant").to_utc()
    }

    #[test]
    fn an_evening_in_utc_is_the_next_day_in_riyadh() {
        let last = at("2026-12-31T21:05:59Z");
        assert_eq!(moment(last, Locale::En), "Friday 1 January 2027, 00:05");
        assert_eq!(moment(last, Locale::Ar), "الجمعة 1 يناير 2027، 00:05");
        assert_eq!(moment(at("2026-11-22T12:12:00Z"), Locale::En), "Sunday 22 November 2026, 15:12");
    }
}
