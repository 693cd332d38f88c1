//! `/account/phone/code`: the code sent to the new number.

use axum::response::Response;
use domain::challenge::Purpose;
use leptos::server_fn::ServerFn;

use crate::api;
use crate::components::code_step::Addresses;
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(visit: Visit) -> Response {
    if let Err(away) = visit.signed_in() {
        return *away;
    }
    let addresses = Addresses {
        verify: api::VerifyPhone::PATH,
        resend: api::ResendPhone::PATH,
        request: api::RequestPhone::PATH,
        delivery: path::ACCOUNT_PHONE_DELIVERY,
        number: path::ACCOUNT_PHONE,
    };
    let (pending, title) = (visit.flow.pending(Purpose::Verify).cloned(), visit.t.account.phone_code_title);
    visit.code_page(pending, Purpose::Verify, title, addresses).await
}
