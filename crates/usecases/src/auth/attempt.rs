//! A guess at a code: counted first, in a step of its own that is committed, and compared after, so that no rollback, crash or
//! vanished client gives one for free (contract §2).

use chrono::{DateTime, Utc};
use domain::challenge::Purpose;
use domain::error::{FieldError, ValidationError};
use domain::ids::{ChallengeId, SessionId};
use domain::limits::QuotaExceeded;
use domain::otp::{self, Code};
use domain::phone::PhoneNumber;
use domain::uses::Use;
use store::challenges::{self, Asked};
use store::{Applied, Write, limit_keys};

use super::devices::Claim;
use crate::keys::Keys;
use crate::{Error, Usecases, metrics};

/// Who may answer a challenge, and with what.
pub(crate) struct Attempt<'a> {
    pub(crate) challenge_id: ChallengeId,
    pub(crate) purpose: Purpose,
    /// The session that must have asked; `None` for a sign-in.
    pub(crate) session: Option<SessionId>,
    /// The phone the caller believes it is about, if it says.
    pub(crate) phone: Option<&'a PhoneNumber>,
    /// Of the caller's device, should it not have come with the request.
    pub(crate) device_token: Option<&'a str>,
    pub(crate) code: &'a str,
}

/// A right guess that still has to win the challenge.
pub(crate) struct RightGuess {
    pub(crate) asked: Asked,
    one: Use,
}

impl RightGuess {
    /// Takes the guess back from the wrong ones it was counted with.
    pub(crate) fn refund(&self) -> Write<'static> {
        limit_keys::refund(self.asked.challenge.guess_key, self.one)
    }
}

impl Usecases {
    /// Counts the guess, then compares in constant time.
    pub(crate) async fn attempt(&self, attempt: Attempt<'_>) -> Result<RightGuess, Error> {
        let (counted, code) = self.settle(async || self.try_count(&attempt).await).await?;
        let challenge = &counted.asked.challenge;
        let key = self.parts.keys.otp_key(&challenge.key_id).ok_or(Error::ChallengeNotFound)?;
        let right = otp::derive(key, challenge.id, challenge.purpose, &challenge.phone, challenge.code_length);
        let is_right = right.matches(&code);
        metrics::guess(challenge.purpose, is_right);
        if is_right { Ok(counted) } else { Err(Error::InvalidCode { attempts_remaining: challenge.attempts_remaining() }) }
    }

    /// Counts against the challenge and against the phone, both or neither. `None` when somebody else's guess came in between.
    async fn try_count(&self, attempt: &Attempt<'_>) -> Result<Option<(RightGuess, Code)>, Error> {
        let (now, otp_settings) = (self.parts.clock.now(), &self.parts.settings.otp);
        let mut asked =
            self.find_asked(attempt.challenge_id, attempt.purpose, attempt.session, attempt.device_token, now).await?;
        if attempt.phone.is_some_and(|phone| *phone != asked.challenge.phone) {
            return Err(Error::ChallengeNotFound);
        }
        // What cannot be a code is no guess: it costs the person nothing and tells an attacker nothing.
        let code = otp::read(attempt.code, asked.challenge.code_length)
            .ok_or_else(|| Error::Validation(vec![ValidationError::new("/code", FieldError::Invalid)]))?;
        let quota = otp_settings.guesses(asked.device.is_some());
        if let Some(refusal) = QuotaExceeded::check([quota.standing(asked.guesses.usage(quota, now), now)]) {
            metrics::refused(&refusal);
            return Err(Error::QuotaExceeded(refusal));
        }
        let one = Use { at: now, tag: u32::from_be_bytes(self.parts.rng.bytes()) };
        let count = vec![
            challenges::update_attempted(asked.challenge.id, now),
            limit_keys::spend_shared(asked.challenge.guess_key, [quota; 2], otp_settings.guesses_phone.limit, one),
        ];
        let Applied::All(values) = self.parts.store.apply(count).await? else { return Ok(None) };
        let attempts = values.first().and_then(|attempts| u8::try_from(*attempts).ok());
        asked.challenge.attempts = attempts.ok_or_else(|| Error::internal("an attempt was counted without a count"))?;
        Ok(Some((RightGuess { asked, one }, code)))
    }

    /// A live challenge of that purpose and session, and what it takes to judge an answer to it. Its device is one that is known.
    pub(crate) async fn find_asked(
        &self,
        id: ChallengeId,
        purpose: Purpose,
        session: Option<SessionId>,
        device_token: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Asked, Error> {
        let named = device_token.and_then(Keys::device_named_by);
        challenges::find_asked(&mut self.parts.store.read().await?, id, named)
            .await?
            .filter(|Asked { challenge, user, .. }| {
                challenge.purpose == purpose
                    && challenge.session_id == session
                    && challenge.epoch == user.epoch
                    && challenge.is_live(now)
            })
            .map(|asked| {
                let by_token = || self.parts.keys.device_claim(device_token?, &asked.challenge.phone);
                let claim = asked.challenge.device_id.map(Claim::Ours).or_else(by_token);
                Asked { device: Claim::known(claim, asked.device, asked.user.epoch, now), ..asked }
            })
            .ok_or(Error::ChallengeNotFound)
    }
}
