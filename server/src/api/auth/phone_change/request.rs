//! `POST /api/auth/phone-change/request/`

use axum::Extension;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::locale::Locale;
use usecases::{Client, Proof, RequestProof, Usecases};
use utoipa::ToSchema;

use crate::api::views::{Challenge, Language};
use crate::extract::{Fields, FromFields, Input};
use crate::problem::Problem;
use crate::sent::Accepted;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::InvalidPhone, ErrorCode::ProofRequired];

#[derive(ToSchema)]
#[schema(as = PhoneChangeCodeRequest)]
pub struct Body {
    /// The number to prove, in any form a person may type.
    #[schema(example = "0559876543")]
    phone: String,
    /// Language of the text; without it the account's, else that of `Accept-Language`.
    #[schema(value_type = Option<Language>)]
    locale: Option<Locale>,
    /// The answer to `proof-required`.
    #[schema(value_type = Option<ProofAnswer>)]
    proof: Option<Proof>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            phone: fields.raw_text("phone"),
            locale: fields.optional_locale("locale"),
            proof: fields.optional_object("proof", |fields| Proof {
                puzzle: fields.text("puzzle"),
                solution: fields.optional_text("solution"),
            }),
        }
    }
}

/// Texts a code of purpose `verify` to a number that staff were asked to move an account to. The answer is the same whether anything waits for
/// the number or not.
#[utoipa::path(post, path = "/api/auth/phone-change/request/", operation_id = "requestPhoneChangeCode", tag = "auth",
    request_body = Body, responses((status = 202, description = "A text is on its way", body = Challenge,
        headers(("RateLimit-Policy" = String), ("RateLimit" = String)))))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Extension(client): Extension<Client>,
    Input(Body { phone, locale: wanted, proof }): Input<Body>,
) -> Result<Accepted, Problem> {
    Ok(Accepted(uc.request_phone_proof(&RequestProof { phone, locale: wanted, proof }, locale, &client).await?))
}
