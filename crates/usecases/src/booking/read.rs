//! Reading bookings: one's own, and a salon's.

use chrono::{DateTime, NaiveDate, Utc};
use domain::booking::{Booking, BookingCode, BookingEvent};
use domain::error::{FieldError, ValidationError};
use domain::ids::{BookingId, SalonId, StaffId};
use domain::page::Page;
use domain::permission::Permission;
use domain::user::User;
use store::visits::{self, Days, Visit};
use store::{booking_events, salons, staff, users};

use crate::{Actor, Admin, Error, Usecases};

/// Bookings on a page.
const PAGE: u32 = 20;
/// Bookings of a salon in one look; more do not fit on a screen either.
const MOST_OF_DAYS: u32 = 1_000;
/// Days of a salon in one look.
const MOST_DAYS: i64 = 31;

/// Which of one's own bookings.
#[derive(Clone, Debug, Default)]
pub struct ListBookings {
    /// Those that are over or off, instead of those to come.
    pub is_past: bool,
    /// Where to go on.
    pub after: Option<String>,
}

/// One's own bookings.
pub type BookingList = Page<Visit>;

/// A booking, seen by its customer or by its salon.
#[derive(Clone, Debug)]
pub struct MineOrDesk {
    /// The booking.
    pub visit: Visit,
    /// Whether whoever looks sees whole phones.
    pub may_view_phone: bool,
}

/// The bookings of a salon on some days.
#[derive(Clone, Debug)]
pub struct DayList {
    /// In the order they begin; what has none of its customer left out is held.
    pub visits: Vec<Visit>,
    /// Whether whoever looks sees whole phones.
    pub may_view_phone: bool,
}

/// What happened to a booking, and who did it.
#[derive(Clone, Debug)]
pub struct SignedEvent {
    /// What happened.
    pub event: BookingEvent,
    /// Who did it, as they are now; `None` when nobody did, or they are gone.
    pub actor: Option<User>,
}

impl Usecases {
    /// A page of the actor's bookings: to come, the next first; or past, the last first.
    ///
    /// # Errors
    /// `Validation` (a cursor that is none), `Unavailable`.
    pub async fn list_my_bookings(&self, actor: &Actor, input: &ListBookings) -> Result<BookingList, Error> {
        let after = input.after.as_deref().map(read_cursor).transpose()?;
        let (user, now) = (actor.user.id, self.parts.clock.now());
        let mut tx = self.parts.store.read().await?;
        let mut items = if input.is_past {
            visits::list_past(&mut tx, user, now, after, PAGE + 1).await?
        } else {
            visits::list_upcoming(&mut tx, user, now, after, PAGE + 1).await?
        };
        let has_more = items.len() > PAGE as usize;
        items.truncate(PAGE as usize);
        let last = items.last().filter(|_| has_more).map(|last| &last.booking);
        let next = last.map(cursor_of);
        Ok(Page { items, next })
    }

    /// A booking of the actor.
    ///
    /// # Errors
    /// `NotFound` (not there, or somebody else's), `Unavailable`.
    pub async fn read_my_booking(&self, actor: &Actor, id: BookingId) -> Result<Visit, Error> {
        Ok(self.booked(actor, id).await?.visit)
    }

    /// A booking of a salon.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Unavailable`.
    pub async fn read_booking(&self, admin: &Admin, id: BookingId) -> Result<MineOrDesk, Error> {
        admin.require(Permission::BookingOwn)?;
        let mut tx = self.parts.store.read().await?;
        let visit = visits::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let desk = self.at_desk_of(&mut tx, admin, &visit.booking, Permission::BookingManage).await?;
        Ok(MineOrDesk { visit, may_view_phone: desk.may_view_phone })
    }

    /// The booking of a salon that somebody at the counter names by its code.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Unavailable`.
    pub async fn find_booking_by_code(&self, admin: &Admin, salon: SalonId, code: &str) -> Result<MineOrDesk, Error> {
        let mut tx = self.parts.store.read().await?;
        self.at_desk(&mut tx, admin, salon, Permission::BookingManage).await?;
        let code = BookingCode::parse(code).ok_or(Error::NotFound)?;
        let visit = visits::find_by_code(&mut tx, salon, code).await?.ok_or(Error::NotFound)?;
        let desk = self.at_desk_of(&mut tx, admin, &visit.booking, Permission::BookingManage).await?;
        Ok(MineOrDesk { visit, may_view_phone: desk.may_view_phone })
    }

    /// The business day going on in a salon, for those who work there.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Unavailable`.
    pub async fn salon_today(&self, admin: &Admin, salon: SalonId) -> Result<NaiveDate, Error> {
        let mut tx = self.parts.store.read().await?;
        self.at_desk(&mut tx, admin, salon, Permission::BookingManage).await?;
        let salon = salons::find(&mut tx, salon).await?.ok_or(Error::NotFound)?;
        Ok(salon.wall.day_and_minute(self.parts.clock.now()).0)
    }

    /// The bookings of a salon on some business days, both included. A stylist sees those with themselves.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Validation` (days in the wrong order, or too many), `Unavailable`.
    pub async fn list_salon_bookings(
        &self,
        admin: &Admin,
        salon: SalonId,
        days: (NaiveDate, NaiveDate),
        with: Option<StaffId>,
    ) -> Result<DayList, Error> {
        admin.require(Permission::BookingOwn)?;
        let (from, to) = days;
        if to < from || (to - from).num_days() >= MOST_DAYS {
            return Err(Error::Validation(vec![ValidationError::new("/to", FieldError::Invalid)]));
        }
        let mut tx = self.parts.store.read().await?;
        let desk = self.at_desk(&mut tx, admin, salon, Permission::BookingManage).await?;
        salons::find(&mut tx, salon).await?.ok_or(Error::NotFound)?;
        let own = if desk.is_everybodys {
            with
        } else {
            let me = staff::list_of_user(&mut tx, desk.actor.user.id).await?;
            let me = me.into_iter().find(|staff| staff.salon_id == salon);
            Some(me.ok_or(Error::Forbidden)?.id)
        };
        if own != with && with.is_some() {
            return Err(Error::Forbidden);
        }
        let days = Days { salon, from, to, staff: own, now: self.parts.clock.now() };
        let visits = visits::list_for_days(&mut tx, &days, MOST_OF_DAYS).await?;
        Ok(DayList { visits, may_view_phone: desk.may_view_phone })
    }

    /// What happened to a booking of a salon, in order.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Unavailable`.
    pub async fn list_booking_events(&self, admin: &Admin, id: BookingId) -> Result<(Vec<SignedEvent>, bool), Error> {
        let seen = self.read_booking(admin, id).await?;
        let mut tx = self.parts.store.read().await?;
        let mut events = Vec::new();
        for event in booking_events::list(&mut tx, id).await? {
            let actor = match event.actor_id {
                Some(actor) => users::find(&mut tx, actor).await?,
                None => None,
            };
            events.push(SignedEvent { event, actor });
        }
        Ok((events, seen.may_view_phone))
    }
}

/// Where a page goes on: the start and the id of the last one shown.
pub(super) fn read_cursor(text: &str) -> Result<(DateTime<Utc>, BookingId), Error> {
    let read = || {
        let (at, id) = text.split_once('.')?;
        Some((DateTime::from_timestamp_micros(at.parse().ok()?)?, id.parse().ok()?))
    };
    read().ok_or_else(|| Error::Validation(vec![ValidationError::new("/after", FieldError::Invalid)]))
}

/// What [`read_cursor`] reads.
pub(super) fn cursor_of(last: &Booking) -> String {
    format!("{}.{}", last.span.starts_at.timestamp_micros(), last.id)
}
