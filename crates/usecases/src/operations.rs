//! For those who run it.

use std::time::Duration;

use serde_json::Value;
use store::Condition;

use crate::{Error, Usecases};

/// A database that takes longer than this is not ready, however long a request may wait for it.
const READY_WITHIN: Duration = Duration::from_secs(1);
const READY_RETRY_S: u64 = 5;

impl Usecases {
    /// The public halves of the signing keys (RFC 7517).
    pub fn jwks(&self) -> &Value {
        self.parts.keys.jwt.jwks()
    }

    /// Whether the database answers within a second, its migrations are in and it takes writes.
    ///
    /// # Errors
    /// `Unavailable`, with the reason for the log.
    pub async fn ready(&self) -> Result<(), Error> {
        let not_ready = |reason: String| Error::Unavailable { retry_after_s: READY_RETRY_S, source: reason.into() };
        let condition = tokio::time::timeout(READY_WITHIN, self.parts.store.condition())
            .await
            .map_err(|_| not_ready(format!("the database did not answer within {} s", READY_WITHIN.as_secs())))?;
        match condition? {
            Condition::Good => Ok(()),
            Condition::ReadOnly => Err(not_ready("the database is read-only".into())),
            Condition::Pending(names) => Err(not_ready(format!("migrations are pending: {}", names.join(", ")))),
        }
    }
}
