//! `POST /api/admin/users/{id}/block/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::UserId;
use domain::locale::Locale;
use usecases::Usecases;
use utoipa::ToSchema;

use super::views::PersonItem;
use crate::extract::{AdminBearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// Why.
#[derive(ToSchema)]
#[schema(as = BlockReason)]
pub struct Body {
    /// Stays in the record.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { reason: fields.text("reason") }
    }
}

/// Blocks somebody, for a reason. All their sessions end at once. Nobody blocks themself.
#[utoipa::path(post, path = "/api/admin/users/{id}/block/", operation_id = "blockUser", tag = "admin", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the person")), request_body = Body,
    responses((status = 200, description = "They are blocked", body = PersonItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
    Input(Body { reason }): Input<Body>,
) -> Result<Json<PersonItem>, Problem> {
    Ok(Json(PersonItem::new(&uc.block_person(&admin, id, &reason).await?, locale)))
}
