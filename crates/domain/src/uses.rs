//! The recent uses of a limit as one text, newest first, each of one width: what a limit's row in the database holds. Of one width,
//! so that SQL can look at the n-th newest with `substr`.

use chrono::{DateTime, Utc};

use crate::limits::{Quota, Usage};

/// One use of something limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// When.
    pub at: DateTime<Utc>,
    /// Tells apart what shares the limit: the caller of a send, one guess of another.
    pub tag: u32,
}

impl Use {
    /// Characters of one use.
    pub const WIDTH: usize = Self::INSTANT_WIDTH + 9;
    /// Characters of its instant, with which it begins.
    pub const INSTANT_WIDTH: usize = 17;

    /// `00001800000000000` + `0badcafe` + `;`: microseconds since 1970, the tag in hexadecimal, an end.
    pub fn to_text(self) -> String {
        format!("{}{:08x};", Self::instant_text(self.at), self.tag)
    }

    /// An instant as uses begin with it: text that sorts like time. Before 1970 is 1970.
    pub fn instant_text(at: DateTime<Utc>) -> String {
        format!("{:017}", at.timestamp_micros().max(0))
    }

    fn parse(text: &str) -> Option<Self> {
        let micros: i64 = text.get(..Self::INSTANT_WIDTH)?.parse().ok()?;
        let tag = u32::from_str_radix(text.get(Self::INSTANT_WIDTH..Self::WIDTH - 1)?, 16).ok()?;
        Some(Self { at: DateTime::from_timestamp_micros(micros)?, tag })
    }
}

/// The uses a limit remembers, the last written first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses(Vec<Use>);

impl Uses {
    /// Reads what [`Use::to_text`] wrote, one after the other. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if !text.is_ascii() || !text.len().is_multiple_of(Use::WIDTH) {
            return None;
        }
        (0..text.len() / Use::WIDTH)
            .map(|place| Use::parse(&text[place * Use::WIDTH..][..Use::WIDTH]))
            .collect::<Option<_>>()
            .map(Self)
    }

    /// What has been used of `quota` at `now`. Spent means that the `limit`-th newest use is still in the window, as the guard in
    /// the database has it. A use at `t` is in the window while `t > now - window`.
    pub fn usage(&self, quota: Quota, now: DateTime<Utc>) -> Usage {
        used(self.0.iter(), quota, now)
    }

    /// The same of the uses with this tag.
    pub fn usage_of(&self, tag: u32, quota: Quota, now: DateTime<Utc>) -> Usage {
        used(self.0.iter().filter(|one| one.tag == tag), quota, now)
    }
}

fn used<'a>(newest_first: impl Iterator<Item = &'a Use> + Clone, quota: Quota, now: DateTime<Utc>) -> Usage {
    let since = quota.since(now);
    let limiting = usize::try_from(quota.limit).ok().and_then(|limit| newest_first.clone().nth(limit.checked_sub(1)?));
    if let Some(limiting) = limiting.filter(|limiting| limiting.at > since) {
        return Usage { used: quota.limit, frees_at_from: Some(limiting.at) };
    }
    let inside = newest_first.filter(|one| one.at > since);
    let count = u32::try_from(inside.clone().count()).unwrap_or(u32::MAX);
    Usage { used: count.min(quota.limit.saturating_sub(1)), frees_at_from: inside.map(|one| one.at).min() }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::limits::Policy;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).expect("in range")
    }

    fn uses(newest_first: &[(i64, u32)]) -> Uses {
        let text: String = newest_first.iter().map(|&(seconds, tag)| Use { at: at(seconds), tag }.to_text()).collect();
        Uses::parse(&text).expect("what was written is read")
    }

    const THREE: Quota = Quota { policy: Policy::OtpSend, limit: 3, window: TimeDelta::seconds(100) };

    #[test]
    fn a_use_has_one_width_and_sorts_like_time() {
        let text = Use { at: at(1_800_000_000), tag: 0x0bad_cafe }.to_text();
        assert_eq!(text, "018000000000000000badcafe;");
        assert_eq!(text.len(), Use::WIDTH);
        assert!(Use::instant_text(at(9)) < Use::instant_text(at(10)));
        assert_eq!(Use::instant_text(at(-5)), Use::instant_text(at(0)));
    }

    #[test]
    fn a_limit_is_spent_while_its_limit_th_newest_use_is_in_the_window() {
        let spent = uses(&[(90, 1), (50, 1), (10, 2), (5, 2)]);
        assert_eq!(spent.usage(THREE, at(109)), Usage { used: 3, frees_at_from: Some(at(10)) });
        assert_eq!(spent.usage(THREE, at(110)), Usage { used: 2, frees_at_from: Some(at(50)) });
        assert_eq!(spent.usage_of(2, THREE, at(104)), Usage { used: 2, frees_at_from: Some(at(5)) });
        assert_eq!(spent.usage(THREE, at(190)), Usage::default());
        assert_eq!(Uses::default().usage(THREE, at(0)), Usage::default());
    }

    #[test]
    fn a_limit_of_none_is_always_spent() {
        let none = Quota { limit: 0, ..THREE };
        assert_eq!(none.standing(uses(&[(1, 1)]).usage(none, at(1)), at(1)).remaining, 0);
    }

    #[test]
    fn anything_else_is_not_read() {
        for text in ["x", "018000000000000000badcaf;", "0180000000000000g0badcafe;", "01800000000000000٠badcafe;"] {
            assert_eq!(Uses::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = Uses::parse(&text);
        }

        #[test]
        fn with_uses_in_order_spent_is_the_same_as_counted(mut ages in prop::collection::vec(0_i64..200, 0..12), limit in 1_u32..6) {
            ages.sort_unstable();
            let now = at(1_000);
            let log = uses(&ages.iter().map(|age| (1_000 - age, 0)).collect::<Vec<_>>());
            let quota = Quota { limit, ..THREE };
            let counted = ages.iter().filter(|age| **age < 100).count();
            prop_assert_eq!(log.usage(quota, now).used, u32::try_from(counted).unwrap().min(limit));
        }
    }
}
