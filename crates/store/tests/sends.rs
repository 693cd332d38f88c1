use domain::challenge::Purpose;
use domain::ids::{ChallengeId, SendId};
use domain::limits::Usage;
use store::Store;
use store::sends::{self, NewSend, SendUsage, SendWindow};

use crate::support::{at, id, key, quota, reading, writing};

fn window(seconds: i64) -> SendWindow {
    SendWindow {
        phone_key: key(1),
        purpose: Purpose::Auth,
        address_key: key(2),
        now: at(seconds),
        cooldown: quota(1, 60),
        hour: quota(3, 3_600),
        day: quota(10, 86_400),
        address: quota(30, 600),
    }
}

async fn send(store: &Store, number: u8, purpose: Purpose, phone: u8, address: u8, seconds: i64) {
    let number = u128::from(number);
    let send = NewSend {
        id: SendId(id(number)),
        phone_key: key(phone),
        purpose,
        address_key: key(address),
        challenge_id: ChallengeId(id(number)),
        at: at(seconds),
    };
    writing!(store, |tx| sends::insert(tx, &send));
}

fn used(used: u32, from: i64) -> Usage {
    Usage { used, frees_at_from: Some(at(from)) }
}

store_test! {
    async fn nothing_sent_is_nothing_used(store: Store) {
        assert_eq!(reading!(store, |tx| sends::usage(tx, &window(0))), SendUsage::default());
    }
}

store_test! {
    async fn every_window_counts_its_own(store: Store) {
        send(&store, 1, Purpose::Auth, 1, 2, 0).await;
        send(&store, 2, Purpose::Verify, 1, 2, 10).await;
        send(&store, 3, Purpose::Auth, 1, 3, 20).await;
        send(&store, 4, Purpose::Auth, 9, 2, 30).await;
        let usage = reading!(store, |tx| sends::usage(tx, &window(40)));
        // Of a cooldown of one, the newest must leave; of what is not spent, the oldest.
        assert_eq!(usage.cooldown, used(2, 20));
        assert_eq!(usage.hour, used(3, 0));
        assert_eq!(usage.day, used(3, 0));
        assert_eq!(usage.address, used(3, 0));
        assert_eq!(usage.own_hour, used(2, 0));
    }
}

store_test! {
    async fn past_the_limit_the_limit_th_newest_must_leave(store: Store) {
        for (number, seconds) in [(1, 0), (2, 10), (3, 20), (4, 30), (5, 40)] {
            send(&store, number, Purpose::Auth, 1, 2, seconds).await;
        }
        // Five used of three: when the one of 20 s leaves, two are left, and there is room.
        assert_eq!(reading!(store, |tx| sends::usage(tx, &window(50))).hour, used(5, 20));
    }
}

store_test! {
    async fn a_send_leaves_its_window_at_its_very_end(store: Store) {
        send(&store, 1, Purpose::Auth, 1, 2, 0).await;
        assert_eq!(reading!(store, |tx| sends::usage(tx, &window(59))).cooldown.used, 1);
        assert_eq!(reading!(store, |tx| sends::usage(tx, &window(60))).cooldown.used, 0);
        assert_eq!(reading!(store, |tx| sends::usage(tx, &window(3_599))).hour.used, 1);
        assert_eq!(reading!(store, |tx| sends::usage(tx, &window(3_600))).hour, Usage::default());
        assert_eq!(reading!(store, |tx| sends::usage(tx, &window(3_600))).day, used(1, 0));
        // A clock that steps back gives nothing away.
        assert_eq!(reading!(store, |tx| sends::usage(tx, &window(-300))).hour.used, 1);
    }
}

store_test! {
    async fn usage_is_one_statement(store: Store) {
        let mut tx = store.read().await.expect("connects");
        let before = store.statements();
        sends::usage(&mut tx, &window(0)).await.expect("no error");
        assert_eq!(store.statements() - before, 1);
    }
}

store_test! {
    async fn old_sends_are_forgotten_oldest_first(store: Store) {
        for number in 0..5 {
            send(&store, number, Purpose::Auth, 1, 2, number.into()).await;
        }
        assert_eq!(writing!(store, |tx| sends::delete_before(tx, at(4), 3)), 3);
        assert_eq!(reading!(store, |tx| sends::usage(tx, &window(5))).day, used(2, 3));
        assert_eq!(writing!(store, |tx| sends::delete_before(tx, at(4), 3)), 1);
    }
}
