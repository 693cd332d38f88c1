//! `Idempotency-Key`: whoever asks again with the same key within a day gets the first answer (salon.md §2).
//!
//! A refusal that came of the slot is an answer too: somebody whose app asks again after a lost refusal must not get a slot that was given
//! back meanwhile, which they no longer look for.

use chrono::{DateTime, TimeDelta, Utc};
use domain::error::{ErrorCode, FieldError, ValidationError};
use domain::ids::{BookingId, UserId};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::Tx;
use store::idempotency_keys::{self, Answer, Remembered};

use crate::{Error, Usecases};

/// How long an answer is given again.
pub(crate) const REMEMBERED: TimeDelta = TimeDelta::hours(24);
/// Longest key, in characters.
const KEY_MAX_CHARS: usize = 200;

/// A key and what was asked with it.
#[derive(Clone, Debug)]
pub struct Idempotency {
    key: String,
    request_hash: [u8; 32],
}

impl Idempotency {
    /// A key with a request: what is done, to what, and how.
    ///
    /// # Errors
    /// `Validation` when the key is empty, too long, or holds anything but visible ASCII.
    pub fn new(key: &str, act: &str, subject: Option<BookingId>, input: &impl Serialize) -> Result<Self, Error> {
        let wrong = |code| Error::Validation(vec![ValidationError::new("/Idempotency-Key", code)]);
        if key.is_empty() {
            return Err(wrong(FieldError::Required));
        }
        if key.len() > KEY_MAX_CHARS {
            return Err(wrong(FieldError::TooLong));
        }
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(wrong(FieldError::InvalidChars));
        }
        let request = serde_json::to_vec(&(act, subject, input)).map_err(Error::internal)?;
        Ok(Self { key: key.to_owned(), request_hash: Sha256::digest(request).into() })
    }
}

impl Usecases {
    /// The booking that a key was answered with, if it was.
    ///
    /// # Errors
    /// The refusal it was answered with, `Conflict` when something else was asked with it.
    pub(crate) async fn answered(&self, user: UserId, asked: Option<&Idempotency>) -> Result<Option<BookingId>, Error> {
        let Some(asked) = asked else { return Ok(None) };
        let since = self.parts.clock.now() - REMEMBERED;
        let mut tx = self.parts.store.read().await?;
        let Some(remembered) = idempotency_keys::find(&mut tx, user, &asked.key, since).await? else { return Ok(None) };
        if remembered.request_hash != asked.request_hash {
            return Err(Error::Conflict);
        }
        match remembered.answer {
            Answer::Booking(id) => Ok(Some(id)),
            Answer::Refusal(code) if code == ErrorCode::HoldExpired.as_str() => Err(Error::HoldExpired),
            Answer::Refusal(_) => Err(Error::SlotTaken(Vec::new())),
        }
    }

    /// Whether a key was answered by now, whatever was asked with it.
    pub(crate) async fn is_answered(&self, tx: &mut Tx, user: UserId, asked: Option<&Idempotency>) -> Result<bool, Error> {
        let Some(asked) = asked else { return Ok(false) };
        let since = self.parts.clock.now() - REMEMBERED;
        Ok(idempotency_keys::find(tx, user, &asked.key, since).await?.is_some())
    }

    /// Writes the answer down, in the transaction that makes it true: whether nobody else did so with that key meanwhile.
    pub(crate) async fn remember(
        &self,
        tx: &mut Tx,
        user: UserId,
        asked: Option<&Idempotency>,
        booking: BookingId,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let Some(asked) = asked else { return Ok(true) };
        let answer = Remembered { request_hash: asked.request_hash, answer: Answer::Booking(booking), created_at: now };
        Ok(tx.run(idempotency_keys::upsert(user, &asked.key, &answer, now - REMEMBERED)).await?)
    }

    /// Writes a refusal down that came of the slot, on its own: nothing else happened. Any other may be asked again.
    pub(crate) async fn remember_refusal<T>(
        &self,
        user: UserId,
        asked: Option<&Idempotency>,
        outcome: Result<T, Error>,
    ) -> Result<T, Error> {
        if let (Some(asked), Err(error @ (Error::SlotTaken(_) | Error::HoldExpired))) = (asked, &outcome) {
            let now = self.parts.clock.now();
            let answer = Answer::Refusal(error.code().as_str().to_owned());
            let answer = Remembered { request_hash: asked.request_hash, answer, created_at: now };
            self.parts.store.apply_one(idempotency_keys::upsert(user, &asked.key, &answer, now - REMEMBERED)).await?;
        }
        outcome
    }
}
