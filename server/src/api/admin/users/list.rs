//! `GET /api/admin/users/`

use std::collections::HashMap;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::{Extension, Json};
use domain::error::{ErrorCode, FieldError, ValidationError};
use domain::locale::Locale;
use domain::people::Filter;
use usecases::{ListUsers, Usecases};

use super::views::PersonPage;
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
    query: Result<Query<HashMap<String, String>>, QueryRejection>,
) -> Result<Json<PersonPage>, Problem> {
    let Query(query) = query.map_err(|_| ErrorCode::Malformed)?;
    let asked = read(&query, &[]).map_err(Problem::validation)?;
    Ok(Json(PersonPage::new(uc.list_users(&admin, &asked).await?, locale)))
}

/// `more` are the names that mean something to somebody else.
pub(super) fn read(query: &HashMap<String, String>, more: &[&str]) -> Result<ListUsers, Vec<ValidationError>> {
    let value = |name: &str| query.get(name).map(String::as_str);
    let (filter, mut errors) = match Filter::read(value) {
        Ok(filter) => (filter, Vec::new()),
        Err(errors) => (Filter::default(), errors),
    };
    let after = value("after").filter(|text| !text.is_empty()).map(str::parse);
    if let Some(Err(_)) = after {
        errors.push(ValidationError { pointer: "/after".to_owned(), code: FieldError::Invalid });
    }
    let is_known = |name: &str| name == "q" || name == "after" || Filter::NAMES.contains(&name) || more.contains(&name);
    let mut unknown: Vec<_> = query.keys().filter(|name| !is_known(name)).collect();
    unknown.sort();
    errors.extend(unknown.into_iter().map(|name| ValidationError { pointer: format!("/{name}"), code: FieldError::Unknown }));
    if errors.is_empty() {
        Ok(ListUsers { typed: value("q").unwrap_or_default().to_owned(), filter, after: after.and_then(Result::ok) })
    } else {
        Err(errors)
    }
}
