//! `consents`: what somebody agreed to and took back. Rows are only added: the database refuses the rest.

use chrono::{DateTime, Utc};
use domain::consent::{Consent, ConsentPurpose, ConsentSource};
use domain::ids::{ConsentId, UserId};
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::{locale, named, number};
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

#[derive(FromRow)]
struct ConsentRow {
    consent_id: Uuid,
    user_id: Uuid,
    purpose: String,
    is_granted: bool,
    at: Instant,
    source: String,
    wording_version: i32,
    locale: String,
}

impl TryFrom<ConsentRow> for Consent {
    type Error = StoreError;

    fn try_from(row: ConsentRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: ConsentId(row.consent_id),
            user_id: UserId(row.user_id),
            purpose: named(&row.purpose, "consents.purpose", ConsentPurpose::parse)?,
            is_granted: row.is_granted,
            at: row.at.0,
            source: named(&row.source, "consents.source", ConsentSource::parse)?,
            wording_version: number(row.wording_version, "consents.wording_version")?,
            locale: locale(&row.locale, "consents.locale")?,
        })
    }
}

const INSERT: &str = "INSERT INTO consents (consent_id, user_id, purpose, is_granted, at, source, wording_version, locale)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Adds a line.
pub fn insert(line: &Consent) -> Write<'static> {
    write_of!(
        INSERT,
        line.id.0,
        line.user_id.0,
        line.purpose.as_str(),
        line.is_granted,
        Instant(line.at),
        line.source.as_str(),
        i32::from(line.wording_version),
        line.locale.as_str(),
    )
}

// What testers agreed to is not agreed to by the owner who claims the number after them.
pub(crate) const LIST_FOR_USER: &str =
    "SELECT consents.consent_id, consents.user_id, consents.purpose, consents.is_granted, consents.at, consents.source,
    consents.wording_version, consents.locale FROM consents JOIN users ON users.user_id = consents.user_id
    WHERE consents.user_id = $1 AND (users.claimed_at IS NULL OR consents.at >= users.claimed_at)
    ORDER BY consents.at DESC, consents.consent_id DESC LIMIT $2";

/// The last lines of somebody, newest first, as far as they are of the account's present owner.
pub async fn list_for_user(tx: &mut Tx, user: UserId, limit: u32) -> Result<Vec<Consent>, StoreError> {
    let rows = fetch!(tx, fetch_all, ConsentRow, LIST_FOR_USER, user.0, i64::from(limit))?;
    rows.into_iter().map(Consent::try_from).collect()
}

pub(crate) const DELETE_BEFORE: &str = "DELETE FROM consents WHERE consent_id IN
    (SELECT consents.consent_id FROM erasures JOIN consents ON consents.user_id = erasures.user_id
    WHERE erasures.erased_at < $1 ORDER BY erasures.erased_at LIMIT $2)";

/// Forgets up to `limit` lines of people who were erased before `before`: how many. Nobody else's can be forgotten.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}
