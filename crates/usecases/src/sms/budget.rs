//! The day's budget of messages: exact, shared by all processes, and no queue (contract §2).

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Asia::Riyadh;
use domain::message::MessageKind;
use domain::sms_budget::{SHARES, Spent};
use store::outbox::NewMessage;
use store::{Write, sms_budgets};
use tokio::sync::watch;

use crate::jobs::pause::pause;
use crate::{Error, Usecases, chain, metrics};

/// Between two looks at how much is used.
const EVERY: Duration = Duration::from_secs(15);

/// Shares that this process knows to be full. A share never empties on its day, so what is known holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct FullShares(Arc<Mutex<FullOfDay>>);

#[derive(Clone, Copy, Debug, Default)]
struct FullOfDay {
    day: DateTime<Utc>,
    /// One bit a share.
    shares: u32,
}

impl FullShares {
    /// One bit a share.
    fn of(&self, day: DateTime<Utc>) -> u32 {
        let known = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.day == day { known.shares } else { 0 }
    }

    /// Another budget has other shares.
    pub(crate) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = FullOfDay::default();
    }

    fn learn(&self, day: DateTime<Utc>, full: u32) {
        let shares = full | self.of(day);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = FullOfDay { day, shares };
    }
}

/// A place in the budget of a day, not yet taken.
pub(crate) struct BudgetPlace {
    day: DateTime<Utc>,
    pub(crate) write: Write<'static>,
}

impl Usecases {
    /// A place for `message`. Beyond the budget there is one only for `is_known`: whoever the installation knows already, and whose
    /// own limits bound what they can spend.
    ///
    /// # Errors
    /// `Unavailable` until the next day when the budget is spent.
    pub(crate) fn budget_place(&self, message: &NewMessage, is_known: bool) -> Result<BudgetPlace, Error> {
        let budget = self.settings().sms.budget;
        let (day, cost) = (day_of(message.now), self.expected_cost(message));
        let full = self.full_shares.of(day);
        let free: Vec<u32> = (0..SHARES).filter(|share| full & (1 << share) == 0).collect();
        let dice = u32::from_be_bytes(self.parts.rng.bytes());
        let picked = usize::try_from(dice).ok().and_then(|dice| free.get(dice.checked_rem(free.len())?));
        let write = match picked {
            Some(share) => sms_budgets::spend(day, *share, cost, budget.of_share(*share)),
            None if is_known => sms_budgets::insert_over(day, dice % SHARES, cost),
            None => return Err(spent(message.now)),
        };
        Ok(BudgetPlace { day, write })
    }

    /// After a place was not to be had: looks which shares are full. Once a share and process, and then it is known.
    pub(crate) async fn look_for_full_shares(&self, place: &BudgetPlace, message: &NewMessage) -> Result<(), Error> {
        let (budget, cost) = (self.settings().sms.budget, self.expected_cost(message));
        let used = sms_budgets::list(&mut self.parts.store.read().await?, place.day).await?;
        let spent = |share| used.iter().find(|(of, _)| *of == share).map_or(Spent::default(), |(_, spent)| *spent);
        let full = (0..SHARES).filter(|share| !budget.has_room(*share, spent(*share), cost));
        self.full_shares.learn(place.day, full.fold(0, |full, share| full | (1 << share)));
        Ok(())
    }

    /// What `message` costs if the first carrier takes it; nothing where money is not counted.
    fn expected_cost(&self, message: &NewMessage) -> i64 {
        let settings = &self.parts.settings;
        let Some(first) = self.parts.carriers.iter().next().filter(|_| settings.sms.budget.cost_micros.is_some()) else {
            return 0;
        };
        let code = message.kind.purpose().map(|_| "000000");
        let text = settings.texts.render(message.kind, message.locale, code);
        settings.sms.prices.cost(first.name(), message.phone.country(), sms::segments(&text).segments).unwrap_or_default()
    }

    /// A message that is sent whatever the budget says: its place in it.
    pub(crate) fn budget_place_of_notice(&self, message: &NewMessage) -> Write<'static> {
        debug_assert!(message.kind == MessageKind::PhoneChanged, "codes ask for a place");
        let share = u32::from_be_bytes(self.parts.rng.bytes()) % SHARES;
        sms_budgets::insert_over(day_of(message.now), share, self.expected_cost(message))
    }

    /// What today's messages have used of the budget. Raises an alarm at each of its marks, once a day whichever process comes first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn watch_budget(&self) -> Result<Spent, Error> {
        let (now, budget) = (self.parts.clock.now(), self.settings().sms.budget);
        let day = day_of(now);
        let used = sms_budgets::list(&mut self.parts.store.read().await?, day).await?;
        let spent = used.iter().fold(Spent::default(), |sum, (_, share)| Spent {
            messages: sum.messages + share.messages,
            cost_micros: sum.cost_micros.saturating_add(share.cost_micros),
        });
        metrics::budget(budget.used_ratio(spent));
        for percent in budget.alarms(spent) {
            if self.parts.store.apply_one(sms_budgets::insert_alarm(day, percent, now)).await? {
                let (messages, budget) = (spent.messages, budget.messages);
                if percent < 100 {
                    tracing::warn!(percent, messages, budget, "the day's budget of messages is running out");
                } else {
                    tracing::error!(
                        percent,
                        messages,
                        budget,
                        "the day's budget of messages is spent: only known devices are sent to"
                    );
                }
            }
        }
        Ok(spent)
    }

    /// Does so now and then, until told to stop.
    pub async fn keep_watching_budget(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(error) = self.watch_budget().await {
                tracing::debug!(error = %chain(&error), "the budget of messages could not be looked at");
            }
            pause(EVERY, &mut stop).await;
        }
    }
}

/// The midnight with which the salon's day began.
pub(crate) fn day_of(now: DateTime<Utc>) -> DateTime<Utc> {
    let day = now.with_timezone(&Riyadh).date_naive();
    Riyadh.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest().map_or(now, |midnight| midnight.to_utc())
}

/// Until the next midnight.
fn spent(now: DateTime<Utc>) -> Error {
    let next = day_of(now).with_timezone(&Riyadh).date_naive().succ_opt();
    let next = next.and_then(|day| Riyadh.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest());
    let wait = next.map_or(chrono::TimeDelta::days(1), |next| next.to_utc() - now);
    Error::Unavailable {
        retry_after_s: domain::limits::ceil_seconds(wait),
        source: "the day's budget of messages is spent".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_day_is_the_salons() {
        assert_eq!(day_of(at("2026-11-24T20:59:59Z")), at("2026-11-23T21:00:00Z"));
        assert_eq!(day_of(at("2026-11-24T21:00:00Z")), at("2026-11-24T21:00:00Z"));
        let Error::Unavailable { retry_after_s, .. } = spent(at("2026-11-24T20:59:58.5Z")) else { panic!("another refusal") };
        assert_eq!(retry_after_s, 2);
    }

    #[test]
    fn what_is_known_of_a_day_is_nothing_on_another() {
        let shares = FullShares::default();
        let (today, tomorrow) = (at("2026-11-24T21:00:00Z"), at("2026-11-25T21:00:00Z"));
        shares.learn(today, 0b101);
        shares.learn(today, 0b010);
        assert_eq!((shares.of(today), shares.of(tomorrow)), (0b111, 0));
    }
}
