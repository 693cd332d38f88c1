//! `POST /api/admin/users/{id}/notes/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::UserId;
use domain::locale::Locale;
use http::StatusCode;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::api::admin::users::person_views::NoteItem;
use crate::extract::{AdminBearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// What it says.
#[derive(ToSchema)]
#[schema(as = NoteNew)]
pub struct Body {
    #[schema(min_length = 1, max_length = 2000)]
    text: String,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { text: fields.text("text") }
    }
}

/// Writes a note about somebody. It is part of what the person may ask for.
#[utoipa::path(post, path = "/api/admin/users/{id}/notes/", operation_id = "addUserNote", tag = "admin", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the person")), request_body = Body,
    responses((status = 201, description = "It is written", body = NoteItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
    Input(Body { text }): Input<Body>,
) -> Result<(StatusCode, Json<NoteItem>), Problem> {
    let note = uc.add_note(&admin, id, &text).await?;
    Ok((StatusCode::CREATED, Json(NoteItem::new(&note, locale))))
}
