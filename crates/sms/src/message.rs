//! What is carried.

use domain::locale::Locale;
use domain::phone::PhoneNumber;

/// What a message is for: providers route and price these differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// It holds a code.
    Otp,
    /// It tells something.
    Service,
}

impl Class {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Otp => "otp",
            Self::Service => "service",
        }
    }

    /// Reads [`Class::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Otp, Self::Service].into_iter().find(|class| class.as_str() == text)
    }
}

/// One thing for each class of message: a sender name is registered for one kind of traffic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerClass<T> {
    /// For codes.
    pub otp: T,
    /// For what tells something.
    pub service: T,
}

impl<T: Clone> PerClass<T> {
    /// The same for every class.
    pub fn same(thing: T) -> Self {
        Self { otp: thing.clone(), service: thing }
    }
}

impl<T> PerClass<T> {
    /// The one for `class`.
    pub const fn of(&self, class: Class) -> &T {
        match class {
            Class::Otp => &self.otp,
            Class::Service => &self.service,
        }
    }
}

/// A text on its way out.
#[derive(Clone)]
pub struct Message {
    /// Idempotency key: the same for every try of the same outbox row.
    pub key: String,
    /// To whom.
    pub to: PhoneNumber,
    /// The words. May hold a code.
    pub body: String,
    /// The language of the words.
    pub locale: Locale,
    /// What it is for.
    pub class: Class,
}

impl Message {
    /// The number as the Saudi providers take it: in international form, without `+`.
    pub(crate) fn to_without_plus(&self) -> &str {
        self.to.as_e164().trim_start_matches('+')
    }
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message")
            .field("key", &self.key)
            .field("to", &self.to)
            .field("body", &"[redacted]")
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_does_not_print_its_words_or_its_number() {
        let to = PhoneNumber::from_canonical("+966501234567").expect("canonical");
        let body = "123456 is your code".into();
        let message = Message { key: "k".into(), to, body, locale: Locale::En, class: Class::Otp };
        let printed = format!("{message:?}");
        assert!(!printed.contains("123456") && !printed.contains("501234567"), "{printed}");
    }
}
