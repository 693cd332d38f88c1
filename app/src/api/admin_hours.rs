//! When people are at work: weeks, different days, time off, days on which a salon is closed.

#![expect(clippy::too_many_arguments, reason = "one for each field of a form")]

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc};
use domain::digits::ascii_digit;
use domain::error::FieldError;
use domain::schedule::{Hours, Wall};
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{EditClosing, EditException, EditTimeOff, EditWeek, Error, Rule};

use super::admin_salon::OfSalon;
use super::admin_staff::OfMember;
use super::refusal::Form;
use super::visit;
use crate::flow::{Fault, Flash, News, What};
use crate::forms::Done;
use crate::visit::Visit;

/// A date as a browser sends it; nothing is none.
fn date(text: &str) -> Result<Option<NaiveDate>, FieldError> {
    let text: String = text.trim().chars().map(|c| ascii_digit(c).unwrap_or(c)).collect();
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| FieldError::Invalid) }
}

/// A date that must be there.
fn needed_date(faults: &mut Vec<Fault>, field: &str, text: &str) -> NaiveDate {
    let read = date(text).and_then(|date| date.ok_or(FieldError::Required));
    read.unwrap_or_else(|what| {
        faults.push(Fault::of(field, What::Field(what)));
        NaiveDate::MIN
    })
}

/// A date and a time by the clock of a salon, as a browser sends them.
fn needed_instant(faults: &mut Vec<Fault>, wall: Wall, field: &str, text: &str) -> DateTime<Utc> {
    let read = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"].iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let at = read.and_then(|local| {
        let minute = u16::try_from(local.time().num_seconds_from_midnight() / 60).ok()?;
        wall.instant(local.date(), minute)
    });
    at.unwrap_or_else(|| {
        let what = if text.trim().is_empty() { FieldError::Required } else { FieldError::Invalid };
        faults.push(Fault::of(field, What::Field(what)));
        DateTime::UNIX_EPOCH
    })
}

impl Visit {
    fn refuse_all(&mut self, page: &str, faults: Vec<Fault>, typed: &[(&str, &str)]) {
        self.flow.flash = Some(Flash::faults(page, faults, typed));
        self.go(page);
    }
}

/// Saves the ordinary week, or one with dates, new or in place of another.
#[server(prefix = "/sf", endpoint = "admin-save-week", input = PostUrl)]
pub(crate) async fn admin_save_week(
    #[server(default)] salon: String,
    #[server(default)] staff: String,
    #[server(default)] form: String,
    #[server(default)] schedule: String,
    #[server(default)] name: String,
    #[server(default)] valid_from: String,
    #[server(default)] valid_to: String,
    #[server(default)] day0: String,
    #[server(default)] day1: String,
    #[server(default)] day2: String,
    #[server(default)] day3: String,
    #[server(default)] day4: String,
    #[server(default)] day5: String,
    #[server(default)] day6: String,
    #[server(default)] confirm: String,
) -> Done {
    let mut visit = visit();
    let Some(OfMember { of: OfSalon { admin, id, page }, staff }) = visit.of_member(&salon, &staff) else { return Ok(()) };
    let week = [
        ("day0", day0.as_str()),
        ("day1", &day1),
        ("day2", &day2),
        ("day3", &day3),
        ("day4", &day4),
        ("day5", &day5),
        ("day6", &day6),
    ];
    let others = [("form", form.as_str()), ("name", &name), ("valid_from", &valid_from), ("valid_to", &valid_to)];
    let typed = [others.as_slice(), &week].concat();
    let mut faults = Vec::new();
    let mut rules = Vec::new();
    for ((field, text), weekday) in week.iter().zip(0_i64..) {
        match Hours::list(text) {
            Some(all) => rules.extend(all.into_iter().map(|hours| {
                let (start, end) = hours.to_clock();
                Rule { weekday, start, end }
            })),
            None => faults.push(Fault::of(field, What::Field(FieldError::Invalid))),
        }
    }
    let mut bound = |field: &str, text: &str| {
        date(text).unwrap_or_else(|what| {
            faults.push(Fault::of(field, What::Field(what)));
            None
        })
    };
    let (valid_from, valid_to) = (bound("valid_from", &valid_from), bound("valid_to", &valid_to));
    if !faults.is_empty() {
        visit.refuse_all(&page, faults, &typed);
        return Ok(());
    }
    let input = EditWeek { rules: rules.clone(), name: Some(name.clone()), valid_from, valid_to, is_confirmed: confirm == "yes" };
    let uc = &visit.web.usecases;
    let outcome = match schedule.parse() {
        _ if form == "week" => uc.save_week(&admin, id, staff, &input).await,
        _ if schedule.is_empty() => uc.save_dated_week(&admin, id, staff, &input, None).await,
        Ok(old) => uc.save_dated_week(&admin, id, staff, &input, Some(old)).await,
        Err(_) => Err(Error::NotFound),
    };
    let outcome = outcome.map_err(|error| by_day(error, &rules));
    visit.done(&page, outcome.map(|_| News::Saved), &typed);
    Ok(())
}

/// What is wrong with a stretch is wrong with the field of its day.
fn by_day(error: Error, rules: &[Rule]) -> Error {
    let Error::Validation(mut errors) = error else { return error };
    for error in &mut errors {
        let place = error.pointer.strip_prefix("/rules/").and_then(|rest| rest.split('/').next()?.parse::<usize>().ok());
        if let Some(rule) = place.and_then(|place| rules.get(place)) {
            error.pointer = format!("/day{}", rule.weekday);
        }
    }
    Error::Validation(errors)
}

/// Removes a week with dates.
#[server(prefix = "/sf", endpoint = "admin-remove-week", input = PostUrl)]
pub(crate) async fn admin_remove_week(
    #[server(default)] salon: String,
    #[server(default)] staff: String,
    #[server(default)] schedule: String,
    #[server(default)] confirm: String,
) -> Done {
    let mut visit = visit();
    let Some(OfMember { of: OfSalon { admin, id, page }, staff }) = visit.of_member(&salon, &staff) else { return Ok(()) };
    let outcome = match schedule.parse() {
        Ok(week) => visit.web.usecases.remove_week(&admin, (id, staff), week, confirm == "yes").await,
        Err(_) => Err(Error::NotFound),
    };
    visit.done(&page, outcome.map(|()| News::Saved), &[("form", &schedule)]);
    Ok(())
}

/// Says what is so on one day.
#[server(prefix = "/sf", endpoint = "admin-save-exception", input = PostUrl)]
pub(crate) async fn admin_save_exception(
    #[server(default)] salon: String,
    #[server(default)] staff: String,
    #[server(default)] date: String,
    #[server(default)] hours: String,
    #[server(default)] reason: String,
    #[server(default)] confirm: String,
) -> Done {
    let mut visit = visit();
    let Some(OfMember { of: OfSalon { admin, id, page }, staff }) = visit.of_member(&salon, &staff) else { return Ok(()) };
    let typed = [("form", "exception"), ("date", date.as_str()), ("hours", &hours), ("reason", &reason)];
    let mut faults = Vec::new();
    let day = needed_date(&mut faults, "date", &date);
    let stretches = Hours::list(&hours);
    if stretches.is_none() {
        faults.push(Fault::of("hours", What::Field(FieldError::Invalid)));
    }
    if !faults.is_empty() {
        visit.refuse_all(&page, faults, &typed);
        return Ok(());
    }
    let hours = stretches.unwrap_or_default().into_iter().map(Hours::to_clock).collect();
    let input = EditException { date: day, hours, reason: Some(reason.clone()), is_confirmed: confirm == "yes" };
    let outcome = visit.web.usecases.save_exception(&admin, id, staff, &input).await;
    let outcome = outcome.map_err(|error| match error {
        Error::Validation(mut errors) => {
            errors
                .iter_mut()
                .filter(|error| error.pointer.starts_with("/rules"))
                .for_each(|error| "/hours".clone_into(&mut error.pointer));
            Error::Validation(errors)
        }
        other => other,
    });
    visit.done(&page, outcome.map(|_| News::Saved), &typed);
    Ok(())
}

/// The week is so again on a day.
#[server(prefix = "/sf", endpoint = "admin-remove-exception", input = PostUrl)]
pub(crate) async fn admin_remove_exception(
    #[server(default)] salon: String,
    #[server(default)] staff: String,
    #[server(default)] date: String,
    #[server(default)] confirm: String,
) -> Done {
    let mut visit = visit();
    let Some(OfMember { of: OfSalon { admin, id, page }, staff }) = visit.of_member(&salon, &staff) else { return Ok(()) };
    let outcome = match date.parse() {
        Ok(date) => visit.web.usecases.remove_exception(&admin, (id, staff), date, confirm == "yes").await,
        Err(_) => Err(Error::NotFound),
    };
    visit.done(&page, outcome.map(|()| News::Saved), &[("form", "exception")]);
    Ok(())
}

/// Gives somebody time off, by the clock of the salon.
#[server(prefix = "/sf", endpoint = "admin-add-time-off", input = PostUrl)]
pub(crate) async fn admin_add_time_off(
    #[server(default)] salon: String,
    #[server(default)] staff: String,
    #[server(default)] starts_at: String,
    #[server(default)] ends_at: String,
    #[server(default)] reason: String,
    #[server(default)] confirm: String,
) -> Done {
    let mut visit = visit();
    let Some(OfMember { of: OfSalon { admin, id, page }, staff }) = visit.of_member(&salon, &staff) else { return Ok(()) };
    let typed = [("form", "off"), ("starts_at", starts_at.as_str()), ("ends_at", &ends_at), ("reason", &reason)];
    let wall = match visit.web.usecases.read_own_salon(&admin, id).await {
        Ok(set_up) => set_up.salon.wall,
        Err(error) => {
            visit.refuse(&error, &Form { page: &page, field: "", typed: &[] });
            return Ok(());
        }
    };
    let mut faults = Vec::new();
    let from = needed_instant(&mut faults, wall, "starts_at", &starts_at);
    let to = needed_instant(&mut faults, wall, "ends_at", &ends_at);
    if !faults.is_empty() {
        visit.refuse_all(&page, faults, &typed);
        return Ok(());
    }
    let input = EditTimeOff { starts_at: from, ends_at: to, reason: Some(reason.clone()), is_confirmed: confirm == "yes" };
    let outcome = visit.web.usecases.add_time_off(&admin, id, staff, &input).await;
    visit.done(&page, outcome.map(|_| News::Saved), &typed);
    Ok(())
}

/// Takes time off back.
#[server(prefix = "/sf", endpoint = "admin-remove-time-off", input = PostUrl)]
pub(crate) async fn admin_remove_time_off(
    #[server(default)] salon: String,
    #[server(default)] staff: String,
    #[server(default)] time_off: String,
) -> Done {
    let mut visit = visit();
    let Some(OfMember { of: OfSalon { admin, id, page }, staff }) = visit.of_member(&salon, &staff) else { return Ok(()) };
    let outcome = match time_off.parse() {
        Ok(off) => visit.web.usecases.remove_time_off(&admin, id, staff, off).await,
        Err(_) => Err(Error::NotFound),
    };
    visit.done(&page, outcome.map(|()| News::Saved), &[]);
    Ok(())
}

/// Closes a salon on a day.
#[server(prefix = "/sf", endpoint = "admin-save-closing", input = PostUrl)]
pub(crate) async fn admin_save_closing(
    #[server(default)] salon: String,
    #[server(default)] date: String,
    #[server(default)] takes_spill: String,
    #[server(default)] reason: String,
    #[server(default)] confirm: String,
) -> Done {
    let mut visit = visit();
    let Some(OfSalon { admin, id, page }) = visit.of_salon(&salon, "/closings") else { return Ok(()) };
    let typed = [("date", date.as_str()), ("takes_spill", &takes_spill), ("reason", &reason)];
    let mut faults = Vec::new();
    let day = needed_date(&mut faults, "date", &date);
    if !faults.is_empty() {
        visit.refuse_all(&page, faults, &typed);
        return Ok(());
    }
    let input = EditClosing {
        date: day,
        takes_spill: takes_spill == "yes",
        reason: Some(reason.clone()),
        is_confirmed: confirm == "yes",
    };
    let outcome = visit.web.usecases.save_closing(&admin, id, &input).await;
    visit.done(&page, outcome.map(|_| News::Saved), &typed);
    Ok(())
}

/// Opens a salon on a day again.
#[server(prefix = "/sf", endpoint = "admin-remove-closing", input = PostUrl)]
pub(crate) async fn admin_remove_closing(#[server(default)] salon: String, #[server(default)] date: String) -> Done {
    let mut visit = visit();
    let Some(OfSalon { admin, id, page }) = visit.of_salon(&salon, "/closings") else { return Ok(()) };
    let outcome = match date.parse() {
        Ok(date) => visit.web.usecases.remove_closing(&admin, id, date).await,
        Err(_) => Err(Error::NotFound),
    };
    visit.done(&page, outcome.map(|()| News::Saved), &[]);
    Ok(())
}
