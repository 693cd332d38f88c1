//! `POST /api/admin/reviews/{id}/act/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::ReviewId;
use usecases::{ReviewAct, Usecases};
use utoipa::ToSchema;

use crate::api::bookings::views::OwnReview;
use crate::extract::{AdminBearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

#[derive(ToSchema)]
#[schema(as = ReviewAct)]
#[expect(dead_code, reason = "the shape alone is documented: the fields are read one by one")]
pub struct Shape {
    /// `publish`, `hide` or `reply`.
    #[schema(example = "publish")]
    act: String,
    /// For `reply`: what the salon answers; an empty one takes the answer away.
    #[schema(max_length = 1000)]
    reply: Option<String>,
}

pub struct Body(ReviewAct);

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        let known = |text: &str| ["publish", "hide", "reply"].into_iter().find(|name| *name == text);
        let act = fields.one_of("act", known).unwrap_or("hide");
        let reply = fields.optional_text("reply");
        Self(match act {
            "publish" => ReviewAct::Publish,
            "reply" => ReviewAct::Reply(reply.unwrap_or_default()),
            _ => ReviewAct::Hide,
        })
    }
}

/// Decides on a review of a salon, or answers it. `conflict`: its author changed it meanwhile.
#[utoipa::path(post, path = "/api/admin/reviews/{id}/act/", operation_id = "actOnReview", tag = "admin", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "Of the review")), request_body = Shape,
    responses((status = 200, description = "How it stands now", body = OwnReview)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<ReviewId>,
    Input(Body(act)): Input<Body>,
) -> Result<Json<OwnReview>, Problem> {
    Ok(Json((&uc.act_on_review(&admin, id, &act).await?).into()))
}
