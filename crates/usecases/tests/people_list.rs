//! Who may look for people, and what the one box says it understood.

use crate::support::{actor, process_with, sign_in, start, wait};
use domain::people::Search;
use domain::permission::Permission;
use domain::role::Role;
use domain::session::Session;
use sms::SmsSender;
use store::on_both;
use store::testing::Scratch;
use usecases::clock::Clock;
use usecases::settings::Settings;
use usecases::{Actor, Admin, Error, ListUsers, Usecases, UserList};

const ADMIN: &str = "0500000001";

fn salon(scratch: &Scratch) -> Usecases {
    process_with(scratch.store.clone(), SmsSender::Outbox, Clock::manual(start()), Settings::default())
}

/// Somebody with a role, signed in.
async fn with_role(uc: &Usecases, phone: &str, role: Role) -> Actor {
    let signed_in = sign_in(uc, phone).await;
    let user = uc.grant_role(phone, role).await.expect("granted");
    let session = Session { second_factor_at: Some(uc.clock().now()), ..signed_in.session };
    Actor { user, session }
}

async fn admin(uc: &Usecases) -> Admin {
    uc.admin_actor(Some(with_role(uc, ADMIN, Role::PlatformAdmin).await)).expect("let in")
}

async fn look(uc: &Usecases, admin: &Admin, typed: &str) -> UserList {
    uc.list_users(admin, &ListUsers { typed: typed.to_owned(), ..ListUsers::default() }).await.expect("looks")
}

on_both! {
    async fn only_who_runs_the_platform_looks_for_people(scratch) {
        let uc = salon(&scratch);
        for (number, role) in Role::ALL.into_iter().enumerate() {
            let person = with_role(&uc, &format!("050000001{number}"), role).await;
            let admin = uc.admin_actor(Some(person)).expect("has a role");
            let outcome = uc.list_users(&admin, &ListUsers::default()).await;
            let is_allowed = role.may(Permission::PeopleView);
            assert_eq!(outcome.is_ok(), is_allowed, "{role:?}");
            assert!(is_allowed || matches!(outcome, Err(Error::Forbidden)));
        }
    }
}

on_both! {
    async fn a_customer_a_stranger_and_a_phone_alone_do_not_come_in(scratch) {
        let uc = salon(&scratch);
        let customer = actor(&sign_in(&uc, "0501234567").await);
        assert!(matches!(uc.admin_actor(Some(customer)), Err(Error::Forbidden)));
        assert!(matches!(uc.admin_actor(None), Err(Error::Unauthenticated)));
        wait(&uc, 61);
        let boss = with_role(&uc, ADMIN, Role::PlatformAdmin).await;
        let session = Session { second_factor_at: None, ..boss.session.clone() };
        let phone_alone = uc.admin_actor(Some(Actor { session, ..boss }));
        assert!(matches!(phone_alone, Err(Error::SecondFactorRequired)));
    }
}

on_both! {
    async fn a_good_phone_that_nobody_has_can_be_added(scratch) {
        let uc = salon(&scratch);
        let admin = admin(&uc).await;
        let list = look(&uc, &admin, "٠٥٥ ٥٥٥ ٥٥٥٥").await;
        assert_eq!(list.addable.map(|phone| phone.as_e164().to_owned()).as_deref(), Some("+966555555555"));
        assert!(list.page.items.is_empty());

        // Pending people are hidden from the list, and found by their phone all the same.
        let added = uc.add_user("0555555555").await.expect("added");
        let list = look(&uc, &admin, "+966 55 555 5555").await;
        assert_eq!((list.page.items.first().map(|user| user.id), list.addable), (Some(added.id), None));
        assert_eq!(look(&uc, &admin, "").await.page.items.len(), 1);

        assert_eq!(look(&uc, &admin, "5557").await.addable, None, "a part is no phone");
        let elsewhere = look(&uc, &admin, "+7 912 345 67 89").await;
        assert!(matches!(elsewhere.search, Search::Phone(_)));
        assert_eq!(elsewhere.addable, None, "no texts go there");
    }
}
