use domain::ids::SalonId;
use domain::salon::{SalonStatus, Slug};
use store::salons::{self, Salon};
use store::testing::salons::open_salon;
use store::{Store, StoreError, salon_grants};

use crate::support::{active, at, id, reading, writing};

store_test! {
    async fn a_salon_reads_back_as_it_was_written(store: Store) {
        let open = open_salon(&store, 1, 1, at(0)).await;
        assert_eq!(reading!(store, |tx| salons::find(tx, open.salon.id)), Some(open.salon.clone()));
        assert_eq!(reading!(store, |tx| salons::find_by_slug(tx, &open.salon.slug)), Some(open.salon.clone()));
        let changed = Salon {
            slug: Slug::parse("another").expect("a slug"),
            vat_number: Some("300000000000003".into()),
            status: SalonStatus::Suspended,
            updated_at: at(9),
            ..open.salon.clone()
        };
        assert_eq!(writing!(store, |tx| salons::lock(tx, open.salon.id)), Some(open.salon.clone()));
        writing!(store, |tx| salons::update(tx, &changed));
        assert_eq!(reading!(store, |tx| salons::find(tx, changed.id)), Some(changed));
        assert_eq!(reading!(store, |tx| salons::find_by_slug(tx, &open.salon.slug)), None);
    }
}

store_test! {
    async fn two_salons_have_two_slugs(store: Store) {
        let open = open_salon(&store, 1, 0, at(0)).await;
        let mut tx = store.write().await.expect("begins");
        let again = salons::insert(&mut tx, &Salon { id: SalonId(id(9)), ..open.salon }).await;
        assert!(matches!(again, Err(StoreError::Unique { constraint }) if constraint == "salons_slug_key"));
    }
}

store_test! {
    async fn salons_are_walked_by_slug_and_only_those_of_a_status(store: Store) {
        for number in 1..=4 {
            open_salon(&store, number, 0, at(0)).await;
        }
        let second = reading!(store, |tx| salons::list_all(tx, Some("salon-1"), 1)).remove(0);
        writing!(store, |tx| salons::update(tx, &Salon { status: SalonStatus::Draft, ..second.clone() }));
        let slugs = |page: Vec<Salon>| page.into_iter().map(|salon| salon.slug.as_str().to_owned()).collect::<Vec<_>>();
        let page = slugs(reading!(store, |tx| salons::list(tx, SalonStatus::Live, None, 2)));
        assert_eq!(page, ["salon-1", "salon-3"]);
        assert_eq!(slugs(reading!(store, |tx| salons::list(tx, SalonStatus::Live, Some("salon-3"), 2))), ["salon-4"]);
        assert_eq!(slugs(reading!(store, |tx| salons::list_all(tx, None, 9))).len(), 4);
        let user = active(&store, 1).await;
        writing!(store, |tx| salon_grants::insert(tx, second.id, user.id, domain::role::Role::Manager, at(1)));
        writing!(store, |tx| salon_grants::insert(tx, second.id, user.id, domain::role::Role::Stylist, at(1)));
        assert_eq!(slugs(reading!(store, |tx| salons::list_of_user(tx, user.id, None, 9))), ["salon-2"], "once");
    }
}
