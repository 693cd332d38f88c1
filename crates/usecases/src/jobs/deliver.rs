//! The outbox worker's work: lease rows, write the text, hand it to the sender, mark. Whatever dies in between is leased again
//! later with the same id and the same code.

use std::time::Duration;

use chrono::TimeDelta;
use sms::{Message, SmsError};
use store::outbox::{self, Leased};

use crate::{Error, Usecases};

/// How long a worker may take over a row before another may.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// Waits between tries: 2, 4, 8 … seconds, at most this.
const LONGEST_WAIT: TimeDelta = TimeDelta::seconds(60);

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Handed to the provider.
    pub sent: u32,
    /// To be tried again.
    pub retried: u32,
    /// Given up.
    pub failed: u32,
    /// Dropped, because what they carry had expired.
    pub expired: u64,
}

impl Usecases {
    /// Sends up to `batch` waiting messages, the newest first.
    ///
    /// # Errors
    /// `Unavailable`. What was leased is free again when the lease ends.
    pub async fn deliver_outbox(&self, batch: u32) -> Result<Delivered, Error> {
        let now = self.parts.clock.now();
        if outbox::count_waiting(&mut self.parts.store.read().await?, now).await? == 0 {
            return Ok(Delivered::default());
        }
        let mut tx = self.parts.store.write().await?;
        let expired = outbox::update_expired(&mut tx, now).await?;
        let leased = outbox::lease(&mut tx, now, now + LEASE, batch).await?;
        tx.commit().await?;
        let mut done = Delivered { expired, ..Delivered::default() };
        for row in leased {
            self.deliver_one(&row, &mut done).await?;
        }
        Ok(done)
    }

    /// Waits until a message was queued by this process, at most `most`. Other processes' are found by the poll.
    pub async fn wait_for_outbox(&self, most: Duration) {
        // A time-out is as good as a signal: both mean "look".
        let _ = tokio::time::timeout(most, self.outbox_filled.notified()).await;
    }

    async fn deliver_one(&self, row: &Leased, done: &mut Delivered) -> Result<(), Error> {
        let outcome = match self.render(row.kind, row.locale, row.challenge.as_ref()) {
            // Checked again right here: nothing is sent after its code expired.
            Some(text) if self.parts.clock.now() < row.expires_at => {
                let message = Message { key: row.id.to_string(), to: row.phone.clone(), body: text.body };
                self.parts.sms.send(&message).await
            }
            _ => Err(SmsError::Permanent("expired before it could be sent".to_owned())),
        };
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        match outcome {
            Ok(reference) => {
                outbox::update_sent(&mut tx, row.id, row.fence, self.parts.sms.name(), reference.as_deref(), now).await?;
                done.sent += 1;
            }
            Err(error) if error.is_temporary() => {
                let wait = TimeDelta::seconds(1 << row.attempts.clamp(1, 6)).min(LONGEST_WAIT);
                outbox::update_retry(&mut tx, row.id, row.fence, now + wait, &error.to_string()).await?;
                done.retried += 1;
            }
            Err(error) => {
                outbox::update_failed(&mut tx, row.id, row.fence, &error.to_string(), now).await?;
                done.failed += 1;
            }
        }
        Ok(tx.commit().await?)
    }
}
