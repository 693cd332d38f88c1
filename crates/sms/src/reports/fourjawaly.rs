//! 4jawaly: the `job_id` it answered with, and a status, posted to the webhook of the account. Salon sends one message a job.

use domain::delivery::Report;

use super::words::meaning;
use super::{Entry, ReportError};

pub(super) fn read(entry: &Entry) -> Result<Option<Report>, ReportError> {
    entry.report(&["job_id", "jobId"], &["status", "dlr"], meaning)
}
