use domain::ids::OutboxId;
use domain::locale::Locale;
use domain::message::MessageKind;
use store::Store;
use store::outbox::{self, Backlog, NewMessage, OutboxEntry, OutboxState};

use crate::support::{active, at, challenge, id, message, phone, reading, taken, writing};

store_test! {
    async fn the_last_messages_come_newest_first(store: Store) {
        let user = active(&store, 1).await;
        let challenge = challenge(&store, &user, 1).await;
        message(&store, 1, 10, Some(&challenge)).await;
        message(&store, 2, 30, None).await;
        message(&store, 3, 20, Some(&challenge)).await;
        let ids = |entries: Vec<OutboxEntry>| entries.into_iter().map(|entry| entry.id).collect::<Vec<_>>();
        assert_eq!(ids(reading!(store, |tx| outbox::list_recent(tx, None, 2))), [OutboxId(id(2)), OutboxId(id(3))]);
        let to_one = reading!(store, |tx| outbox::list_recent(tx, Some(&phone(1)), 10));
        assert_eq!(ids(to_one.clone()), [OutboxId(id(3)), OutboxId(id(1))]);
        let expected = OutboxEntry {
            id: OutboxId(id(3)),
            kind: MessageKind::AuthCode,
            phone: Some(phone(1)),
            locale: Locale::Ar,
            state: OutboxState::Queued,
            challenge: Some(challenge),
            provider: None,
            segments: None,
            cost_micros: None,
            created_at: at(20),
            finished_at: None,
        };
        assert_eq!(to_one[0], expected);
    }
}

store_test! {
    async fn what_nobody_sent_in_time_runs_out(store: Store) {
        message(&store, 1, 0, None).await;
        message(&store, 2, 100, None).await;
        assert_eq!(reading!(store, |tx| outbox::count_waiting(tx, at(299))), 2);
        assert_eq!(reading!(store, |tx| outbox::count_waiting(tx, at(300))), 1);
        assert_eq!(writing!(store, |tx| outbox::update_expired(tx, at(299))), 0);
        assert_eq!(writing!(store, |tx| outbox::update_expired(tx, at(300))), 1);
        let entries = reading!(store, |tx| outbox::list_recent(tx, None, 10));
        assert_eq!((entries[1].state, entries[1].finished_at), (OutboxState::Expired, Some(at(300))));
        assert_eq!((entries[0].state, entries[0].finished_at), (OutboxState::Queued, None));
        // Only what is finished is forgotten.
        assert_eq!(writing!(store, |tx| outbox::delete_before(tx, at(10_000), 10)), 1);
    }
}

store_test! {
    async fn a_running_lease_is_left_to_its_worker(store: Store) {
        message(&store, 1, 0, None).await;
        let leased = writing!(store, |tx| outbox::lease(tx, "log", at(290), at(320), 10));
        assert_eq!(writing!(store, |tx| outbox::update_expired(tx, at(310))), 0);
        assert!(writing!(store, |tx| outbox::update_sent(tx, leased[0].id, leased[0].fence, taken("log", None), at(311))));
        message(&store, 2, 0, None).await;
        writing!(store, |tx| outbox::lease(tx, "log", at(290), at(320), 10));
        assert_eq!(writing!(store, |tx| outbox::update_expired(tx, at(320))), 1);
    }
}

store_test! {
    async fn an_erased_persons_phone_leaves_the_outbox_and_nothing_more_is_sent(store: Store) {
        let (user, other) = (active(&store, 1).await, active(&store, 2).await);
        message(&store, 1, 0, Some(&challenge(&store, &user, 1).await)).await;
        message(&store, 2, 1, Some(&challenge(&store, &other, 2).await)).await;
        assert_eq!(writing!(store, |tx| outbox::update_anonymised(tx, user.id)), 1);
        let phones: Vec<_> = reading!(store, |tx| outbox::list_recent(tx, None, 10)).into_iter().map(|entry| entry.phone).collect();
        assert_eq!(phones, [Some(phone(2)), None]);
        let leased = writing!(store, |tx| outbox::lease(tx, "log", at(5), at(35), 10));
        assert_eq!(leased.iter().map(|leased| leased.id).collect::<Vec<_>>(), [OutboxId(id(2))]);
        assert_eq!(writing!(store, |tx| outbox::update_expired(tx, at(400))), 2);
    }
}

store_test! {
    async fn of_much_that_ran_out_so_much_is_put_away_at_once(store: Store) {
        let most = u128::from(outbox::EXPIRED_AT_ONCE);
        for number in 0..most + 2 {
            message(&store, number, 0, None).await;
        }
        assert_eq!(writing!(store, |tx| outbox::update_expired(tx, at(300))), u64::from(outbox::EXPIRED_AT_ONCE));
        assert_eq!(writing!(store, |tx| outbox::update_expired(tx, at(300))), 2);
    }
}

store_test! {
    async fn how_the_last_message_of_a_challenge_fares_is_known(store: Store) {
        let user = active(&store, 1).await;
        let asked = challenge(&store, &user, 1).await;
        let fares = || async { reading!(store, |tx| outbox::find_last_state(tx, asked.id)) };
        assert_eq!(fares().await, None);
        message(&store, 1, 0, Some(&asked)).await;
        assert_eq!(fares().await, Some((OutboxState::Queued, None)));
        let leased = writing!(store, |tx| outbox::lease(tx, "log", at(1), at(31), 1)).remove(0);
        writing!(store, |tx| outbox::update_failed(tx, leased.id, leased.fence, "blocked", at(2)));
        assert_eq!(fares().await, Some((OutboxState::Failed, None)));
        message(&store, 2, 70, Some(&asked)).await;
        assert_eq!(fares().await, Some((OutboxState::Queued, None)), "the last one counts");
    }
}

store_test! {
    async fn those_who_watch_learn_how_much_waits_and_since_when(store: Store) {
        assert_eq!(reading!(store, |tx| outbox::find_backlog(tx, at(0))), Backlog::default());
        let user = active(&store, 1).await;
        message(&store, 1, 10, Some(&challenge(&store, &user, 1).await)).await;
        message(&store, 2, 20, None).await;
        message(&store, 3, 30, None).await;
        let backlog = reading!(store, |tx| outbox::find_backlog(tx, at(40)));
        assert_eq!(backlog, Backlog { waiting: 3, oldest_at: Some(at(10)) });
        // What ran out and what has no phone any more is not sent; what a worker has still waits.
        writing!(store, |tx| outbox::update_anonymised(tx, user.id));
        writing!(store, |tx| outbox::lease(tx, "log", at(40), at(70), 1));
        let backlog = reading!(store, |tx| outbox::find_backlog(tx, at(40)));
        assert_eq!(backlog, Backlog { waiting: 2, oldest_at: Some(at(20)) });
        let backlog = reading!(store, |tx| outbox::find_backlog(tx, at(320)));
        assert_eq!(backlog, Backlog { waiting: 1, oldest_at: Some(at(30)) });
    }
}

store_test! {
    async fn a_text_to_a_test_number_is_over_at_once_and_looks_sent_to_whoever_waits_for_it(store: Store) {
        let user = active(&store, 1).await;
        let asked = challenge(&store, &user, 1).await;
        let message = NewMessage {
            id: OutboxId(id(1)),
            kind: MessageKind::AuthCode,
            user_id: Some(user.id),
            challenge_id: Some(asked.id),
            phone: phone(1),
            locale: Locale::Ar,
            expires_at: at(300),
            now: at(1),
        };
        writing!(store, |tx| tx.run(outbox::insert_for_testers(&message)));
        assert_eq!(reading!(store, |tx| outbox::find_last_state(tx, asked.id)), Some((OutboxState::Sent, None)));
        assert!(writing!(store, |tx| outbox::lease(tx, "log", at(2), at(31), 10)).is_empty());
        assert_eq!(writing!(store, |tx| outbox::update_expired(tx, at(301))), 0, "it is over already");
        let entry = reading!(store, |tx| outbox::list_recent(tx, Some(&phone(1)), 10)).remove(0);
        assert_eq!((entry.state, entry.finished_at), (OutboxState::Expired, Some(at(1))));
    }
}
