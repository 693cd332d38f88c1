use domain::session::Session;
use store::second_factors::{self, Held, SealedTotp};
use store::{Applied, Store, sessions};

use crate::support::{active, at, race, reading, session, winners, writing};

store_test! {
    async fn an_app_is_set_up_in_one_session_and_then_in_use(store: Store) {
        let user = active(&store, 1).await;
        let (here, there) = (session(&store, &user, 1).await, session(&store, &user, 2).await);
        writing!(store, |tx| tx.run(second_factors::upsert_pending(user.id, here.id, b"first", at(10))));
        writing!(store, |tx| tx.run(second_factors::upsert_pending(user.id, here.id, b"second", at(20))));
        let pending = |session: Session, after| { let store = store.clone(); async move {
            reading!(store, |tx| second_factors::find_pending(tx, session.user_id, session.id, at(after)))
        }};
        let second = SealedTotp { sealed: b"second".to_vec(), created_at: at(20), last_step: 0 };
        assert_eq!(pending(here.clone(), 19).await, Some(second.clone()));
        assert_eq!(pending(here.clone(), 20).await, None, "too old");
        assert_eq!(pending(there.clone(), 0).await, None, "of another session");
        assert_eq!(reading!(store, |tx| second_factors::find_confirmed(tx, user.id)), None);
        assert!(!writing!(store, |tx| tx.run(second_factors::update_confirmed(user.id, there.id, 7, at(30)))));
        assert!(writing!(store, |tx| tx.run(second_factors::update_confirmed(user.id, here.id, 7, at(30)))));
        assert_eq!(reading!(store, |tx| second_factors::find_confirmed(tx, user.id)), Some(SealedTotp { last_step: 7, ..second }));
        assert_eq!(reading!(store, |tx| second_factors::find_held(tx, user.id)), Held { since: Some(at(30)), ..Held::default() });
        assert_eq!(pending(here, 0).await, None);
        assert!(writing!(store, |tx| second_factors::delete_for_user(tx, user.id)));
        assert_eq!(reading!(store, |tx| second_factors::find_held(tx, user.id)), Held::default());
    }
}

store_test! {
    async fn of_many_who_use_a_step_or_a_code_one_does(store: Store) {
        let user = active(&store, 1).await;
        let here = session(&store, &user, 1).await;
        writing!(store, |tx| tx.run(second_factors::upsert_pending(user.id, here.id, b"sealed", at(10))));
        writing!(store, |tx| tx.run(second_factors::update_confirmed(user.id, here.id, 7, at(30))));
        writing!(store, |tx| tx.run(second_factors::insert_recovery_code(user.id, &[1; 32], at(30))));
        let steps = race!(store, 8, |tx, _place| tx.run(second_factors::update_step(user.id, b"sealed", 8)));
        assert_eq!(winners(&steps), 1);
        let codes = race!(store, 8, |tx, _place| tx.run(second_factors::update_recovery_code_used(user.id, &[1; 32], at(40))));
        assert_eq!(winners(&codes), 1);
        for (sealed, step) in [(&b"sealed"[..], 7), (b"another", 9)] {
            assert!(!writing!(store, |tx| tx.run(second_factors::update_step(user.id, sealed, step))));
        }
        assert_eq!(reading!(store, |tx| second_factors::find_held(tx, user.id)).recovery_codes, 0);
    }
}

store_test! {
    async fn a_session_shows_a_second_factor_while_it_lives_and_loses_it_with_the_factor(store: Store) {
        let user = active(&store, 1).await;
        let (here, there) = (session(&store, &user, 1).await, session(&store, &user, 2).await);
        for session in [&here, &there] {
            assert!(writing!(store, |tx| tx.run(sessions::update_second_factor(session.id, at(50)))));
        }
        let shown = |session: Session| { let store = store.clone(); async move {
            reading!(store, |tx| sessions::find_alive(tx, session.id, at(60))).expect("alive").0.second_factor_at
        }};
        writing!(store, |tx| tx.run(sessions::update_second_factor_gone(user.id, Some(here.id))));
        assert_eq!((shown(here.clone()).await, shown(there).await), (Some(at(50)), None));
        writing!(store, |tx| tx.run(sessions::update_second_factor_gone(user.id, None)));
        assert_eq!(shown(here.clone()).await, None);
        let late = store.apply(vec![sessions::update_second_factor(here.id, at(1_000))]).await.expect("applies");
        assert_eq!(late, Applied::Stopped(0), "it has run out");
    }
}
