//! `GET /api/salons/{slug}/reviews/`

use axum::extract::{Path, State};
use axum::{Extension, Json};
use chrono::{DateTime, Utc};
use domain::error::ErrorCode;
use domain::locale::Locale;
use domain::review::author_name;
use serde::Serialize;
use usecases::{SignedReview, Usecases};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::extract::After;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound, ErrorCode::Malformed, ErrorCode::Validation];

/// Reviews of a salon.
#[derive(Serialize, ToSchema)]
pub struct ReviewPage {
    /// Newest first.
    pub items: Vec<PublicReview>,
    /// How many there are.
    #[schema(example = 12)]
    pub count: u64,
    /// Their mean in hundredths of a star; null without any.
    #[schema(example = 450)]
    pub mean_hundredths: Option<u64>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
}

/// What somebody said of a visit, as all may read it.
#[derive(Serialize, ToSchema)]
pub struct PublicReview {
    pub id: Uuid,
    #[schema(minimum = 1, maximum = 5, example = 5)]
    pub rating: u8,
    pub text: Option<String>,
    /// As they chose to stand there; never a phone.
    #[schema(example = "سارة ع.")]
    pub author: String,
    /// With whom the visit was.
    pub staff_name: Option<String>,
    pub written_at: DateTime<Utc>,
    /// The answer of the salon.
    pub reply: Option<String>,
    pub replied_at: Option<DateTime<Utc>>,
}

impl PublicReview {
    fn new(signed: &SignedReview, locale: Locale) -> Self {
        let (review, short_id) = (&signed.review, signed.author.id.short());
        Self {
            id: review.id.0,
            rating: review.rating.get(),
            text: review.text.clone(),
            author: author_name(&signed.author.as_person(&short_id), review.shown_as, locale),
            staff_name: signed.staff_name.as_ref().map(|name| name.get(locale).to_owned()),
            written_at: review.written_at,
            reply: review.reply.clone(),
            replied_at: review.replied_at,
        }
    }
}

/// What customers said of a salon, as far as it is published.
#[utoipa::path(get, path = "/api/salons/{slug}/reviews/", operation_id = "listReviews", tag = "salons", params(
        ("slug" = String, Path, description = "Of the salon"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ), responses((status = 200, description = "Twenty at most", body = ReviewPage)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Path(slug): Path<String>,
    After(after): After<String>,
) -> Result<Json<ReviewPage>, Problem> {
    let list = uc.list_reviews(&slug, after.as_deref()).await?;
    let items = list.page.items.iter().map(|signed| PublicReview::new(signed, locale)).collect();
    Ok(Json(ReviewPage { items, count: list.count, mean_hundredths: list.mean_hundredths, next: list.page.next }))
}
