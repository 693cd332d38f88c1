//! Beginning to make or show a passkey. What it began with is kept in the database: any process can finish it, and only once.

use chrono::{DateTime, Utc};
use domain::ids::CeremonyId;
use domain::passkey::CEREMONY_LIFE;
use serde_json::Value;
use store::passkey_ceremonies::{self, Kind};
use store::{Tx, Write};

use super::relying_party::{Begun, RelyingParty};
use crate::{Actor, Error, Usecases};

/// A passkey that is about to be made or shown.
#[derive(Clone, Debug)]
pub struct Ceremony {
    /// To be named when it is finished.
    pub id: CeremonyId,
    /// For the browser: the options of WebAuthn, as JSON.
    pub options: Value,
    /// Then it has to be begun anew.
    pub expires_at: DateTime<Utc>,
}

impl Usecases {
    /// The domain that passkeys are for; `None` when there can be none at the address that people use.
    pub fn passkey_domain(&self) -> Option<&str> {
        self.parts.settings.passkeys.site.as_ref().map(|site| site.id.as_str())
    }

    /// Who judges passkeys.
    pub(super) fn relying_party(&self) -> Result<RelyingParty, Error> {
        RelyingParty::new(self.parts.settings.passkeys.site.as_ref().ok_or(Error::NotFound)?)
    }

    pub(super) fn new_ceremony(&self, options: Value, now: DateTime<Utc>) -> Ceremony {
        Ceremony { id: self.parts.rng.id128(), options, expires_at: now + CEREMONY_LIFE }
    }

    /// Begins in a session, instead of whatever was begun there before.
    pub(super) async fn begin_in_session(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        kind: Kind,
        Begun { options, state }: Begun,
        now: DateTime<Utc>,
    ) -> Result<Ceremony, Error> {
        let ceremony = self.new_ceremony(options, now);
        tx.run(passkey_ceremonies::delete_of_session(actor.session.id)).await?;
        tx.run(insert(&ceremony, kind, &state)).await?;
        Ok(ceremony)
    }
}

pub(super) fn insert<'a>(ceremony: &Ceremony, kind: Kind, state: &'a str) -> Write<'a> {
    passkey_ceremonies::insert(ceremony.id, kind, state, ceremony.expires_at)
}
