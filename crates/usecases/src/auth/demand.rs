//! What is demanded of whoever asks for a code, besides the limits.

use chrono::{DateTime, Utc};
use domain::fraud::Level;
use domain::limits::{QuotaExceeded, Standing};
use domain::phone::PhoneNumber;

use crate::settings::FraudMode;
use crate::{Client, Usecases, metrics};

/// What is demanded.
pub(crate) enum Demand {
    Nothing,
    Proof,
    Refusal(QuotaExceeded),
}

impl Demand {
    /// The limits that refuse.
    pub(crate) fn violated(&self) -> &[Standing] {
        if let Self::Refusal(refusal) = self { &refusal.violated } else { &[] }
    }
}

impl Usecases {
    /// Of somebody who `is_known` (by a device, or signed in), nothing ever.
    pub(crate) fn demand(&self, phone: &PhoneNumber, client: &Client, is_known: bool, now: DateTime<Utc>) -> Demand {
        if is_known {
            return Demand::Nothing;
        }
        let verdict = self.brake(phone, client, now);
        if let Some(over) = verdict.over {
            metrics::fraud_verdict(over.scope.kind(), over.level);
        }
        let is_enforced = self.parts.settings.fraud.mode == FraudMode::Enforce;
        match (verdict.level(), verdict.refusal(now)) {
            (Level::Refusal, Some(standing)) if is_enforced => Demand::Refusal(QuotaExceeded { violated: vec![standing] }),
            (Level::Proof, _) if is_enforced => Demand::Proof,
            _ if is_enforced && self.is_fleet_alarm_on() => Demand::Proof,
            _ => Demand::Nothing,
        }
    }
}
