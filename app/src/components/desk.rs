//! What the pages of a salon's desk share: the frame, the customer by what whoever looks may see, hours on the wall of the salon.

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::booking::{BookingStatus, Refusal};
use domain::locale::Locale;
use domain::money::Halalas;
use domain::person::{Audience, DisplayName, Person, display_name, hide_phone};
use domain::phone::{Mask, PhoneNumber};
use domain::schedule::{Part, Slot, Wall};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use usecases::{SalonDesk, Visit as Booked};

use super::admin::Shell;
use crate::display::Display;
use crate::i18n::{Counter as Words, day_in};
use crate::routes::path;

/// Good news of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum DeskNews {
    Booked,
    BookedOverlaps,
    Moved,
    Done,
    ReviewDone,
}

impl DeskNews {
    /// Its words.
    pub(crate) const fn text(self, t: &Words) -> &'static str {
        match self {
            Self::Booked => t.booked,
            Self::BookedOverlaps => t.booked_overlaps,
            Self::Moved => t.was_moved,
            Self::Done => t.done,
            Self::ReviewDone => t.review_done,
        }
    }
}

/// Why something was not done to a booking, for the page that comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Refused {
    NotFromHere,
    TooLate,
    TooEarly,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFromHere => Self::NotFromHere,
            Refusal::TooLate => Self::TooLate,
            Refusal::TooEarly => Self::TooEarly,
        }
    }
}

impl Refused {
    /// Its words.
    pub(crate) const fn text(self, t: &Words) -> &'static str {
        t.refusals[self as usize]
    }
}

/// The shell, the salon, the way to the other pages of its desk; `here` is the end of the address that is open.
#[component]
pub(crate) fn DeskFrame(
    desk: SalonDesk,
    here: &'static str,
    locale: Locale,
    t: &'static Words,
    children: Children,
) -> impl IntoView {
    let slug = desk.salon.slug.as_str().to_owned();
    let reviews = desk.may_decide.then_some(("reviews", t.reviews));
    let tabs = [("today", t.today), ("day", t.day)].into_iter().chain(reviews).map(|(end, label)| {
        let current = (end == here).then_some("page");
        view! { <li><a href=path::desk(&slug, end) aria-current=current>{label}</a></li> }
    });
    let tabs = tabs.collect_view();
    let name = desk.salon.name.get(locale).to_owned();
    view! {
        <Shell>
            <div class="head-row desk-head">
                <p class="desk-salon"><a href=path::ADMIN_BOOKINGS>{t.bookings}</a> " · " <bdi>{name}</bdi></p>
                <a class="button" href=path::desk(&slug, "bookings/new")>{t.new_booking}</a>
            </div>
            <nav class="tabs" aria-label=t.menu>
                <ul>{tabs}</ul>
            </nav>
            {children()}
        </Shell>
    }
}

/// What the customer of a booking is called by its salon. `None`: nobody has signed in yet.
pub(crate) fn customer_name(booked: &Booked, may_view_phone: bool, locale: Locale) -> Option<DisplayName> {
    if booked.booking.status == BookingStatus::Held {
        return None;
    }
    let audience = Audience::SalonStaff { may_view_phone };
    let gone = Person { is_erased: true, ..Person::default() };
    Some(booked.customer.as_ref().map_or_else(
        || display_name(&gone, audience, locale),
        |user| display_name(&user.as_person(&user.id.short()), audience, locale),
    ))
}

/// The customer of a booking, by what whoever looks may see. Nothing else of them is in the page.
#[component]
pub(crate) fn Customer(booked: Booked, may_view_phone: bool, locale: Locale, t: &'static Words) -> impl IntoView {
    let attendee = booked.booking.attendee_name.as_deref().map(|name| shown(name, &booked, may_view_phone));
    let attendee = attendee.map(|name| view! { " " <span class="chip-for">{t.for_attendee} " " <bdi>{name}</bdi></span> });
    let name = match customer_name(&booked, may_view_phone, locale) {
        Some(DisplayName { text, is_phone: true }) => view! { <bdi class="phone" dir="ltr">{text}</bdi> }.into_any(),
        Some(DisplayName { text, .. }) => view! { <bdi>{text}</bdi> }.into_any(),
        None => t.held.into_any(),
    };
    view! { {name} {attendee} }.into_any()
}

/// What people wrote beside a booking, with no phone in it for those who may see none.
pub(crate) fn shown(text: &str, booked: &Booked, may_view_phone: bool) -> String {
    if may_view_phone { text.to_owned() } else { hide_phone(text, phone_of(booked)) }
}

fn phone_of(booked: &Booked) -> Option<&PhoneNumber> {
    booked.customer.as_ref()?.phone.as_ref()
}

/// The whole phone of a customer whose name stands above it, and the way to call it, for those who may.
#[component]
pub(crate) fn CallButton(booked: Booked, may_view_phone: bool, locale: Locale, t: &'static Words) -> impl IntoView {
    let named = customer_name(&booked, may_view_phone, locale).is_some_and(|name| !name.is_phone);
    let number = phone_of(&booked).filter(|_| may_view_phone).cloned()?;
    let text = named.then(|| view! { <bdi class="phone" dir="ltr">{number.masked(Mask::M0)}</bdi> " " });
    let to = format!("tel:{}", number.as_e164());
    Some(view! { <p class="desk-call">{text} <a class="button button-quiet" href=to>{t.call}</a></p> })
}

/// Where a booking stands, and whether it lies over another on purpose.
#[component]
pub(crate) fn Standing(booked: Booked, t: &'static Words) -> impl IntoView {
    let status = booked.booking.status;
    let class = match status {
        BookingStatus::Confirmed | BookingStatus::Arrived | BookingStatus::Completed => "badge",
        BookingStatus::NoShow | BookingStatus::Declined => "badge badge-danger",
        _ => "badge badge-quiet",
    };
    let over = booked.booking.is_overbooked.then(|| view! { " " <span class="badge badge-danger">{t.overbooked}</span> });
    view! { <span class=class>{t.status_of(status)}</span> {over} }
}

/// What is booked, in one line.
pub(crate) fn services(booked: &Booked, locale: Locale) -> String {
    let names: Vec<_> = booked.items.iter().map(|item| item.name.get(locale)).collect();
    names.join(if locale == Locale::Ar { "، " } else { ", " })
}

/// The member of staff it is with.
pub(crate) fn staff_name(booked: &Booked, locale: Locale) -> String {
    booked.staff_name.as_ref().map(|name| name.get(locale).to_owned()).unwrap_or_default()
}

/// `16:30`, by the clock of the salon.
pub(crate) fn clock(wall: Wall, at: DateTime<Utc>) -> String {
    minute(wall.day_and_minute(at).1)
}

/// `16:30`; the minutes after midnight begin anew.
pub(crate) fn minute(minute: u16) -> String {
    format!("{:02}:{:02}", minute % 1_440 / 60, minute % 60)
}

/// From when until when, which no direction of the text turns round.
#[component]
pub(crate) fn Times(booked: Booked) -> impl IntoView {
    let (wall, span) = (booked.wall, booked.booking.span);
    let for_machines = span.starts_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let text = format!("{}–{}", clock(wall, span.starts_at), clock(wall, span.ends_at));
    view! { <time class="times" dir="ltr" datetime=for_machines>{text}</time> }
}

/// "Thursday 26 November 2026", in the calendar this browser is set to.
pub(crate) fn day_text(wall: Wall, date: NaiveDate, locale: Locale) -> String {
    let calendar = use_context::<Display>().unwrap_or_default().calendar;
    // Noon is on that day in every zone that a salon can be in.
    wall.at(date, 720).map(|noon| day_in(noon, calendar, locale)).unwrap_or_default()
}

/// `115.00 SAR`.
#[component]
pub(crate) fn Price(amount: Halalas, t: &'static Words) -> impl IntoView {
    view! { <span class="price"><bdi dir="ltr">{amount.to_string()}</bdi> " " {t.riyals}</span> }
}

/// A time of the business day, by the part of it: the hours after midnight are still of that day.
#[component]
pub(crate) fn TimeSelect(
    chosen: u16,
    grid_min: u16,
    date: NaiveDate,
    wall: Wall,
    locale: Locale,
    t: &'static Words,
) -> impl IntoView {
    let mut all: Vec<u16> = (0..=30 * 60).step_by(usize::from(grid_min.clamp(5, 60))).collect();
    if let Err(place) = all.binary_search(&chosen) {
        all.insert(place, chosen);
    }
    let part_of = |minute: u16| Slot { starts_at: DateTime::UNIX_EPOCH, date, minute }.part();
    let groups = [Part::Morning, Part::Afternoon, Part::Evening, Part::AfterMidnight].map(|part| {
        let options = all.iter().filter(|at| part_of(**at) == part).map(|at| {
            let is_chosen = *at == chosen;
            view! { <option value=at.to_string() selected=is_chosen>{minute(*at)}</option> }
        });
        let next = (part == Part::AfterMidnight).then(|| date.checked_add_days(Days::new(1))).flatten();
        let next = next.map(|next| format!(" ({})", day_text(wall, next, locale))).unwrap_or_default();
        view! { <optgroup label=format!("{}{next}", t.part(part))>{options.collect_view()}</optgroup> }
    });
    view! {
        <div class="field">
            <label for="minute">{t.time}</label>
            <select id="minute" name="minute" class="desk-select">{groups.collect_view()}</select>
        </div>
    }
}

/// A labelled choice of one of several.
#[component]
pub(crate) fn Choice(
    id: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: String,
    #[prop(optional_no_strip)] fault: Option<String>,
) -> impl IntoView {
    let fault_id = format!("{id}-error");
    let (described, invalid) = (fault.is_some().then(|| fault_id.clone()), fault.is_some().then_some("true"));
    let options = options.into_iter().map(|(value, words)| {
        let is_chosen = value == chosen;
        view! { <option value=value selected=is_chosen>{words}</option> }
    });
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {fault.map(|fault| view! { <p class="field-error" id=fault_id>{fault}</p> })}
            <select id=id name=id class="desk-select" aria-describedby=described aria-invalid=invalid>{options.collect_view()}</select>
        </div>
    }
}

/// A day of the calendar, in a field that every browser draws in its own way.
#[component]
pub(crate) fn DateField(
    label: &'static str,
    value: NaiveDate,
    #[prop(optional_no_strip)] fault: Option<String>,
) -> impl IntoView {
    let (described, invalid) = (fault.is_some().then_some("date-error"), fault.is_some().then_some("true"));
    view! {
        <div class="field">
            <label for="date">{label}</label>
            {fault.map(|fault| view! { <p class="field-error" id="date-error">{fault}</p> })}
            <input id="date" name="date" type="date" dir="ltr" value=value.to_string() aria-describedby=described aria-invalid=invalid />
        </div>
    }
}

/// A day that a salon can have: what is typed into an address is not always one.
pub(crate) fn read_date(text: Option<&str>) -> Option<NaiveDate> {
    use chrono::Datelike;
    text?.parse().ok().filter(|date: &NaiveDate| (2_000..=2_100).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_after_midnight_reads_as_the_clock_does() {
        assert_eq!((minute(0), minute(1_439), minute(1_500)), ("00:00".into(), "23:59".into(), "01:00".into()));
    }

    #[test]
    fn a_day_far_away_is_none() {
        assert!(read_date(Some("2026-11-26")).is_some());
        for text in [None, Some(""), Some("x"), Some("+99999-01-01"), Some("1999-12-31"), Some("2026-13-01")] {
            assert_eq!(read_date(text), None, "{text:?}");
        }
    }
}
