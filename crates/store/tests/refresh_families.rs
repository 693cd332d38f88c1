use domain::ids::FamilyId;
use domain::session::EndReason;
use store::refresh_families::{self, Family, Living};
use store::{Store, sessions};

use crate::support::{active, all, at, family, id, race, reading, session, winners, writing};

store_test! {
    async fn a_family_comes_back_with_session_and_user_in_one_statement(store: Store) {
        let user = active(&store, 1).await;
        let session = session(&store, &user, 1).await;
        let family = family(&store, &session, 1).await;
        let mut tx = store.read().await.expect("connects");
        let start = store.statements();
        let found = refresh_families::find(&mut tx, family.id, at(5)).await.expect("no error");
        let living = Living { family: family.clone(), session, user, device_generation: 0 };
        assert_eq!((found, store.statements() - start), (Some(living), 1));
        assert_eq!(refresh_families::find(&mut tx, FamilyId(id(404)), at(5)).await.expect("no error"), None);
    }
}

store_test! {
    async fn twenty_parallel_refreshes_have_one_winner(store: Store) {
        let user = active(&store, 1).await;
        let session = session(&store, &user, 1).await;
        let id = family(&store, &session, 1).await.id;
        let rotated = race!(store, 20, |tx, place| async move {
            tx.run(refresh_families::update_rotated(id, 0, &[u8::try_from(place).expect("small"); 32], at(9))).await
        });
        assert_eq!(winners(&rotated), 1);
        let winner = u8::try_from(rotated.iter().position(|won| *won).expect("one")).expect("small");
        let family = reading!(store, |tx| refresh_families::find(tx, id, at(10))).expect("alive").family;
        assert_eq!(family, Family { id, session_id: session.id, generation: 1, current_hash: [winner; 32], rotated_at: at(9) });
    }
}

store_test! {
    async fn a_family_dies_with_its_session(store: Store) {
        let user = active(&store, 1).await;
        let session = session(&store, &user, 1).await;
        let family = family(&store, &session, 1).await;
        assert!(!writing!(store, |tx| tx.run(refresh_families::update_rotated(family.id, 0, &[2; 32], at(1_000)))), "idled out");
        writing!(store, |tx| tx.run(sessions::update_ended(session.id, user.id, EndReason::Logout, at(5))));
        assert!(!writing!(store, |tx| tx.run(refresh_families::update_rotated(family.id, 0, &[2; 32], at(6)))));
        assert_eq!(reading!(store, |tx| refresh_families::find(tx, family.id, at(6))), None);
    }
}

store_test! {
    async fn a_race_of_refresh_and_logout_leaves_nothing_alive(store: Store) {
        let user = active(&store, 1).await;
        for round in 1..=10_u128 {
            let session = session(&store, &user, round).await;
            let family = family(&store, &session, round).await;
            let (family, session, owner) = (family.id, session.id, user.id);
            all(10, |place| {
                let store = store.clone();
                async move {
                    if place == 5 {
                        assert!(writing!(store, |tx| tx.run(sessions::update_ended(session, owner, EndReason::Logout, at(9)))));
                    } else {
                        writing!(store, |tx| tx.run(refresh_families::update_rotated(family, 0, &[2; 32], at(9))));
                    }
                }
            })
            .await;
            assert_eq!(reading!(store, |tx| refresh_families::find(tx, family, at(10))), None);
        }
    }
}
