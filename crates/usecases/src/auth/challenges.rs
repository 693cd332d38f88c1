//! Making a challenge, and looking at one.

use chrono::{DateTime, Utc};
use domain::challenge::{Challenge, Purpose};
use domain::ids::{ChallengeId, DeviceId, SessionId, UserId};
use domain::keys::LimitKey;
use domain::limits::Usage;
use domain::locale::Locale;
use domain::phone::PhoneNumber;
use store::{challenges, outbox};

use super::sent::{Awaited, Delivery, Sent};
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
    pub(crate) network: Option<LimitKey>,
}

impl Usecases {
    /// A challenge that starts now. Not yet stored.
    ///
    /// Its code is as long as the failures of the phone want it.
    pub(crate) fn new_challenge(&self, new: NewChallenge, failures: u32, now: DateTime<Utc>) -> Challenge {
        let rules = self.settings().otp.rules;
        Challenge {
            id: self.parts.rng.id128(),
            user_id: new.user_id,
            epoch: new.epoch,
            guess_key: LimitKey::guesses(self.parts.keys.pepper(), &new.phone),
            phone: new.phone,
            purpose: new.purpose,
            code_length: rules.code_lengths.of(failures, self.is_fleet_alarm_on()),
            key_id: self.parts.keys.otp_kid().to_owned(),
            locale: new.locale,
            attempts: 0,
            max_attempts: rules.max_attempts,
            session_id: new.session_id,
            device_id: new.device_id,
            network: new.network,
            created_at: now,
            expires_at: now + rules.life,
            final_at: now + rules.max_life,
            last_sent_at: now,
            consumed_at: None,
        }
    }

    /// A live challenge of that purpose and how its last text fares, for whoever waits for it. Writes nothing.
    ///
    /// How a text fares depends on the number alone: nobody learns from it whether the number has an account.
    ///
    /// # Errors
    /// Only when the database does not answer.
    pub async fn find_awaited(&self, id: ChallengeId, purpose: Purpose) -> Result<Option<Awaited>, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.read().await?;
        let found = challenges::find(&mut tx, id).await?;
        let Some(challenge) = found.filter(|challenge| challenge.purpose == purpose && challenge.is_live(now)) else {
            return Ok(None);
        };
        let delivery = Delivery::of(outbox::find_last_state(&mut tx, id).await?);
        let settings = self.settings();
        let otp = &settings.otp;
        let send = otp.sends_hour.standing(Usage { used: 1, frees_at_from: Some(challenge.created_at) }, now);
        Ok(Some(Awaited { sent: Sent { challenge, now, cooldown: otp.cooldown, send }, delivery }))
    }
}
