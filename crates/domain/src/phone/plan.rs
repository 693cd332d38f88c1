//! Numbering plans: libphonenumber's metadata, read by libphonenumber's rules.
//!
//! The metadata comes from the `phonenumber` crate. Its matching is not used: it anchors patterns only at the front (a number that goes on
//! after a valid one passes), drops leading zeros that belong to the number (Ivory Coast, Congo), strips the trunk prefix of the wrong
//! country, and keeps its patterns behind one lock in a cache smaller than the table, so foreign input makes it compile all the time.

use std::collections::HashMap;
use std::sync::LazyLock;

use phonenumber::metadata::{DATABASE, Database};

use self::country::{CountryPlan, Kind};
use super::{PhoneNumber, PhoneReason, Region};

mod country;
mod pattern;

/// Plans by country code, the main country first.
static PLANS: LazyLock<HashMap<&'static str, Vec<CountryPlan>>> = LazyLock::new(|| {
    let database: &'static Database = &DATABASE;
    // By code and not by country: codes of no country (+800, +870) all have the id 001.
    let coded = CODES.iter().zip(0u16..).filter_map(|(text, code)| Some((text.as_str(), database.by_code(&code)?)));
    coded.map(|(text, countries)| (text, countries.into_iter().map(CountryPlan::new).collect())).collect()
});

/// Every number of up to three digits as text, so that country codes need no allocation.
static CODES: LazyLock<Vec<String>> = LazyLock::new(|| (0..1000).map(|code| code.to_string()).collect());

/// Splits digits into country code, national part and the countries that share the code.
fn split(digits: &str) -> Option<(&str, &str, &'static [CountryPlan])> {
    (1..=3).find_map(|len| {
        let (code, national) = digits.split_at_checked(len)?;
        Some((code, national, PLANS.get(code)?.as_slice()))
    })
}

/// Reads nine digits after +966.
pub(super) fn read_saudi(national: &str) -> Result<PhoneNumber, PhoneReason> {
    let plans = PLANS.get("966").ok_or(PhoneReason::UnknownCountry)?;
    judge("966", national, plans)
}

/// Reads digits that start with a country code.
pub(super) fn read_international(digits: &str) -> Result<PhoneNumber, PhoneReason> {
    let Some((code, national, plans)) = split(digits) else {
        let may_go_on = digits.len() < 3 && !digits.starts_with('0');
        return Err(if may_go_on { PhoneReason::TooShort } else { PhoneReason::UnknownCountry });
    };
    let main = plans.first().ok_or(PhoneReason::UnknownCountry)?;
    judge(code, &main.without_trunk_prefix(national), plans)
}

/// Reads digits as dialled inside `region`.
pub(super) fn read_national(digits: &str, region: Region) -> Result<PhoneNumber, PhoneReason> {
    let metadata = DATABASE.by_id(region.as_str()).ok_or(PhoneReason::UnknownCountry)?;
    let code = CODES[usize::from(metadata.country_code())].as_str();
    let plans = PLANS.get(code).ok_or(PhoneReason::UnknownCountry)?;
    let home = plans.iter().find(|plan| plan.id() == region.as_str()).ok_or(PhoneReason::UnknownCountry)?;
    if let Some(dialled) = home.after_international_prefix(digits) {
        return read_international(dialled);
    }
    let national = home.without_own_code(digits, code).unwrap_or_else(|| home.without_trunk_prefix(digits));
    judge(code, &national, plans)
}

/// Accepts a national number that some country of the code has as a mobile.
fn judge(code: &str, national: &str, plans: &[CountryPlan]) -> Result<PhoneNumber, PhoneReason> {
    let main = plans.first().ok_or(PhoneReason::UnknownCountry)?;
    match owner(national, plans).map_or(Kind::Unknown, |plan| plan.kind(national)) {
        Kind::Mobile => PhoneNumber::from_digits(code, national).ok_or(PhoneReason::InvalidNumber),
        Kind::Other => Err(PhoneReason::NotMobile),
        Kind::Unknown => Err(main.length_fault(national).unwrap_or(PhoneReason::InvalidNumber)),
    }
}

/// The country, of those sharing a code, that a number belongs to.
fn owner<'a>(national: &str, plans: &'a [CountryPlan]) -> Option<&'a CountryPlan> {
    match plans {
        [only] => Some(only),
        several => several.iter().find(|plan| plan.claims(national)),
    }
}

/// The country of a number this crate accepted earlier.
pub(super) fn country_of(digits: &str) -> Region {
    split(digits)
        .and_then(|(_, national, plans)| owner(national, plans))
        .and_then(|plan| Region::parse(plan.id()))
        .unwrap_or(Region::NONE)
}

/// International grouping without the plus and the country code: `50 123 4567`. None when the plan has no rule for it.
pub(super) fn grouped(code: &str, national: &str) -> Option<String> {
    PLANS.get(code)?.first()?.grouped(national)
}

#[cfg(test)]
mod tests {
    use super::super::Mask;
    use super::*;

    /// Every country with its code and the metadata's example of a mobile. Not Tokelau, whose seven digits are too few for us.
    fn examples() -> impl Iterator<Item = (&'static str, &'static CountryPlan, &'static str)> {
        let all = PLANS.iter().flat_map(|(code, plans)| plans.iter().map(|plan| (*code, plan)));
        all.filter(|(_, plan)| plan.id() != "TK").filter_map(|(code, plan)| Some((code, plan, plan.mobile_example()?)))
    }

    #[test]
    fn every_country_accepts_its_own_example_and_reads_back_what_it_shows() {
        let mut seen = 0;
        for (code, plan, example) in examples() {
            seen += 1;
            let typed = format!("+{code}{example}");
            let phone = PhoneNumber::parse(&typed, Region::SA).unwrap_or_else(|error| panic!("{} {typed}: {error}", plan.id()));
            assert_eq!(phone.as_e164(), typed);
            // An example of a small country may by now belong to the big one it shares its code with.
            let shares_code =
                |region: Region| PLANS[code].iter().any(|plan| Region::parse(plan.id()).unwrap_or(Region::NONE) == region);
            assert!(shares_code(phone.country()), "{typed} is of {}", phone.country());
            for shown in [phone.masked(Mask::M0), phone.in_plain_text(Mask::M0)] {
                assert_eq!(PhoneNumber::parse(&shown, Region::SA), Ok(phone.clone()), "{shown}");
            }
            assert_eq!(PhoneNumber::from_canonical(phone.as_e164()), Some(phone));
        }
        assert!(seen > 230, "only {seen} countries were tried");
    }

    #[test]
    fn every_country_reads_its_example_as_dialled_at_home() {
        for (code, plan, example) in examples() {
            let Some(region) = Region::parse(plan.id()) else { continue };
            let read = read_national(example, region);
            assert_eq!(read.map(|phone| phone.as_e164().to_owned()), Ok(format!("+{code}{example}")), "{region}");
        }
    }

    #[test]
    fn every_pattern_of_the_metadata_compiles() {
        for plan in PLANS.values().flatten() {
            assert_eq!(plan.kind(""), Kind::Unknown);
            assert!(plan.compile_all() > 1, "{}", plan.id());
        }
    }

    #[test]
    fn country_codes_are_split_the_same_without_the_metadata() {
        for code in 1..1000 {
            let digits = format!("{code}1234567");
            let (own, _) = super::super::show::split_country_code(&digits);
            if let Some((code, ..)) = split(&digits) {
                assert_eq!(own, code);
            }
        }
    }
}
