//! Single days and stretches: exceptions, days on which a salon is closed, time off.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::error::FieldError;
use domain::ids::{SalonId, StaffId, TimeOffId};
use domain::permission::Permission;
use domain::schedule::{Closing, DayException, DayHours};
use serde_json::json;
use store::salon_closings::{self, SalonClosing};
use store::staff_exceptions::{self, StaffException};
use store::time_off::{self, TimeOff};
use store::{Tx, salons};

use super::fields::{reason, wrong};
use super::hours::{Place, far, read_day};
use crate::{Admin, Error, Usecases};

/// Longest time off.
const LONGEST: TimeDelta = TimeDelta::days(366);

/// What is so on one business day instead of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditException {
    /// The day on which it starts.
    pub date: NaiveDate,
    /// From and until; none: a day off.
    pub hours: Vec<(String, String)>,
    /// Why, for the salon.
    pub reason: Option<String>,
    /// That bookings outside of it are known.
    pub is_confirmed: bool,
}

/// A day on which a salon is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditClosing {
    /// The business day.
    pub date: NaiveDate,
    /// Whether what the night before spills into it goes too.
    pub takes_spill: bool,
    /// Why.
    pub reason: Option<String>,
    /// That bookings on it are known.
    pub is_confirmed: bool,
}

/// A stretch of time off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditTimeOff {
    /// The first instant.
    pub starts_at: DateTime<Utc>,
    /// The first instant after it.
    pub ends_at: DateTime<Utc>,
    /// Why, for the salon.
    pub reason: Option<String>,
    /// That bookings in it are known.
    pub is_confirmed: bool,
}

impl Usecases {
    /// Says what is so on one business day of a member of staff; what was said of it before is replaced.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Validation`, `HitsBookings`, `Unavailable`.
    pub async fn save_exception(
        &self,
        admin: &Admin,
        salon: SalonId,
        staff: StaffId,
        input: &EditException,
    ) -> Result<StaffException, Error> {
        admin.require(Permission::StaffManage)?;
        let hours = read_day(&input.hours)?;
        let hours = if hours.is_empty() { DayHours::Closed } else { DayHours::Custom(hours) };
        let exception = DayException { date: input.date, hours };
        let saved = StaffException { staff_id: staff, exception, reason: reason(input.reason.as_deref())? };
        let place = Place { salon, staff: Some(staff), is_confirmed: input.is_confirmed };
        let detail = json!({ "what": "exception", "staff_id": staff, "date": input.date });
        let new = saved.clone();
        self.change_hours(admin, place, detail, async move |tx: &mut Tx| {
            staff_exceptions::delete(tx, staff, new.exception.date).await?;
            Ok(staff_exceptions::insert(tx, &new).await?)
        })
        .await?;
        Ok(saved)
    }

    /// The week is so again on a day.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `HitsBookings`, `Unavailable`.
    pub async fn remove_exception(
        &self,
        admin: &Admin,
        (salon, staff): (SalonId, StaffId),
        date: NaiveDate,
        is_confirmed: bool,
    ) -> Result<(), Error> {
        let place = Place { salon, staff: Some(staff), is_confirmed };
        let detail = json!({ "what": "exception_removed", "staff_id": staff, "date": date });
        self.change_hours(admin, place, detail, async move |tx: &mut Tx| {
            if staff_exceptions::delete(tx, staff, date).await? { Ok(()) } else { Err(Error::NotFound) }
        })
        .await
    }

    /// The days on which a salon is closed, from today on.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn list_closings(&self, admin: &Admin, salon: SalonId) -> Result<Vec<SalonClosing>, Error> {
        let mut tx = self.parts.store.read().await?;
        admin.require_any_in(&mut tx, salon).await?;
        let salon = salons::find(&mut tx, salon).await?.ok_or(Error::NotFound)?;
        let today = salon.wall.business_day(self.parts.clock.now());
        Ok(salon_closings::list(&mut tx, salon.id, today, far(today)).await?)
    }

    /// Closes a salon on a day. What the night before spills into it goes only when asked.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Validation`, `HitsBookings`, `Unavailable`.
    pub async fn save_closing(&self, admin: &Admin, salon: SalonId, input: &EditClosing) -> Result<SalonClosing, Error> {
        admin.require(Permission::CatalogueEdit)?;
        let closing = Closing { date: input.date, takes_spill: input.takes_spill };
        let saved = SalonClosing { closing, reason: reason(input.reason.as_deref())? };
        let place = Place { salon, staff: None, is_confirmed: input.is_confirmed };
        let detail = json!({ "what": "closing", "date": input.date, "takes_spill": input.takes_spill });
        let new = saved.clone();
        self.change_hours(admin, place, detail, async move |tx: &mut Tx| Ok(salon_closings::insert(tx, salon, &new).await?))
            .await?;
        Ok(saved)
    }

    /// Opens a salon on a day again.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn remove_closing(&self, admin: &Admin, salon: SalonId, date: NaiveDate) -> Result<(), Error> {
        let place = Place { salon, staff: None, is_confirmed: false };
        let detail = json!({ "what": "closing_removed", "date": date });
        self.change_hours(admin, place, detail, async move |tx: &mut Tx| {
            if salon_closings::delete(tx, salon, date).await? { Ok(()) } else { Err(Error::NotFound) }
        })
        .await
    }

    /// Gives a member of staff time off.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Validation`, `HitsBookings`, `Unavailable`.
    pub async fn add_time_off(
        &self,
        admin: &Admin,
        salon: SalonId,
        staff: StaffId,
        input: &EditTimeOff,
    ) -> Result<TimeOff, Error> {
        let now = self.parts.clock.now();
        admin.require(Permission::StaffManage)?;
        if input.ends_at <= input.starts_at || input.ends_at - input.starts_at > LONGEST {
            return Err(wrong("/ends_at", FieldError::NotOffered));
        }
        let off = TimeOff {
            id: self.parts.rng.id_v7::<TimeOffId>(now),
            staff_id: staff,
            starts_at: input.starts_at,
            ends_at: input.ends_at,
            reason: reason(input.reason.as_deref())?,
        };
        let place = Place { salon, staff: Some(staff), is_confirmed: input.is_confirmed };
        let detail = json!({ "what": "time_off", "staff_id": staff, "starts_at": off.starts_at, "ends_at": off.ends_at });
        let new = off.clone();
        self.change_hours(admin, place, detail, async move |tx: &mut Tx| Ok(time_off::insert(tx, &new, now).await?)).await?;
        Ok(off)
    }

    /// Takes a stretch of time off back.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn remove_time_off(&self, admin: &Admin, salon: SalonId, staff: StaffId, id: TimeOffId) -> Result<(), Error> {
        let place = Place { salon, staff: Some(staff), is_confirmed: false };
        let detail = json!({ "what": "time_off_removed", "staff_id": staff });
        self.change_hours(admin, place, detail, async move |tx: &mut Tx| {
            if time_off::delete(tx, staff, id).await? { Ok(()) } else { Err(Error::NotFound) }
        })
        .await
    }
}
