//! `/login/code`: one field, the code.

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
    if visit.actor.is_some() && !visit.flow.is_again {
        return visit.see(&visit.next_or_account());
    }
    let flash = visit.take_flash();
    let pending = visit.flow.pending(Purpose::Auth).cloned();
    if pending.is_none() && flash.faults.is_empty() {
        return visit.see(path::LOGIN);
    }
    let awaited = match &pending {
        Some(pending) => visit.web.usecases.find_awaited(pending.challenge, Purpose::Auth).await,
        None => Ok(None),
    };
    let awaited = match awaited {
        Ok(awaited) => awaited,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = explained(flash, awaited.as_ref());
    let title = visit.t.sign_in.code_title;
    let page = Page { has_error: !flash.faults.is_empty(), has_main_form: pending.is_some(), ..Page::form(title) };
    let addresses = Addresses {
        verify: api::VerifyCode::PATH,
        resend: api::ResendCode::PATH,
        request: api::RequestCode::PATH,
        delivery: path::LOGIN_DELIVERY,
        number: path::LOGIN,
    };
    let shown = visit.clone();
    visit.render(page, move || {
        view! { <CodeStep visit=shown title=title flash=flash pending=pending awaited=awaited addresses=addresses /> }
    })
}
