use domain::limits::Quota;
use domain::uses::{Use, Uses};
use store::guesses::{self, Guess, Record};
use store::limit_keys::{self, SendKeys};
use store::testing::at_once;
use store::{Applied, Store};

use crate::support::{at, guess_at, key, phone, quota, reading, writing};

async fn record(store: &Store) -> Record {
    let keys = SendKeys { address: key(200), phone: key(201), cooldown: key(202), own_cooldown: None, guesses: key(1) };
    reading!(store, |tx| limit_keys::find_before_send(tx, &keys, &phone(1), None)).guesses
}

fn uses(of: &[(i64, u32)]) -> Uses {
    let text: String = of.iter().map(|&(seconds, tag)| Use { at: at(seconds), tag }.to_text()).collect();
    Uses::parse(&text).expect("what was written is read")
}

/// Counts guesses one second apart; which of them were counted.
async fn count(store: &Store, guesses: &[Guess]) -> Vec<bool> {
    let mut counted = Vec::new();
    for guess in guesses {
        counted.push(writing!(store, |tx| tx.run(guesses::count(*guess))));
    }
    counted
}

store_test! {
    async fn a_guess_makes_the_streak_longer_and_one_that_is_not_compared_does_not(store: Store) {
        let first = guess_at(key(1), 1, 0);
        let second = Guess { is_last: true, ..guess_at(key(1), 2, 1) };
        let third = Guess { is_compared: false, ..guess_at(key(1), 3, 2) };
        assert_eq!(count(&store, &[first, second, third]).await, [true; 3]);
        let expected = Record { uses: uses(&[(3, 1), (2, 1), (1, 1)]), streak: 2, deaths: 1, died_at: Some(at(2)) };
        assert_eq!(record(&store).await, expected);
    }
}

store_test! {
    async fn a_guess_is_counted_once_for_each_look_at_the_streak(store: Store) {
        assert_eq!(count(&store, &[guess_at(key(1), 1, 0), guess_at(key(1), 2, 0), guess_at(key(1), 3, 2)]).await, [true, false, false]);
        assert_eq!(record(&store).await.streak, 1);
    }
}

store_test! {
    async fn of_many_guesses_at_once_no_more_are_counted_than_the_quota_has_and_none_twice(store: Store) {
        let counted = at_once(40, |place| {
            let store = store.clone();
            let tag = u32::try_from(place).expect("small");
            async move {
                for _ in 0..40 {
                    let streak = record(&store).await.streak;
                    let guess = Guess { one: Use { at: at(5), tag }, ..guess_at(key(1), 5, streak) };
                    if let Applied::All(_) = store.apply(vec![guesses::count(guess)]).await.expect("no error") {
                        return true;
                    }
                    if record(&store).await.uses.usage(quota(5, 100), at(5)).used == 5 {
                        return false;
                    }
                }
                panic!("somebody gets on each time");
            }
        });
        assert_eq!(counted.await.into_iter().filter(|counted| *counted).count(), 5);
        assert_eq!(record(&store).await.streak, 5);
    }
}

store_test! {
    async fn more_is_remembered_than_the_quota_of_today_needs(store: Store) {
        let once_a_window = |place: i64| Guess { streak: u32::try_from(place).expect("small"), ..guess_at(key(1), place * 200, 0) };
        let guesses: Vec<Guess> = (0..12).map(once_a_window).collect();
        assert_eq!(count(&store, &guesses).await, [true; 12]);
        let month = Quota { limit: 8, ..quota(8, 2_592_000) };
        assert_eq!(record(&store).await.uses.usage(month, at(2_500)).used, 8);
    }
}

store_test! {
    async fn a_refund_takes_back_that_guess_and_no_other_and_only_once(store: Store) {
        let tagged = |tag, streak| Guess { one: Use { at: at(5), tag }, ..guess_at(key(1), 5, streak) };
        count(&store, &[tagged(1, 0), tagged(2, 1), tagged(3, 2)]).await;
        let refund = || guesses::refund(key(1), Use { at: at(5), tag: 2 });
        assert!(writing!(store, |tx| tx.run(refund())));
        let left = Record { uses: uses(&[(5, 3), (5, 1)]), streak: 2, ..Record::default() };
        assert_eq!(record(&store).await, left);
        assert!(!writing!(store, |tx| tx.run(refund())));
        assert_eq!(record(&store).await, left);
    }
}

store_test! {
    async fn a_right_guess_ends_the_streak_and_gives_back_nothing_of_the_windows(store: Store) {
        let guesses = [guess_at(key(1), 1, 0), Guess { is_last: true, ..guess_at(key(1), 2, 1) }, guess_at(key(1), 3, 2)];
        count(&store, &guesses).await;
        assert!(writing!(store, |tx| tx.run(guesses::update_succeeded(key(1), guesses[2].one))));
        assert_eq!(record(&store).await, Record { uses: uses(&[(2, 1), (1, 1)]), ..Record::default() });
    }
}

store_test! {
    async fn who_is_vouched_for_starts_a_new_streak_and_gets_no_guess_back(store: Store) {
        count(&store, &[guess_at(key(1), 1, 0), Guess { is_last: true, ..guess_at(key(1), 2, 1) }]).await;
        assert!(writing!(store, |tx| tx.run(guesses::update_rebound(key(1)))));
        assert_eq!(record(&store).await, Record { uses: uses(&[(2, 1), (1, 1)]), ..Record::default() });
        assert!(!writing!(store, |tx| tx.run(guesses::update_rebound(key(2)))), "nobody guessed at that one");
    }
}

store_test! {
    async fn a_streak_is_remembered_for_longer_than_a_year(store: Store) {
        count(&store, &[guess_at(key(1), 0, 0)]).await;
        let days = |days: i64| at(days * 86_400);
        assert_eq!(writing!(store, |tx| limit_keys::delete_before(tx, days(400), 9)), 0);
        assert_eq!(writing!(store, |tx| limit_keys::delete_before(tx, days(402), 9)), 1);
    }
}
