//! `GET /api/bookings/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::{ErrorCode, FieldError, ValidationError};
use domain::locale::Locale;
use usecases::{ListBookings, Usecases};

use super::views::{BookingPage, BookingView};
use crate::api::query::{Asked, read};
use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Malformed, ErrorCode::Validation];

/// The caller's bookings: to come, the next first, or past and called off, the last first.
#[utoipa::path(get, path = "/api/bookings/", operation_id = "listMyBookings", tag = "bookings", security(("bearer" = [])),
    params(
        ("when" = Option<String>, Query, description = "`upcoming`, which it is without it, or `past`"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ), responses((status = 200, description = "Twenty at most", body = BookingPage)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Bearer(actor): Bearer,
    query: Asked,
) -> Result<Json<BookingPage>, Problem> {
    let asked = read(query, &["when", "after"], |query| {
        let after = query.get("after").filter(|text| !text.is_empty()).cloned();
        match query.get("when").map(String::as_str) {
            None | Some("upcoming") => Ok(ListBookings { is_past: false, after }),
            Some("past") => Ok(ListBookings { is_past: true, after }),
            Some(_) => Err(vec![ValidationError::new("/when", FieldError::NotOffered)]),
        }
    })?;
    let (page, now) = (uc.list_my_bookings(&actor, &asked).await?, uc.clock().now());
    let items = page.items.iter().map(|visit| BookingView::new(visit, now, locale)).collect();
    Ok(Json(BookingPage { items, next: page.next }))
}
