//! Instants in words, in the salon's time.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc, Weekday};
use chrono_tz::Asia::Riyadh;
use domain::locale::Locale;

use super::hijri::hijri_day;
use crate::display::Calendar;

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
    moment_in(at, Calendar::Gregorian, locale)
}

/// "Sunday 22 November 2026", or "Sunday 12 Jumada II 1448 AH", in Riyadh.
pub(crate) fn day_in(at: DateTime<Utc>, calendar: Calendar, locale: Locale) -> String {
    let at = at.with_timezone(&Riyadh);
    let weekday = match locale {
        Locale::Ar => day(at.weekday()).0,
        Locale::En => day(at.weekday()).1,
    };
    let number = match calendar {
        Calendar::Hijri => hijri_day(at.date_naive(), locale),
        Calendar::Gregorian => None,
    };
    format!("{weekday} {}", number.unwrap_or_else(|| gregorian_day(at.date_naive(), locale)))
}

/// The same with the hour.
pub(crate) fn moment_in(at: DateTime<Utc>, calendar: Calendar, locale: Locale) -> String {
    let hour = at.with_timezone(&Riyadh);
    let (hour, minute) = (hour.hour(), hour.minute());
    let comma = if locale == Locale::Ar { '،' } else { ',' };
    format!("{}{comma} {hour:02}:{minute:02}", day_in(at, calendar, locale))
}

/// The day of the week.
pub(crate) const fn weekday(of: Weekday, locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => day(of).0,
        Locale::En => day(of).1,
    }
}

/// "Sunday 22 November 2026", of a day on some wall.
pub(crate) fn date_words(date: NaiveDate, locale: Locale) -> String {
    format!("{} {}", weekday(date.weekday(), locale), gregorian_day(date, locale))
}

fn gregorian_day(at: NaiveDate, locale: Locale) -> String {
    let (number, month, year) = (at.day(), month(at.month()), at.year());
    match locale {
        Locale::Ar => format!("{number} {} {year}", month.0),
        Locale::En => format!("{number} {} {year}", month.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_its_weekday_in_both_calendars_and_turns_at_midnight_in_riyadh() {
        let last = at("2026-06-15T20:59:59Z");
        let first = at("2026-06-15T21:00:00Z");
        assert_eq!(day_in(last, Calendar::Hijri, Locale::En), "Monday 29 Dhu al-Hijjah 1447 AH");
        assert_eq!(day_in(first, Calendar::Hijri, Locale::En), "Tuesday 1 Muharram 1448 AH");
        assert_eq!(day_in(first, Calendar::Gregorian, Locale::En), "Tuesday 16 June 2026");
        assert_eq!(moment_in(first, Calendar::Hijri, Locale::Ar), "الثلاثاء 1 محرم 1448 هـ، 00:00");
    }

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
