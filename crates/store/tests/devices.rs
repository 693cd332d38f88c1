use std::sync::atomic::{AtomicU32, Ordering};

use domain::ids::DeviceId;
use domain::user::User;
use store::devices::{self, Device};
use store::{Store, challenges, users};

use crate::support::{active, at, challenge, id, reading, writing};

/// Whether an answer to a code of this person, as they are now, would be one of a known device.
async fn is_known(store: &Store, user: &User, device: DeviceId) -> bool {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let challenge = challenge(store, user, NEXT.fetch_add(1, Ordering::Relaxed).into()).await;
    reading!(store, |tx| challenges::find_asked(tx, challenge.id, Some(device))).expect("there").is_device_known
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
        assert!(writing!(store, |tx| tx.run(devices::update_used(mine.id, at(9)))));
        assert!(!writing!(store, |tx| tx.run(devices::update_used(mine.id, at(8)))), "it never moves back");
        assert!(is_known(&store, &user, mine.id).await);
        assert!(!is_known(&store, &other, mine.id).await, "it is somebody else's");
        assert_eq!(writing!(store, |tx| devices::update_revoked_for_user(tx, user.id, at(10))), 1);
        assert!(!is_known(&store, &user, mine.id).await);
        assert!(is_known(&store, &other, theirs.id).await);
    }
}

store_test! {
    async fn a_device_of_an_older_epoch_is_a_stranger(store: Store) {
        let user = active(&store, 1).await;
        let device = device(&store, &user, 1).await;
        writing!(store, |tx| users::update_blocked(tx, user.id, true, at(5)));
        writing!(store, |tx| users::update_blocked(tx, user.id, false, at(6)));
        assert!(!is_known(&store, &user, device.id).await);
    }
}
