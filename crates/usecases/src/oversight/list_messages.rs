//! The log of messages, and one of them with what became of it.

use domain::error::ValidationError;
use domain::ids::OutboxId;
use domain::message::MessageKind;
use domain::page::Page;
use domain::people::Period;
use domain::permission::Permission;
use domain::phone::PhoneNumber;
use domain::user::User;
use store::message_log::{self, LoggedMessage, MessageFilter, Reported, Stand};
use store::users;

use super::days::Reader;
use crate::{Admin, Error, Usecases};

/// What stands in the place of a code, however long that is.
const REDACTED: &str = "••••••";

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListMessages {
    /// Where it stands.
    pub stand: Option<Stand>,
    /// Which text.
    pub kind: Option<MessageKind>,
    /// A whole phone in any spelling.
    pub phone: Option<String>,
    /// When it was written.
    pub period: Period,
    /// The last message of the page before.
    pub after: Option<OutboxId>,
}

impl ListMessages {
    /// The names in an address.
    pub const NAMES: [&str; 6] = ["state", "kind", "phone", "from", "to", "after"];

    /// Reads an address, given what it holds under a name.
    ///
    /// # Errors
    /// One for each value that is none of the offered.
    pub fn read<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Result<Self, Vec<ValidationError>> {
        let mut reader = Reader::new(value);
        let read = Self {
            stand: reader.read("state", Stand::parse),
            kind: reader.read("kind", MessageKind::parse),
            phone: reader.text("phone").map(str::to_owned),
            period: reader.period(),
            after: reader.read("after", |text| text.parse().ok()),
        };
        reader.finish(read)
    }
}

/// A page of the log.
#[derive(Clone, Debug)]
pub struct MessageList {
    /// The messages. The cursor is the id of the last. Their phones are to be masked.
    pub page: Page<LoggedMessage>,
    /// The fields that cannot be read as what they are for: then nothing was looked for.
    pub unmatched: Vec<&'static str>,
}

/// A message with everything that is known of it.
#[derive(Clone, Debug)]
pub struct MessageDetail {
    /// The message.
    pub message: LoggedMessage,
    /// What its provider reported, oldest first.
    pub reports: Vec<Reported>,
    /// What it says, as it is written today, without its code.
    pub body: String,
    /// Whom it is about, while they are there.
    pub person: Option<User>,
}

impl Usecases {
    /// Looks through the messages.
    ///
    /// # Errors
    /// `Forbidden`, `Unavailable`.
    pub async fn list_messages(&self, admin: &Admin, asked: &ListMessages) -> Result<MessageList, Error> {
        admin.require(Permission::AuditView)?;
        let region = self.parts.settings.phones.default_region;
        let phone = match asked.phone.as_deref().map(|typed| PhoneNumber::parse(typed, region)) {
            Some(Err(_)) => {
                return Ok(MessageList { page: Page { items: Vec::new(), next: None }, unmatched: vec!["phone"] });
            }
            other => other.and_then(Result::ok),
        };
        let filter = MessageFilter { stand: asked.stand, kind: asked.kind, phone, period: asked.period };
        let mut items = message_log::list(&mut self.parts.store.read().await?, &filter, asked.after).await?;
        let has_more = items.len() > message_log::PAGE;
        items.truncate(message_log::PAGE);
        let next = items.last().filter(|_| has_more).map(|message| message.id.to_string());
        Ok(MessageList { page: Page { items, next }, unmatched: Vec::new() })
    }

    /// Reads one message.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn read_message(&self, admin: &Admin, id: OutboxId) -> Result<MessageDetail, Error> {
        admin.require(Permission::AuditView)?;
        let mut tx = self.parts.store.read().await?;
        let message = message_log::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let reports = message_log::list_reports(&mut tx, &message).await?;
        let person = match message.user_id {
            Some(id) => users::find(&mut tx, id).await?,
            None => None,
        };
        let code = message.kind.purpose().map(|_| REDACTED);
        let body = self.parts.settings.texts.render(message.kind, message.locale, code);
        Ok(MessageDetail { message, reports, body, person })
    }
}
