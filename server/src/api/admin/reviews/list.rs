//! `GET /api/admin/salons/{id}/reviews/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::{ErrorCode, FieldError, ValidationError};
use domain::ids::SalonId;
use domain::locale::Locale;
use domain::review::ReviewStatus;
use usecases::{ListReviews, Usecases};

use crate::api::admin::bookings::views::{DeskReview, DeskReviewPage};
use crate::api::query::{Asked, read};
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Malformed, ErrorCode::Validation];

/// The reviews of a salon in one state: those that wait, without `status`.
#[utoipa::path(get, path = "/api/admin/salons/{id}/reviews/", operation_id = "listSalonReviews", tag = "admin",
    security(("bearer" = [])), params(
        ("id" = uuid::Uuid, Path, description = "Of the salon"),
        ("status" = Option<String>, Query, description = "`pending`, `published` or `hidden`"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ), responses((status = 200, description = "Newest first, twenty at most", body = DeskReviewPage)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(salon): Id<SalonId>,
    query: Asked,
) -> Result<Json<DeskReviewPage>, Problem> {
    let (status, after) = read(query, &["status", "after"], |query| {
        let after = query.get("after").filter(|text| !text.is_empty()).cloned();
        match query.get("status").map(|text| ReviewStatus::parse(text)) {
            None => Ok((None, after)),
            Some(Some(status)) => Ok((Some(status), after)),
            Some(None) => Err(vec![ValidationError::new("/status", FieldError::NotOffered)]),
        }
    })?;
    let input = ListReviews { status: status.unwrap_or(ReviewStatus::Pending), after };
    let list = uc.list_reviews_to_decide(&admin, salon, &input).await?;
    let items = list.page.items.iter().map(|signed| DeskReview::new(signed, list.may_view_phone, locale)).collect();
    Ok(Json(DeskReviewPage { items, next: list.page.next }))
}
