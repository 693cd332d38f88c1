//! "Send me a code": creates the person, the challenge and the outbox row in one transaction, and only then answers (contract §1).

use domain::challenge::Purpose;
use domain::ids::{DeviceId, UserId};
use domain::locale::Locale;
use domain::phone::PhoneNumber;
use domain::user::UserOrigin;
use store::{challenges, users};

use super::challenges::NewChallenge;
use super::sent::Sent;
use crate::{Client, Error, Usecases};

/// What the caller sends.
#[derive(Clone, Debug)]
pub struct RequestCode {
    /// In any form a person may type.
    pub phone: String,
    /// Language of the message, when the caller says.
    pub locale: Option<Locale>,
    /// From an earlier sign-in of this phone. One that is not good is as good as none.
    pub device_token: Option<String>,
}

impl Usecases {
    /// Queues a code for signing in. The same work and the same answer whoever the phone belongs to.
    ///
    /// `fallback_locale` is what the caller's headers ask for; it is used when neither the caller nor the account says.
    ///
    /// # Errors
    /// `InvalidPhone`, `QuotaExceeded`, `Unavailable`.
    pub async fn request_code(&self, input: RequestCode, fallback_locale: Locale, client: &Client) -> Result<Sent, Error> {
        let phone = self.read_phone(&input.phone)?;
        let device_id = input.device_token.and_then(|token| self.device_of(&token, &phone));
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let admitted = self.admit_send(&mut tx, &phone, Purpose::Auth, client, now).await?;
        let locale = input.locale.unwrap_or(fallback_locale);
        let newcomer = users::NewUser {
            id: self.parts.rng.id_v7::<UserId>(now),
            phone: phone.clone(),
            locale,
            origin: UserOrigin::SelfService,
            now,
        };
        let user = users::upsert_by_phone(&mut tx, &newcomer).await?;
        let locale = input.locale.unwrap_or(if user.is_phone_verified { user.locale } else { fallback_locale });
        let new = NewChallenge { user: &user, phone, purpose: Purpose::Auth, locale, session_id: None, device_id };
        let challenge = self.new_challenge(new, now);
        challenges::insert(&mut tx, &challenge).await?;
        let sent = self.queue_code(&mut tx, &admitted, challenge, now).await?;
        tx.commit().await?;
        self.outbox_filled.notify_one();
        Ok(sent)
    }

    /// The device a token speaks of, when we signed it for this phone.
    fn device_of(&self, token: &str, phone: &PhoneNumber) -> Option<DeviceId> {
        self.parts.keys.read_device_token(token, phone).map(|token| token.device)
    }
}
