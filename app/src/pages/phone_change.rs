//! `/phone-change`: whoever staff have asked a number for says which it is, and which one they had.

use axum::response::Response;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api;
use crate::components::field::Field;
use crate::components::notice::Notices;
use crate::components::robot_check::RobotCheck;
use crate::document::{MAIN_FORM, Page};
use crate::visit::Visit;

pub(crate) async fn page(mut visit: Visit) -> Response {
    let flash = visit.take_flash();
    // Back from the code page by "change": what was typed stands there again.
    let (before, old) =
        visit.flow.moving.as_ref().map(|moving| (moving.pending.typed.clone(), moving.old.clone())).unwrap_or_default();
    let (locale, now, t) = (visit.locale, visit.now_s(), &visit.t.phone_moves);
    let (send, hint) = (visit.t.sign_in.send_code, visit.t.account.new_phone_hint);
    let here = visit.here.clone();
    let page = Page { has_error: !flash.faults.is_empty(), ..Page::form(t.prove_title) };
    visit.render(page, move || {
        let check = flash.check.clone().map(|check| view! { <RobotCheck check=check locale=locale now=now /> });
        let fault = |field: &str| flash.fault_of(field, locale, now);
        view! {
            <div class="card">
                <h1>{t.prove_title}</h1>
                <p class="lead">{t.prove_lead}</p>
                <Notices flash=flash.clone() locale=locale now=now />
                <form id=MAIN_FORM method="post" action=api::RequestProof::PATH>
                    <input type="hidden" name="here" value=here />
                    {check}
                    <Field
                        id="phone"
                        label=t.prove_new
                        hint=hint
                        value=flash.typed_or("phone", &before)
                        fault=fault("phone")
                        kind="tel"
                        mode="tel"
                        autocomplete="tel"
                        dir="ltr"
                    />
                    <Field
                        id="old_phone"
                        label=t.prove_old
                        hint=t.prove_old_hint
                        value=flash.typed_or("old_phone", &old)
                        fault=fault("old_phone")
                        kind="tel"
                        mode="tel"
                        dir="ltr"
                    />
                    <button class="button button-wide" type="submit">{send}</button>
                </form>
            </div>
        }
    })
}
