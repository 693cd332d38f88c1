//! Asks for a code to sign in with.

use domain::challenge::Purpose;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{Error, Proof};

use super::refusal::Form;
use super::visit;
use crate::flow::{Check, Flash, News, Pending};
use crate::forms::Done;
use crate::local_path::local_path;
use crate::routes::path;
use crate::visit::Visit;

/// `puzzle` and `solution` answer a check that the page was asked for; without a solution the person has waited. `suggested` is the
/// number of the "did you mean" button; it takes the place of what was typed.
#[server(prefix = "/sf", endpoint = "request-code", input = PostUrl)]
pub(crate) async fn request_code(
    #[server(default)] phone: String,
    #[server(default)] suggested: String,
    #[server(default)] next: String,
    #[server(default)] puzzle: String,
    #[server(default)] solution: String,
) -> Done {
    let mut visit = visit();
    if let Some(next) = local_path(&next) {
        visit.flow.next = Some(next.to_owned());
    }
    let phone = if suggested.is_empty() { phone } else { suggested };
    let solution = Some(solution).filter(|solution| !solution.is_empty());
    let proof = (!puzzle.is_empty()).then_some(Proof { puzzle, solution });
    let input = usecases::RequestCode {
        phone: phone.clone(),
        locale: Some(visit.locale),
        device_token: visit.device_token.clone(),
        proof: proof.clone(),
    };
    match visit.web.usecases.request_code(input, visit.locale, &visit.client).await {
        Ok(sent) => {
            let e164 = sent.challenge.phone.as_e164().to_owned();
            visit.flow.sign_in = Some(Pending { challenge: sent.challenge.id, e164, typed: phone });
            visit.flow.flash = None;
            visit.go(path::LOGIN_CODE);
        }
        Err(Error::QuotaExceeded(_)) if has_live_code_for(&visit, &phone).await => {
            visit.flow.flash = Some(Flash::news(path::LOGIN_CODE, News::AlreadySent));
            visit.go(path::LOGIN_CODE);
        }
        Err(Error::ProofRequired(asked)) => {
            let check = Check::new(asked, proof.as_ref(), visit.now_s());
            visit.flow.flash = Some(Flash { check: Some(check), ..Flash::faults(path::LOGIN, vec![], &[("phone", &phone)]) });
            visit.go(path::LOGIN);
        }
        Err(error) => visit.refuse(&error, &Form { page: path::LOGIN, field: "phone", typed: &[("phone", &phone)] }),
    }
    Ok(())
}

/// Whether this browser already waits for a code sent to the number, as after a second press of the button.
async fn has_live_code_for(visit: &Visit, typed: &str) -> bool {
    let region = visit.web.usecases.settings().phones.default_region;
    let Some(pending) = &visit.flow.sign_in else { return false };
    let is_same = domain::phone::PhoneNumber::parse(typed, region).is_ok_and(|phone| phone.as_e164() == pending.e164);
    is_same && matches!(visit.web.usecases.find_awaited(pending.challenge, Purpose::Auth).await, Ok(Some(_)))
}
