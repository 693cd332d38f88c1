//! For those who run it.

use serde_json::Value;

use crate::{Error, Usecases};

impl Usecases {
    /// The public halves of the signing keys (RFC 7517).
    pub fn jwks(&self) -> &Value {
        self.parts.keys.jwt.jwks()
    }

    /// Whether the database answers and its migrations are in.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn ready(&self) -> Result<(), Error> {
        if self.parts.store.pending_migrations().await?.is_empty() {
            Ok(())
        } else {
            Err(Error::Unavailable { retry_after_s: 5, source: "migrations are pending".into() })
        }
    }
}
