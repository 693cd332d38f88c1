//! Msegat: the `id` it answered with, and a status, posted to the address its support sets for the account.

use domain::delivery::Report;

use super::words::meaning;
use super::{Entry, ReportError};

pub(super) fn read(entry: &Entry) -> Result<Option<Report>, ReportError> {
    entry.report(&["id", "msgId", "messageId"], &["status", "dlr"], meaning)
}
