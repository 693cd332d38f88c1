//! Everything we hold about a person, for that person (salon.md §5).

use domain::phone::Mask;
use serde_json::{Value, json};
use store::{audit, outbox, passkeys, second_factors, sessions};

use crate::{Actor, Error, Usecases};

/// More entries than a person can have within the retention times; a bound all the same.
const MOST: u32 = 10_000;

impl Usecases {
    /// All data held about the actor as one JSON document. Codes and tokens are not among it: they are not held.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn export_me(&self, actor: &Actor) -> Result<Value, Error> {
        let now = self.parts.clock.now();
        let user = &actor.user;
        let mut tx = self.parts.store.read().await?;
        let sessions = sessions::list_alive(&mut tx, user.id, now).await?;
        let second_factor = second_factors::find_held(&mut tx, user.id).await?;
        let passkeys = passkeys::list(&mut tx, user.id).await?;
        // By person and not by number: a number may have been somebody else's before.
        let messages = outbox::list_for_user(&mut tx, user.id, MOST).await?;
        let audit = audit::list_for_user(&mut tx, user.id, MOST).await?;
        Ok(json!({
            "exported_at": now,
            "user": {
                "id": user.id,
                "phone": user.phone,
                "is_phone_verified": user.is_phone_verified,
                "given_name": user.given_name,
                "family_name": user.family_name,
                "email": user.email,
                "locale": user.locale,
                "roles": user.roles,
                "is_sandbox": user.is_sandbox,
                "created_at": user.created_at,
                "last_seen_at": user.last_seen_at,
            },
            "second_factor": {
                "added_at": second_factor.since,
                "recovery_codes_left": second_factor.recovery_codes,
            },
            "passkeys": passkeys.iter().map(|stored| json!({
                "name": stored.passkey.name,
                "created_at": stored.passkey.created_at,
                "last_used_at": stored.passkey.last_used_at,
            })).collect::<Vec<_>>(),
            "sessions": sessions.iter().map(|session| json!({
                "id": session.id,
                "kind": session.kind,
                "device_name": session.device_name,
                "signed_in_at": session.authenticated_at,
                "last_seen_at": session.last_seen_at,
                "expires_at": session.expires_at,
                "is_current": session.id == actor.session.id,
            })).collect::<Vec<_>>(),
            "messages": messages.iter().map(|message| json!({
                "kind": message.kind,
                "to": message.phone.as_ref().map(|phone| phone.masked(Mask::M0)),
                "state": message.state.as_str(),
                "created_at": message.created_at,
                "finished_at": message.finished_at,
            })).collect::<Vec<_>>(),
            "history": audit.iter().map(|entry| json!({
                "at": entry.at,
                "by": entry.actor,
                "action": entry.action,
                "detail": entry.detail,
            })).collect::<Vec<_>>(),
        }))
    }
}
