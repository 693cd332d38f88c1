//! From columns to domain values.

use chrono::Weekday;
use domain::locale::Locale;
use domain::money::Halalas;
use domain::naming::Naming;
use domain::phone::PhoneNumber;
use domain::schedule::Hours;
use domain::treatment::Minutes;

use crate::StoreError;

/// The value of a text column that holds one of a closed list of names.
pub(crate) fn named<T>(text: &str, column: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, StoreError> {
    parse(text).ok_or_else(|| StoreError::Inconsistent(format!("{column} holds an unknown name")))
}

/// A phone. The text itself stays out of the error: it is personal.
pub(crate) fn phone(text: &str, column: &str) -> Result<PhoneNumber, StoreError> {
    named(text, column, PhoneNumber::from_canonical)
}

/// A language.
pub(crate) fn locale(text: &str, column: &str) -> Result<Locale, StoreError> {
    named(text, column, Locale::parse)
}

/// A number that fits a smaller type.
pub(crate) fn number<T, U: TryFrom<T>>(number: T, column: &str) -> Result<U, StoreError> {
    U::try_from(number).map_err(|_| StoreError::Inconsistent(format!("{column} is out of range")))
}

/// A hash of `N` bytes.
pub(crate) fn hash<const N: usize>(bytes: Vec<u8>, column: &str) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Inconsistent(format!("{column} is not {N} bytes")))
}

/// A name in one language or two.
pub(crate) fn naming(ar: Option<&str>, en: Option<&str>, column: &str) -> Result<Naming, StoreError> {
    Naming::new(ar.unwrap_or_default(), en.unwrap_or_default())
        .ok_or_else(|| StoreError::Inconsistent(format!("{column} is missing in both languages")))
}

/// An amount of money.
pub(crate) fn halalas(amount: i64, column: &str) -> Result<Halalas, StoreError> {
    Halalas::new(amount).ok_or_else(|| StoreError::Inconsistent(format!("{column} is out of range")))
}

/// The length of a treatment.
pub(crate) fn minutes(minutes: i64, column: &str) -> Result<Minutes, StoreError> {
    Minutes::new(number(minutes, column)?).ok_or_else(|| StoreError::Inconsistent(format!("{column} is no length")))
}

/// A stretch of work.
pub(crate) fn hours(start_min: i64, end_min: i64, table: &str) -> Result<Hours, StoreError> {
    Hours::new(number(start_min, table)?, number(end_min, table)?)
        .ok_or_else(|| StoreError::Inconsistent(format!("{table} holds hours that are none")))
}

/// The day of the week, 0 is Sunday.
pub(crate) fn weekday(number: i64, column: &str) -> Result<Weekday, StoreError> {
    // chrono counts from Monday.
    u8::try_from((number + 6) % 7)
        .ok()
        .and_then(|day| Weekday::try_from(day).ok())
        .ok_or_else(|| StoreError::Inconsistent(format!("{column} is out of range")))
}
