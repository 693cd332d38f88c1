use chrono::{DateTime, Utc};
use domain::ids::{PhoneMoveId, UserId};
use domain::phone_move::{MoveKind, MoveState, PhoneMove, Step};
use domain::user::{User, UserStatus};
use store::{Store, StoreError, phone_moves, users};

use crate::support::{active, all, at, id, pending, phone, reading, winners, writing};

/// The move `number`, of the phone `to`.
fn asked(number: u128, to: u32, gainer: Option<&User>, loser: Option<&User>, now: DateTime<Utc>) -> PhoneMove {
    PhoneMove {
        id: PhoneMoveId(id(number)),
        kind: if loser.is_some() { MoveKind::Recycled } else { MoveKind::Change },
        stored: MoveState::Pending,
        phone: phone(to),
        gainer: gainer.map(|user| user.id),
        loser: loser.map(|user| user.id),
        old_phone: None,
        asked_by: UserId(id(99)),
        asked_at: now,
        changed_at: now,
        over_at: now + domain::phone_move::WAITS_FOR,
    }
}

async fn insert(store: &Store, new: &PhoneMove) -> Result<bool, StoreError> {
    let mut tx = store.write().await.expect("begins");
    let done = tx.run(phone_moves::insert(new)).await?;
    tx.commit().await.map(|()| done)
}

store_test! {
    async fn what_waits_is_found_by_its_number_and_by_both_people(store: Store) {
        let (first, second, third) = (active(&store, 1).await, active(&store, 2).await, active(&store, 3).await);
        let new = asked(1, 2, Some(&first), Some(&second), at(5));
        assert!(insert(&store, &new).await.expect("inserts"));
        let found = Some(new.clone());
        assert_eq!(reading!(store, |tx| phone_moves::find_waiting(tx, &phone(2))), found);
        assert_eq!(reading!(store, |tx| phone_moves::find_waiting(tx, &phone(1))), None);
        for (user, expected) in [(first.id, found.clone()), (second.id, found), (third.id, None)] {
            assert_eq!(reading!(store, |tx| phone_moves::find_last(tx, user)), expected);
            assert_eq!(reading!(store, |tx| phone_moves::list_waiting(tx, user, third.id)), Vec::from_iter(expected));
        }
        let later = asked(2, 7, Some(&third), Some(&first), at(6));
        insert(&store, &later).await.expect("inserts");
        assert_eq!(reading!(store, |tx| phone_moves::find_last(tx, first.id)), Some(later));
    }
}

store_test! {
    async fn one_waits_at_a_time_for_a_number_and_for_a_person(store: Store) {
        let (first, second, third) = (active(&store, 1).await, active(&store, 2).await, active(&store, 3).await);
        let new = asked(1, 2, Some(&first), Some(&second), at(5));
        insert(&store, &new).await.expect("inserts");
        for again in [
            asked(2, 2, Some(&third), None, at(6)),
            asked(3, 7, Some(&first), None, at(6)),
            asked(4, 8, Some(&third), Some(&second), at(6)),
        ] {
            let refused = insert(&store, &again).await;
            assert!(matches!(refused, Err(StoreError::Unique { .. })), "{refused:?}");
        }
        let done = new.step(Step::Prove, at(7)).expect("in time");
        assert!(writing!(store, |tx| tx.run(phone_moves::update_done(&done))));
        insert(&store, &asked(5, 7, Some(&first), None, at(8))).await.expect("the first one waits no longer");
    }
}

store_test! {
    async fn of_many_steps_from_one_state_one_is_made(store: Store) {
        let first = active(&store, 1).await;
        let new = asked(1, 7, Some(&first), None, at(5));
        insert(&store, &new).await.expect("inserts");
        let (done, cancelled) = (new.step(Step::Prove, at(6)).expect("may"), new.step(Step::Cancel, at(6)).expect("may"));
        let outcomes = all(20, |place| {
            let (store, done, cancelled) = (store.clone(), done.clone(), cancelled.clone());
            async move {
                let is_proof = place % 2 == 0;
                let write = if is_proof {
                    phone_moves::update_done(&done)
                } else {
                    phone_moves::update(&cancelled, MoveState::Pending)
                };
                writing!(store, |tx| tx.run(write))
            }
        })
        .await;
        assert_eq!(winners(&outcomes), 1);
    }
}

store_test! {
    async fn a_number_goes_there_and_back_with_all_that_was_true_of_it(store: Store) {
        let (first, second) = (active(&store, 1).await, active(&store, 2).await);
        let new = asked(1, 2, Some(&first), Some(&second), at(5));
        insert(&store, &new).await.expect("inserts");
        let done = PhoneMove { old_phone: Some(phone(1)), ..new.step(Step::Prove, at(6)).expect("may") };
        assert!(writing!(store, |tx| tx.run(phone_moves::update_done(&done))));
        assert_eq!(reading!(store, |tx| phone_moves::find_last(tx, first.id)), Some(done.clone()));
        let two = phone(2);
        let taken = {
            let mut tx = store.write().await.expect("begins");
            tx.run(phone_moves::update_gained(first.id, &two, at(6))).await
        };
        assert!(matches!(taken, Err(StoreError::Unique { constraint }) if constraint == "users_phone_key"));
        assert!(writing!(store, |tx| tx.run(phone_moves::update_lost(second.id, at(6)))));
        assert!(!writing!(store, |tx| tx.run(phone_moves::update_lost(second.id, at(6)))), "there is nothing left to lose");
        assert!(writing!(store, |tx| tx.run(phone_moves::update_gained(first.id, &two, at(6)))));
        let gained = User { phone: Some(phone(2)), epoch: first.epoch + 1, ..first.clone() };
        let lost = User { phone: None, status: UserStatus::Phoneless, epoch: second.epoch + 1, ..second.clone() };
        assert_eq!(reading!(store, |tx| users::find(tx, first.id)), Some(gained));
        assert_eq!(reading!(store, |tx| users::find(tx, second.id)), Some(lost));

        let one = phone(1);
        assert!(writing!(store, |tx| tx.run(phone_moves::update_returned(first.id, &one, done.id, at(9)))));
        assert!(writing!(store, |tx| tx.run(phone_moves::update_returned(second.id, &two, done.id, at(9)))));
        let returned = |user: &User| User { epoch: user.epoch + 2, ..user.clone() };
        assert_eq!(reading!(store, |tx| users::find(tx, first.id)), Some(returned(&first)));
        assert_eq!(reading!(store, |tx| users::find(tx, second.id)), Some(returned(&second)));
    }
}

store_test! {
    async fn somebody_blocked_meanwhile_comes_back_blocked(store: Store) {
        let user = active(&store, 1).await;
        assert!(writing!(store, |tx| tx.run(phone_moves::update_lost(user.id, at(5)))));
        let blocked = writing!(store, |tx| users::update_blocked(tx, user.id, true, at(6))).expect("there");
        assert_eq!((blocked.status, blocked.phone), (UserStatus::Phoneless, None));
        let seven = phone(7);
        assert!(writing!(store, |tx| tx.run(phone_moves::update_gained(user.id, &seven, at(7)))));
        let back = reading!(store, |tx| users::find(tx, user.id)).expect("there");
        assert_eq!((back.status, back.phone), (UserStatus::Blocked, Some(phone(7))));
        assert!(!writing!(store, |tx| tx.run(phone_moves::update_gained(user.id, &seven, at(8)))), "not while they are");
    }
}

store_test! {
    async fn whoever_has_no_number_is_erased_like_anybody(store: Store) {
        let user = active(&store, 1).await;
        writing!(store, |tx| tx.run(phone_moves::update_lost(user.id, at(5))));
        let erased = writing!(store, |tx| users::update_erased(tx, user.id, at(6))).expect("there");
        assert_eq!((erased.status, erased.phone), (UserStatus::Erased, None));
        let one = phone(1);
        assert!(!writing!(store, |tx| tx.run(phone_moves::update_returned(user.id, &one, PhoneMoveId(id(1)), at(7)))));
    }
}

store_test! {
    async fn newcomers_are_those_who_claimed_since(store: Store) {
        let (claimed, waiting) = (active(&store, 1).await, pending(&store, 2).await);
        for (user, since, expected) in [(claimed.id, 0, true), (claimed.id, 1, true), (claimed.id, 2, false), (waiting.id, 0, false)] {
            assert_eq!(reading!(store, |tx| phone_moves::find_is_newcomer(tx, user, at(since))), expected, "{since}");
        }
    }
}

store_test! {
    async fn what_is_over_is_listed_oldest_first_and_forgotten(store: Store) {
        let (first, second) = (active(&store, 1).await, active(&store, 2).await);
        let (young, old) = (asked(1, 7, Some(&first), None, at(50)), asked(2, 8, Some(&second), None, at(5)));
        for new in [&young, &old] {
            insert(&store, new).await.expect("inserts");
        }
        let list = |now, limit| {
            let store = store.clone();
            async move { reading!(store, |tx| phone_moves::list_over(tx, now, limit)) }
        };
        assert_eq!(list(old.over_at - chrono::TimeDelta::seconds(1), 10).await, []);
        assert_eq!(list(old.over_at, 10).await, std::slice::from_ref(&old));
        assert_eq!(list(young.over_at, 10).await, [old.clone(), young.clone()]);
        assert_eq!(list(young.over_at, 1).await, std::slice::from_ref(&old));
        assert!(writing!(store, |tx| tx.run(phone_moves::delete(old.id))));
        assert_eq!(list(young.over_at, 10).await, [young]);
    }
}
