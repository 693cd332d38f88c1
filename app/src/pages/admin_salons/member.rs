//! `/admin/salons/{id}/staff/{staff}`: one member of staff: their name, what they do, and when they are at work.

use axum::extract::Path;
use axum::response::Response;
use chrono::Weekday;
use domain::error::ErrorCode;
use domain::ids::StaffId;
use domain::locale::Locale;
use domain::naming::Naming;
use domain::permission::Permission;
use domain::schedule::{DayHours, Hours, Week};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{OwnStaff, StaffHours, StaffSchedule, Treatment};

use super::frame::{Hits, SalonFrame, fault, is_refused, salon_id, value};
use super::{Cell, Tick};
use crate::document::{Page, Width};
use crate::flow::Flash;
use crate::i18n::{SalonDesk, date_words, length, messages, moment, weekday};
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

/// From Sunday on, with the names of their fields.
pub(crate) const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Sun, "day0"),
    (Weekday::Mon, "day1"),
    (Weekday::Tue, "day2"),
    (Weekday::Wed, "day3"),
    (Weekday::Thu, "day4"),
    (Weekday::Fri, "day5"),
    (Weekday::Sat, "day6"),
];

/// What the forms of the page have in common.
#[derive(Clone)]
struct Around {
    salon: String,
    staff: String,
    flash: Flash,
    now: i64,
    locale: Locale,
    t: &'static SalonDesk,
    may_edit: bool,
}

pub(crate) async fn page(Path((id, staff)): Path<(String, String)>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let (Some(id), Ok(staff)) = (salon_id(&id), staff.parse::<StaffId>()) else {
        return faults::answer(visit, ErrorCode::NotFound);
    };
    let uc = visit.web.usecases.clone();
    let read = async {
        let set_up = uc.read_own_salon(&admin, id).await?;
        let hours = uc.read_staff_hours(&admin, id, staff).await?;
        let services = uc.list_own_services(&admin, id).await?;
        let own = uc.list_own_staff(&admin, id).await?.into_iter().find(|own| own.staff.id == staff);
        Ok::<_, usecases::Error>((set_up, hours, services, own.ok_or(usecases::Error::NotFound)?))
    };
    let (set_up, hours, services, own) = match read.await {
        Ok(all) => all,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, visit.now_s(), visit.t);
    let words = &t.salon_desk;
    let name = own.staff.name.as_ref().map_or(words.nameless, |name| name.get(locale)).to_owned();
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::new(name.clone()) };
    visit.render(page, move || {
        let around = Around {
            salon: id.to_string(),
            staff: staff.to_string(),
            flash: flash.clone(),
            now,
            locale,
            t: words,
            may_edit: set_up.may(Permission::StaffManage),
        };
        let back = format!("{}/staff", path::admin_salon(id));
        view! {
            <SalonFrame set_up=set_up here="/staff" flash=flash now=now locale=locale t=t>
                <p class="crumb"><a href=back>{words.tab_staff}</a></p>
                <h2><bdi>{name}</bdi></h2>
                <Identity own=own.clone() a=around.clone() />
                <Does own=own services=services a=around.clone() />
                <Weeks hours=hours.clone() a=around.clone() />
                <Exceptions hours=hours.clone() a=around.clone() />
                <Away hours=hours a=around />
            </SalonFrame>
        }
    })
}

/// Salon, member of staff and which form it is.
fn hidden(a: &Around, form: &str) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="salon" value=a.salon.clone() />
        <input type="hidden" name="staff" value=a.staff.clone() />
        <input type="hidden" name="form" value=form.to_owned() />
    }
}

/// The bookings that this form hit, and nothing in the other forms.
fn hits(a: &Around, form: &str) -> Option<impl IntoView + use<>> {
    is_refused(&a.flash, form).then(|| view! { <Hits flash=a.flash.clone() locale=a.locale t=a.t /> })
}

fn cell(
    a: &Around,
    form: &str,
    field: &'static str,
    label: &str,
    is: &str,
    kind: &'static str,
    dir: &'static str,
) -> impl IntoView + use<> {
    let id = if is_refused(&a.flash, form) { field.to_owned() } else { format!("{field}-{form}") };
    let (value, fault) = (value(&a.flash, form, field, is), fault(&a.flash, form, field, a.locale, a.now));
    view! { <Cell id=id name=field label=label.to_owned() value=value fault=fault kind=kind dir=dir /> }
}

/// The name the public knows, whether it may book them, whether they are gone.
#[component]
fn Identity(own: OwnStaff, a: Around) -> impl IntoView {
    let (t, one) = (a.t, own.staff);
    if !a.may_edit {
        return ().into_any();
    }
    let name = one.name.as_ref();
    let (ar, en) = (name.and_then(Naming::ar).unwrap_or_default(), name.and_then(Naming::en).unwrap_or_default());
    let is_gone = one.archived_at.is_some();
    let go = if is_gone {
        view! {
            <form method="post" action=api::AdminArchiveStaff::PATH>
                {hidden(&a, "archive")}
                <button class="button button-quiet" type="submit" name="is_archived" value="no">{t.take_back}</button>
            </form>
        }
        .into_any()
    } else {
        view! {
            <details class="act" open=is_refused(&a.flash, "archive")>
                <summary>{t.let_go}</summary>
                <form method="post" action=api::AdminArchiveStaff::PATH>
                    {hidden(&a, "archive")}
                    <p>{t.let_go_what}</p>
                    {hits(&a, "archive")}
                    <button class="button button-danger" type="submit" name="is_archived" value="yes">{t.let_go}</button>
                </form>
            </details>
        }
        .into_any()
    };
    view! {
        <section class="card">
            <form method="post" action=api::AdminSaveStaff::PATH>
                {hidden(&a, "identity")}
                <div class="pair">
                    {cell(&a, "identity", "name_ar", t.name_ar, ar, "text", "auto")}
                    {cell(&a, "identity", "name_en", t.name_en, en, "text", "auto")}
                </div>
                <p class="hint">{t.public_name}</p>
                <Tick id="is_bookable" name="is_bookable" label=t.bookable is_on=one.is_bookable />
                <button class="button" type="submit">{t.save}</button>
            </form>
            {go}
        </section>
    }
    .into_any()
}

/// What they do, at the salon's terms or their own.
#[component]
fn Does(own: OwnStaff, services: Vec<Treatment>, a: Around) -> impl IntoView {
    let (t, locale, may_edit) = (a.t, a.locale, a.may_edit);
    let public = &messages(locale).salons;
    let rows: Vec<_> = services
        .into_iter()
        .map(|service| {
            let offer = own.offers.iter().find(|offer| offer.treatment_id == service.id);
            let id = service.id.to_string();
            let price = offer.and_then(|offer| offer.price).map(|price| price.to_string()).unwrap_or_default();
            let minutes = offer.and_then(|offer| offer.duration).map(|length| length.get().to_string()).unwrap_or_default();
            let terms = format!("{} · {}", length(service.terms.duration.get(), locale), public.price(service.terms.price, locale));
            let name = service.name.get(locale).to_owned();
            let own_terms = may_edit.then(|| {
                view! {
                    <div class="pair">
                        <Cell id=format!("price-{id}") name=format!("price[{id}]") label=format!("{}: {name}", t.own_price) value=price dir="ltr" mode="decimal" />
                        <Cell id=format!("length-{id}") name=format!("length[{id}]") label=format!("{}: {name}", t.own_length) value=minutes dir="ltr" mode="numeric" />
                    </div>
                }
            });
            let tick = if may_edit {
                view! { <Tick id=format!("does-{id}") name=format!("does[{id}]") label=name.clone() is_on=offer.is_some() /> }.into_any()
            } else {
                view! { <p><bdi>{name.clone()}</bdi></p> }.into_any()
            };
            (may_edit || offer.is_some()).then(|| {
                view! {
                    <li>
                        <div>
                            {tick}
                            <p class="hint">{terms}</p>
                        </div>
                        {own_terms}
                    </li>
                }
            })
        })
        .collect();
    let list = view! { <ul class="rows">{rows}</ul> };
    let body = if may_edit {
        view! {
            <form method="post" action=api::AdminStaffServices::PATH>
                {hidden(&a, "services")}
                <p class="hint">{t.own_hint}</p>
                {list}
                <button class="button" type="submit">{t.save}</button>
            </form>
        }
        .into_any()
    } else {
        list.into_any()
    };
    view! {
        <section class="card" aria-labelledby="does">
            <h2 id="does">{t.does}</h2>
            {body}
        </section>
    }
}

/// `10:00-14:00, 16:00-02:00`.
fn line(hours: &[Hours]) -> String {
    let clock = |hours: &Hours| {
        let (start, end) = hours.to_clock();
        format!("{start}-{end}")
    };
    hours.iter().map(clock).collect::<Vec<_>>().join(", ")
}

/// A field for each day of a week.
fn days(a: &Around, form: &str, week: &Week) -> impl IntoView + use<> {
    let cells: Vec<_> = DAYS
        .iter()
        .map(|(day, field)| cell(a, form, field, weekday(*day, a.locale), &line(week.on(*day)), "text", "ltr"))
        .collect();
    view! { <div class="week-fields">{cells}</div> }
}

/// The ordinary week, and those with dates.
#[component]
fn Weeks(hours: StaffHours, a: Around) -> impl IntoView {
    let t = a.t;
    let (dated, ordinary): (Vec<_>, Vec<_>) = hours.schedules.into_iter().partition(|one| one.schedule.is_dated());
    let week = ordinary.into_iter().next().map(|one| one.schedule.week).unwrap_or_default();
    let ordinary = if a.may_edit {
        view! {
            <form method="post" action=api::AdminSaveWeek::PATH>
                {hidden(&a, "week")}
                <p class="hint">{t.week_hint}</p>
                {days(&a, "week", &week)}
                {hits(&a, "week")}
                <button class="button" type="submit">{t.save_week}</button>
            </form>
        }
        .into_any()
    } else {
        view! { <Lines week=week a=a.clone() /> }.into_any()
    };
    let rows: Vec<_> = dated.into_iter().map(|one| view! { <Dated one=one a=a.clone() /> }).collect();
    let new = a.may_edit.then(|| {
        view! {
            <details class="act" open=is_refused(&a.flash, "dated")>
                <summary>{t.new_dated}</summary>
                <form method="post" action=api::AdminSaveWeek::PATH>
                    {hidden(&a, "dated")}
                    <div class="pair">
                        {cell(&a, "dated", "name", t.week_name, "", "text", "auto")}
                        {cell(&a, "dated", "valid_from", t.from, "", "date", "ltr")}
                        {cell(&a, "dated", "valid_to", t.to, "", "date", "ltr")}
                    </div>
                    <p class="hint">{t.week_hint}</p>
                    {days(&a, "dated", &Week::default())}
                    {hits(&a, "dated")}
                    <button class="button" type="submit">{t.save_week}</button>
                </form>
            </details>
        }
    });
    view! {
        <section class="card" aria-labelledby="week">
            <h2 id="week">{t.week}</h2>
            {ordinary}
        </section>
        <section class="card" aria-labelledby="dated">
            <h2 id="dated">{t.dated}</h2>
            <p class="hint">{t.dated_hint}</p>
            {rows}
            {new}
        </section>
    }
}

/// A week as it is, for who may not change it.
#[component]
fn Lines(week: Week, a: Around) -> impl IntoView {
    let rows = DAYS.iter().map(|(day, _)| {
        let hours = line(week.on(*day));
        let hours = if hours.is_empty() { a.t.day_off.to_owned() } else { hours };
        view! {
            <div>
                <dt>{weekday(*day, a.locale)}</dt>
                <dd><bdi>{hours}</bdi></dd>
            </div>
        }
    });
    view! { <dl class="salon-week">{rows.collect_view()}</dl> }
}

/// A week with dates: what it is, and the form to change it.
#[component]
fn Dated(one: StaffSchedule, a: Around) -> impl IntoView {
    let (t, form) = (a.t, one.id.to_string());
    let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let words = |date: Option<chrono::NaiveDate>| date.map_or_else(|| "…".to_owned(), |date| date_words(date, a.locale));
    let title = one.name.clone().unwrap_or_else(|| t.dated.to_owned());
    let range = format!("{} – {}", words(one.schedule.valid_from), words(one.schedule.valid_to));
    let edit = if a.may_edit {
        view! {
            <details class="act" open=is_refused(&a.flash, &form)>
                <summary>{t.edit} <span class="sr">{title.clone()}</span></summary>
                <form method="post" action=api::AdminSaveWeek::PATH>
                    {hidden(&a, &form)}
                    <input type="hidden" name="schedule" value=form.clone() />
                    <div class="pair">
                        {cell(&a, &form, "name", t.week_name, one.name.as_deref().unwrap_or_default(), "text", "auto")}
                        {cell(&a, &form, "valid_from", t.from, &date(one.schedule.valid_from), "date", "ltr")}
                        {cell(&a, &form, "valid_to", t.to, &date(one.schedule.valid_to), "date", "ltr")}
                    </div>
                    {days(&a, &form, &one.schedule.week)}
                    {hits(&a, &form)}
                    <button class="button" type="submit">{t.save_week}</button>
                </form>
                <form method="post" action=api::AdminRemoveWeek::PATH>
                    {hidden(&a, &form)}
                    <input type="hidden" name="schedule" value=form.clone() />
                    {hits(&a, &form)}
                    <button class="button button-quiet" type="submit">{t.remove}</button>
                </form>
            </details>
        }
        .into_any()
    } else {
        view! { <Lines week=one.schedule.week.clone() a=a.clone() /> }.into_any()
    };
    view! {
        <article>
            <h3><bdi>{title.clone()}</bdi></h3>
            <p class="hint">{range}</p>
            {edit}
        </article>
    }
}

/// Days that are different.
#[component]
fn Exceptions(hours: StaffHours, a: Around) -> impl IntoView {
    let t = a.t;
    let rows: Vec<_> = hours
        .exceptions
        .into_iter()
        .map(|one| {
            let date = one.exception.date;
            let hours = match &one.exception.hours {
                DayHours::Closed => t.day_off.to_owned(),
                DayHours::Custom(hours) => line(hours),
            };
            let reason = one.reason.map(|reason| view! { <p dir="auto">{reason}</p> });
            let remove = a.may_edit.then(|| {
                view! {
                    <form method="post" action=api::AdminRemoveException::PATH>
                        {hidden(&a, "exception")}
                        <input type="hidden" name="date" value=date.to_string() />
                        <button class="button button-quiet" type="submit">{t.remove}</button>
                    </form>
                }
            });
            view! {
                <li>
                    <div>
                        <strong>{date_words(date, a.locale)}</strong>
                        <p><bdi>{hours}</bdi></p>
                        {reason}
                    </div>
                    {remove}
                </li>
            }
        })
        .collect();
    let list = if rows.is_empty() {
        view! { <p class="hint">{t.no_exceptions}</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    let add = a.may_edit.then(|| {
        view! {
            <form method="post" action=api::AdminSaveException::PATH>
                {hidden(&a, "exception")}
                <div class="pair">
                    {cell(&a, "exception", "date", t.day, "", "date", "ltr")}
                    {cell(&a, "exception", "hours", t.hours, "", "text", "ltr")}
                    {cell(&a, "exception", "reason", t.reason, "", "text", "auto")}
                </div>
                {hits(&a, "exception")}
                <button class="button" type="submit">{t.add}</button>
            </form>
        }
    });
    view! {
        <section class="card" aria-labelledby="exceptions">
            <h2 id="exceptions">{t.exceptions}</h2>
            <p class="hint">{t.exceptions_hint}</p>
            {list}
            {add}
        </section>
    }
}

/// Time off.
#[component]
fn Away(hours: StaffHours, a: Around) -> impl IntoView {
    let t = a.t;
    let rows: Vec<_> = hours
        .time_off
        .into_iter()
        .map(|one| {
            let remove = a.may_edit.then(|| {
                view! {
                    <form method="post" action=api::AdminRemoveTimeOff::PATH>
                        {hidden(&a, "off")}
                        <input type="hidden" name="time_off" value=one.id.to_string() />
                        <button class="button button-quiet" type="submit">{t.remove}</button>
                    </form>
                }
            });
            let reason = one.reason.map(|reason| view! { <p dir="auto">{reason}</p> });
            view! {
                <li>
                    <div>
                        <strong>{moment(one.starts_at, a.locale)}</strong>
                        <p>{t.to} " " {moment(one.ends_at, a.locale)}</p>
                        {reason}
                    </div>
                    {remove}
                </li>
            }
        })
        .collect();
    let list = if rows.is_empty() {
        view! { <p class="hint">{t.no_time_off}</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    let add = a.may_edit.then(|| {
        view! {
            <form method="post" action=api::AdminAddTimeOff::PATH>
                {hidden(&a, "off")}
                <div class="pair">
                    {cell(&a, "off", "starts_at", t.from, "", "datetime-local", "ltr")}
                    {cell(&a, "off", "ends_at", t.to, "", "datetime-local", "ltr")}
                    {cell(&a, "off", "reason", t.reason, "", "text", "auto")}
                </div>
                {hits(&a, "off")}
                <button class="button" type="submit">{t.add}</button>
            </form>
        }
    });
    view! {
        <section class="card" aria-labelledby="off">
            <h2 id="off">{t.time_off}</h2>
            <p class="hint">{t.time_off_hint}</p>
            {list}
            {add}
        </section>
    }
}
