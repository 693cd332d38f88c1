//! `/admin/salons/{id}/staff`: who works in a salon.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::permission::Permission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::Tick;
use super::frame::{SalonFrame, salon_id};
use crate::components::field::Field;
use crate::document::{Page, Width};
use crate::routes::path;
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
    let staff = match visit.web.usecases.list_own_staff(&admin, id).await {
        Ok(staff) => staff,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, visit.now_s(), visit.t);
    let words = &t.salon_desk;
    let title = format!("{} · {}", words.tab_staff, set_up.salon.name.get(locale));
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::new(title) };
    visit.render(page, move || {
        let rows: Vec<_> = staff
            .into_iter()
            .map(|own| {
                let one = own.staff;
                let (class, badge) = if one.archived_at.is_some() {
                    ("badge badge-quiet", words.archived)
                } else if one.is_bookable {
                    ("badge", words.bookable)
                } else {
                    ("badge badge-quiet", words.not_bookable)
                };
                let name = one.name.as_ref().map_or(words.nameless, |name| name.get(locale)).to_owned();
                view! {
                    <li>
                        <div>
                            <h2><a href=path::admin_member(id, one.id)><bdi>{name}</bdi></a></h2>
                            <p>{words.does} ": " {own.offers.len()}</p>
                        </div>
                        <span class=class>{badge}</span>
                    </li>
                }
            })
            .collect();
        let list = if rows.is_empty() {
            view! { <p class="hint">{words.no_staff}</p> }.into_any()
        } else {
            view! { <ul class="card rows">{rows}</ul> }.into_any()
        };
        let add = set_up.may(Permission::StaffManage).then(|| {
            let typed = |field: &str| flash.typed_or(field, "");
            let fault = |field: &str| flash.fault_of(field, locale, now);
            view! {
                <form class="card" method="post" action=api::AdminSaveStaff::PATH>
                    <h2>{words.new_staff}</h2>
                    <input type="hidden" name="salon" value=id.to_string() />
                    <div class="pair">
                        <Field id="name_ar" label=words.name_ar hint=words.public_name value=typed("name_ar") fault=fault("name_ar") />
                        <Field id="name_en" label=words.name_en value=typed("name_en") fault=fault("name_en") />
                    </div>
                    <Tick id="is_bookable" name="is_bookable" label=words.bookable is_on=true />
                    <button class="button" type="submit">{words.add}</button>
                </form>
            }
        });
        view! {
            <SalonFrame set_up=set_up here="/staff" flash=flash.clone() now=now locale=locale t=t>
                {list}
                {add}
            </SalonFrame>
        }
    })
}
