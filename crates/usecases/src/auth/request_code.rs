//! "Send me a code": creates the person, the challenge and the outbox row in one transaction, and only then answers (contract §1).

use domain::challenge::{Challenge, Purpose};
use domain::ids::UserId;
use domain::locale::Locale;
use domain::phone::PhoneNumber;
use domain::user::UserOrigin;
use store::{challenges, users};

use super::challenges::NewChallenge;
use super::devices::Claim;
use super::proofs::Proof;
use super::sends::Caller;
use super::sent::Sent;
use crate::{Client, Error, Usecases};

/// What the caller sends.
#[derive(Clone, Debug)]
pub struct RequestCode {
    /// In any form a person may type.
    pub phone: String,
    /// Language of the message, when the caller says.
    pub locale: Option<Locale>,
    /// From an earlier sign-in of this phone; of a browser, all that it holds ([`Usecases::remember_device`]). One that is not good
    /// is as good as none.
    pub device_token: Option<String>,
    /// The answer to [`Error::ProofRequired`].
    pub proof: Option<Proof>,
}

impl Usecases {
    /// Queues a code for signing in. The same work and the same answer whoever the phone belongs to.
    ///
    /// `fallback_locale` is what the caller's headers ask for; it is used when neither the caller nor the account says.
    ///
    /// # Errors
    /// `InvalidPhone`, `ProofRequired`, `QuotaExceeded`, `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.request_code", skip_all)]
    pub async fn request_code(&self, input: RequestCode, fallback_locale: Locale, client: &Client) -> Result<Sent, Error> {
        let phone = self.read_phone(&input.phone)?;
        let claim = input.device_token.and_then(|held| self.parts.keys.device_claim(&held, &phone));
        let caller = Caller::Anybody(input.proof.as_ref());
        let purpose = Purpose::Auth;
        self.settle(async || self.try_request(purpose, &phone, input.locale, fallback_locale, claim, caller, client).await).await
    }

    /// The same for a number that somebody proves without a session (`phone_moves`).
    #[expect(clippy::too_many_arguments, reason = "what a caller said, and who it is: each once")]
    pub(crate) async fn try_request(
        &self,
        purpose: Purpose,
        phone: &PhoneNumber,
        asked_locale: Option<Locale>,
        fallback_locale: Locale,
        claim: Option<Claim>,
        caller: Caller<'_>,
        client: &Client,
    ) -> Result<Option<Sent>, Error> {
        let now = self.parts.clock.now();
        let admitted = self.admit_send(phone, purpose, claim, caller, client, now).await?;
        let newcomer = users::NewUser {
            id: self.parts.rng.id_v7::<UserId>(now),
            phone: phone.clone(),
            locale: asked_locale.unwrap_or(fallback_locale),
            origin: UserOrigin::SelfService,
            now,
        };
        // Nobody can tell from the work done whether the phone is known.
        let known = admitted.user.as_ref();
        let (person, user_id, epoch) = match known {
            Some(user) => (users::update_asked(user.id, user.epoch), user.id, user.epoch),
            None => (users::insert(&newcomer), newcomer.id, 0),
        };
        let their_locale = known.filter(|user| user.is_phone_verified).map(|user| user.locale);
        let device_id = admitted.device.map(|device| device.id);
        let locale = asked_locale.or(their_locale).unwrap_or(fallback_locale);
        let (phone, network) = (phone.clone(), admitted.network);
        let new = NewChallenge { user_id, epoch, phone, purpose, locale, session_id: None, device_id, network };
        let challenge = self.new_challenge(new, admitted.failures, now);
        let challenge = Challenge { code_length: admitted.test_length.unwrap_or(challenge.code_length), ..challenge };
        self.queue_code(&admitted, &challenge, now, |challenge| vec![person, challenges::insert(challenge)]).await
    }
}
