//! `/admin/salons/{slug}/bookings/new`: booking for somebody on the phone or at the counter.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

use axum::extract::Path;
use axum::response::Response;
use chrono::DateTime;
use domain::booking::NOTE_MAX_CHARS;
use domain::locale::Locale;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{DeskMenu, SalonDesk};

use crate::components::desk::{Choice, DateField, DeskFrame, TimeSelect, clock, day_text, read_date};
use crate::components::field::Field;
use crate::components::notice::Notices;
use crate::components::phone::Phone;
use crate::components::text_area::TextArea;
use crate::document::{MAIN_FORM, Page, Width};
use crate::flow::Flash;
use crate::i18n::{Counter as Words, Messages};
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

/// What the address asks for, as it stands in the fields when nothing was typed yet.
struct Asked {
    date: chrono::NaiveDate,
    minute: u16,
    staff: String,
}

pub(crate) async fn page(Path(slug): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let menu = match visit.web.usecases.read_desk_menu(&admin, &slug).await {
        Ok(menu) => menu,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, messages) = (visit.locale, visit.web.usecases.clock().now(), visit.t);
    let t = &messages.counter;
    let wall = menu.desk.salon.wall;
    let today = wall.business_day(now);
    let asked = |name: &str| Some(flash.typed_or(name, "")).filter(|text| !text.is_empty()).or_else(|| visit.query(name));
    let date = read_date(asked("date").as_deref()).unwrap_or(today);
    // The next quarter of an hour today, the opening of another day.
    let soon = wall.at(today, 0).map_or(600, |midnight| (now - midnight).num_minutes().clamp(0, 1_800) / 15 * 15 + 15);
    let soon = if date == today { u16::try_from(soon).unwrap_or(600) } else { 600 };
    let minute = asked("minute").and_then(|text| text.parse().ok()).filter(|minute| *minute < 2_880).unwrap_or(soon);
    let staff = Some(flash.typed_or("staff_id", "")).filter(|text| !text.is_empty()).or_else(|| visit.query("staff"));
    let asked = Asked { date, minute, staff: staff.unwrap_or_default() };
    let title = format!("{} · {}", t.new_booking, menu.desk.salon.name.get(locale));
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::form(title) };
    let here = visit.here.clone();
    visit.render(page, move || {
        let form = if menu.treatments.is_empty() {
            view! { <div class="card nobody"><p>{t.no_services}</p></div> }.into_any()
        } else {
            view! { <Form menu=menu.clone() asked=asked flash=flash.clone() here=here locale=locale now=now.timestamp() messages=messages /> }
                .into_any()
        };
        view! {
            <DeskFrame desk=menu.desk here="bookings/new" locale=locale t=t>
                <h1>{t.new_booking}</h1>
                <p class="lead">{t.book_lead}</p>
                <Notices flash=flash locale=locale now=now.timestamp() />
                {form}
            </DeskFrame>
        }
    })
}

#[component]
fn Form(
    menu: DeskMenu,
    asked: Asked,
    flash: Flash,
    here: String,
    locale: Locale,
    now: i64,
    messages: &'static Messages,
) -> impl IntoView {
    let (t, account, common) = (&messages.counter, &messages.account, &messages.common);
    let salon = &menu.desk.salon;
    let fault = |field: &str| flash.fault_of(field, locale, now);
    let services = menu.treatments.iter().map(|one| {
        let words = format!("{} · {} {}", one.name.get(locale), one.terms.price, t.riyals);
        (one.id.to_string(), words)
    });
    let services: Vec<_> = services.collect();
    let chosen = flash.typed_or("service_id", services.first().map_or("", |one| &one.0));
    let staff = staff_choices(&menu, locale, t);
    let suggestion = flash.suggestion().map(|number| {
        let e164 = number.as_e164().to_owned();
        view! {
            <p class="suggestion">
                <button class="button button-quiet" type="submit" name="suggested" value=e164>
                    {messages.sign_in.use_this_number} " " <Phone number=number />
                </button>
            </p>
        }
    });
    let over = menu.desk.may_overbook.then(|| view! { <OverbookField flash=flash.clone() locale=locale now=now t=t /> });
    let is_first = flash.faults.is_empty();
    let (wall, grid) = (salon.wall, salon.policies.grid_min);
    view! {
        <form class="card person-new" id=MAIN_FORM method="post" action=api::AdminBook::PATH>
            <input type="hidden" name="here" value=here />
            <input type="hidden" name="slug" value=salon.slug.as_str().to_owned() />
            <Field
                id="phone"
                label=account.phone
                hint=t.phone_hint
                value=flash.typed_or("phone", "")
                fault=fault("phone")
                kind="tel"
                mode="tel"
                dir="ltr"
                autofocus=is_first
            />
            {suggestion}
            <Choice id="service_id" label=t.service options=services chosen=chosen fault=fault("service_id") />
            <Choice id="staff_id" label=t.staff options=staff chosen=asked.staff fault=fault("staff_id") />
            <div class="pair">
                <DateField label=t.date value=asked.date fault=fault("date") />
                <TimeSelect chosen=asked.minute grid_min=grid date=asked.date wall=wall locale=locale t=t />
            </div>
            <Nearest flash=flash.clone() desk=menu.desk.clone() to="bookings/new".to_owned() locale=locale t=t />
            {over}
            <Field
                id="given_name"
                label=account.given_name
                note=common.optional
                hint=t.name_hint
                value=flash.typed_or("given_name", "")
                fault=fault("given_name")
            />
            <Field
                id="attendee_name"
                label=t.attendee
                note=common.optional
                hint=t.attendee_hint
                value=flash.typed_or("attendee_name", "")
                fault=fault("attendee_name")
            />
            <TextArea id="note" name="note" label=t.note hint=t.note_hint value=flash.typed_or("note", "") fault=fault("note") most=NOTE_MAX_CHARS />
            <button class="button" type="submit">{t.book}</button>
        </form>
    }
    .into_any()
}

/// Who can be chosen; anybody first, unless one can only choose oneself.
pub(super) fn staff_choices(menu: &DeskMenu, locale: Locale, t: &Words) -> Vec<(String, String)> {
    let anybody = menu.desk.own.is_none().then(|| (String::new(), t.anybody.to_owned()));
    let named = menu.staff.iter().map(|one| {
        let name = one.name.as_ref().map(|name| name.get(locale).to_owned()).unwrap_or_default();
        (one.id.to_string(), name)
    });
    anybody.into_iter().chain(named).collect()
}

/// The box that lets two bookings overlap, and why.
#[component]
pub(super) fn OverbookField(flash: Flash, locale: Locale, now: i64, t: &'static Words) -> impl IntoView {
    let is_on = flash.typed_or("overbook", "") == "yes";
    view! {
        <details class="filters" open=is_on>
            <summary>{t.overbook}</summary>
            <p class="hint">{t.overbook_hint}</p>
            <label class="choice"><input type="checkbox" name="overbook" value="yes" checked=is_on /> <span>{t.overbook}</span></label>
            <Field id="reason" label=t.overbook_reason value=flash.typed_or("reason", "") fault=flash.fault_of("reason", locale, now) />
        </details>
    }
}

/// What is free nearest to what was gone: each leads to the same form with that time in it, and what was typed stays.
#[component]
pub(super) fn Nearest(flash: Flash, desk: SalonDesk, to: String, locale: Locale, t: &'static Words) -> impl IntoView {
    let wall = desk.salon.wall;
    let typed = flash.typed_or("nearest", "");
    let free = typed.split(',').filter_map(|text| DateTime::from_timestamp(text.parse().ok()?, 0));
    let free = free.map(|at| {
        let date = wall.business_day(at);
        let minute = wall.at(date, 0).map_or(0, |midnight| (at - midnight).num_minutes());
        let to = format!("{}?date={date}&minute={minute}", path::desk(desk.salon.slug.as_str(), &to));
        view! { <li><a class="button button-quiet" href=to>{day_text(wall, date, locale)} " · " <bdi dir="ltr">{clock(wall, at)}</bdi></a></li> }
    });
    let free: Vec<_> = free.collect();
    if free.is_empty() {
        return None;
    }
    Some(view! {
        <div class="desk-nearest">
            <p>{t.nearest}</p>
            <ul>{free}</ul>
        </div>
    })
}
