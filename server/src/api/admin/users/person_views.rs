//! What happened around a person, as an admin reads it. Numbers that messages went to are masked: only the person's own is whole.

use chrono::{DateTime, Utc};
use domain::locale::Locale;
use domain::person::{Audience, display_name};
use domain::phone::Mask;
use domain::session::Session;
use domain::user::User;
use serde::Serialize;
use serde_json::Value;
use usecases::{AskedCode, Message, PersonHistory, PersonNotes, SignedDeed, SignedNote};
use utoipa::ToSchema;
use uuid::Uuid;

/// A session of somebody.
#[derive(Serialize, ToSchema)]
pub struct PersonSession {
    pub id: Uuid,
    /// `web` or `api`.
    #[schema(value_type = String, example = "api")]
    pub kind: &'static str,
    /// What the app or browser calls itself.
    pub device_name: Option<String>,
    /// When the code was entered.
    pub authenticated_at: DateTime<Utc>,
    /// To the nearest few minutes.
    pub last_seen_at: DateTime<Utc>,
    /// Ends then whatever happens.
    pub expires_at: DateTime<Utc>,
}

impl From<&Session> for PersonSession {
    fn from(session: &Session) -> Self {
        Self {
            id: session.id.0,
            kind: session.kind.as_str(),
            device_name: session.device_name.clone(),
            authenticated_at: session.authenticated_at,
            last_seen_at: session.last_seen_at,
            expires_at: session.expires_at,
        }
    }
}

/// Somebody else, in short.
#[derive(Serialize, ToSchema)]
pub struct PersonName {
    pub id: Uuid,
    /// Name, else phone.
    pub display_name: String,
}

impl PersonName {
    fn new(user: &User, locale: Locale) -> Self {
        let short_id = user.id.short();
        Self { id: user.id.0, display_name: display_name(&user.as_person(&short_id), Audience::Admin, locale).text }
    }
}

/// A page of codes.
#[derive(Serialize, ToSchema)]
pub struct CodePage {
    pub items: Vec<CodeItem>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
}

/// A code that was asked for, without the code.
#[derive(Serialize, ToSchema)]
pub struct CodeItem {
    pub created_at: DateTime<Utc>,
    /// `auth` or `verify`.
    #[schema(value_type = String, example = "auth")]
    pub purpose: &'static str,
    /// Masked.
    #[schema(example = "05• ••• 4567")]
    pub to: String,
    /// Digits of the code.
    #[schema(example = 6)]
    pub code_length: u8,
    pub attempts: u8,
    pub max_attempts: u8,
    /// `entered`, `guessed_out`, `ran_out`, `voided` or `waiting`.
    #[schema(value_type = String, example = "entered")]
    pub outcome: &'static str,
    /// How many messages carried it.
    pub sends: u32,
    pub expires_at: DateTime<Utc>,
    pub consumed_at: Option<DateTime<Utc>>,
}

impl CodePage {
    pub fn new(history: PersonHistory<AskedCode>, now: DateTime<Utc>) -> Self {
        let epoch = history.user.epoch;
        let item = |code: AskedCode| CodeItem {
            created_at: code.challenge.created_at,
            purpose: code.challenge.purpose.as_str(),
            to: code.challenge.phone.masked(Mask::M1),
            code_length: code.challenge.code_length.digits(),
            attempts: code.challenge.attempts,
            max_attempts: code.challenge.max_attempts,
            outcome: code.challenge.outcome(now, epoch).as_str(),
            sends: code.sends,
            expires_at: code.challenge.expires_at,
            consumed_at: code.challenge.consumed_at,
        };
        Self { items: history.page.items.into_iter().map(item).collect(), next: history.page.next }
    }
}

/// A page of messages.
#[derive(Serialize, ToSchema)]
pub struct MessagePage {
    pub items: Vec<MessageItem>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
}

/// A message, without its words.
#[derive(Serialize, ToSchema)]
pub struct MessageItem {
    pub id: Uuid,
    /// `auth_code`, `verify_code`, `phone_changed` or `codes_off`.
    #[schema(value_type = String, example = "auth_code")]
    pub kind: &'static str,
    /// Masked; null once the person was erased.
    #[schema(example = "05• ••• 4567")]
    pub to: Option<String>,
    /// `queued`, `leased`, `sent` (a provider took it), `failed` or `expired`.
    #[schema(value_type = String, example = "sent")]
    pub state: &'static str,
    /// What the provider reported later: `sent`, `delivered`, `undelivered` or `unknown`; null before.
    #[schema(value_type = Option<String>, example = "delivered")]
    pub report: Option<&'static str>,
    pub provider: Option<String>,
    pub segments: Option<u32>,
    /// Millionths of the currency's unit.
    pub cost_micros: Option<i64>,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub reported_at: Option<DateTime<Utc>>,
}

impl MessagePage {
    pub fn new(history: PersonHistory<Message>) -> Self {
        let item = |message: Message| MessageItem {
            id: message.id.0,
            kind: message.kind.as_str(),
            to: message.phone.map(|phone| phone.masked(Mask::M1)),
            state: message.state.as_str(),
            report: message.report.map(domain::delivery::DeliveryStatus::as_str),
            provider: message.provider,
            segments: message.segments,
            cost_micros: message.cost_micros,
            created_at: message.created_at,
            finished_at: message.finished_at,
            reported_at: message.reported_at,
        };
        Self { items: history.page.items.into_iter().map(item).collect(), next: history.page.next }
    }
}

/// A page of the record.
#[derive(Serialize, ToSchema)]
pub struct DeedPage {
    pub items: Vec<DeedItem>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
}

/// Something that was done.
#[derive(Serialize, ToSchema)]
pub struct DeedItem {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    #[schema(example = "user_blocked")]
    pub action: String,
    /// `self` (the person it is about), `staff`, `operator`, or a part of the system.
    #[schema(example = "staff")]
    pub by: String,
    /// Who of the staff it was; null when it was nobody of them, or they are gone.
    pub staff: Option<PersonName>,
    /// To whom it was done, when it was to somebody else.
    pub other: Option<PersonName>,
    #[schema(value_type = Object)]
    pub detail: Value,
}

impl DeedPage {
    pub fn new(history: PersonHistory<SignedDeed>, locale: Locale) -> Self {
        let item = |signed: SignedDeed| DeedItem {
            by: signed.doer().for_the_person().to_owned(),
            staff: signed.staff.as_ref().map(|user| PersonName::new(user, locale)),
            other: signed.deed.other.as_ref().map(|user| PersonName::new(user, locale)),
            id: signed.deed.entry.id.0,
            at: signed.deed.entry.at,
            action: signed.deed.entry.action,
            detail: signed.deed.entry.detail,
        };
        Self { items: history.page.items.into_iter().map(item).collect(), next: history.page.next }
    }
}

/// A page of notes.
#[derive(Serialize, ToSchema)]
pub struct NotePage {
    pub items: Vec<NoteItem>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
}

/// A note about somebody.
#[derive(Serialize, ToSchema)]
pub struct NoteItem {
    pub id: Uuid,
    pub text: String,
    /// Who wrote it; null when they are gone.
    pub author: Option<PersonName>,
    /// Whether the caller wrote it, and so may remove it.
    pub is_own: bool,
    pub created_at: DateTime<Utc>,
}

impl NotePage {
    pub fn new(notes: PersonNotes, locale: Locale) -> Self {
        Self { items: notes.page.items.iter().map(|note| NoteItem::new(note, locale)).collect(), next: notes.page.next }
    }
}

impl NoteItem {
    pub fn new(signed: &SignedNote, locale: Locale) -> Self {
        Self {
            id: signed.note.id.0,
            text: signed.note.text.clone(),
            author: signed.author.as_ref().map(|user| PersonName::new(user, locale)),
            is_own: signed.is_own,
            created_at: signed.note.created_at,
        }
    }
}
