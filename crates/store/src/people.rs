//! People as an admin looks for them: one walk along one index for each thing the search box understands, fifty at a time.
//!
//! A walk goes on after a person, not after so many rows. Its key is read from that person again, so that no address holds a phone that
//! was not typed.

use domain::ids::UserId;
use domain::people::{Filter, Period, Search, StatusFilter};
use domain::user::{User, UserOrigin, UserStatus};
use sqlx::FromRow;
use uuid::Uuid;

use crate::people_periods::{Way, day_of};
use crate::user_row::{UserRow, user_columns};
use crate::{Instant, StoreError, Tx, users};

/// People on a page.
pub const PAGE: usize = 50;
/// People in a stretch of a walk through all of them.
pub const STRETCH: usize = 500;

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
    ($limit:literal, $key:literal) => {
        walk!($limit, $key, ", users.user_id")
    };
    ($limit:literal, $key:literal, $then_by:literal) => {
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
            " LIMIT ",
            $limit
        )
    };
}

/// One half of the walk along names.
macro_rules! names {
    ($limit:literal, $key:literal, $also:literal) => {
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
            ", users.user_id LIMIT ",
            $limit,
            ") AS half"
        )
    };
}

/// The statements of every walk, for pages of one size: a limit that is bound would leave the planner guessing.
pub(crate) struct Walks {
    pub newest: &'static str,
    pub last_seen: &'static str,
    pub by_status: &'static str,
    pub by_role: &'static str,
    pub by_origin: &'static str,
    pub unverified: &'static str,
    pub by_phone: &'static str,
    pub by_phone_tail: &'static str,
    pub by_short_id: &'static str,
    pub by_email: &'static str,
    pub by_name: &'static str,
}

macro_rules! walks {
    ($limit:literal) => {
        Walks {
            // Ids are of the time they were made, so this is newest first.
            newest: concat!(
                "SELECT ",
                user_columns!(),
                " FROM users WHERE users.user_id < $11 AND users.user_id >= $12",
                filters!(),
                " ORDER BY users.user_id DESC LIMIT ",
                $limit
            ),
            // From the end of a period back to its beginning, by days: the index of moments would be written at each sign of life.
            last_seen: concat!(
                "SELECT ",
                user_columns!(),
                " FROM users WHERE (users.seen_day, users.user_id) < ($11, $12) AND users.seen_day >= $13",
                filters!(),
                " ORDER BY users.seen_day DESC, users.user_id DESC LIMIT ",
                $limit
            ),
            // The blocked, pending and erased are few among many, and so are those with a role: they have walks of their own. The word
            // stands there so that the partial index serves.
            by_status: concat!(
                "SELECT ",
                user_columns!(),
                " FROM users WHERE users.status = $1 AND users.status <> 'active' AND users.user_id < $11 AND users.user_id >= $12",
                filters!(),
                " ORDER BY users.user_id DESC LIMIT ",
                $limit
            ),
            by_role: concat!(
                "SELECT ",
                user_columns!(),
                " FROM role_grants AS granted JOIN users ON users.user_id = granted.user_id
                WHERE granted.role = $10 AND granted.user_id < $11 AND granted.user_id >= $12",
                filters!(),
                " ORDER BY granted.user_id DESC LIMIT ",
                $limit
            ),
            by_origin: concat!(
                "SELECT ",
                user_columns!(),
                " FROM users
                WHERE users.origin = $4 AND users.origin <> 'self_service' AND users.user_id < $11 AND users.user_id >= $12",
                filters!(),
                " ORDER BY users.user_id DESC LIMIT ",
                $limit
            ),
            // Those who are not even hidden: staff have added them, and they have not come yet.
            unverified: concat!(
                "SELECT ",
                user_columns!(),
                " FROM users
                WHERE NOT users.is_phone_verified AND users.status <> 'pending' AND users.user_id < $11 AND users.user_id >= $12",
                filters!(),
                " ORDER BY users.user_id DESC LIMIT ",
                $limit
            ),
            by_phone: walk!($limit, "users.phone", ""),
            by_phone_tail: walk!($limit, "users.phone_tail"),
            by_short_id: walk!($limit, "users.short_key"),
            by_email: walk!($limit, "users.email_key"),
            // Who is found by the whole name is not found by the family name once more: `$14` is where the names begin.
            by_name: concat!(
                "SELECT ",
                user_columns!(),
                " FROM (",
                names!($limit, "users.name_key", ""),
                " UNION ALL ",
                names!($limit, "users.family_key", " AND NOT (users.name_key >= $14 AND users.name_key < $13)"),
                ") AS found JOIN users ON users.user_id = found.found_id ORDER BY found.matched, found.found_id LIMIT ",
                $limit
            ),
        }
    };
}

pub(crate) const PAGES: Walks = walks!("51");
pub(crate) const STRETCHES: Walks = walks!("501");

/// A place in a walk: behind this person, who had this key then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    key: String,
    /// For the walk of those who were last seen in a period.
    seen_day: Option<i32>,
    id: UserId,
}

/// A stretch of a walk, and where it goes on; `None` at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// In the order of the walk.
    pub people: Vec<User>,
    /// Where the next stretch begins.
    pub next: Option<Place>,
}

/// Up to one person more than a [`PAGE`] holds: there is a next page when they are there. `after` is the last one of the page before;
/// whoever is no longer in the walk begins it again.
pub async fn list(tx: &mut Tx, search: &Search, filter: &Filter, after: Option<UserId>) -> Result<Vec<User>, StoreError> {
    let place = match after {
        Some(id) => anchor(tx, search, filter, id).await?,
        None => None,
    };
    walk(tx, &PAGES, search, filter, place).await
}

/// Up to a [`STRETCH`] of people, for whoever goes through all of them. Keys may change on the way: the walk goes on where it was.
pub async fn list_stretch(tx: &mut Tx, search: &Search, filter: &Filter, from: Option<Place>) -> Result<Stretch, StoreError> {
    let mut people = walk(tx, &STRETCHES, search, filter, from).await?;
    let has_more = people.len() > STRETCH;
    people.truncate(STRETCH);
    let mut next = None;
    if has_more && *search == Search::Everybody {
        // Where the walk was, whoever is seen again meanwhile.
        next = people.last().map(among_everybody);
    } else if has_more {
        // The last one who still stands in the walk: one who has just left it must neither end it nor begin it again.
        let begin = begin(search);
        for person in people.iter().rev() {
            next = anchor(tx, search, filter, person.id).await?.filter(|place| place.key.starts_with(&begin));
            if next.is_some() {
                break;
            }
        }
    }
    Ok(Stretch { people, next })
}

async fn walk(
    tx: &mut Tx,
    walks: &Walks,
    search: &Search,
    filter: &Filter,
    place: Option<Place>,
) -> Result<Vec<User>, StoreError> {
    let from = begin(search);
    let sql = match search {
        Search::Phone(phone) => return Ok(users::find_by_phone(tx, phone).await?.into_iter().collect()),
        Search::Id(id) => return Ok(users::find(tx, *id).await?.into_iter().collect()),
        Search::Everybody => return everybody(tx, walks, filter, place).await,
        Search::PhonePrefix(_) => walks.by_phone,
        Search::PhoneTail(_) => walks.by_phone_tail,
        Search::ShortId(_) => walks.by_short_id,
        Search::Email(_) => walks.by_email,
        Search::Name(_) => walks.by_name,
    };
    let end = format!("{from}{LAST}");
    let place = place.filter(|place| place.key.starts_with(&from));
    let (key, id) = place.map_or_else(|| (from.clone(), UserId(Uuid::nil())), |place| (place.key, place.id));
    let b = Binds::of(filter);
    let rows = if matches!(search, Search::Name(_)) {
        fetch_planned!(
            tx, fetch_all, UserRow, sql, b.status, b.hidden, b.verified, b.origin, b.has_name, b.joined.0, b.joined.1, b.seen.0,
            b.seen.1, b.role, key, id.0, end, from
        )?
    } else {
        fetch_planned!(
            tx, fetch_all, UserRow, sql, b.status, b.hidden, b.verified, b.origin, b.has_name, b.joined.0, b.joined.1, b.seen.0,
            b.seen.1, b.role, key, id.0, end
        )?
    };
    rows.into_iter().map(User::try_from).collect()
}

/// What every key of a walk begins with.
fn begin(search: &Search) -> String {
    match search {
        Search::PhonePrefix(prefix) => prefix.as_str().to_owned(),
        Search::PhoneTail(tail) => tail.as_str().chars().rev().collect(),
        Search::ShortId(id) => id.to_hex(),
        Search::Email(email) => email.clone(),
        Search::Name(key) => key.as_str().to_owned(),
        Search::Everybody | Search::Phone(_) | Search::Id(_) => String::new(),
    }
}

/// Nothing was typed.
async fn everybody(tx: &mut Tx, walks: &Walks, filter: &Filter, after: Option<Place>) -> Result<Vec<User>, StoreError> {
    let b = Binds::of(filter);
    let is_rare_status = b.status.is_some_and(|status| status != UserStatus::Active.as_str());
    let few = if b.role.is_some() {
        Some(walks.by_role)
    } else if is_rare_status {
        Some(walks.by_status)
    } else if b.verified == Some(false) && (b.status.is_some() || b.hidden.is_some()) {
        Some(walks.unverified)
    } else if b.origin.is_some_and(|origin| origin != UserOrigin::SelfService.as_str()) {
        Some(walks.by_origin)
    } else {
        None
    };
    let way = if few.is_some() { Way::joined(filter.joined) } else { Way::of(filter) };
    let rows = match way {
        Way::Newest { before, not_before } => {
            let before = after.map_or(before, |place| place.id.0.min(before));
            let sql = few.unwrap_or(walks.newest);
            fetch_planned!(
                tx, fetch_all, UserRow, sql, b.status, b.hidden, b.verified, b.origin, b.has_name, b.joined.0, b.joined.1,
                b.seen.0, b.seen.1, b.role, before, not_before
            )?
        }
        Way::LastSeen { from, back_to } => {
            // Whoever was seen again since they ended a page stands before its beginning.
            let begin = (from, Uuid::max());
            let place = after.and_then(|place| Some((place.seen_day?, place.id.0)));
            let (day, id) = place.map_or(begin, |place| place.min(begin));
            fetch_planned!(
                tx,
                fetch_all,
                UserRow,
                walks.last_seen,
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
                day,
                id,
                back_to
            )?
        }
    };
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
            origin: origin.map(UserOrigin::as_str),
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
async fn anchor(tx: &mut Tx, search: &Search, filter: &Filter, id: UserId) -> Result<Option<Place>, StoreError> {
    if *search == Search::Everybody {
        let user = if filter.last_seen == Period::default() { None } else { users::find(tx, id).await? };
        return Ok(Some(user.as_ref().map_or(Place { key: String::new(), seen_day: None, id }, among_everybody)));
    }
    let row = fetch!(tx, fetch_optional, KeysRow, FIND_KEYS, id.0)?;
    let key = row.and_then(|row| match search {
        Search::PhonePrefix(_) => row.phone,
        Search::PhoneTail(_) => row.phone_tail,
        Search::ShortId(_) => row.short_key,
        Search::Email(_) => row.email_key,
        Search::Name(name) => row.name_key.filter(|key| key.starts_with(name.as_str())).or(row.family_key),
        Search::Everybody | Search::Phone(_) | Search::Id(_) => None,
    });
    Ok(key.map(|key| Place { key, seen_day: None, id }))
}

/// The same where nothing was typed. Among the newest it is their id alone.
fn among_everybody(user: &User) -> Place {
    Place { key: String::new(), seen_day: user.last_seen_at.map(day_of), id: user.id }
}
