//! Passkeys as the second factor: made, shown, revoked, replayed and raced for.

use domain::notice::NoticeKind;
use store::on_both;
use usecases::{Actor, AddPasskey, Error, SignedIn, Usecases};

use crate::support::passkeys::{ORIGIN, add, authenticator, refused_passkey, show};
use crate::support::{actor, salon, sign_in, wait, wrong};

const NUMBER: &str = "0501234567";

/// The actor of this session as the next request finds them.
async fn again(uc: &Usecases, signed_in: &SignedIn) -> Actor {
    let access = &signed_in.tokens.as_ref().expect("an API session").access;
    uc.actor_of_access_token(access).await.expect("alive")
}

fn has_shown(uc: &Usecases, me: &Actor) -> bool {
    me.require_second_factor(uc.clock().now()).is_ok()
}

async fn actions(uc: &Usecases, me: &Actor) -> Vec<String> {
    let export = uc.export_me(me).await.expect("exports");
    let history = export["history"].as_array().expect("a list");
    let mut actions: Vec<_> = history.iter().map(|entry| entry["action"].as_str().expect("text").to_owned()).collect();
    actions.sort_unstable();
    actions
}

on_both! {
    async fn the_first_passkey_comes_with_recovery_codes_and_opens_the_gate(scratch) {
        let uc = salon(&scratch);
        let signed_in = sign_in(&uc, NUMBER).await;
        let added = add(&uc, &actor(&signed_in), &mut authenticator(1)).await.expect("adds");
        assert_eq!(added.recovery_codes.len(), 10);
        let me = again(&uc, &signed_in).await;
        assert!(has_shown(&uc, &me));
        let held = uc.find_second_factor(&me).await.expect("reads");
        assert_eq!((held.since, held.passkeys, held.recovery_codes_left), (None, 1, 10));
        let listed = uc.list_passkeys(&me).await.expect("reads");
        assert_eq!(listed, [added.passkey]);
        assert_eq!((listed[0].name.as_str(), listed[0].last_used_at), ("Sara's phone", None));
        assert_eq!(actions(&uc, &me).await, ["passkey_added", "phone_claimed"]);
        uc.show_second_factor(&me, &added.recovery_codes[0].to_text()).await.expect("stands in for the passkey");
    }
}

on_both! {
    async fn a_passkey_alone_shows_the_second_factor_in_another_session(scratch) {
        let uc = salon(&scratch);
        let mut phone = authenticator(1);
        add(&uc, &actor(&sign_in(&uc, NUMBER).await), &mut phone).await.expect("adds");
        wait(&uc, 61);
        let there = sign_in(&uc, NUMBER).await;
        assert!(!has_shown(&uc, &again(&uc, &there).await));
        show(&uc, &actor(&there), &mut phone).await.expect("right");
        let me = again(&uc, &there).await;
        me.require_step_up(uc.clock().now(), chrono::TimeDelta::minutes(10)).expect("a step-up too");
        assert_eq!(uc.list_passkeys(&me).await.expect("reads")[0].last_used_at, Some(uc.clock().now()));
        assert!(actions(&uc, &me).await.contains(&"second_factor_shown".to_owned()));
        let none = uc.show_second_factor(&me, "123456").await;
        assert!(matches!(none, Err(Error::NotFound)), "no app to show: {none:?}");
    }
}

on_both! {
    async fn each_factor_after_the_first_needs_one_that_is_shown(scratch) {
        let uc = salon(&scratch);
        let first = sign_in(&uc, NUMBER).await;
        wait(&uc, 601);
        let stale = uc.begin_passkey(&actor(&first)).await;
        assert!(matches!(stale, Err(Error::FreshAuthenticationRequired)), "{stale:?}");
        let second = sign_in(&uc, NUMBER).await;
        let mut phone = authenticator(1);
        add(&uc, &actor(&second), &mut phone).await.expect("adds");
        wait(&uc, 61);
        let third = sign_in(&uc, NUMBER).await;
        for refusal in [uc.begin_passkey(&actor(&third)).await.err(), uc.begin_enrolment(&actor(&third)).await.err()] {
            assert!(matches!(refusal, Some(Error::SecondFactorRequired)), "{refusal:?}");
        }
        show(&uc, &actor(&third), &mut phone).await.expect("right");
        let me = again(&uc, &third).await;
        let more = add(&uc, &me, &mut authenticator(2)).await.expect("adds another");
        assert_eq!(more.recovery_codes.len(), 0, "there are some");
        let secret = uc.begin_enrolment(&me).await.expect("begins").secret;
        let code = secret.code_at(uc.clock().now()).expose().to_owned();
        assert_eq!(uc.confirm_enrolment(&me, &code).await.expect("confirms").len(), 0);
        let held = uc.find_second_factor(&me).await.expect("reads");
        assert_eq!((held.since.is_some(), held.passkeys, held.recovery_codes_left), (true, 2, 10));
        wait(&uc, 601);
        // The access token is over; its session is not.
        let late = uc.begin_passkey(&me).await;
        assert!(matches!(late, Err(Error::StepUpRequired)), "{late:?}");
    }
}

on_both! {
    async fn nothing_but_a_whole_and_fresh_passkey_of_this_site_is_added(scratch) {
        let uc = salon(&scratch);
        let me = actor(&sign_in(&uc, NUMBER).await);
        let mut elsewhere = authenticator(1);
        "https://salon.example.evil.example".clone_into(&mut elsewhere.origin);
        refused_passkey(add(&uc, &me, &mut elsewhere).await);
        let mut careless = authenticator(1);
        careless.verifies = false;
        refused_passkey(add(&uc, &me, &mut careless).await);
        let begun = uc.begin_passkey(&me).await.expect("begins");
        let credential = authenticator(1).make(&begun.options);
        let input = || AddPasskey { ceremony: begun.id, credential: credential.clone(), name: String::new() };
        wait(&uc, 300);
        refused_passkey(uc.add_passkey(&me, input()).await);
        let begun = uc.begin_passkey(&me).await.expect("begins");
        let nonsense = AddPasskey { ceremony: begun.id, credential: serde_json::json!({ "id": 1 }), name: String::new() };
        let outcome = uc.add_passkey(&me, nonsense.clone()).await;
        assert!(matches!(outcome, Err(Error::Validation(_))), "{outcome:?}");
        refused_passkey(uc.add_passkey(&me, AddPasskey { credential: authenticator(1).make(&begun.options), ..nonsense }).await);
        assert_eq!(uc.list_passkeys(&me).await.expect("reads"), []);
        add(&uc, &me, &mut authenticator(1)).await.expect("adds");
        // A key that somebody has is nobody else's, and what one session began no other ends.
        let nora = actor(&sign_in(&uc, "0559876543").await);
        refused_passkey(add(&uc, &nora, &mut authenticator(1)).await);
        let begun = uc.begin_passkey(&nora).await.expect("begins");
        let credential = authenticator(2).make(&begun.options);
        refused_passkey(uc.add_passkey(&me, AddPasskey { ceremony: begun.id, credential, name: String::new() }).await);
    }
}

on_both! {
    async fn of_two_processes_that_finish_one_ceremony_one_does(scratch) {
        let processes = [salon(&scratch), salon(&scratch)];
        let uc = &processes[0];
        let me = actor(&sign_in(uc, NUMBER).await);
        let mut phone = authenticator(1);
        let begun = uc.begin_passkey(&me).await.expect("begins");
        let input = AddPasskey { ceremony: begun.id, credential: phone.make(&begun.options), name: "Phone".to_owned() };
        let outcomes = store::testing::at_once(8, |place| {
            let (uc, me, input) = (processes[place % 2].clone(), me.clone(), input.clone());
            async move { uc.add_passkey(&me, input).await.map(drop) }
        })
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        outcomes.into_iter().filter(Result::is_err).for_each(refused_passkey);
        let begun = uc.begin_passkey_show(&me).await.expect("begins");
        let credential = phone.show(&begun.options);
        let outcomes = store::testing::at_once(8, |place| {
            let (uc, me, credential) = (processes[place % 2].clone(), me.clone(), credential.clone());
            let id = begun.id;
            async move { uc.show_passkey(&me, id, credential).await }
        })
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        outcomes.into_iter().filter(Result::is_err).for_each(refused_passkey);
    }
}

on_both! {
    async fn a_passkey_is_shown_by_its_owner_in_the_session_that_asked_and_once(scratch) {
        let uc = salon(&scratch);
        let (sara, nora) = (sign_in(&uc, NUMBER).await, sign_in(&uc, "0559876543").await);
        let (mut of_sara, mut of_nora) = (authenticator(1), authenticator(2));
        let none = uc.begin_passkey_show(&actor(&sara)).await;
        assert!(matches!(none, Err(Error::NotFound)), "{none:?}");
        add(&uc, &actor(&sara), &mut of_sara).await.expect("adds");
        add(&uc, &actor(&nora), &mut of_nora).await.expect("adds");
        wait(&uc, 61);
        let there = sign_in(&uc, NUMBER).await;
        let me = actor(&there);
        refused_passkey(show(&uc, &me, &mut of_nora).await);
        "http://localhost:3001".clone_into(&mut of_sara.origin);
        refused_passkey(show(&uc, &me, &mut of_sara).await);
        ORIGIN.clone_into(&mut of_sara.origin);
        of_sara.verifies = false;
        refused_passkey(show(&uc, &me, &mut of_sara).await);
        of_sara.verifies = true;
        let begun = uc.begin_passkey_show(&me).await.expect("begins");
        let credential = of_sara.show(&begun.options);
        refused_passkey(uc.show_passkey(&actor(&sara), begun.id, credential.clone()).await);
        assert!(!has_shown(&uc, &again(&uc, &there).await));
        uc.show_passkey(&me, begun.id, credential.clone()).await.expect("here it is right");
        refused_passkey(uc.show_passkey(&me, begun.id, credential).await);
        let late = uc.begin_passkey_show(&me).await.expect("begins");
        let credential = of_sara.show(&late.options);
        wait(&uc, 300);
        refused_passkey(uc.show_passkey(&me, late.id, credential).await);
        let refusals = actions(&uc, &me).await.into_iter().filter(|action| action == "second_factor_refused").count();
        assert_eq!(refusals, 6);
    }
}

on_both! {
    async fn a_counter_that_goes_back_tells_of_a_copy(scratch) {
        let uc = salon(&scratch);
        let me = actor(&sign_in(&uc, NUMBER).await);
        let mut phone = authenticator(1);
        phone.counter = 5;
        add(&uc, &me, &mut phone).await.expect("adds");
        let mut copy = phone.clone();
        show(&uc, &me, &mut phone).await.expect("6");
        show(&uc, &me, &mut phone).await.expect("7");
        refused_passkey(show(&uc, &me, &mut copy).await);
        refused_passkey(show(&uc, &me, &mut copy).await);
        show(&uc, &me, &mut phone).await.expect("8");
    }
}

on_both! {
    async fn a_passkey_is_called_something_else_by_its_owner_and_nobody_else(scratch) {
        let uc = salon(&scratch);
        let me = actor(&sign_in(&uc, NUMBER).await);
        let id = add(&uc, &me, &mut authenticator(1)).await.expect("adds").passkey.id;
        let renamed = uc.rename_passkey(&me, id, "  جوال سارة\n").await.expect("renamed");
        assert_eq!((renamed.id, renamed.name.as_str()), (id, "جوال سارة"));
        assert_eq!(uc.list_passkeys(&me).await.expect("lists"), [renamed]);
        let blank = uc.rename_passkey(&me, id, " \u{200b} ").await;
        assert!(matches!(blank, Err(Error::Validation(_))), "{blank:?}");
        let stranger = actor(&sign_in(&uc, "0507777777").await);
        let outcome = uc.rename_passkey(&stranger, id, "mine").await;
        assert!(matches!(outcome, Err(Error::NotFound)), "{outcome:?}");
        assert_eq!(uc.list_passkeys(&me).await.expect("lists")[0].name, "جوال سارة");
    }
}

on_both! {
    async fn a_passkey_that_was_given_up_shows_nothing_and_the_last_takes_the_codes_along(scratch) {
        let uc = salon(&scratch);
        let (first, second) = { let first = sign_in(&uc, NUMBER).await; wait(&uc, 61); (first, sign_in(&uc, NUMBER).await) };
        let (mut phone, mut laptop) = (authenticator(1), authenticator(2));
        let of_phone = add(&uc, &actor(&second), &mut phone).await.expect("adds").passkey.id;
        let me = again(&uc, &second).await;
        let of_laptop = add(&uc, &me, &mut laptop).await.expect("adds").passkey.id;
        show(&uc, &actor(&first), &mut phone).await.expect("right");
        uc.remove_passkey(&me, of_phone).await.expect("removes");
        assert!(!has_shown(&uc, &again(&uc, &first).await), "it may have been that one");
        assert!(has_shown(&uc, &again(&uc, &second).await));
        refused_passkey(show(&uc, &me, &mut phone).await);
        let gone = uc.remove_passkey(&me, of_phone).await;
        assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
        let thief = uc.remove_passkey(&again(&uc, &first).await, of_laptop).await;
        assert!(matches!(thief, Err(Error::SecondFactorRequired)), "{thief:?}");
        uc.remove_passkey(&me, of_laptop).await.expect("removes");
        let held = uc.find_second_factor(&me).await.expect("reads");
        assert_eq!((held.passkeys, held.recovery_codes_left, held.is_any()), (0, 0, false));
        assert!(!has_shown(&uc, &again(&uc, &second).await));
        let told: Vec<_> = uc.list_notices(&actor(&first)).await.expect("reads").iter().map(|notice| notice.kind).collect();
        let count = |kind| told.iter().filter(|told| **told == kind).count();
        assert_eq!((count(NoticeKind::PasskeyAdded), count(NoticeKind::PasskeyRemoved)), (2, 2), "{told:?}");
    }
}

on_both! {
    async fn giving_the_app_up_leaves_a_passkey_its_codes_and_an_operator_or_an_erasure_leaves_nothing(scratch) {
        let uc = salon(&scratch);
        let signed_in = sign_in(&uc, NUMBER).await;
        let mut phone = authenticator(1);
        add(&uc, &actor(&signed_in), &mut phone).await.expect("adds");
        let me = again(&uc, &signed_in).await;
        let secret = uc.begin_enrolment(&me).await.expect("begins").secret;
        let code = secret.code_at(uc.clock().now()).expose().to_owned();
        let refusal = uc.confirm_enrolment(&me, &wrong(&code)).await;
        assert!(matches!(refusal, Err(Error::InvalidCode { .. })), "{refusal:?}");
        uc.confirm_enrolment(&me, &code).await.expect("confirms");
        uc.remove_second_factor(&again(&uc, &signed_in).await).await.expect("removes");
        let held = uc.find_second_factor(&me).await.expect("reads");
        assert_eq!((held.since, held.passkeys, held.recovery_codes_left), (None, 1, 10));
        uc.reset_second_factor(NUMBER).await.expect("resets");
        assert!(!uc.find_second_factor(&me).await.expect("reads").is_any());
        assert!(!has_shown(&uc, &again(&uc, &signed_in).await));
        add(&uc, &me, &mut phone).await.expect("adds");
        uc.erase_me(&me).await.expect("erases");
        assert_eq!(uc.list_passkeys(&me).await.expect("reads"), []);
    }
}

on_both! {
    async fn twenty_passkeys_are_enough(scratch) {
        let uc = salon(&scratch);
        let signed_in = sign_in(&uc, NUMBER).await;
        for number in 1..=20 {
            add(&uc, &again(&uc, &signed_in).await, &mut authenticator(number)).await.expect("adds");
        }
        let more = uc.begin_passkey(&again(&uc, &signed_in).await).await;
        assert!(matches!(more, Err(Error::Conflict)), "{more:?}");
    }
}
