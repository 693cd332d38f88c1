//! What people write beside a booking.

use domain::booking::{ATTENDEE_MAX_CHARS, NOTE_MAX_CHARS, REASON_MAX_CHARS};
use domain::error::{FieldError, ValidationError};
use domain::person::{clean_name, clean_text};

use crate::Error;

fn no_longer(text: Option<String>, most: usize, pointer: &str) -> Result<Option<String>, Error> {
    match text {
        Some(text) if text.chars().count() > most => {
            Err(Error::Validation(vec![ValidationError::new(pointer, FieldError::TooLong)]))
        }
        text => Ok(text),
    }
}

/// Who comes instead of the customer.
pub(crate) fn attendee(raw: Option<&str>) -> Result<Option<String>, Error> {
    no_longer(raw.and_then(clean_name), ATTENDEE_MAX_CHARS, "/attendee_name")
}

/// What the customer tells the salon.
pub(crate) fn note(raw: Option<&str>) -> Result<Option<String>, Error> {
    no_longer(raw.and_then(clean_text), NOTE_MAX_CHARS, "/note")
}

/// Why.
pub(crate) fn reason(raw: Option<&str>) -> Result<Option<String>, Error> {
    no_longer(raw.and_then(clean_text), REASON_MAX_CHARS, "/reason")
}
