//! Saying what a visit was like.

use domain::booking::Refusal;
use domain::error::{FieldError, ValidationError};
use domain::ids::{BookingId, ReviewId};
use domain::person::clean_text;
use domain::review::{self, Rating, Review, ReviewStatus, ShownAs, TEXT_MAX_CHARS, author_name};
use domain::user::User;
use serde::Serialize;
use store::{bookings, reviews};

use crate::booking::idempotency::Idempotency;
use crate::{Actor, Error, Usecases};

/// What is said.
#[derive(Clone, Debug, Serialize)]
pub struct WriteReview {
    /// Stars, one to five.
    pub rating: u8,
    /// What they say.
    pub text: Option<String>,
    /// How they want to stand beside it.
    pub shown_as: ShownAs,
}

/// How an author would stand beside a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewPreview {
    /// The choice.
    pub shown_as: ShownAs,
    /// What all would read.
    pub name: String,
}

impl Usecases {
    /// Writes what the actor says of a visit, or changes it within 30 days. Either way it waits for somebody to look at it.
    ///
    /// # Errors
    /// `NotFound`, `Validation`, `BookingRefused` (the visit is not over, or the month is), `Conflict`, `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.write_review", skip_all)]
    pub async fn write_review(
        &self,
        actor: &Actor,
        booking: BookingId,
        input: &WriteReview,
        asked: Option<&Idempotency>,
    ) -> Result<Review, Error> {
        let user = actor.user.id;
        if let Some(id) = self.answered(user, asked).await? {
            let answered = reviews::find_by_booking(&mut self.parts.store.read().await?, id).await?;
            return answered.filter(|review| review.customer_id == user).ok_or(Error::NotFound);
        }
        let (rating, text) = read(input)?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let visit = bookings::lock(&mut tx, booking).await?.filter(|visit| visit.customer_id == Some(user));
        let visit = visit.ok_or(Error::NotFound)?;
        let written = reviews::find_by_booking(&mut tx, booking).await?;
        let review = match &written {
            Some(old) if !review::is_editable(old.written_at, now) => return Err(Error::BookingRefused(Refusal::TooLate)),
            Some(old) => {
                Review { rating, text, shown_as: input.shown_as, status: ReviewStatus::Pending, changed_at: now, ..old.clone() }
            }
            None if !review::can_review(visit.status) => return Err(Error::BookingRefused(Refusal::NotFromHere)),
            None => Review {
                id: self.parts.rng.id_v7::<ReviewId>(now),
                booking_id: booking,
                salon_id: visit.salon_id,
                staff_id: visit.staff_id,
                customer_id: user,
                rating,
                text,
                shown_as: input.shown_as,
                status: ReviewStatus::Pending,
                reply: None,
                replied_at: None,
                written_at: now,
                changed_at: now,
            },
        };
        let write = match &written {
            Some(old) => reviews::update(&review, old.changed_at),
            None => reviews::insert(&review),
        };
        if !tx.run(write).await? || !self.remember(&mut tx, user, asked, booking, now).await? {
            return Err(Error::Conflict);
        }
        tx.commit().await?;
        Ok(review)
    }

    /// What the actor said of a visit.
    ///
    /// # Errors
    /// `NotFound` (nothing, or the visit is somebody else's), `Unavailable`.
    pub async fn read_my_review(&self, actor: &Actor, booking: BookingId) -> Result<Review, Error> {
        let mut tx = self.parts.store.read().await?;
        let review = reviews::find_by_booking(&mut tx, booking).await?;
        review.filter(|review| review.customer_id == actor.user.id).ok_or(Error::NotFound)
    }

    /// How the actor would stand beside a review, by what they choose.
    pub fn preview_review(&self, actor: &Actor) -> [ReviewPreview; 3] {
        previews(&actor.user)
    }
}

fn previews(user: &User) -> [ReviewPreview; 3] {
    let short_id = user.id.short();
    let person = user.as_person(&short_id);
    ShownAs::ALL.map(|shown_as| ReviewPreview { shown_as, name: author_name(&person, shown_as, user.locale) })
}

fn read(input: &WriteReview) -> Result<(Rating, Option<String>), Error> {
    let wrong = |pointer, code| Error::Validation(vec![ValidationError::new(pointer, code)]);
    let rating = Rating::new(input.rating).ok_or_else(|| wrong("/rating", FieldError::NotOffered))?;
    let text = input.text.as_deref().and_then(clean_text);
    if text.as_ref().is_some_and(|text| text.chars().count() > TEXT_MAX_CHARS) {
        return Err(wrong("/text", FieldError::TooLong));
    }
    Ok((rating, text))
}
