//! `/welcome`: the first time, a name, if the person likes.

use axum::response::Response;
use domain::consent::ConsentPurpose;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api;
use crate::components::field::Field;
use crate::components::notice::Notices;
use crate::document::{MAIN_FORM, Page};
use crate::i18n::consent_wording;
use crate::visit::Visit;

pub(crate) async fn page(mut visit: Visit) -> Response {
    let actor = match visit.signed_in() {
        Ok(actor) => actor,
        Err(away) => return *away,
    };
    let next = visit.next_or_account();
    if actor.user.given_name.is_some() {
        return visit.see(&next);
    }
    let flash = visit.take_flash();
    let (locale, now, t, common) = (visit.locale, visit.now_s(), &visit.t.sign_in, &visit.t.common);
    let here = visit.here.clone();
    let purpose = ConsentPurpose::MarketingSms;
    // Never ticked beforehand, and nothing depends on it.
    let wording = consent_wording(purpose, purpose.wording_version(), locale);
    let page = Page { has_error: !flash.faults.is_empty(), ..Page::form(t.welcome_title) };
    visit.render(page, move || {
        view! {
            <div class="card">
                <h1>{t.welcome_title}</h1>
                <p class="lead">{t.welcome_lead}</p>
                <Notices flash=flash.clone() locale=locale now=now />
                <form id=MAIN_FORM method="post" action=api::SaveName::PATH>
                    <input type="hidden" name="here" value=here />
                    <Field
                        id="given_name"
                        label=t.name_label
                        note=common.optional
                        hint=t.name_hint
                        value=flash.typed_or("given_name", "")
                        fault=flash.fault_of("given_name", locale, now)
                        autocomplete="given-name"
                    />
                    <label class="choice">
                        <input type="checkbox" name="marketing" value="yes" />
                        <span>{wording} " " <span class="note">{format!("({})", common.optional)}</span></span>
                    </label>
                    <div class="row">
                        <button class="button" type="submit">{t.continue_}</button>
                        <a class="button button-quiet" href=next>{t.skip}</a>
                    </div>
                </form>
            </div>
        }
    })
}
