//! When staff are at work. Whatever takes hours away from under bookings lists these and asks first.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, Utc, Weekday};
use domain::error::FieldError;
use domain::ids::{BookingId, SalonId, ScheduleId, StaffId};
use domain::naming::Naming;
use domain::permission::Permission;
use domain::person::clean_name;
use domain::schedule::{Calendar, Hours, Schedule, Week};
use serde_json::{Value, json};
use store::Tx;
use store::calendars::{self, Asked, Standing};
use store::salon_closings::{self, SalonClosing};
use store::salons::{self, Salon};
use store::schedules::{self, StaffSchedule};
use store::staff::{self, Staff};
use store::staff_exceptions::{self, StaffException};
use store::time_off::{self, TimeOff};

use super::fields::{Faults, wrong};
use crate::{Admin, Error, Usecases};

/// A booking that would be outside of all hours. Who it is for is not said here: the booking is looked up by its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Key.
    pub booking: BookingId,
    /// What the customer knows it by.
    pub code: String,
    /// With whom.
    pub staff: StaffId,
    /// Under which name.
    pub staff_name: Option<Naming>,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it is over.
    pub ends_at: DateTime<Utc>,
}

/// A stretch of a week as it is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// 0 is Sunday.
    pub weekday: i64,
    /// `16:00`.
    pub start: String,
    /// `02:00`: what is not later is on the next day.
    pub end: String,
}

/// A week to be saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditWeek {
    /// All of it; without any the week is one of days off.
    pub rules: Vec<Rule>,
    /// What it is called, of a week with dates.
    pub name: Option<String>,
    /// The first day, `None`: it always was.
    pub valid_from: Option<NaiveDate>,
    /// The last day, `None`: until further notice.
    pub valid_to: Option<NaiveDate>,
    /// That bookings outside of it are known.
    pub is_confirmed: bool,
}

/// All that says when a member of staff is at work.
#[derive(Clone, Debug)]
pub struct StaffHours {
    /// The salon.
    pub salon: Salon,
    /// Who.
    pub staff: Staff,
    /// The ordinary week and those with dates, past ones too.
    pub schedules: Vec<StaffSchedule>,
    /// From today on.
    pub exceptions: Vec<StaffException>,
    /// What is not over.
    pub time_off: Vec<TimeOff>,
    /// Of the salon, from today on.
    pub closings: Vec<SalonClosing>,
}

/// What is changed, where and for whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub salon: SalonId,
    /// One of the staff, or everybody.
    pub staff: Option<StaffId>,
    /// That bookings outside of the new hours are known.
    pub is_confirmed: bool,
}

impl Usecases {
    /// When a member of staff is at work.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn read_staff_hours(&self, admin: &Admin, salon: SalonId, id: StaffId) -> Result<StaffHours, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.read().await?;
        admin.require_any_in(&mut tx, salon).await?;
        let salon = salons::find(&mut tx, salon).await?.ok_or(Error::NotFound)?;
        let staff = staff::find(&mut tx, salon.id, id).await?.ok_or(Error::NotFound)?;
        let today = salon.wall.business_day(now);
        Ok(StaffHours {
            schedules: schedules::list(&mut tx, id).await?,
            exceptions: staff_exceptions::list(&mut tx, id, today).await?,
            time_off: time_off::list(&mut tx, id, now).await?,
            closings: salon_closings::list(&mut tx, salon.id, today, NaiveDate::MAX.min(far(today))).await?,
            salon,
            staff,
        })
    }

    /// Saves the ordinary week of a member of staff in place of the one there was.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Validation`, `HitsBookings`, `Unavailable`.
    pub async fn save_week(&self, admin: &Admin, salon: SalonId, id: StaffId, input: &EditWeek) -> Result<StaffSchedule, Error> {
        admin.require(Permission::StaffManage)?;
        let week = read_week(&input.rules)?;
        let schedule = Schedule { valid_from: None, valid_to: None, week };
        self.put_schedule(admin, (salon, id), None, schedule, input.is_confirmed, None).await
    }

    /// Saves a week with dates: a new one, or in place of `old`. While it is in force it goes before the ordinary one.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Validation`, `HitsBookings`, `Unavailable`.
    pub async fn save_dated_week(
        &self,
        admin: &Admin,
        salon: SalonId,
        id: StaffId,
        input: &EditWeek,
        old: Option<ScheduleId>,
    ) -> Result<StaffSchedule, Error> {
        admin.require(Permission::StaffManage)?;
        let mut faults = Faults::default();
        let name = input.name.as_deref().and_then(clean_name);
        if name.as_ref().is_some_and(|name| name.chars().count() > 60) {
            faults.say("/name", FieldError::TooLong);
        }
        match (input.valid_from, input.valid_to) {
            (None, None) => faults.say("/valid_from", FieldError::Required),
            (Some(from), Some(to)) if to < from => faults.say("/valid_to", FieldError::NotOffered),
            _ => {}
        }
        faults.finish()?;
        let schedule = Schedule { valid_from: input.valid_from, valid_to: input.valid_to, week: read_week(&input.rules)? };
        self.put_schedule(admin, (salon, id), name, schedule, input.is_confirmed, old).await
    }

    async fn put_schedule(
        &self,
        admin: &Admin,
        (salon, staff): (SalonId, StaffId),
        name: Option<String>,
        schedule: Schedule,
        is_confirmed: bool,
        old: Option<ScheduleId>,
    ) -> Result<StaffSchedule, Error> {
        let now = self.parts.clock.now();
        let week = StaffSchedule { id: self.parts.rng.id_v7::<ScheduleId>(now), staff_id: staff, name, schedule };
        let place = Place { salon, staff: Some(staff), is_confirmed };
        let detail = json!({ "what": "week", "staff_id": staff, "valid_from": week.schedule.valid_from, "valid_to": week.schedule.valid_to });
        let new = week.clone();
        self.change_hours(admin, place, detail, async move |tx: &mut Tx| {
            if let Some(old) = old
                && !schedules::delete(tx, staff, old).await?
            {
                return Err(Error::NotFound);
            }
            if !new.schedule.is_dated() {
                schedules::delete_ordinary(tx, staff).await?;
            }
            Ok(schedules::insert(tx, &new, now).await?)
        })
        .await?;
        Ok(week)
    }

    /// Removes a week of a member of staff.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `HitsBookings`, `Unavailable`.
    pub async fn remove_week(
        &self,
        admin: &Admin,
        (salon, staff): (SalonId, StaffId),
        id: ScheduleId,
        is_confirmed: bool,
    ) -> Result<(), Error> {
        let place = Place { salon, staff: Some(staff), is_confirmed };
        let detail = json!({ "what": "week_removed", "staff_id": staff });
        self.change_hours(admin, place, detail, async move |tx: &mut Tx| {
            if schedules::delete(tx, staff, id).await? { Ok(()) } else { Err(Error::NotFound) }
        })
        .await
    }

    /// Makes a change of hours, in a transaction: unless it is confirmed, nothing of it stays when a booking that was within the hours
    /// before is outside of them afterwards.
    pub(super) async fn change_hours(
        &self,
        admin: &Admin,
        place: Place,
        detail: Value,
        change: impl AsyncFnOnce(&mut Tx) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let now = self.parts.clock.now();
        let permission = if place.staff.is_some() { Permission::StaffManage } else { Permission::CatalogueEdit };
        let mut tx = self.parts.store.write().await?;
        let actor = admin.require_in(&mut tx, place.salon, permission).await?;
        let salon = salons::lock(&mut tx, place.salon).await?.ok_or(Error::NotFound)?;
        let subject = match place.staff {
            Some(id) => staff::find(&mut tx, salon.id, id).await?.ok_or(Error::NotFound)?.user_id,
            None => None,
        };
        let standing = calendars::list_standing(&mut tx, salon.id, place.staff, now).await?;
        let before = calendars_of(&mut tx, &salon, place.staff, &standing, now).await?;
        change(&mut tx).await?;
        if !standing.is_empty() && !place.is_confirmed {
            let after = calendars_of(&mut tx, &salon, place.staff, &standing, now).await?;
            let is_within = |calendars: &HashMap<StaffId, Calendar>, one: &Standing| {
                calendars.get(&one.staff_id).is_some_and(|calendar| calendar.is_at_work(one.visit))
            };
            let mut hits: Vec<Standing> = standing;
            hits.retain(|one| is_within(&before, one) && !is_within(&after, one));
            if !hits.is_empty() {
                let staff = staff::list(&mut tx, salon.id).await?;
                return Err(Error::HitsBookings(hits.into_iter().map(|one| hit(one, &staff)).collect()));
            }
        }
        let mut detail = detail;
        detail["salon_id"] = json!(salon.id);
        self.audit_admin(&mut tx, actor, "hours_changed", subject, detail).await?;
        Ok(tx.commit().await?)
    }
}

/// The calendars over everything that is booked.
async fn calendars_of(
    tx: &mut Tx,
    salon: &Salon,
    staff: Option<StaffId>,
    standing: &[Standing],
    now: DateTime<Utc>,
) -> Result<HashMap<StaffId, Calendar>, Error> {
    let days = |one: &Standing| salon.wall.day_and_minute(one.visit.from()).0;
    let (Some(first), Some(last)) = (standing.iter().map(days).min(), standing.iter().map(days).max()) else {
        return Ok(HashMap::new());
    };
    // A visit of the small hours is of the day before.
    let from = first.checked_sub_days(Days::new(1)).unwrap_or(first);
    let to = last.checked_add_days(Days::new(1)).unwrap_or(last);
    Ok(calendars::list(tx, &Asked { salon: salon.id, wall: salon.wall, staff, from, to, now }).await?)
}

/// A booking as those who set up hours are told of it.
pub(super) fn hit(one: Standing, staff: &[Staff]) -> Hit {
    let name = staff.iter().find(|staff| staff.id == one.staff_id).and_then(|staff| staff.name.clone());
    Hit {
        booking: one.id,
        code: one.code,
        staff: one.staff_id,
        staff_name: name,
        starts_at: one.visit.from(),
        ends_at: one.visit.to(),
    }
}

/// As far ahead as anybody looks.
pub(super) fn far(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(800)).unwrap_or(today)
}

/// Most stretches of a week.
const MOST_RULES: usize = 42;

/// Reads a week, every fault at once.
fn read_week(rules: &[Rule]) -> Result<Week, Error> {
    if rules.len() > MOST_RULES {
        return Err(wrong("/rules", FieldError::TooLong));
    }
    let mut faults = Faults::default();
    let mut read = Vec::with_capacity(rules.len());
    for (place, rule) in rules.iter().enumerate() {
        let day = u8::try_from(rule.weekday).ok().filter(|day| *day < 7);
        // chrono counts from Monday.
        let day = day.and_then(|day| Weekday::try_from((day + 6) % 7).ok());
        let day = faults.need(&format!("/rules/{place}/weekday"), FieldError::NotOffered, day);
        let hours = faults.need(&format!("/rules/{place}/start"), FieldError::Invalid, Hours::from_clock(&rule.start, &rule.end));
        read.extend(day.zip(hours));
    }
    faults.finish()?;
    let places = read.clone();
    Week::new(read).map_err(|overlap| {
        let place = places.iter().position(|rule| *rule == overlap.second).unwrap_or_default();
        wrong(&format!("/rules/{place}/start"), FieldError::Overlaps)
    })
}

/// Hours of one day, several of which must not overlap.
pub(super) fn read_day(stretches: &[(String, String)]) -> Result<Vec<Hours>, Error> {
    let rules: Vec<Rule> =
        stretches.iter().map(|(start, end)| Rule { weekday: 0, start: start.clone(), end: end.clone() }).collect();
    Ok(read_week(&rules)?.on(Weekday::Sun).to_vec())
}
