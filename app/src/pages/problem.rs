//! `/problems/{code}`: explains a problem. The same page, with the problem's own status, answers a browser that ran into it.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::error::ErrorCode;
use http::StatusCode;
use http::request::Parts;
use leptos::prelude::*;

use crate::document::Page;
use crate::faults;
use crate::i18n;
use crate::routes::path;
use crate::visit::Visit;
use crate::web::Web;

pub(crate) async fn page(Path(code): Path<String>, visit: Visit) -> Response {
    match ErrorCode::parse(&code) {
        Some(code) => render(visit, code, StatusCode::OK),
        None => faults::answer(visit, ErrorCode::NotFound),
    }
}

/// A page asked for by `POST`, or a form's address opened as a page.
pub(crate) async fn method_not_allowed(State(web): State<Web>, parts: Parts) -> Response {
    faults::answer(Visit::new(&web, &parts), ErrorCode::MethodNotAllowed)
}

/// With status 200 the page explains; with any other it is the answer itself, and names the request.
pub(crate) fn render(visit: Visit, code: ErrorCode, status: StatusCode) -> Response {
    let (title, detail) = i18n::problem(code, visit.locale);
    let is_answer = status != StatusCode::OK;
    // In the admin a refusal says whether it is the page or the whole place, and where to go instead.
    let is_refused = is_answer && code == ErrorCode::Forbidden && visit.path.starts_with(path::ADMIN);
    let (title, detail) = match (is_refused, visit.is_at_desk()) {
        (true, true) => (visit.t.desk.not_for_role, visit.t.desk.not_for_role_lead),
        (true, false) => (visit.t.desk.not_staff, visit.t.desk.not_staff_lead),
        (false, _) => (title, detail),
    };
    let common = &visit.t.common;
    let request_id = visit.request_id.clone().filter(|_| is_answer);
    let sign_in = matches!(code, ErrorCode::Unauthenticated | ErrorCode::SessionEnded | ErrorCode::FreshAuthenticationRequired);
    let (to, label) = match (sign_in, visit.is_at_desk()) {
        (true, _) => (path::LOGIN, common.sign_in),
        (false, true) => (path::ADMIN, visit.t.desk.back_to_admin),
        (false, false) if is_refused => (path::ACCOUNT, common.my_account),
        (false, false) => (path::HOME, common.home),
    };
    let page = Page { status, has_error: is_answer, ..Page::new(title) };
    visit.render(page, move || {
        let id = request_id.map(|id| view! { <p class="quiet">{common.request_id} ": " <bdi dir="ltr">{id}</bdi></p> });
        view! {
            <div class="card problem">
                <p class="problem-status" dir="ltr">{code.status()}</p>
                <h1>{title}</h1>
                <p class="lead">{detail}</p>
                <p><a class="button" href=to>{label}</a></p>
                <p class="quiet">{common.problem_code} ": " <code dir="ltr">{code.as_str()}</code></p>
                {id}
            </div>
        }
    })
}
