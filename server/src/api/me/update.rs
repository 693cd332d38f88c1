//! `PATCH /api/me/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::locale::Locale;
use usecases::{UpdateMe, Usecases};
use utoipa::ToSchema;

use crate::api::views::{Language, Me};
use crate::extract::{Bearer, Fields, FromFields, Input, Wish};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[];

/// What is left out stays as it is; null clears.
#[derive(ToSchema)]
#[schema(as = MeUpdate)]
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

/// Changes name, e-mail or language.
#[utoipa::path(patch, path = "/api/me/", operation_id = "updateMe", tag = "me", security(("bearer" = [])), request_body = Body,
    responses((status = 200, description = "The caller as they now are", body = Me)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Bearer(actor): Bearer,
    Input(Body { given_name, family_name, email, locale: wanted }): Input<Body>,
) -> Result<Json<Me>, Problem> {
    let user = uc.update_me(&actor, UpdateMe { given_name, family_name, email, locale: wanted }).await?;
    Ok(Json(Me::new(&user, locale)))
}
