use std::time::Duration;

use chrono::TimeDelta;
use domain::challenge::Challenge;
use store::{Store, challenges, purge, users};

use crate::support::{at, challenge_of, message, pending, reading, writing};

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
        assert_eq!(reading!(store, |tx| purge::count::stale_users(tx, at(100))), 0);
        assert!(!writing!(store, |tx| purge::delete_stale_user(tx, user.id, at(100))));
        assert_eq!(reading!(store, |tx| purge::count::stale_users(tx, at(101))), 1);
        assert!(writing!(store, |tx| purge::delete_stale_user(tx, user.id, at(101))));
        assert_eq!(reading!(store, |tx| users::find(tx, user.id)), None);
    }
}
