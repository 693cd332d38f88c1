//! A body as names and values, whether it came as a form or as JSON. Providers are not particular about saying which, so the body itself
//! is asked: a report in JSON begins with a bracket, and no form of theirs does.

use domain::delivery::{DeliveryStatus, Report, Subject};
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::ReportError;
use crate::answer::reference;

/// Most reports in one body.
const MOST: usize = 1_000;
/// Most characters of a status that are looked at.
const MAX_STATUS: usize = 40;

/// One report.
pub(super) struct Entry(Map<String, Value>);

/// The reports in a body.
pub(super) fn entries(body: &[u8]) -> Result<Vec<Entry>, ReportError> {
    let is_json = matches!(body.trim_ascii_start().first(), Some(b'{' | b'['));
    if !is_json {
        let fields = form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())));
        return Ok(vec![Entry(fields.collect())]);
    }
    let list = match serde_json::from_slice(body).map_err(|_| ReportError::Malformed)? {
        Value::Array(list) if list.len() <= MOST => list,
        one @ Value::Object(_) => vec![one],
        _ => return Err(ReportError::Malformed),
    };
    let entry = |value| if let Value::Object(fields) = value { Ok(Entry(fields)) } else { Err(ReportError::Malformed) };
    list.into_iter().map(entry).collect()
}

impl Entry {
    /// The first of these names that is there, in whichever case.
    pub(super) fn get(&self, names: &[&str]) -> Option<&Value> {
        names.iter().find_map(|name| self.0.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value))
    }

    /// A reference by one of these names.
    pub(super) fn reference(&self, names: &[&str]) -> Result<Subject, ReportError> {
        self.get(names).and_then(reference).map(Subject::Reference).ok_or(ReportError::Malformed)
    }

    /// What `meaning` makes of the word by one of these names. A word without meaning is no fault: providers invent new ones.
    pub(super) fn status(
        &self,
        names: &[&str],
        meaning: impl FnOnce(&str) -> Option<DeliveryStatus>,
    ) -> Result<Option<DeliveryStatus>, ReportError> {
        let word = match self.get(names) {
            Some(Value::String(word)) if !word.trim().is_empty() => word.trim(),
            Some(Value::Number(_)) => return Ok(None),
            _ => return Err(ReportError::Malformed),
        };
        Ok(if word.len() > MAX_STATUS { None } else { meaning(&word.to_ascii_lowercase()) })
    }

    /// A report with a reference by one name and a word by another.
    pub(super) fn report(
        &self,
        references: &[&str],
        statuses: &[&str],
        meaning: impl FnOnce(&str) -> Option<DeliveryStatus>,
    ) -> Result<Option<Report>, ReportError> {
        let subject = self.reference(references)?;
        Ok(self.status(statuses, meaning)?.map(|status| Report { subject, status }))
    }
}
