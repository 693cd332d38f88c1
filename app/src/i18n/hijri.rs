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

/// "15 Jumada II 1448 AH". Outside 1300 to 1600 AH, for which there is no table, the library counts by rule.
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
    use super::*;

    /// The first days of the months of four years, as `hijridate` has them from the tables that were published: another source than the
    /// library's.
    const MONTH_BEGINS: [(i32, [&str; 12]); 4] = [
        (
            1446,
            [
                "2024-07-07",
                "2024-08-05",
                "2024-09-04",
                "2024-10-04",
                "2024-11-03",
                "2024-12-02",
                "2025-01-01",
                "2025-01-31",
                "2025-03-01",
                "2025-03-30",
                "2025-04-29",
                "2025-05-28",
            ],
        ),
        (
            1447,
            [
                "2025-06-26",
                "2025-07-26",
                "2025-08-24",
                "2025-09-23",
                "2025-10-23",
                "2025-11-22",
                "2025-12-21",
                "2026-01-20",
                "2026-02-18",
                "2026-03-20",
                "2026-04-18",
                "2026-05-18",
            ],
        ),
        (
            1448,
            [
                "2026-06-16",
                "2026-07-15",
                "2026-08-14",
                "2026-09-12",
                "2026-10-12",
                "2026-11-11",
                "2026-12-10",
                "2027-01-09",
                "2027-02-08",
                "2027-03-09",
                "2027-04-08",
                "2027-05-07",
            ],
        ),
        (
            1449,
            [
                "2027-06-06",
                "2027-07-05",
                "2027-08-03",
                "2027-09-02",
                "2027-10-01",
                "2027-10-31",
                "2027-11-29",
                "2027-12-29",
                "2028-01-28",
                "2028-02-26",
                "2028-03-27",
                "2028-04-26",
            ],
        ),
    ];

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn every_month_of_four_years_begins_where_another_source_says() {
        for (year, begins) in MONTH_BEGINS {
            for (first, (_, month)) in begins.into_iter().zip(MONTHS) {
                assert_eq!(hijri_day(day(first), Locale::En).as_deref(), Some(&*format!("1 {month} {year} AH")), "{first}");
            }
        }
    }

    #[test]
    fn days_far_away_are_right_too() {
        // From 1423 on, when the rule of today began. Of the years before, the sources tell a day apart here and there.
        let told = [
            ("2002-03-15", "1 Muharram 1423 AH"),
            ("2019-05-06", "1 Ramadan 1440 AH"),
            ("2038-02-05", "1 Muharram 1460 AH"),
            ("2053-05-19", "1 Shawwal 1475 AH"),
            ("2077-11-16", "30 Dhu al-Hijjah 1500 AH"),
        ];
        for (gregorian, hijri) in told {
            assert_eq!(hijri_day(day(gregorian), Locale::En).as_deref(), Some(hijri));
        }
        assert_eq!(hijri_day(day("2026-11-25"), Locale::Ar).as_deref(), Some("15 جمادى الآخرة 1448 هـ"));
    }
}
