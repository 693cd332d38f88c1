//! A guess at a code: counted first, in a step of its own that is committed, and compared after, so that no rollback, crash or
//! vanished client gives one for free (contract §2).

use chrono::{DateTime, Utc};
use domain::challenge::Purpose;
use domain::error::{FieldError, ValidationError};
use domain::ids::{ChallengeId, DeviceId, SessionId};
use domain::limits::QuotaExceeded;
use domain::otp::{self, Code};
use domain::phone::PhoneNumber;
use domain::uses::Use;
use store::challenges::{self, Asked};
use store::{Applied, Write, limit_keys};

use crate::{Error, Usecases, metrics};

/// Who may answer a challenge, and with what.
pub(crate) struct Attempt<'a> {
    pub(crate) challenge_id: ChallengeId,
    pub(crate) purpose: Purpose,
    /// The session that must have asked; `None` for a sign-in.
    pub(crate) session: Option<SessionId>,
    /// The phone the caller believes it is about, if it says.
    pub(crate) phone: Option<&'a PhoneNumber>,
    /// The device the caller says it is.
    pub(crate) device: Option<DeviceId>,
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
        let now = self.parts.clock.now();
        let mut asked = self.find_asked(attempt.challenge_id, attempt.purpose, attempt.session, attempt.device, now).await?;
        if attempt.phone.is_some_and(|phone| *phone != asked.challenge.phone) {
            return Err(Error::ChallengeNotFound);
        }
        // What cannot be a code is no guess: it costs the person nothing and tells an attacker nothing.
        let code = otp::read(attempt.code, asked.challenge.code_length)
            .ok_or_else(|| Error::Validation(vec![ValidationError::new("/code", FieldError::Invalid)]))?;
        let quota = self.parts.settings.otp.guesses_phone;
        if let Some(refusal) = QuotaExceeded::check([quota.standing(asked.guesses.usage(quota, now), now)]) {
            metrics::refused(&refusal);
            return Err(Error::QuotaExceeded(refusal));
        }
        let one = Use { at: now, tag: u32::from_be_bytes(self.parts.rng.bytes()) };
        let count = vec![
            challenges::update_attempted(asked.challenge.id, now),
            limit_keys::spend(asked.challenge.guess_key, [quota; 2], one),
        ];
        let Applied::All(values) = self.parts.store.apply(count).await? else { return Ok(None) };
        let attempts = values.first().and_then(|attempts| u8::try_from(*attempts).ok());
        asked.challenge.attempts = attempts.ok_or_else(|| Error::internal("an attempt was counted without a count"))?;
        Ok(Some((RightGuess { asked, one }, code)))
    }

    /// A live challenge of that purpose and session, and what it takes to judge an answer to it.
    pub(crate) async fn find_asked(
        &self,
        id: ChallengeId,
        purpose: Purpose,
        session: Option<SessionId>,
        device: Option<DeviceId>,
        now: DateTime<Utc>,
    ) -> Result<Asked, Error> {
        challenges::find_asked(&mut self.parts.store.read().await?, id, device)
            .await?
            .filter(|Asked { challenge, user, .. }| {
                challenge.purpose == purpose
                    && challenge.session_id == session
                    && challenge.epoch == user.epoch
                    && challenge.is_live(now)
            })
            .ok_or(Error::ChallengeNotFound)
    }
}
