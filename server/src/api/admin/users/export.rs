//! `GET /api/admin/users/export/`

use std::collections::HashMap;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::error::{ErrorCode, FieldError, ValidationError};
use domain::ids::BulkRunId;
use domain::locale::Locale;
use http::header;
use usecases::{ExportWho, ListUsers, Sheet, Usecases};

use crate::api::query::{self, Asked};
use crate::extract::AdminBearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[
    ErrorCode::Forbidden,
    ErrorCode::SecondFactorRequired,
    ErrorCode::FreshAuthenticationRequired,
    ErrorCode::NotFound,
    ErrorCode::Malformed,
    ErrorCode::Validation,
];

/// People as CSV: everybody whom the list with the same query would show, or those of a run (`run`). `raw` is RFC 4180 with E.164, ids and
/// RFC 3339; `spreadsheet` is in the language of `Accept-Language`, in Riyadh's time, and no cell of it is a formula. The answer is written
/// while it is sent: one that breaks off is not whole. The second factor was shown ten minutes ago at most.
#[utoipa::path(get, path = "/api/admin/users/export/", operation_id = "exportUsers", tag = "admin", security(("bearer" = [])),
    params(
        ("kind" = Option<String>, Query, description = "`raw` (as if left out) or `spreadsheet`"),
        ("run" = Option<String>, Query, description = "A run of the act `export`; everything below is then left out"),
        ("q" = Option<String>, Query, description = "As in the list, and so are `status` to `seen_to`"),
    ),
    responses((status = 200, description = "A line for each person", content_type = "text/csv", body = String)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    asked: Asked,
) -> Result<Response, Problem> {
    let names = [&ListUsers::NAMES[..], &["kind", "run"]].concat();
    let (is_spreadsheet, run, asked) = query::read(asked, &names, read)?;
    let sheet = if is_spreadsheet { Sheet::Spreadsheet(app::i18n::sheet_words(locale)) } else { Sheet::Raw };
    let who = run.map_or(ExportWho::Matching(asked), ExportWho::Chosen);
    let export = uc.export_people(&admin, &who, sheet).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"people.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(export.into_stream())).into_response())
}

/// Whether for a spreadsheet, those of which run, and who else.
fn read(query: &HashMap<String, String>) -> Result<(bool, Option<BulkRunId>, ListUsers), Vec<ValidationError>> {
    let value = |name: &str| query.get(name).map(String::as_str);
    let (asked, mut errors) = match ListUsers::read(value) {
        Ok(asked) => (asked, Vec::new()),
        Err(errors) => (ListUsers::default(), errors),
    };
    let is_spreadsheet = value("kind") == Some("spreadsheet");
    if !is_spreadsheet && !matches!(value("kind"), None | Some("raw")) {
        errors.push(ValidationError::new("/kind", FieldError::NotOffered));
    }
    let run = value("run").map(str::parse);
    if let Some(Err(_)) = run {
        errors.push(ValidationError::new("/run", FieldError::Invalid));
    }
    if errors.is_empty() { Ok((is_spreadsheet, run.and_then(Result::ok), asked)) } else { Err(errors) }
}
