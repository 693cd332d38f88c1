//! What an admin can do about who somebody is: correct it, give and take roles, shut them out. Each part shows to those who may.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

use domain::locale::Locale;
use domain::permission::Permission;
use domain::role::Role;
use domain::user::{REASON_MAX_CHARS, User, UserStatus};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api;
use crate::components::acts::Act;
use crate::components::field::Field;
use crate::components::text_area::TextArea;
use crate::document::{MAIN_FORM, viewer};
use crate::flow::Flash;
use crate::i18n::Messages;

/// Names, e-mail, language. Who is erased has none.
#[component]
pub(super) fn Details(user: User, flash: Flash, here: String, locale: Locale, now: i64, t: &'static Messages) -> impl IntoView {
    if user.status == UserStatus::Erased || !viewer().may(Permission::PeopleEdit) {
        return ().into_any();
    }
    let (words, account, common) = (&t.admin_person, &t.account, &t.common);
    let of = |field: &str, saved: &Option<String>| flash.typed_or(field, saved.as_deref().unwrap_or_default());
    let fault = |field: &str| flash.fault_of(field, locale, now);
    view! {
        <section class="card" aria-labelledby="details">
            <h2 id="details">{words.details}</h2>
            <p class="hint">{words.details_lead}</p>
            <form id=MAIN_FORM method="post" action=api::AdminSaveUser::PATH>
                <input type="hidden" name="here" value=here />
                <input type="hidden" name="user" value=user.id.to_string() />
                <div class="pair">
                    <Field id="given_name" label=account.given_name value=of("given_name", &user.given_name) fault=fault("given_name") />
                    <Field id="family_name" label=account.family_name value=of("family_name", &user.family_name) fault=fault("family_name") />
                </div>
                <Field
                    id="email"
                    label=account.email
                    note=common.optional
                    value=of("email", &user.email)
                    fault=fault("email")
                    mode="email"
                    dir="ltr"
                />
                <Language chosen=user.locale t=t />
                <button class="button" type="submit">{common.save}</button>
            </form>
        </section>
    }
    .into_any()
}

/// The language of somebody's messages.
#[component]
pub(in crate::pages) fn Language(chosen: Locale, t: &'static Messages) -> impl IntoView {
    let choice = |choice: Locale, label: &'static str| {
        let is_chosen = chosen == choice;
        view! {
            <label class="choice" lang=choice.as_str()>
                <input type="radio" name="locale" value=choice.as_str() checked=is_chosen />
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>{t.admin_person.language}</legend>
            {choice(Locale::Ar, t.account.arabic)}
            {choice(Locale::En, t.account.english)}
        </fieldset>
    }
}

/// The roles that mean something without a salon.
#[component]
pub(super) fn Roles(user: User, t: &'static Messages) -> impl IntoView {
    if user.status == UserStatus::Erased || !viewer().may(Permission::RoleGrant) {
        return ().into_any();
    }
    let (admin, words, id) = (&t.admin, &t.admin_person, user.id.to_string());
    let act = if user.roles.contains(&Role::PlatformAdmin) {
        view! {
            <Act open=words.revoke_open what=words.revoke_what action=api::AdminRevokeRole::PATH user=id button=words.revoke is_dangerous=true />
        }
        .into_any()
    } else if user.status == UserStatus::Active && user.is_phone_verified && !user.is_sandbox {
        view! { <Act open=words.grant_open what=words.grant_what action=api::AdminGrantRole::PATH user=id button=words.grant /> }
            .into_any()
    } else {
        view! { <p>{words.grant_unproved}</p> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="roles">
            <h2 id="roles">{admin.roles}</h2>
            <p class="hint">{words.roles_lead}</p>
            {act}
        </section>
    }
    .into_any()
}

/// Shutting somebody out, or letting them in again.
#[component]
pub(super) fn Block(user: User, is_own: bool, flash: Flash, locale: Locale, now: i64, t: &'static Messages) -> impl IntoView {
    if user.status == UserStatus::Erased || !viewer().may(Permission::PeopleBlock) {
        return ().into_any();
    }
    let (words, id) = (&t.admin_person, user.id.to_string());
    let act = if user.status == UserStatus::Blocked {
        view! {
            <p>{words.is_blocked}</p>
            <form method="post" action=api::AdminUnblock::PATH>
                <input type="hidden" name="user" value=id />
                <button class="button button-quiet" type="submit">{words.unblock}</button>
            </form>
        }
        .into_any()
    } else if is_own {
        view! { <p>{words.block_own}</p> }.into_any()
    } else {
        let fault = flash.fault_of("reason", locale, now);
        let (is_open, typed) = (fault.is_some(), flash.typed_or("reason", ""));
        view! {
            <Act
                open=words.block_open
                what=words.block_what
                action=api::AdminBlock::PATH
                user=id
                button=words.block_button
                is_open=is_open
                is_dangerous=true
            >
                <TextArea id="reason" name="reason" label=words.reason hint=words.reason_hint value=typed fault=fault most=REASON_MAX_CHARS />
            </Act>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="block">
            <h2 id="block">{words.block}</h2>
            {act}
        </section>
    }
    .into_any()
}
