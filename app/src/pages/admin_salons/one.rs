//! `/admin/salons/{id}`: the salon itself.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::permission::Permission;
use domain::salon::{Clientele, Confirmation, SalonStatus};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::SalonSetUp;

use super::Choice;
use super::frame::{SalonFrame, salon_id};
use crate::components::field::Field;
use crate::components::text_area::TextArea;
use crate::document::{MAIN_FORM, Page, Width, viewer};
use crate::i18n::SalonDesk;
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
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, visit.now_s(), visit.t);
    let (words, public) = (&t.salon_desk, &t.salons);
    let may_edit = set_up.may(Permission::SalonManage);
    let page = Page {
        width: Width::Full,
        has_error: !flash.faults.is_empty(),
        has_main_form: may_edit,
        ..Page::new(set_up.salon.name.get(locale))
    };
    visit.render(page, move || {
        let salon = set_up.salon.clone();
        let typed = |field: &str, is: Option<&str>| flash.typed_or(field, is.unwrap_or_default());
        let fault = |field: &str| flash.fault_of(field, locale, now);
        let number = |field: &str, is: u32| flash.typed_or(field, &is.to_string());
        let p = salon.policies;
        let form = may_edit.then(|| {
            view! {
                <form class="card" id=MAIN_FORM method="post" action=api::AdminEditSalon::PATH>
                    <input type="hidden" name="salon" value=salon.id.to_string() />
                    <div class="pair">
                        <Field id="name_ar" label=words.name_ar value=typed("name_ar", salon.name.ar()) fault=fault("name_ar") />
                        <Field id="name_en" label=words.name_en value=typed("name_en", salon.name.en()) fault=fault("name_en") />
                    </div>
                    <Field id="slug" label=words.slug hint=words.slug_hint value=typed("slug", Some(salon.slug.as_str())) fault=fault("slug") dir="ltr" />
                    <div class="pair">
                        <TextArea id="about_ar" name="about_ar" label=words.about_ar hint=words.about_hint value=typed("about_ar", salon.about.ar()) fault=fault("about_ar") />
                        <TextArea id="about_en" name="about_en" label=words.about_en hint=words.about_hint value=typed("about_en", salon.about.en()) fault=fault("about_en") />
                    </div>
                    <div class="pair">
                        <Field id="address_ar" label=words.address_ar value=typed("address_ar", salon.address.ar()) fault=fault("address_ar") />
                        <Field id="address_en" label=words.address_en value=typed("address_en", salon.address.en()) fault=fault("address_en") />
                    </div>
                    <div class="pair">
                        <Choice
                            id="clientele"
                            label=words.clientele
                            options=Clientele::ALL.iter().map(|one| (one.as_str(), public.clientele(*one))).collect()
                            chosen=salon.clientele.as_str()
                        />
                        <Field id="vat_number" label=words.vat_number hint=words.vat_hint value=typed("vat_number", salon.vat_number.as_deref()) fault=fault("vat_number") dir="ltr" mode="numeric" />
                    </div>
                    <h2>{words.policies}</h2>
                    <div class="pair">
                        <Field id="cancel_window_min" label=words.cancel_window value=number("cancel_window_min", p.cancel_window_min) fault=fault("cancel_window_min") dir="ltr" mode="numeric" />
                        <Field id="notice_min" label=words.notice value=number("notice_min", p.notice_min) fault=fault("notice_min") dir="ltr" mode="numeric" />
                        <Field id="horizon_days" label=words.horizon value=number("horizon_days", p.horizon_days.into()) fault=fault("horizon_days") dir="ltr" mode="numeric" />
                        <Field id="hold_min" label=words.hold value=number("hold_min", p.hold_min.into()) fault=fault("hold_min") dir="ltr" mode="numeric" />
                        <Field id="grid_min" label=words.grid value=number("grid_min", p.grid_min.into()) fault=fault("grid_min") dir="ltr" mode="numeric" />
                        <Choice
                            id="confirmation"
                            label=words.confirmation
                            options=vec![(Confirmation::Auto.as_str(), words.auto), (Confirmation::Manual.as_str(), words.manual)]
                            chosen=p.confirmation.as_str()
                        />
                    </div>
                    <button class="button" type="submit">{words.save}</button>
                </form>
            }
        });
        view! {
            <SalonFrame set_up=set_up.clone() here="" flash=flash.clone() now=now locale=locale t=t>
                <Standing set_up=set_up t=words />
                {form}
            </SalonFrame>
        }
    })
}

/// Where the salon stands, what it lacks, and what the one who looks may do about it.
#[component]
fn Standing(set_up: SalonSetUp, t: &'static SalonDesk) -> impl IntoView {
    let (status, id) = (set_up.salon.status, set_up.salon.id.to_string());
    let may_open = viewer().may(Permission::SalonOpen);
    let may = may_open || (set_up.may(Permission::SalonManage) && status != SalonStatus::Suspended);
    let button = |to: SalonStatus, label: &'static str, class: &'static str| {
        view! {
            <form method="post" action=api::AdminSalonStatus::PATH>
                <input type="hidden" name="salon" value=id.clone() />
                <button class=class type="submit" name="status" value=to.as_str()>{label}</button>
            </form>
        }
    };
    let live =
        (may && status != SalonStatus::Live && set_up.lacks.is_none()).then(|| button(SalonStatus::Live, t.go_live, "button"));
    let draft = (may && status == SalonStatus::Live).then(|| button(SalonStatus::Draft, t.to_draft, "button button-quiet"));
    let suspend = (may_open && status != SalonStatus::Suspended).then(|| {
        view! {
            <details class="act">
                <summary>{t.suspend}</summary>
                <p>{t.suspend_what}</p>
                {button(SalonStatus::Suspended, t.suspend, "button button-danger")}
            </details>
        }
    });
    let lacks = set_up.lacks.filter(|_| status != SalonStatus::Live).map(|lacks| view! { <p>{t.lacks(lacks)}</p> });
    view! {
        <section class="card" aria-label=t.status>
            {lacks}
            <div class="row">{live} {draft}</div>
            {suspend}
        </section>
    }
}
