use domain::ids::DeviceId;
use domain::user::User;
use store::devices::{self, Device};
use store::{Store, users};

use crate::support::{active, at, id, reading, writing};

async fn device(store: &Store, user: &User, number: u128) -> Device {
    let device = Device { id: DeviceId(id(number)), user_id: user.id, epoch: user.epoch, created_at: at(1), last_used_at: at(1) };
    writing!(store, |tx| devices::insert(tx, &device));
    device
}

store_test! {
    async fn a_device_is_known_until_it_is_revoked(store: Store) {
        let (user, other) = (active(&store, 1).await, active(&store, 2).await);
        let (mine, theirs) = (device(&store, &user, 1).await, device(&store, &other, 2).await);
        writing!(store, |tx| devices::update_used(tx, mine.id, at(9)));
        let now_used = Device { last_used_at: at(9), ..mine };
        assert_eq!(reading!(store, |tx| devices::find_alive(tx, now_used.id)), Some(now_used.clone()));
        assert_eq!(writing!(store, |tx| devices::update_revoked_for_user(tx, user.id, at(10))), 1);
        assert_eq!(reading!(store, |tx| devices::find_alive(tx, now_used.id)), None);
        assert_eq!(reading!(store, |tx| devices::find_alive(tx, theirs.id)), Some(theirs.clone()));
    }
}

store_test! {
    async fn a_device_of_an_older_epoch_is_a_stranger(store: Store) {
        let user = active(&store, 1).await;
        let device = device(&store, &user, 1).await;
        writing!(store, |tx| users::update_blocked(tx, user.id, true, at(5)));
        writing!(store, |tx| users::update_blocked(tx, user.id, false, at(6)));
        assert_eq!(reading!(store, |tx| devices::find_alive(tx, device.id)), None);
    }
}
