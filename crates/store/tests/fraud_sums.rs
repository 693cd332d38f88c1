use domain::fraud::{Bucket, Counts, Prefix, Scope};
use domain::keys::LimitKey;
use domain::phone::Region;
use store::{Store, fraud_counters, fraud_sums};

use crate::support::{at, reading};

store_test! {
    async fn counts_add_up_by_scope_and_networks_stand_apart(store: Store) {
        let now = Bucket::of(at(0));
        let counts = |asked| Counts { asked, sent: asked, verified: 1, failed: 0 };
        let network = |number| Scope::Network(LimitKey([number; 16]));
        let mut counters = vec![
            (Scope::Fleet, now, counts(9)),
            (Scope::Fleet, now.back(1), counts(1)),
            (Scope::Fleet, now.back(100), counts(50)),
            (Scope::Country(Region::SA), now, counts(4)),
            (Scope::Prefix(Prefix::Saudi(0)), now, counts(3)),
            (network(1), now, counts(2)),
            (network(2), now, counts(5)),
        ];
        counters.sort_by_key(|(scope, bucket, _)| (scope.to_string(), *bucket));
        store.apply_one(fraud_counters::insert_added(store.backend(), &counters)).await.expect("counted");
        let from = now.back(12).start();
        let sums = reading!(store, |tx| fraud_sums::list(tx, from, at(1), 10));
        let shown: Vec<_> = sums.iter().map(|sum| (sum.scope.to_string(), sum.asked, sum.verified)).collect();
        assert_eq!(shown, [("fleet".to_owned(), 10, 2), ("country:SA".to_owned(), 4, 1), ("prefix:+96650".to_owned(), 3, 1)]);
        let networks = reading!(store, |tx| fraud_sums::list_networks(tx, from, at(1), 1));
        assert_eq!(networks.iter().map(|sum| (sum.scope, sum.asked)).collect::<Vec<_>>(), [(network(2), 5)]);
    }
}
