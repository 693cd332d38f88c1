//! Reports come in any order, twice, too early and about strangers; what a message says of itself only moves forward.

use domain::delivery::{DeliveryStatus, Report, Subject};
use domain::ids::OutboxId;
use store::testing::facts::{self, MessageFact};
use store::testing::invariants;
use store::{Store, delivery_reports, outbox};

use crate::support::{active, at, challenge, id, message, race, reading, taken, winners, writing};

use DeliveryStatus::{Delivered, Sent, Undelivered, Unknown};

fn by_reference(reference: &str, status: DeliveryStatus) -> Report {
    Report { subject: Subject::Reference(reference.to_owned()), status }
}

fn by_key(key: OutboxId, status: DeliveryStatus) -> Report {
    Report { subject: Subject::Key(key), status }
}

/// A message that a worker has at the provider.
async fn leased(store: &Store, number: u128) -> OutboxId {
    let sent = message(store, number, 0, None).await;
    writing!(store, |tx| outbox::lease(tx, "unifonic", at(1), at(31), 10));
    sent
}

/// The worker's note that it was taken.
async fn mark(store: &Store, sent: OutboxId, provider: &str, reference: Option<&str>) {
    assert!(writing!(store, |tx| outbox::update_sent(tx, sent, 1, taken(provider, reference), at(2))));
}

async fn accepted(store: &Store, number: u128, reference: &str) -> OutboxId {
    let sent = leased(store, number).await;
    mark(store, sent, "unifonic", Some(reference)).await;
    sent
}

/// As the use case does it: whether the message moved on.
async fn report_from(store: &Store, provider: &str, report: &Report, seconds: i64) -> bool {
    let mut tx = store.write().await.expect("begins");
    delivery_reports::insert_missing(&mut tx, provider, report, at(seconds)).await.expect("written down");
    let moved = delivery_reports::update_applied(&mut tx, provider, report, at(seconds)).await.expect("applied");
    tx.commit().await.expect("commits");
    moved
}

async fn report(store: &Store, report: &Report) -> bool {
    report_from(store, "unifonic", report, 10).await
}

async fn fact(store: &Store, sent: OutboxId) -> MessageFact {
    let facts = facts::read(store).await.expect("answers");
    facts.messages.into_iter().find(|message| message.outbox_id == sent.0).expect("it is there")
}

async fn status(store: &Store, sent: OutboxId) -> Option<DeliveryStatus> {
    fact(store, sent).await.report.map(|report| DeliveryStatus::parse(&report).expect("a status"))
}

async fn waiting(store: &Store) -> Vec<(String, Report)> {
    reading!(store, |tx| delivery_reports::list_waiting(tx, at(0), 10))
}

async fn assert_sound(store: &Store) {
    let broken = invariants::broken(store, at(10_000)).await.expect("answers");
    assert!(broken.iter().all(|rule| !rule.contains("report")), "{broken:?}");
}

store_test! {
    async fn the_database_ranks_as_the_domain_does(store: Store) {
        for (number, before) in [None, Some(Sent), Some(Unknown), Some(Undelivered), Some(Delivered)].into_iter().enumerate() {
            for (place, next) in DeliveryStatus::ALL.into_iter().enumerate() {
                let reference = format!("{number}-{place}");
                let sent = accepted(&store, u128::try_from(number * 4 + place + 1).expect("small"), &reference).await;
                if let Some(before) = before {
                    assert!(report(&store, &by_reference(&reference, before)).await);
                }
                let moved = report(&store, &by_reference(&reference, next)).await;
                assert_eq!(moved, next.moves_on_from(before), "{before:?} → {next:?}");
                assert_eq!(status(&store, sent).await, if moved { Some(next) } else { before }, "{before:?} → {next:?}");
            }
        }
        assert_sound(&store).await;
        assert_eq!(waiting(&store).await, [], "what came too late is done with, too");
    }
}

store_test! {
    async fn a_report_counts_once_and_keeps_the_time_of_the_first(store: Store) {
        let sent = accepted(&store, 1, "ref").await;
        let delivered = by_reference("ref", Delivered);
        assert!(writing!(store, |tx| delivery_reports::insert_missing(tx, "unifonic", &delivered, at(5))));
        assert!(!writing!(store, |tx| delivery_reports::insert_missing(tx, "unifonic", &delivered, at(6))), "once");
        assert!(report_from(&store, "unifonic", &delivered, 7).await);
        assert!(!report_from(&store, "unifonic", &delivered, 8).await);
        assert_eq!((status(&store, sent).await, fact(&store, sent).await.reported_at()), (Some(Delivered), Some(at(7))));
    }
}

store_test! {
    async fn an_early_report_waits_for_its_message(store: Store) {
        let sent = leased(&store, 1).await;
        for early in [by_reference("ref", Delivered), by_reference("ref", Sent), by_key(sent, Sent)] {
            assert!(!report(&store, &early).await, "nothing says yet that it was taken");
        }
        assert_eq!((status(&store, sent).await, waiting(&store).await), (None, vec![]));
        mark(&store, sent, "unifonic", Some("ref")).await;
        let found = waiting(&store).await;
        assert_eq!(found.len(), 3);
        for (provider, early) in found {
            writing!(store, |tx| delivery_reports::update_applied(tx, &provider, &early, at(20)));
        }
        assert_eq!((status(&store, sent).await, waiting(&store).await), (Some(Delivered), vec![]));
        assert_sound(&store).await;
    }
}

store_test! {
    async fn a_report_by_our_key_needs_no_reference(store: Store) {
        let sent = leased(&store, 1).await;
        mark(&store, sent, "twilio", None).await;
        assert!(!report_from(&store, "unifonic", &by_key(sent, Delivered), 10).await, "another provider knows nothing of it");
        assert!(report_from(&store, "twilio", &by_key(sent, Delivered), 10).await);
        assert_eq!(status(&store, sent).await, Some(Delivered));
        assert_sound(&store).await;
    }
}

store_test! {
    async fn a_reference_belongs_to_one_provider(store: Store) {
        let sent = accepted(&store, 1, "ref").await;
        assert!(!report_from(&store, "twilio", &by_reference("ref", Delivered), 10).await);
        assert!(!report(&store, &by_reference("another", Delivered)).await);
        assert!(!report(&store, &by_key(OutboxId(id(2)), Delivered)).await);
        assert_eq!((status(&store, sent).await, waiting(&store).await), (None, vec![]));
    }
}

store_test! {
    async fn what_nobody_took_is_not_reported_on(store: Store) {
        let sent = leased(&store, 1).await;
        assert!(writing!(store, |tx| outbox::update_failed(tx, sent, 1, "refused", at(2))));
        assert!(!report(&store, &by_key(sent, Delivered)).await);
        assert_eq!((status(&store, sent).await, waiting(&store).await), (None, vec![]));
    }
}

store_test! {
    async fn strangers_are_not_in_the_way_and_nobody_waits_for_ever(store: Store) {
        for number in 0..20 {
            report_from(&store, "unifonic", &by_reference(&format!("stranger-{number}"), Delivered), 1).await;
        }
        let sent = leased(&store, 1).await;
        report_from(&store, "unifonic", &by_reference("ref", Delivered), 5).await;
        mark(&store, sent, "unifonic", Some("ref")).await;
        assert_eq!(reading!(store, |tx| delivery_reports::list_waiting(tx, at(0), 10)).len(), 1);
        assert_eq!(reading!(store, |tx| delivery_reports::list_waiting(tx, at(5), 10)).len(), 0, "it came before that");
        assert_eq!(writing!(store, |tx| delivery_reports::delete_before(tx, at(5), 15)), 15);
        assert_eq!(writing!(store, |tx| delivery_reports::delete_before(tx, at(6), 15)), 6);
    }
}

store_test! {
    async fn of_many_reports_at_once_the_highest_stays(store: Store) {
        let sent = accepted(&store, 1, "ref").await;
        let moved = race!(store, 12, |tx, place| async move {
            let status = [Sent, Delivered, Unknown, Undelivered][place % 4];
            let report = by_reference("ref", status);
            delivery_reports::insert_missing(tx, "unifonic", &report, at(10)).await?;
            delivery_reports::update_applied(tx, "unifonic", &report, at(10)).await
        });
        assert!((1..=4).contains(&winners(&moved)), "each status at most once: {moved:?}");
        assert_eq!((status(&store, sent).await, waiting(&store).await), (Some(Delivered), vec![]));
        assert_sound(&store).await;
    }
}

store_test! {
    async fn a_report_that_races_with_the_mark_is_never_lost(store: Store) {
        for number in 1..=20 {
            let sent = leased(&store, number).await;
            race!(store, 2, |tx, place| async move {
                let reference = format!("ref-{number}");
                if place == 0 {
                    return outbox::update_sent(tx, sent, 1, taken("unifonic", Some(&reference)), at(2)).await;
                }
                let report = by_reference(&reference, Delivered);
                delivery_reports::insert_missing(tx, "unifonic", &report, at(10)).await?;
                delivery_reports::update_applied(tx, "unifonic", &report, at(10)).await
            });
            for (provider, early) in waiting(&store).await {
                writing!(store, |tx| delivery_reports::update_applied(tx, &provider, &early, at(20)));
            }
            assert_eq!(status(&store, sent).await, Some(Delivered), "{number}");
        }
    }
}

store_test! {
    async fn an_erased_persons_reports_name_nobody(store: Store) {
        let user = active(&store, 1).await;
        let sent = message(&store, 1, 0, Some(&challenge(&store, &user, 1).await)).await;
        writing!(store, |tx| outbox::lease(tx, "unifonic", at(1), at(31), 10));
        mark(&store, sent, "unifonic", Some("ref")).await;
        writing!(store, |tx| outbox::update_anonymised(tx, user.id));
        assert!(report(&store, &by_reference("ref", Delivered)).await, "the message still counts");
        assert_eq!(status(&store, sent).await, Some(Delivered));
    }
}
