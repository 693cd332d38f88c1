use std::collections::HashSet;

use domain::ids::OutboxId;
use domain::locale::Locale;
use domain::message::MessageKind;
use store::Store;
use store::outbox::{self, Held, Leased, OutboxState};

use crate::support::{active, all, at, challenge, id, message, phone, race, reading, taken, winners, writing};

fn ids(leased: &[Leased]) -> Vec<u128> {
    leased.iter().map(|leased| leased.id.0.as_u128()).collect()
}

store_test! {
    async fn a_lease_brings_all_a_worker_needs_newest_first(store: Store) {
        let user = active(&store, 1).await;
        let challenge = challenge(&store, &user, 1).await;
        message(&store, 1, 0, None).await;
        message(&store, 2, 20, Some(&challenge)).await;
        message(&store, 3, 10, None).await;
        let leased = writing!(store, |tx| outbox::lease(tx, "log", at(25), at(55), 2));
        let expected = Leased {
            id: OutboxId(id(2)),
            fence: 1,
            kind: MessageKind::AuthCode,
            challenge: Some(challenge),
            phone: phone(1),
            locale: Locale::Ar,
            attempts: 1,
            provider: "log".to_owned(),
            is_bound: false,
            expires_at: at(320),
        };
        assert_eq!((&leased[0], ids(&leased)), (&expected, vec![2, 3]));
        assert_eq!(ids(&writing!(store, |tx| outbox::lease(tx, "log", at(25), at(55), 9))), [1]);
        assert_eq!(writing!(store, |tx| outbox::lease(tx, "log", at(25), at(55), 9)), []);
    }
}

store_test! {
    async fn more_than_one_read_full_comes_back_whole(store: Store) {
        for (number, seconds) in (0..19).zip(0..) {
            message(&store, number, seconds, None).await;
        }
        let leased = writing!(store, |tx| outbox::lease(tx, "log", at(50), at(80), 100));
        assert_eq!(ids(&leased), (0..19).rev().collect::<Vec<_>>());
    }
}

store_test! {
    async fn no_row_is_handed_out_twice(store: Store) {
        for number in 0..120 {
            message(&store, number, 0, None).await;
        }
        let hands = all(8, |_| {
            let store = store.clone();
            async move {
                let mut mine = Vec::new();
                loop {
                    let leased = writing!(store, |tx| outbox::lease(tx, "log", at(10), at(40), 7));
                    assert!(leased.len() <= 7, "never more than asked for");
                    if leased.is_empty() {
                        return mine;
                    }
                    for message in leased {
                        assert!(writing!(store, |tx| outbox::update_sent(tx, message.id, message.fence, taken("log", Some("ref")), at(11))));
                        mine.push(message.id);
                    }
                }
            }
        })
        .await;
        let all: Vec<OutboxId> = hands.into_iter().flatten().collect();
        assert_eq!((all.len(), all.iter().collect::<HashSet<_>>().len()), (120, 120));
        assert_eq!(reading!(store, |tx| outbox::count_waiting(tx, at(12))), 0);
    }
}

store_test! {
    async fn a_lease_that_ran_out_goes_to_another_and_the_first_is_too_late(store: Store) {
        message(&store, 1, 0, None).await;
        let first = writing!(store, |tx| outbox::lease(tx, "log", at(10), at(40), 1)).remove(0);
        assert_eq!(writing!(store, |tx| outbox::lease(tx, "log", at(39), at(69), 1)), []);
        let second = writing!(store, |tx| outbox::lease(tx, "log", at(40), at(70), 1)).remove(0);
        assert_eq!((second.id, second.fence, second.attempts), (first.id, 2, 2));
        assert!(!writing!(store, |tx| outbox::update_sent(tx, first.id, first.fence, taken("log", None), at(41))));
        assert!(!writing!(store, |tx| outbox::update_retry(tx, first.id, first.fence, Held::Free, at(50), "late")));
        assert!(!writing!(store, |tx| outbox::update_failed(tx, first.id, first.fence, "late", at(41))));
        assert!(writing!(store, |tx| outbox::update_sent(tx, second.id, second.fence, taken("log", None), at(42))));
        assert!(!writing!(store, |tx| outbox::update_sent(tx, second.id, second.fence, taken("log", None), at(43))), "once");
    }
}

store_test! {
    async fn of_parallel_reports_of_one_lease_one_counts(store: Store) {
        message(&store, 1, 0, None).await;
        let leased = writing!(store, |tx| outbox::lease(tx, "log", at(10), at(40), 1)).remove(0);
        let (id, fence) = (leased.id, leased.fence);
        let reported = race!(store, 10, |tx, place| async move {
            if place % 2 == 0 {
                outbox::update_sent(tx, id, fence, taken("log", None), at(11)).await
            } else {
                outbox::update_failed(tx, id, fence, "refused", at(11)).await
            }
        });
        assert_eq!(winners(&reported), 1);
    }
}

store_test! {
    async fn a_retry_waits_and_a_failure_is_final(store: Store) {
        message(&store, 1, 0, None).await;
        let leased = writing!(store, |tx| outbox::lease(tx, "log", at(10), at(40), 1)).remove(0);
        assert!(writing!(store, |tx| outbox::update_retry(tx, leased.id, leased.fence, Held::Free, at(60), "timeout")));
        assert_eq!(writing!(store, |tx| outbox::lease(tx, "log", at(59), at(89), 1)), []);
        let again = writing!(store, |tx| outbox::lease(tx, "log", at(60), at(90), 1)).remove(0);
        assert!(writing!(store, |tx| outbox::update_failed(tx, again.id, again.fence, "blocked", at(61))));
        assert_eq!(writing!(store, |tx| outbox::lease(tx, "log", at(200), at(230), 1)), []);
        let entry = reading!(store, |tx| outbox::list_recent(tx, None, 1)).remove(0);
        assert_eq!((entry.state, entry.finished_at), (OutboxState::Failed, Some(at(61))));
    }
}

store_test! {
    async fn what_has_run_out_is_not_handed_out(store: Store) {
        message(&store, 1, 0, None).await;
        assert_eq!(writing!(store, |tx| outbox::lease(tx, "log", at(300), at(330), 1)), []);
        assert_eq!(ids(&writing!(store, |tx| outbox::lease(tx, "log", at(299), at(330), 1))), [1]);
    }
}

store_test! {
    async fn a_lease_given_back_is_free_at_once_and_its_number_is_spent(store: Store) {
        message(&store, 1, 0, None).await;
        let first = writing!(store, |tx| outbox::lease(tx, "log", at(10), at(40), 1)).remove(0);
        assert!(writing!(store, |tx| outbox::update_returned(tx, first.id, first.fence)));
        assert!(!writing!(store, |tx| outbox::update_returned(tx, first.id, first.fence)), "once");
        let second = writing!(store, |tx| outbox::lease(tx, "log", at(10), at(40), 1)).remove(0);
        assert_eq!((second.id, second.fence), (first.id, 2));
        assert!(!writing!(store, |tx| outbox::update_returned(tx, first.id, first.fence)));
        assert!(!writing!(store, |tx| outbox::update_run_out(tx, first.id, first.fence, at(11))));
        assert!(writing!(store, |tx| outbox::update_run_out(tx, second.id, second.fence, at(12))));
        let entry = reading!(store, |tx| outbox::list_recent(tx, None, 1)).remove(0);
        assert_eq!((entry.state, entry.finished_at), (OutboxState::Expired, Some(at(12))));
    }
}

store_test! {
    async fn the_next_thing_to_do_is_known(store: Store) {
        let due = || async { reading!(store, |tx| outbox::find_next_due(tx)) };
        assert_eq!(due().await, None);
        let user = active(&store, 1).await;
        message(&store, 1, 0, Some(&challenge(&store, &user, 1).await)).await;
        assert_eq!(due().await, Some(at(0)), "a message that waits");
        let leased = writing!(store, |tx| outbox::lease(tx, "log", at(10), at(40), 1)).remove(0);
        assert_eq!(due().await, Some(at(40)), "a lease that may be left behind");
        writing!(store, |tx| outbox::update_retry(tx, leased.id, leased.fence, Held::Free, at(50), "busy"));
        assert_eq!(due().await, Some(at(50)), "another try");
        message(&store, 2, 20, None).await;
        assert_eq!(due().await, Some(at(20)), "the first of all");
        let leased = writing!(store, |tx| outbox::lease(tx, "log", at(20), at(60), 1)).remove(0);
        writing!(store, |tx| outbox::update_sent(tx, leased.id, leased.fence, taken("log", None), at(21)));
        let leased = writing!(store, |tx| outbox::lease(tx, "log", at(50), at(80), 1)).remove(0);
        writing!(store, |tx| outbox::update_retry(tx, leased.id, leased.fence, Held::Free, at(500), "busy"));
        assert_eq!(due().await, Some(at(300)), "it runs out before it could be tried again");
        writing!(store, |tx| outbox::update_anonymised(tx, user.id));
        assert_eq!(due().await, Some(at(300)), "nobody to send to: it runs out");
        writing!(store, |tx| outbox::update_expired(tx, at(300)));
        assert_eq!(due().await, None);
    }
}

store_test! {
    async fn a_clock_that_jumped_holds_no_message_back(store: Store) {
        // Written by a process that was two hours ahead, and never tried.
        message(&store, 1, 7_200, None).await;
        assert_eq!(ids(&writing!(store, |tx| outbox::lease(tx, "log", at(10), at(40), 9))), [1]);
        assert_eq!(writing!(store, |tx| outbox::lease(tx, "log", at(11), at(41), 9)), [], "that lease is a good one");
        // Leased by a process that was two hours ahead.
        message(&store, 2, 10, None).await;
        assert_eq!(ids(&writing!(store, |tx| outbox::lease(tx, "log", at(200), at(7_230), 1))), [1]);
        assert_eq!(ids(&writing!(store, |tx| outbox::lease(tx, "log", at(210), at(240), 9))), [1, 2]);
    }
}

store_test! {
    async fn a_message_stays_with_whom_it_may_have_reached(store: Store) {
        message(&store, 1, 0, None).await;
        let lease = |provider, now, until| {
            let store = store.clone();
            async move { writing!(store, |tx| outbox::lease(tx, provider, at(now), at(until), 1)).remove(0) }
        };
        let whom = |leased: &Leased| (leased.provider.clone(), leased.is_bound);
        let first = lease("first", 10, 40).await;
        assert_eq!(whom(&first), ("first".to_owned(), false));
        // Its worker died, perhaps in the call.
        let second = lease("other", 40, 70).await;
        assert_eq!(whom(&second), ("first".to_owned(), true));
        assert!(writing!(store, |tx| outbox::update_returned(tx, second.id, second.fence)));
        let third = lease("other", 50, 80).await;
        assert_eq!(whom(&third), ("first".to_owned(), true), "given back as it was");
        assert!(writing!(store, |tx| outbox::update_retry(tx, third.id, third.fence, Held::Bound, at(60), "no answer")));
        let fourth = lease("other", 60, 90).await;
        assert_eq!(whom(&fourth), ("first".to_owned(), true));
        assert!(writing!(store, |tx| outbox::update_retry(tx, fourth.id, fourth.fence, Held::Free, at(70), "not now")));
        let fifth = lease("other", 70, 100).await;
        assert_eq!(whom(&fifth), ("other".to_owned(), false));
        assert!(writing!(store, |tx| outbox::update_returned(tx, fifth.id, fifth.fence)));
        assert_eq!(whom(&lease("third", 80, 110).await), ("third".to_owned(), false), "nobody tried: nobody has it");
    }
}

store_test! {
    async fn the_next_provider_is_written_down_before_it_is_asked(store: Store) {
        message(&store, 1, 0, None).await;
        let leased = writing!(store, |tx| outbox::lease(tx, "first", at(10), at(40), 1)).remove(0);
        assert!(writing!(store, |tx| outbox::update_provider(tx, leased.id, leased.fence, "second", "not now")));
        let after = writing!(store, |tx| outbox::lease(tx, "first", at(40), at(70), 1)).remove(0);
        assert_eq!((after.provider.as_str(), after.is_bound), ("second", true));
        assert!(!writing!(store, |tx| outbox::update_provider(tx, leased.id, leased.fence, "third", "late")), "no longer ours");
    }
}
