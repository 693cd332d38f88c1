//! Agreeing and taking it back: a line in the ledger each time something changes.

use domain::consent::{Consent, ConsentPurpose, ConsentSource, is_granted};
use domain::ids::{ConsentId, UserId};
use domain::locale::Locale;
use domain::permission::Permission;
use domain::user::{User, UserStatus};
use serde_json::json;
use store::{Tx, consents, users};

use crate::{Actor, Admin, Error, Usecases};

/// Lines of one person that are shown.
pub(crate) const MOST: u32 = 1_000;

/// What somebody says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Say {
    /// To what.
    pub purpose: ConsentPurpose,
    /// Given, or taken back.
    pub is_granted: bool,
    /// Where.
    pub source: ConsentSource,
    /// In which language the words stood there.
    pub locale: Locale,
}

impl Usecases {
    /// What the actor agreed to and took back, newest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn list_my_consents(&self, actor: &Actor) -> Result<Vec<Consent>, Error> {
        Ok(consents::list_for_user(&mut self.parts.store.read().await?, actor.user.id, MOST).await?)
    }

    /// Writes down what the actor says, when it is not what holds already. Returns the ledger.
    ///
    /// # Errors
    /// `SessionEnded`, `Unavailable`.
    pub async fn say_consent(&self, actor: &Actor, say: Say) -> Result<Vec<Consent>, Error> {
        let mut tx = self.parts.store.write().await?;
        let user = users::lock(&mut tx, actor.user.id).await?.filter(|user| user.status == UserStatus::Active);
        let user = user.ok_or(Error::SessionEnded)?;
        if self.write_consent(&mut tx, &user, say).await? {
            let detail = json!({ "purpose": say.purpose, "is_granted": say.is_granted });
            self.audit_self(&mut tx, actor, "consent_changed", detail).await?;
        }
        let ledger = consents::list_for_user(&mut tx, user.id, MOST).await?;
        tx.commit().await?;
        Ok(ledger)
    }

    /// A person and their ledger, for an admin.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn read_consents(&self, admin: &Admin, id: UserId) -> Result<(User, Vec<Consent>), Error> {
        admin.require(Permission::PeopleView)?;
        let mut tx = self.parts.store.read().await?;
        let user = users::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let ledger = consents::list_for_user(&mut tx, id, MOST).await?;
        Ok((user, ledger))
    }

    /// Writes down what a person told staff. It says that it came from the desk, and the record says who wrote it.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Conflict` (nobody has proved the phone, or they are shut out or erased), `Unavailable`.
    pub async fn record_consent(
        &self,
        admin: &Admin,
        id: UserId,
        purpose: ConsentPurpose,
        is_granted: bool,
    ) -> Result<Vec<Consent>, Error> {
        let actor = admin.require(Permission::PeopleAdd)?;
        let mut tx = self.parts.store.write().await?;
        let user = users::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if user.status != UserStatus::Active {
            return Err(Error::Conflict);
        }
        let say = Say { purpose, is_granted, source: ConsentSource::Desk, locale: user.locale };
        if self.write_consent(&mut tx, &user, say).await? {
            let detail = json!({ "purpose": purpose, "is_granted": is_granted });
            self.audit_admin(&mut tx, actor, "consent_recorded", Some(id), detail).await?;
        }
        let ledger = consents::list_for_user(&mut tx, id, MOST).await?;
        tx.commit().await?;
        Ok(ledger)
    }

    /// Whether there was anything to write. Call it with the person locked.
    async fn write_consent(&self, tx: &mut Tx, user: &User, say: Say) -> Result<bool, Error> {
        let ledger = consents::list_for_user(tx, user.id, MOST).await?;
        if is_granted(&ledger, say.purpose) == say.is_granted {
            return Ok(false);
        }
        let now = self.parts.clock.now();
        let line = Consent {
            id: self.parts.rng.id_v7::<ConsentId>(now),
            user_id: user.id,
            purpose: say.purpose,
            is_granted: say.is_granted,
            // A clock that was set back must not hide what is said now behind what was said before.
            at: ledger.first().map_or(now, |newest| now.max(newest.at + chrono::TimeDelta::microseconds(1))),
            source: say.source,
            wording_version: say.purpose.wording_version(),
            locale: say.locale,
        };
        Ok(tx.run(consents::insert(&line)).await?)
    }
}
