//! `GET /api/me/privacy-requests/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use usecases::Usecases;

use crate::api::privacy::PrivacyRequestItem;
use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[];

/// What the caller has asked about their data, and where it stands.
#[utoipa::path(get, path = "/api/me/privacy-requests/", operation_id = "listPrivacyRequests", tag = "me",
    security(("bearer" = [])),
    responses((status = 200, description = "Newest first, a hundred at most", body = [PrivacyRequestItem])))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<Json<Vec<PrivacyRequestItem>>, Problem> {
    let now = uc.clock().now();
    let requests = uc.list_my_requests(&actor).await?;
    Ok(Json(requests.iter().map(|request| PrivacyRequestItem::new(request, now)).collect()))
}
