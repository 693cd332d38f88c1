//! What the desk of a salon does to bookings: makes them for somebody on the phone, moves them, and all the rest. Whoever may not is sent
//! to the page, which says so.

#![expect(clippy::too_many_arguments, reason = "one for each field of a form")]

use chrono::{DateTime, Utc};
use domain::error::FieldError;
use domain::ids::BookingId;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{BookingAct, DeskBooking, Error, Overbook, Reschedule, SalonDesk};

use super::visit;
use crate::components::desk::{DeskNews, read_date};
use crate::flow::{Fault, Flash, News, What};
use crate::forms::Done;
use crate::routes::path;
use crate::visit::{Visit, query_value};

/// A page of the desk: what follows the salon, without a query, and the query.
pub(super) struct Place<'a> {
    pub slug: &'a str,
    pub end: &'a str,
    pub query: &'a str,
}

impl Place<'_> {
    fn page(&self) -> String {
        path::desk(self.slug, self.end)
    }

    fn to(&self) -> String {
        format!("{}{}", self.page(), self.query)
    }
}

impl Visit {
    /// The good news of the desk, on one of its pages.
    pub(super) fn desk_done(&mut self, place: &Place<'_>, news: DeskNews) {
        self.flow.flash = Some(Flash::news(&place.page(), News::Desk(news)));
        self.go(&place.to());
    }

    /// Back to the page with why not, and with what was typed.
    pub(super) fn desk_refuse(&mut self, place: &Place<'_>, error: &Error, typed: &[(&str, &str)]) {
        self.log(error);
        if let Some(to) = self.elsewhere(error, &place.to()) {
            return self.go(&to);
        }
        let mut typed: Vec<_> = typed.to_vec();
        let nearest;
        let faults = match error {
            Error::SlotTaken(free) => {
                let starts: Vec<_> = free.iter().map(|free| free.slot.starts_at.timestamp().to_string()).collect();
                nearest = starts.join(",");
                typed.push(("nearest", &nearest));
                Fault::from_error(error, "", 0)
            }
            Error::BookingRefused(refusal) => vec![Fault { field: None, what: What::Booking((*refusal).into()) }],
            other => Fault::from_error(other, "phone", self.now_s()),
        };
        // Whatever a use case calls the reason, the page has one field for it.
        let rename = |fault: Fault| Fault { field: fault.field.map(|field| field.replace("overbook/reason", "reason")), ..fault };
        let faults = faults.into_iter().map(rename).collect();
        self.flow.flash = Some(Flash::faults(&place.page(), faults, &typed));
        self.go(&place.to());
    }

    fn desk_fault(&mut self, place: &Place<'_>, field: &str, error: FieldError, typed: &[(&str, &str)]) {
        self.flow.flash = Some(Flash::faults(&place.page(), vec![Fault::of(field, What::Field(error))], typed));
        self.go(&place.to());
    }
}

/// A minute of a business day as an instant.
fn instant(desk: &SalonDesk, date: &str, minute: &str) -> Option<DateTime<Utc>> {
    desk.salon.wall.at(read_date(Some(date))?, minute.parse().ok()?)
}

fn filled(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.trim().is_empty())
}

fn over(overbook: &str, reason: &str) -> Option<Overbook> {
    (overbook == "yes").then(|| Overbook { reason: reason.to_owned() })
}

/// Books for whoever has the phone. `suggested` is the number of the "did you mean" button.
#[server(prefix = "/sf", endpoint = "admin-book", input = PostUrl)]
pub(crate) async fn admin_book(
    #[server(default)] slug: String,
    #[server(default)] service_id: String,
    #[server(default)] staff_id: String,
    #[server(default)] date: String,
    #[server(default)] minute: String,
    #[server(default)] phone: String,
    #[server(default)] suggested: String,
    #[server(default)] given_name: String,
    #[server(default)] attendee_name: String,
    #[server(default)] note: String,
    #[server(default)] overbook: String,
    #[server(default)] reason: String,
) -> Done {
    let mut visit = visit();
    let place = Place { slug: &slug, end: "bookings/new", query: "" };
    let Some(admin) = visit.admin_or_back(&place.page()) else { return Ok(()) };
    let typed = [
        ("service_id", service_id.as_str()),
        ("staff_id", &staff_id),
        ("date", &date),
        ("minute", &minute),
        ("phone", &phone),
        ("given_name", &given_name),
        ("attendee_name", &attendee_name),
        ("note", &note),
        ("overbook", &overbook),
        ("reason", &reason),
    ];
    let desk = match visit.web.usecases.read_desk(&admin, &slug).await {
        Ok(desk) => desk,
        Err(error) => {
            visit.desk_refuse(&place, &error, &[]);
            return Ok(());
        }
    };
    let Ok(treatment) = service_id.parse() else {
        visit.desk_fault(&place, "service_id", FieldError::Required, &typed);
        return Ok(());
    };
    let Some(starts_at) = instant(&desk, &date, &minute) else {
        visit.desk_fault(&place, "date", FieldError::Invalid, &typed);
        return Ok(());
    };
    let input = DeskBooking {
        treatment,
        staff: staff_id.parse().ok(),
        starts_at,
        phone: if suggested.is_empty() { phone.clone() } else { suggested },
        given_name: filled(&given_name),
        attendee_name: filled(&attendee_name),
        note: filled(&note),
        overbook: over(&overbook, &reason),
    };
    match visit.web.usecases.book_at_desk(&admin, desk.salon.id, &input).await {
        Ok((booked, _)) => {
            let query = format!("?date={}", booked.visit.booking.span.business_date);
            let news = if booked.overlaps > 0 { DeskNews::BookedOverlaps } else { DeskNews::Booked };
            visit.desk_done(&Place { slug: &slug, end: "day", query: &query }, news);
        }
        Err(error) => visit.desk_refuse(&place, &error, &typed),
    }
    Ok(())
}

/// Confirms, declines, cancels, checks in, completes, marks as no show, puts right. `back` is the day to go back to; without it, it is the
/// page of the booking.
#[server(prefix = "/sf", endpoint = "admin-act-on-booking", input = PostUrl)]
pub(crate) async fn admin_act_on_booking(
    #[server(default)] slug: String,
    #[server(default)] booking: String,
    #[server(default)] act: String,
    #[server(default)] version: String,
    #[server(default)] reason: String,
    #[server(default)] back: String,
) -> Done {
    let mut visit = visit();
    let (own, query) = (format!("bookings/{booking}"), format!("?date={}", query_value(&back)));
    let place = match back.as_str() {
        "" => Place { slug: &slug, end: &own, query: "" },
        "today" => Place { slug: &slug, end: "today", query: "" },
        _ => Place { slug: &slug, end: "day", query: &query },
    };
    let Ok(id) = booking.parse::<BookingId>() else {
        visit.go(&path::desk(&slug, "day"));
        return Ok(());
    };
    let Some(admin) = visit.admin_or_back(&place.page()) else { return Ok(()) };
    if let Err(error) = visit.web.usecases.read_desk(&admin, &slug).await {
        visit.desk_refuse(&place, &error, &[]);
        return Ok(());
    }
    let field = format!("reason-{act}");
    let typed = [(field.as_str(), reason.as_str())];
    let Some(act) = BookingAct::parse(&act) else {
        visit.desk_refuse(&place, &Error::NotFound, &typed);
        return Ok(());
    };
    if act == BookingAct::Cancel && reason.trim().is_empty() {
        visit.desk_fault(&place, &field, FieldError::Required, &typed);
        return Ok(());
    }
    match visit.web.usecases.act_on_booking(&admin, id, act, version.parse().ok(), filled(&reason).as_deref()).await {
        Ok(_) => visit.desk_done(&place, DeskNews::Done),
        // The page has a reason for each act: the fault is told at the one that was sent.
        Err(Error::Validation(errors)) if !errors.is_empty() => visit.desk_fault(&place, &field, errors[0].code, &typed),
        Err(error) => visit.desk_refuse(&place, &error, &typed),
    }
    Ok(())
}

/// Moves a booking to another time or to somebody else.
#[server(prefix = "/sf", endpoint = "admin-move-booking", input = PostUrl)]
pub(crate) async fn admin_move_booking(
    #[server(default)] slug: String,
    #[server(default)] booking: String,
    #[server(default)] version: String,
    #[server(default)] staff_id: String,
    #[server(default)] date: String,
    #[server(default)] minute: String,
    #[server(default)] overbook: String,
    #[server(default)] reason: String,
) -> Done {
    let mut visit = visit();
    let Ok(id) = booking.parse::<BookingId>() else {
        visit.go(&path::desk(&slug, "day"));
        return Ok(());
    };
    let own = format!("bookings/{id}");
    let place = Place { slug: &slug, end: &own, query: "" };
    let Some(admin) = visit.admin_or_back(&place.page()) else { return Ok(()) };
    let typed =
        [("staff_id", staff_id.as_str()), ("date", &date), ("minute", &minute), ("overbook", &overbook), ("reason", &reason)];
    let desk = match visit.web.usecases.read_desk(&admin, &slug).await {
        Ok(desk) => desk,
        Err(error) => {
            visit.desk_refuse(&place, &error, &[]);
            return Ok(());
        }
    };
    let Some(starts_at) = instant(&desk, &date, &minute) else {
        visit.desk_fault(&place, "date", FieldError::Invalid, &typed);
        return Ok(());
    };
    let to = Reschedule { starts_at, staff: staff_id.parse().ok(), version: version.parse().ok() };
    let (why, overbook) = (filled(&reason), over(&overbook, &reason));
    match visit.web.usecases.move_booking(&admin, id, &to, why.as_deref(), overbook.as_ref()).await {
        Ok(_) => visit.desk_done(&place, DeskNews::Moved),
        Err(error) => visit.desk_refuse(&place, &error, &typed),
    }
    Ok(())
}
