//! Showing the second factor: counted first, in a step of its own that is committed, and compared after, as a guess at a code is.

use chrono::{DateTime, Utc};
use domain::challenge::CodeLength;
use domain::keys::LimitKey;
use domain::limits::{QuotaExceeded, Standing};
use domain::otp::Code;
use domain::recovery_code::RecoveryCode;
use domain::totp::TotpSecret;
use domain::uses::Use;
use serde_json::json;
use store::second_factors::SealedTotp;
use store::{Applied, Write, audit, guesses, limit_keys, second_factors, sessions};

use crate::auth::attempt::read_code;
use crate::{Actor, Error, Usecases, metrics};

/// What somebody typed.
enum Answer {
    Totp(Code),
    Recovery(RecoveryCode),
}

impl Answer {
    /// What is neither is no guess: it costs nothing and tells nothing. Recovery codes first: there may be six digits in a row in one.
    fn read(text: &str) -> Result<Self, Error> {
        let recovery = RecoveryCode::read(text).map(Self::Recovery);
        recovery.map_or_else(|| read_code(text, CodeLength::SIX).map(Self::Totp), Ok)
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::Totp(_) => "totp",
            Self::Recovery(_) => "recovery_code",
        }
    }
}

/// An answer that was counted as if it were wrong.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    key: LimitKey,
    one: Use,
    attempts_remaining: u8,
}

impl Counted {
    /// When; what holds then is what it is compared with.
    pub(super) const fn at(&self) -> DateTime<Utc> {
        self.one.at
    }

    /// It was right.
    pub(super) fn refund(&self) -> Write<'static> {
        guesses::refund(self.key, self.one)
    }
}

impl Usecases {
    /// Shows the second factor in this session: what the authenticator app shows, or a recovery code.
    ///
    /// # Errors
    /// `Validation` (neither of the two), `NotFound` (there is no such second factor), `QuotaExceeded`, `InvalidCode`, `SessionEnded`,
    /// `Unavailable`.
    pub async fn show_second_factor(&self, actor: &Actor, code: &str) -> Result<(), Error> {
        let answer = Answer::read(code)?;
        let owner = actor.user.id;
        let code = match &answer {
            Answer::Totp(code) => code,
            Answer::Recovery(code) => {
                let held = second_factors::find_held(&mut self.parts.store.read().await?, owner).await?;
                if !held.is_any() {
                    return Err(Error::NotFound);
                }
                let counted = self.count_answer(actor).await?;
                let hash = self.parts.keys.recovery_hash(code, owner);
                let used = second_factors::update_recovery_code_used(owner, &hash, counted.at());
                return self.finish_answer(actor, counted, used, answer.kind()).await;
            }
        };
        let found = second_factors::find_confirmed(&mut self.parts.store.read().await?, owner).await?;
        let totp = found.ok_or(Error::NotFound)?;
        let counted = self.count_answer(actor).await?;
        let step = self.open(&totp, actor)?.step_of(code, counted.at(), totp.last_step);
        match step.map(|step| second_factors::update_step(owner, &totp.sealed, step)) {
            Some(used) => self.finish_answer(actor, counted, used, answer.kind()).await,
            None => Err(self.refuse_answer(actor, counted, answer.kind()).await?),
        }
    }

    /// Uses the answer up; of many that are the same, one wins and the others were wrong.
    async fn finish_answer(&self, actor: &Actor, counted: Counted, used: Write<'_>, by: &'static str) -> Result<(), Error> {
        let shown = sessions::update_second_factor(actor.session.id, counted.at());
        let entry = self.entry_of(actor, "second_factor_shown", json!({ "kind": by }));
        match self.parts.store.apply(vec![used, shown, counted.refund(), audit::insert(&entry)]).await? {
            Applied::All(_) => Ok(()),
            Applied::Stopped(0) => Err(self.refuse_answer(actor, counted, by).await?),
            Applied::Stopped(_) => Err(Error::SessionEnded),
        }
    }

    /// Counts an answer before it is compared.
    pub(super) async fn count_answer(&self, actor: &Actor) -> Result<Counted, Error> {
        let now = self.parts.clock.now();
        let quotas = self.parts.settings.second_factor.quotas();
        let key = LimitKey::factor(self.parts.keys.pepper(), actor.user.id);
        let one = Use { at: now, tag: u32::from_be_bytes(self.parts.rng.bytes()) };
        let is_counted = self.parts.store.apply_one(limit_keys::spend(key, quotas, one)).await?;
        let uses = limit_keys::find(&mut self.parts.store.read().await?, key).await?;
        let standings = quotas.map(|quota| quota.standing(uses.usage(quota, now), now));
        if is_counted {
            let left = standings.iter().map(|standing| standing.remaining).min().unwrap_or(0);
            return Ok(Counted { key, one, attempts_remaining: u8::try_from(left).unwrap_or(u8::MAX) });
        }
        // Should a right answer have been given back between the two looks, there is room again in no time.
        let refusal = QuotaExceeded::check(standings)
            .unwrap_or_else(|| QuotaExceeded { violated: vec![Standing { remaining: 0, ..standings[0] }] });
        metrics::refused(&refusal);
        Err(Error::QuotaExceeded(refusal))
    }

    /// Writes down that an answer was wrong: what to say then.
    pub(super) async fn refuse_answer(&self, actor: &Actor, counted: Counted, by: &'static str) -> Result<Error, Error> {
        let entry = self.entry_of(actor, "second_factor_refused", json!({ "kind": by }));
        self.parts.store.apply_one(audit::insert(&entry)).await?;
        Ok(Error::InvalidCode { attempts_remaining: counted.attempts_remaining })
    }

    /// The secret of an authenticator app of the actor's.
    pub(super) fn open(&self, totp: &SealedTotp, actor: &Actor) -> Result<TotpSecret, Error> {
        let opened = self.parts.keys.open_totp(&totp.sealed, actor.user.id);
        opened.ok_or_else(|| Error::internal("a TOTP secret does not open: was it sealed under another auth.pepper?"))
    }
}
