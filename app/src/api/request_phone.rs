//! Asks for a code for the number the account is to move to.

use domain::challenge::Purpose;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

use super::refusal::Form;
use super::visit;
use crate::flow::Pending;
use crate::forms::Done;
use crate::routes::path;
use crate::visit::sign_in_and_back;

/// Sends a code to a new number, or to the same one to prove it again.
#[server(prefix = "/sf", endpoint = "request-phone", input = PostUrl)]
pub(crate) async fn request_phone(#[server(default)] phone: String, #[server(default)] suggested: String) -> Done {
    let mut visit = visit();
    let Some(actor) = visit.actor.clone() else {
        visit.go(&sign_in_and_back(path::ACCOUNT_PHONE));
        return Ok(());
    };
    let phone = if suggested.is_empty() { phone } else { suggested };
    match visit.web.usecases.request_phone(&actor, &phone, &visit.client).await {
        Ok(sent) => {
            let e164 = sent.challenge.phone.as_e164().to_owned();
            visit.flow.set_pending(Purpose::Verify, Some(Pending { challenge: sent.challenge.id, e164, typed: phone }));
            visit.flow.flash = None;
            visit.go(path::ACCOUNT_PHONE_CODE);
        }
        Err(error) => visit.refuse(&error, &Form { page: path::ACCOUNT_PHONE, field: "phone", typed: &[("phone", &phone)] }),
    }
    Ok(())
}
