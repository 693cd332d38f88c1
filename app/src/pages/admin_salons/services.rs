//! `/admin/salons/{id}/services`: what a salon offers.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::locale::Locale;
use domain::permission::Permission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::Treatment;

use super::frame::{SalonFrame, fault, is_refused, salon_id, value};
use super::{Cell, Tick};
use crate::document::{Page, Width};
use crate::flow::Flash;
use crate::i18n::{SalonDesk, length};
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(Path(id): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Some(id) = salon_id(&id) else { return faults::answer(visit, ErrorCode::NotFound) };
    let set_up = match visit.web.usecases.read_own_salon(&admin, id).await {
        Ok(set_up) => set_up,
        Err(error) => return faults::of(visit, &error),
    };
    let services = match visit.web.usecases.list_own_services(&admin, id).await {
        Ok(services) => services,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, visit.now_s(), visit.t);
    let (words, public) = (&t.salon_desk, &t.salons);
    let title = format!("{} · {}", words.tab_services, set_up.salon.name.get(locale));
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::new(title) };
    visit.render(page, move || {
        let may_edit = set_up.may(Permission::CatalogueEdit);
        let salon = set_up.salon.id.to_string();
        let rows: Vec<_> = services
            .into_iter()
            .map(|service| {
                let badge = (!service.is_active).then(|| view! { <span class="badge badge-quiet">{words.inactive}</span> });
                let line = format!("{} · {}", length(service.terms.duration.get(), locale), public.price(service.terms.price, locale));
                let name = service.name.get(locale).to_owned();
                let edit = may_edit.then(|| {
                    let form = service.id.to_string();
                    let (salon, id) = (salon.clone(), form.clone());
                    view! {
                        <details class="act" open=is_refused(&flash, &form)>
                            <summary>{words.edit} <span class="sr">{name.clone()}</span></summary>
                            <ServiceForm salon=salon.clone() service=Some(service) flash=flash.clone() now=now locale=locale t=words />
                            <form method="post" action=api::AdminRemoveService::PATH>
                                <input type="hidden" name="salon" value=salon />
                                <input type="hidden" name="service" value=id />
                                <button class="button button-quiet" type="submit">{words.remove}</button>
                            </form>
                        </details>
                    }
                });
                view! {
                    <li>
                        <div>
                            <h2><bdi>{name}</bdi> " " {badge}</h2>
                            <p>{line}</p>
                        </div>
                        {edit}
                    </li>
                }
            })
            .collect();
        let list = if rows.is_empty() {
            view! { <p class="hint">{words.no_services}</p> }.into_any()
        } else {
            view! { <ul class="card rows">{rows}</ul> }.into_any()
        };
        let add = may_edit.then(|| {
            view! {
                <section class="card" aria-labelledby="new">
                    <h2 id="new">{words.new_service}</h2>
                    <ServiceForm salon=salon service=None flash=flash.clone() now=now locale=locale t=words />
                </section>
            }
        });
        view! {
            <SalonFrame set_up=set_up here="/services" flash=flash locale=locale now=now t=t>
                {list}
                {add}
            </SalonFrame>
        }
    })
}

/// A service to be filled in.
#[component]
fn ServiceForm(
    salon: String,
    service: Option<Treatment>,
    flash: Flash,
    now: i64,
    locale: Locale,
    t: &'static SalonDesk,
) -> impl IntoView {
    let form = service.as_ref().map_or_else(|| "new".to_owned(), |service| service.id.to_string());
    let id = service.as_ref().map(|service| service.id.to_string()).unwrap_or_default();
    let is = |field: &str| {
        let Some(one) = &service else {
            return match field {
                "buffer_before_min" | "buffer_after_min" => "0".to_owned(),
                _ => String::new(),
            };
        };
        match field {
            "name_ar" => one.name.ar().unwrap_or_default().to_owned(),
            "name_en" => one.name.en().unwrap_or_default().to_owned(),
            "duration_min" => one.terms.duration.get().to_string(),
            "price_halalas" => one.terms.price.to_string(),
            "buffer_before_min" => one.terms.buffers.before().to_string(),
            _ => one.terms.buffers.after().to_string(),
        }
    };
    let cell = |field: &'static str, label: &'static str, dir: &'static str, mode: &'static str| {
        let (value, fault) = (value(&flash, &form, field, &is(field)), fault(&flash, &form, field, locale, now));
        // The summary links to the fields of the form that was refused.
        let id = if is_refused(&flash, &form) { field.to_owned() } else { format!("{field}-{form}") };
        view! { <Cell id=id name=field label=label value=value fault=fault dir=dir mode=mode /> }
    };
    let is_active = service.as_ref().is_none_or(|service| service.is_active);
    let fields = view! {
        <div class="pair">
            {cell("name_ar", t.name_ar, "auto", "text")}
            {cell("name_en", t.name_en, "auto", "text")}
            {cell("duration_min", t.duration, "ltr", "numeric")}
            {cell("price_halalas", t.price, "ltr", "decimal")}
            {cell("buffer_before_min", t.buffer_before, "ltr", "numeric")}
            {cell("buffer_after_min", t.buffer_after, "ltr", "numeric")}
        </div>
    };
    view! {
        <form method="post" action=api::AdminSaveService::PATH>
            <input type="hidden" name="salon" value=salon />
            <input type="hidden" name="service" value=id />
            {fields}
            <Tick id=format!("is_active-{form}") name="is_active" label=t.is_active is_on=is_active />
            <button class="button" type="submit">{if service.is_some() { t.save } else { t.add }}</button>
        </form>
    }
}
