//! `/phone-change/code`: the code sent to the number.

use axum::response::Response;
use domain::challenge::Purpose;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::components::code_step::{Addresses, CodeStep, explained};
use crate::document::Page;
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(mut visit: Visit) -> Response {
    let flash = visit.take_flash();
    let pending = visit.flow.moving.as_ref().map(|moving| moving.pending.clone());
    if pending.is_none() && flash.faults.is_empty() {
        return visit.see(path::PHONE_CHANGE);
    }
    let awaited = match &pending {
        Some(pending) => visit.web.usecases.find_awaited(pending.challenge, Purpose::Verify).await,
        None => Ok(None),
    };
    let awaited = match awaited {
        Ok(awaited) => awaited,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = explained(flash, awaited.as_ref());
    let title = visit.t.phone_moves.prove_code;
    let page = Page { has_error: !flash.faults.is_empty(), has_main_form: pending.is_some(), ..Page::form(title) };
    let addresses = Addresses {
        verify: api::ProvePhone::PATH,
        resend: api::ResendProof::PATH,
        request: api::RequestProof::PATH,
        delivery: path::PHONE_CHANGE_DELIVERY,
        number: path::PHONE_CHANGE,
    };
    let shown = visit.clone();
    visit.render(page, move || {
        view! { <CodeStep visit=shown title=title flash=flash pending=pending awaited=awaited addresses=addresses /> }
    })
}
