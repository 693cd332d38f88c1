use domain::ids::StaffId;
use store::staff::{self, Staff};
use store::testing::salons::open_salon;
use store::{Store, StoreError};

use crate::support::{active, at, id, reading, writing};

store_test! {
    async fn staff_read_back_and_only_those_with_a_name_are_public(store: Store) {
        let open = open_salon(&store, 1, 2, at(0)).await;
        assert_eq!(reading!(store, |tx| staff::list(tx, open.salon.id)), open.staff);
        let user = active(&store, 1).await;
        let linked = Staff { user_id: Some(user.id), position: 9, updated_at: at(4), ..open.staff[0].clone() };
        writing!(store, |tx| staff::update(tx, &linked));
        assert_eq!(reading!(store, |tx| staff::list(tx, open.salon.id)), [open.staff[1].clone(), linked.clone()]);
        assert_eq!(reading!(store, |tx| staff::list_of_user(tx, user.id)), std::slice::from_ref(&linked));
        assert!(linked.public_name().is_some());
        assert_eq!(Staff { archived_at: Some(at(1)), ..linked.clone() }.public_name(), None);

        let nameless = Staff { id: StaffId(id(5)), name: None, user_id: None, is_bookable: true, ..linked.clone() };
        let mut tx = store.write().await.expect("begins");
        assert!(staff::insert(&mut tx, &nameless).await.is_err(), "nobody without a name is bookable");
        drop(tx);
        let twice = Staff { id: StaffId(id(5)), ..linked };
        let mut tx = store.write().await.expect("begins");
        let twice = staff::insert(&mut tx, &twice).await;
        assert!(matches!(twice, Err(StoreError::Unique { constraint }) if constraint == "staff_salon_id_user_id_key"));
    }
}

store_test! {
    async fn staff_of_another_salon_are_not_there(store: Store) {
        let (here, there) = (open_salon(&store, 1, 1, at(0)).await, open_salon(&store, 2, 1, at(0)).await);
        assert_eq!(reading!(store, |tx| staff::find(tx, here.salon.id, there.staff[0].id)), None);
        assert!(!writing!(store, |tx| staff::delete_unbooked(tx, here.salon.id, there.staff[0].id)));
        assert!(writing!(store, |tx| staff::delete_unbooked(tx, there.salon.id, there.staff[0].id)));
        assert_eq!(reading!(store, |tx| staff::list(tx, there.salon.id)), []);
    }
}
