use domain::role::Role;
use store::testing::salons::open_salon;
use store::{Store, salon_grants, users};

use crate::support::{active, at, pending, reading, writing};

store_test! {
    async fn a_role_in_a_salon_is_granted_once_and_taken_away_once(store: Store) {
        let (here, there) = (open_salon(&store, 1, 0, at(0)).await.salon.id, open_salon(&store, 2, 0, at(0)).await.salon.id);
        let user = active(&store, 1).await;
        assert!(writing!(store, |tx| salon_grants::insert(tx, here, user.id, Role::Manager, at(5))));
        assert!(!writing!(store, |tx| salon_grants::insert(tx, here, user.id, Role::Manager, at(6))));
        assert!(writing!(store, |tx| salon_grants::insert(tx, there, user.id, Role::Manager, at(5))));
        assert_eq!(reading!(store, |tx| salon_grants::list_roles(tx, here, user.id)), [Role::Manager]);
        assert_eq!(reading!(store, |tx| salon_grants::count_of_user(tx, user.id, Role::Manager)), 2);
        let held = reading!(store, |tx| salon_grants::list_of_user(tx, user.id));
        assert_eq!(held.iter().map(|grant| (grant.salon_id, grant.granted_at)).collect::<Vec<_>>(), [(here, at(5)), (there, at(5))]);
        assert!(writing!(store, |tx| salon_grants::delete(tx, here, user.id, Role::Manager)));
        assert!(!writing!(store, |tx| salon_grants::delete(tx, here, user.id, Role::Manager)));
        assert_eq!(reading!(store, |tx| salon_grants::list_roles(tx, here, user.id)), []);
        assert_eq!(writing!(store, |tx| salon_grants::delete_for_user(tx, user.id)), 1);
    }
}

store_test! {
    async fn the_other_owners_are_those_who_can_use_it(store: Store) {
        let salon = open_salon(&store, 1, 0, at(0)).await.salon.id;
        let (sara, newcomer, shut_out) = (active(&store, 1).await, pending(&store, 2).await, active(&store, 3).await);
        for user in [&sara, &newcomer, &shut_out] {
            writing!(store, |tx| salon_grants::insert(tx, salon, user.id, Role::Owner, at(5)));
        }
        writing!(store, |tx| users::update_blocked(tx, shut_out.id, true, at(6)));
        assert_eq!(reading!(store, |tx| salon_grants::count_other_owners(tx, salon, newcomer.id)), 1);
        writing!(store, |tx| salon_grants::delete(tx, salon, newcomer.id, Role::Owner));
        assert_eq!(reading!(store, |tx| salon_grants::count_other_owners(tx, salon, sara.id)), 0);
        let holders = reading!(store, |tx| salon_grants::list_of_salon(tx, salon));
        assert_eq!(holders.into_iter().map(|(user, role, _)| (user.id, role)).collect::<Vec<_>>(), [
            (sara.id, Role::Owner),
            (shut_out.id, Role::Owner)
        ]);
    }
}
