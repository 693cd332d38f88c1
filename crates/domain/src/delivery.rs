//! What providers report about messages they have taken.
//!
//! The whole chain is queued → accepted → sent → delivered, undelivered or unknown. The first two are the outbox's own: *queued* until a
//! provider took the message, *accepted* once one did and nothing was reported since. The others are reported, in any order, late, twice
//! or before we have noted that the message was taken. So they are ranked, and a message has the highest that was ever reported of it:
//! whatever the order, the outcome is the same, and nothing moves back.

use crate::ids::OutboxId;

/// Which message a report is about, as its provider names it. References and keys hold no phone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// By the reference the provider gave when it took the message.
    Reference(String),
    /// By our own key, which it was given with the message.
    Key(OutboxId),
}

/// One report, already authenticated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Report {
    /// About which message.
    pub subject: Subject,
    /// What became of it.
    pub status: DeliveryStatus,
}

/// A reported status. The order is the rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeliveryStatus {
    /// The provider handed it to the network.
    Sent,
    /// The provider waits no longer and does not know. Whatever it learns later tells more.
    Unknown,
    /// The network gave up, or the provider did. Only the phone itself can say otherwise.
    Undelivered,
    /// The phone has it. Final. It outranks `Undelivered`: that is what somebody on the way concluded (a deadline passed, one of two tries
    /// failed), this is a receipt of the phone's, and a code on a phone can be entered whoever concluded what.
    Delivered,
}

impl DeliveryStatus {
    /// Every status, the lowest rank first.
    pub const ALL: [Self; 4] = [Self::Sent, Self::Unknown, Self::Undelivered, Self::Delivered];

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Unknown => "unknown",
            Self::Undelivered => "undelivered",
            Self::Delivered => "delivered",
        }
    }

    /// Reads [`DeliveryStatus::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// 1 to 4: what the database compares. Nothing reported is 0.
    pub const fn rank(self) -> i32 {
        match self {
            Self::Sent => 1,
            Self::Unknown => 2,
            Self::Undelivered => 3,
            Self::Delivered => 4,
        }
    }

    /// Whether it is news to a message of which `before` was reported.
    pub fn moves_on_from(self, before: Option<Self>) -> bool {
        before.is_none_or(|before| self > before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rank_is_the_order() {
        assert!(DeliveryStatus::ALL.is_sorted());
        assert!(DeliveryStatus::ALL.into_iter().map(DeliveryStatus::rank).eq(1..=4));
        for status in DeliveryStatus::ALL {
            assert_eq!(DeliveryStatus::parse(status.as_str()), Some(status));
        }
        assert_eq!(DeliveryStatus::parse("queued"), None);
    }

    #[test]
    fn a_status_only_moves_forward_and_delivered_is_the_end() {
        use DeliveryStatus::{Delivered, Sent, Undelivered, Unknown};

        assert!(Sent.moves_on_from(None) && Unknown.moves_on_from(Some(Sent)) && Delivered.moves_on_from(Some(Sent)));
        assert!(Undelivered.moves_on_from(Some(Unknown)), "what was unknown becomes known");
        assert!(Delivered.moves_on_from(Some(Undelivered)), "a phone knows best");
        for late in DeliveryStatus::ALL {
            assert!(!late.moves_on_from(Some(Delivered)), "{late:?}");
            assert!(!late.moves_on_from(Some(late)), "{late:?} twice");
        }
        assert!(!Sent.moves_on_from(Some(Unknown)) && !Unknown.moves_on_from(Some(Undelivered)));
    }

    #[test]
    fn the_order_in_which_reports_come_does_not_matter() {
        let end = |reports: [DeliveryStatus; 3]| {
            reports.into_iter().fold(None, |before, status| if status.moves_on_from(before) { Some(status) } else { before })
        };
        for a in DeliveryStatus::ALL {
            for b in DeliveryStatus::ALL {
                for c in DeliveryStatus::ALL {
                    let expected = Some(a.max(b).max(c));
                    for order in [[a, b, c], [a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
                        assert_eq!(end(order), expected, "{order:?}");
                    }
                }
            }
        }
    }
}
