//! `/admin/users/export.csv`: people as a file, those of a list or those who were chosen.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use domain::error::ErrorCode;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use usecases::{Error, ExportWho, Sheet};

use super::admin_users::{asked_of, wanted_of};
use crate::faults;
use crate::i18n::sheet_words;
use crate::routes::path;
use crate::visit::{Visit, show_factor_and_back};

pub(crate) async fn file(visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let sheet = match visit.query("kind").as_deref() {
        Some("raw") => Sheet::Raw,
        Some("spreadsheet") | None => Sheet::Spreadsheet(sheet_words(visit.locale)),
        Some(_) => return faults::answer(visit, ErrorCode::NotFound),
    };
    // Where they were when they asked for it: a file is no page to come back to.
    let (who, back) = if let Some(run) = visit.query("run") {
        let Ok(run) = run.parse() else { return faults::answer(visit, ErrorCode::NotFound) };
        (ExportWho::Chosen(run), path::admin_bulk_run(run))
    } else {
        let asked = asked_of(&visit.here);
        match wanted_of(&asked) {
            Ok(who) => (ExportWho::Matching(who), asked.address(None)),
            Err(errors) => return faults::of(visit, &Error::Validation(errors)),
        }
    };
    match visit.web.usecases.export_people(&admin, &who, sheet).await {
        Ok(export) => {
            let headers = [
                (CONTENT_TYPE, "text/csv; charset=utf-8"),
                (CONTENT_DISPOSITION, "attachment; filename=\"people.csv\""),
                (CACHE_CONTROL, "no-store"),
            ];
            (headers, Body::from_stream(export.into_stream())).into_response()
        }
        Err(Error::StepUpRequired) => visit.see(&show_factor_and_back(&back)),
        Err(error) => faults::of(visit, &error),
    }
}
