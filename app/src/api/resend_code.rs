//! Asks for the same code once more, when signing in and when changing the number.

use domain::challenge::Purpose;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{Error, Sent};

use super::refusal::Form;
use super::visit;
use crate::flow::{Flash, News};
use crate::forms::Done;
use crate::routes::path;
use crate::visit::{Visit, sign_in_and_back};

/// Sends the sign-in code again.
#[server(prefix = "/sf", endpoint = "resend-code", input = PostUrl)]
pub(crate) async fn resend_code() -> Done {
    let visit = visit();
    let result = match visit.flow.pending(Purpose::Auth) {
        Some(pending) => visit.web.usecases.resend_code(pending.challenge, &visit.client).await,
        None => Err(Error::ChallengeNotFound),
    };
    answer(visit, result, path::LOGIN_CODE);
    Ok(())
}

/// Sends the code for a new number again.
#[server(prefix = "/sf", endpoint = "resend-phone", input = PostUrl)]
pub(crate) async fn resend_phone() -> Done {
    let visit = visit();
    let result = match (&visit.actor, visit.flow.pending(Purpose::Verify)) {
        (None, _) => {
            visit.go(&sign_in_and_back(path::ACCOUNT_PHONE));
            return Ok(());
        }
        (Some(actor), Some(pending)) => visit.web.usecases.resend_phone(actor, pending.challenge, &visit.client).await,
        (Some(_), None) => Err(Error::ChallengeNotFound),
    };
    answer(visit, result, path::ACCOUNT_PHONE_CODE);
    Ok(())
}

fn answer(mut visit: Visit, result: Result<Sent, Error>, page: &str) {
    match result {
        Ok(_) => {
            visit.flow.flash = Some(Flash::news(page, News::Resent));
            visit.go(page);
        }
        Err(error) => visit.refuse(&error, &Form { page, field: "phone", typed: &[] }),
    }
}
