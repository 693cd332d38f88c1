//! One stretch of work.

use serde::{Deserialize, Serialize};

/// Minutes of a day.
pub const DAY_MIN: u16 = 1440;

/// From one minute of the business day to another, the end not included: `0 ≤ start < 1440`, `start < end ≤ start + 1440`, so that the
/// end may pass midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hours {
    start_min: u16,
    end_min: u16,
}

impl Hours {
    /// A stretch of work.
    pub const fn new(start_min: u16, end_min: u16) -> Option<Self> {
        if start_min < DAY_MIN && start_min < end_min && end_min <= start_min + DAY_MIN {
            Some(Self { start_min, end_min })
        } else {
            None
        }
    }

    /// As two clock times, the second on the next day when it is not after the first: `20:00` to `02:00`; `09:00` to `09:00` is the whole
    /// day round.
    pub fn from_clock(start: &str, end: &str) -> Option<Self> {
        let (start, end) = (clock_minutes(start)?, clock_minutes(end)?);
        Self::new(start % DAY_MIN, if end > start { end } else { end + DAY_MIN })
    }

    /// Several, as people write them in one line: `10:00-14:00, 16:00-02:00`; nothing is none. `None` when one of them cannot be read.
    pub fn list(text: &str) -> Option<Vec<Self>> {
        let one = |part: &str| {
            let (start, end) = part.split_once(['-', '–', '—', '−'])?;
            Self::from_clock(start, end)
        };
        text.split([',', '،', ';', '؛', '\n']).filter(|part| !part.trim().is_empty()).map(one).collect()
    }

    /// The first minute.
    pub const fn start_min(self) -> u16 {
        self.start_min
    }

    /// The minute after the last, up to 2879.
    pub const fn end_min(self) -> u16 {
        self.end_min
    }

    /// Whether it goes on after midnight.
    pub const fn passes_midnight(self) -> bool {
        self.end_min > DAY_MIN
    }

    /// `20:00`, `02:00`: both ends by the clock on the wall.
    pub fn to_clock(self) -> (String, String) {
        let clock = |minutes: u16| format!("{:02}:{:02}", minutes % DAY_MIN / 60, minutes % 60);
        (clock(self.start_min), clock(self.end_min))
    }
}

/// `9:05`, `21:05`, `24:00`, in digits of any script.
fn clock_minutes(text: &str) -> Option<u16> {
    let text: String = text.trim().chars().map(|c| crate::digits::ascii_digit(c).unwrap_or(c)).collect();
    let (hours, minutes) = text.split_once(':')?;
    let number = |text: &str| {
        let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        is_short.then(|| text.parse::<u16>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (minutes < 60 && (hours < 24 || (hours, minutes) == (24, 0))).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_that_is_not_later_is_on_the_next_day() {
        let late = Hours::from_clock("20:00", "02:00").expect("hours");
        assert_eq!((late.start_min(), late.end_min(), late.passes_midnight()), (1200, 1560, true));
        assert_eq!(late.to_clock(), ("20:00".to_owned(), "02:00".to_owned()));
        assert_eq!(Hours::from_clock("٩:٠٥", "17:00"), Hours::new(545, 1020));
        assert_eq!(Hours::from_clock("16:00", "24:00"), Hours::new(960, 1440));
        assert_eq!(Hours::from_clock("09:00", "09:00"), Hours::new(540, 1980));
        for (start, end) in
            [("25:00", "26:00"), ("9", "10:00"), ("09:60", "10:00"), ("", ""), ("-1:00", "2:00"), ("24:01", "2:00")]
        {
            assert_eq!(Hours::from_clock(start, end), None, "{start} {end}");
        }
    }

    #[test]
    fn several_stretches_are_written_in_one_line() {
        let all = Hours::list("10:00-14:00، ١٦:٠٠ – ٠٢:٠٠ ,").expect("hours");
        assert_eq!(all, [Hours::new(600, 840).expect("hours"), Hours::new(960, 1560).expect("hours")]);
        assert_eq!((Hours::list(" "), Hours::list("10:00"), Hours::list("10-12")), (Some(Vec::new()), None, None));
    }

    #[test]
    fn a_stretch_is_a_day_at_most() {
        assert!(Hours::new(0, 1440).is_some() && Hours::new(1439, 2879).is_some());
        assert!(Hours::new(0, 1441).is_none() && Hours::new(1440, 1500).is_none() && Hours::new(60, 60).is_none());
    }
}
