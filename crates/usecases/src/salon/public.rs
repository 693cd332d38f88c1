//! What the public sees of salons.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use domain::ids::{StaffId, TreatmentId};
use domain::naming::Naming;
use domain::page::Page;
use domain::salon::{SalonStatus, Slug};
use domain::schedule::{Calendar, Hours};
use store::Tx;
use store::calendars::{self, Asked};
use store::salons::{self, Salon};
use store::staff::{self, Staff};
use store::staff_treatments::{self, Offer};
use store::treatments::{self, Treatment};

use crate::{Error, Usecases};

/// Salons on a page.
const LIMIT: u32 = 24;

/// A member of staff as the public knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicStaff {
    /// Key.
    pub id: StaffId,
    /// What the public calls them.
    pub name: Naming,
    /// What they do.
    pub treatments: Vec<TreatmentId>,
}

/// When a salon is open on a business day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenDay {
    /// The day.
    pub date: NaiveDate,
    /// When anybody who can be booked is at work; empty: closed.
    pub hours: Vec<Hours>,
}

/// A salon and all that its page shows.
#[derive(Clone, Debug)]
pub struct SalonFront {
    /// The salon.
    pub salon: Salon,
    /// What can be booked.
    pub services: Vec<Treatment>,
    /// Who can be booked.
    pub staff: Vec<PublicStaff>,
    /// This business day and the six after it.
    pub week: Vec<OpenDay>,
}

impl Usecases {
    /// Live salons, by their slugs, from the one after `after` on.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn list_salons(&self, after: Option<&str>) -> Result<Page<Salon>, Error> {
        let mut tx = self.parts.store.read().await?;
        Ok(page_of(salons::list(&mut tx, SalonStatus::Live, after, ASKED).await?))
    }

    /// A live salon.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn read_salon(&self, slug: &str) -> Result<Salon, Error> {
        live(&mut self.parts.store.read().await?, slug).await
    }

    /// What can be booked in a live salon.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn list_salon_services(&self, slug: &str) -> Result<Vec<Treatment>, Error> {
        let mut tx = self.parts.store.read().await?;
        let salon = live(&mut tx, slug).await?;
        Ok(bookable(&mut tx, &salon).await?.0)
    }

    /// Who can be booked in a live salon.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn list_salon_staff(&self, slug: &str) -> Result<Vec<PublicStaff>, Error> {
        let mut tx = self.parts.store.read().await?;
        let salon = live(&mut tx, slug).await?;
        Ok(bookable(&mut tx, &salon).await?.1)
    }

    /// A live salon as its page shows it.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn read_salon_front(&self, slug: &str) -> Result<SalonFront, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.read().await?;
        let salon = live(&mut tx, slug).await?;
        let (services, staff) = bookable(&mut tx, &salon).await?;
        let from = salon.wall.business_day(now);
        let dates: Vec<_> = (0..7).filter_map(|days| from.checked_add_days(Days::new(days))).collect();
        let to = dates.last().copied().unwrap_or(from);
        let asked = Asked { salon: salon.id, wall: salon.wall, staff: None, from, to, now };
        let calendars = calendars::list(&mut tx, &asked).await?;
        let public: Vec<&Calendar> = staff.iter().filter_map(|one| calendars.get(&one.id)).collect();
        let week = dates.into_iter().map(|date| OpenDay { date, hours: open_on(&public, date) }).collect();
        Ok(SalonFront { salon, services, staff, week })
    }
}

/// A salon that the public sees.
pub(crate) async fn live(tx: &mut Tx, slug: &str) -> Result<Salon, Error> {
    // As it stands in the address: another spelling of a slug is another address.
    let slug = Slug::parse(slug).filter(|parsed| parsed.as_str() == slug).ok_or(Error::NotFound)?;
    let salon = salons::find_by_slug(tx, &slug).await?;
    salon.filter(|salon| salon.status == SalonStatus::Live).ok_or(Error::NotFound)
}

/// What the public can book in a salon, and whom: active treatments that somebody does, and public staff.
async fn bookable(tx: &mut Tx, salon: &Salon) -> Result<(Vec<Treatment>, Vec<PublicStaff>), Error> {
    let offers = staff_treatments::list(tx, salon.id).await?;
    let treatments = treatments::list(tx, salon.id).await?;
    let staff = staff::list(tx, salon.id).await?;
    Ok(of_the_public(treatments, &staff, &offers))
}

pub(super) fn of_the_public(
    mut treatments: Vec<Treatment>,
    staff: &[Staff],
    offers: &[Offer],
) -> (Vec<Treatment>, Vec<PublicStaff>) {
    treatments.retain(|treatment| treatment.is_active);
    let active: HashSet<_> = treatments.iter().map(|treatment| treatment.id).collect();
    let does = |staff: StaffId| {
        let own = offers.iter().filter(move |offer| offer.staff_id == staff);
        own.map(|offer| offer.treatment_id).filter(|id| active.contains(id)).collect::<Vec<_>>()
    };
    let public = |one: &Staff| Some(PublicStaff { id: one.id, name: one.public_name()?.clone(), treatments: does(one.id) });
    let staff: Vec<PublicStaff> = staff.iter().filter_map(public).collect();
    let done: HashSet<_> = staff.iter().flat_map(|one| one.treatments.iter().copied()).collect();
    treatments.retain(|treatment| done.contains(&treatment.id));
    (treatments, staff)
}

/// When any of them is at work on a business day, stretches that touch joined.
fn open_on(calendars: &[&Calendar], date: NaiveDate) -> Vec<Hours> {
    let mut all: Vec<Hours> = calendars.iter().flat_map(|calendar| calendar.hours_on(date)).copied().collect();
    all.sort_unstable();
    let mut open: Vec<Hours> = Vec::new();
    for next in all {
        match open.last_mut() {
            Some(last) if next.start_min() <= last.end_min() => {
                let end = last.end_min().max(next.end_min()).min(last.start_min() + 1440);
                *last = Hours::new(last.start_min(), end).unwrap_or(*last);
            }
            _ => open.push(next),
        }
    }
    open
}

/// One more than fits was asked for: it says that there is a next page.
pub(super) fn page_of(mut items: Vec<Salon>) -> Page<Salon> {
    let limit = usize::try_from(LIMIT).unwrap_or(usize::MAX);
    let has_more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| has_more).map(|salon| salon.slug.as_str().to_owned());
    Page { items, next }
}

/// What [`page_of`] is to be given.
pub(super) const ASKED: u32 = LIMIT + 1;
