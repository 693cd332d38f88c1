//! Who decides whether the public sees a review, and what the salon answers.

use domain::error::{FieldError, ValidationError};
use domain::ids::ReviewId;
use domain::permission::Permission;
use domain::person::clean_text;
use domain::review::{Flags, Review, ReviewStatus, TEXT_MAX_CHARS};
use serde_json::json;
use store::reviews;

use crate::{Admin, Error, Usecases};

/// What is done to a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewAct {
    /// All may see it.
    Publish,
    /// Nobody but its author and the salon.
    Hide,
    /// An answer beside it; an empty one takes it away.
    Reply(String),
}

impl Usecases {
    /// Decides on a review of a salon, or answers it.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Validation` (an answer that is too long, or holds a phone or a link), `Conflict`, `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.act_on_review", skip_all)]
    pub async fn act_on_review(&self, admin: &Admin, id: ReviewId, act: &ReviewAct) -> Result<Review, Error> {
        admin.require(Permission::CatalogueEdit)?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let old = reviews::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let desk = self.at_desk(&mut tx, admin, old.salon_id, Permission::CatalogueEdit).await?;
        let (next, action) = match act {
            ReviewAct::Publish => (Review { status: ReviewStatus::Published, ..old.clone() }, "review_published"),
            ReviewAct::Hide => (Review { status: ReviewStatus::Hidden, ..old.clone() }, "review_hidden"),
            ReviewAct::Reply(text) => {
                let reply = read_reply(text)?;
                (Review { replied_at: reply.as_ref().map(|_| now), reply, ..old.clone() }, "review_answered")
            }
        };
        let next = Review { changed_at: now, ..next };
        if !tx.run(reviews::update(&next, old.changed_at)).await? {
            return Err(Error::Conflict);
        }
        let detail = json!({ "review_id": id });
        self.audit_admin(&mut tx, desk.actor, action, Some(old.customer_id), detail).await?;
        tx.commit().await?;
        Ok(next)
    }
}

/// The public reads it: what must not stand in a review does not stand in its answer either.
fn read_reply(raw: &str) -> Result<Option<String>, Error> {
    let wrong = |code| Error::Validation(vec![ValidationError::new("/reply", code)]);
    let text = clean_text(raw);
    match &text {
        Some(text) if text.chars().count() > TEXT_MAX_CHARS => Err(wrong(FieldError::TooLong)),
        Some(text) if Flags::of(text).has_phone => Err(wrong(FieldError::InvalidChars)),
        _ => Ok(text),
    }
}
