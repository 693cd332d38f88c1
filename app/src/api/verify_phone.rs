//! Takes the code sent to a new number and moves the account there.

use domain::challenge::Purpose;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::Error;

use super::refusal::Form;
use super::visit;
use crate::flow::{Fault, Flash, News, What};
use crate::forms::Done;
use crate::routes::path;
use crate::visit::sign_in_and_back;

/// Confirms the new number.
#[server(prefix = "/sf", endpoint = "verify-phone", input = PostUrl)]
pub(crate) async fn verify_phone(#[server(default)] code: String) -> Done {
    let mut visit = visit();
    let page = path::ACCOUNT_PHONE_CODE;
    let Some(actor) = visit.actor.clone() else {
        visit.go(&sign_in_and_back(path::ACCOUNT_PHONE));
        return Ok(());
    };
    if code.trim().is_empty() {
        visit.refuse_with(Fault::of("code", What::NoCode), &Form { page, field: "code", typed: &[] });
        return Ok(());
    }
    let result = match visit.flow.pending(Purpose::Verify).map(|pending| pending.challenge) {
        Some(challenge) => visit.web.usecases.verify_phone(&actor, challenge, &code).await,
        None => Err(Error::ChallengeNotFound),
    };
    match result {
        Ok(user) => {
            let news = if user.phone == actor.user.phone { News::PhoneConfirmed } else { News::PhoneChanged };
            visit.flow.set_pending(Purpose::Verify, None);
            visit.flow.flash = Some(Flash::news(path::ACCOUNT, news));
            visit.go(path::ACCOUNT);
        }
        Err(error) => visit.refuse_code(&error, Purpose::Verify, page, &code),
    }
    Ok(())
}
