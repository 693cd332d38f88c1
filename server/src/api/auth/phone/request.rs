//! `POST /api/auth/phone/request/`

use axum::Extension;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::locale::Locale;
use usecases::{Client, Proof, RequestCode, Usecases};
use utoipa::ToSchema;

use crate::api::views::{Challenge, Language};
use crate::extract::{Fields, FromFields, Input};
use crate::problem::Problem;
use crate::sent::Accepted;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::InvalidPhone, ErrorCode::ProofRequired];

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
    /// The answer to `proof-required`.
    #[schema(value_type = Option<ProofAnswer>)]
    proof: Option<Proof>,
}

/// A puzzle brought back: solved, or after the wait.
#[derive(ToSchema)]
#[schema(as = ProofAnswer)]
#[expect(dead_code, reason = "the shape alone is documented: the fields are read one by one")]
pub struct ProofAnswer {
    /// As it was handed out.
    puzzle: String,
    /// The decimal number below 2^32, without leading zeros, for which SHA-256 of the puzzle's text with the number behind it begins with
    /// `bits` zero bits. Without one the puzzle is good after `wait_s` seconds.
    #[schema(example = "271828")]
    solution: Option<String>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            // NUL is the phone reader's to refuse, with a reason.
            phone: fields.raw_text("phone"),
            locale: fields.optional_locale("locale"),
            device_token: fields.optional_text("device_token"),
            proof: fields.optional_object("proof", |fields| Proof {
                puzzle: fields.text("puzzle"),
                solution: fields.optional_text("solution"),
            }),
        }
    }
}

/// Asks for a code. The answer is the same for known, unknown and blocked phones. At times strangers are asked for a proof of work first.
#[utoipa::path(post, path = "/api/auth/phone/request/", operation_id = "requestCode", tag = "auth", request_body = Body,
    responses((status = 202, description = "A text is on its way", body = Challenge,
        headers(("RateLimit-Policy" = String), ("RateLimit" = String)))))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Extension(client): Extension<Client>,
    Input(Body { phone, locale: wanted, device_token, proof }): Input<Body>,
) -> Result<Accepted, Problem> {
    let input = RequestCode { phone, locale: wanted, device_token, proof };
    Ok(Accepted(uc.request_code(input, locale, &client).await?))
}
