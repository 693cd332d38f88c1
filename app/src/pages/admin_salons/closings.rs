//! `/admin/salons/{id}/closings`: days on which nobody of a salon works.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::permission::Permission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::Tick;
use super::frame::{Hits, SalonFrame, salon_id};
use crate::components::field::Field;
use crate::document::{Page, Width};
use crate::i18n::date_words;
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
    let closings = match visit.web.usecases.list_closings(&admin, id).await {
        Ok(closings) => closings,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, visit.now_s(), visit.t);
    let words = &t.salon_desk;
    let title = format!("{} · {}", words.tab_closings, set_up.salon.name.get(locale));
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::new(title) };
    visit.render(page, move || {
        let may_edit = set_up.may(Permission::CatalogueEdit);
        let rows: Vec<_> = closings
            .into_iter()
            .map(|one| {
                let spill = one.closing.takes_spill.then(|| view! { <p>{words.takes_spill}</p> });
                let reason = one.reason.map(|reason| view! { <p dir="auto">{reason}</p> });
                let remove = may_edit.then(|| {
                    view! {
                        <form method="post" action=api::AdminRemoveClosing::PATH>
                            <input type="hidden" name="salon" value=id.to_string() />
                            <input type="hidden" name="date" value=one.closing.date.to_string() />
                            <button class="button button-quiet" type="submit">{words.remove}</button>
                        </form>
                    }
                });
                view! {
                    <li>
                        <div>
                            <h2>{date_words(one.closing.date, locale)}</h2>
                            {spill}
                            {reason}
                        </div>
                        {remove}
                    </li>
                }
            })
            .collect();
        let list = if rows.is_empty() {
            view! { <p class="hint">{words.no_closings}</p> }.into_any()
        } else {
            view! { <ul class="card rows">{rows}</ul> }.into_any()
        };
        let add = may_edit.then(|| {
            let typed = |field: &str| flash.typed_or(field, "");
            let fault = |field: &str| flash.fault_of(field, locale, now);
            view! {
                <form class="card" method="post" action=api::AdminSaveClosing::PATH>
                    <h2>{words.close_day}</h2>
                    <input type="hidden" name="salon" value=id.to_string() />
                    <Field id="date" label=words.day value=typed("date") fault=fault("date") kind="date" dir="ltr" />
                    <Field id="reason" label=words.reason note=t.common.optional value=typed("reason") fault=fault("reason") />
                    <Tick id="takes_spill" name="takes_spill" label=words.takes_spill is_on=typed("takes_spill") == "yes" />
                    <Hits flash=flash.clone() locale=locale t=words />
                    <button class="button" type="submit">{words.save}</button>
                </form>
            }
        });
        view! {
            <SalonFrame set_up=set_up here="/closings" flash=flash.clone() now=now locale=locale t=t>
                <p class="lead">{words.closings_lead}</p>
                {list}
                {add}
            </SalonFrame>
        }
    })
}
