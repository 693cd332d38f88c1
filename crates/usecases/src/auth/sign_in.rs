//! Opening a session, and the tokens of an API session.

use chrono::{DateTime, Utc};
use domain::ids::{DeviceId, FamilyId, SessionId};
use domain::session::{Session, SessionKind};
use domain::user::User;
use serde_json::json;
use store::{Tx, devices, refresh_families, sessions, users};
use uuid::Uuid;

use super::verify_code::VerifyCode;
use crate::keys::AccessClaims;
use crate::keys::tokens::{RefreshToken, hash};
use crate::{Actor, Client, Error, Usecases};

/// Longest device name kept, in characters: browsers name themselves at the end of some 200.
const DEVICE_NAME_MAX_CHARS: usize = 255;

/// Somebody is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// The person.
    pub user: User,
    /// Whether this was the first verification of the phone.
    pub is_new_user: bool,
    /// Makes this device known the next time.
    pub device_token: String,
    /// For apps; a browser has its cookie.
    pub tokens: Option<Tokens>,
}

/// An access token and the refresh token that follows it.
#[derive(Clone)]
pub struct Tokens {
    /// JWT.
    pub access: String,
    /// Seconds the access token is good for.
    pub expires_in_s: u64,
    /// Opaque; good once.
    pub refresh: String,
    /// Seconds the refresh token is good for if not used.
    pub refresh_expires_in_s: u64,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens([redacted])")
    }
}

impl Usecases {
    /// Opens a session of the kind asked for, inside the transaction that consumed the code.
    pub(crate) async fn open_session(
        &self,
        tx: &mut Tx,
        user: User,
        is_new_user: bool,
        input: &VerifyCode,
        client: &Client,
        now: DateTime<Utc>,
    ) -> Result<SignedIn, Error> {
        let phone = user.phone.clone().ok_or(Error::ChallengeNotFound)?;
        let device_id = self.known_or_new_device(tx, &user, input.device_token.as_deref(), now).await?;
        let rules = self.session_rules(input.kind, &user);
        let session = Session {
            id: self.parts.rng.id_v7::<SessionId>(now),
            user_id: user.id,
            epoch: user.epoch,
            kind: input.kind,
            device_id: Some(device_id),
            device_name: device_name(input.device_name.as_deref().or(client.user_agent.as_deref())),
            authenticated_at: now,
            last_seen_at: now,
            idle_expires_at: now + rules.idle.min(rules.absolute),
            expires_at: now + rules.absolute,
        };
        sessions::insert(tx, &session).await?;
        users::update_seen(tx, user.id, now).await?;
        let tokens = match input.kind {
            SessionKind::Web => None,
            SessionKind::Api => {
                let first = RefreshToken { family: self.parts.rng.id128::<FamilyId>(), generation: 0 };
                let tokens = self.tokens(&session, first, now)?;
                let family = refresh_families::Family {
                    id: first.family,
                    session_id: session.id,
                    generation: 0,
                    current_hash: hash(&tokens.refresh),
                    rotated_at: now,
                };
                refresh_families::insert(tx, &family).await?;
                Some(tokens)
            }
        };
        let actor = Actor { user, session };
        let action = if is_new_user { "phone_claimed" } else { "signed_in" };
        self.audit_self(tx, &actor, action, json!({ "kind": input.kind.as_str() })).await?;
        let device_token = self.parts.keys.device_token(device_id, actor.user.epoch, &phone);
        Ok(SignedIn { session: actor.session, user: actor.user, is_new_user, device_token, tokens })
    }

    /// A fresh access token and the refresh token of `next`.
    pub(crate) fn tokens(&self, session: &Session, next: RefreshToken, now: DateTime<Utc>) -> Result<Tokens, Error> {
        let settings = &self.parts.settings.tokens;
        let exp = (now + settings.access).min(session.expires_at);
        let claims = AccessClaims {
            iss: settings.issuer.clone(),
            aud: settings.audience.clone(),
            sub: session.user_id.0,
            sid: session.id.0,
            epoch: session.epoch,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: exp.timestamp(),
            jti: self.parts.rng.id128::<Uuid>(),
        };
        let seconds_to = |end: DateTime<Utc>| u64::try_from((end - now).num_seconds()).unwrap_or(0);
        Ok(Tokens {
            access: self.parts.keys.jwt.sign(&claims).map_err(Error::internal)?,
            expires_in_s: seconds_to(exp),
            refresh: self.parts.keys.refresh_token(next),
            refresh_expires_in_s: seconds_to(session.idle_expires_at),
        })
    }

    /// How long a session of this kind lasts for this person.
    pub(crate) fn session_rules(&self, kind: SessionKind, user: &User) -> domain::session::SessionRules {
        let settings = &self.parts.settings.sessions;
        match kind {
            SessionKind::Api => settings.api,
            SessionKind::Web if user.roles.is_empty() => settings.web_customer,
            SessionKind::Web => settings.web_staff,
        }
    }

    async fn known_or_new_device(
        &self,
        tx: &mut Tx,
        user: &User,
        token: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<DeviceId, Error> {
        let read = token.zip(user.phone.as_ref()).and_then(|(token, phone)| self.parts.keys.read_device_token(token, phone));
        if let Some(token) = read.filter(|token| token.epoch == user.epoch)
            && devices::find_alive(tx, token.device).await?.is_some_and(|device| device.user_id == user.id)
        {
            devices::update_used(tx, token.device, now).await?;
            return Ok(token.device);
        }
        let id = self.parts.rng.id128::<DeviceId>();
        devices::insert(tx, &devices::Device { id, user_id: user.id, epoch: user.epoch, created_at: now, last_used_at: now })
            .await?;
        Ok(id)
    }
}

/// What a device calls itself, made fit to be shown.
fn device_name(raw: Option<&str>) -> Option<String> {
    let name = domain::person::clean_name(raw?)?;
    Some(name.chars().take(DEVICE_NAME_MAX_CHARS).collect())
}
