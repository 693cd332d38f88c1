//! `GET /api/salons/{slug}/services/`

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::locale::Locale;
use usecases::Usecases;

use super::views::{ServiceItem, ServiceList, kept_a_minute};
use crate::extract::Id;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound];

/// What can be booked in a salon. Prices have their VAT inside; whoever does it may have a price and a length of their own, which
/// `availability` tells.
#[utoipa::path(get, path = "/api/salons/{slug}/services/", operation_id = "listSalonServices", tag = "salons",
    params(("slug" = String, Path, description = "Of the salon")),
    responses((status = 200, description = "As the public sees it", body = ServiceList)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Id(slug): Id<String>,
) -> Result<Response, Problem> {
    let items = uc.list_salon_services(&slug).await?.iter().map(|one| ServiceItem::new(one, locale)).collect();
    Ok(kept_a_minute(ServiceList { items }))
}
