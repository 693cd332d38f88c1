//! Recovery codes: shown once, kept as keyed hashes.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::recovery_code::{HANDED_OUT, RecoveryCode};
use serde_json::json;
use store::{Tx, second_factors, users};

use crate::{Actor, Error, Usecases};

impl Usecases {
    /// New recovery codes instead of those before, used or not.
    ///
    /// # Errors
    /// `SecondFactorRequired`, `StepUpRequired`, `NotFound` (there is nothing that they would stand in for), `Unavailable`.
    pub async fn renew_recovery_codes(&self, actor: &Actor) -> Result<Vec<RecoveryCode>, Error> {
        self.require_step_up(actor)?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        users::lock(&mut tx, actor.user.id).await?.ok_or(Error::SessionEnded)?;
        if !second_factors::find_held(&mut tx, actor.user.id).await?.is_any() {
            return Err(Error::NotFound);
        }
        let codes = self.replace_recovery_codes(&mut tx, actor.user.id, now).await?;
        self.audit_self(&mut tx, actor, "recovery_codes_renewed", json!({})).await?;
        tx.commit().await?;
        Ok(codes)
    }

    pub(crate) async fn replace_recovery_codes(
        &self,
        tx: &mut Tx,
        user: UserId,
        now: DateTime<Utc>,
    ) -> Result<Vec<RecoveryCode>, Error> {
        tx.run(second_factors::delete_recovery_codes(user)).await?;
        let codes: Vec<_> = (0..HANDED_OUT).map(|_| RecoveryCode::new(self.parts.rng.bytes())).collect();
        for code in &codes {
            tx.run(second_factors::insert_recovery_code(user, &self.parts.keys.recovery_hash(code, user), now)).await?;
        }
        Ok(codes)
    }
}
