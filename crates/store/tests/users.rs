use domain::ids::UserId;
use domain::locale::Locale;
use domain::role::Role;
use domain::user::{User, UserOrigin, UserStatus};
use store::users::{self, NewUser, Profile};
use store::{Store, StoreError, role_grants};

use crate::support::{active, at, id, new_user, pending, phone, race, reading, writing};

store_test! {
    async fn a_new_phone_is_a_pending_person(store: Store) {
        let expected = User {
            id: UserId(id(1)),
            phone: Some(phone(1)),
            status: UserStatus::Pending,
            is_phone_verified: false,
            epoch: 0,
            given_name: None,
            family_name: None,
            email: None,
            locale: Locale::Ar,
            origin: UserOrigin::SelfService,
            is_sandbox: false,
            roles: Vec::new(),
            created_at: at(0),
            last_seen_at: None,
        };
        assert_eq!(pending(&store, 1).await, expected);
        assert_eq!(reading!(store, |tx| users::find(tx, expected.id)), Some(expected.clone()));
        assert_eq!(reading!(store, |tx| users::find_by_phone(tx, &phone(1))), Some(expected));
        assert_eq!(reading!(store, |tx| users::find_by_phone(tx, &phone(2))), None);
    }
}

store_test! {
    async fn a_known_phone_stays_as_it_is(store: Store) {
        let user = active(&store, 1).await;
        let again = NewUser { id: UserId(id(9)), locale: Locale::En, origin: UserOrigin::Staff, now: at(50), ..new_user(1) };
        assert_eq!(writing!(store, |tx| users::upsert_by_phone(tx, &again)), user);
    }
}

store_test! {
    async fn one_phone_named_twice_at_once_is_one_person(store: Store) {
        let found = race!(store, 2, |tx, place| async move {
            let user = NewUser { id: UserId(id(place as u128 + 1)), ..new_user(1) };
            users::upsert_by_phone(tx, &user).await
        });
        assert_eq!(found[0], found[1]);
    }
}

store_test! {
    async fn the_upsert_is_the_same_work_for_known_and_unknown(store: Store) {
        let mut tx = store.write().await.expect("begins");
        let start = store.statements();
        users::upsert_by_phone(&mut tx, &new_user(1)).await.expect("no error");
        let unknown = store.statements() - start;
        users::upsert_by_phone(&mut tx, &new_user(1)).await.expect("no error");
        assert_eq!((unknown, store.statements() - start), (1, 2));
    }
}

store_test! {
    async fn a_claim_verifies_activates_and_ends_the_epoch(store: Store) {
        let user = pending(&store, 1).await;
        assert!(writing!(store, |tx| tx.run(users::update_claimed(user.id, user.epoch, Locale::En, at(7)))));
        let expected = User {
            status: UserStatus::Active,
            is_phone_verified: true,
            epoch: 1,
            locale: Locale::En,
            last_seen_at: Some(at(7)),
            ..user.clone()
        };
        assert_eq!(reading!(store, |tx| users::find(tx, user.id)), Some(expected.clone()));
        assert_eq!(user.clone().claimed(Locale::En, at(7)), expected, "the domain foretells what the database does");
        assert!(!writing!(store, |tx| tx.run(users::update_claimed(user.id, user.epoch, Locale::Ar, at(8)))), "once an epoch");
        assert!(!writing!(store, |tx| tx.run(users::update_claimed(UserId(id(404)), 0, Locale::Ar, at(8)))));
    }
}

store_test! {
    async fn testers_claim_a_sandbox_and_its_owner_finds_nothing_of_them_in_it(store: Store) {
        let user = pending(&store, 1).await;
        assert!(writing!(store, |tx| tx.run(users::update_claimed_by_testers(user.id, 0, Locale::En, at(7)))));
        let profile = Profile {
            given_name: Some("A".into()),
            family_name: Some("Tester".into()),
            email: Some("a@example.com".into()),
            locale: Locale::En,
        };
        let sandbox = writing!(store, |tx| users::update_profile(tx, user.id, &profile, at(9)));
        let Profile { given_name, family_name, email, .. } = profile;
        let claimed = user.claimed(Locale::En, at(7));
        assert_eq!(sandbox, User { is_sandbox: true, given_name, family_name, email, ..claimed.clone() });
        // Whoever wrote the row: testers are no staff.
        writing!(store, |tx| role_grants::insert(tx, sandbox.id, Role::Owner, at(10)));
        assert!(reading!(store, |tx| users::find(tx, sandbox.id)).expect("there").roles.is_empty());
        writing!(store, |tx| role_grants::delete(tx, sandbox.id, Role::Owner));
        assert!(writing!(store, |tx| tx.run(users::update_claimed(sandbox.id, sandbox.epoch, Locale::Ar, at(20)))));
        let owned = reading!(store, |tx| users::find(tx, sandbox.id)).expect("there");
        assert_eq!(owned, sandbox.claimed(Locale::Ar, at(20)));
        assert_eq!((owned.is_sandbox, owned.given_name, owned.email, owned.epoch), (false, None, None, 2));
    }
}

store_test! {
    async fn seen_never_moves_back(store: Store) {
        let user = active(&store, 1).await;
        assert!(writing!(store, |tx| tx.run(users::update_seen(user.id, user.epoch, at(50)))));
        assert!(writing!(store, |tx| tx.run(users::update_seen(user.id, user.epoch, at(40)))));
        assert!(!writing!(store, |tx| tx.run(users::update_seen(user.id, user.epoch + 1, at(60)))), "of another epoch");
        assert_eq!(reading!(store, |tx| users::find(tx, user.id)).expect("there").last_seen_at, Some(at(50)));
    }
}

store_test! {
    async fn a_profile_is_kept_byte_for_byte(store: Store) {
        let user = active(&store, 1).await;
        // A zero-width non-joiner is legal inside an Arabic or Persian name.
        let profile = Profile {
            given_name: Some("می\u{200c}نا".into()),
            family_name: None,
            email: Some("a@example.com".into()),
            locale: Locale::En,
        };
        let updated = writing!(store, |tx| users::update_profile(tx, user.id, &profile, at(9)));
        assert_eq!(updated, User { given_name: profile.given_name.clone(), email: profile.email.clone(), locale: Locale::En, ..user });
    }
}

store_test! {
    async fn a_number_moves_only_when_nobody_has_it(store: Store) {
        let (user, _other) = (active(&store, 1).await, active(&store, 2).await);
        let moved = writing!(store, |tx| users::update_phone(tx, user.id, &phone(3), at(9)));
        assert_eq!(moved, User { phone: Some(phone(3)), ..user.clone() });
        let mut tx = store.write().await.expect("begins");
        let taken = users::update_phone(&mut tx, user.id, &phone(2), at(9)).await;
        assert!(matches!(taken, Err(StoreError::Unique { constraint }) if constraint == "users_phone_key"));
        drop(tx);
        // The old number is free again.
        assert_ne!(writing!(store, |tx| users::upsert_by_phone(tx, &NewUser { id: UserId(id(5)), ..new_user(1) })).id, user.id);
    }
}
