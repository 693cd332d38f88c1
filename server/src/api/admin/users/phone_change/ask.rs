//! `POST /api/admin/users/{id}/phone-change/`

use axum::Json;
use axum::extract::State;
use domain::error::{ErrorCode, FieldError, ValidationError};
use domain::ids::UserId;
use domain::phone_move::MoveKind;
use http::StatusCode;
use usecases::{AskPhoneMove, Usecases};
use utoipa::ToSchema;

use super::views::PhoneChange;
use crate::extract::{AdminBearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[
    ErrorCode::Forbidden,
    ErrorCode::SecondFactorRequired,
    ErrorCode::FreshAuthenticationRequired,
    ErrorCode::InvalidPhone,
    ErrorCode::NotFound,
    ErrorCode::Conflict,
];

#[derive(ToSchema)]
#[schema(as = PhoneChangeRequest)]
pub struct Body {
    /// The number, in any form a person may type.
    #[schema(example = "0559876543")]
    phone: String,
    /// `change`: the number is free. `merge`: it is on another account of the same person. `recycled`: it is on the account of somebody who
    /// had it before; with the number of the person themselves, that number is given up to a newcomer.
    #[schema(example = "change")]
    kind: String,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { phone: fields.raw_text("phone"), kind: fields.text("kind") }
    }
}

/// Asks for a number to be moved to a person. Nothing changes, and nothing is sent, before the owner of the number proves it, within 72
/// hours. A conflict has a `reason`.
#[utoipa::path(post, path = "/api/admin/users/{id}/phone-change/", operation_id = "askPhoneChange", tag = "admin",
    security(("bearer" = [])), request_body = Body, params(("id" = Uuid, Path, description = "Of the person whose account stays")),
    responses((status = 202, description = "It waits", body = PhoneChange)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(user): Id<UserId>,
    Input(Body { phone, kind }): Input<Body>,
) -> Result<(StatusCode, Json<PhoneChange>), Problem> {
    let kind =
        MoveKind::parse(&kind).ok_or_else(|| Problem::validation(vec![ValidationError::new("/kind", FieldError::NotOffered)]))?;
    let asked = uc.ask_phone_move(&admin, &AskPhoneMove { user, kind, phone }).await?;
    Ok((StatusCode::ACCEPTED, Json(PhoneChange::new(&asked, uc.clock().now()))))
}
