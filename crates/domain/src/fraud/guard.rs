//! The fleet guard: are codes being guessed at, all over the system? (contract §2: failed verifies against their 14-day median)

use super::{Bucket, DAY, HOUR};

/// Days that are compared with.
pub const HISTORY: i64 = 14;
/// What happened on each of them.
type Past = [u32; 14];

/// When the alarm is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlarmRules {
    /// So many times the median.
    pub factor: u32,
    /// Wrong guesses of an hour that are never alarming: a small salon has quiet nights.
    pub failures_hour: u32,
    /// And of a day.
    pub failures_day: u32,
}

impl Default for AlarmRules {
    fn default() -> Self {
        Self { factor: 3, failures_hour: 50, failures_day: 200 }
    }
}

/// What the past makes of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlarmLimits {
    hour: u32,
    day: u32,
}

impl AlarmRules {
    /// Of the hour that ends with the bucket `now`: so many times the median of the same hour of the last fourteen days, for an
    /// evening is no night. Of the day likewise.
    pub fn limits(self, failures: &[(Bucket, u32)], now: Bucket) -> AlarmLimits {
        let (mut hours, mut days) = (Past::default(), Past::default());
        for (bucket, failed) in failures {
            let age = bucket.until(now);
            let Ok(place) = usize::try_from(age / DAY - 1) else { continue };
            if let Some(day) = days.get_mut(place).filter(|_| age >= DAY) {
                *day = day.saturating_add(*failed);
                if age % DAY < HOUR {
                    hours[place] = hours[place].saturating_add(*failed);
                }
            }
        }
        let limit = |history, least: u32| self.factor.saturating_mul(median(history)).max(least);
        AlarmLimits { hour: limit(hours, self.failures_hour), day: limit(days, self.failures_day) }
    }
}

impl AlarmLimits {
    /// Whether the alarm is on after `failures` of the last day. Once on, it stays until there are half as many as it takes to raise
    /// it, so that it does not come and go.
    pub fn is_on(self, was_on: bool, failures: &[(Bucket, u32)], now: Bucket) -> bool {
        let sum = |buckets| {
            let inside = failures.iter().filter(|(bucket, _)| bucket.until(now) < buckets);
            inside.fold(0_u32, |sum, (_, failed)| sum.saturating_add(*failed))
        };
        let limit = |limit: u32| if was_on { limit / 2 } else { limit };
        sum(HOUR) > limit(self.hour) || sum(DAY) > limit(self.day)
    }
}

fn median(mut of: Past) -> u32 {
    of.sort_unstable();
    let middle = of.len() / 2;
    of[middle - 1].midpoint(of[middle])
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn now() -> Bucket {
        Bucket::of(DateTime::from_timestamp(1_800_000_000, 0).expect("in range"))
    }

    /// So many wrong guesses in the same hour of each of the last `days` days.
    fn past(failed: u32, days: i64) -> Vec<(Bucket, u32)> {
        (1..=days).map(|day| (now().back(day * DAY + 3), failed)).collect()
    }

    fn is_on(was_on: bool, limits: AlarmLimits, failed: u32, buckets_ago: i64) -> bool {
        limits.is_on(was_on, &[(now().back(buckets_ago), failed)], now())
    }

    #[test]
    fn a_small_salon_is_not_alarmed_by_a_handful() {
        let limits = AlarmRules::default().limits(&past(2, 14), now());
        assert!(!is_on(false, limits, 50, 0));
        assert!(is_on(false, limits, 51, 0));
        assert!(is_on(false, limits, 51, 11), "within the hour");
        assert!(!is_on(false, limits, 200, 12), "over the day it may be more");
        assert!(is_on(false, limits, 201, 287));
        assert!(!is_on(false, limits, 10_000, 288), "yesterday's");
    }

    #[test]
    fn what_is_usual_is_not_alarming_and_three_times_as_much_is() {
        let limits = AlarmRules::default().limits(&past(100, 14), now());
        assert!(!is_on(false, limits, 300, 0));
        assert!(is_on(false, limits, 301, 0));
        let other_hour: Vec<_> = past(100, 14).into_iter().map(|(bucket, failed)| (bucket.back(HOUR), failed)).collect();
        assert_eq!(
            AlarmRules::default().limits(&other_hour, now()),
            AlarmLimits { hour: 50, day: 300 },
            "at this hour nothing is"
        );
    }

    #[test]
    fn a_few_bad_days_do_not_become_what_is_usual() {
        let rules = AlarmRules::default();
        assert_eq!(rules.limits(&past(1_000, 6), now()), AlarmLimits { hour: 50, day: 200 });
        assert_eq!(rules.limits(&past(1_000, 7), now()).hour, 1_500);
        assert_eq!(rules.limits(&past(1_000, 8), now()).hour, 3_000);
    }

    #[test]
    fn only_the_fourteen_days_before_count() {
        let rules = AlarmRules::default();
        let old: Vec<_> = (15..30).map(|day| (now().back(day * DAY), 1_000)).collect();
        assert_eq!(rules.limits(&old, now()), AlarmLimits { hour: 50, day: 200 });
        let today: Vec<_> = (0..DAY).map(|ago| (now().back(ago), 1_000)).collect();
        assert_eq!(rules.limits(&today, now()), AlarmLimits { hour: 50, day: 200 });
    }

    #[test]
    fn it_stays_on_until_there_are_half_as_many() {
        let limits = AlarmRules::default().limits(&[], now());
        assert!(is_on(true, limits, 26, 0) && !is_on(true, limits, 25, 0));
    }
}
