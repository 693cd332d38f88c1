//! From the clock on the wall of a salon to real time, by the time zone database.

use chrono::{Days, MappedLocalTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

use super::hours::DAY_MIN;
use super::{Hours, Interval};

/// A wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wall(pub Tz);

impl Wall {
    /// By the name of a zone in the database of them: `Asia/Riyadh`.
    pub fn parse(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// The name of its zone.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Which day it is there, and which minute of it.
    pub fn day_and_minute(self, at: chrono::DateTime<chrono::Utc>) -> (NaiveDate, u16) {
        let local = at.with_timezone(&self.0).naive_local();
        let minute = u16::try_from((local - local.date().and_time(chrono::NaiveTime::MIN)).num_minutes()).unwrap_or_default();
        (local.date(), minute)
    }

    /// The instant of a minute of a day, up to the end of the next.
    pub fn instant(self, date: NaiveDate, minute: u16) -> Option<chrono::DateTime<chrono::Utc>> {
        chrono::DateTime::from_timestamp(self.second(date, minute)?, 0)
    }

    /// The business day that is going on: until six in the morning it is still the one before, whose shifts may pass midnight.
    pub fn business_day(self, at: chrono::DateTime<chrono::Utc>) -> NaiveDate {
        let (date, minute) = self.day_and_minute(at);
        if minute < 360 { date.pred_opt().unwrap_or(date) } else { date }
    }

    /// The instant, in seconds, of a minute of a business day, up to the end of the next day. Where the clock jumps over it, it is the
    /// first instant after the jump; where it comes twice, the first.
    pub(super) fn second(self, date: NaiveDate, minute: u16) -> Option<i64> {
        let date = date.checked_add_days(Days::new(u64::from(minute / DAY_MIN)))?;
        let minute = u32::from(minute % DAY_MIN);
        let local = date.and_hms_opt(minute / 60, minute % 60, 0)?;
        Some(match self.0.from_local_datetime(&local) {
            MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => at.timestamp(),
            MappedLocalTime::None => self.after_jump(local)?,
        })
    }

    /// A jump is an hour or so: the offset before it, applied to the time that does not exist, gives the same distance after it.
    fn after_jump(self, local: NaiveDateTime) -> Option<i64> {
        let before = local.checked_sub_signed(TimeDelta::hours(3))?;
        let at = self.0.from_local_datetime(&before).earliest()?;
        Some(at.timestamp() + TimeDelta::hours(3).num_seconds())
    }

    /// The instant of a minute of a business day: from 1440 on it is after midnight. `None` beyond the end of the next day.
    pub fn at(self, date: NaiveDate, minute: u16) -> Option<chrono::DateTime<chrono::Utc>> {
        let second = (minute < 2 * DAY_MIN).then(|| self.second(date, minute)).flatten()?;
        chrono::DateTime::from_timestamp(second, 0)
    }

    /// Hours of a business day as real time. `None` when a jump of the clock swallows them.
    pub fn interval(self, date: NaiveDate, hours: Hours) -> Option<Interval> {
        Interval::of_seconds(self.second(date, hours.start_min())?, self.second(date, hours.end_min())?)
    }

    /// The whole calendar day.
    pub fn day(self, date: NaiveDate) -> Option<Interval> {
        Interval::of_seconds(self.second(date, 0)?, self.second(date, DAY_MIN)?)
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::{Africa::Cairo, Asia::Riyadh};

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_wall_hangs_in_a_zone() {
        assert_eq!(Wall::parse("Asia/Riyadh"), Some(Wall(Riyadh)));
        assert_eq!((Wall(Riyadh).name(), Wall::parse("+03:00")), ("Asia/Riyadh", None));
    }

    #[test]
    fn the_night_belongs_to_the_day_before() {
        let at = |text: &str| Wall(Riyadh).business_day(text.parse().expect("an instant"));
        assert_eq!((at("2026-11-26T22:00:00Z"), at("2026-11-27T03:00:00Z")), (date("2026-11-26"), date("2026-11-27")));
    }

    #[test]
    fn a_minute_past_midnight_is_on_the_next_day_and_still_of_this_one() {
        let wall = Wall(Riyadh);
        // Thursday, 26 November 2026, 20:00 to 02:00; Riyadh is three hours ahead.
        let night = wall.interval(date("2026-11-26"), Hours::new(1200, 1560).expect("hours")).expect("real");
        assert_eq!(
            (night.from().to_rfc3339(), night.to().to_rfc3339()),
            ("2026-11-26T17:00:00+00:00".into(), "2026-11-26T23:00:00+00:00".into())
        );
        assert_eq!(wall.day_and_minute(night.to()), (date("2026-11-27"), 120));
        assert_eq!((wall.at(date("2026-11-26"), 1560), wall.at(date("2026-11-26"), 2880)), (Some(night.to()), None));
    }

    #[test]
    fn a_night_on_which_the_clock_jumps_is_an_hour_shorter() {
        // Egypt's clocks jumped from 00:00 to 01:00 on 26 April 2024.
        let night = Wall(Cairo).interval(date("2024-04-25"), Hours::new(1320, 1560).expect("hours")).expect("real");
        assert_eq!((night.to() - night.from()).num_minutes(), 180);
        let swallowed = Wall(Cairo).second(date("2024-04-26"), 30).expect("an instant");
        assert_eq!(
            Wall(Cairo).day_and_minute(chrono::DateTime::from_timestamp(swallowed, 0).expect("in range")),
            (date("2024-04-26"), 90)
        );
    }
}
