//! Where the walks through everybody begin and end when the list of people is narrowed down to periods.

use chrono::{DateTime, TimeDelta, Utc};
use domain::people::{Filter, Period};
use uuid::Uuid;

/// A person is written down a moment after their id was made, by the clock of another host at worst.
const SLACK: TimeDelta = TimeDelta::days(1);
const DAY_S: i64 = 86_400;

/// A walk through everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Newest first, by ids.
    Newest { before: Uuid, not_before: Uuid },
    /// Whoever was seen last first, by days, both included.
    LastSeen { from: i32, back_to: i32 },
}

impl Way {
    /// The one that meets fewer people who do not match, as far as the length of the periods tells. Nobody is seen before they join.
    pub(crate) fn of(filter: &Filter) -> Self {
        let (mut joined, mut seen) = (filter.joined, filter.last_seen);
        if seen == Period::default() {
            return Self::joined(joined);
        }
        joined.before = [joined.before, seen.before].into_iter().flatten().min();
        seen.from = [seen.from, joined.from.map(|at| at - SLACK)].into_iter().flatten().max();
        if length(joined) < length(seen) {
            Self::joined(joined)
        } else {
            Self::LastSeen { from: seen.before.map_or(i32::MAX, day_of), back_to: seen.from.map_or(i32::MIN, day_of) }
        }
    }

    /// Who joined in a period is looked for among the ids of that period alone.
    pub(crate) fn joined(period: Period) -> Self {
        Self::Newest {
            before: period.before.map_or(Uuid::max(), |at| id_of(at + SLACK)),
            not_before: period.from.map_or(Uuid::nil(), |at| id_of(at - SLACK)),
        }
    }
}

/// What is open ends long before or after everybody.
fn length(period: Period) -> TimeDelta {
    period.before.unwrap_or(DateTime::<Utc>::MAX_UTC) - period.from.unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// As the database counts days in `users.seen_day`.
pub(crate) fn day_of(at: DateTime<Utc>) -> i32 {
    i32::try_from(at.timestamp().div_euclid(DAY_S)).unwrap_or_default()
}

/// The first id of an instant.
fn id_of(at: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default().min((1 << 48) - 1);
    Uuid::from_u128(u128::from(millis) << 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(day)
    }

    fn way(joined: [Option<i64>; 2], seen: [Option<i64>; 2]) -> Way {
        let period = |[from, before]: [Option<i64>; 2]| Period { from: from.map(at), before: before.map(at) };
        Way::of(&Filter { joined: period(joined), last_seen: period(seen), ..Filter::default() })
    }

    #[test]
    fn the_shorter_period_is_walked_through() {
        const OPEN: [Option<i64>; 2] = [None, None];
        let joined = |from, before| Way::joined(Period { from: Some(at(from)), before: Some(at(before)) });
        let (whole_year, week) = ([Some(20_000), Some(20_365)], [Some(20_300), Some(20_307)]);
        assert_eq!(way(OPEN, OPEN), Way::joined(Period::default()));
        assert_eq!(way(week, OPEN), joined(20_300, 20_307));
        assert_eq!(way(OPEN, week), Way::LastSeen { from: 20_307, back_to: 20_300 });
        assert_eq!(way(whole_year, week), Way::LastSeen { from: 20_307, back_to: 20_300 });
        assert_eq!(way(week, [Some(20_000), Some(20_400)]), joined(20_300, 20_307));
        assert_eq!(way(OPEN, [Some(20_300), None]), Way::LastSeen { from: i32::MAX, back_to: 20_300 });
        assert_eq!(way(OPEN, [None, Some(20_300)]), Way::LastSeen { from: 20_300, back_to: i32::MIN });
    }

    #[test]
    fn nobody_is_seen_before_they_join() {
        assert_eq!(
            way([Some(20_300), None], [None, Some(20_310)]),
            Way::joined(Period { from: Some(at(20_300)), before: Some(at(20_310)) })
        );
        assert_eq!(way([Some(20_000), None], [Some(20_300), None]), Way::LastSeen { from: i32::MAX, back_to: 20_300 });
        assert_eq!(
            way([Some(20_000), Some(20_360)], [None, Some(20_010)]),
            Way::joined(Period { from: Some(at(20_000)), before: Some(at(20_010)) })
        );
        assert_eq!(way([None, Some(20_300)], [None, Some(20_010)]), Way::LastSeen { from: 20_010, back_to: i32::MIN });
    }
}
