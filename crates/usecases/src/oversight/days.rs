//! What stands in an address, read the same way for a page and for JSON.

use domain::error::{FieldError, ValidationError};
use domain::people::{Period, day, day_after};

/// Reads values by name and remembers those that are none of the offered.
pub(super) struct Reader<F> {
    value: F,
    errors: Vec<ValidationError>,
}

impl<'a, F: Fn(&str) -> Option<&'a str>> Reader<F> {
    pub(super) const fn new(value: F) -> Self {
        Self { value, errors: Vec::new() }
    }

    /// Empty is absent.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        (self.value)(name).map(str::trim).filter(|text| !text.is_empty())
    }

    pub(super) fn read<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let read = parse(self.text(name)?);
        if read.is_none() {
            self.errors.push(ValidationError { pointer: format!("/{name}"), code: FieldError::NotOffered });
        }
        read
    }

    /// `from` and `to`, days of Riyadh, the last one included.
    pub(super) fn period(&mut self) -> Period {
        Period { from: self.read("from", day), before: self.read("to", day_after) }
    }

    pub(super) fn finish<T>(self, read: T) -> Result<T, Vec<ValidationError>> {
        if self.errors.is_empty() { Ok(read) } else { Err(self.errors) }
    }
}
