//! People as an admin looks for them: one walk along one index for each thing the search box understands, fifty at a time.
//!
//! A walk goes on after a person, not after so many rows. Its key is read from that person again, so that no address holds a phone that
//! was not typed.

use domain::ids::UserId;
use domain::people::{Filter, Search, StatusFilter};
use domain::user::{User, UserStatus};
use sqlx::FromRow;
use uuid::Uuid;

use crate::user_row::{UserRow, user_columns};
use crate::{Instant, StoreError, Tx, users};

/// People on a page.
pub const PAGE: usize = 50;

/// After every text that begins with the one before it.
const LAST: &str = "\u{10FFFF}";

// `$1` to `$10`; each narrows nothing down when it is NULL. The comparison stands first, where `PostgreSQL` learns the type.
macro_rules! filters {
    () => {
        " AND (users.status = $1 OR $1 IS NULL) AND (users.status <> $2 OR $2 IS NULL)
        AND (users.is_phone_verified = $3 OR $3 IS NULL) AND (users.origin = $4 OR $4 IS NULL)
        AND ((users.given_name IS NOT NULL OR users.family_name IS NOT NULL) = $5 OR $5 IS NULL)
        AND (users.created_at >= $6 OR $6 IS NULL) AND (users.created_at < $7 OR $7 IS NULL)
        AND (users.last_seen_at >= $8 OR $8 IS NULL) AND (users.last_seen_at < $9 OR $9 IS NULL)
        AND ($10 IN (SELECT held.role FROM role_grants AS held WHERE held.user_id = users.user_id) OR $10 IS NULL)"
    };
}

/// From `$11`, and the person `$12` with the same key, to before `$13`, in the order of a key.
macro_rules! walk {
    ($key:literal) => {
        walk!($key, ", users.user_id")
    };
    ($key:literal, $then_by:literal) => {
        concat!(
            "SELECT ",
            user_columns!(),
            " FROM users WHERE (",
            $key,
            ", users.user_id) > ($11, $12) AND ",
            $key,
            " < $13",
            filters!(),
            " ORDER BY ",
            $key,
            $then_by,
            " LIMIT 51"
        )
    };
}

/// One half of the walk along names.
macro_rules! names {
    ($key:literal, $also:literal) => {
        concat!(
            "SELECT half.matched, half.found_id FROM (SELECT ",
            $key,
            " AS matched, users.user_id AS found_id FROM users WHERE (",
            $key,
            ", users.user_id) > ($11, $12) AND ",
            $key,
            " < $13",
            $also,
            filters!(),
            " ORDER BY ",
            $key,
            ", users.user_id LIMIT 51) AS half"
        )
    };
}

// Ids are of the time they were made, so this is newest first.
pub(crate) const LIST: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM users WHERE users.user_id < $11",
    filters!(),
    " ORDER BY users.user_id DESC LIMIT 51"
);

// The blocked, pending and erased are few among many, and so are those with a role: they have walks of their own. The word stands there
// so that the partial index serves.
pub(crate) const LIST_BY_STATUS: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM users WHERE users.status = $1 AND users.status <> 'active' AND users.user_id < $11",
    filters!(),
    " ORDER BY users.user_id DESC LIMIT 51"
);

pub(crate) const LIST_BY_ROLE: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM role_grants AS granted JOIN users ON users.user_id = granted.user_id
    WHERE granted.role = $10 AND granted.user_id < $11",
    filters!(),
    " ORDER BY granted.user_id DESC LIMIT 51"
);

pub(crate) const LIST_BY_PHONE: &str = walk!("users.phone", "");
pub(crate) const LIST_BY_PHONE_TAIL: &str = walk!("users.phone_tail");
pub(crate) const LIST_BY_SHORT_ID: &str = walk!("users.short_key");
pub(crate) const LIST_BY_EMAIL: &str = walk!("users.email_key");

// Who is found by the whole name is not found by the family name once more: `$14` is where the names begin.
pub(crate) const LIST_BY_NAME: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM (",
    names!("users.name_key", ""),
    " UNION ALL ",
    names!("users.family_key", " AND NOT (users.name_key >= $14 AND users.name_key < $13)"),
    ") AS found JOIN users ON users.user_id = found.found_id ORDER BY found.matched, found.found_id LIMIT 51"
);

/// Up to one person more than a [`PAGE`] holds: there is a next page when they are there. `after` is the last one of the page before;
/// whoever is no longer in the walk begins it again.
pub async fn list(tx: &mut Tx, search: &Search, filter: &Filter, after: Option<UserId>) -> Result<Vec<User>, StoreError> {
    let (sql, from) = match search {
        Search::Phone(phone) => return Ok(users::find_by_phone(tx, phone).await?.into_iter().collect()),
        Search::Id(id) => return Ok(users::find(tx, *id).await?.into_iter().collect()),
        Search::Everybody => return newest(tx, filter, after).await,
        Search::PhonePrefix(prefix) => (LIST_BY_PHONE, prefix.as_str().to_owned()),
        Search::PhoneTail(tail) => (LIST_BY_PHONE_TAIL, tail.as_str().chars().rev().collect()),
        Search::ShortId(id) => (LIST_BY_SHORT_ID, id.to_hex()),
        Search::Email(email) => (LIST_BY_EMAIL, email.clone()),
        Search::Name(key) => (LIST_BY_NAME, key.as_str().to_owned()),
    };
    let end = format!("{from}{LAST}");
    let anchor = match after {
        Some(id) => anchor(tx, search, id).await?.filter(|key| key.starts_with(&from)).map(|key| (key, id)),
        None => None,
    };
    let (key, id) = anchor.unwrap_or_else(|| (from.clone(), UserId(Uuid::nil())));
    let b = Binds::of(filter);
    let rows = if sql == LIST_BY_NAME {
        fetch!(
            tx,
            fetch_all,
            UserRow,
            LIST_BY_NAME,
            b.status,
            b.hidden,
            b.verified,
            b.origin,
            b.has_name,
            b.joined.0,
            b.joined.1,
            b.seen.0,
            b.seen.1,
            b.role,
            key,
            id.0,
            end,
            from
        )?
    } else {
        fetch!(
            tx, fetch_all, UserRow, sql, b.status, b.hidden, b.verified, b.origin, b.has_name, b.joined.0, b.joined.1, b.seen.0,
            b.seen.1, b.role, key, id.0, end
        )?
    };
    rows.into_iter().map(User::try_from).collect()
}

/// Nothing was typed.
async fn newest(tx: &mut Tx, filter: &Filter, after: Option<UserId>) -> Result<Vec<User>, StoreError> {
    let b = Binds::of(filter);
    let sql = match (b.role, b.status) {
        (Some(_), _) => LIST_BY_ROLE,
        (None, Some(status)) if status != UserStatus::Active.as_str() => LIST_BY_STATUS,
        (None, _) => LIST,
    };
    let before = after.map_or(Uuid::max(), |id| id.0);
    let rows = fetch!(
        tx, fetch_all, UserRow, sql, b.status, b.hidden, b.verified, b.origin, b.has_name, b.joined.0, b.joined.1, b.seen.0,
        b.seen.1, b.role, before
    )?;
    rows.into_iter().map(User::try_from).collect()
}

/// `$1` to `$10`.
struct Binds {
    status: Option<&'static str>,
    hidden: Option<&'static str>,
    verified: Option<bool>,
    origin: Option<&'static str>,
    has_name: Option<bool>,
    joined: (Option<Instant>, Option<Instant>),
    seen: (Option<Instant>, Option<Instant>),
    role: Option<&'static str>,
}

impl Binds {
    fn of(filter: &Filter) -> Self {
        let Filter { status, verified, role, origin, has_name, joined, last_seen } = filter;
        let (status, hidden) = match status {
            StatusFilter::AllButPending => (None, Some(UserStatus::Pending.as_str())),
            StatusFilter::Any => (None, None),
            StatusFilter::Only(status) => (Some(status.as_str()), None),
        };
        Self {
            status,
            hidden,
            verified: *verified,
            origin: origin.map(domain::user::UserOrigin::as_str),
            has_name: *has_name,
            joined: (joined.from.map(Instant), joined.before.map(Instant)),
            seen: (last_seen.from.map(Instant), last_seen.before.map(Instant)),
            role: role.map(domain::role::Role::as_str),
        }
    }
}

#[derive(FromRow)]
struct KeysRow {
    phone: Option<String>,
    phone_tail: Option<String>,
    short_key: Option<String>,
    email_key: Option<String>,
    name_key: Option<String>,
    family_key: Option<String>,
}

pub(crate) const FIND_KEYS: &str = "SELECT users.phone, users.phone_tail, users.short_key, users.email_key, users.name_key,
    users.family_key FROM users WHERE users.user_id = $1";

/// Where somebody stands in a walk.
async fn anchor(tx: &mut Tx, search: &Search, id: UserId) -> Result<Option<String>, StoreError> {
    let row = fetch!(tx, fetch_optional, KeysRow, FIND_KEYS, id.0)?;
    Ok(row.and_then(|row| match search {
        Search::PhonePrefix(_) => row.phone,
        Search::PhoneTail(_) => row.phone_tail,
        Search::ShortId(_) => row.short_key,
        Search::Email(_) => row.email_key,
        Search::Name(name) => row.name_key.filter(|key| key.starts_with(name.as_str())).or(row.family_key),
        Search::Everybody | Search::Phone(_) | Search::Id(_) => None,
    }))
}
