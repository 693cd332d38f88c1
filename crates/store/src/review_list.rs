//! Reviews with what stands beside them: who wrote them, and of what.

use chrono::{DateTime, Utc};
use domain::ids::{ReviewId, SalonId};
use domain::naming::Naming;
use domain::review::{Review, ReviewStatus};
use domain::user::User;
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::{naming, number};
use crate::reviews::{ReviewRow, review_columns};
use crate::user_row::{UserRow, user_columns};
use crate::{Instant, StoreError, Tx};

/// A review and who wrote it. What of them is shown, the audience decides.
#[derive(Clone, Debug)]
pub struct SignedReview {
    /// The review.
    pub review: Review,
    /// Who wrote it.
    pub author: User,
    /// With whom the visit was, if the public ever knew a name.
    pub staff_name: Option<Naming>,
}

#[derive(FromRow)]
struct SignedRow {
    #[sqlx(flatten)]
    review: ReviewRow,
    #[sqlx(flatten)]
    author: UserRow,
    staff_ar: Option<String>,
    staff_en: Option<String>,
}

impl TryFrom<SignedRow> for SignedReview {
    type Error = StoreError;

    fn try_from(row: SignedRow) -> Result<Self, StoreError> {
        let is_named = row.staff_ar.is_some() || row.staff_en.is_some();
        let staff = is_named.then(|| naming(row.staff_ar.as_deref(), row.staff_en.as_deref(), "staff.name"));
        Ok(Self { review: row.review.try_into()?, author: row.author.try_into()?, staff_name: staff.transpose()? })
    }
}

pub(crate) const LIST: &str = concat!(
    "SELECT ",
    review_columns!(),
    ", staff.name_ar AS staff_ar, staff.name_en AS staff_en, ",
    user_columns!(),
    " FROM reviews JOIN users ON users.user_id = reviews.customer_id JOIN staff ON staff.staff_id = reviews.staff_id \
     WHERE reviews.salon_id = $1 AND reviews.status = $2 AND (reviews.written_at, reviews.review_id) < ($3, $4) \
     ORDER BY reviews.written_at DESC, reviews.review_id DESC LIMIT $5"
);

/// Reviews of a salon in a status, newest first, from the one after `after` on.
pub async fn list(
    tx: &mut Tx,
    salon: SalonId,
    status: ReviewStatus,
    after: Option<(DateTime<Utc>, ReviewId)>,
    limit: u32,
) -> Result<Vec<SignedReview>, StoreError> {
    let far = DateTime::from_timestamp(253_402_300_799, 0).unwrap_or(DateTime::UNIX_EPOCH);
    let (at, id) = after.map_or((Instant(far), Uuid::max()), |(at, id)| (Instant(at), id.0));
    let rows = fetch!(tx, fetch_all, SignedRow, LIST, salon.0, status.as_str(), at, id, i64::from(limit))?;
    rows.into_iter().map(SignedReview::try_from).collect()
}

pub(crate) const COUNT: &str = "SELECT CAST(count(*) AS BIGINT), CAST(COALESCE(sum(rating), 0) AS BIGINT) FROM reviews
    WHERE salon_id = $1 AND status = 'published'";

/// How many reviews of a salon the public sees, and all their stars together.
pub async fn count(tx: &mut Tx, salon: SalonId) -> Result<(u64, u64), StoreError> {
    let (count, stars) = fetch!(tx, fetch_one, (i64, i64), COUNT, salon.0)?;
    Ok((number(count, "count")?, number(stars, "sum")?))
}
