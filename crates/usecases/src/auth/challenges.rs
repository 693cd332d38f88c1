//! Making a challenge, and looking at one.

use chrono::{DateTime, Utc};
use domain::challenge::{Challenge, Purpose};
use domain::ids::{ChallengeId, DeviceId, SessionId, UserId};
use domain::keys::LimitKey;
use domain::limits::Usage;
use domain::locale::Locale;
use domain::phone::PhoneNumber;
use store::challenges;

use super::sent::Sent;
use crate::{Error, Usecases};

/// What differs between the challenges of the two purposes.
pub(crate) struct NewChallenge {
    pub(crate) user_id: UserId,
    pub(crate) epoch: i64,
    pub(crate) phone: PhoneNumber,
    pub(crate) purpose: Purpose,
    pub(crate) locale: Locale,
    pub(crate) session_id: Option<SessionId>,
    pub(crate) device_id: Option<DeviceId>,
}

impl Usecases {
    /// A challenge that starts now. Not yet stored.
    pub(crate) fn new_challenge(&self, new: NewChallenge, now: DateTime<Utc>) -> Challenge {
        let rules = self.parts.settings.otp.rules;
        Challenge {
            id: self.parts.rng.id128(),
            user_id: new.user_id,
            epoch: new.epoch,
            guess_key: LimitKey::guesses(self.parts.keys.pepper(), &new.phone),
            phone: new.phone,
            purpose: new.purpose,
            code_length: rules.code_length,
            key_id: self.parts.keys.otp_kid().to_owned(),
            locale: new.locale,
            attempts: 0,
            max_attempts: rules.max_attempts,
            session_id: new.session_id,
            device_id: new.device_id,
            created_at: now,
            expires_at: now + rules.life,
            final_at: now + rules.max_life,
            last_sent_at: now,
            consumed_at: None,
        }
    }

    /// A live challenge of that purpose, for the page that asks for its code. Writes nothing.
    ///
    /// # Errors
    /// Only when the database does not answer.
    pub async fn find_challenge_for_page(&self, id: ChallengeId, purpose: Purpose) -> Result<Option<Sent>, Error> {
        let now = self.parts.clock.now();
        let found = challenges::find(&mut self.parts.store.read().await?, id).await?;
        let otp = &self.parts.settings.otp;
        Ok(found.filter(|challenge| challenge.purpose == purpose && challenge.is_live(now)).map(|challenge| {
            let send = otp.sends_hour.standing(Usage { used: 1, frees_at_from: Some(challenge.created_at) }, now);
            Sent { challenge, now, cooldown: otp.cooldown, send }
        }))
    }
}
