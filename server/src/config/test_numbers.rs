//! Numbers with a fixed code, for those who review the apps in a store (docs/adr/0019).

use std::fmt::Write;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Asia::Riyadh;
use domain::challenge::CodeLength;
use domain::otp::{self, Code};
use domain::phone::{Mask, PhoneNumber, Region};
use domain::secret::Secret;
use serde::Deserialize;
use toml::{Table, Value};
use usecases::settings::TestNumber;

use super::model::Config;
use super::problem::{ConfigError, KeyProblem};

/// Stores ask for one or two.
const MOST: usize = 10;
/// A number that is forgotten in the configuration must not open a door for ever.
const LONGEST: TimeDelta = TimeDelta::days(90);
/// A code with fewer different digits, or with a longer run of neighbours, is among the first that are guessed.
const DIFFERENT_DIGITS: usize = 4;
const LONGEST_RUN: usize = 3;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestNumberConfig {
    pub phone: String,
    pub code: Secret<String>,
    /// The first day on which it does not work, in Riyadh.
    pub expires: String,
    #[serde(default)]
    pub confirmed: bool,
}

impl TestNumberConfig {
    pub(super) fn shown(&self, region: Region) -> Value {
        let phone = PhoneNumber::parse(&self.phone, region).map_or_else(|_| "?".to_owned(), |phone| phone.masked(Mask::M2));
        let mut table = Table::new();
        table.insert("phone".to_owned(), phone.into());
        table.insert("code".to_owned(), super::show::hidden(self.code.expose()));
        table.insert("expires".to_owned(), self.expires.clone().into());
        table.insert("confirmed".to_owned(), self.confirmed.into());
        Value::Table(table)
    }

    fn read(&self, default_region: Region, say: &mut impl FnMut(&str, String)) -> Option<TestNumber> {
        let phone = PhoneNumber::parse(&self.phone, default_region)
            .map_err(|error| say("phone", format!("is no mobile number ({})", error.reason.as_str())))
            .ok();
        let code = self.code().map_err(|reason| say("code", reason)).ok();
        let expires_at = midnight(&self.expires);
        if expires_at.is_none() {
            say("expires", "must be a day such as 2027-01-31: the first on which it does not work, in Riyadh".to_owned());
        }
        if let (Some(phone), Some((code, _))) = (&phone, &code)
            && phone.as_e164().contains(code.expose())
        {
            say("code", "is part of the number".to_owned());
        }
        let ((code, code_length), phone, expires_at) = (code?, phone?, expires_at?);
        Some(TestNumber { phone, code, code_length, expires_at })
    }

    fn code(&self) -> Result<(Code, CodeLength), String> {
        let text = self.code.expose();
        let length = u8::try_from(text.len()).ok().and_then(CodeLength::new);
        let length = length.filter(|_| text.bytes().all(|byte| byte.is_ascii_digit())).ok_or("must be 6 to 10 digits")?;
        if is_easily_guessed(text.as_bytes()) {
            return Err(format!(
                "is too easily guessed: {DIFFERENT_DIGITS} different digits at least, and no more than {LONGEST_RUN} in order"
            ));
        }
        otp::read(text, length).map(|code| (code, length)).ok_or_else(|| "must be 6 to 10 digits".to_owned())
    }
}

fn is_easily_guessed(digits: &[u8]) -> bool {
    let different = (b'0'..=b'9').filter(|digit| digits.contains(digit)).count();
    let is_run =
        |part: &[u8]| [1, -1].iter().any(|step| part.windows(2).all(|two| i16::from(two[1]) - i16::from(two[0]) == *step));
    different < DIFFERENT_DIGITS || digits.windows(LONGEST_RUN + 1).any(is_run)
}

/// The moment a day begins in Riyadh.
fn midnight(day: &str) -> Option<DateTime<Utc>> {
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    Riyadh.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest().map(|at| at.to_utc())
}

impl Config {
    /// The test numbers as the use cases want them, whatever the day. Names everything that is wrong with them.
    pub fn test_numbers(&self, default_region: Region, countries: &[Region]) -> Result<Vec<TestNumber>, ConfigError> {
        let (mut numbers, mut problems) = (Vec::<TestNumber>::new(), Vec::new());
        if self.otp.test_numbers.len() > MOST {
            problems.push(KeyProblem::new("otp.test_numbers", format!("are more than {MOST}")));
        }
        for (at, entry) in self.otp.test_numbers.iter().enumerate() {
            let mut say =
                |key: &str, reason: String| problems.push(KeyProblem::new(format!("otp.test_numbers[{at}].{key}"), reason));
            let Some(number) = entry.read(default_region, &mut say) else { continue };
            let country = number.phone.country();
            if numbers.iter().any(|earlier| earlier.phone == number.phone) {
                say("phone", "stands there before already".to_owned());
            }
            if !number.phone.is_fictional() {
                if !countries.contains(&country) {
                    say("phone", format!("is of {country}, which phones.countries does not have"));
                }
                if self.is_production() && !entry.confirmed {
                    let reason = "can be dialled, and somebody may have it: `confirmed = true` says that it is yours. \
                                  Numbers that nobody has are +1 202 555 0100 to 0199";
                    say("phone", reason.to_owned());
                }
            }
            numbers.push(number);
        }
        if problems.is_empty() { Ok(numbers) } else { Err(ConfigError(problems)) }
    }

    /// What is wrong with their days: none may lie further ahead than 90 days. One that has come is no reason not to start, on the
    /// contrary: then the number is one like any other, and a restart at night must not fail because of it.
    pub fn test_numbers_last_too_long(&self, now: DateTime<Utc>) -> Vec<KeyProblem> {
        let days = self.otp.test_numbers.iter().map(|entry| midnight(&entry.expires)).enumerate();
        let far = days.filter(|(_, day)| day.is_some_and(|day| day - now > LONGEST));
        let reason = format!("is more than {} days ahead", LONGEST.num_days());
        far.map(|(at, _)| KeyProblem::new(format!("otp.test_numbers[{at}].expires"), reason.clone())).collect()
    }
}

/// Which numbers are in force at `now` and until when, masked, as lines of comment.
pub fn test_numbers_in_words(numbers: &[TestNumber], now: DateTime<Utc>) -> String {
    let mut shown = String::new();
    if !numbers.is_empty() {
        shown.push_str("\n# Test numbers:\n");
    }
    for number in numbers {
        let (phone, left) = (number.phone.masked(Mask::M2), number.expires_at - now);
        let state = match left.num_days() {
            _ if left <= TimeDelta::zero() => "over: a number like any other, take it out".to_owned(),
            0 => "ends today".to_owned(),
            days => format!("{days} days left"),
        };
        let _ = writeln!(shown, "# {phone}: {state}");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Sources, load, redacted};

    fn config(text: &str) -> Config {
        load(&Sources { file: Some(("salon.toml".into(), text.to_owned())), variables: Vec::new() }).expect("it loads")
    }

    fn entry(phone: &str, code: &str, expires: &str, more: &str) -> String {
        format!("[[otp.test_numbers]]\nphone = '{phone}'\ncode = '{code}'\nexpires = {expires}\n{more}\n")
    }

    fn problems(text: &str) -> Vec<String> {
        let error = config(text).settings().err().map_or_else(Vec::new, |error| error.0);
        error.into_iter().map(|problem| problem.key.replace("otp.test_numbers", "")).collect()
    }

    const FILM: &str = "+1 202 555 0100";
    const REAL: &str = "0501234567";
    const CODE: &str = "481516";

    #[test]
    fn a_number_is_read_with_its_code_and_its_last_midnight() {
        let text = entry(FILM, "48151623", "2027-01-31", "") + &entry(REAL, CODE, "'2027-02-01'", "");
        let numbers = config(&text).settings().expect("right").test_numbers;
        let shown: Vec<_> = numbers.iter().map(|n| (n.phone.as_e164(), n.code.expose(), n.code_length.digits())).collect();
        assert_eq!(shown, [("+12025550100", "48151623", 8), ("+966501234567", CODE, 6)]);
        assert_eq!(numbers[0].expires_at.to_rfc3339(), "2027-01-30T21:00:00+00:00", "midnight in Riyadh");
        assert!(problems("").is_empty());
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(problems(&entry("0112345678", "12", "'soon'", "")), ["[0].phone", "[0].code", "[0].expires"]);
        assert_eq!(
            problems(&(entry(REAL, CODE, "2027-01-31", "") + &entry("+966501234567", CODE, "2027-01-31", ""))),
            ["[1].phone"]
        );
        assert_eq!(problems(&entry("+44 7400 123456", CODE, "2027-01-31", "")), ["[0].phone"], "not a country that is served");
        let eleven: String = (100..111).map(|last| entry(&format!("+1202555{last:04}"), CODE, "2027-01-31", "")).collect();
        assert_eq!(problems(&eleven), [""]);
    }

    #[test]
    fn a_code_that_is_guessed_at_once_is_refused() {
        for easy in
            ["12345", "12345678901", "48151x", "٤٨١٥١٦", "111111", "121212", "123123", "123407", "876501", "234567", "501234"]
        {
            assert_eq!(problems(&entry(REAL, easy, "2027-01-31", "")), ["[0].code"], "{easy}");
        }
        for fine in [CODE, "0011223344", "102938", "9081726354"] {
            assert_eq!(problems(&entry(REAL, fine, "2027-01-31", "")), [""; 0], "{fine}");
        }
    }

    #[test]
    fn production_wants_to_know_whose_a_number_is_that_rings() {
        let is_refused = |phone: &str, more: &str| {
            problems(&format!("env = 'production'\n{}", entry(phone, CODE, "2027-01-31", more))).contains(&"[0].phone".to_owned())
        };
        assert!(is_refused(REAL, ""));
        assert!(!is_refused(REAL, "confirmed = true"));
        assert!(!is_refused(FILM, ""));
        assert!(problems(&entry(REAL, CODE, "2027-01-31", "")).is_empty(), "in development it does not matter");
    }

    #[test]
    fn ninety_days_ahead_are_enough_and_a_day_that_has_come_is_no_reason_not_to_start() {
        let now = midnight("2026-11-02").expect("a day");
        let too_long = |day: &str| !config(&entry(REAL, CODE, day, "")).test_numbers_last_too_long(now).is_empty();
        assert!(!too_long("2027-01-31"));
        assert!(too_long("2027-02-01"));
        assert!(!too_long("2020-01-01"));
    }

    #[test]
    fn neither_code_nor_number_shows() {
        let config = config(&entry(REAL, CODE, "2027-01-31", ""));
        let settings = config.settings().expect("right");
        let in_words = test_numbers_in_words(&settings.test_numbers, midnight("2027-01-01").expect("a day"));
        assert!(in_words.contains("# +9665•••••567: 30 days left"), "{in_words}");
        let over = test_numbers_in_words(&settings.test_numbers, midnight("2027-01-31").expect("a day"));
        assert!(over.contains("over"), "{over}");
        let shown = redacted(&config);
        assert!(shown.contains("+9665•••••567") && shown.contains("2027-01-31"), "{shown}");
        for text in [shown, in_words, over, format!("{settings:?}"), format!("{:?}", config.otp.test_numbers[0].code)] {
            assert!(!text.contains(CODE) && !text.contains("501234567"), "{text}");
        }
        assert_eq!(test_numbers_in_words(&[], midnight("2027-01-31").expect("a day")), "");
    }
}
