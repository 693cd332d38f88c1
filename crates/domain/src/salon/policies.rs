//! How a salon takes bookings.

use serde::{Deserialize, Serialize};

/// Who says yes to a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirmation {
    /// The slot itself: a booking is confirmed at once.
    Auto,
    /// Somebody of the salon: a booking is pending until then.
    Manual,
}

impl Confirmation {
    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Manual => "manual",
        }
    }

    /// Reads [`Confirmation::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Auto, Self::Manual].into_iter().find(|one| one.as_str() == text)
    }
}

/// The rules of a salon. Their bounds are checked where they are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policies {
    /// How long before its start a customer may still cancel or move a booking, in minutes.
    pub cancel_window_min: u32,
    /// How long before its start a slot can still be booked, in minutes.
    pub notice_min: u32,
    /// How far ahead one can book, in days.
    pub horizon_days: u16,
    /// How long a slot is held for somebody who is signing in, in minutes.
    pub hold_min: u16,
    /// The grid on which slots begin, in minutes.
    pub grid_min: u16,
    /// Who confirms.
    pub confirmation: Confirmation,
}

impl Default for Policies {
    fn default() -> Self {
        Self {
            cancel_window_min: 240,
            notice_min: 60,
            horizon_days: 60,
            hold_min: 10,
            grid_min: 15,
            confirmation: Confirmation::Auto,
        }
    }
}

impl Policies {
    /// Whether every number is one that can be meant: a week of notice, a year ahead, an hour of holding, a grid that divides an hour.
    pub const fn is_sound(&self) -> bool {
        self.cancel_window_min <= 20_160
            && self.notice_min <= 10_080
            && self.horizon_days >= 1
            && self.horizon_days <= 366
            && self.hold_min >= 1
            && self.hold_min <= 60
            && self.grid_min >= 5
            && 60 % self.grid_min == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_salon_starts_with_is_sound_and_a_grid_divides_the_hour() {
        assert!(Policies::default().is_sound());
        for (grid_min, is_sound) in
            [(5, true), (10, true), (15, true), (20, true), (30, true), (60, true), (7, false), (45, false), (1, false)]
        {
            assert_eq!(Policies { grid_min, ..Policies::default() }.is_sound(), is_sound, "{grid_min}");
        }
    }
}
