use domain::challenge::{Challenge, CodeLength, Purpose};
use domain::ids::{ChallengeId, DeviceId, SessionId};
use store::{Store, StoreError, challenges, users};

use crate::support::{active, at, challenge, challenge_of, id, pending, race, reading, winners, writing};

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
        writing!(store, |tx| challenges::insert(tx, &challenge));
        assert_eq!(reading!(store, |tx| challenges::find(tx, challenge.id)), Some(challenge.clone()));
        assert_eq!(writing!(store, |tx| challenges::lock(tx, challenge.id)), Some(challenge));
        assert_eq!(reading!(store, |tx| challenges::find(tx, ChallengeId(id(404)))), None);
    }
}

store_test! {
    async fn a_code_cannot_be_used_twice(store: Store) {
        let user = active(&store, 1).await;
        let id = challenge(&store, &user, 1).await.id;
        let outcomes = race!(store, 50, |tx, _place| challenges::update_consumed(tx, id, at(5)));
        assert_eq!(winners(&outcomes), 1);
        assert_eq!(reading!(store, |tx| challenges::find(tx, id)).expect("there").consumed_at, Some(at(5)));
    }
}

store_test! {
    async fn three_hundred_parallel_guesses_are_five(store: Store) {
        let user = active(&store, 1).await;
        let id = challenge(&store, &user, 1).await.id;
        let counted = race!(store, 300, |tx, _place| challenges::update_attempted(tx, id, Purpose::Auth, at(5)));
        let mut attempts: Vec<u8> = counted.into_iter().flatten().map(|challenge| challenge.attempts).collect();
        attempts.sort_unstable();
        assert_eq!(attempts, [1, 2, 3, 4, 5]);
    }
}

store_test! {
    async fn a_guess_counts_only_against_a_live_challenge_of_its_purpose(store: Store) {
        let user = active(&store, 1).await;
        let id = challenge(&store, &user, 1).await.id;
        assert_eq!(writing!(store, |tx| challenges::update_attempted(tx, id, Purpose::Verify, at(5))), None);
        assert_eq!(writing!(store, |tx| challenges::update_attempted(tx, id, Purpose::Auth, at(300))), None);
        assert!(writing!(store, |tx| challenges::update_attempted(tx, id, Purpose::Auth, at(299))).is_some());
        assert!(writing!(store, |tx| challenges::update_consumed(tx, id, at(299))));
        assert_eq!(writing!(store, |tx| challenges::update_attempted(tx, id, Purpose::Auth, at(299))), None);
    }
}

store_test! {
    async fn a_challenge_ends_with_its_time(store: Store) {
        let user = active(&store, 1).await;
        let id = challenge(&store, &user, 1).await.id;
        assert!(!writing!(store, |tx| challenges::update_consumed(tx, id, at(300))));
        assert!(!writing!(store, |tx| challenges::update_resent(tx, id, at(600), at(300))));
    }
}

store_test! {
    async fn a_challenge_of_an_older_epoch_is_dead(store: Store) {
        let user = pending(&store, 1).await;
        let id = challenge(&store, &user, 1).await.id;
        writing!(store, |tx| users::update_claimed(tx, user.id, None, at(1)));
        assert_eq!(writing!(store, |tx| challenges::update_attempted(tx, id, Purpose::Auth, at(5))), None);
        assert!(!writing!(store, |tx| challenges::update_consumed(tx, id, at(5))));
        assert!(!writing!(store, |tx| challenges::update_resent(tx, id, at(400), at(5))));
    }
}

store_test! {
    async fn a_resend_lengthens_the_life_and_keeps_the_count(store: Store) {
        let user = active(&store, 1).await;
        let before = challenge(&store, &user, 1).await;
        writing!(store, |tx| challenges::update_attempted(tx, before.id, Purpose::Auth, at(5)));
        assert!(writing!(store, |tx| challenges::update_resent(tx, before.id, at(360), at(60))));
        let after = Challenge { attempts: 1, expires_at: at(360), last_sent_at: at(60), ..before.clone() };
        assert_eq!(reading!(store, |tx| challenges::find(tx, before.id)), Some(after));
        for _ in 0..4 {
            writing!(store, |tx| challenges::update_attempted(tx, before.id, Purpose::Auth, at(70)));
        }
        assert!(!writing!(store, |tx| challenges::update_resent(tx, before.id, at(400), at(120))), "it is guessed dead");
    }
}

store_test! {
    async fn no_resend_passes_the_end(store: Store) {
        let user = active(&store, 1).await;
        let id = challenge(&store, &user, 1).await.id;
        let mut tx = store.write().await.expect("begins");
        let past = challenges::update_resent(&mut tx, id, at(601), at(60)).await;
        assert!(matches!(past, Err(StoreError::Driver(_))));
    }
}

store_test! {
    async fn a_rolled_back_use_never_happened(store: Store) {
        let user = active(&store, 1).await;
        let id = challenge(&store, &user, 1).await.id;
        let mut tx = store.write().await.expect("begins");
        assert!(challenges::update_consumed(&mut tx, id, at(5)).await.expect("no error"));
        drop(tx);
        assert!(writing!(store, |tx| challenges::update_consumed(tx, id, at(5))));
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
