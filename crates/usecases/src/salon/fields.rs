//! Reading what people fill in, every fault at once.

use domain::error::{FieldError, ValidationError};
use domain::naming::{Blurb, NAME_MAX_CHARS, Naming};
use domain::person::{clean_name, clean_text};

use crate::Error;

/// Faults so far.
#[derive(Default)]
pub struct Faults(Vec<ValidationError>);

impl Faults {
    pub fn say(&mut self, pointer: &str, code: FieldError) {
        self.0.push(ValidationError::new(pointer, code));
    }

    /// The value, or a fault of that field.
    pub fn need<T>(&mut self, pointer: &str, code: FieldError, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.say(pointer, code);
        }
        value
    }

    /// What is filled in of a name over what was there.
    pub fn naming(&mut self, was: Option<&Naming>, ar: Option<&str>, en: Option<&str>) -> Option<Naming> {
        let ar = ar.or_else(|| was.and_then(Naming::ar)).unwrap_or_default();
        let en = en.or_else(|| was.and_then(Naming::en)).unwrap_or_default();
        let before = self.0.len();
        for (pointer, text) in [("/name_ar", ar), ("/name_en", en)] {
            if clean_name(text).is_some_and(|name| name.chars().count() > NAME_MAX_CHARS) {
                self.say(pointer, FieldError::TooLong);
            }
        }
        let name = Naming::new(ar, en);
        if name.is_none() && self.0.len() == before {
            self.say("/name_ar", FieldError::Required);
        }
        name
    }

    /// What is filled in of a text over what was there.
    pub fn blurb(&mut self, pointers: [&str; 2], was: &Blurb, ar: Option<&str>, en: Option<&str>) -> Blurb {
        let (ar, en) = (ar.or(was.ar()).unwrap_or_default(), en.or(was.en()).unwrap_or_default());
        Blurb::new(ar, en).unwrap_or_else(|| {
            let is_long = |text: &str| Blurb::new(text, "").is_none();
            let long = if is_long(ar) { pointers[0] } else { pointers[1] };
            self.say(long, FieldError::TooLong);
            Blurb::default()
        })
    }

    /// A number within its type and what `read` takes.
    pub fn number<N: TryFrom<i64>, T>(&mut self, pointer: &str, number: i64, read: impl FnOnce(N) -> Option<T>) -> Option<T> {
        let value = N::try_from(number).ok().and_then(read);
        self.need(pointer, FieldError::NotOffered, value)
    }

    /// # Errors
    /// `Validation` with all of them.
    pub fn finish(self) -> Result<(), Error> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Validation(self.0)) }
    }
}

/// Longest reason, in characters.
const REASON_MAX_CHARS: usize = 200;

/// A reason that may be missing.
///
/// # Errors
/// `Validation`.
pub fn reason(text: Option<&str>) -> Result<Option<String>, Error> {
    let reason = text.and_then(clean_text);
    if reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_MAX_CHARS) {
        return Err(wrong("/reason", FieldError::TooLong));
    }
    Ok(reason)
}

/// One fault.
pub fn wrong(pointer: &str, code: FieldError) -> Error {
    Error::Validation(vec![ValidationError::new(pointer, code)])
}
