//! `staff_treatments`: who does what, with a price and a length of their own if they have one.

use domain::ids::{SalonId, StaffId, TreatmentId};
use domain::money::Halalas;
use domain::treatment::Minutes;
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::{halalas, minutes};
use crate::{StoreError, Tx};

/// A treatment that a member of staff does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Who.
    pub staff_id: StaffId,
    /// What.
    pub treatment_id: TreatmentId,
    /// Their own price, VAT inside.
    pub price: Option<Halalas>,
    /// Their own length.
    pub duration: Option<Minutes>,
}

#[derive(FromRow)]
struct OfferRow {
    staff_id: Uuid,
    treatment_id: Uuid,
    price_halalas: Option<i64>,
    duration_min: Option<i64>,
}

impl TryFrom<OfferRow> for Offer {
    type Error = StoreError;

    fn try_from(row: OfferRow) -> Result<Self, StoreError> {
        Ok(Self {
            staff_id: StaffId(row.staff_id),
            treatment_id: TreatmentId(row.treatment_id),
            price: row.price_halalas.map(|price| halalas(price, "staff_treatments.price_halalas")).transpose()?,
            duration: row.duration_min.map(|length| minutes(length, "staff_treatments.duration_min")).transpose()?,
        })
    }
}

const INSERT: &str = "INSERT INTO staff_treatments (staff_id, treatment_id, price_halalas, duration_min) VALUES ($1, $2, $3, $4)";

/// A member of staff does a treatment from now on. Both are of one salon.
pub async fn insert(tx: &mut Tx, offer: &Offer) -> Result<(), StoreError> {
    let (price, duration) = (offer.price.map(Halalas::get), offer.duration.map(|length| i64::from(length.get())));
    execute!(tx, INSERT, offer.staff_id.0, offer.treatment_id.0, price, duration).map(drop)
}

const DELETE_FOR_STAFF: &str = "DELETE FROM staff_treatments WHERE staff_id = $1";

/// A member of staff does nothing any more: how many treatments it was.
pub async fn delete_for_staff(tx: &mut Tx, staff: StaffId) -> Result<u64, StoreError> {
    execute!(tx, DELETE_FOR_STAFF, staff.0)
}

macro_rules! offers {
    ($rest:literal) => {
        concat!(
            "SELECT staff_treatments.staff_id, staff_treatments.treatment_id, staff_treatments.price_halalas, \
             staff_treatments.duration_min FROM staff_treatments JOIN staff ON staff.staff_id = staff_treatments.staff_id ",
            $rest
        )
    };
}

pub(crate) const LIST: &str =
    offers!("WHERE staff.salon_id = $1 ORDER BY staff.position, staff.staff_id, staff_treatments.treatment_id");

/// Who does what in a salon, in the order of its staff.
pub async fn list(tx: &mut Tx, salon: SalonId) -> Result<Vec<Offer>, StoreError> {
    fetch!(tx, fetch_all, OfferRow, LIST, salon.0)?.into_iter().map(Offer::try_from).collect()
}

pub(crate) const LIST_BOOKABLE: &str = offers!(
    "WHERE staff.salon_id = $1 AND staff_treatments.treatment_id = $2 AND staff.is_bookable AND staff.archived_at IS NULL
    ORDER BY staff.position, staff.staff_id"
);

/// Who of those that can be booked does a treatment, in the order of the staff.
pub async fn list_bookable(tx: &mut Tx, salon: SalonId, treatment: TreatmentId) -> Result<Vec<Offer>, StoreError> {
    fetch!(tx, fetch_all, OfferRow, LIST_BOOKABLE, salon.0, treatment.0)?.into_iter().map(Offer::try_from).collect()
}
