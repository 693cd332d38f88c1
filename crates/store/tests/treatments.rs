use domain::ids::TreatmentId;
use domain::money::Halalas;
use domain::treatment::Minutes;
use store::staff_treatments::{self, Offer};
use store::testing::salons::open_salon;
use store::treatments::{self, Treatment};
use store::{Store, staff};

use crate::support::{at, id, reading, writing};

store_test! {
    async fn treatments_are_listed_in_the_order_of_their_salon(store: Store) {
        let open = open_salon(&store, 1, 0, at(0)).await;
        open_salon(&store, 2, 0, at(0)).await;
        let [cut, colour] = open.treatments.as_slice() else { panic!("two") };
        assert_eq!(reading!(store, |tx| treatments::list(tx, open.salon.id)), open.treatments);
        let last = Treatment { position: 7, is_active: false, updated_at: at(5), ..cut.clone() };
        writing!(store, |tx| treatments::update(tx, &last));
        assert_eq!(reading!(store, |tx| treatments::list(tx, open.salon.id)), [colour.clone(), last.clone()]);
        assert_eq!(reading!(store, |tx| treatments::find(tx, open.salon.id, cut.id)), Some(last));
    }
}

store_test! {
    async fn a_treatment_of_another_salon_is_not_there(store: Store) {
        let (here, there) = (open_salon(&store, 1, 0, at(0)).await, open_salon(&store, 2, 0, at(0)).await);
        let theirs = there.treatments[0].id;
        assert_eq!(reading!(store, |tx| treatments::find(tx, here.salon.id, theirs)), None);
        assert!(!writing!(store, |tx| treatments::delete_unbooked(tx, here.salon.id, theirs)));
        assert!(writing!(store, |tx| treatments::delete_unbooked(tx, there.salon.id, theirs)));
        assert!(!writing!(store, |tx| treatments::delete_unbooked(tx, there.salon.id, TreatmentId(id(1)))));
    }
}

store_test! {
    async fn who_does_a_treatment_is_who_can_be_booked(store: Store) {
        let open = open_salon(&store, 1, 3, at(0)).await;
        let cut = open.treatments[0].id;
        let who = |offers: Vec<Offer>| offers.into_iter().map(|offer| offer.staff_id).collect::<Vec<_>>();
        let [first, gone, hidden] = open.staff.as_slice() else { panic!("three") };
        assert_eq!(reading!(store, |tx| staff_treatments::list(tx, open.salon.id)).len(), 6);
        writing!(store, |tx| staff::update(tx, &staff::Staff { archived_at: Some(at(5)), ..gone.clone() }));
        writing!(store, |tx| staff::update(tx, &staff::Staff { is_bookable: false, name: None, ..hidden.clone() }));
        assert_eq!(who(reading!(store, |tx| staff_treatments::list_bookable(tx, open.salon.id, cut))), [first.id]);
        assert_eq!(writing!(store, |tx| staff_treatments::delete_for_staff(tx, first.id)), 2);
        let own = Offer { staff_id: first.id, treatment_id: cut, price: Halalas::new(20_000), duration: Minutes::new(60) };
        writing!(store, |tx| staff_treatments::insert(tx, &own));
        assert_eq!(reading!(store, |tx| staff_treatments::list_bookable(tx, open.salon.id, cut)), [own]);
        assert_eq!(reading!(store, |tx| staff_treatments::list_bookable(tx, open.salon.id, open.treatments[1].id)), []);
    }
}
