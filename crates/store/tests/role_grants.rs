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
