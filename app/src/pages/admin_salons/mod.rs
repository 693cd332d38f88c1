//! `/admin/salons`: salons, for those who set them up and those who run them. Every change of hours that leaves bookings outside comes back
//! with the list of them and a box to tick.
//!
//! To add a part of a salon: a file here, its tab in `frame.rs`.

pub(crate) mod closings;
pub(crate) mod frame;
pub(crate) mod member;
pub(crate) mod one;
pub(crate) mod people;
pub(crate) mod services;
pub(crate) mod staff;

use axum::response::Response;
use domain::permission::Permission;
use domain::salon::{Clientele, SalonStatus};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::Error;

use crate::components::admin::Shell;
use crate::components::field::Field;
use crate::components::notice::Notices;
use crate::document::{MAIN_FORM, Page, Width, viewer};
use crate::i18n::SalonDesk;
use crate::routes::path;
use crate::visit::{Visit, query_value};
use crate::{api, faults};

/// `/admin/salons`
pub(crate) async fn list(mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let after = visit.query("after");
    let salons = match visit.web.usecases.list_own_salons(&admin, after.as_deref()).await {
        Ok(salons) => salons,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, t, public) = (visit.locale, visit.now_s(), &visit.t.salon_desk, &visit.t.salons);
    let page = Page { width: Width::Full, ..Page::new(t.salons) };
    visit.render(page, move || {
        let new = viewer()
            .may(Permission::SalonOpen)
            .then(|| view! { <p><a class="button" href=path::ADMIN_SALON_NEW>{t.new}</a></p> });
        let rows: Vec<_> = salons
            .items
            .into_iter()
            .map(|salon| {
                view! {
                    <li>
                        <div>
                            <h2><a href=path::admin_salon(salon.id)><bdi>{salon.name.get(locale).to_owned()}</bdi></a></h2>
                            <p>{public.clientele(salon.clientele)} " · " <bdi dir="ltr">{salon.slug.as_str().to_owned()}</bdi></p>
                        </div>
                        <Status status=salon.status t=t />
                    </li>
                }
            })
            .collect();
        let list = if rows.is_empty() {
            view! {
                <div class="card">
                    <h2>{t.none}</h2>
                    <p class="hint">{t.none_hint}</p>
                </div>
            }
            .into_any()
        } else {
            view! { <ul class="card rows">{rows}</ul> }.into_any()
        };
        let more = salons.next.map(|next| {
            let to = format!("{}?after={}", path::ADMIN_SALONS, query_value(&next));
            view! { <p><a class="button button-quiet" href=to rel="next">{public.more}</a></p> }
        });
        view! {
            <Shell>
                <h1>{t.salons}</h1>
                <Notices flash=flash locale=locale now=now />
                <p class="lead">{t.lead}</p>
                {new}
                {list}
                {more}
            </Shell>
        }
    })
}

/// `/admin/salons/new`
pub(crate) async fn new(mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    if admin.require(Permission::SalonOpen).is_err() {
        return faults::of(visit, &Error::Forbidden);
    }
    let flash = visit.take_flash();
    let (locale, now, t, public) = (visit.locale, visit.now_s(), &visit.t.salon_desk, &visit.t.salons);
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::form(t.new) };
    visit.render(page, move || {
        let kept = flash.clone();
        let typed = move |field: &str| kept.typed_or(field, "");
        let kept = flash.clone();
        let fault = move |field: &str| kept.fault_of(field, locale, now);
        view! {
            <Shell>
                <p class="crumb"><a href=path::ADMIN_SALONS>{t.salons}</a></p>
                <h1>{t.new}</h1>
                <p class="lead">{t.new_lead}</p>
                <Notices flash=flash.clone() locale=locale now=now />
                <form class="card person-new" id=MAIN_FORM method="post" action=api::AdminCreateSalon::PATH>
                    <div class="pair">
                        <Field id="name_ar" label=t.name_ar hint=t.one_is_enough value=typed("name_ar") fault=fault("name_ar") />
                        <Field id="name_en" label=t.name_en value=typed("name_en") fault=fault("name_en") />
                    </div>
                    <Field id="slug" label=t.slug hint=t.slug_hint value=typed("slug") fault=fault("slug") dir="ltr" />
                    <Choice
                        id="clientele"
                        label=t.clientele
                        options=Clientele::ALL.iter().map(|one| (one.as_str(), public.clientele(*one))).collect()
                        chosen=Clientele::All.as_str()
                    />
                    <div class="row">
                        <button class="button" type="submit">{t.create}</button>
                    </div>
                </form>
            </Shell>
        }
    })
}

/// Where a salon stands, as a badge.
#[component]
pub(crate) fn Status(status: SalonStatus, t: &'static SalonDesk) -> impl IntoView {
    let class = match status {
        SalonStatus::Live => "badge",
        SalonStatus::Draft => "badge badge-quiet",
        SalonStatus::Suspended => "badge badge-danger",
    };
    view! { <span class=class>{t.status_of(status)}</span> }
}

/// A labelled choice of a closed list.
#[component]
pub(crate) fn Choice(
    #[prop(into)] id: String,
    #[prop(optional)] name: Option<&'static str>,
    label: &'static str,
    options: Vec<(&'static str, &'static str)>,
    chosen: &'static str,
) -> impl IntoView {
    let options =
        options.into_iter().map(|(value, words)| view! { <option value=value selected=value == chosen>{words}</option> });
    let name = name.map_or_else(|| id.clone(), str::to_owned);
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id name=name>{options.collect_view()}</select>
        </div>
    }
}

/// A labelled field of a form that a page has several of: the name is the same in each, the id is not.
#[component]
pub(crate) fn Cell(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional_no_strip)] fault: Option<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] mode: Option<&'static str>,
    #[prop(default = "auto")] dir: &'static str,
) -> impl IntoView {
    let fault_id = format!("{id}-error");
    let described = fault.is_some().then(|| fault_id.clone());
    let invalid = fault.is_some().then_some("true");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {fault.map(|fault| view! { <p class="field-error" id=fault_id>{fault}</p> })}
            <input
                id=id
                name=name
                type=kind
                inputmode=mode
                autocomplete="off"
                dir=dir
                value=value
                spellcheck="false"
                aria-describedby=described
                aria-invalid=invalid
            />
        </div>
    }
}

/// A box to tick, its words beside it.
#[component]
pub(crate) fn Tick(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    is_on: bool,
) -> impl IntoView {
    view! {
        <p class="tick">
            <input type="checkbox" id=id.clone() name=name value="yes" checked=is_on />
            <label for=id>{label}</label>
        </p>
    }
}
