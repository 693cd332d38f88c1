use domain::challenge::{Challenge, CodeLength, Purpose};
use domain::ids::{ChallengeId, DeviceId, SessionId};
use domain::uses::{Use, Uses};
use store::guesses::{Guess, Record};
use store::testing::at_once;
use store::{Applied, Store, StoreError, challenges, guesses, users};

use crate::support::{active, at, challenge, challenge_of, guess_at, id, pending, race, reading, winners, writing};

store_test! {
    async fn every_field_comes_back(store: Store) {
        let user = active(&store, 1).await;
        let challenge = Challenge {
            purpose: Purpose::Verify,
            code_length: CodeLength::new(10).expect("6 to 10"),
            attempts: 2,
            session_id: Some(SessionId(id(4))),
            device_id: Some(DeviceId(id(5))),
            consumed_at: Some(at(3)),
            ..challenge_of(&user, 1)
        };
        writing!(store, |tx| tx.run(challenges::insert(&challenge)));
        assert_eq!(reading!(store, |tx| challenges::find(tx, challenge.id)), Some(challenge.clone()));
        assert_eq!(reading!(store, |tx| challenges::find(tx, ChallengeId(id(404)))), None);
    }
}

store_test! {
    async fn a_code_cannot_be_used_twice(store: Store) {
        let user = active(&store, 1).await;
        let id = challenge(&store, &user, 1).await.id;
        let outcomes = race!(store, 50, |tx, _place| tx.run(challenges::update_consumed(id, at(5))));
        assert_eq!(winners(&outcomes), 1);
        assert_eq!(reading!(store, |tx| challenges::find(tx, id)).expect("there").consumed_at, Some(at(5)));
    }
}

store_test! {
    async fn three_hundred_parallel_guesses_are_five(store: Store) {
        let user = active(&store, 1).await;
        let id = challenge(&store, &user, 1).await.id;
        let counted = at_once(300, |_| {
            let store = store.clone();
            async move {
                // Whoever finds that somebody was faster looks again, as the use case does.
                loop {
                    let seen = reading!(store, |tx| challenges::find(tx, id)).expect("there").attempts;
                    let count = vec![challenges::update_attempted(id, seen, at(5))];
                    match store.apply(count).await.expect("no error") {
                        Applied::All(values) => return Some(values[0]),
                        Applied::Stopped(_) if seen >= 5 => return None,
                        Applied::Stopped(_) => {}
                    }
                }
            }
        });
        let mut attempts: Vec<i64> = counted.await.into_iter().flatten().collect();
        attempts.sort_unstable();
        assert_eq!(attempts, [1, 2, 3, 4, 5]);
    }
}

store_test! {
    async fn a_guess_counts_only_against_a_live_challenge(store: Store) {
        let user = active(&store, 1).await;
        let id = challenge(&store, &user, 1).await.id;
        assert!(!writing!(store, |tx| tx.run(challenges::update_attempted(id, 0, at(300)))));
        assert!(!writing!(store, |tx| tx.run(challenges::update_attempted(id, 1, at(299)))), "nobody else's came in between");
        assert!(writing!(store, |tx| tx.run(challenges::update_attempted(id, 0, at(299)))));
        assert!(writing!(store, |tx| tx.run(challenges::update_consumed(id, at(299)))));
        assert!(!writing!(store, |tx| tx.run(challenges::update_attempted(id, 1, at(299)))));
    }
}

store_test! {
    async fn a_challenge_ends_with_its_time(store: Store) {
        let user = active(&store, 1).await;
        let id = challenge(&store, &user, 1).await.id;
        assert!(!writing!(store, |tx| tx.run(challenges::update_consumed(id, at(300)))));
        assert!(!writing!(store, |tx| tx.run(challenges::update_resent(id, at(600), at(300)))));
    }
}

store_test! {
    async fn what_it_takes_to_judge_an_answer_is_read_at_once(store: Store) {
        let user = pending(&store, 1).await;
        let challenge = challenge(&store, &user, 1).await;
        let one = Use { at: at(3), tag: 7 };
        let guess = Guess { one, is_last: true, ..guess_at(challenge.guess_key, 3, 0) };
        assert!(writing!(store, |tx| tx.run(guesses::count(guess))));
        writing!(store, |tx| tx.run(users::update_claimed(user.id, user.epoch, user.locale, at(4))));
        let asked = reading!(store, |tx| challenges::find_asked(tx, challenge.id, None)).expect("there");
        assert_eq!(asked.user, user.clone().claimed(user.locale, at(4)));
        assert_ne!(asked.challenge.epoch, asked.user.epoch, "the claim has ended it");
        assert_eq!(asked.challenge, challenge);
        let record = Record { uses: Uses::parse(&one.to_text()).expect("reads"), streak: 1, deaths: 1, died_at: Some(at(3)) };
        assert_eq!(asked.guesses, record);
        assert_eq!(asked.device, None);
        assert_eq!(reading!(store, |tx| challenges::find_asked(tx, ChallengeId(id(404)), None)), None);
    }
}

store_test! {
    async fn a_resend_lengthens_the_life_and_keeps_the_count(store: Store) {
        let user = active(&store, 1).await;
        let before = challenge(&store, &user, 1).await;
        writing!(store, |tx| tx.run(challenges::update_attempted(before.id, 0, at(5))));
        assert!(writing!(store, |tx| tx.run(challenges::update_resent(before.id, at(360), at(60)))));
        let after = Challenge { attempts: 1, expires_at: at(360), last_sent_at: at(60), ..before.clone() };
        assert_eq!(reading!(store, |tx| challenges::find(tx, before.id)), Some(after));
        for attempts in 1..5 {
            writing!(store, |tx| tx.run(challenges::update_attempted(before.id, attempts, at(70))));
        }
        assert!(!writing!(store, |tx| tx.run(challenges::update_resent(before.id, at(400), at(120)))), "it is guessed dead");
    }
}

store_test! {
    async fn no_resend_passes_the_end(store: Store) {
        let user = active(&store, 1).await;
        let id = challenge(&store, &user, 1).await.id;
        let mut tx = store.write().await.expect("begins");
        let past = tx.run(challenges::update_resent(id, at(601), at(60))).await;
        assert!(matches!(past, Err(StoreError::Driver(_))));
    }
}

store_test! {
    async fn a_rolled_back_use_never_happened(store: Store) {
        let user = active(&store, 1).await;
        let id = challenge(&store, &user, 1).await.id;
        let mut tx = store.write().await.expect("begins");
        assert!(tx.run(challenges::update_consumed(id, at(5))).await.expect("no error"));
        drop(tx);
        assert!(writing!(store, |tx| tx.run(challenges::update_consumed(id, at(5)))));
    }
}

store_test! {
    async fn old_challenges_go_and_so_do_those_of_one_person(store: Store) {
        let (first, second) = (active(&store, 1).await, active(&store, 2).await);
        for number in 1..=3 {
            challenge(&store, &first, number).await;
        }
        challenge(&store, &second, 4).await;
        assert_eq!(writing!(store, |tx| challenges::delete_before(tx, at(300), 10)), 0);
        assert_eq!(writing!(store, |tx| challenges::delete_before(tx, at(301), 1)), 1);
        assert_eq!(writing!(store, |tx| challenges::delete_for_user(tx, first.id)), 2);
        assert!(reading!(store, |tx| challenges::find(tx, ChallengeId(id(4)))).is_some());
    }
}
