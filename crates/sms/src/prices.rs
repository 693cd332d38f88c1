//! What a segment costs at each provider and in each country, in millionths of a riyal: whole numbers, so that sums are exact.

use domain::phone::Region;
use thiserror::Error;

/// Micros of one riyal.
const RIYAL: i64 = 1_000_000;
/// Most digits after the point: one micro.
const PLACES: usize = 6;
/// Most digits before it: nobody pays a million riyals for a message, and no sum of a day overflows.
const WHOLE: usize = 6;

/// Why a price is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PriceError {
    /// Not a decimal number, or finer than a micro.
    #[error("must be a number of riyals such as \"0.0475\", with at most six digits after the point")]
    Number,
    /// The same provider and country again.
    #[error("this provider has a price for this country already")]
    Twice,
}

/// Reads riyals into micros: plain digits with one point at most, nothing rounded.
///
/// # Errors
/// [`PriceError::Number`].
pub fn micros(text: &str) -> Result<i64, PriceError> {
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let is_number =
        |digits: &str, most: usize| (1..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole, WHOLE) || !part.is_none_or(|part| is_number(part, PLACES)) {
        return Err(PriceError::Number);
    }
    let number = |digits: &str| digits.parse::<i64>().map_err(|_| PriceError::Number);
    Ok(number(whole)? * RIYAL + number(&format!("{:0<PLACES$}", part.unwrap_or_default()))?)
}

/// The price table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prices {
    /// Provider, country, micros. A handful.
    entries: Vec<(String, Region, i64)>,
}

impl Prices {
    /// Adds what a segment costs at a provider (by [`crate::SmsSender::name`]) and in a country.
    ///
    /// # Errors
    /// See [`PriceError`].
    pub fn insert(&mut self, provider: &str, country: Region, price: &str) -> Result<(), PriceError> {
        let micros = micros(price)?;
        if self.of(provider, country).is_some() {
            return Err(PriceError::Twice);
        }
        self.entries.push((provider.to_owned(), country, micros));
        Ok(())
    }

    /// Micros for one segment, if the operator has said.
    pub fn of(&self, provider: &str, country: Region) -> Option<i64> {
        self.entries.iter().find(|(name, region, _)| name == provider && *region == country).map(|(_, _, micros)| *micros)
    }

    /// Micros for a whole message.
    pub fn cost(&self, provider: &str, country: Region, segments: u32) -> Option<i64> {
        Some(self.of(provider, country)?.saturating_mul(segments.into()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_price_is_read_exactly() {
        for (text, expected) in [
            ("0.0475", 47_500),
            ("0", 0),
            ("1", 1_000_000),
            ("0.1", 100_000),
            ("0.000001", 1),
            ("007.5", 7_500_000),
            ("999999.999999", 999_999_999_999),
        ] {
            assert_eq!(micros(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_exactly_is_refused() {
        for bad in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "+1",
            " 1",
            "1 ",
            "1e3",
            "0,05",
            "1.2.3",
            "0.0000001",
            "1000000",
            "٠٫٥",
            "NaN",
            "0x1",
            "1_0",
        ] {
            assert_eq!(micros(bad), Err(PriceError::Number), "{bad:?}");
        }
    }

    #[test]
    fn a_price_belongs_to_a_provider_and_a_country() {
        let mut prices = Prices::default();
        let kuwait = Region::parse("KW").expect("two letters");
        prices.insert("unifonic", Region::SA, "0.0475").expect("a price");
        prices.insert("unifonic", kuwait, "0.3").expect("a price");
        prices.insert("taqnyat", Region::SA, "0.08").expect("a price");
        assert_eq!(prices.insert("taqnyat", Region::SA, "0.09"), Err(PriceError::Twice));
        assert_eq!(prices.insert("msegat", Region::SA, "cheap"), Err(PriceError::Number));
        assert_eq!((prices.of("unifonic", Region::SA), prices.of("unifonic", kuwait)), (Some(47_500), Some(300_000)));
        assert_eq!((prices.of("taqnyat", Region::SA), prices.of("taqnyat", kuwait)), (Some(80_000), None));
        assert_eq!(prices.cost("unifonic", Region::SA, 2), Some(95_000));
        assert_eq!(prices.cost("msegat", Region::SA, 2), None);
    }

    proptest! {
        #[test]
        fn every_micro_can_be_written_and_is_read_back(amount in 0_i64..1_000_000_000_000) {
            let text = format!("{}.{:06}", amount / RIYAL, amount % RIYAL);
            prop_assert_eq!(micros(&text), Ok(amount));
            let short = text.trim_end_matches('0');
            if !short.ends_with('.') {
                prop_assert_eq!(micros(short), Ok(amount), "zeros at the end say nothing");
            }
        }
    }
}
