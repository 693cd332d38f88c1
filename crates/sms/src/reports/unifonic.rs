//! Unifonic: a form with `MessageID`, `DLR` (`Delivered`, `Undeliverable`), `Recipient`, `TimeCreated`, `SCTS` and `DLRTimestamp`, posted
//! to the DLR webhook of the account, up to six times in 72 hours until it is answered 200. (`statusCallback` of a message is a filter
//! for its own reports, not an address.)

use domain::delivery::Report;

use super::words::meaning;
use super::{Entry, ReportError};

pub(super) fn read(entry: &Entry) -> Result<Option<Report>, ReportError> {
    entry.report(&["MessageID"], &["DLR", "Status"], meaning)
}
