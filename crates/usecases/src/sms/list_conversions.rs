//! Whether messages arrive: of the codes that were sent, how many were entered.

use chrono::{DateTime, TimeDelta};
use store::conversions::{self, Conversion};

use crate::{Error, Usecases};

/// Seconds of an hour.
const HOUR: i64 = 3_600;

impl Usecases {
    /// The last `hours` hours, the one under way included, by hour, provider and country.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn list_conversions(&self, hours: u32) -> Result<Vec<Conversion>, Error> {
        let now = self.parts.clock.now();
        // From a whole hour on: half of one would look like a bad one.
        let from = DateTime::from_timestamp(now.timestamp().div_euclid(HOUR) * HOUR, 0).unwrap_or(now);
        let from = from - TimeDelta::hours(i64::from(hours.saturating_sub(1)));
        Ok(conversions::list(&mut self.parts.store.read().await?, from, now + TimeDelta::seconds(1)).await?)
    }
}
