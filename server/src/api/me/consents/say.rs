//! `POST /api/me/consents/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::consent::{ConsentPurpose, ConsentSource};
use domain::error::ErrorCode;
use domain::locale::Locale;
use usecases::{Say, Usecases};
use utoipa::ToSchema;

use crate::api::privacy::Consents;
use crate::extract::{Bearer, Fields, FromFields, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[];

#[derive(ToSchema)]
#[schema(as = ConsentSaid)]
pub struct Body {
    /// `terms` or `marketing_sms`.
    #[schema(value_type = String, example = "marketing_sms")]
    purpose: ConsentPurpose,
    /// Given, or taken back.
    is_granted: bool,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        let purpose = fields.one_of("purpose", ConsentPurpose::parse).unwrap_or(ConsentPurpose::MarketingSms);
        Self { purpose, is_granted: fields.boolean("is_granted") }
    }
}

/// Agrees to a purpose, or takes it back, in the words shown in the language of `Accept-Language`. What holds already is no new line.
#[utoipa::path(post, path = "/api/me/consents/", operation_id = "sayConsent", tag = "me", security(("bearer" = [])),
    request_body = Body, responses((status = 200, description = "What holds, and how it came to", body = Consents)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Bearer(actor): Bearer,
    Input(Body { purpose, is_granted }): Input<Body>,
) -> Result<Json<Consents>, Problem> {
    let say = Say { purpose, is_granted, source: ConsentSource::Api, locale };
    Ok(Json(Consents::new(&uc.say_consent(&actor, say).await?, locale)))
}
