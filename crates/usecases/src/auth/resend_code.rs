//! "Send it again": the same code inside the same challenge, so that a late message still works.

use domain::challenge::{Challenge, Purpose};
use domain::ids::ChallengeId;
use domain::ids::SessionId;
use store::challenges;

use super::sent::Sent;
use crate::{Client, Error, Usecases};

impl Usecases {
    /// Queues the code of a live sign-in challenge once more. Guesses already made stay counted.
    ///
    /// # Errors
    /// `ChallengeNotFound`, `QuotaExceeded`, `Unavailable`.
    pub async fn resend_code(&self, id: ChallengeId, client: &Client) -> Result<Sent, Error> {
        self.resend(id, Purpose::Auth, None, client).await
    }

    /// The same for both purposes: a `verify` challenge answers only to the session that asked for it.
    pub(crate) async fn resend(
        &self,
        id: ChallengeId,
        purpose: Purpose,
        session: Option<SessionId>,
        client: &Client,
    ) -> Result<Sent, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let challenge = challenges::find(&mut tx, id)
            .await?
            .filter(|found| found.purpose == purpose && found.session_id == session && found.is_live(now))
            .ok_or(Error::ChallengeNotFound)?;
        let admitted = self.admit_send(&mut tx, &challenge.phone, purpose, client, now).await?;
        let expires_at = challenge.extended(now, self.parts.settings.otp.rules.life);
        if !challenges::update_resent(&mut tx, id, expires_at, now).await? {
            return Err(Error::ChallengeNotFound);
        }
        let again = Challenge { expires_at, last_sent_at: now, ..challenge };
        let sent = self.queue_code(&mut tx, &admitted, again, now).await?;
        tx.commit().await?;
        self.outbox_filled.notify_one();
        Ok(sent)
    }
}
