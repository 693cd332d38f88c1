//! `GET /api/admin/users/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::locale::Locale;
use usecases::{ListUsers, Usecases};

use super::views::PersonPage;
use crate::api::query::{self, Asked};
use crate::extract::AdminBearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::Malformed, ErrorCode::Validation];

/// People, newest first. `q` takes a phone in any form, its first digits, up to four of its last, the beginning of a name or an e-mail,
/// or a short id; the answer says what was understood. Pending people are left out unless `status` asks for them or `q` names them
/// exactly. Days are Riyadh's.
#[utoipa::path(get, path = "/api/admin/users/", operation_id = "listUsers", tag = "admin", security(("bearer" = [])),
    params(
        ("q" = Option<String>, Query, description = "What to look for, as people type it"),
        ("status" = Option<String>, Query, description = "`any`, `pending`, `active`, `blocked`, `erased` or `phoneless`"),
        ("verified" = Option<String>, Query, description = "`yes` or `no`"),
        ("role" = Option<String>, Query, description = "`owner`, `manager`, `reception`, `stylist` or `platform_admin`"),
        ("origin" = Option<String>, Query, description = "`self_service` or `staff`"),
        ("has_name" = Option<String>, Query, description = "`yes` or `no`"),
        ("joined_from" = Option<String>, Query, description = "A day, `2026-01-31`"),
        ("joined_to" = Option<String>, Query, description = "A day, itself included"),
        ("seen_from" = Option<String>, Query, description = "A day"),
        ("seen_to" = Option<String>, Query, description = "A day, itself included"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses((status = 200, description = "Fifty at most", body = PersonPage)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    asked: Asked,
) -> Result<Json<PersonPage>, Problem> {
    let asked = query::read(asked, &ListUsers::NAMES, |query| ListUsers::read(|name| query.get(name).map(String::as_str)))?;
    Ok(Json(PersonPage::new(uc.list_users(&admin, &asked).await?, locale)))
}
