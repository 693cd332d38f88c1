//! Money in Saudi riyals.

use serde::{Deserialize, Serialize};

/// Hundred-percent in basis points.
const WHOLE_BP: i64 = 10_000;

/// An amount in halalas, a hundredth of a riyal. Prices are such amounts with VAT inside (salon.md §1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Halalas(i64);

impl Halalas {
    /// The dearest thing a salon sells: a million riyals. It keeps every sum within bounds.
    pub const MAX: i64 = 100_000_000;

    /// An amount between nothing and [`Halalas::MAX`].
    pub const fn new(halalas: i64) -> Option<Self> {
        if halalas >= 0 && halalas <= Self::MAX { Some(Self(halalas)) } else { None }
    }

    /// The number of halalas.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The VAT inside this amount, half a halala rounded up: `gross × rate / (1 + rate)`; at 15 % that is `gross × 15 / 115`.
    #[must_use]
    pub const fn vat_inside(self, rate: VatRate) -> Self {
        let whole = WHOLE_BP + rate.0 as i64;
        Self((2 * self.0 * rate.0 as i64 + whole) / (2 * whole))
    }

    /// The amount without the VAT inside it.
    #[must_use]
    pub const fn without_vat(self, rate: VatRate) -> Self {
        Self(self.0 - self.vat_inside(rate).0)
    }

    /// Reads what people write in a price field: digits of any script, a point, comma or Arabic decimal separator before one or two digits.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String =
            text.chars().filter(|c| !c.is_whitespace()).map(|c| crate::digits::ascii_digit(c).unwrap_or(c)).collect();
        let (riyals, halalas) = text.split_once(['.', ',', '٫']).unwrap_or((&text, ""));
        let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        if riyals.is_empty() || riyals.len() > 7 || !is_number(riyals) || halalas.len() > 2 || !is_number(halalas) {
            return None;
        }
        let (riyals, halalas): (i64, i64) = (riyals.parse().ok()?, format!("{halalas:0<2}").parse().ok()?);
        Self::new(riyals * 100 + halalas)
    }
}

impl std::ops::Add for Halalas {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

/// `115.00`: riyals with two places, ASCII digits in both languages.
impl std::fmt::Display for Halalas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// A rate of VAT in basis points: 1500 is 15 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VatRate(u16);

impl VatRate {
    /// The rate in Saudi Arabia since July 2020.
    pub const STANDARD: Self = Self(1500);

    /// A rate from 0 to 100 %.
    pub const fn new(basis_points: u16) -> Option<Self> {
        if basis_points as i64 <= WHOLE_BP { Some(Self(basis_points)) } else { None }
    }

    /// Basis points.
    pub const fn get(self) -> u16 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_vat_inside_a_price_is_rounded_half_up() {
        for (gross, vat) in [(0, 0), (11500, 1500), (100, 13), (10_000, 1304), (1, 0), (4, 1), (23, 3), (115, 15)] {
            assert_eq!(Halalas(gross).vat_inside(VatRate::STANDARD), Halalas(vat), "{gross}");
        }
        assert_eq!(Halalas(500).vat_inside(VatRate(0)), Halalas(0));
        // 2 × gross × 15 is an odd multiple of 115 exactly at the half.
        assert_eq!(Halalas(23).vat_inside(VatRate(10_000)), Halalas(12));
    }

    #[test]
    fn a_price_is_read_as_people_write_it() {
        for (text, halalas) in [("115", 11_500), ("115.5", 11_550), ("١١٥٫٥٠", 11_550), (" 1 200,05 ", 120_005), ("0", 0)] {
            assert_eq!(Halalas::parse(text), Halalas::new(halalas), "{text}");
        }
        for text in ["", "-1", "1.234", "1.2.3", "abc", "1000000.01", ".5", "99999999"] {
            assert_eq!(Halalas::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn net_and_vat_are_the_price_and_no_rate_takes_more_than_half(gross in 0..=Halalas::MAX, rate in 0..=10_000_u16) {
            let (gross, rate) = (Halalas(gross), VatRate(rate));
            prop_assert_eq!(gross.without_vat(rate) + gross.vat_inside(rate), gross);
            prop_assert!(gross.vat_inside(rate).0 * 2 <= gross.0 + 1);
        }

        #[test]
        fn what_is_shown_is_read_back(gross in 0..=Halalas::MAX) {
            prop_assert_eq!(Halalas::parse(&Halalas(gross).to_string()), Some(Halalas(gross)));
        }
    }
}
