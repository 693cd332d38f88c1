//! `salons`: who they are, how they take bookings and whether the public sees them.

use chrono::{DateTime, Utc};
use domain::ids::SalonId;
use domain::naming::{Blurb, Naming};
use domain::salon::{Clientele, Confirmation, Policies, SalonStatus, Slug};
use domain::schedule::Wall;
use sqlx::FromRow;
use uuid::Uuid;

use crate::dialect::{Wording, select_and_lock};
use crate::read::{named, naming, number};
use crate::{Instant, StoreError, Tx};

/// A salon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salon {
    /// Key. Newer ones sort last.
    pub id: SalonId,
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name.
    pub name: Naming,
    /// What it says of itself.
    pub about: Blurb,
    /// Where it is.
    pub address: Blurb,
    /// Whom it serves.
    pub clientele: Clientele,
    /// The clock it goes by.
    pub wall: Wall,
    /// Its number at the tax authority.
    pub vat_number: Option<String>,
    /// How it takes bookings.
    pub policies: Policies,
    /// Whether the public sees it.
    pub status: SalonStatus,
    /// When it was set up.
    pub created_at: DateTime<Utc>,
    /// When something above last changed.
    pub updated_at: DateTime<Utc>,
}

#[derive(FromRow)]
pub(crate) struct SalonRow {
    salon_id: Uuid,
    slug: String,
    name_ar: Option<String>,
    name_en: Option<String>,
    about_ar: Option<String>,
    about_en: Option<String>,
    address_ar: Option<String>,
    address_en: Option<String>,
    clientele: String,
    timezone: String,
    vat_number: Option<String>,
    cancel_window_min: i64,
    notice_min: i64,
    horizon_days: i64,
    hold_min: i64,
    grid_min: i64,
    confirmation: String,
    status: String,
    created_at: Instant,
    updated_at: Instant,
}

impl TryFrom<SalonRow> for Salon {
    type Error = StoreError;

    fn try_from(row: SalonRow) -> Result<Self, StoreError> {
        let blurb = |ar: &Option<String>, en: &Option<String>| {
            Blurb::new(ar.as_deref().unwrap_or_default(), en.as_deref().unwrap_or_default())
        };
        Ok(Self {
            id: SalonId(row.salon_id),
            slug: named(&row.slug, "salons.slug", Slug::parse)?,
            name: naming(row.name_ar.as_deref(), row.name_en.as_deref(), "salons.name")?,
            about: blurb(&row.about_ar, &row.about_en).unwrap_or_default(),
            address: blurb(&row.address_ar, &row.address_en).unwrap_or_default(),
            clientele: named(&row.clientele, "salons.clientele", Clientele::parse)?,
            wall: named(&row.timezone, "salons.timezone", Wall::parse)?,
            vat_number: row.vat_number,
            policies: Policies {
                cancel_window_min: number(row.cancel_window_min, "salons.cancel_window_min")?,
                notice_min: number(row.notice_min, "salons.notice_min")?,
                horizon_days: number(row.horizon_days, "salons.horizon_days")?,
                hold_min: number(row.hold_min, "salons.hold_min")?,
                grid_min: number(row.grid_min, "salons.grid_min")?,
                confirmation: named(&row.confirmation, "salons.confirmation", Confirmation::parse)?,
            },
            status: named(&row.status, "salons.status", SalonStatus::parse)?,
            created_at: row.created_at.0,
            updated_at: row.updated_at.0,
        })
    }
}

const INSERT: &str = "INSERT INTO salons (salon_id, slug, name_ar, name_en, about_ar, about_en, address_ar, address_en, clientele,
        timezone, vat_number, cancel_window_min, notice_min, horizon_days, hold_min, grid_min, confirmation, status, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19)";

/// A new salon.
///
/// # Errors
/// [`StoreError::Unique`] of `salons_slug_key` when another has that slug.
pub async fn insert(tx: &mut Tx, salon: &Salon) -> Result<(), StoreError> {
    let (s, p) = (salon, &salon.policies);
    execute!(
        tx,
        INSERT,
        s.id.0,
        s.slug.as_str(),
        s.name.ar(),
        s.name.en(),
        s.about.ar(),
        s.about.en(),
        s.address.ar(),
        s.address.en(),
        s.clientele.as_str(),
        s.wall.name(),
        s.vat_number.as_deref(),
        i64::from(p.cancel_window_min),
        i64::from(p.notice_min),
        i64::from(p.horizon_days),
        i64::from(p.hold_min),
        i64::from(p.grid_min),
        p.confirmation.as_str(),
        s.status.as_str(),
        Instant(s.created_at),
    )
    .map(drop)
}

const UPDATE: &str = "UPDATE salons SET slug = $2, name_ar = $3, name_en = $4, about_ar = $5, about_en = $6, address_ar = $7,
        address_en = $8, clientele = $9, timezone = $10, vat_number = $11, cancel_window_min = $12, notice_min = $13,
        horizon_days = $14, hold_min = $15, grid_min = $16, confirmation = $17, status = $18, updated_at = $19
    WHERE salon_id = $1";

/// How a salon is now. Call it with the salon locked.
///
/// # Errors
/// [`StoreError::Unique`] of `salons_slug_key` when another has that slug.
pub async fn update(tx: &mut Tx, salon: &Salon) -> Result<(), StoreError> {
    let (s, p) = (salon, &salon.policies);
    execute!(
        tx,
        UPDATE,
        s.id.0,
        s.slug.as_str(),
        s.name.ar(),
        s.name.en(),
        s.about.ar(),
        s.about.en(),
        s.address.ar(),
        s.address.en(),
        s.clientele.as_str(),
        s.wall.name(),
        s.vat_number.as_deref(),
        i64::from(p.cancel_window_min),
        i64::from(p.notice_min),
        i64::from(p.horizon_days),
        i64::from(p.hold_min),
        i64::from(p.grid_min),
        p.confirmation.as_str(),
        s.status.as_str(),
        Instant(s.updated_at),
    )
    .map(drop)
}

/// A select of salons.
macro_rules! salons {
    ($($rest:literal),+) => {
        concat!(
            "SELECT salons.salon_id, salons.slug, salons.name_ar, salons.name_en, salons.about_ar, salons.about_en, \
             salons.address_ar, salons.address_en, salons.clientele, salons.timezone, salons.vat_number, salons.cancel_window_min, \
             salons.notice_min, salons.horizon_days, salons.hold_min, salons.grid_min, salons.confirmation, salons.status, \
             salons.created_at, salons.updated_at FROM salons ",
            $($rest),+
        )
    };
}

pub(crate) const FIND: &str = salons!("WHERE salons.salon_id = $1");

/// A salon, whether the public sees it or not.
pub async fn find(tx: &mut Tx, id: SalonId) -> Result<Option<Salon>, StoreError> {
    fetch!(tx, fetch_optional, SalonRow, FIND, id.0)?.map(Salon::try_from).transpose()
}

const LOCK: Wording = select_and_lock!("salons", salons!("WHERE salons.salon_id = $1"));

/// A salon; nobody else changes what is set up in it until this transaction ends.
pub async fn lock(tx: &mut Tx, id: SalonId) -> Result<Option<Salon>, StoreError> {
    let sql = LOCK.of(tx.backend());
    fetch!(tx, fetch_optional, SalonRow, sql, id.0)?.map(Salon::try_from).transpose()
}

pub(crate) const FIND_BY_SLUG: &str = salons!("WHERE salons.slug = $1");

/// The salon at an address, whether the public sees it or not.
pub async fn find_by_slug(tx: &mut Tx, slug: &Slug) -> Result<Option<Salon>, StoreError> {
    fetch!(tx, fetch_optional, SalonRow, FIND_BY_SLUG, slug.as_str())?.map(Salon::try_from).transpose()
}

pub(crate) const LIST: &str = salons!("WHERE salons.status = $1 AND salons.slug > $2 ORDER BY salons.slug LIMIT $3");

/// Up to `limit` salons of a status in the order of their slugs, from the one after `after` on.
pub async fn list(tx: &mut Tx, status: SalonStatus, after: Option<&str>, limit: u32) -> Result<Vec<Salon>, StoreError> {
    let rows = fetch!(tx, fetch_all, SalonRow, LIST, status.as_str(), after.unwrap_or_default(), i64::from(limit))?;
    rows.into_iter().map(Salon::try_from).collect()
}

pub(crate) const LIST_ALL: &str = salons!("WHERE salons.slug > $1 ORDER BY salons.slug LIMIT $2");

/// The same of all of them.
pub async fn list_all(tx: &mut Tx, after: Option<&str>, limit: u32) -> Result<Vec<Salon>, StoreError> {
    let rows = fetch!(tx, fetch_all, SalonRow, LIST_ALL, after.unwrap_or_default(), i64::from(limit))?;
    rows.into_iter().map(Salon::try_from).collect()
}

pub(crate) const LIST_OF_USER: &str = salons!(
    "WHERE salons.salon_id IN (SELECT salon_grants.salon_id FROM salon_grants WHERE salon_grants.user_id = $1)
    AND salons.slug > $2 ORDER BY salons.slug LIMIT $3"
);

/// The same of those in which somebody has a role.
pub async fn list_of_user(
    tx: &mut Tx,
    user: domain::ids::UserId,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<Salon>, StoreError> {
    let rows = fetch!(tx, fetch_all, SalonRow, LIST_OF_USER, user.0, after.unwrap_or_default(), i64::from(limit))?;
    rows.into_iter().map(Salon::try_from).collect()
}
