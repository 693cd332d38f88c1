//! Staff ask for a number to be moved, its owner proves it, and for a day it can be taken back.

use std::collections::HashSet;

use crate::support::desk::{Desk, ask_proof, holder, prove, refusal, stored};
use crate::support::{actor, answer, code_for, here, phone, request, salon, sign_in, wait, wrong};
use domain::message::MessageKind;
use domain::permission::Permission;
use domain::phone_move::{MoveKind, MoveState, Refusal};
use domain::retention::Kept;
use domain::role::Role;
use domain::user::UserStatus;
use store::{Backend, on_both};
use usecases::{Actor, AskPhoneMove, Error, Usecases};

const ADMIN: &str = "0500000001";
const SARA: &str = "0501234567";
const SARAS: &str = "+966501234567";
const NEW: &str = "0559876543";
const NEWS: &str = "+966559876543";
const DAY: i64 = 24 * 3_600;

/// What a number was told, by kind.
async fn told(uc: &Usecases, e164: &str) -> Vec<MessageKind> {
    while uc.deliver_outbox(100).await.expect("delivers").sent > 0 {}
    let messages = uc.dev_messages(Some(&phone(e164)), 100).await.expect("reads");
    messages.into_iter().map(|message| message.kind).filter(|kind| *kind == MessageKind::PhoneChanged).collect()
}

on_both! {
    async fn an_account_moves_when_its_owner_proves_the_number_and_not_before(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let sara = sign_in(&uc, SARA).await;
        let asked = desk.ask(sara.user.id, MoveKind::Change, NEW).await.expect("asked");
        assert_eq!((asked.kind, asked.stored, asked.loser), (MoveKind::Change, MoveState::Pending, None));
        assert_eq!(stored(&uc, sara.user.id).await.phone, Some(phone(SARAS)), "staff cannot vouch");
        assert!(uc.dev_messages(Some(&phone(NEWS)), 10).await.expect("reads").is_empty(), "nothing is sent to a number that staff typed");
        uc.actor_of_access_token(&sara.tokens.as_ref().expect("an app").access).await.expect("still signed in");

        prove(&uc, NEW, Some(SARA)).await.expect("moves");
        let moved = stored(&uc, sara.user.id).await;
        assert_eq!((moved.phone.clone(), moved.status, moved.epoch), (Some(phone(NEWS)), UserStatus::Active, sara.user.epoch + 1));
        let ended = uc.actor_of_access_token(&sara.tokens.as_ref().expect("an app").access).await;
        assert!(matches!(ended, Err(Error::SessionEnded)), "{ended:?}");
        assert_eq!(told(&uc, SARAS).await, [MessageKind::PhoneChanged]);
        wait(&uc, 61);
        let again = sign_in(&uc, NEW).await;
        assert_eq!((again.user.id, again.is_new_user), (sara.user.id, false));
        let notices = uc.list_notices(&actor(&again)).await.expect("reads");
        assert!(notices.iter().any(|notice| notice.moved_from.as_deref() == Some("+9665•••••567")), "{notices:?}");
        assert!(sign_in(&uc, SARA).await.is_new_user, "the old number is free for somebody else");
    }
}

on_both! {
    async fn an_undo_puts_everything_back_and_tells_the_number_that_is_left(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let sara = sign_in(&uc, SARA).await;
        desk.ask(sara.user.id, MoveKind::Change, NEW).await.expect("asked");
        prove(&uc, NEW, Some(SARA)).await.expect("moves");
        wait(&uc, 61);
        sign_in(&uc, NEW).await;
        // Somebody asked for a code for the old number and never came: that row is not in the way.
        request(&uc, SARA).await.expect("pending");
        wait(&uc, DAY - 62);
        assert_eq!(desk.undo(sara.user.id).await.expect("in time").stored, MoveState::Undone);
        assert_eq!(stored(&uc, sara.user.id).await.phone, Some(phone(SARAS)));
        let now = uc.clock().now();
        let alive = store::sessions::list_alive(&mut uc.store().read().await.expect("connects"), sara.user.id, now).await;
        assert_eq!(alive.expect("reads"), [], "whoever had the number is out");
        assert_eq!(told(&uc, NEWS).await, [MessageKind::PhoneChanged]);
        assert_eq!(refusal(desk.undo(sara.user.id).await), Refusal::Over);
        wait(&uc, 61);
        assert_eq!(sign_in(&uc, SARA).await.user.id, sara.user.id);
        assert!(sign_in(&uc, NEW).await.is_new_user);
    }
}

on_both! {
    async fn two_accounts_become_one_and_after_a_day_the_other_is_gone(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let (sara, other) = (sign_in(&uc, SARA).await, sign_in(&uc, NEW).await);
        assert_eq!(refusal(desk.ask(sara.user.id, MoveKind::Change, NEW).await), Refusal::NumberTaken);
        desk.ask(sara.user.id, MoveKind::Merge, NEW).await.expect("asked");
        wait(&uc, 61);
        prove(&uc, NEW, Some(SARA)).await.expect("moves");
        assert_eq!(holder(&uc, NEWS).await, Some(sara.user.id));
        let lost = stored(&uc, other.user.id).await;
        assert_eq!((lost.phone, lost.status), (None, UserStatus::Phoneless));
        let ended = uc.actor_of_access_token(&other.tokens.as_ref().expect("an app").access).await;
        assert!(matches!(ended, Err(Error::SessionEnded)), "{ended:?}");
        uc.purge().await.expect("purges");
        assert_eq!(stored(&uc, other.user.id).await.status, UserStatus::Phoneless, "it can still be taken back");

        wait(&uc, DAY);
        let forecast = uc.plan_purge().await.expect("counts").parts.into_iter().find(|part| part.kept == Kept::PhoneMoves);
        assert_eq!(forecast.map(|part| part.rows), Some(1));
        assert_eq!(uc.purge().await.expect("purges").phone_moves, 1);
        assert_eq!(stored(&uc, other.user.id).await.status, UserStatus::Erased);
        assert_eq!(refusal(desk.undo(sara.user.id).await), Refusal::Over);
        let me = actor(&sign_in(&uc, NEW).await);
        let export = uc.export_me(&me).await.expect("exports");
        let numbers: HashSet<&str> =
            export["messages"].as_array().expect("a list").iter().filter_map(|message| message["to"].as_str()).collect();
        assert_eq!(numbers, HashSet::from(["050 123 4567", "055 987 6543"]));
        let messages = export["messages"].as_array().expect("a list").len();
        assert_eq!(messages, 5, "what was texted to the other account is theirs too: {export}");
    }
}

on_both! {
    async fn a_merge_is_taken_back_whole(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let (sara, other) = (sign_in(&uc, SARA).await, sign_in(&uc, NEW).await);
        desk.ask(sara.user.id, MoveKind::Merge, NEW).await.expect("asked");
        wait(&uc, 61);
        prove(&uc, NEW, Some(SARA)).await.expect("moves");
        desk.undo(other.user.id).await.expect("from either side");
        for (user, e164) in [(&sara.user, SARAS), (&other.user, NEWS)] {
            let back = stored(&uc, user.id).await;
            assert_eq!((back.phone, back.status, back.is_phone_verified), (Some(phone(e164)), UserStatus::Active, true));
        }
        wait(&uc, DAY);
        assert_eq!(uc.purge().await.expect("purges").phone_moves, 1);
        assert_eq!(sign_in(&uc, NEW).await.user.id, other.user.id, "nothing is merged that was taken back");
    }
}

on_both! {
    async fn whoever_got_a_number_of_their_own_after_a_merge_is_not_erased(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let (sara, other) = (sign_in(&uc, SARA).await, sign_in(&uc, NEW).await);
        desk.ask(sara.user.id, MoveKind::Merge, NEW).await.expect("asked");
        wait(&uc, 61);
        prove(&uc, NEW, Some(SARA)).await.expect("moves");
        desk.ask(other.user.id, MoveKind::Change, "0553333333").await.expect("it was somebody else");
        prove(&uc, "0553333333", None).await.expect("moves");
        assert_eq!(refusal(desk.undo(sara.user.id).await), Refusal::MovedOn);
        wait(&uc, DAY);
        assert_eq!(uc.purge().await.expect("purges").phone_moves, 2);
        assert_eq!(stored(&uc, other.user.id).await.status, UserStatus::Active);
    }
}

on_both! {
    async fn whoever_has_themselves_erased_after_a_merge_is_erased_in_both(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let (sara, other) = (sign_in(&uc, SARA).await, sign_in(&uc, NEW).await);
        desk.ask(sara.user.id, MoveKind::Merge, NEW).await.expect("asked");
        wait(&uc, 61);
        prove(&uc, NEW, Some(SARA)).await.expect("moves");
        wait(&uc, 61);
        uc.erase_me(&actor(&sign_in(&uc, NEW).await)).await.expect("erased");
        assert_eq!(refusal(desk.undo(other.user.id).await), Refusal::MovedOn);
        wait(&uc, DAY);
        uc.purge().await.expect("purges");
        assert_eq!(stored(&uc, other.user.id).await.status, UserStatus::Erased);
        for phone in [SARAS, NEWS] {
            let kept = uc.dev_messages(Some(&crate::support::phone(phone)), 10).await.expect("reads");
            assert!(kept.is_empty(), "no number is left anywhere: {kept:?}");
        }
    }
}

on_both! {
    async fn a_recycled_number_goes_to_its_new_owner_and_the_old_account_waits_without_one(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let (sara, stranger) = (sign_in(&uc, SARA).await, sign_in(&uc, NEW).await);
        desk.ask(sara.user.id, MoveKind::Recycled, NEW).await.expect("asked");
        wait(&uc, 61);
        prove(&uc, NEW, Some(SARA)).await.expect("moves");
        assert_eq!(holder(&uc, NEWS).await, Some(sara.user.id));
        wait(&uc, DAY);
        uc.purge().await.expect("purges");
        let kept = stored(&uc, stranger.user.id).await;
        assert_eq!((kept.phone, kept.status), (None, UserStatus::Phoneless), "an account of somebody else is not merged");

        // They come by with the number that they have now. There is no old one to know.
        desk.ask(stranger.user.id, MoveKind::Change, "0553333333").await.expect("asked");
        prove(&uc, "0553333333", None).await.expect("moves");
        wait(&uc, 61);
        assert_eq!(sign_in(&uc, "0553333333").await.user.id, stranger.user.id);
    }
}

on_both! {
    async fn whoever_waits_without_a_number_can_be_erased(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let (sara, stranger) = (sign_in(&uc, SARA).await, sign_in(&uc, NEW).await);
        desk.ask(sara.user.id, MoveKind::Recycled, NEW).await.expect("asked");
        wait(&uc, 61);
        prove(&uc, NEW, Some(SARA)).await.expect("moves");
        uc.erase_person(&desk.admin(), stranger.user.id, &stranger.user.id.short()).await.expect("erased");
        assert_eq!(stored(&uc, stranger.user.id).await.status, UserStatus::Erased);
        let remembered = store::erasures::list(&mut uc.store().read().await.expect("connects")).await.expect("reads");
        assert!(remembered.iter().any(|one| one.user_id == stranger.user.id), "and again after a restore");
        assert!(desk.undo(sara.user.id).await.is_err(), "there is nobody to give the number back to");
    }
}

on_both! {
    async fn whoever_has_a_recycled_number_and_no_account_starts_empty(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let old = sign_in(&uc, NEW).await;
        let asked = desk.ask(old.user.id, MoveKind::Recycled, NEW).await.expect("asked");
        assert_eq!((asked.gainer, asked.loser), (None, Some(old.user.id)));
        wait(&uc, 61);
        prove(&uc, NEW, None).await.expect("gives it up");
        assert_eq!(holder(&uc, NEWS).await, None);
        desk.undo(old.user.id).await.expect("nobody has come yet");
        assert_eq!(holder(&uc, NEWS).await, Some(old.user.id));

        wait(&uc, 61);
        desk.ask(old.user.id, MoveKind::Recycled, NEW).await.expect("asked again");
        prove(&uc, NEW, None).await.expect("gives it up");
        wait(&uc, 61);
        let newcomer = sign_in(&uc, NEW).await;
        assert!(newcomer.is_new_user && newcomer.user.id != old.user.id);
        assert_eq!(refusal(desk.undo(old.user.id).await), Refusal::NumberTaken, "nothing is taken from the newcomer");
    }
}

on_both! {
    async fn who_signed_in_with_the_new_number_first_is_not_stuck(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let sara = sign_in(&uc, SARA).await;
        wait(&uc, 1);
        desk.ask(sara.user.id, MoveKind::Change, NEW).await.expect("asked");
        let empty = sign_in(&uc, NEW).await;
        assert!(empty.is_new_user);
        prove(&uc, NEW, Some(SARA)).await.expect("the account that they made is merged");
        assert_eq!(holder(&uc, NEWS).await, Some(sara.user.id));
        wait(&uc, DAY);
        uc.purge().await.expect("purges");
        assert_eq!(stored(&uc, empty.user.id).await.status, UserStatus::Erased);
    }
}

on_both! {
    async fn a_number_that_somebody_else_came_to_is_theirs(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let (sara, other) = (sign_in(&uc, SARA).await, sign_in(&uc, "0552222222").await);
        wait(&uc, 1);
        desk.ask(sara.user.id, MoveKind::Change, NEW).await.expect("asked");
        let sent = uc.request_phone(&actor(&other), NEW, &here()).await.expect("a challenge");
        let code = code_for(&uc, &sent.challenge).await;
        uc.verify_phone(&actor(&other), sent.challenge.id, &code).await.expect("moves there by themselves");
        wait(&uc, 61);
        let late = prove(&uc, NEW, Some(SARA)).await;
        assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
        assert_eq!(holder(&uc, NEWS).await, Some(other.user.id));
        assert_eq!(stored(&uc, sara.user.id).await.phone, Some(phone(SARAS)));
    }
}

on_both! {
    async fn an_undo_leaves_a_freed_number_to_whoever_came_since(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let sara = sign_in(&uc, SARA).await;
        desk.ask(sara.user.id, MoveKind::Change, NEW).await.expect("asked");
        prove(&uc, NEW, Some(SARA)).await.expect("moves");
        wait(&uc, 61);
        let newcomer = sign_in(&uc, SARA).await;
        assert_eq!(refusal(desk.undo(sara.user.id).await), Refusal::OldNumberTaken);
        assert_eq!((holder(&uc, SARAS).await, holder(&uc, NEWS).await), (Some(newcomer.user.id), Some(sara.user.id)));
    }
}

on_both! {
    async fn time_ends_what_waits_and_what_can_be_taken_back(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let sara = sign_in(&uc, SARA).await;
        desk.ask(sara.user.id, MoveKind::Change, NEW).await.expect("asked");
        wait(&uc, 3 * DAY - 1);
        assert_eq!(refusal(desk.ask(sara.user.id, MoveKind::Change, "0553333333").await), Refusal::AlreadyAsked);
        wait(&uc, 1);
        let late = prove(&uc, NEW, Some(SARA)).await;
        assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
        assert_eq!(refusal(desk.cancel(sara.user.id).await), Refusal::TooLate);
        desk.ask(sara.user.id, MoveKind::Change, NEW).await.expect("what has expired is not in the way");
        wait(&uc, 61);
        prove(&uc, NEW, Some(SARA)).await.expect("moves");
        wait(&uc, DAY);
        assert_eq!(refusal(desk.undo(sara.user.id).await), Refusal::TooLate);
        assert_eq!(uc.purge().await.expect("purges").phone_moves, 2, "no whole number is kept");
    }
}

on_both! {
    async fn what_is_cancelled_moves_nothing(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let sara = sign_in(&uc, SARA).await;
        assert_eq!(refusal(desk.cancel(sara.user.id).await), Refusal::Over);
        desk.ask(sara.user.id, MoveKind::Change, NEW).await.expect("asked");
        let sent = ask_proof(&uc, NEW).await.expect("a challenge");
        let code = code_for(&uc, &sent.challenge).await;
        desk.cancel(sara.user.id).await.expect("cancelled");
        let late = uc.prove_phone(sent.challenge.id, &code, Some(SARA)).await;
        assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
        let again = uc.prove_phone(sent.challenge.id, &code, Some(SARA)).await;
        assert!(matches!(again, Err(Error::ChallengeNotFound)), "a code is used once: {again:?}");
        assert_eq!(stored(&uc, sara.user.id).await.phone, Some(phone(SARAS)));
    }
}

on_both! {
    async fn whoever_is_signed_in_sees_that_their_account_is_to_move_and_nobody_else_does(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let (sara, other) = (actor(&sign_in(&uc, SARA).await), actor(&sign_in(&uc, NEW).await));
        assert_eq!(uc.find_own_phone_move(&sara).await.expect("reads"), None);
        let asked = desk.ask(sara.user.id, MoveKind::Merge, NEW).await.expect("asked");
        assert_eq!(uc.find_own_phone_move(&sara).await.expect("reads"), Some(asked));
        assert_eq!(uc.find_own_phone_move(&other).await.expect("reads"), None);
        wait(&uc, 3 * DAY);
        assert_eq!(uc.find_own_phone_move(&sara).await.expect("reads"), None);
    }
}

on_both! {
    async fn a_mistyped_number_gives_its_owner_nothing(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let sara = sign_in(&uc, SARA).await;
        desk.ask(sara.user.id, MoveKind::Change, NEW).await.expect("asked, with a slip of the finger");
        for old in [None, Some("0502222222")] {
            let stranger = prove(&uc, NEW, old).await;
            assert!(matches!(stranger, Err(Error::NotFound)), "{stranger:?}");
            wait(&uc, 61);
        }
        assert_eq!(stored(&uc, sara.user.id).await.phone, Some(phone(SARAS)));
        assert!(sign_in(&uc, NEW).await.is_new_user, "and they are a customer like any");
    }
}

on_both! {
    async fn asking_for_the_code_is_the_same_work_whether_anything_waits_or_not(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let sara = sign_in(&uc, SARA).await;
        sign_in(&uc, "0552222222").await;
        request(&uc, "0553333333").await.expect("pending");
        desk.ask(sara.user.id, MoveKind::Change, NEW).await.expect("asked");
        desk.ask(desk_customer(&uc).await, MoveKind::Merge, "0552222222").await.expect("asked");
        let mut costs = Vec::new();
        for number in [NEW, "0552222222", "0553333333", "0554444444", SARA] {
            let before = uc.store().statements();
            let sent = ask_proof(&uc, number).await.expect("everybody gets a challenge");
            costs.push((uc.store().statements() - before, sent.challenge.code_length));
        }
        let cost = if uc.store().backend() == Backend::Sqlite { 10 } else { 2 };
        assert_eq!(costs, [(cost, domain::challenge::CodeLength::SIX); 5]);
    }
}

async fn desk_customer(uc: &Usecases) -> domain::ids::UserId {
    sign_in(uc, "0556666666").await.user.id
}

on_both! {
    async fn the_code_is_for_this_alone_and_guesses_at_it_are_counted_with_the_others(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let sara = sign_in(&uc, SARA).await;
        desk.ask(sara.user.id, MoveKind::Change, NEW).await.expect("asked");
        let sent = ask_proof(&uc, NEW).await.expect("a challenge");
        let code = code_for(&uc, &sent.challenge).await;
        let as_sign_in = uc.verify_code(answer(sent.challenge.id, &code), &here()).await;
        assert!(matches!(as_sign_in, Err(Error::ChallengeNotFound)), "{as_sign_in:?}");
        let as_own = uc.verify_phone(&actor(&sara), sent.challenge.id, &code).await;
        assert!(matches!(as_own, Err(Error::ChallengeNotFound)), "{as_own:?}");
        for left in (0..5).rev() {
            let guess = uc.prove_phone(sent.challenge.id, &wrong(&code), Some(SARA)).await;
            assert!(matches!(guess, Err(Error::InvalidCode { attempts_remaining }) if attempts_remaining == left), "{guess:?}");
        }
        let dead = uc.prove_phone(sent.challenge.id, &code, Some(SARA)).await;
        assert!(matches!(dead, Err(Error::ChallengeNotFound)), "{dead:?}");
        let wait = request(&uc, NEW).await;
        assert!(matches!(wait, Err(Error::QuotaExceeded(_))), "a dead challenge is waited after, whatever it was for: {wait:?}");
        let odd = uc.prove_phone(sent.challenge.id, &code, Some("12")).await;
        assert!(matches!(odd, Err(Error::InvalidPhone(_))), "{odd:?}");
    }
}

on_both! {
    async fn only_who_runs_the_platform_asks_with_a_second_factor_shown_just_now_and_not_for_themselves(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let (sara, owner) = (sign_in(&uc, SARA).await, sign_in(&uc, "0552222222").await);
        let input = AskPhoneMove { user: sara.user.id, kind: MoveKind::Change, phone: NEW.to_owned() };
        let user = uc.grant_role("0552222222", Role::Owner).await.expect("granted");
        let session = domain::session::Session { second_factor_at: Some(uc.clock().now()), ..owner.session };
        let owner = uc.admin_actor(Some(Actor { user, session })).expect("staff of a salon");
        assert!(matches!(uc.ask_phone_move(&owner, &input).await, Err(Error::Forbidden)));
        assert!(matches!(uc.cancel_phone_move(&owner, sara.user.id).await, Err(Error::Forbidden)));
        assert!(matches!(uc.undo_phone_move(&owner, sara.user.id).await, Err(Error::Forbidden)));
        assert!(matches!(uc.read_phone_move(&owner, sara.user.id).await, Err(Error::Forbidden)));
        assert!(matches!(uc.look_at_phone(&owner, sara.user.id, NEW).await, Err(Error::Forbidden)));

        let admin = desk.admin();
        wait(&uc, 601);
        assert!(matches!(uc.ask_phone_move(&admin, &input).await, Err(Error::StepUpRequired)));
        assert!(matches!(uc.undo_phone_move(&admin, sara.user.id).await, Err(Error::StepUpRequired)));
        let me = admin.require(Permission::PeopleView).expect("an admin").user.id;
        assert_eq!(refusal(desk.ask(me, MoveKind::Change, NEW).await), Refusal::OneSelf);
        assert_eq!(refusal(desk.ask(sara.user.id, MoveKind::Merge, "0552222222").await), Refusal::HasRoles);
        assert!(matches!(desk.ask(domain::ids::UserId(uuid::Uuid::nil()), MoveKind::Change, NEW).await, Err(Error::NotFound)));
        let added = uc.add_user("0557777777").await.expect("added");
        assert_eq!(refusal(desk.ask(added.id, MoveKind::Change, NEW).await), Refusal::Unclaimed);
    }
}

on_both! {
    async fn what_a_number_would_mean_is_said_before_it_is_asked_for(scratch) {
        let uc = salon(&scratch);
        let desk = Desk::open(&uc, ADMIN).await;
        let (sara, other) = (sign_in(&uc, SARA).await, sign_in(&uc, NEW).await);
        let look = async |number: &str| {
            let look = uc.look_at_phone(&desk.admin(), sara.user.id, number).await.expect("looks");
            (look.holder.map(|user| user.id), look.kinds, look.refusal)
        };
        let both = vec![MoveKind::Merge, MoveKind::Recycled];
        assert_eq!(look("0553333333").await, (None, vec![MoveKind::Change], None));
        assert_eq!(look(NEW).await, (Some(other.user.id), both, None));
        uc.block_user(NEW, true).await.expect("blocked");
        assert_eq!(look(NEW).await, (Some(other.user.id), vec![MoveKind::Recycled], None), "no way around a block");
        assert_eq!(look(SARA).await, (Some(sara.user.id), vec![], Some(Refusal::SameNumber)));
        desk.ask(sara.user.id, MoveKind::Recycled, NEW).await.expect("asked");
        assert_eq!(look("0553333333").await, (None, vec![], Some(Refusal::AlreadyAsked)));
        let seen = uc.read_phone_move(&desk.admin(), other.user.id).await.expect("reads");
        assert_eq!(seen.last.map(|last| last.gainer), Some(Some(sara.user.id)));
        assert_eq!(seen.other.map(|user| user.id), Some(sara.user.id));
    }
}
