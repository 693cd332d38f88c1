//! `PATCH /api/admin/users/{id}/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::UserId;
use domain::locale::Locale;
use usecases::{UpdateMe, Usecases};
use utoipa::ToSchema;

use super::views::PersonItem;
use crate::api::views::Language;
use crate::extract::{AdminBearer, Fields, FromFields, Id, Input, Wish};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// What is left out stays as it is; null clears.
#[derive(ToSchema)]
#[schema(as = PersonUpdate)]
pub struct Body {
    #[schema(value_type = Option<String>, max_length = 80)]
    given_name: Wish,
    #[schema(value_type = Option<String>, max_length = 80)]
    family_name: Wish,
    #[schema(value_type = Option<String>, format = "email", max_length = 254)]
    email: Wish,
    #[schema(value_type = Option<Language>)]
    locale: Option<Locale>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            given_name: fields.nullable_text("given_name"),
            family_name: fields.nullable_text("family_name"),
            email: fields.nullable_text("email"),
            locale: fields.optional_locale("locale"),
        }
    }
}

/// Corrects a name, an e-mail, a language. The phone, and that it is verified, is its owner's to prove.
#[utoipa::path(patch, path = "/api/admin/users/{id}/", operation_id = "updateUser", tag = "admin", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the person")), request_body = Body,
    responses((status = 200, description = "As they now are", body = PersonItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
    Input(Body { given_name, family_name, email, locale: wanted }): Input<Body>,
) -> Result<Json<PersonItem>, Problem> {
    let user = uc.update_person(&admin, id, UpdateMe { given_name, family_name, email, locale: wanted }).await?;
    Ok(Json(PersonItem::new(&user, locale)))
}
