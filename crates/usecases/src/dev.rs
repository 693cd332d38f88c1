//! The development sink: reads sent messages back. The code is derived again for showing; the database has none.

use chrono::{DateTime, Utc};
use domain::challenge::Purpose;
use domain::ids::OutboxId;
use domain::locale::Locale;
use domain::message::MessageKind;
use domain::phone::PhoneNumber;
use store::outbox;

use crate::{Error, Usecases};

/// A message as its receiver would see it.
#[derive(Clone, Debug)]
pub struct DevMessage {
    /// The outbox row.
    pub id: OutboxId,
    /// To whom.
    pub to: PhoneNumber,
    /// The text.
    pub body: String,
    /// The code in it.
    pub code: Option<String>,
    /// What the code is for.
    pub purpose: Option<Purpose>,
    /// Which text.
    pub kind: MessageKind,
    /// In which language.
    pub locale: Locale,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
}

impl Usecases {
    /// The newest messages the development sink took, newest first. Empty with any other sender: a real message's code must not
    /// be readable here.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn dev_messages(&self, to: Option<&PhoneNumber>, limit: u32) -> Result<Vec<DevMessage>, Error> {
        if !self.parts.carriers.are_development_sinks() {
            return Ok(Vec::new());
        }
        let entries = outbox::list_recent(&mut self.parts.store.read().await?, to, limit).await?;
        let shown = entries.into_iter().filter(|entry| entry.state == outbox::OutboxState::Sent).filter_map(|entry| {
            let text = self.render(entry.kind, entry.locale, entry.challenge.as_ref())?;
            Some(DevMessage {
                id: entry.id,
                to: entry.phone?,
                body: text.body,
                code: text.code.map(|code| code.expose().to_owned()),
                purpose: entry.kind.purpose(),
                kind: entry.kind,
                locale: entry.locale,
                created_at: entry.created_at,
            })
        });
        Ok(shown.collect())
    }
}
