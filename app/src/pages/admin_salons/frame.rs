//! What the pages about one salon share: its name, the tabs, and the bookings that a change would leave outside of all hours.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

use domain::ids::SalonId;
use domain::locale::Locale;
use domain::permission::Permission;
use domain::salon::SalonStatus;
use leptos::prelude::*;
use usecases::SalonSetUp;

use super::{Status, Tick};
use crate::components::admin::Shell;
use crate::components::notice::Notices;
use crate::flow::{Flash, What};
use crate::i18n::{Messages, SalonDesk, moment};
use crate::routes::path;

/// The salon around one of its pages. `here` is the end of the address of the page.
#[component]
pub(crate) fn SalonFrame(
    set_up: SalonSetUp,
    here: &'static str,
    flash: Flash,
    now: i64,
    locale: Locale,
    t: &'static Messages,
    children: Children,
) -> impl IntoView {
    let (words, salon) = (&t.salon_desk, set_up.salon.clone());
    let base = path::admin_salon(salon.id);
    let tab = |to: &'static str, label: &'static str| {
        let current = (to == here).then_some("page");
        view! { <li><a href=format!("{base}{to}") aria-current=current>{label}</a></li> }
    };
    let sees_people = set_up.may(Permission::StaffManage) || crate::document::viewer().may(Permission::SalonOpen);
    let people = sees_people.then(|| tab("/people", words.tab_people));
    let public = (salon.status == SalonStatus::Live).then(|| view! { <a href=path::salon(&salon.slug)>{words.see_public}</a> });
    let tabs = view! {
        {tab("", words.tab_salon)}
        {tab("/services", words.tab_services)}
        {tab("/staff", words.tab_staff)}
        {tab("/closings", words.tab_closings)}
        {people}
    };
    view! {
        <Shell>
            <p class="crumb"><a href=path::ADMIN_SALONS>{words.salons}</a></p>
            <h1><bdi>{salon.name.get(locale).to_owned()}</bdi> " " <Status status=salon.status t=words /></h1>
            <p>{public}</p>
            <nav class="tabs" aria-label=words.tabs><ul>{tabs}</ul></nav>
            <Notices flash=flash locale=locale now=now />
            {children()}
        </Shell>
    }
}

/// The bookings that were hit, and the box that says they are known. It stands in the form that was refused.
#[component]
pub(crate) fn Hits(flash: Flash, locale: Locale, t: &'static SalonDesk) -> impl IntoView {
    let hits = flash.faults.iter().find_map(|fault| match &fault.what {
        What::HitsBookings { count, first } => Some((*count, first.clone())),
        _ => None,
    });
    let Some((count, first)) = hits else { return ().into_any() };
    let more = count.saturating_sub(first.len());
    let rows = first.into_iter().map(|hit| {
        let at = chrono::DateTime::from_timestamp(hit.starts_s, 0).unwrap_or_default();
        view! { <li><bdi dir="ltr" class="code">{hit.code}</bdi> " · " {moment(at, locale)}</li> }
    });
    let rows: Vec<_> = rows.collect();
    let more = (more > 0).then(|| view! { <li>{format!("+{more}")}</li> });
    view! {
        <section class="hits" aria-labelledby="hits">
            <h3 id="hits">{t.hits} " " <span class="note">{format!("({count})")}</span></h3>
            <p>{t.hits_what}</p>
            <ul class="bullets">{rows} {more}</ul>
            <Tick id="confirm" name="confirm" label=t.confirm is_on=false />
        </section>
    }
    .into_any()
}

/// Which form of a page was refused: its hidden `form` stands in what was typed.
pub(crate) fn is_refused(flash: &Flash, form: &str) -> bool {
    !flash.faults.is_empty() && flash.typed_or("form", "") == form
}

/// What stands in a field of a form: what was typed when that form was refused, else what is so.
pub(crate) fn value(flash: &Flash, form: &str, field: &str, is: &str) -> String {
    if is_refused(flash, form) { flash.typed_or(field, is) } else { is.to_owned() }
}

/// What is wrong with a field of a form.
pub(crate) fn fault(flash: &Flash, form: &str, field: &str, locale: Locale, now: i64) -> Option<String> {
    if is_refused(flash, form) { flash.fault_of(field, locale, now) } else { None }
}

/// An id of a page's address.
pub(crate) fn salon_id(text: &str) -> Option<SalonId> {
    text.parse().ok()
}
