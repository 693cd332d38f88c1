//! `/login/code`: one field, the code.

use axum::response::Response;
use domain::challenge::Purpose;
use leptos::server_fn::ServerFn;

use crate::api;
use crate::components::code_step::Addresses;
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(visit: Visit) -> Response {
    if visit.actor.is_some() && !visit.flow.is_again {
        return visit.see(&visit.next_or_account());
    }
    let addresses = Addresses {
        verify: api::VerifyCode::PATH,
        resend: api::ResendCode::PATH,
        request: api::RequestCode::PATH,
        delivery: path::LOGIN_DELIVERY,
        number: path::LOGIN,
    };
    let (pending, title) = (visit.flow.pending(Purpose::Auth).cloned(), visit.t.sign_in.code_title);
    visit.code_page(pending, Purpose::Auth, title, addresses).await
}
