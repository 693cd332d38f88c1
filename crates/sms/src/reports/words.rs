//! What the words mean that most providers share. Short forms are those of receipts between operators (SMPP 3.4, appendix B).

use domain::delivery::DeliveryStatus;

/// A word in small letters. Those that say nothing about the delivery (`queued`, `pending`) mean nothing, like those nobody knows.
pub(super) fn meaning(word: &str) -> Option<DeliveryStatus> {
    Some(match word {
        "delivered" | "delivrd" => DeliveryStatus::Delivered,
        "sent" | "submitted" | "acceptd" | "enroute" => DeliveryStatus::Sent,
        "undelivered" | "undeliverable" | "undeliv" | "failed" | "rejected" | "rejectd" | "expired" | "deleted" => {
            DeliveryStatus::Undelivered
        }
        "unknown" => DeliveryStatus::Unknown,
        _ => return None,
    })
}
