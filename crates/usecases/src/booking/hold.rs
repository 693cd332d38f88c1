//! Keeping a slot for somebody who is still signing in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use domain::booking::{BookingSource, BookingStatus};
use domain::ids::{StaffId, TreatmentId};
use domain::keys::LimitKey;
use domain::limits::{QuotaExceeded, Standing};
use domain::uses::Use;
use store::visits::Visit;
use store::{Applied, bookings, limit_keys, visits};

use super::insert::{Doing, Draft};
use super::slots::{Rules, Wanted, find_live, find_offer};
use crate::keys::tokens::hash;
use crate::{Actor, Client, Error, Usecases, metrics};

/// What is to be held.
#[derive(Clone, Debug)]
pub struct NewHold {
    /// Where: its name in addresses.
    pub salon: String,
    /// What.
    pub treatment: TreatmentId,
    /// With whom, `None`: anybody.
    pub staff: Option<StaffId>,
    /// When.
    pub starts_at: DateTime<Utc>,
    /// The token of what the caller held before, which they let go.
    pub instead_of: Option<String>,
    /// Which door.
    pub source: BookingSource,
}

/// A slot that is kept.
#[derive(Clone, Debug)]
pub struct Held {
    /// What turns it into a booking. It is told once and kept as a hash.
    pub token: String,
    /// What is held.
    pub visit: Visit,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

impl Usecases {
    /// Holds a slot, for anybody.
    ///
    /// # Errors
    /// `NotFound`, `Validation`, `SlotTaken`, `QuotaExceeded`, `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.hold_slot", skip_all)]
    pub async fn hold_slot(&self, actor: Option<&Actor>, input: &NewHold, client: &Client) -> Result<Held, Error> {
        let rules = Rules::Public;
        let mut tx = self.parts.store.read().await?;
        let salon = find_live(&mut tx, &input.salon).await?;
        let offer = find_offer(&mut tx, Wanted { salon, treatment: input.treatment, staff: input.staff, rules }).await?;
        drop(tx);
        self.spend_hold(actor, client).await?;
        if let Some(token) = &input.instead_of {
            self.let_go(token).await?;
        }
        let now = self.parts.clock.now();
        let token = URL_SAFE_NO_PAD.encode(self.parts.rng.bytes::<32>());
        let expires_at = now + TimeDelta::minutes(offer.salon.policies.hold_min.into());
        let draft = Draft {
            starts_at: input.starts_at,
            status: BookingStatus::Held,
            customer: None,
            attendee_name: None,
            note: None,
            source: input.source,
            hold: Some((hash(&token), expires_at)),
            by: Doing::customer(actor.map(|actor| actor.user.id)),
            rules,
            overbooked_by: None,
            asked: None,
        };
        let booking = self.insert_booking(&offer, &draft).await?;
        let visit = visits::find(&mut self.parts.store.read().await?, booking.id).await?.ok_or(Error::HoldExpired)?;
        Ok(Held { token, visit, expires_at })
    }

    /// What a token holds, while it does.
    ///
    /// # Errors
    /// `HoldExpired`, `Unavailable`.
    pub async fn read_hold(&self, token: &str) -> Result<Visit, Error> {
        let mut tx = self.parts.store.read().await?;
        let now = self.parts.clock.now();
        let holds = |until: Option<DateTime<Utc>>| until.is_some_and(|until| until > now);
        let held = bookings::find_by_hold(&mut tx, &hash(token)).await?;
        let held = held.filter(|held| held.status == BookingStatus::Held && holds(held.hold_expires_at));
        visits::find(&mut tx, held.ok_or(Error::HoldExpired)?.id).await?.ok_or(Error::HoldExpired)
    }

    /// Gives back what a token holds. Whatever else it was is left alone.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn let_go(&self, token: &str) -> Result<(), Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let held = bookings::find_by_hold(&mut tx, &hash(token)).await?;
        let Some(held) = held.filter(|held| held.status == BookingStatus::Held) else { return Ok(()) };
        if tx.run(bookings::update_status(&held, BookingStatus::Expired, now)).await? {
            self.record(&mut tx, &held, Some(held.status), BookingStatus::Expired, &Doing::customer(None), now).await?;
        }
        Ok(tx.commit().await?)
    }

    /// One hold of the few that an address, or a person, may have in a while.
    async fn spend_hold(&self, actor: Option<&Actor>, client: &Client) -> Result<(), Error> {
        let (now, quota) = (self.parts.clock.now(), self.parts.settings.booking.holds);
        let holder = actor.map_or_else(|| client.address.as_str().to_owned(), |actor| actor.user.id.to_string());
        let key = LimitKey::holds_of(self.parts.keys.pepper(), &holder);
        let one = Use { at: now, tag: u32::from_be_bytes(self.parts.rng.bytes()) };
        if let Applied::All(_) = self.parts.store.apply(vec![limit_keys::spend(key, [quota; 2], one)]).await? {
            return Ok(());
        }
        let uses = limit_keys::find(&mut self.parts.store.read().await?, key).await?;
        let standing = Standing { remaining: 0, ..quota.standing(uses.usage(quota, now), now) };
        let refusal = QuotaExceeded { violated: vec![standing] };
        metrics::refused(&refusal);
        Err(Error::QuotaExceeded(refusal))
    }
}
