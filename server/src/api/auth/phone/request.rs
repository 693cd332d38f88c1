//! `POST /api/auth/phone/request/`

use axum::Extension;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::locale::Locale;
use usecases::{Client, RequestCode, Usecases};
use utoipa::ToSchema;

use crate::api::views::{Challenge, Language};
use crate::extract::{Fields, FromFields, Input};
use crate::problem::Problem;
use crate::sent::Accepted;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::InvalidPhone];

#[derive(ToSchema)]
#[schema(as = PhoneRequest)]
pub struct Body {
    /// In any form a person may type, with digits of any script.
    #[schema(example = "0501234567")]
    phone: String,
    /// Language of the text; without it the account's, else that of `Accept-Language`.
    #[schema(value_type = Option<Language>)]
    locale: Option<Locale>,
    /// From an earlier sign-in on this device.
    device_token: Option<String>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            // NUL is the phone reader's to refuse, with a reason.
            phone: fields.raw_text("phone"),
            locale: fields.optional_locale("locale"),
            device_token: fields.optional_text("device_token"),
        }
    }
}

/// Asks for a code. The answer is the same for known, unknown and blocked phones.
#[utoipa::path(post, path = "/api/auth/phone/request/", operation_id = "requestCode", tag = "auth", request_body = Body,
    responses((status = 202, description = "A text is on its way", body = Challenge,
        headers(("RateLimit-Policy" = String), ("RateLimit" = String)))))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Extension(client): Extension<Client>,
    Input(Body { phone, locale: wanted, device_token }): Input<Body>,
) -> Result<Accepted, Problem> {
    let input = RequestCode { phone, locale: wanted, device_token };
    Ok(Accepted(uc.request_code(input, locale, &client).await?))
}
