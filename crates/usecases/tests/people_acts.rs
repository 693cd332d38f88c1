//! What an admin does to people, and what they may not.

use domain::error::FieldError;
use domain::ids::{NoteId, SessionId, UserId};
use domain::locale::Locale;
use domain::permission::Permission;
use domain::role::Role;
use domain::user::{User, UserStatus};
use store::on_both;
use usecases::{AddPerson, Admin, Doer, Error, UpdateMe, Usecases};
use uuid::Uuid;

use crate::support::staff::{platform_admin, with_role};
use crate::support::{actor, answer, code_for, here, request, salon, sign_in, wait};

const ADMIN: &str = "0500000001";
const SARA: &str = "0501234567";
const NOBODY: UserId = UserId(Uuid::nil());

/// What the record has of somebody, newest first: the action, who did it, what else.
async fn deeds(uc: &Usecases, admin: &Admin, id: UserId) -> Vec<(String, String, serde_json::Value)> {
    let history = uc.list_person_audit(admin, id, None).await.expect("reads");
    let tell = |deed: &usecases::SignedDeed| {
        let by = match deed.doer() {
            Doer::Themselves => "self".to_owned(),
            Doer::Staff(_) => deed
                .staff
                .as_ref()
                .and_then(|user| user.phone.as_ref())
                .map_or_else(String::new, |phone| phone.as_e164().to_owned()),
            Doer::System(name) => name.to_owned(),
        };
        (deed.deed.entry.action.clone(), by, deed.deed.entry.detail.clone())
    };
    history.page.items.iter().map(tell).collect()
}

fn refusals(error: &Error) -> Vec<(String, FieldError)> {
    match error {
        Error::Validation(errors) => errors.iter().map(|error| (error.pointer.clone(), error.code)).collect(),
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn a_block_bites_at_once_is_told_why_and_can_be_undone(scratch) {
        let uc = salon(&scratch);
        let admin = platform_admin(&uc, ADMIN).await;
        let signed_in = sign_in(&uc, SARA).await;
        let (sara, access) = (signed_in.user.id, signed_in.tokens.as_ref().expect("an API session").access.clone());
        let waiting = { wait(&uc, 61); request(&uc, SARA).await.expect("asks") };
        let code = code_for(&uc, &waiting.challenge).await;

        assert_eq!(refusals(&uc.block_person(&admin, sara, " \u{200b}\n").await.expect_err("no reason")), [("/reason".to_owned(), FieldError::Required)]);
        let long = "س".repeat(501);
        assert_eq!(refusals(&uc.block_person(&admin, sara, &long).await.expect_err("too long")), [("/reason".to_owned(), FieldError::TooLong)]);
        uc.actor_of_access_token(&access).await.expect("still in");

        let blocked = uc.block_person(&admin, sara, "  does not\u{202e} show up \n").await.expect("blocks");
        assert_eq!(blocked.status, UserStatus::Blocked);
        assert!(matches!(uc.actor_of_access_token(&access).await, Err(Error::SessionEnded)));
        assert!(uc.verify_code(answer(waiting.challenge.id, &code), &here()).await.is_err(), "a code of before is dead");
        uc.block_person(&admin, sara, "again").await.expect("nothing to do");
        let told = deeds(&uc, &admin, sara).await;
        assert_eq!(told[0], ("user_blocked".to_owned(), "+966500000001".to_owned(), serde_json::json!({ "reason": "does not show up" })));
        assert_eq!(told.iter().filter(|deed| deed.0 == "user_blocked").count(), 1, "the second changed nothing");

        let back = uc.unblock_person(&admin, sara).await.expect("unblocks");
        assert_eq!(back.status, UserStatus::Active);
        uc.unblock_person(&admin, sara).await.expect("nothing to do");
        assert_eq!(deeds(&uc, &admin, sara).await.iter().filter(|deed| deed.0 == "user_unblocked").count(), 1);
        assert!(uc.actor_of_access_token(&access).await.is_err(), "what ended stays ended");
        assert!(matches!(uc.block_person(&admin, NOBODY, "x").await, Err(Error::NotFound)));
        assert!(matches!(uc.unblock_person(&admin, NOBODY).await, Err(Error::NotFound)));
    }
}

on_both! {
    async fn an_admin_does_not_block_themself_and_a_blocked_one_blocks_nobody(scratch) {
        let uc = salon(&scratch);
        let me = with_role(&uc, ADMIN, Role::PlatformAdmin).await;
        let admin = uc.admin_actor(Some(me.clone())).expect("let in");
        assert!(matches!(uc.block_person(&admin, me.user.id, "tired").await, Err(Error::Forbidden)));
        let sara = uc.add_user(SARA).await.expect("added");
        // Let in, and shut out before the act.
        uc.block_user(ADMIN, true).await.expect("blocked");
        assert!(matches!(uc.block_person(&admin, sara.id, "x").await, Err(Error::SessionEnded)));
        assert!(matches!(uc.unblock_person(&admin, sara.id).await, Err(Error::SessionEnded)));
    }
}

on_both! {
    async fn sessions_end_one_or_all_and_their_devices_are_forgotten(scratch) {
        let uc = salon(&scratch);
        let me = with_role(&uc, ADMIN, Role::PlatformAdmin).await;
        let admin = uc.admin_actor(Some(me.clone())).expect("let in");
        let mut hers = Vec::new();
        for _ in 0..3 {
            hers.push(sign_in(&uc, SARA).await);
            wait(&uc, 61);
        }
        let sara = hers[0].user.id;
        let is_alive = async |number: usize| {
            let access = hers[number].tokens.as_ref().expect("an API session").access.clone();
            uc.actor_of_access_token(&access).await.is_ok()
        };
        uc.end_person_session(&admin, sara, hers[0].session.id).await.expect("ends");
        assert_eq!((is_alive(0).await, is_alive(1).await), (false, true));
        for (whose, session) in [(sara, hers[0].session.id), (me.user.id, hers[1].session.id), (sara, SessionId(Uuid::nil()))] {
            assert!(matches!(uc.end_person_session(&admin, whose, session).await, Err(Error::NotFound)));
        }
        assert_eq!(uc.end_person_sessions(&admin, sara).await.expect("ends"), 2);
        assert!(!is_alive(1).await && !is_alive(2).await);
        assert!(matches!(uc.end_person_sessions(&admin, NOBODY).await, Err(Error::NotFound)));
        let told: Vec<_> = deeds(&uc, &admin, sara).await.into_iter().map(|deed| (deed.0, deed.1)).collect();
        assert!(told.contains(&("all_sessions_ended".to_owned(), "+966500000001".to_owned())), "{told:?}");
        // Of their own they keep the one they sit at.
        assert_eq!(uc.end_person_sessions(&admin, me.user.id).await.expect("ends"), 0);
        assert_eq!(uc.list_sessions(&me).await.expect("reads").len(), 1);
    }
}

on_both! {
    async fn names_are_corrected_and_what_is_the_owners_to_prove_is_not(scratch) {
        let uc = salon(&scratch);
        let admin = platform_admin(&uc, ADMIN).await;
        let sara = uc.add_user(SARA).await.expect("added");
        wait(&uc, 1);
        let change = UpdateMe { given_name: Some(Some("  سارة\u{202e} ".to_owned())), email: Some(Some("sara@example.com".to_owned())), locale: Some(Locale::En), ..UpdateMe::default() };
        let after = uc.update_person(&admin, sara.id, change.clone()).await.expect("changes");
        assert_eq!((after.given_name.as_deref(), after.email.as_deref(), after.locale), (Some("سارة"), Some("sara@example.com"), Locale::En));
        assert_eq!((after.phone, after.is_phone_verified, after.status, after.epoch), (sara.phone, false, UserStatus::Pending, 0));
        uc.update_person(&admin, sara.id, change).await.expect("nothing changes");
        let told = deeds(&uc, &admin, sara.id).await;
        assert_eq!(told.iter().filter(|deed| deed.0 == "profile_changed").count(), 1, "{told:?}");
        assert_eq!(told[0].2, serde_json::json!({ "fields": ["given_name", "email", "locale"] }));
        let wrong = UpdateMe { family_name: Some(Some("x".repeat(81))), email: Some(Some("nobody".to_owned())), ..UpdateMe::default() };
        let refused = refusals(&uc.update_person(&admin, sara.id, wrong).await.expect_err("wrong"));
        assert_eq!(refused, [("/family_name".to_owned(), FieldError::TooLong), ("/email".to_owned(), FieldError::NotAnEmail)]);
        assert!(matches!(uc.update_person(&admin, NOBODY, UpdateMe::default()).await, Err(Error::NotFound)));
    }
}

on_both! {
    async fn notes_are_kept_removed_by_their_author_told_to_the_person_and_erased_with_them(scratch) {
        let uc = salon(&scratch);
        let (first, second) = (platform_admin(&uc, ADMIN).await, platform_admin(&uc, "0500000002").await);
        let me = actor(&sign_in(&uc, SARA).await);
        let sara = me.user.id;
        assert_eq!(refusals(&uc.add_note(&first, sara, "\u{200f} \n").await.expect_err("empty")), [("/text".to_owned(), FieldError::Required)]);
        assert_eq!(refusals(&uc.add_note(&first, sara, &"x".repeat(2_001)).await.expect_err("long")), [("/text".to_owned(), FieldError::TooLong)]);
        let note = uc.add_note(&first, sara, "تفضل المساء\r\n\r\n\r\nquiet\u{202e}").await.expect("writes");
        assert_eq!(note.note.text, "تفضل المساء\n\nquiet");
        wait(&uc, 1);
        let other = uc.add_note(&second, sara, "two").await.expect("writes");

        let seen = uc.list_notes(&first, sara, None).await.expect("reads").page.items;
        assert_eq!(seen.iter().map(|note| (note.note.text.as_str(), note.is_own)).collect::<Vec<_>>(), [("two", false), ("تفضل المساء\n\nquiet", true)]);
        assert!(matches!(uc.delete_note(&first, sara, other.note.id).await, Err(Error::NotFound)), "not theirs");
        uc.delete_note(&second, sara, other.note.id).await.expect("removes");
        assert!(matches!(uc.delete_note(&first, sara, NoteId(Uuid::nil())).await, Err(Error::NotFound)));
        assert!(matches!(uc.add_note(&first, NOBODY, "x").await, Err(Error::NotFound)));

        let export = uc.export_me(&me).await.expect("exports");
        assert_eq!(export["notes"].as_array().map(Vec::len), Some(1));
        assert_eq!(export["notes"][0]["text"], "تفضل المساء\n\nquiet");
        let text = export.to_string();
        for author in [&note, &other] {
            assert!(!text.contains(&author.note.author.to_string()), "never who: {text}");
        }
        let doers: Vec<_> = export["history"].as_array().expect("a list").iter().map(|entry| (entry["action"].as_str(), entry["by"].as_str())).collect();
        assert!(doers.contains(&(Some("note_added"), Some("staff"))), "{doers:?}");

        uc.erase_me(&me).await.expect("erases");
        assert!(uc.list_notes(&first, sara, None).await.expect("reads").page.items.is_empty());
        for late in [uc.add_note(&first, sara, "late").await.map(drop), uc.update_person(&first, sara, UpdateMe::default()).await.map(drop), uc.block_person(&first, sara, "late").await.map(drop)] {
            assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
        }
    }
}

on_both! {
    async fn a_person_is_added_by_phone_once_and_those_who_were_there_stay_as_they_are(scratch) {
        let uc = salon(&scratch);
        let admin = platform_admin(&uc, ADMIN).await;
        let input = |phone: &str, name: &str| AddPerson { phone: phone.to_owned(), given_name: Some(name.to_owned()), family_name: None, locale: Some(Locale::En) };
        let added = uc.add_person(&admin, input("٠٥٠ ١٢٣ ٤٥٦٧", " سارة ")).await.expect("adds");
        assert!(added.is_new);
        assert_eq!((added.user.given_name.as_deref(), added.user.locale, added.user.is_phone_verified), (Some("سارة"), Locale::En, false));
        let again = uc.add_person(&admin, input("+966 50 123 4567", "نورة")).await.expect("finds");
        assert_eq!((again.is_new, again.user.clone()), (false, added.user.clone()));
        assert!(matches!(uc.add_person(&admin, input("12", "x")).await, Err(Error::InvalidPhone(_))));
        let refused = uc.add_person(&admin, input("0555555555", &"x".repeat(81))).await.expect_err("a long name");
        assert_eq!(refusals(&refused), [("/given_name".to_owned(), FieldError::TooLong)]);
        let nobody = uc.list_users(&admin, &usecases::ListUsers { typed: "0555555555".into(), ..Default::default() }).await.expect("looks");
        assert!(nobody.page.items.is_empty(), "nothing was written");

        // To the person it was staff; to an admin it was that admin.
        let me = actor(&sign_in(&uc, SARA).await);
        let export = uc.export_me(&me).await.expect("exports");
        let added_by: Vec<_> = export["history"].as_array().expect("a list").iter().filter(|entry| entry["action"] == "user_added").map(|entry| entry["by"].clone()).collect();
        assert_eq!(added_by, ["staff"]);
        assert!(deeds(&uc, &admin, me.user.id).await.iter().any(|deed| deed.0 == "user_added" && deed.1 == "+966500000001"));
    }
}

/// Tries everything there is once.
async fn try_all(uc: &Usecases, admin: &Admin, sara: &User) -> Vec<(Permission, Result<(), Error>)> {
    let id = sara.id;
    vec![
        (Permission::PeopleView, uc.list_notes(admin, id, None).await.map(drop)),
        (
            Permission::PeopleAdd,
            uc.add_person(admin, AddPerson { phone: SARA.to_owned(), ..AddPerson::default() }).await.map(drop),
        ),
        (Permission::PeopleEdit, uc.update_person(admin, id, UpdateMe::default()).await.map(drop)),
        (Permission::PeopleEdit, uc.add_note(admin, id, "x").await.map(drop)),
        (Permission::PeopleEdit, uc.delete_note(admin, id, NoteId(Uuid::nil())).await),
        (Permission::PeopleBlock, uc.block_person(admin, id, "x").await.map(drop)),
        (Permission::PeopleBlock, uc.unblock_person(admin, id).await.map(drop)),
        (Permission::PeopleEndSessions, uc.end_person_session(admin, id, SessionId(Uuid::nil())).await),
        (Permission::PeopleEndSessions, uc.end_person_sessions(admin, id).await.map(drop)),
        (Permission::RoleGrant, uc.grant_person_role(admin, id, Role::PlatformAdmin).await.map(drop)),
        (Permission::RoleGrant, uc.revoke_person_role(admin, id, Role::PlatformAdmin).await.map(drop)),
        (Permission::AuditView, uc.list_person_audit(admin, id, None).await.map(drop)),
        (Permission::AuditView, uc.list_person_codes(admin, id, None).await.map(drop)),
        (Permission::AuditView, uc.list_person_messages(admin, id, None).await.map(drop)),
    ]
}

on_both! {
    async fn each_act_asks_for_its_own_permission(scratch) {
        let uc = salon(&scratch);
        let sara = uc.add_user(SARA).await.expect("added");
        for (number, role) in Role::ALL.into_iter().enumerate() {
            let person = with_role(&uc, &format!("050000001{number}"), role).await;
            let admin = uc.admin_actor(Some(person)).expect("has a role");
            for (place, (permission, outcome)) in try_all(&uc, &admin, &sara).await.into_iter().enumerate() {
                assert_eq!(matches!(outcome, Err(Error::Forbidden)), !role.may(permission), "{role:?} {place} {outcome:?}");
            }
        }
    }
}
