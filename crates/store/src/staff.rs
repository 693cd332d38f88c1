//! `staff`: who works in a salon, under the name the public knows.

use chrono::{DateTime, Utc};
use domain::ids::{SalonId, StaffId, UserId};
use domain::naming::Naming;
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::naming;
use crate::{Instant, StoreError, Tx};

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Key. Newer ones sort last.
    pub id: StaffId,
    /// Where.
    pub salon_id: SalonId,
    /// Who signs in as them.
    pub user_id: Option<UserId>,
    /// What the public calls them. Nobody without one is shown to it.
    pub name: Option<Naming>,
    /// Their place in lists.
    pub position: i64,
    /// Whether the public may book them.
    pub is_bookable: bool,
    /// Since when they are gone.
    pub archived_at: Option<DateTime<Utc>>,
    /// When they came.
    pub created_at: DateTime<Utc>,
    /// When something above last changed.
    pub updated_at: DateTime<Utc>,
}

impl Staff {
    /// Whether the public sees and books them: the name, when it does.
    pub fn public_name(&self) -> Option<&Naming> {
        self.name.as_ref().filter(|_| self.is_bookable && self.archived_at.is_none())
    }
}

#[derive(FromRow)]
struct StaffRow {
    staff_id: Uuid,
    salon_id: Uuid,
    user_id: Option<Uuid>,
    name_ar: Option<String>,
    name_en: Option<String>,
    position: i64,
    is_bookable: bool,
    archived_at: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
}

impl TryFrom<StaffRow> for Staff {
    type Error = StoreError;

    fn try_from(row: StaffRow) -> Result<Self, StoreError> {
        let has_name = row.name_ar.is_some() || row.name_en.is_some();
        let name = has_name.then(|| naming(row.name_ar.as_deref(), row.name_en.as_deref(), "staff.name")).transpose()?;
        Ok(Self {
            id: StaffId(row.staff_id),
            salon_id: SalonId(row.salon_id),
            user_id: row.user_id.map(UserId),
            name,
            position: row.position,
            is_bookable: row.is_bookable,
            archived_at: row.archived_at.map(|at| at.0),
            created_at: row.created_at.0,
            updated_at: row.updated_at.0,
        })
    }
}

const INSERT: &str = "INSERT INTO staff (staff_id, salon_id, user_id, name_ar, name_en, position, is_bookable, archived_at,
        created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)";

/// A new member of staff.
///
/// # Errors
/// [`StoreError::Unique`] of `staff_salon_id_user_id_key` when that person works there already.
pub async fn insert(tx: &mut Tx, staff: &Staff) -> Result<(), StoreError> {
    let s = staff;
    let (ar, en) = (s.name.as_ref().and_then(Naming::ar), s.name.as_ref().and_then(Naming::en));
    execute!(
        tx,
        INSERT,
        s.id.0,
        s.salon_id.0,
        s.user_id.map(|id| id.0),
        ar,
        en,
        s.position,
        s.is_bookable,
        s.archived_at.map(Instant),
        Instant(s.created_at),
    )
    .map(drop)
}

const UPDATE: &str = "UPDATE staff SET user_id = $2, name_ar = $3, name_en = $4, position = $5, is_bookable = $6,
    archived_at = $7, updated_at = $8 WHERE staff_id = $1";

/// How a member of staff is now.
///
/// # Errors
/// [`StoreError::Unique`] of `staff_salon_id_user_id_key` when that person works there already.
pub async fn update(tx: &mut Tx, staff: &Staff) -> Result<(), StoreError> {
    let s = staff;
    let (ar, en) = (s.name.as_ref().and_then(Naming::ar), s.name.as_ref().and_then(Naming::en));
    execute!(
        tx,
        UPDATE,
        s.id.0,
        s.user_id.map(|id| id.0),
        ar,
        en,
        s.position,
        s.is_bookable,
        s.archived_at.map(Instant),
        Instant(s.updated_at),
    )
    .map(drop)
}

macro_rules! staff {
    ($rest:literal) => {
        concat!(
            "SELECT staff.staff_id, staff.salon_id, staff.user_id, staff.name_ar, staff.name_en, staff.position, staff.is_bookable, \
             staff.archived_at, staff.created_at, staff.updated_at FROM staff ",
            $rest
        )
    };
}

pub(crate) const FIND: &str = staff!("WHERE staff.staff_id = $1 AND staff.salon_id = $2");

/// A member of staff of a salon, gone or not.
pub async fn find(tx: &mut Tx, salon: SalonId, id: StaffId) -> Result<Option<Staff>, StoreError> {
    fetch!(tx, fetch_optional, StaffRow, FIND, id.0, salon.0)?.map(Staff::try_from).transpose()
}

pub(crate) const LIST: &str = staff!("WHERE staff.salon_id = $1 ORDER BY staff.position, staff.staff_id");

/// Everybody who works or worked in a salon, in its order.
pub async fn list(tx: &mut Tx, salon: SalonId) -> Result<Vec<Staff>, StoreError> {
    fetch!(tx, fetch_all, StaffRow, LIST, salon.0)?.into_iter().map(Staff::try_from).collect()
}

pub(crate) const LIST_OF_USER: &str = staff!("WHERE staff.user_id = $1 ORDER BY staff.salon_id");

/// As whom somebody works, in all salons.
pub async fn list_of_user(tx: &mut Tx, user: UserId) -> Result<Vec<Staff>, StoreError> {
    fetch!(tx, fetch_all, StaffRow, LIST_OF_USER, user.0)?.into_iter().map(Staff::try_from).collect()
}

const UPDATE_ERASED: &str = "UPDATE staff SET user_id = NULL, name_ar = NULL, name_en = NULL, is_bookable = FALSE,
    archived_at = COALESCE(archived_at, $2), updated_at = $2 WHERE user_id = $1";

/// Somebody works nowhere any more, and no salon keeps their name: in how many they did.
pub async fn update_erased(tx: &mut Tx, user: UserId, now: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(tx, UPDATE_ERASED, user.0, Instant(now))
}

const DELETE_UNBOOKED: &str = "DELETE FROM staff WHERE staff_id = $1 AND salon_id = $2
    AND NOT EXISTS (SELECT 1 FROM bookings WHERE bookings.staff_id = staff.staff_id)";

/// Removes a member of staff who was never booked: whether it did.
pub async fn delete_unbooked(tx: &mut Tx, salon: SalonId, id: StaffId) -> Result<bool, StoreError> {
    execute!(tx, DELETE_UNBOOKED, id.0, salon.0).map(|rows| rows > 0)
}
