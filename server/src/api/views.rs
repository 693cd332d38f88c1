//! What goes out over JSON. Nothing here is read back.

use chrono::{DateTime, Utc};
use domain::locale::Locale;
use domain::notice;
use domain::person::{Audience, display_name};
use domain::recovery_code::RecoveryCode;
use domain::session::Session;
use domain::user::User;
use serde::Serialize;
use usecases::{Awaited, ProofRequired, Sent, SignedIn};
use utoipa::ToSchema;
use uuid::Uuid;

/// A challenge: a code is on its way. The same shape whoever the phone belongs to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Challenge {
    pub challenge_id: Uuid,
    /// What the code is for: `auth` or `verify`.
    #[schema(value_type = Purpose)]
    pub purpose: &'static str,
    /// E.164.
    #[schema(example = "+966501234567")]
    pub phone: String,
    /// Digits of the code.
    #[schema(example = 6)]
    pub code_length: u8,
    /// Seconds left to enter the code.
    #[schema(example = 300)]
    pub expires_in: u64,
    pub expires_at: DateTime<Utc>,
    /// Seconds until it may be sent again.
    #[schema(example = 60)]
    pub resend_in: u64,
    /// Wrong guesses it still bears.
    #[schema(example = 5)]
    pub attempts_remaining: u8,
    pub rate_limit: RateLimit,
}

/// What a code is for.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Purpose {
    Auth,
    Verify,
}

/// A language.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case", as = Locale)]
pub enum Language {
    Ar,
    En,
}

/// Where the caller's own sends to this phone stand; the same numbers as in the `RateLimit` header.
#[derive(Debug, Serialize, ToSchema)]
pub struct RateLimit {
    /// How many in the window.
    #[schema(example = 5)]
    pub limit: u32,
    /// How many are left.
    #[schema(example = 4)]
    pub remaining: u32,
    /// Seconds until more are left.
    #[schema(example = 3600)]
    pub reset_in: u64,
}

/// What a stranger has to show before a text goes out.
#[derive(Debug, Serialize, ToSchema)]
pub struct Proof {
    /// Always `sha-256`: find the decimal number for which the hash of the puzzle's text with the number behind it begins with `bits`
    /// zero bits.
    #[schema(example = "sha-256")]
    pub algorithm: &'static str,
    /// For this phone and this client network; good once.
    pub puzzle: String,
    #[schema(example = 18)]
    pub bits: u8,
    /// When the puzzle is no longer good.
    pub expires_at: DateTime<Utc>,
    /// Seconds after which the puzzle is good without a solution, while not too many wait; null when too many do.
    #[schema(example = 60)]
    pub wait_s: Option<u64>,
}

impl From<&ProofRequired> for Proof {
    fn from(asked: &ProofRequired) -> Self {
        let ProofRequired { puzzle, bits, expires_at, wait_s } = asked;
        Self { algorithm: "sha-256", puzzle: puzzle.clone(), bits: *bits, expires_at: *expires_at, wait_s: *wait_s }
    }
}

impl From<&Sent> for Challenge {
    fn from(sent: &Sent) -> Self {
        let challenge = &sent.challenge;
        Self {
            challenge_id: challenge.id.0,
            purpose: challenge.purpose.as_str(),
            phone: challenge.phone.as_e164().to_owned(),
            code_length: challenge.code_length.digits(),
            expires_in: sent.expires_in_s(),
            expires_at: challenge.expires_at,
            resend_in: sent.resend_in_s(),
            attempts_remaining: challenge.attempts_remaining(),
            rate_limit: RateLimit {
                limit: sent.send.quota.limit,
                remaining: sent.send.remaining,
                reset_in: sent.send.reset_in_s(),
            },
        }
    }
}

/// A challenge whose code is awaited, without its phone: whoever asks may not be who asked for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AwaitedChallenge {
    pub challenge_id: Uuid,
    /// `waiting`: no provider has the text yet. `sent`: one has. `delivered`: the phone has. `failed`: it will not come.
    #[schema(value_type = Delivery)]
    pub delivery: &'static str,
    /// Seconds left to enter the code.
    #[schema(example = 240)]
    pub expires_in: u64,
    /// Seconds until it may be sent again.
    #[schema(example = 0)]
    pub resend_in: u64,
}

/// How a text fares.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Delivery {
    Waiting,
    Sent,
    Delivered,
    Failed,
}

impl From<&Awaited> for AwaitedChallenge {
    fn from(awaited: &Awaited) -> Self {
        let Awaited { sent, delivery } = awaited;
        Self {
            challenge_id: sent.challenge.id.0,
            delivery: delivery.as_str(),
            expires_in: sent.expires_in_s(),
            resend_in: sent.resend_in_s(),
        }
    }
}

/// A session of an app with its tokens.
#[derive(Serialize, ToSchema)]
pub struct SessionTokens {
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// Access token (JWT).
    pub access: String,
    /// Seconds the access token is good for.
    #[schema(example = 600)]
    pub expires_in: u64,
    /// Refresh token: opaque, good once.
    pub refresh: String,
    /// Seconds the refresh token is good for if it is not used.
    pub refresh_expires_in: u64,
    pub session_id: Uuid,
    /// Makes this device known at the next sign-in.
    pub device_token: String,
    /// Whether the phone was proved for the first time.
    pub is_new_user: bool,
    pub user: Me,
}

impl SessionTokens {
    /// `None` for a web session, which has no tokens.
    pub fn of(signed_in: SignedIn, locale: Locale) -> Option<Self> {
        let tokens = signed_in.tokens?;
        Some(Self {
            token_type: "Bearer",
            access: tokens.access,
            expires_in: tokens.expires_in_s,
            refresh: tokens.refresh,
            refresh_expires_in: tokens.refresh_expires_in_s,
            session_id: signed_in.session.id.0,
            device_token: signed_in.device_token,
            is_new_user: signed_in.is_new_user,
            user: Me::new(&signed_in.user, locale),
        })
    }
}

/// A person as they see themselves.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub struct Me {
    pub id: Uuid,
    /// E.164; null once erased.
    #[schema(example = "+966501234567")]
    pub phone: Option<String>,
    /// Name, else phone.
    pub display_name: String,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub email: Option<String>,
    /// Language of texts.
    #[schema(value_type = Language)]
    pub locale: Locale,
    pub is_phone_verified: bool,
    /// Roles besides customer.
    #[schema(value_type = Vec<String>)]
    pub roles: Vec<&'static str>,
    pub created_at: DateTime<Utc>,
}

impl Me {
    pub fn new(user: &User, locale: Locale) -> Self {
        let short_id = user.id.short();
        Self {
            id: user.id.0,
            phone: user.phone.as_ref().map(|phone| phone.as_e164().to_owned()),
            display_name: display_name(&user.as_person(&short_id), Audience::SelfView, locale).text,
            given_name: user.given_name.clone(),
            family_name: user.family_name.clone(),
            email: user.email.clone(),
            locale: user.locale,
            is_phone_verified: user.is_phone_verified,
            roles: user.roles.iter().map(|role| role.as_str()).collect(),
            created_at: user.created_at,
        }
    }
}

/// One of the caller's sessions.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionItem {
    pub id: Uuid,
    /// `web` or `api`.
    #[schema(value_type = String, example = "api")]
    pub kind: &'static str,
    /// What the app or browser calls itself.
    pub device_name: Option<String>,
    /// Whether it is the one that asks.
    pub is_current: bool,
    /// When the code was entered.
    pub authenticated_at: DateTime<Utc>,
    /// To the nearest few minutes.
    pub last_seen_at: DateTime<Utc>,
    /// Ends then without use.
    pub idle_expires_at: DateTime<Utc>,
    /// Ends then whatever happens.
    pub expires_at: DateTime<Utc>,
}

impl SessionItem {
    pub fn new(session: &Session, current: &Session) -> Self {
        Self {
            id: session.id.0,
            kind: session.kind.as_str(),
            device_name: session.device_name.clone(),
            is_current: session.id == current.id,
            authenticated_at: session.authenticated_at,
            last_seen_at: session.last_seen_at,
            idle_expires_at: session.idle_expires_at,
            expires_at: session.expires_at,
        }
    }
}

/// The caller's second factor.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecondFactor {
    /// Since when there is an authenticator app; null without one.
    pub since: Option<DateTime<Utc>>,
    /// How many passkeys there are.
    #[schema(example = 1)]
    pub passkeys: u32,
    /// Recovery codes that are still good.
    #[schema(example = 10)]
    pub recovery_codes_left: u32,
    /// When it was last shown in this session; null when it was not, or when it no longer holds.
    pub shown_at: Option<DateTime<Utc>>,
}

impl From<usecases::SecondFactor> for SecondFactor {
    fn from(held: usecases::SecondFactor) -> Self {
        let usecases::SecondFactor { since, passkeys, recovery_codes_left, shown_at } = held;
        Self { since, passkeys, recovery_codes_left, shown_at }
    }
}

/// An authenticator app that is being set up.
#[derive(Serialize, ToSchema)]
pub struct Enrolment {
    /// For typing into the app.
    #[schema(example = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    pub secret: String,
    /// For the QR code, or for a link that opens the app.
    pub uri: String,
    /// Then it has to be begun anew.
    pub expires_at: DateTime<Utc>,
}

impl From<&usecases::Enrolment> for Enrolment {
    fn from(begun: &usecases::Enrolment) -> Self {
        Self { secret: begun.secret.as_text(), uri: begun.secret.uri(&begun.account), expires_at: begun.expires_at }
    }
}

/// Recovery codes, each good once. We keep hashes of them.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodes {
    #[schema(example = json!(["7K3M-Q9XW-2FHT"]))]
    pub recovery_codes: Vec<String>,
}

impl RecoveryCodes {
    pub fn of(codes: &[RecoveryCode]) -> Self {
        Self { recovery_codes: codes.iter().map(RecoveryCode::to_text).collect() }
    }
}

/// Something that happened to the caller's account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Notice {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    #[schema(value_type = NoticeKind)]
    pub kind: &'static str,
    /// `phone_changed`: the number the account had before, masked.
    #[schema(example = "+9665•••••567")]
    pub moved_from: Option<String>,
    /// The session it happened in or to, while that is remembered.
    pub session: Option<NoticedSession>,
}

/// What happened: a sign-in on a device that was not known; the account moved to another number; a spent refresh token was used again and
/// its session ended; sign-in by text was turned on again; a passkey or an authenticator app was added or removed.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum NoticeKind {
    NewDeviceSignedIn,
    PhoneChanged,
    RefreshReplayed,
    UserRebound,
    PasskeyAdded,
    PasskeyRemoved,
    SecondFactorAdded,
    SecondFactorRemoved,
}

/// A session that a notice is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticedSession {
    /// For `DELETE /api/auth/sessions/{id}/`.
    pub id: Uuid,
    /// `web` or `api`.
    #[schema(value_type = String, example = "web")]
    pub kind: &'static str,
    /// What the app or browser calls itself.
    pub device_name: Option<String>,
    /// Whether it can still be ended.
    pub is_alive: bool,
}

impl From<notice::Notice> for Notice {
    fn from(notice: notice::Notice) -> Self {
        let session = notice.session.map(|session| NoticedSession {
            id: session.id.0,
            kind: session.kind.as_str(),
            device_name: session.device_name,
            is_alive: session.is_alive,
        });
        Self { id: notice.id.0, at: notice.at, kind: notice.kind.as_str(), moved_from: notice.moved_from, session }
    }
}
