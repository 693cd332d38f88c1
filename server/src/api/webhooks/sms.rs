//! `POST /api/webhooks/sms/{provider}/`

use std::sync::Arc;

use axum::extract::{Request, State};
use domain::error::ErrorCode;
use usecases::Usecases;

use crate::config::Config;
use crate::extract::{Id, whole};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::NotFound];

/// A provider says what became of messages it took.
///
/// One report or a list of them, in the provider's own form, proved to come from it (`docs/sms.md`). The same report may come any number
/// of times, in any order.
#[utoipa::path(post, path = "/api/webhooks/sms/{provider}/", operation_id = "report_sms", tag = "webhooks",
    params(("provider" = String, Path, description = "unifonic, taqnyat, msegat, 4jawaly, twilio or webhook")),
    request_body(content((Object = "application/x-www-form-urlencoded"), (Object = "application/json"))),
    responses((status = 200, description = "Taken, whether or not the message is known", body = String, content_type = "text/plain")))]
pub async fn handler(
    State(uc): State<Usecases>,
    State(config): State<Arc<Config>>,
    Id(provider): Id<String>,
    request: Request,
) -> Result<String, Problem> {
    let path = request.uri().path_and_query().map_or("", |path| path.as_str());
    let url = format!("{}{path}", config.public_origin());
    let caller = uc.admit_report(&provider, &url, request.headers())?;
    let body = whole(request.into_body()).await?;
    Ok(uc.receive_report(caller, &body).await?.unwrap_or_default())
}
