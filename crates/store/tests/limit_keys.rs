use domain::limits::Quota;
use domain::uses::{Use, Uses};
use store::guesses::Record;
use store::limit_keys::{self, BeforeSend, ProofKeys, ProofUses, SendKeys, SendUses};
use store::testing::at_once;
use store::{Applied, Store, Write};

use crate::support::{active, at, key, phone, quota, reading, writing};

fn sends() -> [Quota; 2] {
    [quota(5, 3_600), quota(10, 86_400)]
}

fn spend(number: u8, seconds: i64) -> Write<'static> {
    limit_keys::spend(key(number), sends(), Use { at: at(seconds), tag: 1 })
}

async fn uses(store: &Store, number: u8) -> Uses {
    let keys = SendKeys { address: key(200), phone: key(number), cooldown: key(201), own_cooldown: None, guesses: key(202) };
    reading!(store, |tx| limit_keys::find_before_send(tx, &keys, &phone(1), None)).spent.phone
}

store_test! {
    async fn parallel_uses_never_pass_the_limit(store: Store) {
        let spent = at_once(60, |_| {
            let store = store.clone();
            async move { store.apply_one(spend(1, 100)).await.expect("no error") }
        });
        assert_eq!(spent.await.into_iter().filter(|spent| *spent).count(), 5);
        assert_eq!(uses(&store, 1).await.usage(sends()[0], at(100)).used, 5);
    }
}

store_test! {
    async fn a_batch_with_a_spent_limit_spends_nothing_of_the_others(store: Store) {
        let applied = at_once(40, |place| {
            let store = store.clone();
            // Everybody has an address of their own, and all want the same phone.
            let address = u8::try_from(place).expect("small") + 100;
            async move { store.apply(vec![spend(address, 100), spend(1, 100)]).await.expect("no error") }
        });
        let applied = applied.await;
        assert_eq!(applied.iter().filter(|applied| **applied == Applied::All(vec![1, 1])).count(), 5);
        assert_eq!(applied.iter().filter(|applied| **applied == Applied::Stopped(1)).count(), 35);
        let mut spent = 0;
        for address in 100..140 {
            spent += uses(&store, address).await.usage(sends()[0], at(100)).used;
        }
        assert_eq!(spent, 5);
    }
}

store_test! {
    async fn both_quotas_of_a_limit_hold(store: Store) {
        let mut seconds = 0;
        for round in 0..10 {
            seconds = round * 1_000;
            assert!(writing!(store, |tx| tx.run(spend(1, seconds))), "{round}: four an hour, then the first has left");
        }
        assert!(!writing!(store, |tx| tx.run(spend(1, seconds + 5_000))), "ten a day");
        assert!(!writing!(store, |tx| tx.run(spend(1, 86_399))));
        assert!(writing!(store, |tx| tx.run(spend(1, 86_400))), "a use leaves its window to the second");
        assert!(!writing!(store, |tx| tx.run(spend(1, 86_400))));
    }
}

store_test! {
    async fn a_clock_that_steps_back_frees_nothing(store: Store) {
        for _ in 0..5 {
            assert!(writing!(store, |tx| tx.run(spend(1, 1_000))));
        }
        for seconds in [1_000, 700, 0, -86_400] {
            assert!(!writing!(store, |tx| tx.run(spend(1, seconds))), "{seconds}");
        }
    }
}

store_test! {
    async fn a_smaller_quota_of_a_shared_limit_forgets_nothing_that_counts_for_a_larger_one(store: Store) {
        let (few, many) = (quota(2, 100), quota(4, 100));
        let mut seconds = 0;
        let mut try_to = async |quota: Quota| {
            seconds += 1;
            let write = limit_keys::spend_shared(key(1), [quota; 2], 4, Use { at: at(seconds), tag: 1 });
            store.apply_one(write).await.expect("no error")
        };
        let mut outcomes = Vec::new();
        for quota in [few, few, few, many, many, few, many] {
            outcomes.push(try_to(quota).await);
        }
        assert_eq!(outcomes, [true, true, false, true, true, false, false]);
    }
}

store_test! {
    async fn a_row_remembers_no_more_than_its_limit_needs(store: Store) {
        let many = [quota(3, 10), quota(3, 10)];
        for round in 0..50 {
            writing!(store, |tx| tx.run(limit_keys::spend(key(1), many, Use { at: at(round * 20), tag: 1 })));
        }
        let text: String = [49, 48, 47].iter().map(|round| Use { at: at(round * 20), tag: 1 }.to_text()).collect();
        assert_eq!(Some(uses(&store, 1).await), Uses::parse(&text));
    }
}

store_test! {
    async fn what_stands_before_a_send_is_read_at_once(store: Store) {
        let keys = SendKeys { address: key(1), phone: key(2), cooldown: key(3), own_cooldown: Some(key(4)), guesses: key(5) };
        let nothing = reading!(store, |tx| limit_keys::find_before_send(tx, &keys, &phone(1), None));
        assert_eq!(nothing, BeforeSend { spent: SendUses::default(), guesses: Record::default(), user: None, device: None });
        let user = active(&store, 1).await;
        for key in [2, 4, 4] {
            writing!(store, |tx| tx.run(spend(key, 7)));
        }
        let before = store.statements();
        let found = reading!(store, |tx| limit_keys::find_before_send(tx, &keys, &phone(1), None));
        assert_eq!(store.statements() - before, 1);
        assert_eq!(found.user, Some(user));
        assert_eq!(found.spent.phone.usage(sends()[0], at(8)).used, 1);
        assert_eq!(found.spent, SendUses { phone: found.spent.phone.clone(), own_cooldown: found.spent.own_cooldown.clone(), ..SendUses::default() });
        assert_eq!(found.spent.own_cooldown.usage(sends()[0], at(8)).used, 2);
    }
}

store_test! {
    async fn rows_used_lately_are_kept_and_the_rest_goes_in_batches(store: Store) {
        for number in 0..5 {
            writing!(store, |tx| tx.run(spend(number, 0)));
        }
        let days = |days: i64| at(days * 86_400);
        writing!(store, |tx| tx.run(limit_keys::spend(key(0), sends(), Use { at: days(9), tag: 1 })));
        assert_eq!(writing!(store, |tx| limit_keys::delete_before(tx, days(1), 2)), 0, "the day is not over");
        assert_eq!(writing!(store, |tx| limit_keys::delete_before(tx, days(3), 2)), 2);
        assert_eq!(writing!(store, |tx| limit_keys::delete_before(tx, days(3), 9)), 2);
        assert_eq!(writing!(store, |tx| limit_keys::delete_before(tx, days(3), 9)), 0);
    }
}

store_test! {
    async fn the_limits_of_a_proof_are_read_together_and_need_not_be_there(store: Store) {
        let keys = ProofKeys { puzzle: key(1), network: key(2), everybody: key(3) };
        assert_eq!(reading!(store, |tx| limit_keys::find_before_proof(tx, &keys)), ProofUses::default());
        store.apply(vec![spend(1, 100), spend(3, 100)]).await.expect("no error");
        store.apply_one(spend(3, 200)).await.expect("no error");
        let found = reading!(store, |tx| limit_keys::find_before_proof(tx, &keys));
        let used = [found.puzzle, found.network, found.everybody].map(|uses| uses.usage(sends()[0], at(200)).used);
        assert_eq!(used, [1, 0, 2]);
    }
}
