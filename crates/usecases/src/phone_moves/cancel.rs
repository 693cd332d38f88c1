//! Thinking better of it, before the number is proved.

use domain::ids::UserId;
use domain::permission::Permission;
use domain::phone::Mask;
use domain::phone_move::{MoveState, PhoneMove, Refusal, Step};
use serde_json::json;
use store::{phone_moves, users};

use crate::{Admin, Error, Usecases};

impl Usecases {
    /// Cancels what waits for a person. Somebody who proves the number at the same moment may be faster.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `MoveRefused` (nothing waits any more), `Unavailable`.
    pub async fn cancel_phone_move(&self, admin: &Admin, user: UserId) -> Result<PhoneMove, Error> {
        let actor = admin.require(Permission::PeopleChangePhone)?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        users::find(&mut tx, user).await?.ok_or(Error::NotFound)?;
        let last = phone_moves::find_last(&mut tx, user).await?.ok_or(Error::MoveRefused(Refusal::Over))?;
        let cancelled = last.step(Step::Cancel, now).map_err(Error::MoveRefused)?;
        if !tx.run(phone_moves::update(&cancelled, MoveState::Pending)).await? {
            return Err(Error::MoveRefused(Refusal::Over));
        }
        let detail = json!({ "kind": cancelled.kind.as_str(), "to": cancelled.phone.masked(Mask::M2) });
        for subject in cancelled.people() {
            self.audit_admin(&mut tx, actor, "phone_move_cancelled", Some(subject), detail.clone()).await?;
        }
        tx.commit().await?;
        Ok(cancelled)
    }
}
