//! Pages for what went wrong.

use axum::response::Response;
use domain::error::ErrorCode;
use domain::locale::Locale;
use http::StatusCode;
use http::request::Parts;
use usecases::Error;

use crate::i18n;
use crate::pages::problem;
use crate::visit::Visit;
use crate::web::Web;

/// The page for an address that nobody knows.
pub async fn not_found(web: &Web, parts: Parts) -> Response {
    answer(Visit::new(web, &parts), ErrorCode::NotFound)
}

/// A whole page for any problem, with its status.
pub async fn problem(web: &Web, parts: Parts, code: ErrorCode) -> Response {
    answer(Visit::new(web, &parts), code)
}

/// The same for a visit already read.
pub(crate) fn answer(visit: Visit, code: ErrorCode) -> Response {
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    problem::render(visit, code, status)
}

/// The page for a use case that refused while a page was being loaded.
pub(crate) fn of(visit: Visit, error: &Error) -> Response {
    visit.log(error);
    answer(visit, error.code())
}

/// The last resort: a page that needs no database, no session and no Leptos. Without style or script, so that any strict policy allows it.
pub fn bare_error_page(locale: Locale, code: ErrorCode, request_id: &str) -> String {
    let (title, detail) = i18n::problem(code, locale);
    let common = &i18n::messages(locale).common;
    let id: String = request_id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(64).collect();
    format!(
        "<!DOCTYPE html><html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{prefix} {title}</title></head>\
         <body><main><h1>{title}</h1><p>{detail}</p><p>{label}: <bdi dir=\"ltr\">{id}</bdi></p>\
         <p><a href=\"/\">{home}</a></p></main></body></html>",
        lang = locale.as_str(),
        dir = locale.dir(),
        prefix = common.error_prefix,
        label = common.request_id,
        home = common.home,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_resort_says_what_to_do_and_lets_nothing_in() {
        let page = bare_error_page(Locale::Ar, ErrorCode::Internal, "0193-ab<script>");
        assert!(page.contains("dir=\"rtl\"") && page.contains("خطأ:") && page.contains("0193-abscript"));
        assert!(!page.contains("<script"));
        assert!(bare_error_page(Locale::En, ErrorCode::Unavailable, "x").contains("Try again in a little while."));
    }
}
