use store::testing::at_once;
use store::{Applied, Store, StoreError, challenges, sessions, users};

use crate::support::{active, at, challenge, challenge_of, id, new_user, pending, reading, session_of};
use domain::ids::{SessionId, UserId};
use domain::session::EndReason;

store_test! {
    async fn all_of_it_happens_and_says_how_much(store: Store) {
        let user = pending(&store, 1).await;
        let asked = challenge_of(&user, 1);
        // The session refers to the person's row, the second person is inserted in the same step.
        let (second, session) = (new_user(2), session_of(&user, 1));
        let batch = vec![users::insert(&second), challenges::insert(&asked), sessions::insert(&session)];
        assert_eq!(store.apply(batch).await.expect("applies"), Applied::All(vec![1, 1, 1]));
        let batch = vec![
            challenges::update_attempted(asked.id, 0, at(5)),
            sessions::update_ended_others(user.id, None, EndReason::Revoked, at(5)),
            sessions::update_ended_others(UserId(id(404)), None, EndReason::Revoked, at(5)),
        ];
        assert_eq!(store.apply(batch).await.expect("applies"), Applied::All(vec![1, 1, 0]));
        let batch = vec![challenges::update_attempted(asked.id, 1, at(6))];
        assert_eq!(store.apply(batch).await.expect("applies"), Applied::All(vec![2]), "its value is the count");
    }
}

store_test! {
    async fn what_refers_to_each_other_goes_in_together(store: Store) {
        let newcomer = new_user(1);
        let known = pending(&store, 2).await;
        let asked = domain::challenge::Challenge { user_id: newcomer.id, ..challenge_of(&known, 1) };
        let batch = vec![users::insert(&newcomer), challenges::insert(&asked)];
        assert_eq!(store.apply(batch).await.expect("the key is there at the end"), Applied::All(vec![1, 1]));
    }
}

store_test! {
    async fn a_guard_that_does_not_hold_undoes_everything_before_it(store: Store) {
        let user = active(&store, 1).await;
        let dead = challenge(&store, &user, 1).await;
        let session = session_of(&user, 1);
        for place in 0..3 {
            let mut batch = vec![users::update_seen(user.id, user.epoch, at(50)), sessions::insert(&session)];
            batch.insert(place, challenges::update_consumed(dead.id, at(300)));
            assert_eq!(store.apply(batch).await.expect("no error"), Applied::Stopped(place));
        }
        assert!(reading!(store, |tx| sessions::find_alive(tx, SessionId(id(1)), at(5))).is_none());
        assert_eq!(reading!(store, |tx| users::find(tx, user.id)).expect("there").last_seen_at, user.last_seen_at);
    }
}

store_test! {
    async fn an_error_undoes_everything_too_and_is_told(store: Store) {
        let user = active(&store, 1).await;
        let session = session_of(&user, 1);
        let impossible = domain::challenge::Challenge { attempts: 9, ..challenge_of(&user, 1) };
        let failed = store.apply(vec![sessions::insert(&session), challenges::insert(&impossible)]).await;
        assert!(matches!(failed, Err(StoreError::Driver(_))), "{failed:?}");
        let twice = store.apply(vec![sessions::insert(&session), sessions::insert(&session)]).await;
        assert!(matches!(twice, Err(StoreError::Unique { .. })), "{twice:?}");
        assert!(reading!(store, |tx| sessions::find_alive(tx, session.id, at(5))).is_none());
    }
}

store_test! {
    async fn of_fifty_racing_batches_one_wins_and_the_rest_leave_nothing(store: Store) {
        let user = active(&store, 1).await;
        let asked = challenge(&store, &user, 1).await;
        let applied = at_once(50, |place| {
            let (store, user, asked) = (store.clone(), user.clone(), asked.id);
            async move {
                let session = session_of(&user, place as u128 + 1);
                let batch = vec![
                    users::update_seen(user.id, user.epoch, at(5)),
                    challenges::update_consumed(asked, at(5)),
                    sessions::insert(&session),
                ];
                store.apply(batch).await.expect("no error, only winners and losers")
            }
        });
        let applied = applied.await;
        assert_eq!(applied.iter().filter(|applied| matches!(applied, Applied::All(_))).count(), 1);
        assert!(applied.iter().all(|applied| matches!(applied, Applied::All(_) | Applied::Stopped(1))));
        assert_eq!(reading!(store, |tx| sessions::list_alive(tx, user.id, at(6))).len(), 1);
    }
}
