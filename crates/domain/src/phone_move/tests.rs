use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::{Ask, Before, MoveKind, MoveState, PhoneMove, Refusal, Step, UNDO_WITHIN, WAITS_FOR};
use crate::ids::{PhoneMoveId, UserId};
use crate::locale::Locale;
use crate::phone::PhoneNumber;
use crate::role::Role;
use crate::user::{User, UserOrigin, UserStatus};

const ADMIN: UserId = UserId(Uuid::from_u128(99));

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("in range")
}

fn phone(number: u128) -> PhoneNumber {
    PhoneNumber::from_canonical(&format!("+96650000000{number}")).expect("canonical")
}

/// The person `number`, who has the phone `number`.
fn person(number: u128) -> User {
    User {
        id: UserId(Uuid::from_u128(number)),
        phone: Some(phone(number)),
        status: UserStatus::Active,
        is_phone_verified: true,
        epoch: 1,
        given_name: None,
        family_name: None,
        email: None,
        locale: Locale::Ar,
        origin: UserOrigin::SelfService,
        is_sandbox: false,
        roles: Vec::new(),
        created_at: at(-1_000),
        last_seen_at: None,
    }
}

fn phoneless(number: u128) -> User {
    User { phone: None, status: UserStatus::Phoneless, ..person(number) }
}

fn ask<'a>(kind: MoveKind, gainer: Option<&'a User>, holder: Option<&'a User>) -> Ask<'a> {
    Ask { id: PhoneMoveId(Uuid::from_u128(7)), kind, phone: phone(2), gainer, holder, by: ADMIN, now: at(0) }
}

/// Asked for at 0: the first person is to get the phone of the second.
fn asked(kind: MoveKind) -> PhoneMove {
    let second = person(2);
    PhoneMove::ask(&ask(kind, Some(&person(1)), Some(&second).filter(|_| kind != MoveKind::Change))).expect("may be asked for")
}

#[test]
fn a_free_number_is_a_change_and_a_taken_one_says_so_first() {
    let (first, second) = (person(1), person(2));
    let of = |kind, gainer, holder| PhoneMove::ask(&ask(kind, gainer, holder)).map(|asked| (asked.gainer, asked.loser));
    let (one, two) = (Some(first.id), Some(second.id));
    assert_eq!(of(MoveKind::Change, Some(&first), None), Ok((one, None)));
    assert_eq!(of(MoveKind::Change, Some(&first), Some(&second)), Err(Refusal::NumberTaken));
    for kind in [MoveKind::Merge, MoveKind::Recycled] {
        assert_eq!(of(kind, Some(&first), Some(&second)), Ok((one, two)));
        assert_eq!(of(kind, Some(&first), None), Err(Refusal::NumberFree));
    }
    assert_eq!(of(MoveKind::Recycled, None, Some(&second)), Ok((None, two)));
    assert_eq!(of(MoveKind::Merge, None, Some(&second)), Err(Refusal::NumberTaken));
    assert_eq!(of(MoveKind::Change, None, None), Err(Refusal::NumberFree));
    assert_eq!(of(MoveKind::Recycled, Some(&second), Some(&second)), Err(Refusal::SameNumber));
}

#[test]
fn nobody_moves_themselves_and_only_who_has_proved_a_number_gets_another() {
    let of = |user: User| PhoneMove::ask(&ask(MoveKind::Change, Some(&user), None)).map(|asked| asked.gainer.is_some());
    assert_eq!(of(User { id: ADMIN, ..person(1) }), Err(Refusal::OneSelf));
    assert_eq!(of(User { status: UserStatus::Pending, is_phone_verified: false, ..person(1) }), Err(Refusal::Unclaimed));
    assert_eq!(of(User { status: UserStatus::Blocked, ..person(1) }), Err(Refusal::Blocked));
    assert_eq!(of(User { status: UserStatus::Erased, phone: None, ..person(1) }), Err(Refusal::Erased));
    assert_eq!(of(User { is_sandbox: true, ..person(1) }), Err(Refusal::Sandbox));
    assert_eq!(of(phoneless(1)), Ok(true), "whoever lost theirs to a newcomer comes back");
    assert_eq!(of(User { roles: vec![Role::PlatformAdmin], ..person(1) }), Ok(true));
}

#[test]
fn roles_are_not_lost_by_the_way_and_a_merge_is_no_way_around_a_block() {
    let first = person(1);
    let of = |kind, user: User| PhoneMove::ask(&ask(kind, Some(&first), Some(&user))).map(|asked| asked.loser.is_some());
    for kind in [MoveKind::Merge, MoveKind::Recycled] {
        assert_eq!(of(kind, User { roles: vec![Role::Stylist], ..person(2) }), Err(Refusal::HasRoles));
        assert_eq!(of(kind, User { is_sandbox: true, ..person(2) }), Err(Refusal::Sandbox));
        assert_eq!(of(kind, User { id: ADMIN, ..person(2) }), Err(Refusal::OneSelf));
    }
    let blocked = || User { status: UserStatus::Blocked, ..person(2) };
    assert_eq!(of(MoveKind::Merge, blocked()), Err(Refusal::Blocked));
    assert_eq!(of(MoveKind::Recycled, blocked()), Ok(true), "the newcomer has done nothing");
}

#[test]
fn the_proof_looks_at_who_has_the_number_by_then() {
    let (first, second, third) = (person(1), person(2), User { phone: Some(phone(2)), ..person(3) });
    let done = |kind, holder: Option<&User>, is_newcomer| {
        asked(kind).prove(Some(&first), holder, is_newcomer, at(60)).map(|done| done.loser)
    };
    assert_eq!(done(MoveKind::Change, None, false), Ok(None));
    assert_eq!(done(MoveKind::Change, Some(&third), true), Ok(Some(third.id)), "the owner signed in with it first");
    assert_eq!(done(MoveKind::Change, Some(&third), false), Err(Refusal::NumberTaken));
    for kind in [MoveKind::Merge, MoveKind::Recycled] {
        assert_eq!(done(kind, Some(&second), false), Ok(Some(second.id)));
        assert_eq!(done(kind, None, false), Ok(None), "the other account has another number by now");
        assert_eq!(done(kind, Some(&third), true), Err(Refusal::NumberTaken));
        let promoted = User { roles: vec![Role::Owner], ..second.clone() };
        assert_eq!(done(kind, Some(&promoted), false), Err(Refusal::HasRoles));
    }
    let blocked = User { status: UserStatus::Blocked, ..first.clone() };
    assert_eq!(asked(MoveKind::Change).prove(Some(&blocked), None, false, at(60)), Err(Refusal::Blocked));
    let there = User { phone: Some(phone(2)), ..first.clone() };
    assert_eq!(asked(MoveKind::Change).prove(Some(&there), Some(&there), false, at(60)), Err(Refusal::MovedOn));
    let kept = asked(MoveKind::Change).prove(Some(&first), None, false, at(60)).expect("done");
    assert_eq!((kept.old_phone, kept.over_at), (first.phone, at(60) + UNDO_WITHIN));
}

#[test]
fn an_undo_takes_nothing_from_anybody_who_has_proved_a_number_since() {
    let (second, third) = (phoneless(2), UserId(Uuid::from_u128(3)));
    let (elsewhere, again) = (person(1), person(2));
    let first = User { phone: Some(phone(2)), ..person(1) };
    let done = asked(MoveKind::Merge).prove(Some(&person(1)), Some(&person(2)), false, at(60)).expect("done");
    let right = Before { gainer: Some(&first), loser: Some(&second), old_holder: None, holder: Some(first.id) };
    let undo = |before| done.undo(before, at(120)).map(|undone| undone.stored);
    assert_eq!(undo(right), Ok(MoveState::Undone));
    assert_eq!(undo(Before { old_holder: Some(third), ..right }), Err(Refusal::OldNumberTaken));
    assert_eq!(undo(Before { gainer: Some(&elsewhere), ..right }), Err(Refusal::MovedOn));
    assert_eq!(undo(Before { gainer: None, ..right }), Err(Refusal::MovedOn));
    assert_eq!(undo(Before { loser: Some(&again), ..right }), Err(Refusal::MovedOn));
    assert_eq!(undo(Before { loser: None, ..right }), Err(Refusal::MovedOn));
    let freed = PhoneMove::ask(&ask(MoveKind::Recycled, None, Some(&person(2)))).expect("asked");
    let freed = freed.prove(None, Some(&person(2)), false, at(60)).expect("done");
    let right = Before { gainer: None, loser: Some(&second), old_holder: None, holder: None };
    assert_eq!(freed.undo(right, at(120)).map(|undone| undone.stored), Ok(MoveState::Undone));
    assert_eq!(freed.undo(Before { holder: Some(third), ..right }, at(120)), Err(Refusal::NumberTaken));
}

#[test]
fn names_read_back_and_are_unique() {
    assert!(MoveKind::ALL.into_iter().all(|kind| MoveKind::parse(kind.as_str()) == Some(kind)));
    assert!(MoveState::ALL.into_iter().all(|state| MoveState::parse(state.as_str()) == Some(state)));
    for (place, refusal) in Refusal::ALL.iter().enumerate() {
        assert!(!Refusal::ALL[..place].iter().any(|earlier| earlier.as_str() == refusal.as_str()));
        let json = serde_json::to_string(refusal).expect("plain data");
        assert_eq!(json, format!("\"{}\"", refusal.as_str()));
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![Just(Step::Prove), Just(Step::Cancel), Just(Step::Expire), Just(Step::Undo)]
}

proptest! {
    /// Whatever is tried and however the clock jumps: the steps there are, each within its time, and no other.
    #[test]
    fn no_way_leads_around_the_machine(tries in prop::collection::vec((step(), 0_i64..400_000), 1..12)) {
        let mut one = asked(MoveKind::Change);
        for (step, seconds) in tries {
            let (now, from) = (at(seconds), one.clone());
            match one.step(step, now) {
                Ok(next) => {
                    let is_right = match (from.stored, next.stored) {
                        (MoveState::Pending, MoveState::Done | MoveState::Cancelled) => now < from.asked_at + WAITS_FOR,
                        (MoveState::Pending, MoveState::Expired) => now >= from.asked_at + WAITS_FOR,
                        (MoveState::Done, MoveState::Undone) => now < from.changed_at + UNDO_WITHIN,
                        _ => false,
                    };
                    prop_assert!(is_right, "{:?} to {:?} at {seconds}", from.stored, next.stored);
                    prop_assert_eq!(next.changed_at, now);
                    let unchanged = PhoneMove { stored: from.stored, changed_at: from.changed_at, over_at: from.over_at, ..next.clone() };
                    prop_assert_eq!(unchanged, from, "a step changes where it stands and nothing else");
                    one = next;
                }
                Err(refusal) => {
                    let is_final = matches!(from.stored, MoveState::Undone | MoveState::Cancelled | MoveState::Expired);
                    prop_assert!(!is_final || refusal == Refusal::Over);
                    prop_assert!(matches!(refusal, Refusal::Over | Refusal::TooLate));
                }
            }
        }
    }

    /// Reading is as strict as stepping.
    #[test]
    fn what_is_shown_is_what_can_be_done(seconds in 0_i64..400_000) {
        let (one, now) = (asked(MoveKind::Merge), at(seconds));
        prop_assert_eq!(one.is_open(now), one.step(Step::Prove, now).is_ok());
        prop_assert_eq!(one.state(now) == MoveState::Expired, one.step(Step::Expire, now).is_ok());
        let done = one.step(Step::Prove, at(0)).expect("in time");
        prop_assert_eq!(done.is_undoable(now), done.step(Step::Undo, now).is_ok());
        prop_assert_eq!(TimeDelta::seconds(seconds) < UNDO_WITHIN, done.is_undoable(now));
    }
}
