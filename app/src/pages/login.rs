//! `/login`: one field, the phone; or a passkey.

use axum::response::Response;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api;
use crate::components::notice::Notices;
use crate::components::passkey::{PasskeyForm, Way};
use crate::components::phone_form::PhoneForm;
use crate::document::Page;
use crate::local_path::local_path;
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(mut visit: Visit) -> Response {
    let asked = visit.query("next");
    let next = asked.as_deref().and_then(local_path).or(visit.flow.next.as_deref().and_then(local_path)).map(str::to_owned);
    if visit.actor.is_some() && !visit.flow.is_again {
        return visit.see(next.as_deref().unwrap_or(path::ACCOUNT));
    }
    let flash = visit.take_flash();
    // Back from the code page by "change": what was typed stands there again.
    let before = visit.flow.sign_in.as_ref().map(|pending| pending.typed.clone()).unwrap_or_default();
    let (locale, now, t) = (visit.locale, visit.now_s(), &visit.t.sign_in);
    let moves = visit.t.phone_moves.login_link;
    let (here, next, passkeys) = (visit.here.clone(), next.unwrap_or_default(), &visit.t.passkeys);
    let passkey_domain = visit.web.usecases.passkey_domain().map(str::to_owned);
    let page = Page { has_error: !flash.faults.is_empty(), ..Page::form(t.title) };
    visit.render(page, move || {
        view! {
            <div class="card">
                <h1>{t.title}</h1>
                <p class="lead">{t.lead}</p>
                <Notices flash=flash.clone() locale=locale now=now />
                <PhoneForm
                    action=api::RequestCode::PATH
                    label=t.phone_label
                    hint=t.phone_hint
                    before=before
                    here=here
                    next=next.clone()
                    flash=flash
                    locale=locale
                    now=now
                />
                <PasskeyForm
                    way=Way::SignIn
                    domain=passkey_domain
                    action=api::SignInWithPasskey::PATH
                    label=passkeys.sign_in
                    t=passkeys
                >
                    <input type="hidden" name="next" value=next />
                </PasskeyForm>
                <p class="quiet">{t.terms}</p>
                <p class="quiet"><a href=path::PHONE_CHANGE>{moves}</a></p>
            </div>
        }
    })
}
