//! The forms of passkeys. Their script fills in `ceremony` and `credential`.

use domain::ids::{CeremonyId, PasskeyId};
use domain::session::SessionKind;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use serde_json::Value;
use usecases::{Error, PasskeySignIn};

use super::refusal::Form;
use super::visit;
use crate::flow::{Fault, Flash, Flow, News, What};
use crate::forms::Done;
use crate::local_path::local_path;
use crate::routes::path;

/// What the script brought. Without a script there is nothing in it, and that is refused like anything else that is no passkey.
fn brought(ceremony: &str, credential: &str) -> Result<(CeremonyId, Value), Error> {
    let ceremony = ceremony.parse().map_err(|_| Error::PasskeyRefused)?;
    Ok((ceremony, serde_json::from_str(credential).map_err(|_| Error::PasskeyRefused)?))
}

/// To a person, what cannot be read is no different from what is wrong.
fn plainly(error: Error) -> Error {
    if matches!(error, Error::Validation(_)) { Error::PasskeyRefused } else { error }
}

/// Signs in with a passkey.
#[server(prefix = "/sf", endpoint = "sign-in-with-passkey", input = PostUrl)]
pub(crate) async fn sign_in_with_passkey(
    #[server(default)] ceremony: String,
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Done {
    let mut visit = visit();
    if let Some(next) = local_path(&next) {
        visit.flow.next = Some(next.to_owned());
    }
    let device_token = visit.device_token.clone();
    let result = async {
        let (ceremony, credential) = brought(&ceremony, &credential)?;
        let input = PasskeySignIn { ceremony, credential, device_name: None, device_token, kind: SessionKind::Web };
        let signed_in = visit.web.usecases.sign_in_with_passkey(input, &visit.client).await?;
        visit.open_session(&signed_in).await
    };
    match result.await {
        Ok(()) => {
            let next = visit.next_or_account();
            visit.flow = Flow::default();
            visit.go(&next);
        }
        Err(error) => visit.refuse(&plainly(error), &Form { page: path::LOGIN, field: "", typed: &[] }),
    }
    Ok(())
}

/// Shows a passkey as the second factor.
#[server(prefix = "/sf", endpoint = "show-passkey", input = PostUrl)]
pub(crate) async fn show_passkey(#[server(default)] ceremony: String, #[server(default)] credential: String) -> Done {
    let mut visit = visit();
    let page = path::ADMIN_VERIFY;
    let Some(actor) = visit.actor_or_sign_in(page) else { return Ok(()) };
    let result = async {
        let (ceremony, credential) = brought(&ceremony, &credential)?;
        visit.web.usecases.show_passkey(&actor, ceremony, credential).await
    };
    match result.await {
        Ok(()) => {
            visit.flow.flash = None;
            visit.go_on();
        }
        Err(error) => visit.refuse(&plainly(error), &Form { page, field: "", typed: &[] }),
    }
    Ok(())
}

/// Adds a passkey, on the account's page or (`is_factor`) on that of the second factor.
#[server(prefix = "/sf", endpoint = "add-passkey", input = PostUrl)]
pub(crate) async fn add_passkey(
    #[server(default)] ceremony: String,
    #[server(default)] credential: String,
    #[server(default)] name: String,
    #[server(default)] is_factor: bool,
) -> Done {
    let mut visit = visit();
    let page = if is_factor { path::ADMIN_ENROL } else { path::ACCOUNT_PASSKEYS };
    let Some(actor) = visit.actor_or_sign_in(page) else { return Ok(()) };
    let result = async {
        let (ceremony, credential) = brought(&ceremony, &credential)?;
        let input = usecases::AddPasskey { ceremony, credential, name: name.clone() };
        visit.web.usecases.add_passkey(&actor, input).await
    };
    match result.await {
        Ok(added) if !added.recovery_codes.is_empty() => {
            if !is_factor {
                visit.flow.next = Some(page.to_owned());
            }
            visit.hand_out(actor.session.id, &added.recovery_codes);
        }
        Ok(_) if is_factor => {
            visit.flow.flash = None;
            visit.go_on();
        }
        Ok(_) => {
            visit.flow.flash = Some(Flash::news(page, News::PasskeyAdded));
            visit.go(page);
        }
        Err(error) => visit.refuse(&plainly(error), &Form { page, field: "", typed: &[("name", &name)] }),
    }
    Ok(())
}

/// Calls a passkey something else.
#[server(prefix = "/sf", endpoint = "rename-passkey", input = PostUrl)]
pub(crate) async fn rename_passkey(#[server(default)] passkey: String, #[server(default)] name: String) -> Done {
    let mut visit = visit();
    let page = path::ACCOUNT_PASSKEYS;
    let Some(actor) = visit.actor_or_sign_in(page) else { return Ok(()) };
    let result = match passkey.parse::<PasskeyId>() {
        Ok(id) => visit.web.usecases.rename_passkey(&actor, id, &name).await,
        Err(_) => Err(Error::NotFound),
    };
    match result {
        Ok(_) => {
            visit.flow.flash = Some(Flash::news(page, News::PasskeyRenamed));
            visit.go(page);
        }
        // The page has a field for each passkey, and one of the same name for the next: none of them is pointed at.
        Err(error @ Error::Validation(_)) => {
            let fault = Fault { field: None, what: What::Problem(error.code()) };
            visit.refuse_with(fault, &Form { page, field: "", typed: &[] });
        }
        Err(error) => visit.refuse(&error, &Form { page, field: "", typed: &[] }),
    }
    Ok(())
}

/// Gives a passkey up. One that is gone already is gone.
#[server(prefix = "/sf", endpoint = "remove-passkey", input = PostUrl)]
pub(crate) async fn remove_passkey(#[server(default)] passkey: String) -> Done {
    let mut visit = visit();
    let page = path::ACCOUNT_PASSKEYS;
    let Some(actor) = visit.actor_or_sign_in(page) else { return Ok(()) };
    let result = match passkey.parse::<PasskeyId>() {
        Ok(id) => visit.web.usecases.remove_passkey(&actor, id).await,
        Err(_) => Err(Error::NotFound),
    };
    match result {
        Ok(()) | Err(Error::NotFound) => {
            visit.flow.flash = Some(Flash::news(page, News::PasskeyRemoved));
            visit.go(page);
        }
        Err(error) => visit.refuse(&error, &Form { page, field: "", typed: &[] }),
    }
    Ok(())
}
