//! `POST /api/me/phone/request/`

use axum::Extension;
use axum::extract::State;
use domain::error::ErrorCode;
use usecases::{Client, Usecases};
use utoipa::ToSchema;

use crate::api::views::Challenge;
use crate::extract::{Bearer, Fields, FromFields, Input};
use crate::problem::Problem;
use crate::sent::Accepted;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::InvalidPhone, ErrorCode::FreshAuthenticationRequired, ErrorCode::Forbidden];

#[derive(ToSchema)]
#[schema(as = MePhoneRequest)]
pub struct Body {
    /// The caller's own number, or the one to move to.
    #[schema(example = "0501234567")]
    phone: String,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { phone: fields.raw_text("phone") }
    }
}

/// Texts a code of purpose `verify`. A new number needs a sign-in of the last ten minutes.
#[utoipa::path(post, path = "/api/me/phone/request/", operation_id = "requestPhone", tag = "me", security(("bearer" = [])),
    request_body = Body, responses((status = 202, description = "A text is on its way", body = Challenge,
        headers(("RateLimit-Policy" = String), ("RateLimit" = String)))))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(client): Extension<Client>,
    Bearer(actor): Bearer,
    Input(Body { phone }): Input<Body>,
) -> Result<Accepted, Problem> {
    Ok(Accepted(uc.request_phone(&actor, &phone, &client).await?))
}
