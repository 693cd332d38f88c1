//! Blocking, erasing and forgetting people.

use domain::ids::UserId;
use domain::role::Role;
use domain::user::{User, UserOrigin, UserStatus};
use store::users::{self, NewUser};
use store::{Store, challenges, role_grants};

use crate::support::{active, at, challenge, challenge_of, id, message, new_user, pending, reading, writing};

store_test! {
    async fn blocking_ends_the_epoch_once_and_unblocking_returns_what_was(store: Store) {
        let (active, pending) = (active(&store, 1).await, pending(&store, 2).await);
        for (user, after) in [(active, UserStatus::Active), (pending, UserStatus::Pending)] {
            let blocked = User { status: UserStatus::Blocked, epoch: user.epoch + 1, ..user.clone() };
            assert_eq!(writing!(store, |tx| users::update_blocked(tx, user.id, true, at(5))), Some(blocked.clone()));
            assert_eq!(writing!(store, |tx| users::update_blocked(tx, user.id, true, at(6))), Some(blocked.clone()));
            let free = User { status: after, ..blocked };
            assert_eq!(writing!(store, |tx| users::update_blocked(tx, user.id, false, at(7))), Some(free));
        }
        assert_eq!(writing!(store, |tx| users::update_blocked(tx, UserId(id(404)), true, at(5))), None);
    }
}

store_test! {
    async fn erasing_removes_who_they_are_and_leaves_the_row(store: Store) {
        let user = active(&store, 1).await;
        writing!(store, |tx| role_grants::insert(tx, user.id, Role::Owner, at(4)));
        let erased = writing!(store, |tx| users::update_erased(tx, user.id, at(5)));
        assert_eq!(erased, Some(User { phone: None, status: UserStatus::Erased, epoch: user.epoch + 1, ..user.clone() }));
        assert_eq!(writing!(store, |tx| users::update_erased(tx, user.id, at(6))), None);
        assert_eq!(writing!(store, |tx| users::update_blocked(tx, user.id, false, at(7))), None);
        let fresh = writing!(store, |tx| users::upsert_by_phone(tx, &NewUser { id: UserId(id(8)), ..new_user(1) }));
        assert_eq!((fresh.id, fresh.status), (UserId(id(8)), UserStatus::Pending));
    }
}

store_test! {
    async fn only_the_unclaimed_are_deleted_and_their_challenges_go_along(store: Store) {
        let (active, pending) = (active(&store, 1).await, pending(&store, 2).await);
        let (kept, gone) = (challenge(&store, &active, 1).await, challenge(&store, &pending, 2).await);
        let queued = message(&store, 1, 0, Some(&gone)).await;
        assert!(!writing!(store, |tx| users::delete_unclaimed(tx, active.id)));
        assert!(writing!(store, |tx| users::delete_unclaimed(tx, pending.id)));
        assert!(reading!(store, |tx| challenges::find(tx, kept.id)).is_some());
        assert!(reading!(store, |tx| challenges::find(tx, gone.id)).is_none());
        let entries = reading!(store, |tx| store::outbox::list_recent(tx, None, 10));
        assert_eq!((entries.len(), entries[0].id, entries[0].challenge.clone()), (1, queued, None));
    }
}

store_test! {
    async fn stale_are_those_who_came_alone_and_asked_for_nothing_since(store: Store) {
        let came = |number: u32, seconds: i64, origin: UserOrigin| NewUser { now: at(seconds), origin, ..new_user(number) };
        for user in [
            came(1, 10, UserOrigin::SelfService),
            came(2, 5, UserOrigin::SelfService),
            came(3, 5, UserOrigin::Staff),
            came(4, 5, UserOrigin::SelfService),
            came(5, 100, UserOrigin::SelfService),
        ] {
            writing!(store, |tx| users::upsert_by_phone(tx, &user));
        }
        active(&store, 6).await;
        // The fourth has asked again since; the second only before.
        for (number, seconds) in [(2_u32, 20), (4, 100)] {
            let user = reading!(store, |tx| users::find(tx, UserId(id(number.into())))).expect("there");
            let challenge = domain::challenge::Challenge { created_at: at(seconds), ..challenge_of(&user, number.into()) };
            writing!(store, |tx| tx.run(challenges::insert(&challenge)));
        }
        assert_eq!(reading!(store, |tx| users::list_stale_pending(tx, at(50), 10)), [UserId(id(2)), UserId(id(1))]);
        assert_eq!(reading!(store, |tx| users::list_stale_pending(tx, at(50), 1)), [UserId(id(2))]);
    }
}
