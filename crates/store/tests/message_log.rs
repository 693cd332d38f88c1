use domain::delivery::{DeliveryStatus, Report, Subject};
use domain::ids::OutboxId;
use domain::message::MessageKind;
use domain::people::Period;
use store::message_log::{self, MessageFilter, Stand};
use store::{Store, delivery_reports, outbox};

use crate::support::{at, challenge, id, message, pending, phone, reading, taken, writing};

async fn found(store: &Store, filter: &MessageFilter) -> Vec<u128> {
    let messages = reading!(store, |tx| message_log::list(tx, filter, None));
    messages.iter().map(|message| message.id.0.as_u128()).collect()
}

/// Takes up what waits, the newest first, and says what became of it.
async fn send(store: &Store, reference: &str) -> OutboxId {
    let leased = writing!(store, |tx| outbox::lease(tx, "webhook", at(10), at(70), 1));
    let one = leased.first().expect("something waits").clone();
    assert!(writing!(store, |tx| outbox::update_sent(tx, one.id, one.fence, taken("webhook", Some(reference)), at(20))));
    one.id
}

store_test! {
    async fn messages_are_looked_through_by_where_they_stand_kind_phone_and_day(store: Store) {
        let user = pending(&store, 1).await;
        let challenge = challenge(&store, &user, 1).await;
        message(&store, 1, 1, Some(&challenge)).await;
        let sent = send(&store, "ref-1").await;
        assert_eq!(sent.0.as_u128(), 1);
        message(&store, 2, 2, None).await;
        message(&store, 3, 3, None).await;
        let all = MessageFilter::default();
        assert_eq!(found(&store, &all).await, [3, 2, 1]);
        let stands = |stand| MessageFilter { stand: Some(stand), ..MessageFilter::default() };
        assert_eq!(found(&store, &stands(Stand::Waiting)).await, [3, 2]);
        assert_eq!(found(&store, &stands(Stand::Sent)).await, [1]);
        assert_eq!(found(&store, &MessageFilter { kind: Some(MessageKind::AuthCode), ..all.clone() }).await, [1]);
        assert_eq!(found(&store, &MessageFilter { phone: Some(phone(9)), ..all.clone() }).await, [3, 2]);
        let period = Period { from: Some(at(2)), before: Some(at(3)) };
        assert_eq!(found(&store, &MessageFilter { period, ..all.clone() }).await, [2]);
        let after = reading!(store, |tx| message_log::list(tx, &all, Some(OutboxId(id(2)))));
        assert_eq!(after.len(), 1);

        let report = Report { subject: Subject::Reference("ref-1".into()), status: DeliveryStatus::Delivered };
        writing!(store, |tx| delivery_reports::insert_missing(tx, "webhook", &report, at(30)));
        assert!(writing!(store, |tx| delivery_reports::update_applied(tx, "webhook", &report, at(30))));
        assert_eq!(found(&store, &stands(Stand::Sent)).await, [0_u128; 0]);
        assert_eq!(found(&store, &stands(Stand::Delivered)).await, [1]);
        writing!(store, |tx| outbox::update_expired(tx, at(9_000)));
        assert_eq!(found(&store, &stands(Stand::Expired)).await, [3, 2]);
        assert_eq!(found(&store, &stands(Stand::Failed)).await, [0_u128; 0]);

        let one = reading!(store, |tx| message_log::find(tx, sent)).expect("there");
        assert_eq!((one.stand, one.attempts, one.segments, one.user_id), (Stand::Delivered, 1, Some(1), Some(user.id)));
        assert_eq!((one.provider.as_deref(), one.provider_ref.as_deref()), (Some("webhook"), Some("ref-1")));
        assert_eq!((one.finished_at, one.reported_at), (Some(at(20)), Some(at(30))));
        assert_eq!(reading!(store, |tx| message_log::list_reports(tx, &one)), [(DeliveryStatus::Delivered, at(30))]);
        assert_eq!(reading!(store, |tx| message_log::find(tx, OutboxId(id(99)))), None);
    }
}

store_test! {
    async fn a_report_that_names_our_key_is_among_those_of_its_message(store: Store) {
        message(&store, 5, 1, None).await;
        let sent = send(&store, "ref-5").await;
        let report = Report { subject: Subject::Key(sent), status: DeliveryStatus::Undelivered };
        writing!(store, |tx| delivery_reports::insert_missing(tx, "webhook", &report, at(30)));
        let one = reading!(store, |tx| message_log::find(tx, sent)).expect("there");
        assert_eq!(reading!(store, |tx| message_log::list_reports(tx, &one)), [(DeliveryStatus::Undelivered, at(30))]);
    }
}
