//! `POST /api/admin/users/{id}/erase/`

use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::UserId;
use http::StatusCode;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::extract::{AdminBearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[
    ErrorCode::Forbidden,
    ErrorCode::SecondFactorRequired,
    ErrorCode::FreshAuthenticationRequired,
    ErrorCode::NotFound,
    ErrorCode::Conflict,
];

#[derive(ToSchema)]
#[schema(as = EraseUser)]
pub struct Body {
    /// The person's short id, typed by whoever means it.
    #[schema(example = "7F3K")]
    confirm: String,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { confirm: fields.text("confirm") }
    }
}

/// Erases a person: phone, names, e-mail, texts about them and devices go, every session ends, and it cannot be undone. Needs a second
/// factor shown a moment ago. `conflict`: oneself, somebody with a role, or somebody erased already.
#[utoipa::path(post, path = "/api/admin/users/{id}/erase/", operation_id = "eraseUser", tag = "admin",
    security(("bearer" = [])), params(("id" = uuid::Uuid, Path, description = "Of the person")), request_body = Body,
    responses((status = 204, description = "Erased")))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
    Input(Body { confirm }): Input<Body>,
) -> Result<StatusCode, Problem> {
    uc.erase_person(&admin, id, &confirm).await?;
    Ok(StatusCode::NO_CONTENT)
}
