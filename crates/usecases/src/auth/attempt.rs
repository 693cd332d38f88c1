//! A guess at a code: counted first, in a step of its own that is committed, and compared after, so that no rollback, crash or
//! vanished client gives one for free (contract §2).

use chrono::{DateTime, Utc};
use domain::challenge::{Challenge, CodeLength, Purpose};
use domain::error::{FieldError, ValidationError};
use domain::ids::{ChallengeId, SessionId};
use domain::limits::QuotaExceeded;
use domain::otp::{self, Code};
use domain::phone::PhoneNumber;
use domain::user::User;
use domain::uses::Use;
use serde_json::json;
use store::challenges::{self, Asked};
use store::guesses::{self, Guess};
use store::{Applied, Write, audit};

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
    /// Whether it may be right at all.
    is_compared: bool,
}

impl RightGuess {
    /// When it was counted, and what held then is what it was compared with.
    pub(crate) const fn at(&self) -> DateTime<Utc> {
        self.one.at
    }

    /// Takes the guess back from the wrong ones it was counted with, though nothing comes of it.
    pub(crate) fn refund(&self) -> Write<'static> {
        guesses::refund(self.asked.challenge.guess_key, self.one)
    }

    /// The same when something does: whoever has the phone is here, and the wrong guesses in a row are over.
    pub(crate) fn succeeded(&self) -> Write<'static> {
        guesses::update_succeeded(self.asked.challenge.guess_key, self.one)
    }
}

/// What somebody typed, if it can be a code of that length.
pub(crate) fn read_code(typed: &str, length: CodeLength) -> Result<Code, Error> {
    otp::read(typed, length).ok_or_else(|| Error::Validation(vec![ValidationError::new("/code", FieldError::Invalid)]))
}

/// Whether whoever answers or asks is signed in as the owner of the phone: with a session of one's own one may have codes sent to any
/// number, and for that one is a stranger.
fn is_owner_signed_in(owner: Option<&User>, challenge: &Challenge) -> bool {
    challenge.purpose == Purpose::Verify
        && challenge.session_id.is_some()
        && owner.is_some_and(|user| user.id == challenge.user_id && user.phone.as_ref() == Some(&challenge.phone))
}

impl Usecases {
    /// Counts the guess, then compares in constant time.
    pub(crate) async fn attempt(&self, attempt: Attempt<'_>) -> Result<RightGuess, Error> {
        let (counted, code) = self.settle(async || self.try_count(&attempt).await).await?;
        let challenge = &counted.asked.challenge;
        let right = self.right_code(&counted.asked, counted.at()).ok_or(Error::ChallengeNotFound)?;
        let is_right = right.matches(&code) && counted.is_compared;
        metrics::guess(challenge.purpose, is_right);
        if is_right {
            return Ok(counted);
        }
        self.count_failed(counted.at());
        Err(Error::InvalidCode { attempts_remaining: challenge.attempts_remaining() })
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
        let code = read_code(attempt.code, asked.challenge.code_length)?;
        let quota = otp_settings.guesses(asked.device.is_some());
        if let Some(refusal) = QuotaExceeded::check([quota.standing(asked.guesses.uses.usage(quota, now), now)]) {
            metrics::refused(&refusal);
            return Err(Error::QuotaExceeded(refusal));
        }
        let challenge = &asked.challenge;
        let (streak, is_known) = (asked.guesses.streak, asked.device.is_some());
        let is_compared = !self.is_off(streak, is_known, Some(&asked.user), challenge);
        let attempts = challenge.attempts + 1;
        let one = Use { at: now, tag: u32::from_be_bytes(self.parts.rng.bytes()) };
        let guess = Guess {
            key: challenge.guess_key,
            quota,
            remembered: otp_settings.guesses_remembered(),
            one,
            streak,
            is_compared,
            is_last: attempts == challenge.max_attempts,
        };
        let turns_off = is_compared && streak + 1 == otp_settings.in_a_row(is_known);
        let entry = turns_off.then(|| self.entry_by("limits", "codes_turned_off", Some(challenge.user_id), json!({})));
        let mut count = vec![challenges::update_attempted(challenge.id, challenge.attempts, now), guesses::count(guess)];
        count.extend(entry.as_ref().map(audit::insert));
        if let Applied::Stopped(_) = self.parts.store.apply(count).await? {
            return Ok(None);
        }
        asked.challenge.attempts = attempts;
        Ok(Some((RightGuess { asked, one, is_compared }, code)))
    }

    /// Whether codes to the phone of `challenge` are off: after too many wrong guesses without a right one between them. Then no code
    /// goes out, a text says so instead, and no guess is right, while to the caller everything looks as ever. What strangers guess
    /// never turns them off for a known device. The owner, signed in, may always prove the number: that turns them on again, as an
    /// operator can.
    pub(crate) fn is_off(&self, streak: u32, is_device_known: bool, owner: Option<&User>, challenge: &Challenge) -> bool {
        streak >= self.parts.settings.otp.in_a_row(is_device_known) && !is_owner_signed_in(owner, challenge)
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
