//! `/phone-change/code`: the code sent to the number.

use axum::response::Response;
use domain::challenge::Purpose;
use leptos::server_fn::ServerFn;

use crate::api;
use crate::components::code_step::Addresses;
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(visit: Visit) -> Response {
    let addresses = Addresses {
        verify: api::ProvePhone::PATH,
        resend: api::ResendProof::PATH,
        request: api::RequestProof::PATH,
        delivery: path::PHONE_CHANGE_DELIVERY,
        number: path::PHONE_CHANGE,
    };
    let (pending, title) = (visit.flow.moving.as_ref().map(|moving| moving.pending.clone()), visit.t.phone_moves.prove_code);
    visit.code_page(pending, Purpose::Verify, title, addresses).await
}
