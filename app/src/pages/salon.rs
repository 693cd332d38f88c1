//! `/salons/{slug}`: what a salon offers, when it is open, who works there.

use axum::extract::Path;
use axum::response::Response;
use chrono::Datelike;
use domain::locale::Locale;
use domain::salon::Confirmation;
use domain::schedule::Hours;
use leptos::prelude::*;
use usecases::{OpenDay, SalonFront};

use crate::document::{Page, Width};
use crate::faults;
use crate::i18n::{Salons, length, weekday};
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(Path(slug): Path<String>, visit: Visit) -> Response {
    let front = match visit.web.usecases.read_salon_front(&slug).await {
        Ok(front) => front,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, t) = (visit.locale, &visit.t.salons);
    let page = Page { width: Width::Wide, ..Page::new(front.salon.name.get(locale)) };
    visit.render(page, move || {
        let salon = front.salon.clone();
        let about = salon.about.get(locale).map(|text| view! { <p class="lead" dir="auto">{text.to_owned()}</p> });
        let address = salon.address.get(locale).map(|text| view! { " · " <bdi>{text.to_owned()}</bdi> });
        view! {
            <p class="crumb"><a href=path::SALONS>{t.title}</a></p>
            <header class="salon-head">
                <h1><bdi>{salon.name.get(locale).to_owned()}</bdi></h1>
                <p><span class="badge">{t.clientele(salon.clientele)}</span> {address}</p>
                {about}
                <Today week=front.week.clone() t=t />
            </header>
            <div class="salon-grid">
                <Offered front=front.clone() locale=locale t=t />
                <div class="salon-side">
                    <Week week=front.week.clone() locale=locale t=t />
                    <Team front=front.clone() locale=locale t=t />
                    <Rules front=front locale=locale t=t />
                </div>
            </div>
            <section class="salon-reviews" aria-labelledby="reviews">
                <h2 id="reviews">{t.reviews}</h2>
                <p class="hint">{t.no_reviews}</p>
            </section>
        }
    })
}

/// Whether the salon is open on the business day going on, and until when.
#[component]
fn Today(week: Vec<OpenDay>, t: &'static Salons) -> impl IntoView {
    let hours = week.into_iter().next().map(|day| day.hours).unwrap_or_default();
    if hours.is_empty() {
        return view! { <p class="salon-today">{t.closed_today}</p> }.into_any();
    }
    view! { <p class="salon-today">{t.open_today} ": " <Stretches hours=hours t=t /></p> }.into_any()
}

/// `10:00 to 14:00`, `16:00 until 02:00`: an end after midnight is told apart by its word. Each time stands by itself, left to right.
#[component]
fn Stretches(hours: Vec<Hours>, t: &'static Salons) -> impl IntoView {
    let parts = hours.into_iter().enumerate().map(|(place, hours)| {
        let comma = (place > 0).then_some(" · ");
        if hours.end_min() - hours.start_min() == 1440 {
            return view! { {comma} <span>{t.round}</span> }.into_any();
        }
        let (start, end) = hours.to_clock();
        let word = if hours.passes_midnight() { t.until } else { t.to };
        view! { {comma} <span class="hours"><bdi dir="ltr">{start}</bdi> " " {word} " " <bdi dir="ltr">{end}</bdi></span> }
            .into_any()
    });
    parts.collect_view()
}

/// What can be booked, what it costs, how long it takes.
#[component]
fn Offered(front: SalonFront, locale: Locale, t: &'static Salons) -> impl IntoView {
    let rows: Vec<_> = front
        .services
        .into_iter()
        .map(|service| {
            let name = service.name.get(locale).to_owned();
            view! {
                <li>
                    <div>
                        <h3><bdi>{name}</bdi></h3>
                        <p>
                            <span>{length(service.terms.duration.get(), locale)}</span> " · "
                            <strong class="price">{t.price(service.terms.price, locale)}</strong>
                        </p>
                    </div>
                </li>
            }
        })
        .collect();
    let list = if rows.is_empty() {
        view! { <p class="hint">{t.no_services}</p> }.into_any()
    } else {
        view! {
            <ul class="card rows">{rows}</ul>
            <p class="hint">{t.vat_included}</p>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="services">
            <h2 id="services">{t.services}</h2>
            {list}
        </section>
    }
}

/// The next seven business days.
#[component]
fn Week(week: Vec<OpenDay>, locale: Locale, t: &'static Salons) -> impl IntoView {
    let rows = week.into_iter().enumerate().map(|(place, day)| {
        let today = (place == 0).then(|| view! { " " <span class="note">{format!("({})", t.today)}</span> });
        let hours = if day.hours.is_empty() {
            view! { <span class="quiet">{t.closed}</span> }.into_any()
        } else {
            view! { <Stretches hours=day.hours t=t /> }.into_any()
        };
        view! {
            <div>
                <dt>{weekday(day.date.weekday(), locale)} {today}</dt>
                <dd>{hours}</dd>
            </div>
        }
    });
    view! {
        <section class="card" aria-labelledby="hours">
            <h2 id="hours">{t.hours}</h2>
            <p class="hint">{t.hours_hint}</p>
            <dl class="salon-week">{rows.collect_view()}</dl>
        </section>
    }
}

/// Who can be booked, under the names the public knows.
#[component]
fn Team(front: SalonFront, locale: Locale, t: &'static Salons) -> impl IntoView {
    let services = front.services;
    let rows: Vec<_> = front
        .staff
        .into_iter()
        .map(|one| {
            let does = services.iter().filter(|service| one.treatments.contains(&service.id));
            let does: Vec<_> = does.map(|service| service.name.get(locale).to_owned()).collect();
            let comma = if locale == Locale::Ar { "، " } else { ", " };
            view! {
                <li>
                    <strong><bdi>{one.name.get(locale).to_owned()}</bdi></strong>
                    <p class="hint" dir="auto">{does.join(comma)}</p>
                </li>
            }
        })
        .collect();
    let list = if rows.is_empty() {
        view! { <p class="hint">{t.no_staff}</p> }.into_any()
    } else {
        view! { <ul class="salon-team">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="team">
            <h2 id="team">{t.staff}</h2>
            {list}
        </section>
    }
}

/// What one should know before booking.
#[component]
fn Rules(front: SalonFront, locale: Locale, t: &'static Salons) -> impl IntoView {
    let policies = front.salon.policies;
    let window = u16::try_from(policies.cancel_window_min).ok().filter(|minutes| *minutes > 0);
    let cancel = window.map(|minutes| view! { <li>{(t.free_cancel)(&length(minutes, locale))}</li> });
    let manual = (policies.confirmation == Confirmation::Manual).then(|| view! { <li>{t.manual}</li> });
    let vat = front.salon.vat_number.map(|number| view! { <li>{t.vat_number} ": " <bdi dir="ltr">{number}</bdi></li> });
    if cancel.is_none() && manual.is_none() && vat.is_none() {
        return ().into_any();
    }
    view! {
        <section class="card" aria-labelledby="rules">
            <h2 id="rules">{t.good_to_know}</h2>
            <ul class="bullets">{cancel} {manual} {vat}</ul>
        </section>
    }
    .into_any()
}
