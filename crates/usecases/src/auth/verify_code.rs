//! "Here is the code": of N racing right answers exactly one wins, and the phone is verified and the session open in the same
//! transaction (contract §1).

use domain::challenge::Purpose;
use domain::ids::ChallengeId;
use domain::session::{EndReason, SessionKind};
use domain::user::{User, UserStatus};
use store::challenges::Asked;
use store::{Applied, challenges, passkeys, sessions, users};
use tracing::Instrument;

use super::attempt::{Attempt, RightGuess};
use super::sign_in::{Opening, SignedIn};
use crate::{Client, Error, Usecases, metrics};

/// What the caller sends.
#[derive(Clone, Debug)]
pub struct VerifyCode {
    /// From the answer to the request.
    pub challenge_id: ChallengeId,
    /// As typed or pasted.
    pub code: String,
    /// When given, it must be the challenge's.
    pub phone: Option<String>,
    /// What the session list calls this device.
    pub device_name: Option<String>,
    /// From an earlier sign-in on this device, should it not have come with the request.
    pub device_token: Option<String>,
    /// Which door.
    pub kind: SessionKind,
}

impl Usecases {
    /// Signs in with a code.
    ///
    /// # Errors
    /// `ChallengeNotFound`, `InvalidCode`, `Validation` (not a code at all), `QuotaExceeded`, `Forbidden` (blocked), `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.verify_code", skip_all)]
    pub async fn verify_code(&self, input: VerifyCode, client: &Client) -> Result<SignedIn, Error> {
        let region = self.parts.settings.phones.default_region;
        let phone = input.phone.as_deref().map(|raw| domain::phone::PhoneNumber::parse(raw, region)).transpose();
        let phone = phone.map_err(Error::InvalidPhone)?;
        let right = self
            .attempt(Attempt {
                challenge_id: input.challenge_id,
                purpose: Purpose::Auth,
                session: None,
                phone: phone.as_ref(),
                device_token: input.device_token.as_deref(),
                code: &input.code,
            })
            .await?;
        // From here on the client may vanish: the rest runs to its end all the same.
        let (this, client) = (self.clone(), client.clone());
        let finish = async move { this.finish_sign_in(input, right, &client).await };
        tokio::spawn(finish.in_current_span()).await.map_err(Error::internal)?
    }

    /// Wins the challenge and opens the session, in one step. The person's row comes first, then the challenge: everybody locks in
    /// this order.
    async fn finish_sign_in(&self, input: VerifyCode, right: RightGuess, client: &Client) -> Result<SignedIn, Error> {
        let now = self.parts.clock.now();
        let Asked { challenge, user: before, device, .. } = &right.asked;
        let consume = challenges::update_consumed(challenge.id, now);
        if before.status == UserStatus::Blocked {
            return Err(match self.parts.store.apply(vec![consume, right.refund()]).await? {
                Applied::All(_) => Error::Forbidden,
                Applied::Stopped(_) => Error::ChallengeNotFound,
            });
        }
        let is_test = self.tested_by(&right).is_some();
        // Whoever proves a number that was a test number comes into what testers left, and takes nothing of it over.
        let is_new_user = before.is_unclaimed() || (before.is_sandbox && !is_test);
        let user = if is_new_user {
            User { is_sandbox: is_test, ..before.clone().claimed(challenge.locale, now) }
        } else {
            before.clone()
        };
        let opening = Opening {
            user,
            is_new_user,
            phone: &challenge.phone,
            device: *device,
            kind: input.kind,
            device_name: input.device_name.as_deref(),
            test: self.tested_by(&right),
            has_passkey: false,
        };
        let opened = self.open_session(opening, client, now)?;
        let mut batch = if is_new_user {
            let claim = if is_test { users::update_claimed_by_testers } else { users::update_claimed };
            // The first verification: whatever was attached to the number before its owner came is dead (contract §1.3).
            vec![
                claim(before.id, before.epoch, challenge.locale, now),
                consume,
                passkeys::delete_for_user(before.id),
                sessions::update_ended_others(before.id, None, EndReason::Claimed, now),
            ]
        } else {
            vec![users::update_seen(before.id, before.epoch, now), consume]
        };
        batch.push(right.succeeded());
        batch.extend(opened.writes());
        match self.parts.store.apply(batch).await? {
            Applied::All(_) => {
                metrics::session_opened(input.kind, is_new_user);
                self.count_verified(challenge);
                Ok(opened.signed_in)
            }
            // A right answer that came second was right all the same.
            Applied::Stopped(_) => {
                self.parts.store.apply_one(right.refund()).await?;
                Err(Error::ChallengeNotFound)
            }
        }
    }
}
