//! What strangers do with codes: how many are asked for, sent and entered, where, and what the fraud brake makes of it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::fraud::{Bucket, Level, Origin, Prefix, Scope, ScopeKind};
use domain::permission::Permission;
use domain::phone::Region;
use domain::sms_budget::{SmsBudget, Spent};
use store::conversions::{self, Conversion};
use store::fraud_sums::Sum;
use store::{challenges, fraud_counters, fraud_sums, sms_budgets};

use crate::settings::FraudMode;
use crate::sms::budget::day_of;
use crate::{Admin, Error, Usecases};

/// Rows of a table at most.
const ROWS: u32 = 20;
/// Codes of the list at most.
const EVENTS: usize = 50;

/// How far back to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// Twelve times five minutes.
    Hour,
    /// Twenty-four hours.
    #[default]
    Day,
    /// Fourteen days.
    Fortnight,
}

impl Span {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Hour, Self::Day, Self::Fortnight];

    /// The name in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Fortnight => "fortnight",
        }
    }

    /// Reads [`Span::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|span| span.as_str() == text)
    }

    const fn step(self) -> (TimeDelta, i32) {
        match self {
            Self::Hour => (TimeDelta::minutes(5), 12),
            Self::Day => (TimeDelta::hours(1), 24),
            Self::Fortnight => (TimeDelta::days(1), 14),
        }
    }
}

/// A step of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// When it begins. Days begin in Riyadh.
    pub from: DateTime<Utc>,
    /// Codes asked for by strangers.
    pub asked: u64,
    /// Those that a provider took.
    pub sent: u64,
    /// Those that were entered.
    pub verified: u64,
    /// Wrong guesses.
    pub failed: u64,
}

/// A code that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeEvent {
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Whether a provider took it.
    pub is_sent: bool,
    /// When it was entered, if it was.
    pub verified_at: Option<DateTime<Utc>>,
    /// Where it went.
    pub country: Region,
    /// The part of the country's numbers.
    pub prefix: Prefix,
    /// Where it was asked from, under its keyed hash.
    pub network: Scope,
}

/// All of it.
#[derive(Clone, Debug)]
pub struct Abuse {
    /// How far back.
    pub span: Span,
    /// The whole installation over time, oldest first.
    pub bars: Vec<Bar>,
    /// The installation, countries and prefixes, added up.
    pub scopes: Vec<Sum>,
    /// The networks that asked for most.
    pub networks: Vec<Sum>,
    /// What became of all messages, known devices' too, by provider and country.
    pub carried: Vec<Conversion>,
    /// The codes that strangers asked for last, newest first.
    pub events: Vec<CodeEvent>,
    /// How far the brake is on, for each kind of scope.
    pub levels: [(ScopeKind, Level); ScopeKind::ALL.len()],
    /// Whether it does what it says.
    pub is_enforced: bool,
    /// Since when the codes of the whole system are being guessed at, if they are.
    pub alarm_since: Option<DateTime<Utc>>,
    /// What today's messages may cost.
    pub budget: SmsBudget,
    /// What they have used of it.
    pub spent: Spent,
}

impl Usecases {
    /// Reads what strangers do with codes.
    ///
    /// # Errors
    /// `Forbidden`, `Unavailable`.
    pub async fn read_abuse(&self, admin: &Admin, span: Span) -> Result<Abuse, Error> {
        admin.require(Permission::AuditView)?;
        let now = self.parts.clock.now();
        let steps = steps(span, now);
        let (from, to) = (steps.first().copied().unwrap_or(now), now + TimeDelta::seconds(1));
        let mut tx = self.parts.store.read().await?;
        let counts = fraud_counters::list_for_scope(&mut tx, Scope::Fleet, Bucket::of(from)).await?;
        let mut bars: Vec<_> = steps.iter().map(|from| Bar { from: *from, asked: 0, sent: 0, verified: 0, failed: 0 }).collect();
        for (_, bucket, counts) in counts {
            if let Some(bar) = bars.iter_mut().rev().find(|bar| bar.from <= bucket.start()) {
                bar.asked += u64::from(counts.asked);
                bar.sent += u64::from(counts.sent);
                bar.verified += u64::from(counts.verified);
                bar.failed += u64::from(counts.failed);
            }
        }
        let scopes = fraud_sums::list(&mut tx, from, to, ROWS).await?;
        let networks = fraud_sums::list_networks(&mut tx, from, to, ROWS).await?;
        let carried = added_up(conversions::list(&mut tx, from, to).await?);
        let longest = self.settings().otp.rules.max_life;
        let codes = challenges::list_counted(&mut tx, now - TimeDelta::hours(1), now + longest).await?;
        let mut events: Vec<_> = codes
            .into_iter()
            .map(|code| {
                let Origin { network, prefix, country } = Origin::of(&code.phone, code.network);
                let network = Scope::Network(network);
                let (is_sent, verified_at) = (code.is_sent, code.verified_at);
                CodeEvent { asked_at: code.asked_at, is_sent, verified_at, country, prefix, network }
            })
            .collect();
        events.sort_by_key(|event| std::cmp::Reverse(event.asked_at));
        events.truncate(EVENTS);
        let alarm_since = fraud_counters::find_alarm(&mut tx).await?;
        let shares = sms_budgets::list(&mut tx, day_of(now)).await?;
        drop(tx);
        let spent = shares.iter().fold(Spent::default(), |sum, (_, share)| Spent {
            messages: sum.messages + share.messages,
            cost_micros: sum.cost_micros.saturating_add(share.cost_micros),
        });
        let levels = self.counted.lock().levels;
        Ok(Abuse {
            span,
            bars,
            scopes,
            networks,
            carried,
            events,
            levels: ScopeKind::ALL.map(|kind| (kind, levels[kind as usize])),
            is_enforced: self.parts.settings.fraud.mode == FraudMode::Enforce,
            alarm_since,
            budget: self.settings().sms.budget,
            spent,
        })
    }
}

/// When each step begins, the one under way last.
fn steps(span: Span, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let (step, count) = span.step();
    let last = match span {
        Span::Fortnight => day_of(now),
        Span::Hour | Span::Day => {
            let seconds = step.num_seconds();
            DateTime::from_timestamp(now.timestamp().div_euclid(seconds) * seconds, 0).unwrap_or(now)
        }
    };
    (0..count).rev().map(|back| last - step * back).collect()
}

/// One line a provider and country.
fn added_up(hours: Vec<Conversion>) -> Vec<Conversion> {
    let mut sums: Vec<Conversion> = Vec::new();
    for hour in hours {
        match sums.iter_mut().find(|sum| sum.provider == hour.provider && sum.country == hour.country) {
            Some(sum) => {
                sum.sent += hour.sent;
                sum.delivered += hour.delivered;
                sum.undelivered += hour.undelivered;
                sum.entered += hour.entered;
            }
            None => sums.push(hour),
        }
    }
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.sent));
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_ends_with_the_step_under_way_and_days_begin_in_riyadh() {
        let now: DateTime<Utc> = "2026-11-24T20:59:59Z".parse().expect("an instant");
        let ends = |span| {
            let steps = steps(span, now);
            (steps.len(), steps[0].to_rfc3339(), steps[steps.len() - 1].to_rfc3339())
        };
        let text = |count, first: &str, last: &str| (count, format!("{first}:00+00:00"), format!("{last}:00+00:00"));
        assert_eq!(ends(Span::Hour), text(12, "2026-11-24T20:00", "2026-11-24T20:55"));
        assert_eq!(ends(Span::Day), text(24, "2026-11-23T21:00", "2026-11-24T20:00"));
        assert_eq!(ends(Span::Fortnight), text(14, "2026-11-10T21:00", "2026-11-23T21:00"));
    }
}
