//! `/admin/salons/{id}/people`: who is what in a salon.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::permission::Permission;
use domain::role::Role;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{IN_A_SALON, may_grant};

use super::Choice;
use super::frame::{SalonFrame, salon_id};
use crate::components::admin::name_beside_phone;
use crate::components::field::Field;
use crate::components::phone::Phone;
use crate::document::{Page, Width, viewer};
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(Path(id): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Some(id) = salon_id(&id) else { return faults::answer(visit, ErrorCode::NotFound) };
    let holders = match visit.web.usecases.list_salon_grants(&admin, id).await {
        Ok(holders) => holders,
        Err(error) => return faults::of(visit, &error),
    };
    let set_up = match visit.web.usecases.read_own_salon(&admin, id).await {
        Ok(set_up) => set_up,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, visit.now_s(), visit.t);
    let words = &t.salon_desk;
    let title = format!("{} · {}", words.tab_people, set_up.salon.name.get(locale));
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::new(title) };
    visit.render(page, move || {
        let may_open = viewer().may(Permission::SalonOpen);
        let may = |role: Role| (may_open && role == Role::Owner) || set_up.roles.iter().any(|held| may_grant(*held, role));
        let rows: Vec<_> = holders
            .into_iter()
            .map(|holder| {
                let name = name_beside_phone(&holder.user, locale);
                let waits = (!holder.user.is_phone_verified).then(|| view! { <p>{words.waits}</p> });
                let remove = may(holder.role).then(|| {
                    view! {
                        <form method="post" action=api::AdminRevokeSalonRole::PATH>
                            <input type="hidden" name="salon" value=id.to_string() />
                            <input type="hidden" name="user" value=holder.user.id.to_string() />
                            <input type="hidden" name="role" value=holder.role.as_str() />
                            <button class="button button-quiet" type="submit">{words.take_away}</button>
                        </form>
                    }
                });
                let phone = holder.user.phone.map(|number| view! { <Phone number=number /> });
                let (first, second) = match name {
                    Some(name) => (view! { <bdi>{name}</bdi> }.into_any(), view! { <p>{phone}</p> }.into_any()),
                    None => (phone.into_any(), ().into_any()),
                };
                view! {
                    <li>
                        <div>
                            <h2>{first} " " <span class="badge badge-quiet">{t.admin.role(holder.role)}</span></h2>
                            {second}
                            {waits}
                        </div>
                        {remove}
                    </li>
                }
            })
            .collect();
        let list = if rows.is_empty() {
            view! { <p class="hint">{words.no_people}</p> }.into_any()
        } else {
            view! { <ul class="card rows">{rows}</ul> }.into_any()
        };
        let offered: Vec<_> =
            IN_A_SALON.iter().filter(|role| may(**role)).map(|role| (role.as_str(), t.admin.role(*role))).collect();
        let chosen = offered.last().map_or("", |last| last.0);
        let grant = (!offered.is_empty()).then(|| {
            view! {
                <form class="card" method="post" action=api::AdminGrantSalonRole::PATH>
                    <h2>{words.grant}</h2>
                    <input type="hidden" name="salon" value=id.to_string() />
                    <Field
                        id="phone"
                        label=words.phone
                        hint=words.phone_hint
                        value=flash.typed_or("phone", "")
                        fault=flash.fault_of("phone", locale, now)
                        kind="tel"
                        mode="tel"
                        dir="ltr"
                    />
                    <Choice id="role" label=words.role options=offered chosen=chosen />
                    <button class="button" type="submit">{words.grant}</button>
                </form>
            }
        });
        view! {
            <SalonFrame set_up=set_up.clone() here="/people" flash=flash.clone() now=now locale=locale t=t>
                <p class="lead">{words.people_lead}</p>
                {list}
                {grant}
            </SalonFrame>
        }
    })
}
