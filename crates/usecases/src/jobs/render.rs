//! From an outbox row to the words on the phone. The code is derived here and lives no longer than the text.

use domain::challenge::Challenge;
use domain::locale::Locale;
use domain::message::MessageKind;
use domain::otp::{self, Code};

use crate::Usecases;

/// A text and the code in it.
pub(crate) struct Rendered {
    pub(crate) body: String,
    pub(crate) code: Option<Code>,
}

impl Usecases {
    /// `None` when it cannot be written any more: its challenge or the key of its code is gone.
    pub(crate) fn render(&self, kind: MessageKind, locale: Locale, challenge: Option<&Challenge>) -> Option<Rendered> {
        let code = match kind.purpose() {
            None => None,
            Some(purpose) => {
                let challenge = challenge.filter(|challenge| challenge.purpose == purpose)?;
                let key = self.parts.keys.otp_key(&challenge.key_id)?;
                Some(otp::derive(key, challenge.id, purpose, &challenge.phone, challenge.code_length))
            }
        };
        let body = self.parts.settings.texts.render(kind, locale, code.as_ref().map(Code::expose));
        Some(Rendered { body, code })
    }
}
