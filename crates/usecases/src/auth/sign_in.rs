//! Opening a session, and the tokens of an API session.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{DeviceId, FamilyId, SessionId};
use domain::notice::NoticeKind;
use domain::phone::{Mask, PhoneNumber};
use domain::session::{Session, SessionKind};
use domain::user::User;
use serde_json::json;
use store::audit::NewAudit;
use store::devices::{Device, Known};
use store::refresh_families::Family;
use store::{Write, audit, devices, refresh_families, sessions};
use uuid::Uuid;

use crate::keys::AccessClaims;
use crate::keys::tokens::{DeviceToken, RefreshToken, hash};
use crate::settings::TestNumber;
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
    /// A session as asked for. Not yet written.
    pub(crate) fn open_session(&self, opening: Opening<'_>, client: &Client, now: DateTime<Utc>) -> Result<Opened, Error> {
        let Opening { user, is_new_user, phone, device, kind, device_name: called, test, has_passkey } = opening;
        let device = self.known_or_new_device(&user, device, now);
        let rules = self.session_rules(kind, &user);
        // Testers are out when their number is.
        let absolute = test.map_or(rules.absolute, |number| rules.absolute.min(number.expires_at - now).max(TimeDelta::zero()));
        let session = Session {
            id: self.parts.rng.id_v7::<SessionId>(now),
            user_id: user.id,
            epoch: user.epoch,
            kind,
            device_id: Some(device.id()),
            device_name: device_name(called.or(client.user_agent.as_deref())),
            authenticated_at: now,
            second_factor_at: has_passkey.then_some(now),
            last_seen_at: now,
            idle_expires_at: now + rules.idle.min(absolute),
            expires_at: now + absolute,
        };
        let (family, tokens) = match kind {
            SessionKind::Web => (None, None),
            SessionKind::Api => {
                let first = RefreshToken { family: self.parts.rng.id128::<FamilyId>(), generation: 0 };
                let tokens = self.tokens(&session, first, now)?;
                let family = Family {
                    id: first.family,
                    session_id: session.id,
                    generation: 0,
                    current_hash: hash(&tokens.refresh),
                    rotated_at: now,
                };
                (Some(family), Some(tokens))
            }
        };
        let device_token = self.device_token(device.id(), device.generation(), &user, phone);
        let actor = Actor { user, session };
        let action = match &device {
            _ if is_new_user => "phone_claimed",
            SignInDevice::New(_) => NoticeKind::NewDevice.as_str(),
            SignInDevice::Known { .. } => "signed_in",
        };
        let kind = kind.as_str();
        let entry = match test {
            None if has_passkey => self.entry_of(&actor, action, json!({ "kind": kind, "with": "passkey" })),
            None => self.entry_of(&actor, action, json!({ "kind": kind })),
            Some(number) => NewAudit {
                actor: "test_number".to_owned(),
                ..self.entry_of(&actor, action, json!({ "kind": kind, "phone": number.phone.masked(Mask::M2) }))
            },
        };
        let signed_in = SignedIn { session: actor.session, user: actor.user, is_new_user, device_token, tokens };
        Ok(Opened { signed_in, device, family, entry, now })
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

    /// What makes this device known the next time.
    pub(crate) fn device_token(&self, device: DeviceId, generation: i64, user: &User, phone: &PhoneNumber) -> String {
        self.parts.keys.device_token(DeviceToken { device, epoch: user.epoch, generation }, phone)
    }

    /// A known device goes on under its id with its next token.
    fn known_or_new_device(&self, user: &User, known: Option<Known>, now: DateTime<Utc>) -> SignInDevice {
        if let Some(Known { id, generation, .. }) = known {
            return SignInDevice::Known { id, generation: generation + 1 };
        }
        let id = self.parts.rng.id128::<DeviceId>();
        SignInDevice::New(Device { id, user_id: user.id, epoch: user.epoch, created_at: now, last_used_at: now })
    }
}

/// Who is about to be signed in, and how.
pub(crate) struct Opening<'a> {
    /// As they will be then.
    pub(crate) user: User,
    pub(crate) is_new_user: bool,
    /// The number that they sign in with, or that their account has.
    pub(crate) phone: &'a PhoneNumber,
    /// What they are on, if it is known.
    pub(crate) device: Option<Known>,
    pub(crate) kind: SessionKind,
    /// What the caller calls the device.
    pub(crate) device_name: Option<&'a str>,
    pub(crate) test: Option<&'a TestNumber>,
    /// Whether they showed a passkey, which is two factors in one.
    pub(crate) has_passkey: bool,
}

/// What the sign-in came from.
pub(crate) enum SignInDevice {
    Known { id: DeviceId, generation: i64 },
    New(Device),
}

impl SignInDevice {
    const fn id(&self) -> DeviceId {
        match self {
            Self::Known { id, .. } => *id,
            Self::New(device) => device.id,
        }
    }

    const fn generation(&self) -> i64 {
        match self {
            Self::Known { generation, .. } => *generation,
            Self::New(_) => 0,
        }
    }
}

/// A session about to be written.
pub(crate) struct Opened {
    pub(crate) signed_in: SignedIn,
    device: SignInDevice,
    family: Option<Family>,
    entry: NewAudit,
    now: DateTime<Utc>,
}

impl Opened {
    pub(crate) fn writes(&self) -> Vec<Write<'_>> {
        let device = match &self.device {
            SignInDevice::Known { id, generation } => devices::update_used(*id, *generation, self.now),
            SignInDevice::New(device) => devices::insert(device),
        };
        let mut writes = vec![device, sessions::insert(&self.signed_in.session)];
        writes.extend(self.family.as_ref().map(refresh_families::insert));
        writes.push(audit::insert(&self.entry));
        writes
    }
}

/// What a device calls itself, made fit to be shown.
fn device_name(raw: Option<&str>) -> Option<String> {
    let name = domain::person::clean_name(raw?)?;
    Some(name.chars().take(DEVICE_NAME_MAX_CHARS).collect())
}
