//! What a list of people is narrowed down by, as it stands in an address.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, Utc};

use crate::error::{FieldError, ValidationError};
use crate::role::Role;
use crate::user::{UserOrigin, UserStatus};

/// Salon's time, which knows no summer.
const RIYADH_S: i32 = 3 * 3_600;

/// Which statuses are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusFilter {
    /// Everybody who ever proved a phone, or was added: pending people may be nobody.
    #[default]
    AllButPending,
    /// Everybody.
    Any,
    /// Those of one status.
    Only(UserStatus),
}

/// From an instant until before another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// Not before it.
    pub from: Option<DateTime<Utc>>,
    /// Before it.
    pub before: Option<DateTime<Utc>>,
}

/// All of it together; the default narrows nothing down but the pending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Where they stand.
    pub status: StatusFilter,
    /// Whether the phone is proved.
    pub verified: Option<bool>,
    /// A role they hold.
    pub role: Option<Role>,
    /// Who wrote them first.
    pub origin: Option<UserOrigin>,
    /// Whether they have said a name.
    pub has_name: Option<bool>,
    /// When they were first seen.
    pub joined: Period,
    /// When they were last seen.
    pub last_seen: Period,
}

impl Filter {
    /// The names in an address. Days are Riyadh's, the last one included.
    pub const NAMES: [&str; 9] =
        ["status", "verified", "role", "origin", "has_name", "joined_from", "joined_to", "seen_from", "seen_to"];

    /// Reads an address, given what it holds under a name. Empty is absent.
    ///
    /// # Errors
    /// One for each value that is none of the offered.
    pub fn read<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Result<Self, Vec<ValidationError>> {
        let mut reader = Reader { value, errors: Vec::new() };
        let status = |text: &str| match text {
            "any" => Some(StatusFilter::Any),
            text => UserStatus::parse(text).map(StatusFilter::Only),
        };
        let filter = Self {
            status: reader.read("status", status).unwrap_or_default(),
            verified: reader.read("verified", yes_or_no),
            role: reader.read("role", Role::parse),
            origin: reader.read("origin", UserOrigin::parse),
            has_name: reader.read("has_name", yes_or_no),
            joined: Period { from: reader.read("joined_from", day), before: reader.read("joined_to", day_after) },
            last_seen: Period { from: reader.read("seen_from", day), before: reader.read("seen_to", day_after) },
        };
        if reader.errors.is_empty() { Ok(filter) } else { Err(reader.errors) }
    }

    /// The same as it stands in an address: what [`Filter::read`] reads back. For the audit too, so there is nothing of a person in it.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let Self { status, verified, role, origin, has_name, joined, last_seen } = self;
        let status = match status {
            StatusFilter::AllButPending => None,
            StatusFilter::Any => Some("any".to_owned()),
            StatusFilter::Only(status) => Some(status.as_str().to_owned()),
        };
        let yes_or_no = |value: bool| if value { "yes" } else { "no" }.to_owned();
        let values = [
            status,
            verified.map(yes_or_no),
            role.map(|role| role.as_str().to_owned()),
            origin.map(|origin| origin.as_str().to_owned()),
            has_name.map(yes_or_no),
            joined.from.map(|at| date_of(at, 0)),
            joined.before.map(|at| date_of(at, 1)),
            last_seen.from.map(|at| date_of(at, 0)),
            last_seen.before.map(|at| date_of(at, 1)),
        ];
        Self::NAMES.into_iter().zip(values).filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

struct Reader<F> {
    value: F,
    errors: Vec<ValidationError>,
}

impl<'a, F: Fn(&str) -> Option<&'a str>> Reader<F> {
    fn read<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = (self.value)(name).map(str::trim).filter(|text| !text.is_empty())?;
        let read = parse(text);
        if read.is_none() {
            self.errors.push(ValidationError { pointer: format!("/{name}"), code: FieldError::NotOffered });
        }
        read
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// The first instant of a day in Riyadh, `2026-01-31`.
pub fn day(text: &str) -> Option<DateTime<Utc>> {
    begin(date(text)?)
}

/// The first instant after it.
pub fn day_after(text: &str) -> Option<DateTime<Utc>> {
    begin(date(text)?.checked_add_days(Days::new(1))?)
}

fn date(text: &str) -> Option<NaiveDate> {
    // Years of four digits, the next day's too: what is stored sorts as text.
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| (1900..=2999).contains(&date.year()))
}

/// The day in Riyadh that begins at an instant, or the one that many before.
fn date_of(at: DateTime<Utc>, days_before: u64) -> String {
    let at = FixedOffset::east_opt(RIYADH_S).map_or_else(|| at.naive_utc(), |riyadh| at.with_timezone(&riyadh).naive_local());
    at.date().checked_sub_days(Days::new(days_before)).unwrap_or_else(|| at.date()).to_string()
}

fn begin(date: NaiveDate) -> Option<DateTime<Utc>> {
    let riyadh = FixedOffset::east_opt(RIYADH_S)?;
    date.and_time(NaiveTime::MIN).and_local_timezone(riyadh).single().map(|at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn read(pairs: &[(&'static str, &'static str)]) -> Result<Filter, Vec<ValidationError>> {
        let all: HashMap<_, _> = pairs.iter().copied().collect();
        Filter::read(|name| all.get(name).copied())
    }

    #[test]
    fn an_empty_address_hides_the_pending_and_nobody_else() {
        assert_eq!(read(&[]), Ok(Filter::default()));
        assert_eq!(read(&[("status", ""), ("role", " ")]), Ok(Filter::default()));
        assert_eq!(Filter::default().status, StatusFilter::AllButPending);
    }

    #[test]
    fn every_filter_is_read() {
        let filter = read(&[
            ("status", "blocked"),
            ("verified", "yes"),
            ("role", "owner"),
            ("origin", "staff"),
            ("has_name", "no"),
            ("joined_from", "2026-01-31"),
            ("joined_to", "2026-01-31"),
        ]);
        let filter = filter.expect("all are offered");
        assert_eq!(filter.status, StatusFilter::Only(UserStatus::Blocked));
        assert_eq!((filter.verified, filter.has_name), (Some(true), Some(false)));
        assert_eq!((filter.role, filter.origin), (Some(Role::Owner), Some(UserOrigin::Staff)));
        let text = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339());
        assert_eq!(text(filter.joined.from).as_deref(), Some("2026-01-30T21:00:00+00:00"));
        assert_eq!(text(filter.joined.before).as_deref(), Some("2026-01-31T21:00:00+00:00"));
        assert_eq!(filter.last_seen, Period::default());
        let pairs = filter.pairs();
        let value = |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        assert_eq!((value("joined_to"), value("seen_to")), (Some("2026-01-31"), None));
        assert_eq!(Filter::read(value), Ok(filter), "an address made of a filter is read as that filter");
        assert_eq!(Filter::default().pairs(), []);
        assert_eq!(read(&[("status", "any")]).map(|filter| filter.status), Ok(StatusFilter::Any));
    }

    #[test]
    fn what_is_not_offered_is_named() {
        let bad =
            [("status", "gone"), ("verified", "1"), ("role", "king"), ("seen_from", "0000-01-01"), ("seen_to", "2026-02-30")];
        let pointers: Vec<_> = read(&bad).expect_err("refused").into_iter().map(|error| error.pointer).collect();
        assert_eq!(pointers, ["/status", "/verified", "/role", "/seen_from", "/seen_to"]);
    }
}
