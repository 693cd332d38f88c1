//! Takes the code and signs the person in.

use domain::challenge::Purpose;
use domain::session::SessionKind;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::{Error, SignedIn};

use super::visit;
use crate::flow::{Fault, Flow, What};
use crate::forms::Done;
use crate::routes::path;
use crate::visit::Visit;
use crate::web::SESSION_ID_KEY;

/// Signs in with the code.
#[server(prefix = "/sf", endpoint = "verify-code", input = PostUrl)]
pub(crate) async fn verify_code(#[server(default)] code: String) -> Done {
    let mut visit = visit();
    let page = path::LOGIN_CODE;
    if code.trim().is_empty() {
        let form = super::refusal::Form { page, field: "code", typed: &[] };
        visit.refuse_with(Fault::of("code", What::NoCode), &form);
        return Ok(());
    }
    let result = match visit.flow.sign_in.clone() {
        Some(pending) => sign_in(&mut visit, pending.challenge, code.clone()).await,
        None => Err(Error::ChallengeNotFound),
    };
    match result {
        Ok(is_new_user) => {
            let next = visit.next_or_account();
            // The welcome page still needs to know where to go on to.
            visit.flow = Flow { next: is_new_user.then(|| next.clone()), ..Flow::default() };
            visit.go(if is_new_user { path::WELCOME } else { &next });
        }
        Err(error) => visit.refuse_code(&error, Purpose::Auth, page, &code),
    }
    Ok(())
}

async fn sign_in(visit: &mut Visit, challenge_id: domain::ids::ChallengeId, code: String) -> Result<bool, Error> {
    let input = usecases::VerifyCode {
        challenge_id,
        code,
        phone: None,
        device_name: None,
        device_token: visit.device_token.clone(),
        kind: SessionKind::Web,
    };
    let signed_in = visit.web.usecases.verify_code(input, &visit.client).await?;
    visit.open_session(&signed_in).await?;
    Ok(signed_in.is_new_user)
}

impl Visit {
    /// Ties this browser to the session of a sign-in, and makes it known to whoever signed in.
    pub(super) async fn open_session(&mut self, signed_in: &SignedIn) -> Result<(), Error> {
        let cookie = self.session.as_ref().ok_or_else(|| internal("no session layer around the forms"))?;
        // A new id at every sign-in: one that somebody planted before is worth nothing.
        cookie.cycle_id().await.map_err(internal)?;
        cookie.insert(SESSION_ID_KEY, signed_in.session.id).await.map_err(internal)?;
        self.keep_device(signed_in);
        Ok(())
    }
}

fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Internal(source.into())
}
