//! Days of the Umm al-Qura calendar, in words.

use chrono::{Datelike, NaiveDate};
use domain::locale::Locale;
use icu_calendar::Date;
use icu_calendar::cal::Hijri;

/// Arabic, English.
const MONTHS: [(&str, &str); 12] = [
    ("محرم", "Muharram"),
    ("صفر", "Safar"),
    ("ربيع الأول", "Rabi I"),
    ("ربيع الآخر", "Rabi II"),
    ("جمادى الأولى", "Jumada I"),
    ("جمادى الآخرة", "Jumada II"),
    ("رجب", "Rajab"),
    ("شعبان", "Shaban"),
    ("رمضان", "Ramadan"),
    ("شوال", "Shawwal"),
    ("ذو القعدة", "Dhu al-Qidah"),
    ("ذو الحجة", "Dhu al-Hijjah"),
];

/// "15 Jumada II 1448 AH". Beyond 1300 to 1600 AH, for which there is no table, the library counts by rule. Its table is the published one up
/// to 1450 (May 2029); for what it is after that see docs/adr/0028.
///
/// A day is counted from midnight to midnight, as everything civil in Saudi Arabia is, and not from sunset.
pub(super) fn hijri_day(day: NaiveDate, locale: Locale) -> Option<String> {
    let (month, number) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    let hijri = Date::try_new_iso(day.year(), month, number).ok()?.to_calendar(Hijri::new_umm_al_qura());
    let (arabic, english) = MONTHS.get(usize::from(hijri.month().ordinal).checked_sub(1)?)?;
    let (number, year) = (hijri.day_of_month().0, hijri.year().extended_year());
    Some(match locale {
        Locale::Ar => format!("{number} {arabic} {year} هـ"),
        Locale::En => format!("{number} {english} {year} AH"),
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    /// Which months of 1420 to 1450 have thirty days, as `hijridate` has it from the published tables: another source than the library's.
    /// From 1451 (May 2029) the two tell a day apart in every third month, and before 1420 the rule was another.
    #[rustfmt::skip]
    const LONG_MONTHS: [u16; 31] = [
        0b0100_1011_1101, 0b0010_0011_1101, 0b1001_0001_1101, 0b1010_1001_0101, 0b1011_0100_1010, 0b1011_0101_1010,
        0b0101_0110_1101, 0b0010_1011_0110, 0b1001_0011_1011, 0b0100_1001_1011, 0b0110_0101_0101, 0b0110_1010_1001,
        0b0111_0101_0100, 0b1011_0110_1010, 0b0101_0110_1100, 0b1010_1010_1101, 0b0101_0101_0101, 0b1011_0010_1001,
        0b1011_1001_0010, 0b1011_1010_1001, 0b0101_1101_0100, 0b1010_1101_1010, 0b0101_0101_1010, 0b1010_1010_1011,
        0b0101_1001_0101, 0b0111_0100_1001, 0b0111_0110_0100, 0b1011_1010_1010, 0b0101_1011_0101, 0b0010_1011_0110,
        0b1010_0101_0110,
    ];

    fn said(day: NaiveDate) -> String {
        hijri_day(day, Locale::En).expect("a day")
    }

    #[test]
    fn every_month_of_thirty_one_years_begins_where_another_source_says() {
        let mut day: NaiveDate = "1999-04-17".parse().expect("a day");
        for (year, long) in (1420..).zip(LONG_MONTHS) {
            for (at, (_, month)) in MONTHS.into_iter().enumerate() {
                assert_eq!(said(day), format!("1 {month} {year} AH"), "{day}");
                let days = if long & (1 << (11 - at)) == 0 { 29 } else { 30 };
                day += TimeDelta::days(days);
                assert_eq!(said(day - TimeDelta::days(1)), format!("{days} {month} {year} AH"), "{day}");
            }
        }
    }

    #[test]
    fn days_that_everybody_remembers_are_right() {
        let told =
            [("2026-06-16", "1 Muharram 1448 AH"), ("2026-02-18", "1 Ramadan 1447 AH"), ("2000-01-01", "24 Ramadan 1420 AH")];
        for (gregorian, hijri) in told {
            assert_eq!(said(gregorian.parse().expect("a day")), hijri);
        }
        let today = "2026-11-25".parse().expect("a day");
        assert_eq!(hijri_day(today, Locale::Ar).as_deref(), Some("15 جمادى الآخرة 1448 هـ"));
    }
}
