use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::challenge::Challenge;
use domain::ids::RequestId;
use domain::privacy_request::{PrivacyRequest, RequestKind};
use domain::retention::Kept;
use domain::role::Role;
use domain::session::Session;
use domain::user::UserOrigin;
use store::purge::Bounds;
use store::{Store, StoreError, Tx, challenges, phone_moves, privacy_requests, purge, role_grants, sessions, users};

use crate::support::{active, at, challenge_of, id, message, pending, reading, session_of, writing};

async fn stale_users(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let forecast = purge::forecast(tx, &Bounds::same(before)).await?;
    Ok(forecast.into_iter().filter(|part| part.kept == Kept::PendingUsers).map(|part| part.rows).sum())
}

store_test! {
    async fn purges_take_turns_and_so_never_wait_for_each_other(store: Store) {
        let (first, second) = (pending(&store, 1).await, pending(&store, 2).await);
        // Written and expired first, and so deleted first, is the challenge of the person who is forgotten last.
        for (user, number, seconds) in [(&second, 2, 10), (&first, 1, 20)] {
            let challenge = Challenge { expires_at: at(seconds), ..challenge_of(user, number) };
            writing!(store, |tx| tx.run(challenges::insert(&challenge)));
            message(&store, number, 0, Some(&challenge)).await;
        }
        let before = at(0) + TimeDelta::days(90);
        let mut people = store.write().await.expect("begins");
        purge::lock(&mut people).await.expect("is alone");
        assert!(purge::delete_stale_user(&mut people, first.id, before).await.expect("deletes"));
        let other = tokio::spawn({
            let store = store.clone();
            async move {
                let mut codes = store.write().await.expect("begins");
                purge::lock(&mut codes).await.expect("has its turn, however long the first one took");
                let deleted = challenges::delete_before(&mut codes, before, 500).await.expect("no deadlock");
                codes.commit().await.expect("commits");
                deleted
            }
        });
        // Longer than a purge waits for a row.
        tokio::time::sleep(Duration::from_millis(800)).await;
        assert!(purge::delete_stale_user(&mut people, second.id, before).await.expect("no deadlock"));
        people.commit().await.expect("commits");
        assert_eq!(other.await.expect("no panic"), 0, "they went with their people");
    }
}

store_test! {
    async fn somebody_who_asked_for_a_code_since_is_not_stale(store: Store) {
        let user = pending(&store, 1).await;
        let challenge = Challenge { created_at: at(100), expires_at: at(400), final_at: at(700), ..challenge_of(&user, 1) };
        writing!(store, |tx| tx.run(challenges::insert(&challenge)));
        assert_eq!(reading!(store, |tx| stale_users(tx, at(100))), 0);
        assert!(!writing!(store, |tx| purge::delete_stale_user(tx, user.id, at(100))));
        assert_eq!(reading!(store, |tx| stale_users(tx, at(101))), 1);
        assert!(writing!(store, |tx| purge::delete_stale_user(tx, user.id, at(101))));
        assert_eq!(reading!(store, |tx| users::find(tx, user.id)), None);
    }
}

store_test! {
    async fn a_forecast_names_every_kind_once_in_its_order(store: Store) {
        let forecast = reading!(store, |tx| purge::forecast(tx, &Bounds::same(at(0))));
        assert_eq!(forecast.iter().map(|part| part.kept).collect::<Vec<_>>(), Kept::ALL);
        assert!(forecast.iter().all(|part| part.rows == 0 && part.oldest.is_none()));
    }
}

store_test! {
    async fn a_challenge_that_is_old_and_whose_person_goes_is_counted_once(store: Store) {
        let user = pending(&store, 1).await;
        let challenge = challenge_of(&user, 1);
        writing!(store, |tx| tx.run(challenges::insert(&challenge)));
        let forecast = reading!(store, |tx| purge::forecast(tx, &Bounds::same(at(10_000))));
        let of = |kept: Kept| forecast.iter().find(|part| part.kept == kept).map(|part| (part.rows, part.oldest));
        assert_eq!(of(Kept::Challenges), Some((1, Some(challenge.expires_at))));
        assert_eq!(of(Kept::PendingUsers), Some((1, Some(at(0)))));
        assert_eq!(writing!(store, |tx| purge::delete_stale_challenges(tx, user.id, at(0))), 0, "not stale by then");
        assert_eq!(writing!(store, |tx| purge::delete_stale_challenges(tx, user.id, at(10_000))), 1);
    }
}

store_test! {
    async fn who_lost_their_number_is_found_after_their_last_sign_of_life(store: Store) {
        let found = async |before| reading!(store, |tx| purge::list_phoneless(tx, before, 9));
        let user = active(&store, 1).await;
        assert!(found(at(10_000)).await.is_empty(), "they have a number");
        writing!(store, |tx| tx.run(phone_moves::update_lost(user.id, at(100))));
        assert!(found(at(100)).await.is_empty());
        assert_eq!(found(at(101)).await, [user.id]);
        let session = Session { last_seen_at: at(200), ..session_of(&user, 1) };
        writing!(store, |tx| tx.run(sessions::insert(&session)));
        assert!(found(at(200)).await.is_empty(), "signed in since");
        assert!(reading!(store, |tx| purge::find_is_phoneless(tx, user.id, at(201))));
        let request = PrivacyRequest::new(RequestId(id(1)), user.id, RequestKind::Access, UserOrigin::Staff, at(1));
        writing!(store, |tx| tx.run(privacy_requests::insert(&request)));
        assert!(found(at(10_000)).await.is_empty(), "they wait for an answer");
        writing!(store, |tx| tx.run(privacy_requests::update_erased(user.id, at(300))));
        assert_eq!(found(at(10_000)).await, [user.id]);
        writing!(store, |tx| role_grants::insert(tx, user.id, Role::Stylist, at(2)));
        assert!(found(at(10_000)).await.is_empty(), "whoever has a role is not forgotten by a clock");
        assert!(!reading!(store, |tx| purge::find_is_phoneless(tx, user.id, at(10_000))));
    }
}

store_test! {
    async fn somebody_who_asked_about_their_data_is_not_forgotten_before_the_answer(store: Store) {
        let user = pending(&store, 1).await;
        let request = PrivacyRequest::new(RequestId(id(1)), user.id, RequestKind::Erasure, UserOrigin::Staff, at(1));
        writing!(store, |tx| tx.run(privacy_requests::insert(&request)));
        assert_eq!(reading!(store, |tx| stale_users(tx, at(10_000))), 0);
        assert!(reading!(store, |tx| users::list_stale_pending(tx, at(10_000), 9)).is_empty());
        assert!(!writing!(store, |tx| purge::delete_stale_user(tx, user.id, at(10_000))));
    }
}
