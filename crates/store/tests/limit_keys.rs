use domain::challenge::Purpose;
use domain::ids::{ChallengeId, SendId};
use store::sends::{self, NewSend, SendWindow};
use store::{Store, StoreError, Tx, limit_keys};

use crate::support::{at, id, key, quota, race, reading, winners, writing};

fn window() -> SendWindow {
    SendWindow {
        phone_key: key(1),
        purpose: Purpose::Auth,
        address_key: key(2),
        now: at(100),
        cooldown: quota(1_000, 60),
        hour: quota(5, 3_600),
        day: quota(10, 86_400),
        address: quota(30, 600),
    }
}

async fn send_if_there_is_room(tx: &mut Tx, place: usize) -> Result<bool, StoreError> {
    let window = window();
    limit_keys::lock(tx, &[window.phone_key, window.address_key], window.now).await?;
    let usage = sends::usage(tx, &window).await?;
    if usage.hour.used >= window.hour.limit {
        return Ok(false);
    }
    let (id, challenge_id) = (SendId(id(place as u128)), ChallengeId(id(place as u128)));
    let send = NewSend {
        id,
        phone_key: window.phone_key,
        purpose: window.purpose,
        address_key: window.address_key,
        challenge_id,
        at: window.now,
    };
    sends::insert(tx, &send).await?;
    Ok(true)
}

store_test! {
    async fn parallel_sends_never_pass_the_limit(store: Store) {
        let sent = race!(store, 60, |tx, place| send_if_there_is_room(tx, place));
        assert_eq!(winners(&sent), 5);
        assert_eq!(reading!(store, |tx| sends::usage(tx, &window())).hour.used, 5);
    }
}

store_test! {
    async fn one_key_twice_and_many_keys_lock_too(store: Store) {
        writing!(store, |tx| limit_keys::lock(tx, &[key(1), key(1)], at(0)));
        writing!(store, |tx| limit_keys::lock(tx, &[key(3), key(2), key(1)], at(1)));
        writing!(store, |tx| limit_keys::lock(tx, &[], at(1)));
        assert_eq!(writing!(store, |tx| limit_keys::delete_before(tx, at(2), 10)), 3);
    }
}

store_test! {
    async fn keys_touched_lately_are_kept_and_the_rest_goes_in_batches(store: Store) {
        for number in 0..5 {
            writing!(store, |tx| limit_keys::lock(tx, &[key(number)], at(number.into())));
        }
        writing!(store, |tx| limit_keys::lock(tx, &[key(0)], at(50)));
        assert_eq!(writing!(store, |tx| limit_keys::delete_before(tx, at(4), 2)), 2);
        assert_eq!(writing!(store, |tx| limit_keys::delete_before(tx, at(4), 2)), 1);
        assert_eq!(writing!(store, |tx| limit_keys::delete_before(tx, at(4), 2)), 0);
    }
}
