//! `/admin/verify`: showing the second factor, on the way to a page that needs it.

use axum::response::Response;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::admin_enrol::CodeField;
use crate::components::field::Field;
use crate::components::notice::Notices;
use crate::components::passkey::{PasskeyForm, Way};
use crate::document::{MAIN_FORM, Page};
use crate::local_path::local_path;
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(mut visit: Visit) -> Response {
    let actor = match visit.signed_in() {
        Ok(actor) => actor,
        Err(away) => return *away,
    };
    if let Some(next) = visit.query("next").as_deref().and_then(local_path) {
        visit.flow.next = Some(next.to_owned());
    }
    let held = match visit.web.usecases.find_second_factor(&actor).await {
        Ok(held) if !held.is_any() => return visit.see(path::ADMIN_ENROL),
        Ok(held) => held,
        Err(error) => return faults::of(visit, &error),
    };
    let (has_app, has_passkey) = (held.since.is_some(), held.passkeys > 0);
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, visit.now_s(), &visit.t.second_factor);
    let (here, passkeys) = (visit.here.clone(), &visit.t.passkeys);
    let domain = visit.web.usecases.passkey_domain().map(str::to_owned);
    let page = Page { has_error: !flash.faults.is_empty(), has_main_form: has_app, ..Page::form(t.verify_title) };
    visit.render(page, move || {
        let (of_app, of_recovery) = (flash.fault_of("code", locale, now), flash.fault_of("recovery", locale, now));
        let (is_first, is_lost) = (flash.faults.is_empty() && !has_passkey, of_recovery.is_some());
        // The first of them is what the page is about.
        let (lead, button) = if has_passkey {
            (passkeys.or_code, "button button-wide button-quiet")
        } else {
            (t.verify_lead, "button button-wide")
        };
        let passkey = has_passkey.then(|| {
            view! {
                <PasskeyForm
                    way=Way::Show
                    domain=domain
                    action=api::ShowPasskey::PATH
                    label=passkeys.show
                    is_first=true
                    is_missed=true
                    t=passkeys
                />
            }
        });
        let app = has_app.then(|| {
            view! {
                <p class="lead">{lead}</p>
                <form id=MAIN_FORM method="post" action=api::ShowSecondFactor::PATH>
                    <input type="hidden" name="here" value=here />
                    <CodeField t=t fault=of_app autofocus=is_first />
                    <button class=button type="submit">{t.verify}</button>
                </form>
            }
        });
        view! {
            <div class="card">
                <h1>{t.verify_title}</h1>
                <Notices flash=flash locale=locale now=now />
                {passkey}
                {app}
                <details open=is_lost>
                    <summary>{t.lost}</summary>
                    <form method="post" action=api::ShowSecondFactor::PATH>
                        <Field
                            id="recovery"
                            label=t.recovery_label
                            hint=t.recovery_hint
                            value=""
                            fault=of_recovery
                            dir="ltr"
                        />
                        <button class="button" type="submit">{t.recovery_use}</button>
                        <p class="quiet">{t.lost_all}</p>
                    </form>
                </details>
            </div>
        }
    })
}
