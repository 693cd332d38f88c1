//! What was attached to a number before its owner came is dead at the claim; nobody but the owner makes it verified.

use crate::support::{answer, code_for, here, request, salon, sign_in, wait};
use domain::retention::Kept;
use domain::role::Role;
use domain::user::UserStatus;
use store::on_both;
use usecases::Error;

on_both! {
    async fn asking_makes_a_pending_person_and_the_right_code_makes_them_active(scratch) {
        let uc = salon(&scratch);
        let sent = request(&uc, "٠٥٠١٢٣٤٥٦٧").await.expect("a challenge");
        let before = store::users::find_by_phone(&mut scratch.store.read().await.expect("reads"), &sent.challenge.phone)
            .await
            .expect("reads")
            .expect("the user is there before the message is sent");
        assert_eq!((before.status, before.is_phone_verified, before.epoch), (UserStatus::Pending, false, 0));
        let code = code_for(&uc, &sent.challenge).await;
        let signed_in = uc.verify_code(answer(sent.challenge.id, &code), &here()).await.expect("signs in");
        assert!(signed_in.is_new_user && signed_in.user.is_phone_verified);
        assert_eq!((signed_in.user.status, signed_in.user.epoch), (UserStatus::Active, 1));
        wait(&uc, 61);
        assert!(!sign_in(&uc, "+966501234567").await.is_new_user);
    }
}

on_both! {
    async fn the_claim_kills_every_other_challenge_of_the_number(scratch) {
        let uc = salon(&scratch);
        let strangers = request(&uc, "0501234567").await.expect("somebody else asked first").challenge;
        let strangers_code = code_for(&uc, &strangers).await;
        wait(&uc, 61);
        sign_in(&uc, "0501234567").await;
        let outcome = uc.verify_code(answer(strangers.id, &strangers_code), &here()).await;
        assert!(matches!(outcome, Err(Error::ChallengeNotFound)), "{outcome:?}");
    }
}

on_both! {
    async fn a_role_is_not_given_to_an_unclaimed_phone(scratch) {
        let uc = salon(&scratch);
        let added = uc.add_user("0501234567").await.expect("added by an operator");
        assert!(!added.is_phone_verified, "staff cannot vouch");
        assert!(matches!(uc.grant_role("0501234567", Role::PlatformAdmin).await, Err(Error::Conflict)));
        sign_in(&uc, "0501234567").await;
        let granted = uc.grant_role("0501234567", Role::PlatformAdmin).await.expect("claimed now");
        assert_eq!(granted.roles, [Role::PlatformAdmin]);
    }
}

on_both! {
    async fn a_blocked_person_gets_the_same_answer_until_the_code_is_right(scratch) {
        let uc = salon(&scratch);
        let signed_in = sign_in(&uc, "0501234567").await;
        uc.block_user("0501234567", true).await.expect("blocked");
        let access = signed_in.tokens.expect("an API session").access;
        assert!(matches!(uc.actor_of_access_token(&access).await, Err(Error::SessionEnded)), "blocking bites at once");
        wait(&uc, 61);
        let sent = request(&uc, "0501234567").await.expect("the same answer");
        let code = code_for(&uc, &sent.challenge).await;
        let outcome = uc.verify_code(answer(sent.challenge.id, &code), &here()).await;
        assert!(matches!(outcome, Err(Error::Forbidden)), "{outcome:?}");
        wait(&uc, 61);
        uc.block_user("0501234567", false).await.expect("let in again");
        assert!(!sign_in(&uc, "0501234567").await.is_new_user);
    }
}

on_both! {
    async fn pending_people_are_forgotten_after_72_hours_and_others_are_not(scratch) {
        let uc = salon(&scratch);
        request(&uc, "0501111111").await.expect("never comes back");
        uc.add_user("0502222222").await.expect("added by staff");
        sign_in(&uc, "0503333333").await;
        wait(&uc, 72 * 3600 - 1);
        assert_eq!(uc.purge().await.expect("purges").pending_users, 0);
        wait(&uc, 2);
        let pending = uc.plan_purge().await.expect("counts").parts.into_iter().find(|part| part.kept == Kept::PendingUsers);
        assert_eq!(pending.map(|part| part.rows), Some(1));
        assert_eq!(uc.purge().await.expect("purges").pending_users, 1);
        assert_eq!(uc.purge().await.expect("purges").pending_users, 0);
    }
}
