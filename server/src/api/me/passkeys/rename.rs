//! `PATCH /api/me/passkeys/{id}/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::PasskeyId;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::api::passkey_views::PasskeyItem;
use crate::extract::{Bearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound];

/// What it is called from now on.
#[derive(ToSchema)]
#[schema(as = PasskeyName)]
pub struct Body {
    /// Shown to its owner alone. What is longer is cut.
    #[schema(min_length = 1, max_length = 60, example = "Sara's phone")]
    name: String,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { name: fields.text("name") }
    }
}

/// Calls a passkey something else.
#[utoipa::path(patch, path = "/api/me/passkeys/{id}/", operation_id = "renamePasskey", tag = "me", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of a passkey in the list")), request_body = Body,
    responses((status = 200, description = "The passkey as it now is", body = PasskeyItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Bearer(actor): Bearer,
    Id(id): Id<PasskeyId>,
    Input(Body { name }): Input<Body>,
) -> Result<Json<PasskeyItem>, Problem> {
    Ok(Json(uc.rename_passkey(&actor, id, &name).await?.into()))
}
