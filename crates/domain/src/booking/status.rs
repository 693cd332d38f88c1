//! The states of a booking and the ways between them (salon.md §2).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::salon::Confirmation;

/// How long what happened at a visit can still be put right.
const CORRECTION: TimeDelta = TimeDelta::hours(24);

/// Where a booking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingStatus {
    /// Kept for somebody who is still signing in.
    Held,
    /// Waits for the salon's yes.
    Pending,
    /// Stands.
    Confirmed,
    /// The customer is there.
    Arrived,
    /// Done.
    Completed,
    /// Called off by the customer.
    CancelledByCustomer,
    /// Called off by the salon.
    CancelledBySalon,
    /// The salon said no.
    Declined,
    /// Nobody came.
    NoShow,
    /// Nobody turned the hold into a booking, or said yes, in time.
    Expired,
}

/// What is done to a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A hold becomes a booking.
    Place(Confirmation),
    /// Its time is over.
    Expire,
    /// The salon says yes.
    Confirm,
    /// The salon says no.
    Decline,
    /// The customer calls it off.
    CancelByCustomer,
    /// The salon calls it off.
    CancelBySalon,
    /// The customer has come.
    CheckIn,
    /// The visit is over.
    Complete,
    /// The customer has not come.
    MarkNoShow,
    /// What was said of the visit is put right: no show instead of done, or the other way round.
    Correct,
}

/// The instants that decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Now.
    pub now: DateTime<Utc>,
    /// When the visit begins.
    pub starts_at: DateTime<Utc>,
    /// Until when a hold holds.
    pub hold_expires_at: Option<DateTime<Utc>>,
    /// When it came to stand where it stands.
    pub changed_at: DateTime<Utc>,
    /// How long before the start a customer may still call it off.
    pub cancel_window: TimeDelta,
}

/// Why something cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not from where it stands.
    NotFromHere,
    /// It was possible, and no more.
    TooLate,
    /// It will be possible, and not yet.
    TooEarly,
}

impl Refusal {
    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotFromHere => "not_from_here",
            Self::TooLate => "too_late",
            Self::TooEarly => "too_early",
        }
    }
}

impl BookingStatus {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Held,
        Self::Pending,
        Self::Confirmed,
        Self::Arrived,
        Self::Completed,
        Self::CancelledByCustomer,
        Self::CancelledBySalon,
        Self::Declined,
        Self::NoShow,
        Self::Expired,
    ];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Pending => "pending",
            Self::Confirmed => "confirmed",
            Self::Arrived => "arrived",
            Self::Completed => "completed",
            Self::CancelledByCustomer => "cancelled_by_customer",
            Self::CancelledBySalon => "cancelled_by_salon",
            Self::Declined => "declined",
            Self::NoShow => "no_show",
            Self::Expired => "expired",
        }
    }

    /// Reads [`BookingStatus::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    /// Whether nobody else can have the time. The guard in the database says the same.
    pub const fn blocks(self) -> bool {
        match self {
            Self::Held | Self::Pending | Self::Confirmed | Self::Arrived => true,
            Self::Completed
            | Self::CancelledByCustomer
            | Self::CancelledBySalon
            | Self::Declined
            | Self::NoShow
            | Self::Expired => false,
        }
    }

    /// Whether it can be moved to another time.
    pub const fn can_move(self) -> bool {
        matches!(self, Self::Pending | Self::Confirmed)
    }

    /// Where it stands after `act`.
    ///
    /// # Errors
    /// Why not.
    pub fn after(self, act: Act, times: &Times) -> Result<Self, Refusal> {
        use BookingStatus::{
            Arrived, CancelledByCustomer, CancelledBySalon, Completed, Confirmed, Declined, Expired, Held, NoShow, Pending,
        };
        let has_begun = times.now >= times.starts_at;
        let hold_is_over = times.hold_expires_at.is_none_or(|end| end <= times.now);
        let unless = |is_so: bool, refusal: Refusal, next: Self| if is_so { Err(refusal) } else { Ok(next) };
        match (self, act) {
            (Held, Act::Place(Confirmation::Auto)) => unless(hold_is_over, Refusal::TooLate, Confirmed),
            (Held, Act::Place(Confirmation::Manual)) => unless(hold_is_over, Refusal::TooLate, Pending),
            (Held, Act::Expire) => unless(!hold_is_over, Refusal::TooEarly, Expired),
            (Pending, Act::Expire) => unless(!has_begun, Refusal::TooEarly, Expired),
            (Pending, Act::Confirm) => unless(has_begun, Refusal::TooLate, Confirmed),
            (Pending, Act::Decline) => Ok(Declined),
            (Pending, Act::CancelByCustomer) => unless(has_begun, Refusal::TooLate, CancelledByCustomer),
            (Confirmed, Act::CancelByCustomer) => {
                unless(times.now > times.starts_at - times.cancel_window, Refusal::TooLate, CancelledByCustomer)
            }
            (Confirmed, Act::CancelBySalon) => Ok(CancelledBySalon),
            (Confirmed, Act::CheckIn) => Ok(Arrived),
            (Confirmed | Arrived, Act::MarkNoShow) => unless(!has_begun, Refusal::TooEarly, NoShow),
            (Arrived, Act::Complete) => Ok(Completed),
            (NoShow | Completed, Act::Correct) => {
                let next = if self == NoShow { Completed } else { NoShow };
                unless(times.now > times.changed_at + CORRECTION, Refusal::TooLate, next)
            }
            _ => Err(Refusal::NotFromHere),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTS: [Act; 11] = [
        Act::Place(Confirmation::Auto),
        Act::Place(Confirmation::Manual),
        Act::Expire,
        Act::Confirm,
        Act::Decline,
        Act::CancelByCustomer,
        Act::CancelBySalon,
        Act::CheckIn,
        Act::Complete,
        Act::MarkNoShow,
        Act::Correct,
    ];

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000 + minute * 60, 0).expect("in range")
    }

    /// Two hours before the visit, a hold that holds, an hour's window.
    fn times() -> Times {
        Times {
            now: at(0),
            starts_at: at(120),
            hold_expires_at: Some(at(10)),
            changed_at: at(-10),
            cancel_window: TimeDelta::minutes(60),
        }
    }

    /// Every way there is at one time or another, as salon.md draws it.
    #[test]
    fn the_ways_are_those_of_the_plan() {
        let mut ways: Vec<(&str, &str)> = Vec::new();
        for status in BookingStatus::ALL {
            for act in ACTS {
                for minute in [0, 11, 61, 121] {
                    if let Ok(next) = status.after(act, &Times { now: at(minute), ..times() }) {
                        ways.push((status.as_str(), next.as_str()));
                    }
                }
            }
        }
        ways.sort_unstable();
        ways.dedup();
        let mut plan = [
            ("held", "expired"),
            ("held", "pending"),
            ("held", "confirmed"),
            ("pending", "confirmed"),
            ("pending", "declined"),
            ("pending", "cancelled_by_customer"),
            ("pending", "expired"),
            ("confirmed", "arrived"),
            ("confirmed", "cancelled_by_customer"),
            ("confirmed", "cancelled_by_salon"),
            ("confirmed", "no_show"),
            ("arrived", "completed"),
            ("arrived", "no_show"),
            ("no_show", "completed"),
            ("completed", "no_show"),
        ];
        plan.sort_unstable();
        assert_eq!(ways, plan);
    }

    #[test]
    fn a_hold_is_placed_until_its_end_and_expires_from_then_on() {
        let place = Act::Place(Confirmation::Auto);
        let last = Times { now: at(9), ..times() };
        assert_eq!(BookingStatus::Held.after(place, &last), Ok(BookingStatus::Confirmed));
        assert_eq!(BookingStatus::Held.after(Act::Expire, &last), Err(Refusal::TooEarly));
        let over = Times { now: at(10), ..times() };
        assert_eq!(BookingStatus::Held.after(place, &over), Err(Refusal::TooLate));
        assert_eq!(BookingStatus::Held.after(Act::Expire, &over), Ok(BookingStatus::Expired));
    }

    #[test]
    fn a_customer_calls_off_until_the_window_and_the_salon_always() {
        let cancel = |minute, act| BookingStatus::Confirmed.after(act, &Times { now: at(minute), ..times() });
        assert_eq!(cancel(60, Act::CancelByCustomer), Ok(BookingStatus::CancelledByCustomer));
        assert_eq!(cancel(61, Act::CancelByCustomer), Err(Refusal::TooLate));
        assert_eq!(cancel(130, Act::CancelBySalon), Ok(BookingStatus::CancelledBySalon));
        assert_eq!(cancel(119, Act::MarkNoShow), Err(Refusal::TooEarly));
    }

    #[test]
    fn a_mistake_at_the_counter_can_be_put_right_for_a_day() {
        let correct =
            |minute| BookingStatus::NoShow.after(Act::Correct, &Times { now: at(minute), changed_at: at(0), ..times() });
        assert_eq!(correct(24 * 60), Ok(BookingStatus::Completed));
        assert_eq!(correct(24 * 60 + 1), Err(Refusal::TooLate));
    }
}
