use std::sync::atomic::{AtomicU32, Ordering};

use domain::challenge::{Challenge, Purpose};
use domain::ids::{DeviceId, SessionId};
use domain::session::Session;
use domain::user::User;
use store::devices::{self, Device, Known};
use store::limit_keys::{self, SendKeys};
use store::{Store, challenges, sessions, users};

use crate::support::{active, at, challenge_of, id, key, phone, reading, session_of, writing};

/// The device that an answer to a code of this person, as they are now, would be known to come from.
async fn known_to_answer(store: &Store, user: &User, named: Option<DeviceId>, asked_by: Option<DeviceId>) -> Option<Known> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let challenge = Challenge { device_id: asked_by, ..challenge_of(user, NEXT.fetch_add(1, Ordering::Relaxed).into()) };
    writing!(store, |tx| tx.run(challenges::insert(&challenge)));
    reading!(store, |tx| challenges::find_asked(tx, challenge.id, named)).expect("there").device
}

/// The same of a request for a code.
async fn known_to_ask(store: &Store, number: u32, named: DeviceId) -> Option<Known> {
    let keys = SendKeys { address: key(1), phone: key(2), cooldown: key(3), own_cooldown: Some(key(4)), guesses: key(5) };
    reading!(store, |tx| limit_keys::find_before_send(tx, &keys, &phone(number), Some(named))).device
}

async fn is_known(store: &Store, user: &User, number: u32, device: DeviceId) -> bool {
    let seen = [
        known_to_answer(store, user, Some(device), None).await,
        known_to_answer(store, user, None, Some(device)).await,
        known_to_ask(store, number, device).await,
    ];
    assert!(seen.iter().all(|each| *each == seen[0]), "{seen:?}");
    seen[0].is_some()
}

async fn device(store: &Store, user: &User, number: u128) -> Device {
    let device = Device { id: DeviceId(id(number)), user_id: user.id, epoch: user.epoch, created_at: at(1), last_used_at: at(1) };
    writing!(store, |tx| tx.run(devices::insert(&device)));
    device
}

store_test! {
    async fn a_device_is_known_until_it_is_revoked(store: Store) {
        let (user, other) = (active(&store, 1).await, active(&store, 2).await);
        let (mine, theirs) = (device(&store, &user, 1).await, device(&store, &other, 2).await);
        assert!(is_known(&store, &user, 1, mine.id).await);
        assert!(!is_known(&store, &other, 2, mine.id).await, "it is somebody else's");
        assert_eq!(writing!(store, |tx| devices::update_revoked_for_user(tx, user.id, at(10))), 1);
        assert!(!is_known(&store, &user, 1, mine.id).await);
        assert!(is_known(&store, &other, 2, theirs.id).await);
        assert!(!writing!(store, |tx| tx.run(devices::update_used(mine.id, 1, at(11)))), "and a sign-in does not bring it back");
    }
}

store_test! {
    async fn each_sign_in_makes_the_next_generation_and_nothing_moves_back(store: Store) {
        let user = active(&store, 1).await;
        let mine = device(&store, &user, 1).await.id;
        assert!(writing!(store, |tx| tx.run(devices::update_used(mine, 1, at(9)))));
        assert!(writing!(store, |tx| tx.run(devices::update_used(mine, 2, at(8)))), "by a clock that is behind");
        assert!(!writing!(store, |tx| tx.run(devices::update_used(mine, 2, at(10)))));
        let known = Known { id: mine, generation: 2, last_used_at: at(9) };
        assert_eq!(known_to_ask(&store, 1, mine).await, Some(known));
    }
}

store_test! {
    async fn the_device_that_asked_counts_and_not_the_one_that_is_named(store: Store) {
        let user = active(&store, 1).await;
        let (asked, named) = (device(&store, &user, 1).await.id, device(&store, &user, 2).await.id);
        let known = known_to_answer(&store, &user, Some(named), Some(asked)).await;
        assert_eq!(known.map(|known| known.id), Some(asked));
    }
}

store_test! {
    async fn nobodys_own_device_is_known_to_the_number_of_another(store: Store) {
        let user = active(&store, 1).await;
        let mine = device(&store, &user, 1).await.id;
        let about = Challenge { phone: phone(2), purpose: Purpose::Verify, device_id: Some(mine), ..challenge_of(&user, 500) };
        writing!(store, |tx| tx.run(challenges::insert(&about)));
        assert_eq!(reading!(store, |tx| challenges::find_asked(tx, about.id, None)).expect("there").device, None);
        assert_eq!(known_to_ask(&store, 2, mine).await, None);
    }
}

store_test! {
    async fn a_device_goes_with_its_session_unless_it_is_here(store: Store) {
        let user = active(&store, 1).await;
        let (here, there) = (device(&store, &user, 1).await.id, device(&store, &user, 2).await.id);
        let elsewhere = active(&store, 2).await.id;
        for (number, device) in [(1, here), (2, there)] {
            let session = Session { device_id: Some(device), ..session_of(&user, number) };
            writing!(store, |tx| tx.run(sessions::insert(&session)));
        }
        let mut revoke = Vec::new();
        for (session, of) in [(1, user.id), (2, elsewhere), (2, user.id), (2, user.id)] {
            let write = devices::update_revoked_with(SessionId(id(session)), of, Some(here), at(9));
            revoke.push(writing!(store, |tx| tx.run(write)));
        }
        assert_eq!(revoke, [false, false, true, false]);
        assert!(is_known(&store, &user, 1, here).await && !is_known(&store, &user, 1, there).await);
        assert!(!writing!(store, |tx| tx.run(devices::update_revoked_others(user.id, Some(here), at(9)))));
        assert!(writing!(store, |tx| tx.run(devices::update_revoked_others(user.id, None, at(9)))));
        assert!(!is_known(&store, &user, 1, here).await);
    }
}

store_test! {
    async fn a_device_of_an_older_epoch_is_a_stranger(store: Store) {
        let user = active(&store, 1).await;
        let device = device(&store, &user, 1).await;
        writing!(store, |tx| users::update_blocked(tx, user.id, true, at(5)));
        writing!(store, |tx| users::update_blocked(tx, user.id, false, at(6)));
        assert!(!is_known(&store, &user, 1, device.id).await);
    }
}
