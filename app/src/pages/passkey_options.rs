//! `POST /passkeys/{way}`: begins to make or show a passkey, for the script of the form. Its answer is JSON: what the browser needs, or
//! where the person has to go first, or what to tell them.

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, SET_COOKIE};
use serde_json::{Value, json};
use usecases::{Ceremony, Error};

use crate::components::passkey::Way;
use crate::components::wording::fault_text;
use crate::flow::Fault;
use crate::routes::path;
use crate::visit::Visit;

/// Where this way begins.
pub(crate) fn address(way: Way) -> String {
    path::PASSKEY_OPTIONS.replace("{way}", way.as_str())
}

pub(crate) async fn begin(mut visit: Visit, Path(way): Path<String>) -> Response {
    let Some(way) = Way::parse(&way) else { return answer(&visit, StatusCode::NOT_FOUND, json!({})) };
    match ceremony(&visit, way).await {
        Ok(begun) => answer(&visit, StatusCode::OK, json!({ "ceremony": begun.id, "options": begun.options })),
        Err(error) => {
            visit.log(&error);
            let page = match way {
                Way::Add => path::ACCOUNT_PASSKEYS,
                Way::Enrol => path::ADMIN_ENROL,
                Way::Show => path::ADMIN_VERIFY,
                Way::SignIn => path::LOGIN,
            };
            // 401 asks for a header that says how to sign in, and there is none for a browser.
            let status = match error.code().status() {
                401 => StatusCode::FORBIDDEN,
                other => StatusCode::from_u16(other).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            };
            let said = match visit.elsewhere(&error, page) {
                Some(to) => json!({ "go": to }),
                None => json!({ "words": words(&visit, &error, way) }),
            };
            answer(&visit, status, said)
        }
    }
}

async fn ceremony(visit: &Visit, way: Way) -> Result<Ceremony, Error> {
    let uc = &visit.web.usecases;
    let actor = || visit.actor.as_ref().ok_or(Error::Unauthenticated);
    match way {
        Way::Add | Way::Enrol => uc.begin_passkey(actor()?).await,
        Way::Show => uc.begin_passkey_show(actor()?).await,
        Way::SignIn => uc.begin_passkey_sign_in(&visit.client).await,
    }
}

fn words(visit: &Visit, error: &Error, way: Way) -> String {
    if matches!((error, way), (Error::Conflict, Way::Add | Way::Enrol)) {
        return visit.t.passkeys.enough.to_owned();
    }
    let now = visit.now_s();
    let faults = Fault::from_error(error, "", now);
    faults.first().map_or_else(|| visit.t.passkeys.failed.to_owned(), |fault| fault_text(&fault.what, visit.locale, now))
}

fn answer(visit: &Visit, status: StatusCode, body: Value) -> Response {
    let mut response = (status, [(CACHE_CONTROL, "no-store")], Json(body)).into_response();
    for cookie in visit.set_cookies() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
