//! `/admin/salons/{slug}/today`: the day going on, at a glance.

use axum::extract::Path;
use axum::response::Response;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{AtWork, BookingAct, DeskToday, Visit as Booked};

use super::chips::{Around, Inside, Target};
use crate::api;
use crate::components::desk::{DeskFrame, Price, day_text, minute};
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
    let today = match visit.web.usecases.read_desk_today(&admin, &slug).await {
        Ok(today) => today,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, visit.web.usecases.clock().now(), &visit.t.counter);
    let title = format!("{} · {}", t.today, today.desk.salon.name.get(locale));
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::new(title) };
    visit.render(page, move || {
        let around = Around { desk: today.desk.clone(), back: "today".to_owned(), now, locale, t };
        let desk = today.desk.clone();
        let day = day_text(desk.salon.wall, today.date, locale);
        view! {
            <DeskFrame desk=desk here="today" locale=locale t=t>
                <h1>{day}</h1>
                <Notices flash=flash locale=locale now=now.timestamp() />
                <div class="desk-glance">
                    <Waits waiting=today.waiting.clone() around=around.clone() />
                    <NextUp next=today.next.clone() around=around.clone() />
                    <Working all=today.at_work.clone() around=around.clone() />
                    <Takings today=today around=around />
                </div>
            </DeskFrame>
        }
    })
}

#[component]
fn NextUp(next: Vec<Booked>, around: Around) -> impl IntoView {
    let t = around.t;
    let list = if next.is_empty() {
        view! { <p class="hint">{t.nothing_next}</p> }.into_any()
    } else {
        let rows = next.into_iter().map(|visit| {
            let class = format!("chip chip-tall chip-{}", visit.booking.status.as_str());
            view! { <li class=class><Inside booked=visit around=around.clone() with_staff=true /></li> }
        });
        view! { <ul class="chip-list">{rows.collect_view()}</ul> }.into_any()
    };
    view! { <section class="card" aria-labelledby="next-up"><h2 id="next-up">{t.next_up}</h2> {list}</section> }
}

#[component]
fn Waits(waiting: Vec<Booked>, around: Around) -> impl IntoView {
    let t = around.t;
    let list = if waiting.is_empty() {
        view! { <p class="hint">{t.nothing_waits}</p> }.into_any()
    } else {
        let rows = waiting.into_iter().map(|visit| {
            let day = day_text(visit.wall, visit.booking.span.business_date, around.locale);
            let (booked, desk) = (visit.clone(), around.desk.clone());
            view! {
                <li class="chip chip-tall chip-pending">
                    <p class="hint">{day}</p>
                    <Inside booked=visit around=around.clone() with_staff=true />
                    <form class="chip-act" method="post" action=api::AdminActOnBooking::PATH>
                        <Target booked=booked desk=desk back="today".to_owned() />
                        <button class="button button-quiet" type="submit" name="act" value=BookingAct::Decline.as_str()>{t.act(BookingAct::Decline)}</button>
                    </form>
                </li>
            }
        });
        view! { <ul class="chip-list">{rows.collect_view()}</ul> }.into_any()
    };
    view! { <section class="card" aria-labelledby="waits"><h2 id="waits">{t.waits}</h2> {list}</section> }
}

#[component]
fn Working(all: Vec<AtWork>, around: Around) -> impl IntoView {
    let t = around.t;
    let rows = all.into_iter().map(|one| {
        let name = one.column.staff.name.as_ref().map(|name| name.get(around.locale).to_owned()).unwrap_or_default();
        let hours = one.column.hours.iter().map(|hours| format!("{}–{}", minute(hours.start_min()), minute(hours.end_min())));
        let hours: Vec<_> = hours.collect();
        let (class, words) = match (one.is_now, one.is_busy) {
            (_, true) => ("badge", t.busy),
            (true, false) => ("badge badge-quiet", t.free),
            (false, false) => ("badge badge-quiet", t.not_now),
        };
        view! { <li><div><bdi>{name}</bdi> " " <bdi class="quiet" dir="ltr">{hours.join(", ")}</bdi></div> <span class=class>{words}</span></li> }
    });
    let rows: Vec<_> = rows.collect();
    let list = if rows.is_empty() {
        view! { <p class="hint">{t.off_today}</p> }.into_any()
    } else {
        view! { <ul class="rows desk-rows">{rows}</ul> }.into_any()
    };
    view! { <section class="card" aria-labelledby="at-work"><h2 id="at-work">{t.at_work}</h2> {list}</section> }
}

#[component]
fn Takings(today: DeskToday, around: Around) -> impl IntoView {
    let t = around.t;
    let slug = today.desk.salon.slug.as_str().to_owned();
    let reviews = today.reviews.filter(|count| *count > 0).map(|count| {
        let count = if count > 20 { "20+".to_owned() } else { count.to_string() };
        view! { <p><a href=path::desk(&slug, "reviews")>{t.reviews_wait} ": " <bdi dir="ltr">{count}</bdi></a></p> }
    });
    let counts =
        [(t.visits_done, today.counts.done), (t.visits_to_come, today.counts.to_come), (t.visits_no_show, today.counts.no_show)];
    let counts = counts.map(|(label, count)| view! { <div><dt>{label}</dt> <dd>{count}</dd></div> });
    view! {
        <section class="card" aria-labelledby="takings">
            <h2 id="takings">{t.takings}</h2>
            <dl class="desk-facts">
                <div><dt>{t.taken}</dt> <dd><Price amount=today.taken t=t /></dd></div>
                <div><dt>{t.expected}</dt> <dd><Price amount=today.expected t=t /></dd></div>
                {counts.collect_view()}
            </dl>
            {reviews}
        </section>
    }
}
