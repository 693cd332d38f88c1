use domain::fraud::{Bucket, Counts, Prefix, Scope};
use domain::keys::LimitKey;
use store::fraud_counters::{self, Counter};
use store::{Applied, Store, challenges};

use crate::support::{active, all, at, challenge_of, key, reading, writing};

const PREFIX: Scope = Scope::Prefix(Prefix::Saudi(0));

fn counts(asked: u32, verified: u32, failed: u32) -> Counts {
    Counts { asked, sent: asked, verified, failed }
}

/// So many buckets into the test.
fn bucket(number: i64) -> Bucket {
    Bucket::of(at(number * 300))
}

async fn add(store: &Store, counters: &[Counter]) {
    store.apply_one(fraud_counters::insert_added(store.backend(), counters)).await.expect("writes");
}

async fn list(store: &Store, from: i64) -> Vec<Counter> {
    let mut found = reading!(store, |tx| fraud_counters::list(tx, bucket(from), bucket(9), 0, 100));
    found.sort_by_key(|(scope, bucket, _)| (*scope, *bucket));
    found
}

store_test! {
    async fn counts_are_added_up(store: Store) {
        let network = Scope::Network(LimitKey([0xab; 16]));
        add(&store, &[(network, bucket(0), counts(1, 0, 0)), (PREFIX, bucket(0), counts(1, 0, 0)), (Scope::Fleet, bucket(0), counts(1, 0, 2))]).await;
        add(&store, &[(PREFIX, bucket(0), counts(2, 1, 0)), (PREFIX, bucket(1), counts(1, 0, 0))]).await;
        add(&store, &[]).await;
        let all = [
            (network, bucket(0), counts(1, 0, 0)),
            (PREFIX, bucket(0), counts(3, 1, 0)),
            (PREFIX, bucket(1), counts(1, 0, 0)),
            (Scope::Fleet, bucket(0), counts(1, 0, 2)),
        ];
        assert_eq!(list(&store, 0).await, all);
        assert_eq!(list(&store, 1).await, [all[2]]);
        assert_eq!(reading!(store, |tx| fraud_counters::list(tx, bucket(0), bucket(1), 0, 1)), [all[2]], "the newest, when it is too much");
        assert_eq!(reading!(store, |tx| fraud_counters::list_for_scope(tx, Scope::Fleet, bucket(0))), [all[3]]);
        assert_eq!(reading!(store, |tx| fraud_counters::list_for_scope(tx, Scope::Fleet, bucket(1))), []);
    }
}

store_test! {
    async fn networks_that_hardly_ask_are_left_out(store: Store) {
        let network = |number: u8| Scope::Network(LimitKey([number; 16]));
        add(&store, &[(network(1), bucket(0), counts(4, 0, 0)), (network(2), bucket(0), counts(5, 0, 0)), (PREFIX, bucket(0), counts(1, 0, 0))]).await;
        add(&store, &[(network(1), bucket(1), counts(4, 0, 0))]).await;
        let sorted = |mut found: Vec<Counter>| {
            found.sort_by_key(|(scope, bucket, _)| (*scope, *bucket));
            found.into_iter().map(|(scope, ..)| scope).collect::<Vec<_>>()
        };
        let busy = reading!(store, |tx| fraud_counters::list_busy(tx, bucket(0), 100));
        assert_eq!(sorted(busy), [network(2), PREFIX], "of a bucket, those with five");
        let all = reading!(store, |tx| fraud_counters::list(tx, bucket(0), bucket(1), 8, 100));
        assert_eq!(sorted(all), [network(1), network(1), PREFIX], "of the time, those with eight");
        let before = reading!(store, |tx| fraud_counters::list(tx, bucket(0), bucket(0), 5, 100));
        assert_eq!(sorted(before), [network(2), PREFIX]);
    }
}

store_test! {
    async fn many_processes_count_at_once_and_lose_nothing(store: Store) {
        let done = all(20, |_| {
            let store = store.clone();
            async move {
                for _ in 0..5 {
                    add(&store, &[(PREFIX, bucket(0), counts(1, 0, 0)), (Scope::Fleet, bucket(0), counts(1, 1, 1))]).await;
                }
            }
        })
        .await;
        assert_eq!(done.len(), 20);
        assert_eq!(list(&store, 0).await, [(PREFIX, bucket(0), counts(100, 0, 0)), (Scope::Fleet, bucket(0), counts(100, 100, 100))]);
    }
}

store_test! {
    async fn old_buckets_are_forgotten_whole(store: Store) {
        for number in 0..4 {
            add(&store, &[(PREFIX, bucket(number), counts(1, 0, 0)), (Scope::Fleet, bucket(number), counts(1, 0, 0))]).await;
        }
        assert_eq!(writing!(store, |tx| fraud_counters::delete_before(tx, bucket(3).start(), 3)), 4, "two buckets of two");
        assert_eq!(writing!(store, |tx| fraud_counters::delete_before(tx, bucket(3).start(), 3)), 2);
        assert_eq!(writing!(store, |tx| fraud_counters::delete_before(tx, bucket(3).start(), 3)), 0);
        assert_eq!(list(&store, 0).await.len(), 2);
    }
}

store_test! {
    async fn the_alarm_is_raised_and_ended_by_one(store: Store) {
        assert_eq!(reading!(store, |tx| fraud_counters::find_alarm(tx)), None);
        let raised = all(8, |_| {
            let store = store.clone();
            async move { store.apply(vec![fraud_counters::insert_alarm(at(5))]).await.expect("answers") }
        })
        .await;
        assert_eq!(raised.iter().filter(|applied| matches!(applied, Applied::All(_))).count(), 1);
        assert_eq!(reading!(store, |tx| fraud_counters::find_alarm(tx)), Some(at(5)));
        assert!(matches!(store.apply(vec![fraud_counters::delete_alarm()]).await, Ok(Applied::All(_))));
        assert!(matches!(store.apply(vec![fraud_counters::delete_alarm()]).await, Ok(Applied::Stopped(0))));
        assert_eq!(reading!(store, |tx| fraud_counters::find_alarm(tx)), None);
    }
}

store_test! {
    async fn a_code_that_is_counted_is_listed_and_another_is_not(store: Store) {
        let user = active(&store, 1).await;
        let mut counted = challenge_of(&user, 1);
        counted.network = Some(key(5));
        let known = challenge_of(&user, 2);
        for challenge in [&counted, &known] {
            writing!(store, |tx| tx.run(challenges::insert(challenge)));
        }
        assert_eq!(reading!(store, |tx| challenges::find(tx, counted.id)), Some(counted.clone()));
        writing!(store, |tx| tx.run(challenges::update_consumed(counted.id, at(9))));
        let listed = reading!(store, |tx| challenges::list_counted(tx, counted.expires_at, counted.expires_at + chrono::TimeDelta::seconds(1)));
        assert_eq!(listed.len(), 1);
        assert_eq!((listed[0].network, listed[0].asked_at, listed[0].verified_at), (key(5), at(0), Some(at(9))));
        assert_eq!((Some(&listed[0].phone), listed[0].is_sent), (user.phone.as_ref(), false));
        assert_eq!(reading!(store, |tx| challenges::list_counted(tx, at(0), counted.expires_at)), []);
    }
}
