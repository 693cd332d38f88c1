//! `/admin/salons/{slug}/day`: a business day, a column for each member of staff. At a phone's width it is a list by time for each.

use axum::extract::Path;
use axum::response::Response;
use chrono::Days;
use domain::schedule::Hours;
use leptos::prelude::*;
use usecases::{Chip, DayColumn, DeskDay, Stretch};

use super::chips::{Around, Inside};
use crate::components::desk::{DateField, DeskFrame, day_text, minute, read_date};
use crate::components::notice::Notices;
use crate::document::{Page, Width};
use crate::faults;
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(Path(slug): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let date = read_date(visit.query("date").as_deref());
    let day = match visit.web.usecases.read_desk_day(&admin, &slug, date).await {
        Ok(day) => day,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, visit.web.usecases.clock().now(), &visit.t.counter);
    let salon = day.desk.salon.name.get(locale).to_owned();
    let title = format!("{} {} · {salon}", t.day, day.date);
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::new(title) };
    visit.render(page, move || {
        let around = Around { desk: day.desk.clone(), back: day.date.to_string(), now, locale, t };
        let desk = day.desk.clone();
        view! {
            <DeskFrame desk=desk here="day" locale=locale t=t>
                <Head day=day.clone() around=around.clone() />
                <Notices flash=flash locale=locale now=now.timestamp() />
                <Columns day=day.clone() around=around.clone() />
                <Off day=day around=around />
            </DeskFrame>
        }
    })
}

/// Which day it is, and the way to others.
#[component]
fn Head(day: DeskDay, around: Around) -> impl IntoView {
    let (t, wall) = (around.t, day.desk.salon.wall);
    let base = path::desk(day.desk.salon.slug.as_str(), "day");
    let to = |date: Option<chrono::NaiveDate>| format!("{base}?date={}", date.unwrap_or(day.date));
    let (before, after) = (to(day.date.checked_sub_days(Days::new(1))), to(day.date.checked_add_days(Days::new(1))));
    let today = (day.date != day.today).then(|| view! { <a class="button button-quiet" href=base.clone()>{t.today}</a> });
    view! {
        <div class="head-row">
            <h1>{day_text(wall, day.date, around.locale)}</h1>
            <nav class="row desk-days" aria-label=t.go_to_day>
                <a class="button button-quiet" href=before rel="prev">{t.day_before}</a>
                {today}
                <a class="button button-quiet" href=after rel="next">{t.day_after}</a>
            </nav>
        </div>
        <form class="desk-go" method="get" action=base>
            <DateField label=t.go_to_day value=day.date />
            <button class="button button-quiet" type="submit">{t.show}</button>
        </form>
    }
}

#[component]
fn Columns(day: DeskDay, around: Around) -> impl IntoView {
    if day.columns.is_empty() {
        return view! { <div class="card nobody"><p>{around.t.nobody_works}</p></div> }.into_any();
    }
    let (from, to) = day.axis;
    // Only for the eye: each booking says its own time.
    let hours = (from / 60..to / 60).map(|hour| {
        let class = if hour == 24 {
            format!("{} cal-midnight", at((hour * 60, hour * 60 + 60), from))
        } else {
            at((hour * 60, hour * 60 + 60), from)
        };
        view! { <li class=class dir="ltr">{minute(hour * 60)}</li> }
    });
    let hours = hours.collect_view();
    let now = day.minute(around.now).map(|minute| at((minute / 5 * 5, minute / 5 * 5 + 5), from));
    let date = day.date.to_string();
    let columns = day.columns.into_iter().map(|column| {
        view! { <Column column=column axis=day.axis date=date.clone() now=now.clone() around=around.clone() /> }
    });
    view! {
        <div class="cal">
            <ol class="cal-axis" aria-hidden="true">{hours}</ol>
            {columns.collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn Column(column: DayColumn, axis: Stretch, date: String, now: Option<String>, around: Around) -> impl IntoView {
    let (t, from) = (around.t, axis.0);
    let id = format!("staff-{}", column.staff.id);
    let name = column.staff.name.as_ref().map(|name| name.get(around.locale).to_owned()).unwrap_or_default();
    let hours: Vec<_> =
        column.hours.iter().map(|hours: &Hours| format!("{}–{}", minute(hours.start_min()), minute(hours.end_min()))).collect();
    let works = if column.staff.archived_at.is_some() {
        view! { <p class="hint">{t.gone}</p> }.into_any()
    } else if hours.is_empty() {
        view! { <p class="hint">{t.off_today}</p> }.into_any()
    } else {
        view! { <p class="hint">{t.works} " " <bdi dir="ltr">{hours.join(", ")}</bdi></p> }.into_any()
    };
    let new = path::desk(around.desk.salon.slug.as_str(), &format!("bookings/new?date={date}&staff={}", column.staff.id));
    let book = (column.staff.archived_at.is_none() && column.staff.is_bookable)
        .then(|| view! { <a class="cal-new" href=new><span aria-hidden="true">"+"</span> <span class="sr">{t.new_booking} ": " {name.clone()}</span></a> });
    let shades = not_at_work(&column, axis);
    let shades = shades.into_iter().map(|off| view! { <li class=format!("cal-off {}", at(off, from)) aria-hidden="true"></li> });
    let now = now.map(|class| view! { <li class=format!("cal-now {class}") aria-hidden="true"></li> });
    let is_empty = column.chips.is_empty();
    let chips = column.chips.into_iter().map(|Chip { visit, at: when, lane }| {
        let tall = if when.1 - when.0 >= 60 { " chip-tall" } else { "" };
        let status = visit.booking.status.as_str();
        let class = format!("chip chip-{status}{tall} {} lane-{lane}", at(when, from));
        view! { <li class=class><Inside booked=visit around=around.clone() /></li> }
    });
    let chips = chips.collect_view();
    let empty = is_empty.then(|| view! { <p class="hint cal-empty">{t.nothing_booked}</p> });
    view! {
        <section class="cal-column" aria-labelledby=id.clone()>
            <div class="cal-name">
                <h2 id=id.clone()><bdi>{name}</bdi></h2>
                {book}
                {works}
            </div>
            {empty}
            <ol class=format!("cal-body lanes-{}", column.lanes)>{shades.collect_view()} {now} {chips}</ol>
        </section>
    }
    .into_any()
}

/// What of the axis is no work: the rest of the hours, and time off.
fn not_at_work(column: &DayColumn, (from, to): Stretch) -> Vec<Stretch> {
    let mut hours: Vec<_> = column.hours.iter().map(|hours| (hours.start_min(), hours.end_min())).collect();
    hours.sort_unstable();
    let mut off = Vec::new();
    let mut at = from;
    for (start, end) in hours {
        off.push((at, start));
        at = at.max(end);
    }
    off.push((at, to));
    off.extend(column.time_off.iter().map(|one| (one.0.max(from), one.1.min(to))));
    off.retain(|one| one.0 < one.1);
    off
}

/// Where a stretch lies on the axis, as classes: a strict policy allows no style of its own to an element. Rows are five minutes.
fn at((start, end): Stretch, from: u16) -> String {
    let (row, length) = (start.saturating_sub(from) / 5, (end - start).div_ceil(5).max(1));
    format!("h-{} m-{} lh-{} lm-{}", row / 12, row % 12, length / 12, length % 12)
}

/// What was called off, out of the way.
#[component]
fn Off(day: DeskDay, around: Around) -> impl IntoView {
    if day.off.is_empty() {
        return None;
    }
    let count = day.off.len();
    let rows = day.off.into_iter().map(|visit| {
        let class = format!("chip chip-{}", visit.booking.status.as_str());
        view! { <li class=class><Inside booked=visit around=around.clone() with_staff=true /></li> }
    });
    Some(view! {
        <details class="filters">
            <summary>{around.t.called_off} " (" {count} ")"</summary>
            <ul class="chip-list">{rows.collect_view()}</ul>
        </details>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_lies_on_rows_of_five_minutes_from_the_hour_the_axis_begins() {
        assert_eq!(at((600, 645), 600), "h-0 m-0 lh-0 lm-9");
        assert_eq!(at((1_470, 1_590), 960), "h-8 m-6 lh-2 lm-0");
        assert_eq!(at((603, 606), 600), "h-0 m-0 lh-0 lm-1", "never nothing");
    }
}
