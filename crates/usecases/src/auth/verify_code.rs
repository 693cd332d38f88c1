//! "Here is the code": of N racing right answers exactly one wins, and the phone is verified and the session open in the same
//! transaction (contract §1).

use domain::challenge::Purpose;
use domain::ids::ChallengeId;
use domain::session::{EndReason, SessionKind};
use domain::user::{User, UserStatus};
use store::{Tx, challenges, guesses, sessions, users};

use super::attempt::{Attempt, RightGuess};
use super::sign_in::SignedIn;
use crate::{Client, Error, Usecases};

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
    /// From an earlier sign-in on this device.
    pub device_token: Option<String>,
    /// Which door.
    pub kind: SessionKind,
}

impl Usecases {
    /// Signs in with a code.
    ///
    /// # Errors
    /// `ChallengeNotFound`, `InvalidCode`, `Validation` (not a code at all), `QuotaExceeded`, `Forbidden` (blocked), `Unavailable`.
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
                code: &input.code,
            })
            .await?;
        // From here on the client may vanish: the rest runs to its end all the same.
        let (this, client) = (self.clone(), client.clone());
        tokio::spawn(async move { this.finish_sign_in(input, right, &client).await }).await.map_err(Error::internal)?
    }

    async fn finish_sign_in(&self, input: VerifyCode, right: RightGuess, client: &Client) -> Result<SignedIn, Error> {
        let now = self.parts.clock.now();
        let challenge = &right.challenge;
        let mut tx = self.parts.store.write().await?;
        guesses::update_right(&mut tx, right.guess).await?;
        // The person first, then the challenge: everybody locks in this order.
        let user = users::lock(&mut tx, challenge.user_id).await?.ok_or(Error::ChallengeNotFound)?;
        let is_theirs = user.phone.as_ref() == Some(&challenge.phone) && user.epoch == challenge.epoch;
        if !is_theirs || !challenges::update_consumed(&mut tx, challenge.id, now).await? {
            tx.commit().await?;
            return Err(Error::ChallengeNotFound);
        }
        if user.status == UserStatus::Blocked {
            tx.commit().await?;
            return Err(Error::Forbidden);
        }
        let is_new_user = user.is_unclaimed();
        let user = if is_new_user { self.claim(&mut tx, user, challenge.locale).await? } else { user };
        let signed_in = self.open_session(&mut tx, user, is_new_user, &input, client, now).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// The first verification: whatever was attached to the number before its owner came is dead (contract §1.3).
    async fn claim(&self, tx: &mut Tx, user: User, locale: domain::locale::Locale) -> Result<User, Error> {
        let now = self.parts.clock.now();
        sessions::update_ended_others(tx, user.id, None, EndReason::Claimed, now).await?;
        Ok(users::update_claimed(tx, user.id, Some(locale), now).await?)
    }
}
