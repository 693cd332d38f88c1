//! From columns to domain values.

use domain::locale::Locale;
use domain::phone::PhoneNumber;

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
