//! What a caller must show before a text goes out to somebody they may not be.

use domain::limits::QuotaExceeded;
use domain::phone::PhoneNumber;

use crate::settings::ProofDemand;
use crate::{Client, Usecases};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Demand {
    /// Nothing.
    Nothing,
    /// A proof of work.
    Proof,
    /// Nothing helps before that.
    #[expect(dead_code, reason = "the fraud brake refuses; the alarm asks for proofs alone")]
    Refusal(QuotaExceeded),
}

impl Usecases {
    /// What `client` must show for a text to `phone`. Those who are known, by a device or an open session, never anything.
    pub(crate) fn demand(&self, _client: &Client, _phone: &PhoneNumber, is_known: bool) -> Demand {
        let is_asked = match self.parts.settings.proof.demand {
            ProofDemand::Never => false,
            ProofDemand::WhenNeeded => self.is_fleet_alarm_on(),
            ProofDemand::Always => true,
        };
        if is_asked && !is_known { Demand::Proof } else { Demand::Nothing }
    }
}
