//! For development: a line in the log instead of a message.

use domain::phone::Mask;

use crate::message::Message;

/// Says that a message would have gone out. Never its words: they hold the code, and logs are kept and passed on.
pub(crate) fn send(message: &Message) {
    tracing::info!(
        id = %message.key,
        phone = %message.to.masked(Mask::M2),
        class = message.class.as_str(),
        locale = message.locale.as_str(),
        "a text message went nowhere: development"
    );
}
