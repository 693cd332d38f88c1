//! The whole number of a message, for an admin who needs it: so many an hour, and written down.

use chrono::TimeDelta;
use domain::ids::OutboxId;
use domain::keys::LimitKey;
use domain::limits::{Policy, Quota, QuotaExceeded, Standing};
use domain::permission::Permission;
use domain::phone::PhoneNumber;
use domain::uses::Use;
use serde_json::json;
use store::{limit_keys, message_log};

use crate::{Admin, Error, Usecases, metrics};

/// Enough for an afternoon at the telephone, too few to copy the log.
const QUOTAS: [Quota; 2] = [
    Quota { policy: Policy::NumberShow, limit: 30, window: TimeDelta::hours(1) },
    Quota { policy: Policy::NumberShow, limit: 100, window: TimeDelta::days(1) },
];

impl Usecases {
    /// The number that a message went to. Who asked is in the audit.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound` (the message, or its number: the person was erased), `QuotaExceeded`, `Unavailable`.
    pub async fn show_number(&self, admin: &Admin, id: OutboxId) -> Result<PhoneNumber, Error> {
        admin.require(Permission::AuditView)?;
        let actor = admin.require(Permission::PeopleView)?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let message = message_log::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let phone = message.phone.ok_or(Error::NotFound)?;
        let key = LimitKey::numbers_shown(self.parts.keys.pepper(), actor.user.id);
        let one = Use { at: now, tag: u32::from_be_bytes(self.parts.rng.bytes()) };
        if !tx.run(limit_keys::spend(key, QUOTAS, one)).await? {
            let uses = limit_keys::find(&mut tx, key).await?;
            let standings = QUOTAS.map(|quota| quota.standing(uses.usage(quota, now), now));
            let refusal = QuotaExceeded::check(standings)
                .unwrap_or_else(|| QuotaExceeded { violated: vec![Standing { remaining: 0, ..standings[0] }] });
            metrics::refused(&refusal);
            return Err(Error::QuotaExceeded(refusal));
        }
        self.audit_admin(&mut tx, actor, "number_shown", message.user_id, json!({ "message": id })).await?;
        tx.commit().await?;
        Ok(phone)
    }
}
