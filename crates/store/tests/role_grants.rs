use domain::role::Role;
use store::{Store, role_grants, users};

use crate::support::{active, at, pending, reading, writing};

store_test! {
    async fn roles_are_granted_once_and_taken_away_once(store: Store) {
        let user = active(&store, 1).await;
        assert!(writing!(store, |tx| role_grants::insert(tx, user.id, Role::Stylist, at(5))));
        assert!(writing!(store, |tx| role_grants::insert(tx, user.id, Role::PlatformAdmin, at(5))));
        assert!(!writing!(store, |tx| role_grants::insert(tx, user.id, Role::Stylist, at(6))));
        let read_back = reading!(store, |tx| users::find(tx, user.id)).expect("there");
        assert_eq!(read_back.roles, [Role::Stylist, Role::PlatformAdmin]);
        assert!(writing!(store, |tx| role_grants::delete(tx, user.id, Role::Stylist)));
        assert!(!writing!(store, |tx| role_grants::delete(tx, user.id, Role::Stylist)));
        assert_eq!(reading!(store, |tx| users::find(tx, user.id)).expect("there").roles, [Role::PlatformAdmin]);
    }
}

store_test! {
    async fn a_role_is_not_in_force_before_the_phone_is_proved(store: Store) {
        let user = pending(&store, 1).await;
        writing!(store, |tx| role_grants::insert(tx, user.id, Role::Owner, at(5)));
        assert!(reading!(store, |tx| users::find(tx, user.id)).expect("there").roles.is_empty());
        assert!(writing!(store, |tx| tx.run(users::update_claimed(user.id, user.epoch, user.locale, at(6)))));
        assert_eq!(reading!(store, |tx| users::find(tx, user.id)).expect("there").roles, [Role::Owner]);
    }
}

store_test! {
    async fn who_else_has_a_role_is_who_can_use_it(store: Store) {
        let (sara, other, shut_out) = (active(&store, 1).await, active(&store, 2).await, active(&store, 3).await);
        let newcomer = pending(&store, 4).await;
        for user in [&sara, &other, &shut_out, &newcomer] {
            writing!(store, |tx| role_grants::insert(tx, user.id, Role::PlatformAdmin, at(5)));
        }
        writing!(store, |tx| users::update_blocked(tx, shut_out.id, true, at(6)));
        let others = |id| role_grants_of(&store, id);
        assert_eq!((others(sara.id).await, others(newcomer.id).await), (1, 2));
        writing!(store, |tx| role_grants::delete(tx, other.id, Role::PlatformAdmin));
        assert_eq!(others(sara.id).await, 0);
    }
}

async fn role_grants_of(store: &Store, id: domain::ids::UserId) -> u64 {
    reading!(store, |tx| role_grants::count_others(tx, id, Role::PlatformAdmin))
}
