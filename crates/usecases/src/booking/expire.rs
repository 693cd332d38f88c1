//! What time does to bookings by itself.

use domain::booking::BookingStatus;
use store::bookings;

use crate::{Error, Usecases};

/// Rows a transaction.
const BATCH: u32 = 200;

impl Usecases {
    /// Ends holds that nobody turned into a booking, and bookings to which the salon said nothing before they were to begin: how many.
    /// Whoever books does the same for the one they book with; this is for the rest. Any number of processes may do it at once.
    ///
    /// # Errors
    /// `Unavailable`; what was ended before stays ended.
    pub async fn expire_bookings(&self) -> Result<u64, Error> {
        let mut total = 0;
        loop {
            let now = self.parts.clock.now();
            let mut tx = self.parts.store.write().await?;
            let holds = bookings::update_holds_over(&mut tx, now, BATCH).await?;
            self.record_expired(&mut tx, &holds, BookingStatus::Held, now).await?;
            let pending = bookings::update_pending_over(&mut tx, now, BATCH).await?;
            self.record_expired(&mut tx, &pending, BookingStatus::Pending, now).await?;
            tx.commit().await?;
            total += (holds.len() + pending.len()) as u64;
            if holds.len() < BATCH as usize && pending.len() < BATCH as usize {
                return Ok(total);
            }
        }
    }
}
