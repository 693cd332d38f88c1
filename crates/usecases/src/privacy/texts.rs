//! Texts of a request.

use domain::error::{FieldError, ValidationError};
use domain::person::clean_name;
use domain::privacy_request::TEXT_MAX_CHARS;

use crate::Error;

/// A text that need not be there, cleaned as names are.
///
/// # Errors
/// `Validation` of `pointer` when it is too long.
pub(super) fn optional(pointer: &str, raw: &str) -> Result<Option<String>, Error> {
    match clean_name(raw) {
        Some(text) if text.chars().count() > TEXT_MAX_CHARS => {
            Err(Error::Validation(vec![ValidationError::new(pointer, FieldError::TooLong)]))
        }
        text => Ok(text),
    }
}

/// A text that must be there.
///
/// # Errors
/// `Validation` of `pointer` when it is missing or too long.
pub(super) fn required(pointer: &str, raw: &str) -> Result<String, Error> {
    optional(pointer, raw)?.ok_or_else(|| Error::Validation(vec![ValidationError::new(pointer, FieldError::Required)]))
}
