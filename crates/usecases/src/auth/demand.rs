//! What is demanded of whoever asks for a code, besides the limits.

use chrono::{DateTime, Utc};
use domain::fraud::Level;
use domain::limits::{QuotaExceeded, Standing};
use domain::phone::PhoneNumber;

use crate::settings::{FraudMode, ProofDemand};
use crate::{Client, Usecases, metrics};

/// What is demanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Demand {
    /// Nothing.
    Nothing,
    /// A proof of work.
    Proof,
    /// Nothing helps before that.
    Refusal(QuotaExceeded),
}

impl Demand {
    /// The limits that refuse.
    pub(crate) fn violated(&self) -> &[Standing] {
        if let Self::Refusal(refusal) = self { &refusal.violated } else { &[] }
    }
}

impl Usecases {
    /// Of somebody who `is_known` (by a device, or signed in with that phone), nothing ever.
    pub(crate) fn demand(&self, phone: &PhoneNumber, client: &Client, is_known: bool, now: DateTime<Utc>) -> Demand {
        if is_known {
            return Demand::Nothing;
        }
        let verdict = self.brake(phone, client, now);
        if let Some(over) = verdict.over {
            metrics::fraud_verdict(over.scope.kind(), over.level);
        }
        let is_enforced = self.parts.settings.fraud.mode == FraudMode::Enforce;
        if let Some(standing) = verdict.refusal(now).filter(|_| is_enforced) {
            return Demand::Refusal(QuotaExceeded { violated: vec![standing] });
        }
        let is_asked = match self.parts.settings.proof.demand {
            ProofDemand::Never => false,
            ProofDemand::WhenNeeded => is_enforced && (verdict.level() >= Level::Proof || self.is_fleet_alarm_on()),
            ProofDemand::Always => true,
        };
        if is_asked { Demand::Proof } else { Demand::Nothing }
    }
}
