//! Taqnyat: `messageId`, `status` and `passPhrase`, posted to the webhook of the account, up to three times until the pass phrase comes
//! back as the answer.

use domain::delivery::Report;
use serde_json::Value;

use super::words::meaning;
use super::{Entry, ReportError};
use crate::answer::reference;

pub(super) fn read(entry: &Entry) -> Result<Option<Report>, ReportError> {
    entry.report(&["messageId", "msgId"], &["status", "deliveryStatus"], meaning)
}

/// The pass phrase, if it is short and printable.
pub(super) fn answer(entry: &Entry) -> Option<String> {
    entry.get(&["passPhrase"]).filter(|value| matches!(value, Value::String(_))).and_then(reference)
}
