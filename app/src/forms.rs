//! `POST /sf/{name}`: every form of every page, answered by the server function of that name.
//!
//! Leptos answers a plain form by a redirect to `Referer`, with a failure's text in the query. Here that cannot happen: the function sees
//! neither `Referer` nor an `Accept` that asks for HTML, and its answer is made anew from the address it chose.
//!
//! To add a form: a server function in `api/`, its type in [`addresses`].

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::error::ErrorCode;
use http::header::{ACCEPT, CACHE_CONTROL, LOCATION, REFERER, SET_COOKIE};
use http::{HeaderValue, Request, StatusCode};
use leptos::context::provide_context;
use leptos::prelude::ServerFnError;
use leptos::server_fn::ServerFn;

use crate::visit::Visit;
use crate::web::Web;
use crate::{api, faults};

/// What a form's function gives back: it has redirected, or it cannot.
pub(crate) type Done = Result<(), ServerFnError>;

impl Visit {
    /// Ends a form's function: the browser goes to `to`, with the cookies that changed.
    pub(crate) fn go(&self, to: &str) {
        let options = leptos::prelude::expect_context::<leptos_axum::ResponseOptions>();
        for cookie in self.set_cookies() {
            options.append_header(SET_COOKIE, cookie);
        }
        leptos_axum::redirect(to);
    }
}

/// Answers a form.
pub async fn handle(State(web): State<Web>, request: Request<Body>) -> Response {
    let (mut parts, body) = request.into_parts();
    parts.headers.remove(REFERER);
    parts.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    let visit = Visit::new(&web, &parts);
    if !is_known(&visit.path) {
        return faults::answer(visit, ErrorCode::NotFound);
    }

    let context = visit.clone();
    let request = Request::from_parts(parts, body);
    let answer =
        leptos_axum::handle_server_fns_with_context(move || provide_context(context.clone()), request).await.into_response();
    match answer.headers().get(LOCATION) {
        Some(to) => see_other(to.clone(), &answer),
        // The body was no form, or not one this function reads.
        None if answer.status().is_client_error() || answer.status().is_server_error() => {
            faults::answer(visit, ErrorCode::Malformed)
        }
        None => faults::answer(visit, ErrorCode::Internal),
    }
}

fn see_other(to: HeaderValue, answer: &Response) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(LOCATION, to);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for cookie in answer.headers().get_all(SET_COOKIE) {
        headers.append(SET_COOKIE, cookie.clone());
    }
    response
}

fn is_known(path: &str) -> bool {
    addresses().contains(&path)
}

/// Addresses of all forms: for the test that walks every one of them without a session.
pub fn addresses() -> &'static [&'static str] {
    &[
        api::RequestCode::PATH,
        api::ResendCode::PATH,
        api::VerifyCode::PATH,
        api::SaveName::PATH,
        api::SaveAccount::PATH,
        api::RequestPhone::PATH,
        api::ResendPhone::PATH,
        api::VerifyPhone::PATH,
        api::EndSession::PATH,
        api::EndOtherSessions::PATH,
        api::PutNoticesAway::PATH,
        api::DeleteAccount::PATH,
        api::BeginEnrolment::PATH,
        api::ConfirmEnrolment::PATH,
        api::ShowSecondFactor::PATH,
        api::RenewRecoveryCodes::PATH,
        api::PutCodesAway::PATH,
        api::RemoveSecondFactor::PATH,
        api::SignInWithPasskey::PATH,
        api::ShowPasskey::PATH,
        api::AddPasskey::PATH,
        api::RenamePasskey::PATH,
        api::RemovePasskey::PATH,
        api::LogOut::PATH,
        api::SetLocale::PATH,
        api::SetDisplay::PATH,
        api::AdminAddUser::PATH,
        api::AdminPrepareBulk::PATH,
        api::AdminStartBulk::PATH,
        api::AdminBlock::PATH,
        api::AdminUnblock::PATH,
        api::AdminEndSession::PATH,
        api::AdminEndSessions::PATH,
        api::AdminAddNote::PATH,
        api::AdminDeleteNote::PATH,
        api::AdminGrantRole::PATH,
        api::AdminRevokeRole::PATH,
        api::AdminSaveUser::PATH,
        api::SayConsent::PATH,
        api::OpenPrivacyRequest::PATH,
        api::WithdrawPrivacyRequest::PATH,
        api::AdminOpenRequest::PATH,
        api::AdminActOnRequest::PATH,
        api::AdminRecordConsent::PATH,
        api::AdminErasePerson::PATH,
        api::AdminLookPhone::PATH,
        api::AdminAskPhone::PATH,
        api::AdminCancelPhone::PATH,
        api::AdminUndoPhone::PATH,
        api::RequestProof::PATH,
        api::ResendProof::PATH,
        api::ProvePhone::PATH,
        api::AdminShowNumber::PATH,
        api::AdminChangeSettings::PATH,
        api::AdminBook::PATH,
        api::AdminActOnBooking::PATH,
        api::AdminMoveBooking::PATH,
        api::AdminActOnReview::PATH,
        api::AdminCreateSalon::PATH,
        api::AdminEditSalon::PATH,
        api::AdminSalonStatus::PATH,
        api::AdminGrantSalonRole::PATH,
        api::AdminRevokeSalonRole::PATH,
        api::AdminSaveService::PATH,
        api::AdminRemoveService::PATH,
        api::AdminSaveStaff::PATH,
        api::AdminArchiveStaff::PATH,
        api::AdminStaffServices::PATH,
        api::AdminSaveWeek::PATH,
        api::AdminRemoveWeek::PATH,
        api::AdminSaveException::PATH,
        api::AdminRemoveException::PATH,
        api::AdminAddTimeOff::PATH,
        api::AdminRemoveTimeOff::PATH,
        api::AdminSaveClosing::PATH,
        api::AdminRemoveClosing::PATH,
    ]
}
