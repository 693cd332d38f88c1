use chrono::{DateTime, TimeDelta, Utc};
use domain::challenge::Challenge;
use domain::delivery::{DeliveryStatus, Report, Subject};
use domain::ids::{ChallengeId, OutboxId};
use domain::locale::Locale;
use domain::message::MessageKind;
use domain::phone::{PhoneNumber, Region};
use store::conversions::{self, Conversion};
use store::outbox::NewMessage;
use store::{Store, challenges, delivery_reports, outbox};

use crate::support::{active, at, challenge_of, id, reading, taken, writing};

/// Ten past an hour, and so many minutes.
fn minute(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).expect("in range") + TimeDelta::minutes(10 + minutes)
}

fn hour(hours: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).expect("in range") + TimeDelta::hours(hours)
}

/// A message with a code that a provider took, and what was reported of it.
async fn sent(store: &Store, number: u128, to: &str, minutes: i64, provider: &str, status: Option<DeliveryStatus>) {
    let kind = if number < 100 { MessageKind::AuthCode } else { MessageKind::PhoneChanged };
    // A resend has the challenge of the message before it.
    let challenge_id = (number < 100).then(|| ChallengeId(id(number / 10)));
    let message = NewMessage {
        id: OutboxId(id(number)),
        kind,
        user_id: None,
        challenge_id,
        phone: PhoneNumber::from_canonical(to).expect("canonical"),
        locale: Locale::Ar,
        expires_at: minute(minutes + 5),
        now: minute(minutes),
    };
    writing!(store, |tx| tx.run(outbox::insert(&message)));
    let (now, until) = (minute(minutes), minute(minutes + 1));
    let leased = writing!(store, |tx| outbox::lease(tx, provider, now, until, 1)).remove(0);
    assert!(writing!(store, |tx| outbox::update_sent(tx, message.id, leased.fence, taken(provider, None), now)));
    if let Some(status) = status {
        let report = Report { subject: Subject::Key(message.id), status };
        assert!(writing!(store, |tx| delivery_reports::update_applied(tx, provider, &report, now)));
    }
}

async fn asked(store: &Store, number: u128, is_entered: bool) {
    let user = active(store, 1).await;
    let challenge = Challenge { created_at: minute(0), ..challenge_of(&user, number) };
    writing!(store, |tx| tx.run(challenges::insert(&challenge)));
    if is_entered {
        writing!(store, |tx| tx.run(challenges::update_attempted(challenge.id, 0, at(3))));
        writing!(store, |tx| tx.run(challenges::update_consumed(challenge.id, at(3))));
    }
}

store_test! {
    async fn codes_are_counted_by_hour_provider_and_country(store: Store) {
        for (number, is_entered) in [(1, true), (2, false), (3, true), (4, true)] {
            asked(&store, number, is_entered).await;
        }
        // A code that was sent twice within the hour, and entered.
        sent(&store, 10, "+966501234567", 0, "unifonic", Some(DeliveryStatus::Undelivered)).await;
        sent(&store, 11, "+966501234567", 2, "unifonic", Some(DeliveryStatus::Delivered)).await;
        sent(&store, 20, "+966501234568", 49, "unifonic", None).await;
        sent(&store, 30, "+971501234567", 3, "unifonic", Some(DeliveryStatus::Sent)).await;
        sent(&store, 40, "+966501234567", 4, "twilio", Some(DeliveryStatus::Delivered)).await;
        // The next hour.
        sent(&store, 41, "+966501234567", 50, "twilio", Some(DeliveryStatus::Unknown)).await;
        // No code is in it.
        sent(&store, 100, "+966501234567", 5, "unifonic", None).await;
        let country = |code: &str| Region::parse(code);
        let row = |hours: i64, provider: &str, code: &str, [sent, delivered, undelivered, entered]: [u64; 4]| Conversion {
            hour: hour(hours),
            provider: provider.to_owned(),
            country: country(code),
            sent,
            delivered,
            undelivered,
            entered,
        };
        let all = reading!(store, |tx| conversions::list(tx, hour(0), hour(2)));
        let expected = [
            row(0, "twilio", "SA", [1, 1, 0, 1]),
            row(0, "unifonic", "AE", [1, 0, 0, 1]),
            row(0, "unifonic", "SA", [3, 1, 1, 1]),
            row(1, "twilio", "SA", [1, 0, 0, 1]),
        ];
        assert_eq!(all, expected);
        let some = reading!(store, |tx| conversions::list(tx, minute(3), minute(5)));
        assert_eq!(some, [row(0, "twilio", "SA", [1, 1, 0, 1]), row(0, "unifonic", "AE", [1, 0, 0, 1])]);
        assert_eq!(reading!(store, |tx| conversions::list(tx, hour(2), hour(9))), []);
    }
}

store_test! {
    async fn a_code_that_was_voided_was_not_entered(store: Store) {
        asked(&store, 1, false).await;
        sent(&store, 10, "+966501234567", 0, "unifonic", None).await;
        // As after a restore: nobody had guessed at it.
        writing!(store, |tx| tx.run(challenges::update_consumed(ChallengeId(id(1)), at(3))));
        let rows = reading!(store, |tx| conversions::list(tx, hour(0), hour(1)));
        assert_eq!((rows[0].sent, rows[0].entered), (1, 0));
    }
}
