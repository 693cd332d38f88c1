use domain::ids::{CeremonyId, PasskeyId};
use domain::passkey::Passkey;
use domain::session::Session;
use store::passkey_ceremonies::{self, Kind};
use store::passkeys::{self, Stored};
use store::second_factors;
use store::{Store, sessions, users};

use crate::support::{active, at, id, pending, race, reading, session, session_of, winners, writing};

/// A passkey added at `seconds`.
fn passkey(number: u8, seconds: i64) -> Stored {
    Stored {
        passkey: Passkey {
            id: PasskeyId(id(number.into())),
            name: format!("Phone {number}"),
            created_at: at(seconds),
            last_used_at: None,
        },
        credential: "{\"counter\":0}".to_owned(),
        credential_id: vec![number; 20],
    }
}

fn ceremony(number: u128) -> CeremonyId {
    CeremonyId(id(number))
}

store_test! {
    async fn passkeys_are_their_owners_and_found_by_what_authenticators_know(store: Store) {
        let (sara, nora) = (active(&store, 1).await, active(&store, 2).await);
        let (first, second, other) = (passkey(1, 10), passkey(2, 20), passkey(3, 30));
        for (user, stored) in [(&sara, &second), (&sara, &first), (&nora, &other)] {
            assert!(writing!(store, |tx| tx.run(passkeys::insert(user.id, stored))));
        }
        let again = Stored { passkey: passkey(9, 40).passkey, ..first.clone() };
        assert!(!writing!(store, |tx| tx.run(passkeys::insert(nora.id, &again))), "somebody has it");
        assert_eq!(reading!(store, |tx| passkeys::list(tx, sara.id)), [first.clone(), second]);
        assert_eq!(reading!(store, |tx| second_factors::find_held(tx, sara.id)).passkeys, 2);
        let shown = reading!(store, |tx| passkeys::find_shown(tx, &[1; 20])).expect("is there");
        assert_eq!((shown.stored, shown.owner.id), (first, sara.id));
        assert_eq!(reading!(store, |tx| passkeys::find_shown(tx, &[4; 20])), None);
        assert!(!writing!(store, |tx| tx.run(passkeys::delete(PasskeyId(id(3)), sara.id))), "not theirs");
        assert!(writing!(store, |tx| tx.run(passkeys::delete(PasskeyId(id(1)), sara.id))));
        writing!(store, |tx| second_factors::delete_for_user(tx, sara.id));
        assert_eq!(reading!(store, |tx| passkeys::list(tx, sara.id)), []);
        assert_eq!(reading!(store, |tx| passkeys::list(tx, nora.id)).len(), 1);
    }
}

store_test! {
    async fn what_was_attached_before_the_number_was_claimed_is_dead(store: Store) {
        let user = pending(&store, 1).await;
        writing!(store, |tx| tx.run(passkeys::insert(user.id, &passkey(1, 10))));
        assert_eq!(reading!(store, |tx| passkeys::list(tx, user.id)).len(), 1);
        writing!(store, |tx| tx.run(users::update_claimed(user.id, user.epoch, user.locale, at(20))));
        writing!(store, |tx| tx.run(passkeys::insert(user.id, &passkey(2, 20))));
        assert_eq!(reading!(store, |tx| passkeys::find_shown(tx, &[1; 20])), None);
        assert_eq!(reading!(store, |tx| passkeys::list(tx, user.id)), [passkey(2, 20)]);
        assert_eq!(reading!(store, |tx| second_factors::find_held(tx, user.id)).passkeys, 1);
    }
}

store_test! {
    async fn of_many_who_use_what_they_read_one_does_and_time_never_moves_back(store: Store) {
        let owner = active(&store, 1).await;
        writing!(store, |tx| tx.run(passkeys::insert(owner.id, &passkey(1, 10))));
        let key = PasskeyId(id(1));
        let outcomes = race!(store, 8, |tx, _place| {
            tx.run(passkeys::update_used(key, "{\"counter\":0}", "{\"counter\":1}", at(50)))
        });
        assert_eq!(winners(&outcomes), 1);
        assert!(writing!(store, |tx| tx.run(passkeys::update_used(key, "{\"counter\":1}", "{\"counter\":1}", at(40)))));
        let used = reading!(store, |tx| passkeys::list(tx, owner.id)).remove(0);
        assert_eq!((used.passkey.last_used_at, used.credential.as_str()), (Some(at(50)), "{\"counter\":1}"));
    }
}

store_test! {
    async fn a_ceremony_is_good_once_in_time_and_where_it_began(store: Store) {
        let user = active(&store, 1).await;
        let (here, there) = (session(&store, &user, 1).await, session(&store, &user, 2).await);
        let begun = [(1, Kind::Show(here.id)), (2, Kind::SignIn), (3, Kind::Add(there.id))];
        for (number, kind) in begun {
            writing!(store, |tx| tx.run(passkey_ceremonies::insert(ceremony(number), kind, "state", at(300))));
        }
        let state = |number, kind, seconds| { let store = store.clone(); async move {
            reading!(store, |tx| passkey_ceremonies::find(tx, ceremony(number), kind, at(seconds)))
        }};
        for (number, kind) in begun {
            assert_eq!(state(number, kind, 299).await.as_deref(), Some("state"));
            assert_eq!(state(number, kind, 300).await, None, "too late");
        }
        for kind in [Kind::Show(there.id), Kind::Add(here.id), Kind::SignIn] {
            assert_eq!(state(1, kind, 10).await, None, "{kind:?}");
        }
        let ends = race!(store, 8, |tx, _place| tx.run(passkey_ceremonies::delete(ceremony(2))));
        assert_eq!(winners(&ends), 1);
        writing!(store, |tx| tx.run(passkey_ceremonies::delete_of_session(here.id)));
        assert_eq!(state(1, Kind::Show(here.id), 10).await, None);
        assert_eq!(writing!(store, |tx| passkey_ceremonies::delete_before(tx, at(301), 10)), 1);
    }
}

store_test! {
    async fn a_session_may_begin_with_its_second_factor_shown(store: Store) {
        let user = active(&store, 1).await;
        let session = Session { second_factor_at: Some(at(1)), ..session_of(&user, 1) };
        writing!(store, |tx| tx.run(sessions::insert(&session)));
        let found = reading!(store, |tx| sessions::find_alive(tx, session.id, at(2))).expect("alive").0;
        assert_eq!(found.second_factor_at, Some(at(1)));
    }
}
