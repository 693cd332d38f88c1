//! When a service can still be booked, and with whom.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::error::FieldError;
use domain::ids::{StaffId, TreatmentId};
use domain::naming::Naming;
use domain::schedule::{Frame, Slot, Want, free_slots};
use domain::treatment::Terms;
use store::calendars::{self, Asked};
use store::salons::Salon;
use store::{Tx, staff, staff_treatments, treatments};

use super::fields::wrong;
use super::public::live;
use crate::{Error, Usecases};

/// Days that can be asked for at once.
pub const MOST_DAYS: u16 = 31;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct AskAvailability {
    /// What.
    pub service: TreatmentId,
    /// With whom, `None`: anybody.
    pub staff: Option<StaffId>,
    /// From which business day on, `None`: the one going on.
    pub from: Option<NaiveDate>,
    /// How many days, 1 to [`MOST_DAYS`].
    pub days: u16,
}

/// Somebody who does what is looked for, and on what terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Key.
    pub id: StaffId,
    /// What the public calls them.
    pub name: Naming,
    /// With a price and a length of their own, if they have one.
    pub terms: Terms,
}

/// A slot and who is free at it, in the order of the salon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeSlot {
    /// The slot.
    pub slot: Slot,
    /// One at least.
    pub staff: Vec<StaffId>,
}

/// What there is.
#[derive(Clone, Debug)]
pub struct Availability {
    /// Where.
    pub salon: Salon,
    /// What.
    pub service: TreatmentId,
    /// The first business day looked at.
    pub from: NaiveDate,
    /// How many.
    pub days: u16,
    /// Who was looked at.
    pub candidates: Vec<Candidate>,
    /// In order.
    pub slots: Vec<FreeSlot>,
}

impl Usecases {
    /// When a service of a live salon can be booked.
    ///
    /// # Errors
    /// `Validation`, `NotFound` (the salon, the service or the member of staff, none of which the public sees otherwise), `Unavailable`.
    pub async fn read_availability(&self, slug: &str, ask: AskAvailability) -> Result<Availability, Error> {
        if ask.days == 0 || ask.days > MOST_DAYS {
            return Err(wrong("/days", FieldError::NotOffered));
        }
        let mut tx = self.parts.store.read().await?;
        let salon = live(&mut tx, slug).await?;
        availability(&mut tx, salon, ask, self.parts.clock.now()).await
    }
}

/// The same for whoever has the salon already. Within a transaction that writes it sees what that wrote.
pub(crate) async fn availability(
    tx: &mut Tx,
    salon: Salon,
    ask: AskAvailability,
    now: DateTime<Utc>,
) -> Result<Availability, Error> {
    let service =
        treatments::find(tx, salon.id, ask.service).await?.filter(|service| service.is_active).ok_or(Error::NotFound)?;
    let offers = staff_treatments::list_bookable(tx, salon.id, service.id).await?;
    let mut candidates = Vec::new();
    for one in staff::list(tx, salon.id).await? {
        let offer = offers.iter().find(|offer| offer.staff_id == one.id);
        if let (Some(name), Some(offer)) = (one.public_name(), offer)
            && ask.staff.is_none_or(|wanted| wanted == one.id)
        {
            let terms = service.terms.with_own(offer.price, offer.duration);
            candidates.push(Candidate { id: one.id, name: name.clone(), terms });
        }
    }
    if ask.staff.is_some() && candidates.is_empty() {
        return Err(Error::NotFound);
    }

    let from = ask.from.unwrap_or_else(|| salon.wall.business_day(now));
    let to = from
        .checked_add_days(Days::new(u64::from(ask.days.saturating_sub(1))))
        .ok_or_else(|| wrong("/from", FieldError::NotOffered))?;
    let frame = Frame {
        from,
        days: ask.days,
        grid_min: salon.policies.grid_min,
        not_before: now + TimeDelta::minutes(i64::from(salon.policies.notice_min)),
        not_after: now + TimeDelta::days(i64::from(salon.policies.horizon_days)),
    };
    let asked = Asked { salon: salon.id, wall: salon.wall, staff: ask.staff, from, to, now };
    let calendars = calendars::list(tx, &asked).await?;
    let mut merged: BTreeMap<Slot, Vec<StaffId>> = BTreeMap::new();
    for one in &candidates {
        let Some(calendar) = calendars.get(&one.id) else { continue };
        for slot in free_slots(calendar, Want::from(&one.terms), &frame) {
            merged.entry(slot).or_default().push(one.id);
        }
    }
    let slots = merged.into_iter().map(|(slot, staff)| FreeSlot { slot, staff }).collect();
    Ok(Availability { salon, service: service.id, from, days: ask.days, candidates, slots })
}
