//! The brake as a request meets it: counts in memory, and a verdict in memory. No statement is sent for it.

use chrono::{DateTime, Utc};
use domain::challenge::Challenge;
use domain::fraud::{Bucket, Counts, Origin, Scope, Verdict};
use domain::keys::LimitKey;
use domain::phone::PhoneNumber;

use crate::{Client, Usecases};

impl Usecases {
    /// What the fraud brake says to a stranger who asks for a code, whether it is obeyed or only recorded.
    pub fn brake(&self, phone: &PhoneNumber, client: &Client, now: DateTime<Utc>) -> Verdict {
        let origin = Origin::of(phone, self.network_of(client));
        let counters = self.counted.lock();
        self.parts.settings.fraud.thresholds.judge(&origin.scopes(), |scope| counters.of(scope), now)
    }

    /// Under what the callers of a network are counted.
    pub(crate) fn network_of(&self, client: &Client) -> LimitKey {
        LimitKey::network(self.parts.keys.pepper(), client.address.network())
    }

    /// A code is on its way. A resend is the same code.
    pub(crate) fn count_asked(&self, challenge: &Challenge) {
        if challenge.last_sent_at == challenge.created_at {
            self.count(challenge, Counts::ASKED);
        }
    }

    /// A provider has a code.
    pub(crate) fn count_sent(&self, challenge: &Challenge) {
        self.count(challenge, Counts::SENT);
    }

    /// A code was entered: it counts where it was asked for, so that its bucket tells how many were.
    pub(crate) fn count_verified(&self, challenge: &Challenge) {
        self.count(challenge, Counts::VERIFIED);
    }

    fn count(&self, challenge: &Challenge, counts: Counts) {
        let Some(network) = challenge.network else { return };
        let origin = Origin::of(&challenge.phone, network);
        self.counted.lock().count(&origin.scopes(), Bucket::of(challenge.created_at), counts);
    }

    /// A guess was wrong.
    pub(crate) fn count_failed(&self, now: DateTime<Utc>) {
        self.counted.lock().count(&[Scope::Fleet], Bucket::of(now), Counts::FAILED);
    }
}
