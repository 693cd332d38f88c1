//! Reviews of a salon, for the public and for those who decide on them.

use chrono::{DateTime, Utc};
use domain::error::{FieldError, ValidationError};
use domain::ids::{ReviewId, SalonId};
use domain::page::Page;
use domain::permission::Permission;
use domain::review::ReviewStatus;
use domain::salon::{SalonStatus, Slug};
use store::review_list::{self, SignedReview};
use store::{Tx, salons};

use crate::{Admin, Error, Usecases};

/// Reviews on a page.
const PAGE: u32 = 20;

/// Which reviews.
#[derive(Clone, Debug)]
pub struct ListReviews {
    /// In which state; the public sees what is published.
    pub status: ReviewStatus,
    /// Where to go on.
    pub after: Option<String>,
}

/// Reviews of a salon, and how they add up.
#[derive(Clone, Debug)]
pub struct ReviewList {
    /// Newest first.
    pub page: Page<SignedReview>,
    /// How many the public sees.
    pub count: u64,
    /// Their mean in hundredths of a star; `None` without any.
    pub mean_hundredths: Option<u64>,
    /// Whether whoever looks sees whole phones.
    pub may_view_phone: bool,
}

impl Usecases {
    /// What the public reads of a salon that it sees. Who wrote it is to be shown by what they chose ([`domain::review::author_name`]).
    ///
    /// # Errors
    /// `NotFound`, `Validation`, `Unavailable`.
    pub async fn list_reviews(&self, slug: &str, after: Option<&str>) -> Result<ReviewList, Error> {
        let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
        let mut tx = self.parts.store.read().await?;
        let salon = salons::find_by_slug(&mut tx, &slug).await?.filter(|salon| salon.status == SalonStatus::Live);
        let salon = salon.ok_or(Error::NotFound)?;
        reviews_of(&mut tx, salon.id, ReviewStatus::Published, after).await
    }

    /// The reviews of a salon for those who decide on them.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Validation`, `Unavailable`.
    pub async fn list_reviews_to_decide(&self, admin: &Admin, salon: SalonId, input: &ListReviews) -> Result<ReviewList, Error> {
        let mut tx = self.parts.store.read().await?;
        let desk = self.at_desk(&mut tx, admin, salon, Permission::CatalogueEdit).await?;
        let list = reviews_of(&mut tx, salon, input.status, input.after.as_deref()).await?;
        Ok(ReviewList { may_view_phone: desk.may_view_phone, ..list })
    }
}

async fn reviews_of(tx: &mut Tx, salon: SalonId, status: ReviewStatus, after: Option<&str>) -> Result<ReviewList, Error> {
    let after = after.map(read_cursor).transpose()?;
    let mut items = review_list::list(tx, salon, status, after, PAGE + 1).await?;
    let has_more = items.len() > PAGE as usize;
    items.truncate(PAGE as usize);
    let last = items.last().filter(|_| has_more).map(|last| &last.review);
    let next = last.map(|last| format!("{}.{}", last.written_at.timestamp_micros(), last.id));
    let (count, stars) = review_list::count(tx, salon).await?;
    let mean_hundredths = (stars * 100).checked_div(count);
    Ok(ReviewList { page: Page { items, next }, count, mean_hundredths, may_view_phone: false })
}

/// Where a page goes on: when the last one shown was written, and its id.
fn read_cursor(text: &str) -> Result<(DateTime<Utc>, ReviewId), Error> {
    let read = || {
        let (at, id) = text.split_once('.')?;
        Some((DateTime::from_timestamp_micros(at.parse().ok()?)?, id.parse().ok()?))
    };
    read().ok_or_else(|| Error::Validation(vec![ValidationError::new("/after", FieldError::Invalid)]))
}
