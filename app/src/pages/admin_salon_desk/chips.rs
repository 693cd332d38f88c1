//! A booking on the pages that show many: its time, its customer, and the one act that comes next.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

use chrono::{DateTime, Utc};
use domain::booking::BookingStatus;
use domain::locale::Locale;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{BookingAct, SalonDesk, Visit as Booked};

use crate::api;
use crate::components::desk::{Customer, Standing, Times, services, staff_name};
use crate::i18n::Counter as Words;
use crate::routes::path;

/// What all chips of a page have in common.
#[derive(Clone)]
pub(super) struct Around {
    pub desk: SalonDesk,
    /// Where an act leads back to: a day, or `today`.
    pub back: String,
    pub now: DateTime<Utc>,
    pub locale: Locale,
    pub t: &'static Words,
}

impl Around {
    fn page_of(&self, booked: &Booked) -> String {
        path::desk(self.desk.salon.slug.as_str(), &format!("bookings/{}", booked.booking.id))
    }
}

/// The inside of a chip. `with_staff` where it does not stand in a column.
#[component]
pub(super) fn Inside(booked: Booked, around: Around, #[prop(optional)] with_staff: bool) -> impl IntoView {
    let (locale, t, may) = (around.locale, around.t, around.desk.may_view_phone);
    let (to, what) = (around.page_of(&booked), services(&booked, locale));
    let staff = with_staff.then(|| view! { " · " <bdi>{staff_name(&booked, locale)}</bdi> });
    let is_held = booked.booking.status == BookingStatus::Held;
    let who = view! { <Customer booked=booked.clone() may_view_phone=may locale=locale t=t /> };
    // Nobody has signed in yet: there is nothing to open.
    let who = if is_held {
        view! { <span class="chip-who">{who}</span> }.into_any()
    } else {
        view! { <a class="chip-who" href=to>{who}</a> }.into_any()
    };
    view! {
        <p class="chip-line"><Times booked=booked.clone() /> " " {who}</p>
        <p class="chip-what"><bdi>{what}</bdi> {staff}</p>
        <p class="chip-standing"><Standing booked=booked.clone() t=t /></p>
        <Next booked=booked around=around />
    }
    .into_any()
}

/// The act that comes next for most: yes, come in, done. All the others are on the page of the booking.
#[component]
fn Next(booked: Booked, around: Around) -> impl IntoView {
    let next = match booked.booking.status {
        BookingStatus::Pending => BookingAct::Confirm,
        BookingStatus::Confirmed => BookingAct::CheckIn,
        BookingStatus::Arrived => BookingAct::Complete,
        _ => return None,
    };
    // A customer does not arrive days before.
    let is_far = next == BookingAct::CheckIn && booked.booking.span.starts_at - around.now > chrono::TimeDelta::hours(12);
    if is_far || !next.is_possible(&booked.booking, around.now) {
        return None;
    }
    Some(view! {
        <form class="chip-act" method="post" action=api::AdminActOnBooking::PATH>
            <Target booked=booked desk=around.desk back=around.back />
            <button class="button button-quiet" type="submit" name="act" value=next.as_str()>{around.t.act(next)}</button>
        </form>
    })
}

/// Which booking a form is about, as it was seen.
#[component]
pub(super) fn Target(booked: Booked, desk: SalonDesk, #[prop(optional)] back: String) -> impl IntoView {
    view! {
        <input type="hidden" name="slug" value=desk.salon.slug.as_str().to_owned() />
        <input type="hidden" name="booking" value=booked.booking.id.to_string() />
        <input type="hidden" name="version" value=booked.booking.version.to_string() />
        <input type="hidden" name="back" value=back />
    }
}
