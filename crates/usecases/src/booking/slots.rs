//! What is booked, by whom it could be done, and whether a slot is one that is on offer.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::booking::{Booking, Span};
use domain::error::{FieldError, ValidationError};
use domain::ids::{SalonId, StaffId, TreatmentId};
use domain::salon::{SalonStatus, Slug};
use domain::schedule::{Calendar, Frame, Interval, Slot, Want, free_slots};
use domain::treatment::Terms;
use store::calendars::{self, Asked};
use store::salons::{self, Salon};
use store::staff::{self, Staff};
use store::treatments::{self, Treatment};
use store::{Tx, staff_treatments};

use crate::Error;

/// How many free slots are named when one is gone.
const NEAREST: usize = 3;
/// How many days around it are looked through for them.
const NEAREST_DAYS: u16 = 8;

/// A slot that is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherSlot {
    /// With whom.
    pub staff_id: StaffId,
    /// When.
    pub slot: Slot,
}

/// Somebody who does it, and on which terms.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) staff: Staff,
    pub(crate) terms: Terms,
}

/// What is wanted, and who could do it.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) salon: Salon,
    pub(crate) treatment: Treatment,
    /// In the order in which they are tried.
    pub(crate) candidates: Vec<Candidate>,
}

/// For whom a slot is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rules {
    /// The public: on the grid, in the hours of work, notice and horizon kept.
    Public,
    /// The salon: it knows what it does.
    Desk,
}

/// What somebody wants, by ids.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) salon: SalonId,
    pub(crate) treatment: TreatmentId,
    pub(crate) staff: Option<StaffId>,
    pub(crate) rules: Rules,
}

/// The salon at an address, if the public sees it.
///
/// # Errors
/// `NotFound`, `Unavailable`.
pub(crate) async fn find_live(tx: &mut Tx, slug: &str) -> Result<SalonId, Error> {
    let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
    let salon = salons::find_by_slug(tx, &slug).await?.filter(|salon| salon.status == SalonStatus::Live);
    Ok(salon.ok_or(Error::NotFound)?.id)
}

/// Finds what is wanted.
///
/// # Errors
/// `NotFound` (no such salon for the public), `Validation`.
pub(crate) async fn find_offer(tx: &mut Tx, wanted: Wanted) -> Result<Offer, Error> {
    let is_shown = |salon: &Salon| wanted.rules == Rules::Desk || salon.status == SalonStatus::Live;
    let salon = salons::find(tx, wanted.salon).await?.filter(is_shown).ok_or(Error::NotFound)?;
    let none = |pointer| Error::Validation(vec![ValidationError::new(pointer, FieldError::NotOffered)]);
    let treatment = treatments::find(tx, salon.id, wanted.treatment).await?.filter(|one| one.is_active);
    let treatment = treatment.ok_or_else(|| none("/service_id"))?;
    let offers = staff_treatments::list_bookable(tx, salon.id, treatment.id).await?;
    let everybody = staff::list(tx, salon.id).await?;
    let mut candidates = Vec::new();
    for offer in offers {
        let is_asked_for = wanted.staff.is_none_or(|one| one == offer.staff_id);
        if let Some(staff) = everybody.iter().find(|staff| is_asked_for && staff.id == offer.staff_id) {
            candidates.push(Candidate { staff: staff.clone(), terms: treatment.terms.with_own(offer.price, offer.duration) });
        }
    }
    if candidates.is_empty() {
        return Err(none(if wanted.staff.is_some() { "/staff_id" } else { "/service_id" }));
    }
    Ok(Offer { salon, treatment, candidates })
}

/// The visit that begins then.
pub(crate) fn span(starts_at: DateTime<Utc>, date: NaiveDate, want: Want) -> Span {
    let minutes = |minutes: u16| TimeDelta::minutes(minutes.into());
    let ends_at = starts_at + minutes(want.duration);
    Span {
        starts_at,
        ends_at,
        blocked_from: starts_at - minutes(want.before),
        blocked_to: ends_at + minutes(want.after),
        business_date: date,
    }
}

/// As much time as a booking has.
pub(crate) fn want_of(booking: &Booking) -> Want {
    let minutes = |span: TimeDelta| u16::try_from(span.num_minutes()).unwrap_or_default();
    let span = &booking.span;
    Want {
        before: minutes(span.starts_at - span.blocked_from),
        duration: minutes(span.ends_at - span.starts_at),
        after: minutes(span.blocked_to - span.ends_at),
    }
}

/// A look at somebody's days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look<'a> {
    pub(crate) salon: &'a Salon,
    pub(crate) rules: Rules,
    pub(crate) now: DateTime<Utc>,
    /// A booking that is to be moved is not in its own way.
    pub(crate) but: Option<&'a Booking>,
}

impl Look<'_> {
    /// The visit of `want` that begins then with a member of staff, if that slot is on offer. The salon may put it anywhere.
    ///
    /// # Errors
    /// `Unavailable`.
    pub(crate) async fn span_at(
        &self,
        tx: &mut Tx,
        staff: StaffId,
        starts_at: DateTime<Utc>,
        want: Want,
    ) -> Result<Option<Span>, Error> {
        let (date, _) = self.salon.wall.day_and_minute(starts_at);
        let yesterday = date.checked_sub_days(Days::new(1)).unwrap_or(date);
        let calendar = self.calendar(tx, staff, yesterday, 2).await?;
        let slots = calendar.as_ref().map(|calendar| free_slots(calendar, want, &self.frame(yesterday, 2)));
        let slot = slots.iter().flatten().find(|slot| slot.starts_at == starts_at);
        let span_on = |date| span(starts_at, date, want);
        Ok(match (slot, self.rules) {
            (Some(slot), _) => Some(span_on(slot.date)),
            (None, Rules::Public) => None,
            (None, Rules::Desk) => {
                // After midnight it is still the night of the day before, as long as that one works.
                let is_spill = |calendar: &Calendar| {
                    let hours = calendar.hours_on(yesterday).iter();
                    let stretches = hours.filter_map(|hours| calendar.wall.interval(yesterday, *hours));
                    let first = Interval::new(starts_at, starts_at + TimeDelta::minutes(1));
                    first.is_some_and(|first| stretches.into_iter().any(|stretch| stretch.holds(first)))
                };
                Some(span_on(if calendar.as_ref().is_some_and(is_spill) { yesterday } else { date }))
            }
        })
    }

    /// The free slots nearest to an instant, in order.
    ///
    /// # Errors
    /// `Unavailable`.
    pub(crate) async fn nearest(
        &self,
        tx: &mut Tx,
        candidates: &[(StaffId, Want)],
        to: DateTime<Utc>,
    ) -> Result<Vec<OtherSlot>, Error> {
        let (date, _) = self.salon.wall.day_and_minute(to);
        let from = date.checked_sub_days(Days::new(1)).unwrap_or(date);
        let mut all: Vec<OtherSlot> = Vec::new();
        for (staff_id, want) in candidates {
            let Some(calendar) = self.calendar(tx, *staff_id, from, NEAREST_DAYS).await? else { continue };
            let slots = free_slots(&calendar, *want, &self.frame(from, NEAREST_DAYS));
            all.extend(slots.into_iter().map(|slot| OtherSlot { staff_id: *staff_id, slot }));
        }
        // One of each time: the first who could do it.
        all.sort_by_key(|free| ((free.slot.starts_at - to).abs(), free.slot.starts_at));
        all.dedup_by_key(|free| free.slot.starts_at);
        all.truncate(NEAREST);
        all.sort_by_key(|free| free.slot.starts_at);
        Ok(all)
    }

    async fn calendar(&self, tx: &mut Tx, staff: StaffId, from: NaiveDate, days: u16) -> Result<Option<Calendar>, Error> {
        let to = from.checked_add_days(Days::new(u64::from(days) - 1)).unwrap_or(from);
        let asked = Asked { salon: self.salon.id, wall: self.salon.wall, staff: Some(staff), from, to, now: self.now };
        let mut calendar = calendars::list(tx, &asked).await?.remove(&staff);
        if let (Some(calendar), Some(but)) = (&mut calendar, self.but.filter(|but| but.staff_id == staff)) {
            let own = Interval::new(but.span.blocked_from, but.span.blocked_to);
            calendar.taken.retain(|taken| Some(*taken) != own);
        }
        Ok(calendar)
    }

    fn frame(&self, from: NaiveDate, days: u16) -> Frame {
        let policies = &self.salon.policies;
        Frame {
            from,
            days,
            grid_min: policies.grid_min,
            not_before: self.now + TimeDelta::minutes(policies.notice_min.into()),
            not_after: self.now + TimeDelta::days(policies.horizon_days.into()),
        }
    }
}
