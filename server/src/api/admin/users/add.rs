//! `POST /api/admin/users/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::locale::Locale;
use http::StatusCode;
use usecases::{AddPerson, Usecases};
use utoipa::ToSchema;

use super::views::PersonItem;
use crate::api::views::Language;
use crate::extract::{AdminBearer, Fields, FromFields, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::InvalidPhone];

/// The phone is all it takes.
#[derive(ToSchema)]
#[schema(as = PersonNew)]
pub struct Body {
    /// In any spelling.
    #[schema(example = "0501234567")]
    phone: String,
    #[schema(max_length = 80)]
    given_name: Option<String>,
    #[schema(max_length = 80)]
    family_name: Option<String>,
    /// Of their messages.
    #[schema(value_type = Option<Language>)]
    locale: Option<Locale>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            phone: fields.raw_text("phone"),
            given_name: fields.optional_text("given_name"),
            family_name: fields.optional_text("family_name"),
            locale: fields.optional_locale("locale"),
        }
    }
}

/// Adds a person by phone. Whoever has the phone already is answered as they are: nothing of them changes.
#[utoipa::path(post, path = "/api/admin/users/", operation_id = "addUser", tag = "admin", security(("bearer" = [])),
    request_body = Body, responses(
        (status = 201, description = "They are pending until the owner of the phone enters a code", body = PersonItem),
        (status = 200, description = "They were there already", body = PersonItem),
    ))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Input(Body { phone, given_name, family_name, locale: wanted }): Input<Body>,
) -> Result<(StatusCode, Json<PersonItem>), Problem> {
    let added = uc.add_person(&admin, AddPerson { phone, given_name, family_name, locale: wanted }).await?;
    let status = if added.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(PersonItem::new(&added.user, locale))))
}
