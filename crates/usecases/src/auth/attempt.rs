//! A guess at a code: counted and committed first, compared after, so that no rollback, crash or vanished client gives one for
//! free (contract §2).

use domain::challenge::{Challenge, Purpose};
use domain::error::{FieldError, ValidationError};
use domain::ids::{ChallengeId, GuessId, SessionId};
use domain::keys::LimitKey;
use domain::limits::QuotaExceeded;
use domain::otp;
use domain::phone::PhoneNumber;
use store::{challenges, guesses, limit_keys};

use crate::{Error, Usecases};

/// Who may answer a challenge, and with what.
pub(crate) struct Attempt<'a> {
    pub(crate) challenge_id: ChallengeId,
    pub(crate) purpose: Purpose,
    /// The session that must have asked; `None` for a sign-in.
    pub(crate) session: Option<SessionId>,
    /// The phone the caller believes it is about, if it says.
    pub(crate) phone: Option<&'a PhoneNumber>,
    pub(crate) code: &'a str,
}

/// A right guess that still has to win the challenge.
pub(crate) struct RightGuess {
    pub(crate) challenge: Challenge,
    pub(crate) guess: GuessId,
}

impl Usecases {
    /// Counts the guess in a transaction of its own, then compares in constant time.
    pub(crate) async fn attempt(&self, attempt: Attempt<'_>) -> Result<RightGuess, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let challenge = challenges::find(&mut tx, attempt.challenge_id)
            .await?
            .filter(|found| found.purpose == attempt.purpose && found.session_id == attempt.session && found.is_live(now))
            .filter(|found| attempt.phone.is_none_or(|phone| *phone == found.phone))
            .ok_or(Error::ChallengeNotFound)?;
        // What cannot be a code is no guess: it costs the person nothing and tells an attacker nothing.
        let code = otp::read(attempt.code, challenge.code_length)
            .ok_or_else(|| Error::Validation(vec![ValidationError::new("/code", FieldError::Invalid)]))?;
        let phone_key = LimitKey::phone(self.parts.keys.pepper(), &challenge.phone);
        limit_keys::lock(&mut tx, &[phone_key], now).await?;
        let quota = self.parts.settings.otp.guesses_phone;
        let standing = quota.standing(guesses::usage(&mut tx, phone_key, quota, now).await?, now);
        if let Some(refusal) = QuotaExceeded::check([standing]) {
            return Err(Error::QuotaExceeded(refusal));
        }
        let counted = challenges::update_attempted(&mut tx, challenge.id, attempt.purpose, now).await?;
        let challenge = counted.ok_or(Error::ChallengeNotFound)?;
        let guess = self.parts.rng.id_v7::<GuessId>(now);
        guesses::insert(&mut tx, &guesses::NewGuess { id: guess, phone_key, challenge_id: challenge.id, at: now }).await?;
        tx.commit().await?;

        let key = self.parts.keys.otp_key(&challenge.key_id).ok_or(Error::ChallengeNotFound)?;
        let right = otp::derive(key, challenge.id, challenge.purpose, &challenge.phone, challenge.code_length);
        if right.matches(&code) {
            Ok(RightGuess { challenge, guess })
        } else {
            Err(Error::InvalidCode { attempts_remaining: challenge.attempts_remaining() })
        }
    }
}
