//! `GET /api/admin/users/export/`

use std::collections::HashMap;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::error::{ErrorCode, FieldError, ValidationError};
use domain::ids::BulkRunId;
use domain::locale::Locale;
use http::header;
use usecases::{ExportWho, Sheet, Usecases};

use super::list;
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
    query: Result<Query<HashMap<String, String>>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|_| ErrorCode::Malformed)?;
    let sheet = match query.get("kind").map_or("raw", String::as_str) {
        "raw" => Sheet::Raw,
        "spreadsheet" => Sheet::Spreadsheet(app::i18n::sheet_words(locale)),
        _ => return Err(wrong("/kind", FieldError::NotOffered)),
    };
    let asked = list::read(&query, &["kind", "run"]).map_err(Problem::validation)?;
    let who = match query.get("run").map(|run| run.parse::<BulkRunId>()) {
        None => ExportWho::Matching(asked),
        Some(Ok(run)) => ExportWho::Chosen(run),
        Some(Err(_)) => return Err(wrong("/run", FieldError::Invalid)),
    };
    let export = uc.export_people(&admin, &who, sheet).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"people.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(export.into_stream())).into_response())
}

fn wrong(pointer: &str, code: FieldError) -> Problem {
    Problem::validation(vec![ValidationError::new(pointer, code)])
}
