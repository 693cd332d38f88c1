//! Roles granted and taken by those who run the platform: there is always one left, whatever they do to each other at once.

use domain::role::Role;
use store::on_both;
use store::testing::at_once;
use usecases::{Actor, Admin, Error, Usecases};

use crate::support::staff::{platform_admin, with_role};
use crate::support::{actor, salon, sign_in, wait};

const FIRST: &str = "0500000001";
const SECOND: &str = "0500000002";
const SARA: &str = "0501234567";

async fn let_in(uc: &Usecases, phone: &str) -> (Actor, Admin) {
    let actor = with_role(uc, phone, Role::PlatformAdmin).await;
    (actor.clone(), uc.admin_actor(Some(actor)).expect("let in"))
}

on_both! {
    async fn a_role_is_granted_and_taken_with_the_next_request(scratch) {
        let uc = salon(&scratch);
        let admin = platform_admin(&uc, FIRST).await;
        let signed_in = sign_in(&uc, SARA).await;
        let (sara, access) = (signed_in.user.id, signed_in.tokens.as_ref().expect("an API session").access.clone());
        let roles = async || uc.actor_of_access_token(&access).await.expect("signed in").user.roles;
        assert_eq!(uc.grant_person_role(&admin, sara, Role::PlatformAdmin).await.expect("grants").roles, [Role::PlatformAdmin]);
        uc.grant_person_role(&admin, sara, Role::PlatformAdmin).await.expect("has it already");
        assert_eq!(roles().await, [Role::PlatformAdmin]);
        assert!(uc.revoke_person_role(&admin, sara, Role::PlatformAdmin).await.expect("takes").roles.is_empty());
        assert!(roles().await.is_empty());
        assert!(matches!(uc.revoke_person_role(&admin, sara, Role::PlatformAdmin).await, Err(Error::NotFound)), "not theirs any more");
        let audit = uc.list_person_audit(&admin, sara, None).await.expect("reads").page.items;
        let count = |action: &str| audit.iter().filter(|deed| deed.deed.entry.action == action && deed.staff.is_some()).count();
        assert_eq!((count("role_granted"), count("role_revoked")), (1, 1));
    }
}

on_both! {
    async fn a_role_is_for_those_who_have_proved_their_phone_and_one_of_a_salon_is_not_on_offer(scratch) {
        let uc = salon(&scratch);
        let admin = platform_admin(&uc, FIRST).await;
        let pending = uc.add_user(SARA).await.expect("added");
        assert!(matches!(uc.grant_person_role(&admin, pending.id, Role::PlatformAdmin).await, Err(Error::Conflict)));
        let signed_in = sign_in(&uc, SARA).await;
        for role in [Role::Owner, Role::Manager, Role::Reception, Role::Stylist] {
            assert!(matches!(uc.grant_person_role(&admin, signed_in.user.id, role).await, Err(Error::Validation(_))));
            assert!(matches!(uc.revoke_person_role(&admin, signed_in.user.id, role).await, Err(Error::Validation(_))));
        }
        uc.block_person(&admin, signed_in.user.id, "x").await.expect("blocks");
        assert!(matches!(uc.grant_person_role(&admin, signed_in.user.id, Role::PlatformAdmin).await, Err(Error::Conflict)));
    }
}

on_both! {
    async fn granting_wants_the_second_factor_of_a_moment_ago(scratch) {
        let uc = salon(&scratch);
        let admin = platform_admin(&uc, FIRST).await;
        let sara = actor(&sign_in(&uc, SARA).await).user.id;
        wait(&uc, 601);
        assert!(matches!(uc.grant_person_role(&admin, sara, Role::PlatformAdmin).await, Err(Error::StepUpRequired)));
        assert!(matches!(uc.revoke_person_role(&admin, sara, Role::PlatformAdmin).await, Err(Error::StepUpRequired)));
    }
}

on_both! {
    async fn the_last_one_keeps_the_role(scratch) {
        let uc = salon(&scratch);
        let (me, admin) = let_in(&uc, FIRST).await;
        assert!(matches!(uc.revoke_person_role(&admin, me.user.id, Role::PlatformAdmin).await, Err(Error::Conflict)));
        // Somebody blocked has the role and cannot use it.
        let (other, _) = let_in(&uc, SECOND).await;
        uc.block_person(&admin, other.user.id, "left").await.expect("blocks");
        assert!(matches!(uc.revoke_person_role(&admin, me.user.id, Role::PlatformAdmin).await, Err(Error::Conflict)));
        uc.unblock_person(&admin, other.user.id).await.expect("unblocks");
        assert!(uc.revoke_person_role(&admin, me.user.id, Role::PlatformAdmin).await.expect("another is left").roles.is_empty());
        assert!(matches!(uc.block_person(&admin, other.user.id, "x").await, Err(Error::Forbidden)), "no admin any more");
    }
}

on_both! {
    async fn the_last_one_is_not_erased_either(scratch) {
        let uc = salon(&scratch);
        let (me, admin) = let_in(&uc, FIRST).await;
        assert!(matches!(uc.erase_me(&me).await, Err(Error::Conflict)));
        let (other, _) = let_in(&uc, SECOND).await;
        uc.block_person(&admin, other.user.id, "left").await.expect("blocks");
        assert!(matches!(uc.erase_me(&me).await, Err(Error::Conflict)), "the other cannot use it");
        uc.unblock_person(&admin, other.user.id).await.expect("unblocks");
        let pair = [me, other];
        let outcomes = at_once(2, |place| {
            let (uc, actor) = (uc.clone(), pair[place].clone());
            async move { uc.erase_me(&actor).await }
        })
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        assert_eq!(left(&uc, &pair).await, 1);
    }
}

/// How many can still run the platform.
async fn left(uc: &Usecases, actors: &[Actor]) -> usize {
    let mut left = 0;
    for actor in actors {
        let user = store::users::find(&mut uc.store().read().await.expect("connects"), actor.user.id)
            .await
            .expect("reads")
            .expect("there");
        left += usize::from(user.roles.contains(&Role::PlatformAdmin) && user.status == domain::user::UserStatus::Active);
    }
    left
}

on_both! {
    async fn admins_who_take_each_others_role_at_once_leave_one(scratch) {
        let uc = salon(&scratch);
        let mut all = Vec::new();
        for number in 0..6 {
            all.push(let_in(&uc, &format!("050000000{number}")).await);
        }
        // In a ring: each takes the role of the next.
        let outcomes = at_once(all.len(), |place| {
            let (uc, admin, victim) = (uc.clone(), all[place].1.clone(), all[(place + 1) % all.len()].0.user.id);
            async move { uc.revoke_person_role(&admin, victim, Role::PlatformAdmin).await.map(drop) }
        })
        .await;
        for outcome in &outcomes {
            assert!(matches!(outcome, Ok(()) | Err(Error::Forbidden | Error::NotFound | Error::Conflict)), "{outcome:?}");
        }
        let actors: Vec<_> = all.iter().map(|(actor, _)| actor.clone()).collect();
        let taken = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(left(&uc, &actors).await, actors.len() - taken);
        assert!(taken < actors.len() && taken > 0, "{outcomes:?}");
    }
}

on_both! {
    async fn two_admins_at_each_other_leave_exactly_one(scratch) {
        let uc = salon(&scratch);
        let (first, second) = (let_in(&uc, FIRST).await, let_in(&uc, SECOND).await);
        let pair = [first, second];
        let outcomes = at_once(2, |place| {
            let (uc, admin, victim) = (uc.clone(), pair[place].1.clone(), pair[1 - place].0.user.id);
            async move {
                // One takes the role, the other shuts out: both need the same turn.
                if place == 0 {
                    uc.revoke_person_role(&admin, victim, Role::PlatformAdmin).await.map(drop)
                } else {
                    uc.block_person(&admin, victim, "you or me").await.map(drop)
                }
            }
        })
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        let actors = pair.map(|(actor, _)| actor);
        assert_eq!(left(&uc, &actors).await, 1);
    }
}

on_both! {
    async fn all_who_give_the_role_up_at_once_leave_one(scratch) {
        let uc = salon(&scratch);
        let mut all = Vec::new();
        for number in 0..5 {
            all.push(let_in(&uc, &format!("050000000{number}")).await);
        }
        let outcomes = at_once(all.len(), |place| {
            let (uc, (me, admin)) = (uc.clone(), all[place].clone());
            async move { uc.revoke_person_role(&admin, me.user.id, Role::PlatformAdmin).await.map(drop) }
        })
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), all.len() - 1, "{outcomes:?}");
        assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::Conflict))).count(), 1);
    }
}
