//! `POST /api/admin/users/{id}/consents/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::consent::ConsentPurpose;
use domain::error::ErrorCode;
use domain::ids::UserId;
use domain::locale::Locale;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::api::privacy::Consents;
use crate::extract::{AdminBearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

#[derive(ToSchema)]
#[schema(as = ConsentRecorded)]
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

/// Writes down what a person told staff. Its source is `desk`. `conflict`: they are not active.
#[utoipa::path(post, path = "/api/admin/users/{id}/consents/", operation_id = "recordUserConsent", tag = "admin",
    security(("bearer" = [])), params(("id" = uuid::Uuid, Path, description = "Of the person")), request_body = Body,
    responses((status = 200, description = "What holds, and how it came to", body = Consents)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
    Input(Body { purpose, is_granted }): Input<Body>,
) -> Result<Json<Consents>, Problem> {
    Ok(Json(Consents::new(&uc.record_consent(&admin, id, purpose, is_granted).await?, locale)))
}
