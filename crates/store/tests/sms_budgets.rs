use domain::sms_budget::Spent;
use store::{Applied, Store, sms_budgets};

use crate::support::{at, race, reading, winners, writing};

const MOST: Spent = Spent { messages: 3, cost_micros: 100 };

async fn spends(store: &Store, cost_micros: i64, most: Spent) -> bool {
    let applied = store.apply(vec![sms_budgets::spend(at(0), 2, cost_micros, most)]).await.expect("answers");
    matches!(applied, Applied::All(_))
}

store_test! {
    async fn a_share_takes_what_it_has_room_for(store: Store) {
        for (cost, is_taken) in [(40, true), (40, true), (30, false), (20, true), (0, false)] {
            assert_eq!(spends(&store, cost, MOST).await, is_taken, "{cost}");
        }
        let used = reading!(store, |tx| sms_budgets::list(tx, at(0)));
        assert_eq!(used, [(2, Spent { messages: 3, cost_micros: 100 })]);
        assert!(spends(&store, i64::MAX - 1_000, Spent { messages: 4, cost_micros: i64::MAX }).await, "no bound is none");
        assert_eq!(reading!(store, |tx| sms_budgets::list(tx, at(86_400))), [], "another day begins with nothing");
    }
}

store_test! {
    async fn a_share_of_nothing_takes_nothing(store: Store) {
        assert!(!spends(&store, 0, Spent { messages: 0, cost_micros: 100 }).await);
        assert!(!spends(&store, 101, MOST).await);
        assert_eq!(reading!(store, |tx| sms_budgets::list(tx, at(0))), []);
    }
}

store_test! {
    async fn of_fifty_at_once_as_many_get_in_as_there_is_room_for(store: Store) {
        let most = Spent { messages: 20, cost_micros: i64::MAX };
        let taken = race!(store, 50, |tx, _place| async move { tx.run(sms_budgets::spend(at(0), 1, 5, most)).await });
        assert_eq!(winners(&taken), 20);
        assert_eq!(reading!(store, |tx| sms_budgets::list(tx, at(0))), [(1, Spent { messages: 20, cost_micros: 100 })]);
        writing!(store, |tx| tx.run(sms_budgets::insert_over(at(0), 1, 5)));
        writing!(store, |tx| tx.run(sms_budgets::insert_over(at(0), 7, 5)));
        let used = reading!(store, |tx| sms_budgets::list(tx, at(0)));
        assert_eq!(used, [(1, Spent { messages: 21, cost_micros: 105 }), (7, Spent { messages: 1, cost_micros: 5 })]);
    }
}

store_test! {
    async fn an_alarm_is_raised_once_a_day(store: Store) {
        let raised = race!(store, 10, |tx, _place| async move { tx.run(sms_budgets::insert_alarm(at(0), 50, at(9))).await });
        assert_eq!(winners(&raised), 1);
        assert!(writing!(store, |tx| tx.run(sms_budgets::insert_alarm(at(0), 80, at(10)))));
        assert!(writing!(store, |tx| tx.run(sms_budgets::insert_alarm(at(86_400), 50, at(90_000)))));
        assert!(spends(&store, 1, MOST).await);
        assert_eq!(writing!(store, |tx| sms_budgets::delete_before(tx, at(86_400))), 3);
        assert!(!writing!(store, |tx| tx.run(sms_budgets::insert_alarm(at(86_400), 50, at(90_001)))), "kept");
    }
}
