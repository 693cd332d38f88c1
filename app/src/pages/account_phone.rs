//! `/account/phone`: the number to move to.

use axum::response::Response;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api;
use crate::components::notice::Notices;
use crate::components::phone::Phone;
use crate::components::phone_form::PhoneForm;
use crate::document::Page;
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(mut visit: Visit) -> Response {
    let actor = match visit.signed_in() {
        Ok(actor) => actor,
        Err(away) => return *away,
    };
    let flash = visit.take_flash();
    let before = visit.flow.change.as_ref().map(|pending| pending.typed.clone()).unwrap_or_default();
    let (locale, now, t, common) = (visit.locale, visit.now_s(), &visit.t.account, &visit.t.common);
    let here = visit.here.clone();
    let page = Page { has_error: !flash.faults.is_empty(), ..Page::form(t.change_phone) };
    visit.render(page, move || {
        let current =
            actor.user.phone.map(|number| view! { <p class="lead">{t.phone} ": " <strong><Phone number=number /></strong></p> });
        view! {
            <div class="card">
                <p class="crumb"><a href=path::ACCOUNT>{t.title}</a></p>
                <h1>{t.change_phone}</h1>
                {current}
                <p>{t.change_phone_lead}</p>
                <Notices flash=flash.clone() locale=locale now=now />
                <PhoneForm
                    action=api::RequestPhone::PATH
                    label=t.new_phone
                    hint=t.new_phone_hint
                    before=before
                    here=here
                    flash=flash
                    locale=locale
                    now=now
                />
                <p><a href=path::ACCOUNT>{common.cancel}</a></p>
            </div>
        }
    })
}
