//! `/admin/salons/{slug}/bookings/{id}`: a booking, all that can be done to it, and what happened to it.

use axum::extract::Path;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::booking::{BookingStatus, REASON_MAX_CHARS};
use domain::error::ErrorCode;
use domain::locale::Locale;
use domain::money::Halalas;
use domain::person::{Audience, DisplayName, display_name, hide_phone};
use domain::user::User;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{BookingAct, DeskMenu, Error, SalonDesk, SignedEvent, Visit as Booked};

use super::chips::Target;
use super::new::{Nearest, OverbookField};
use crate::components::desk::{
    CallButton, Choice, Customer, DateField, DeskFrame, Price, Standing, TimeSelect, Times, day_text, read_date, services, shown,
    staff_name,
};
use crate::components::notice::Notices;
use crate::components::text_area::TextArea;
use crate::components::when::Moment;
use crate::document::{Page, Width};
use crate::flow::Flash;
use crate::i18n::Counter as Words;
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(Path((slug, id)): Path<(String, String)>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let uc = visit.web.usecases.clone();
    // The salon of the address first: whoever does not work there learns of none of its bookings.
    let menu = match uc.read_desk_menu(&admin, &slug).await {
        Ok(menu) => menu,
        Err(error) => return faults::of(visit, &error),
    };
    let Ok(id) = id.parse() else { return faults::answer(visit, ErrorCode::NotFound) };
    let booked = match uc.read_booking(&admin, id).await {
        Ok(seen) if seen.visit.booking.salon_id == menu.desk.salon.id => seen.visit,
        Ok(_) => return faults::of(visit, &Error::NotFound),
        Err(error) => return faults::of(visit, &error),
    };
    let events = match uc.list_booking_events(&admin, id).await {
        Ok((events, _)) => events,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, uc.clock().now(), &visit.t.counter);
    let asked = (read_date(visit.query("date").as_deref()), visit.query("minute").and_then(|text| text.parse().ok()));
    let title = format!("{} · {}", booked.booking.code, menu.desk.salon.name.get(locale));
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::new(title) };
    visit.render(page, move || {
        let (desk, may) = (menu.desk.clone(), menu.desk.may_view_phone);
        let can_move = booked.booking.status.can_move();
        let moving = can_move.then(|| {
            view! { <Move booked=booked.clone() menu=menu.clone() asked=asked flash=flash.clone() locale=locale now=now t=t /> }
        });
        view! {
            <DeskFrame desk=desk.clone() here="bookings" locale=locale t=t>
                <h1><Customer booked=booked.clone() may_view_phone=may locale=locale t=t /></h1>
                <p><Standing booked=booked.clone() t=t /></p>
                <Notices flash=flash.clone() locale=locale now=now.timestamp() />
                <div class="desk-glance">
                    <Facts booked=booked.clone() desk=desk.clone() locale=locale t=t />
                    <Acts booked=booked.clone() desk=desk flash=flash locale=locale now=now t=t />
                    {moving}
                    <History events=events booked=booked may_view_phone=may locale=locale t=t />
                </div>
            </DeskFrame>
        }
    })
}

#[component]
fn Facts(booked: Booked, desk: SalonDesk, locale: Locale, t: &'static Words) -> impl IntoView {
    let may = desk.may_view_phone;
    let date = booked.booking.span.business_date;
    let day = format!("{}?date={date}", path::desk(desk.salon.slug.as_str(), "day"));
    let (price, vat) = booked
        .items
        .iter()
        .fold((Halalas::default(), Halalas::default()), |(price, vat), item| (price + item.price, vat + item.vat));
    let note = booked.booking.note.as_deref().map(|note| shown(note, &booked, may));
    let note = note.map(|note| view! { <div><dt>{t.note}</dt> <dd class="note-text" dir="auto">{note}</dd></div> });
    let hidden = (!may).then(|| view! { <p class="hint">{t.phone_hidden}</p> });
    let source = t.sources[booked.booking.source as usize];
    view! {
        <section class="card" aria-label=t.bookings>
            <CallButton booked=booked.clone() may_view_phone=may locale=locale t=t />
            {hidden}
            <dl class="desk-facts">
                <div><dt>{t.when}</dt> <dd><a href=day>{day_text(booked.wall, date, locale)}</a> " " <Times booked=booked.clone() /></dd></div>
                <div><dt>{t.what}</dt> <dd><bdi>{services(&booked, locale)}</bdi></dd></div>
                <div><dt>{t.staff}</dt> <dd><bdi>{staff_name(&booked, locale)}</bdi></dd></div>
                <div><dt>{t.price}</dt> <dd><Price amount=price t=t /> " " <small>{t.vat_inside} " " <bdi dir="ltr">{vat.to_string()}</bdi></small></dd></div>
                <div><dt>{t.code}</dt> <dd><code dir="ltr">{booked.booking.code.to_string()}</code></dd></div>
                <div><dt>{t.source}</dt> <dd>{source}</dd></div>
                {note}
            </dl>
        </section>
    }
    .into_any()
}

/// One button for what happens every day, a line that opens for what needs a reason.
#[component]
fn Acts(booked: Booked, desk: SalonDesk, flash: Flash, locale: Locale, now: DateTime<Utc>, t: &'static Words) -> impl IntoView {
    let can = |act: &BookingAct| act.is_possible(&booked.booking, now) && (*act != BookingAct::Correct || desk.may_overbook);
    let all: Vec<_> = BookingAct::ALL.into_iter().filter(can).collect();
    if all.is_empty() && !booked.booking.status.can_move() {
        return view! { <section class="card" aria-label=t.acts><p class="hint">{t.nothing_to_do}</p></section> }.into_any();
    }
    let at_once =
        |act: &BookingAct| matches!(act, BookingAct::Confirm | BookingAct::CheckIn | BookingAct::Complete | BookingAct::NoShow);
    let (at_once, with_reason): (Vec<_>, Vec<_>) = all.into_iter().partition(at_once);
    let buttons = at_once.into_iter().enumerate().map(|(place, act)| {
        let class = if place == 0 { "button" } else { "button button-quiet" };
        view! { <button class=class type="submit" name="act" value=act.as_str()>{t.act(act)}</button> }
    });
    let buttons: Vec<_> = buttons.collect();
    let buttons = (!buttons.is_empty()).then(|| {
        view! {
            <form class="row desk-acts" method="post" action=api::AdminActOnBooking::PATH>
                <Target booked=booked.clone() desk=desk.clone() />
                {buttons}
            </form>
        }
    });
    let reasons = with_reason.into_iter().map(|act| {
        let (open, lead) = match act {
            BookingAct::Correct if booked.booking.status == BookingStatus::NoShow => (t.to_completed, t.correct_lead),
            BookingAct::Correct => (t.to_no_show, t.correct_lead),
            BookingAct::Decline => (t.act(act), t.decline_lead),
            _ => (t.act(act), t.cancel_lead),
        };
        let id = format!("reason-{}", act.as_str());
        let fault = flash.fault_of(&id, locale, now.timestamp());
        let class = if act == BookingAct::Correct { "button" } else { "button button-danger" };
        let is_open = fault.is_some();
        let value = flash.typed_or(&id, "").chars().take(REASON_MAX_CHARS).collect::<String>();
        view! {
            <details class="act" open=is_open>
                <summary>{open}</summary>
                <form method="post" action=api::AdminActOnBooking::PATH>
                    <Target booked=booked.clone() desk=desk.clone() />
                    <p>{lead}</p>
                    <TextArea id=id name="reason" label=t.reason hint=t.reason_hint value=value fault=fault />
                    <button class=class type="submit" name="act" value=act.as_str()>{open}</button>
                </form>
            </details>
        }
    });
    let reasons = reasons.collect_view();
    view! {
        <section class="card" aria-labelledby="acts">
            <h2 id="acts">{t.acts}</h2>
            {buttons}
            {reasons}
        </section>
    }
    .into_any()
}

#[component]
fn Move(
    booked: Booked,
    menu: DeskMenu,
    asked: (Option<chrono::NaiveDate>, Option<u16>),
    flash: Flash,
    locale: Locale,
    now: DateTime<Utc>,
    t: &'static Words,
) -> impl IntoView {
    let (wall, span) = (booked.wall, booked.booking.span);
    let fault = |field: &str| flash.fault_of(field, locale, now.timestamp());
    let typed = |field: &str| Some(flash.typed_or(field, "")).filter(|text| !text.is_empty());
    let date = asked.0.or_else(|| read_date(typed("date").as_deref())).unwrap_or(span.business_date);
    let of_booking = wall.at(span.business_date, 0).map_or(0, |midnight| (span.starts_at - midnight).num_minutes());
    let of_booking = u16::try_from(of_booking).unwrap_or_default();
    let minute = asked.1.or_else(|| typed("minute")?.parse().ok()).filter(|minute| *minute < 2_880).unwrap_or(of_booking);
    // Whoever has it now stays to be chosen, whether they can be booked anew or not.
    let with = booked.booking.staff_id.to_string();
    let mut staff: Vec<_> = menu
        .staff
        .iter()
        .map(|one| (one.id.to_string(), one.name.as_ref().map(|name| name.get(locale).to_owned()).unwrap_or_default()))
        .collect();
    if staff.iter().all(|one| one.0 != with) {
        staff.insert(0, (with.clone(), staff_name(&booked, locale)));
    }
    let is_open = flash.faults.iter().any(|fault| fault.field.as_deref().is_none_or(|field| !field.starts_with("reason-")))
        || asked.0.is_some();
    let over =
        menu.desk.may_overbook.then(|| view! { <OverbookField flash=flash.clone() locale=locale now=now.timestamp() t=t /> });
    let chosen = typed("staff_id").unwrap_or(with);
    let grid = menu.desk.salon.policies.grid_min;
    let to = format!("bookings/{}", booked.booking.id);
    view! {
        <section class="card" aria-label=t.move_title>
            <details class="act" open=is_open>
                <summary>{t.move_title}</summary>
                <Nearest flash=flash.clone() desk=menu.desk.clone() to=to locale=locale t=t />
                <form method="post" action=api::AdminMoveBooking::PATH>
                    <Target booked=booked.clone() desk=menu.desk.clone() />
                    <Choice id="staff_id" label=t.staff options=staff chosen=chosen fault=fault("staff_id") />
                    <DateField label=t.date value=date fault=fault("date") />
                    <TimeSelect chosen=minute grid_min=grid date=date wall=wall locale=locale t=t />
                    {over}
                    <button class="button" type="submit">{t.move_button}</button>
                </form>
            </details>
        </section>
    }
    .into_any()
}

#[component]
fn History(events: Vec<SignedEvent>, booked: Booked, may_view_phone: bool, locale: Locale, t: &'static Words) -> impl IntoView {
    let phone = booked.customer.as_ref().and_then(|user| user.phone.clone());
    let rows = events.into_iter().map(|signed| {
        let event = signed.event;
        let what = match event.from {
            None => format!("{} · {}", t.made, t.status_of(event.to)),
            Some(from) if from == event.to => t.moved.to_owned(),
            Some(_) => t.status_of(event.to).to_owned(),
        };
        let who = t.doers[event.by as usize];
        // Whose booking it is stands above; of the salon it is said who.
        let name = signed.actor.filter(|_| event.by == domain::booking::EventBy::Staff);
        let name = name.map(|user| view! { " " <Colleague user=user may_view_phone=may_view_phone locale=locale /> });
        let reason = event.reason.map(|reason| if may_view_phone { reason } else { hide_phone(&reason, phone.as_ref()) });
        let reason = reason.map(|reason| view! { <p class="note-text" dir="auto">{reason}</p> });
        view! {
            <li>
                <div>
                    <p><strong>{what}</strong> " · " {who} {name}</p>
                    {reason}
                    <p class="hint"><Moment at=event.at locale=locale /></p>
                </div>
            </li>
        }
    });
    view! {
        <section class="card" aria-labelledby="history">
            <h2 id="history">{t.history}</h2>
            <ul class="rows desk-rows">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// Somebody of the salon who did it, by what those who work with them may see.
#[component]
fn Colleague(user: User, may_view_phone: bool, locale: Locale) -> impl IntoView {
    let short_id = user.id.short();
    let DisplayName { text, is_phone } =
        display_name(&user.as_person(&short_id), Audience::SalonStaff { may_view_phone }, locale);
    let dir = is_phone.then_some("ltr");
    view! { <bdi dir=dir>{text}</bdi> }
}
