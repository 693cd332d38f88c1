//! `treatments`: what a salon offers. To customers and in the API they are services.

use chrono::{DateTime, Utc};
use domain::ids::{SalonId, TreatmentId};
use domain::money::VatRate;
use domain::naming::Naming;
use domain::treatment::{Buffers, Terms};
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::{halalas, minutes, naming, number};
use crate::{Instant, StoreError, Tx};

/// A treatment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Treatment {
    /// Key. Newer ones sort last.
    pub id: TreatmentId,
    /// Where.
    pub salon_id: SalonId,
    /// Its name.
    pub name: Naming,
    /// What it takes and costs, unless whoever does it has terms of their own.
    pub terms: Terms,
    /// Its place in lists.
    pub position: i64,
    /// Whether it can be booked.
    pub is_active: bool,
    /// When it was first offered.
    pub created_at: DateTime<Utc>,
    /// When something above last changed.
    pub updated_at: DateTime<Utc>,
}

#[derive(FromRow)]
pub(crate) struct TreatmentRow {
    treatment_id: Uuid,
    salon_id: Uuid,
    name_ar: Option<String>,
    name_en: Option<String>,
    duration_min: i64,
    buffer_before_min: i64,
    buffer_after_min: i64,
    price_halalas: i64,
    vat_rate_bp: i64,
    position: i64,
    is_active: bool,
    created_at: Instant,
    updated_at: Instant,
}

impl TryFrom<TreatmentRow> for Treatment {
    type Error = StoreError;

    fn try_from(row: TreatmentRow) -> Result<Self, StoreError> {
        let column = "treatments.buffer_before_min";
        let buffers = Buffers::new(number(row.buffer_before_min, column)?, number(row.buffer_after_min, column)?);
        let vat_rate = VatRate::new(number(row.vat_rate_bp, "treatments.vat_rate_bp")?);
        Ok(Self {
            id: TreatmentId(row.treatment_id),
            salon_id: SalonId(row.salon_id),
            name: naming(row.name_ar.as_deref(), row.name_en.as_deref(), "treatments.name")?,
            terms: Terms {
                duration: minutes(row.duration_min, "treatments.duration_min")?,
                buffers: buffers.ok_or_else(|| StoreError::Inconsistent(format!("{column} is out of range")))?,
                price: halalas(row.price_halalas, "treatments.price_halalas")?,
                vat_rate: vat_rate.ok_or_else(|| StoreError::Inconsistent("treatments.vat_rate_bp is no rate".into()))?,
            },
            position: row.position,
            is_active: row.is_active,
            created_at: row.created_at.0,
            updated_at: row.updated_at.0,
        })
    }
}

const INSERT: &str = "INSERT INTO treatments (treatment_id, salon_id, name_ar, name_en, duration_min, buffer_before_min,
        buffer_after_min, price_halalas, vat_rate_bp, position, is_active, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)";

/// A new treatment.
pub async fn insert(tx: &mut Tx, treatment: &Treatment) -> Result<(), StoreError> {
    let t = treatment;
    execute!(
        tx,
        INSERT,
        t.id.0,
        t.salon_id.0,
        t.name.ar(),
        t.name.en(),
        i64::from(t.terms.duration.get()),
        i64::from(t.terms.buffers.before()),
        i64::from(t.terms.buffers.after()),
        t.terms.price.get(),
        i64::from(t.terms.vat_rate.get()),
        t.position,
        t.is_active,
        Instant(t.created_at),
    )
    .map(drop)
}

const UPDATE: &str = "UPDATE treatments SET name_ar = $2, name_en = $3, duration_min = $4, buffer_before_min = $5,
    buffer_after_min = $6, price_halalas = $7, vat_rate_bp = $8, position = $9, is_active = $10, updated_at = $11
    WHERE treatment_id = $1";

/// How a treatment is now.
pub async fn update(tx: &mut Tx, treatment: &Treatment) -> Result<(), StoreError> {
    let t = treatment;
    execute!(
        tx,
        UPDATE,
        t.id.0,
        t.name.ar(),
        t.name.en(),
        i64::from(t.terms.duration.get()),
        i64::from(t.terms.buffers.before()),
        i64::from(t.terms.buffers.after()),
        t.terms.price.get(),
        i64::from(t.terms.vat_rate.get()),
        t.position,
        t.is_active,
        Instant(t.updated_at),
    )
    .map(drop)
}

macro_rules! treatments {
    ($rest:literal) => {
        concat!(
            "SELECT treatments.treatment_id, treatments.salon_id, treatments.name_ar, treatments.name_en, treatments.duration_min, \
             treatments.buffer_before_min, treatments.buffer_after_min, treatments.price_halalas, treatments.vat_rate_bp, \
             treatments.position, treatments.is_active, treatments.created_at, treatments.updated_at FROM treatments ",
            $rest
        )
    };
}

pub(crate) const FIND: &str = treatments!("WHERE treatments.treatment_id = $1 AND treatments.salon_id = $2");

/// A treatment of a salon, active or not.
pub async fn find(tx: &mut Tx, salon: SalonId, id: TreatmentId) -> Result<Option<Treatment>, StoreError> {
    fetch!(tx, fetch_optional, TreatmentRow, FIND, id.0, salon.0)?.map(Treatment::try_from).transpose()
}

pub(crate) const LIST: &str = treatments!("WHERE treatments.salon_id = $1 ORDER BY treatments.position, treatments.treatment_id");

/// All treatments of a salon in its order, active or not.
pub async fn list(tx: &mut Tx, salon: SalonId) -> Result<Vec<Treatment>, StoreError> {
    fetch!(tx, fetch_all, TreatmentRow, LIST, salon.0)?.into_iter().map(Treatment::try_from).collect()
}

const DELETE_UNBOOKED: &str = "DELETE FROM treatments WHERE treatment_id = $1 AND salon_id = $2
    AND NOT EXISTS (SELECT 1 FROM booking_items WHERE booking_items.treatment_id = treatments.treatment_id)";

/// Removes a treatment that was never booked: whether it did.
pub async fn delete_unbooked(tx: &mut Tx, salon: SalonId, id: TreatmentId) -> Result<bool, StoreError> {
    execute!(tx, DELETE_UNBOOKED, id.0, salon.0).map(|rows| rows > 0)
}
