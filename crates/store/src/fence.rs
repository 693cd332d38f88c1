//! For a database that was restored from a backup: what of the restored past could still open a door, and how it is shut. Tables are
//! walked page by page along their primary key, so that every statement is short however large they are.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::read::number;
use crate::{Instant, StoreError, Tx};

/// A table with living rows of the restored past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Past {
    /// Codes that could still be entered or sent again.
    Challenges,
    /// Messages that could still be sent.
    Messages,
    /// Sessions, and with them their refresh families.
    Sessions,
    /// Devices known from an earlier sign-in.
    Devices,
}

/// The times a fence works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When the rows are voided.
    pub now: DateTime<Utc>,
    /// What ran out before this is dead for every node and left as it is. Earlier than `now` by more than clocks can differ.
    pub since: DateTime<Utc>,
}

/// Neighbouring rows of one table: ids above `after`, up to `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    after: Uuid,
    to: Uuid,
}

impl Page {
    /// Whether nothing comes after it.
    pub const fn is_last(self) -> bool {
        self.to.is_max()
    }
}

/// The id of the last row of a page of `$2 + 1` rows that begins after `$1`. None when fewer are left.
macro_rules! page {
    ($table:literal, $key:literal $(, $where:literal)?) => {
        concat!("SELECT ", $key, " FROM ", $table, " WHERE ", $key, " > $1 ", $("AND ", $where, " ",)? "ORDER BY ", $key, " LIMIT 1 OFFSET $2")
    };
}

// Waiting messages are few and have an index of their own; the other tables are walked whole.
const FIND_CHALLENGES: &str = page!("challenges", "challenge_id");
const FIND_MESSAGES: &str = page!("outbox", "outbox_id", "finished_at IS NULL");
const FIND_SESSIONS: &str = page!("sessions", "session_id");
const FIND_DEVICES: &str = page!("devices", "device_id");

/// The page of up to `rows` rows that follows `before`, or the first. Always some page: the last one may be empty.
pub async fn find_page(tx: &mut Tx, past: Past, before: Option<Page>, rows: u32) -> Result<Page, StoreError> {
    let sql = match past {
        Past::Challenges => FIND_CHALLENGES,
        Past::Messages => FIND_MESSAGES,
        Past::Sessions => FIND_SESSIONS,
        Past::Devices => FIND_DEVICES,
    };
    // No row has the nil id or the highest one.
    let after = before.map_or(Uuid::nil(), |page| page.to);
    let end = fetch!(tx, fetch_optional, (Uuid,), sql, after, i64::from(rows.max(1)) - 1)?;
    Ok(Page { after, to: end.map_or(Uuid::max(), |(id,)| id) })
}

/// Living rows of a page `$1`, `$2`; the last word is where `$3` stands for [`Moment::since`].
macro_rules! living {
    (challenges) => {
        " challenge_id > $1 AND challenge_id <= $2 AND consumed_at IS NULL AND expires_at > $3"
    };
    (outbox) => {
        " outbox_id > $1 AND outbox_id <= $2 AND finished_at IS NULL"
    };
    (sessions) => {
        " session_id > $1 AND session_id <= $2 AND ended_at IS NULL AND idle_expires_at > $3"
    };
    (devices) => {
        " device_id > $1 AND device_id <= $2 AND revoked_at IS NULL"
    };
}

const COUNT_CHALLENGES: &str = concat!("SELECT CAST(count(*) AS BIGINT) FROM challenges WHERE", living!(challenges));
const COUNT_MESSAGES: &str = concat!("SELECT CAST(count(*) AS BIGINT) FROM outbox WHERE", living!(outbox));
const COUNT_SESSIONS: &str = concat!("SELECT CAST(count(*) AS BIGINT) FROM sessions WHERE", living!(sessions));
const COUNT_DEVICES: &str = concat!("SELECT CAST(count(*) AS BIGINT) FROM devices WHERE", living!(devices));

/// How many rows of a page are alive.
pub async fn count_living(tx: &mut Tx, past: Past, page: Page, moment: Moment) -> Result<u64, StoreError> {
    let Page { after, to } = page;
    let since = Instant(moment.since);
    let (count,) = match past {
        Past::Challenges => fetch!(tx, fetch_one, (i64,), COUNT_CHALLENGES, after, to, since),
        Past::Messages => fetch!(tx, fetch_one, (i64,), COUNT_MESSAGES, after, to),
        Past::Sessions => fetch!(tx, fetch_one, (i64,), COUNT_SESSIONS, after, to, since),
        Past::Devices => fetch!(tx, fetch_one, (i64,), COUNT_DEVICES, after, to),
    }?;
    number(count, "count")
}

// Used up rather than run out: whether a code was used does not depend on anybody's clock.
const UPDATE_CHALLENGES: &str = concat!("UPDATE challenges SET consumed_at = $4 WHERE", living!(challenges));
const UPDATE_MESSAGES: &str =
    concat!("UPDATE outbox SET state = 'expired', leased_until = NULL, finished_at = $3 WHERE", living!(outbox));
const UPDATE_SESSIONS: &str = concat!("UPDATE sessions SET ended_at = $4, end_reason = 'revoked' WHERE", living!(sessions));
const UPDATE_DEVICES: &str = concat!("UPDATE devices SET revoked_at = $3 WHERE", living!(devices));

/// Voids the living rows of a page: how many there were. Voided again they are zero.
pub async fn update_voided(tx: &mut Tx, past: Past, page: Page, moment: Moment) -> Result<u64, StoreError> {
    let Page { after, to } = page;
    let (now, since) = (Instant(moment.now), Instant(moment.since));
    match past {
        Past::Challenges => execute!(tx, UPDATE_CHALLENGES, after, to, since, now),
        Past::Messages => execute!(tx, UPDATE_MESSAGES, after, to, now),
        Past::Sessions => execute!(tx, UPDATE_SESSIONS, after, to, since, now),
        Past::Devices => execute!(tx, UPDATE_DEVICES, after, to, now),
    }
}
