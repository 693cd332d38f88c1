//! What one process sets, all the others have within seconds.

use std::sync::Arc;
use std::time::Duration;

use store::live_settings::{self, Version};
use tokio::sync::watch;

use super::document::Document;
use super::in_force::State;
use crate::jobs::pause::pause;
use crate::{Error, Usecases, chain};

/// Between two looks.
const EVERY: Duration = Duration::from_secs(2);

impl Usecases {
    /// Takes over what was set since the last look. Settings that this release cannot read, or that would make guessing easier than is
    /// allowed, are not taken over: what was in force stays, and whoever starts does not.
    ///
    /// # Errors
    /// `Unavailable`, `Internal` for such settings.
    pub async fn follow_live_settings(&self) -> Result<(), Error> {
        let known = self.live.state().version;
        let newer = live_settings::find_newer(&mut self.parts.store.read().await?, known).await?;
        newer.map_or(Ok(()), |version| self.take_over(&version))
    }

    /// Does so now and then, until told to stop.
    pub async fn keep_following_live_settings(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match self.follow_live_settings().await {
                Ok(()) => {}
                Err(error @ Error::Internal(_)) => {
                    tracing::error!(error = %chain(&error), "settings were changed and are not in force here");
                }
                Err(error) => tracing::debug!(error = %chain(&error), "the settings could not be looked at"),
            }
            pause(EVERY, &mut stop).await;
        }
    }

    pub(super) fn take_over(&self, version: &Version) -> Result<(), Error> {
        let number = version.version;
        let document = Document::parse(&version.document)
            .ok_or_else(|| Error::internal(format!("version {number} of the live settings cannot be read by this release")))?;
        let settings = document.over(&self.parts.settings);
        if settings.guessing(0).is_too_easy() {
            let reason = format!("version {number} of the live settings makes guessing easier than otp.guess_bound_ceiling");
            return Err(Error::internal(reason));
        }
        if self.live.put(State { version: number, document, settings: Arc::new(settings) }) {
            // A larger budget has room again where there was none.
            self.full_shares.forget();
            tracing::info!(version = number, "settings were changed");
        }
        Ok(())
    }
}
