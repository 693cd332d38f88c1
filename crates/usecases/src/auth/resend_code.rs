//! "Send it again": the same code inside the same challenge, so that a late message still works.

use domain::challenge::{Challenge, Purpose};
use domain::ids::ChallengeId;
use domain::ids::SessionId;
use store::challenges;

use super::devices::Claim;
use super::sends::Caller;
use super::sent::Sent;
use crate::{Client, Error, Usecases};

impl Usecases {
    /// Queues the code of a live sign-in challenge once more. Guesses already made stay counted.
    ///
    /// # Errors
    /// `ChallengeNotFound`, `QuotaExceeded`, `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.resend_code", skip_all)]
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
        self.settle(async || self.try_resend(id, purpose, session, client).await).await
    }

    async fn try_resend(
        &self,
        id: ChallengeId,
        purpose: Purpose,
        session: Option<SessionId>,
        client: &Client,
    ) -> Result<Option<Sent>, Error> {
        let now = self.parts.clock.now();
        let asked = self.find_asked(id, purpose, session, None, now).await?;
        let claim = asked.challenge.device_id.map(Claim::Ours);
        let caller = if session.is_some() { Caller::SignedIn(asked.user.id) } else { Caller::Again };
        let admitted = self.admit_send(&asked.challenge.phone, purpose, claim, caller, client, now).await?;
        let expires_at = asked.challenge.extended(now, self.settings().otp.rules.life);
        let again = Challenge { expires_at, last_sent_at: now, ..asked.challenge };
        self.queue_code(&admitted, &again, now, |again| vec![challenges::update_resent(again.id, expires_at, now)]).await
    }
}
