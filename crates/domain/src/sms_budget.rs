//! What the messages of a day may cost (contract §2), kept in shares: one counter for everybody would be a queue for everybody, and
//! a sum over many rows would not be exact. A message takes a place in any share that has one; when none has, the budget is spent.

/// How many shares a day has. Fixed, so that processes and configurations agree.
pub const SHARES: u32 = 16;
/// At these percentages of the budget an alarm is raised.
pub const ALARMS: [u32; 3] = [50, 80, 100];

/// The budget of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmsBudget {
    /// Messages.
    pub messages: u32,
    /// Millionths of the currency's unit, as far as prices are known. `None`: no bound.
    pub cost_micros: Option<i64>,
}

/// What was used of a day, or what a share may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Messages.
    pub messages: i64,
    /// Millionths of the currency's unit.
    pub cost_micros: i64,
}

impl Default for SmsBudget {
    fn default() -> Self {
        Self { messages: 5_000, cost_micros: None }
    }
}

impl SmsBudget {
    /// What the share may use: all shares together exactly the budget.
    pub fn of_share(self, share: u32) -> Spent {
        let part = |whole: i64| {
            let shares = i64::from(SHARES);
            whole / shares + i64::from(i64::from(share) < whole % shares)
        };
        Spent { messages: part(self.messages.into()), cost_micros: self.cost_micros.map_or(i64::MAX, part) }
    }

    /// Whether a share that has used `spent` has room for a message of this cost.
    pub fn has_room(self, share: u32, spent: Spent, cost_micros: i64) -> bool {
        let most = self.of_share(share);
        spent.messages < most.messages && spent.cost_micros.saturating_add(cost_micros) <= most.cost_micros
    }

    /// Which part of the budget is used; 1 is all of it, and known devices may go beyond.
    #[expect(clippy::cast_precision_loss, reason = "a ratio to look at: no message is refused by it")]
    pub fn used_ratio(self, spent: Spent) -> f64 {
        let of = |used: i64, whole: i64| used as f64 / whole.max(1) as f64;
        let messages = of(spent.messages, self.messages.into());
        self.cost_micros.map_or(messages, |whole| messages.max(of(spent.cost_micros, whole)))
    }

    /// The percentages of [`ALARMS`] that are reached.
    pub fn alarms(self, spent: Spent) -> impl Iterator<Item = u32> {
        let is_reached =
            move |percent: u32, used: i64, whole: i64| i128::from(used) * 100 >= i128::from(whole) * i128::from(percent);
        ALARMS.into_iter().filter(move |percent| {
            is_reached(*percent, spent.messages, self.messages.into())
                || self.cost_micros.is_some_and(|whole| is_reached(*percent, spent.cost_micros, whole))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_shares_are_the_budget(messages in 0_u32..2_000_000, cost in 0_i64..1_000_000_000_000) {
            let budget = SmsBudget { messages, cost_micros: Some(cost) };
            let shares = (0..SHARES).map(|share| budget.of_share(share));
            let sum = shares.fold(Spent::default(), |sum, share| Spent {
                messages: sum.messages + share.messages,
                cost_micros: sum.cost_micros + share.cost_micros,
            });
            prop_assert_eq!(sum, Spent { messages: messages.into(), cost_micros: cost });
        }
    }

    #[test]
    fn a_share_is_full_when_either_part_is() {
        let budget = SmsBudget { messages: 32, cost_micros: Some(1_600) };
        let spent = |messages, cost_micros| Spent { messages, cost_micros };
        assert!(budget.has_room(0, spent(1, 50), 50));
        assert!(!budget.has_room(0, spent(2, 0), 0), "two messages each");
        assert!(!budget.has_room(0, spent(0, 51), 50), "a hundred each");
        let free = SmsBudget { messages: 1, cost_micros: None };
        assert!(free.has_room(0, spent(0, i64::MAX), 50) && !free.has_room(1, spent(0, 0), 0));
    }

    #[test]
    fn alarms_come_at_half_at_four_fifths_and_at_the_end() {
        let budget = SmsBudget { messages: 10, cost_micros: None };
        let at = |messages| budget.alarms(Spent { messages, cost_micros: 0 }).collect::<Vec<_>>();
        assert_eq!((at(4), at(5), at(8), at(10), at(11)), (vec![], vec![50], vec![50, 80], vec![50, 80, 100], vec![50, 80, 100]));
        let money = SmsBudget { messages: 1_000, cost_micros: Some(100) };
        assert_eq!(money.alarms(Spent { messages: 1, cost_micros: 80 }).collect::<Vec<_>>(), [50, 80]);
        assert!((money.used_ratio(Spent { messages: 1, cost_micros: 80 }) - 0.8).abs() < 1e-9);
    }
}
