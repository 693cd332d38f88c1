//! "Is this (still) my number?": a code for the number in the account, or for the one to move to.

use domain::challenge::Purpose;
use domain::ids::ChallengeId;
use domain::phone::PhoneNumber;
use store::challenges;

use crate::auth::challenges::NewChallenge;
use crate::auth::devices::Claim;
use crate::auth::sends::Caller;
use crate::{Actor, Client, Error, Sent, Usecases};

impl Usecases {
    /// Queues a `verify` code. A new number needs a sign-in that is a few minutes old at most.
    ///
    /// # Errors
    /// `InvalidPhone`, `FreshAuthenticationRequired`, `Forbidden` (an account of testers), `QuotaExceeded`, `Unavailable`. Whether the
    /// number is somebody else's is not said before its owner has proved it.
    pub async fn request_phone(&self, actor: &Actor, phone: &str, client: &Client) -> Result<Sent, Error> {
        let phone = self.read_phone(phone)?;
        self.require_fresh_for(actor, &phone)?;
        self.settle(async || self.try_request_phone(actor, &phone, client).await).await
    }

    async fn try_request_phone(&self, actor: &Actor, phone: &PhoneNumber, client: &Client) -> Result<Option<Sent>, Error> {
        let now = self.parts.clock.now();
        let claim = actor.session.device_id.map(Claim::Ours);
        let admitted = self.admit_send(phone, Purpose::Verify, claim, Caller::SignedIn(actor.user.id), client, now).await?;
        let new = NewChallenge {
            user_id: actor.user.id,
            epoch: actor.user.epoch,
            phone: phone.clone(),
            purpose: Purpose::Verify,
            locale: actor.user.locale,
            session_id: Some(actor.session.id),
            device_id: actor.session.device_id,
            network: admitted.network,
        };
        let challenge = self.new_challenge(new, admitted.failures, now);
        self.queue_code(&admitted, &challenge, now, |challenge| vec![challenges::insert(challenge)]).await
    }

    /// Queues the same `verify` code once more.
    ///
    /// # Errors
    /// `ChallengeNotFound` (also when another session asked for it), `QuotaExceeded`, `Unavailable`.
    pub async fn resend_phone(&self, actor: &Actor, id: ChallengeId, client: &Client) -> Result<Sent, Error> {
        self.resend(id, Purpose::Verify, Some(actor.session.id), client).await
    }

    /// Moving to another number is for those who have just proved who they are. Testers have proved nothing, and stay where they are.
    pub(crate) fn require_fresh_for(&self, actor: &Actor, phone: &PhoneNumber) -> Result<(), Error> {
        if actor.user.is_sandbox {
            return Err(Error::Forbidden);
        }
        let is_same = actor.user.phone.as_ref() == Some(phone);
        let within = self.parts.settings.sessions.fresh_within;
        if is_same || actor.session.is_fresh(self.parts.clock.now(), within) {
            Ok(())
        } else {
            Err(Error::FreshAuthenticationRequired)
        }
    }
}
