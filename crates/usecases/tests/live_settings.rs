//! What is set while Salon runs holds in every process, and cannot be what would not be started with.

use crate::support::{admin_of, process, process_with, request, salon, wait};
use domain::error::ErrorCode;
use domain::role::Role;
use serde_json::json;
use sms::SmsSender;
use store::testing::{Raw, Scratch};
use store::{Store, StoreOptions, on_both};
use usecases::settings::Settings;
use usecases::{Admin, Error, LiveChange, LiveKey, LiveValue, Usecases};

const ADMIN: &str = "0500000001";

/// Another process on the same database.
async fn another(scratch: &Scratch, uc: &Usecases) -> Usecases {
    let store = Store::connect(&scratch.url, &StoreOptions::default()).await.expect("connects");
    process(store, SmsSender::Outbox, uc.clock().clone())
}

async fn set(uc: &Usecases, admin: &Admin, key: LiveKey, value: LiveValue) -> Result<u32, Error> {
    let version = uc.read_live_settings(admin).await.expect("reads").version;
    uc.change_live_settings(admin, version, &[(key, Some(value))]).await.map(|settings| settings.version)
}

fn emirates(settings: &mut Settings) {
    settings.phones.countries = ["SA", "AE"].map(|code| domain::phone::Region::parse(code).expect("a country")).into();
}

on_both! {
    async fn a_change_in_one_process_bites_in_another(scratch) {
        let uc = salon(&scratch);
        let admin = admin_of(&uc, ADMIN, Role::PlatformAdmin).await;
        wait(&uc, 61);
        let other = another(&scratch, &uc).await;
        let before = request(&other, "0501234567").await.expect("a code");
        assert_eq!(before.challenge.code_length.digits(), 6);
        assert_eq!(set(&uc, &admin, LiveKey::CodeLength, LiveValue::Number(8)).await.expect("changed"), 1);
        assert_eq!(request(&uc, "0501234568").await.expect("a code").challenge.code_length.digits(), 8, "here at once");
        other.follow_live_settings().await.expect("looks");
        assert_eq!(request(&other, "0501234569").await.expect("a code").challenge.code_length.digits(), 8);

        let settings = uc.read_live_settings(&admin).await.expect("reads");
        let length = settings.settings.iter().find(|setting| setting.key == LiveKey::CodeLength).expect("listed");
        assert_eq!((length.configured.clone(), length.is_set), (LiveValue::Number(6), true));
        assert_eq!(settings.changed_by.map(|user| user.id), Some(admin_id(&admin)));
        // Back to what is configured.
        uc.change_live_settings(&admin, 1, &[(LiveKey::CodeLength, None)]).await.expect("changed");
        other.follow_live_settings().await.expect("looks");
        assert_eq!(request(&other, "0501234560").await.expect("a code").challenge.code_length.digits(), 6);
        other.store().close().await;
    }
}

fn admin_id(admin: &Admin) -> domain::ids::UserId {
    admin.require(domain::permission::Permission::SettingsEdit).expect("may").user.id
}

on_both! {
    async fn one_switch_leaves_saudi_numbers_alone_and_the_list_of_countries_as_it_is(scratch) {
        let mut settings = Settings::default();
        emirates(&mut settings);
        let uc = process_with(scratch.store.clone(), SmsSender::Outbox, usecases::clock::Clock::manual(crate::support::start()), settings);
        let admin = admin_of(&uc, ADMIN, Role::PlatformAdmin).await;
        wait(&uc, 61);
        let abroad = request(&uc, "+971501234567").await.expect("a code").challenge;
        uc.watch_fraud().await.expect("counts are written");

        let change: [LiveChange; 1] = [(LiveKey::OnlySaudi, Some(LiveValue::Switch(true)))];
        let review = uc.review_live_settings(&admin, &change).await.expect("reviews");
        assert_eq!((review.changes.len(), review.refused_codes, review.is_too_easy()), (1, 1, false));
        request(&uc, "+971501234560").await.expect("nothing has changed yet");
        uc.change_live_settings(&admin, 0, &change).await.expect("changed");
        assert!(matches!(request(&uc, "+971501234561").await, Err(Error::InvalidPhone(_))));
        wait(&uc, 61);
        assert!(matches!(uc.resend_code(abroad.id, &crate::support::here()).await, Err(Error::InvalidPhone(_))), "nor again");
        request(&uc, "0501234567").await.expect("a code");

        let back = [(LiveKey::OnlySaudi, None), (LiveKey::ForeignPaused, Some(LiveValue::Switch(true)))];
        uc.change_live_settings(&admin, 1, &back).await.expect("changed");
        let Err(error) = request(&uc, "+971501234561").await else { panic!("it was sent") };
        assert_eq!(error.code(), ErrorCode::Unavailable);
        let asked = usecases::ListAudit { action: Some("settings_changed".into()), ..Default::default() };
        let entries = uc.list_audit(&admin, &asked).await.expect("looks").page.items;
        assert_eq!(
            entries[0].detail,
            json!({ "phones.only_saudi": { "from": true, "to": false }, "phones.foreign_paused": { "from": false, "to": true } })
        );
        assert_eq!(entries[1].detail, json!({ "phones.only_saudi": { "from": false, "to": true } }));
    }
}

on_both! {
    async fn whoever_looked_at_an_older_version_changes_nothing(scratch) {
        let uc = salon(&scratch);
        let admin = admin_of(&uc, ADMIN, Role::PlatformAdmin).await;
        set(&uc, &admin, LiveKey::DailyMessages, LiveValue::Number(100)).await.expect("changed");
        for version in [0, 2] {
            let late = uc.change_live_settings(&admin, version, &[(LiveKey::MaxAttempts, Some(LiveValue::Number(3)))]).await;
            assert!(matches!(late, Err(Error::Conflict)), "{version}");
        }
        let same = set(&uc, &admin, LiveKey::DailyMessages, LiveValue::Number(100)).await.expect("nothing to do");
        assert_eq!(same, 1, "no new version for no change");
    }
}

on_both! {
    async fn what_salon_is_not_started_with_cannot_be_set_either(scratch) {
        let mut settings = Settings::default();
        settings.otp.guess_ceiling = 0.000_4;
        let store = scratch.store.clone();
        let uc = process_with(store, SmsSender::Outbox, usecases::clock::Clock::manual(crate::support::start()), settings);
        let admin = admin_of(&uc, ADMIN, Role::PlatformAdmin).await;
        let change: [LiveChange; 1] = [(LiveKey::GuessesPerPhoneDay, Some(LiveValue::Number(300)))];
        let review = uc.review_live_settings(&admin, &change).await.expect("reviews");
        assert!(review.is_too_easy() && review.guessing.bound.chance > review.before.guessing.bound.chance);
        let Err(Error::Validation(errors)) = uc.change_live_settings(&admin, 0, &change).await else { panic!("it was set") };
        assert_eq!(errors[0].pointer, "/otp.guesses_per_phone_day");
        assert_eq!(uc.read_live_settings(&admin).await.expect("reads").version, 0);
        // Together with longer codes it can.
        let both = [change[0].clone(), (LiveKey::CodeLength, Some(LiveValue::Number(8)))];
        uc.change_live_settings(&admin, 0, &both).await.expect("changed");
    }
}

on_both! {
    async fn a_document_that_cannot_be_read_changes_nothing_and_is_not_started_with(scratch) {
        let uc = salon(&scratch);
        let admin = admin_of(&uc, ADMIN, Role::PlatformAdmin).await;
        wait(&uc, 61);
        set(&uc, &admin, LiveKey::CodeLength, LiveValue::Number(8)).await.expect("changed");
        let mut raw = Raw::connect(&scratch.url).await;
        raw.run(r#"INSERT INTO live_settings (version, document, changed_at)
            VALUES (2, '{"phones.of_a_later_release":true}', '2027-01-01T00:00:00.000000Z')"#).await;
        assert!(matches!(uc.follow_live_settings().await, Err(Error::Internal(_))));
        assert_eq!(request(&uc, "0501234568").await.expect("a code").challenge.code_length.digits(), 8, "what held holds");
        let started = another(&scratch, &uc).await;
        assert!(matches!(started.follow_live_settings().await, Err(Error::Internal(_))));
        started.store().close().await;
        uc.reset_live_settings().await.expect("an operator gets out of it");
        uc.follow_live_settings().await.expect("reads");
        assert_eq!(request(&uc, "0501234569").await.expect("a code").challenge.code_length.digits(), 6);
    }
}

on_both! {
    async fn settings_are_for_those_who_may_and_have_just_shown_their_factor(scratch) {
        let uc = salon(&scratch);
        for (number, role) in Role::ALL.into_iter().enumerate() {
            let admin = admin_of(&uc, &format!("050000001{number}"), role).await;
            let change: [LiveChange; 1] = [(LiveKey::MaxAttempts, Some(LiveValue::Number(4)))];
            let outcomes = [
                uc.read_live_settings(&admin).await.map(drop),
                uc.review_live_settings(&admin, &change).await.map(drop),
                uc.change_live_settings(&admin, 0, &change).await.map(drop),
            ];
            let is_allowed = role == Role::PlatformAdmin;
            for outcome in outcomes {
                assert_eq!(outcome.is_ok(), is_allowed, "{role:?}: {outcome:?}");
                assert!(is_allowed || matches!(outcome, Err(Error::Forbidden)));
            }
            if is_allowed {
                wait(&uc, 601);
                let late = uc.change_live_settings(&admin, 1, &change).await;
                assert!(matches!(late, Err(Error::StepUpRequired)), "{late:?}");
            }
        }
    }
}

on_both! {
    async fn a_larger_budget_has_room_at_once_where_the_old_one_was_spent(scratch) {
        let mut settings = Settings::default();
        settings.sms.budget.messages = 1;
        let store = scratch.store.clone();
        let uc = process_with(store, SmsSender::Outbox, usecases::clock::Clock::manual(crate::support::start()), settings);
        let admin = admin_of(&uc, ADMIN, Role::PlatformAdmin).await;
        wait(&uc, 61);
        let Err(error) = request(&uc, "0501234567").await else { panic!("there was room") };
        assert_eq!(error.code(), ErrorCode::Unavailable);
        set(&uc, &admin, LiveKey::DailyMessages, LiveValue::Number(50)).await.expect("changed");
        request(&uc, "0501234567").await.expect("a code");
    }
}
