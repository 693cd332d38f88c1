//! Whoever staff have asked a number for proves it, without a session.

use domain::phone::PhoneNumber;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{Error, Proof};

use super::refusal::Form;
use super::visit;
use crate::flow::{Check, Fault, Flash, Moving, News, Pending, What};
use crate::forms::Done;
use crate::routes::path;
use crate::visit::Visit;

/// Sends a code to the number. `puzzle` and `solution` answer a check, as on the sign-in page. A form without the old number is the one that
/// asks for a new code.
#[server(prefix = "/sf", endpoint = "request-proof", input = PostUrl)]
pub(crate) async fn request_proof(
    #[server(default)] phone: String,
    old_phone: Option<String>,
    #[server(default)] puzzle: String,
    #[server(default)] solution: String,
) -> Done {
    let mut visit = visit();
    let page = path::PHONE_CHANGE;
    let old = old_phone.or_else(|| visit.flow.moving.as_ref().map(|moving| moving.old.clone())).unwrap_or_default();
    let old: String = old.trim().chars().take(64).collect();
    let typed = [("phone", phone.as_str()), ("old_phone", old.as_str())];
    if let Some(error) = read_old(&visit, &old).err() {
        visit.refuse(&error, &Form { page, field: "old_phone", typed: &typed });
        return Ok(());
    }
    let solution = Some(solution).filter(|solution| !solution.is_empty());
    let proof = (!puzzle.is_empty()).then_some(Proof { puzzle, solution });
    let input = usecases::RequestProof { phone: phone.clone(), locale: Some(visit.locale), proof: proof.clone() };
    match visit.web.usecases.request_phone_proof(&input, visit.locale, &visit.client).await {
        Ok(sent) => {
            let e164 = sent.challenge.phone.as_e164().to_owned();
            let pending = Pending { challenge: sent.challenge.id, e164, typed: phone };
            visit.flow.moving = Some(Moving { pending, old });
            visit.flow.flash = None;
            visit.go(path::PHONE_CHANGE_CODE);
        }
        Err(Error::ProofRequired(asked)) => {
            let check = Check::new(asked, proof.as_ref(), visit.now_s());
            visit.flow.flash = Some(Flash { check: Some(check), ..Flash::faults(page, vec![], &typed) });
            visit.go(page);
        }
        Err(error) => visit.refuse(&error, &Form { page, field: "phone", typed: &typed }),
    }
    Ok(())
}

/// An old number that cannot be read is said before a text goes out.
fn read_old(visit: &Visit, old: &str) -> Result<(), Error> {
    let region = visit.web.usecases.settings().phones.default_region;
    if old.is_empty() { Ok(()) } else { PhoneNumber::parse(old, region).map(drop).map_err(Error::InvalidPhone) }
}

/// Sends the same code again.
#[server(prefix = "/sf", endpoint = "resend-proof", input = PostUrl)]
pub(crate) async fn resend_proof() -> Done {
    let mut visit = visit();
    let page = path::PHONE_CHANGE_CODE;
    let result = match &visit.flow.moving {
        Some(moving) => visit.web.usecases.resend_phone_proof(moving.pending.challenge, &visit.client).await,
        None => Err(Error::ChallengeNotFound),
    };
    match result {
        Ok(_) => {
            visit.flow.flash = Some(Flash::news(page, News::Resent));
            visit.go(page);
        }
        Err(error) => visit.refuse(&error, &Form { page, field: "phone", typed: &[] }),
    }
    Ok(())
}

/// Takes the code. What follows is an ordinary sign-in with the number.
#[server(prefix = "/sf", endpoint = "prove-phone", input = PostUrl)]
pub(crate) async fn prove_phone(#[server(default)] code: String) -> Done {
    let mut visit = visit();
    let page = path::PHONE_CHANGE_CODE;
    if code.trim().is_empty() {
        visit.refuse_with(Fault::of("code", What::NoCode), &Form { page, field: "code", typed: &[] });
        return Ok(());
    }
    let moving = visit.flow.moving.clone();
    let result = match &moving {
        Some(Moving { pending, old }) => {
            let old = Some(old.as_str()).filter(|old| !old.is_empty());
            visit.web.usecases.prove_phone(pending.challenge, &code, old).await
        }
        None => Err(Error::ChallengeNotFound),
    };
    let (typed, number) = ([("code", code.as_str())], moving.map(|moving| (moving.pending.typed, moving.old)));
    let form = Form { page, field: "code", typed: &typed };
    match (result, number) {
        (Ok(()), number) => {
            let (number, _) = number.unwrap_or_default();
            visit.flow.moving = None;
            visit.flow.flash = Some(Flash::news(path::LOGIN, News::NumberMoved).with_typed(&[("phone", &number)]));
            visit.go(path::LOGIN);
        }
        // Not six digits at all: nothing was counted.
        (Err(Error::Validation(_)), _) => visit.refuse_with(Fault::of("code", What::NoCode), &form),
        (Err(error @ (Error::NotFound | Error::Conflict)), number) => {
            let what = if matches!(error, Error::NotFound) { What::NothingWaits } else { What::MoveStopped };
            let (number, old) = number.unwrap_or_default();
            let typed = [("phone", number.as_str()), ("old_phone", old.as_str())];
            visit.flow.moving = None;
            visit.refuse_with(Fault { field: None, what }, &Form { page: path::PHONE_CHANGE, field: "phone", typed: &typed });
        }
        (Err(error), _) => visit.refuse(&error, &form),
    }
    Ok(())
}
