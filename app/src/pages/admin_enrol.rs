//! `/admin/enrol`: setting up a second factor, a passkey or an authenticator app, and what to do with those in use.

use axum::response::Response;
use domain::session::SessionKind;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{Enrolment, SecondFactor};

use crate::components::field::Field;
use crate::components::notice::Notices;
use crate::components::passkey::{PasskeyForm, Way};
use crate::components::qr::Qr;
use crate::components::user_agent::device_name;
use crate::document::{MAIN_FORM, Page};
use crate::flow::Flash;
use crate::i18n::moment;
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults, i18n};

pub(crate) async fn page(mut visit: Visit) -> Response {
    let actor = match visit.signed_in() {
        Ok(actor) => actor,
        Err(away) => return *away,
    };
    let found = async {
        let held = visit.web.usecases.find_second_factor(&actor).await?;
        Ok((held, visit.web.usecases.find_enrolment(&actor).await?))
    };
    let (held, enrolment) = match found.await {
        Ok(found) => found,
        Err(error) => return faults::of(visit, &error),
    };
    // What is in use is the business of those who have it.
    if held.is_any()
        && let Err(away) = visit.with_second_factor()
    {
        return *away;
    }
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, visit.now_s(), &visit.t.second_factor);
    let (title, has_main_form) = if enrolment.is_some() { (t.set_up_title, true) } else { (t.title, false) };
    let page = Page { has_error: !flash.faults.is_empty(), has_main_form, ..Page::form(title) };
    let shown = visit.clone();
    visit.render(page, move || {
        let body = match enrolment {
            Some(enrolment) => view! { <SetUp visit=shown enrolment=enrolment flash=flash.clone() /> }.into_any(),
            None => view! { <Factors visit=shown held=held /> }.into_any(),
        };
        view! {
            <div class="card">
                <h1>{title}</h1>
                <Notices flash=flash locale=locale now=now />
                {body}
            </div>
        }
    })
}

#[component]
fn SetUp(visit: Visit, enrolment: Enrolment, flash: Flash) -> impl IntoView {
    let (locale, now, t) = (visit.locale, visit.now_s(), &visit.t.second_factor);
    let [scan, enter] = t.steps;
    let key = enrolment.secret.as_text();
    let groups: Vec<&str> = (0..key.len()).step_by(4).map(|at| &key[at..(at + 4).min(key.len())]).collect();
    view! {
        <p>{scan}</p>
        <Qr text=enrolment.secret.uri(&enrolment.account) label=t.picture />
        <p class="hint">{t.by_hand}</p>
        <p><code class="key" dir="ltr">{groups.join(" ")}</code></p>
        <p>{enter}</p>
        <form id=MAIN_FORM method="post" action=api::ConfirmEnrolment::PATH>
            <input type="hidden" name="here" value=visit.here />
            <CodeField t=t fault=flash.fault_of("code", locale, now) autofocus=false />
            <button class="button button-wide" type="submit">{t.confirm}</button>
        </form>
        <form method="post" action=api::BeginEnrolment::PATH>
            <button class="button button-quiet" type="submit">{t.begin_anew}</button>
        </form>
    }
}

/// Takes what the app shows. It is never filled in again: by the time it could be, the app shows something else.
#[component]
pub(crate) fn CodeField(t: &'static i18n::SecondFactor, fault: Option<String>, autofocus: bool) -> impl IntoView {
    view! {
        <Field
            id="code"
            label=t.code_label
            hint=t.code_hint
            value=""
            fault=fault
            mode="numeric"
            autocomplete="one-time-code"
            dir="ltr"
            class="code"
            autofocus=autofocus
        />
    }
}

/// What somebody has and may have: passkeys first, then the app, then what stands in for both.
#[component]
fn Factors(visit: Visit, held: SecondFactor) -> impl IntoView {
    let (locale, t, passkeys) = (visit.locale, &visit.t.second_factor, &visit.t.passkeys);
    let lead = (!held.is_any()).then(|| view! { <p class="lead">{t.lead}</p> });
    let of_passkeys = if held.passkeys > 0 {
        view! {
            <p>
                {passkeys.held} ": " <strong>{held.passkeys.to_string()}</strong> " · "
                <a href=path::ACCOUNT_PASSKEYS>{passkeys.link}</a>
            </p>
        }
        .into_any()
    } else {
        let name = device_name(SessionKind::Web, visit.client.user_agent.as_deref(), &visit.t.devices);
        let domain = visit.web.usecases.passkey_domain().map(str::to_owned);
        view! {
            <p>{passkeys.first}</p>
            <PasskeyForm
                way=Way::Enrol
                domain=domain
                action=api::AddPasskey::PATH
                label=passkeys.add
                is_first=true
                is_missed=true
                t=passkeys
            >
                <input type="hidden" name="name" value=name />
                <input type="hidden" name="is_factor" value="true" />
            </PasskeyForm>
        }
        .into_any()
    };
    let button = |action: &'static str, label: &'static str, hint: &'static str| {
        view! {
            <form class="leave" method="post" action=action>
                <p class="hint">{hint}</p>
                <button class="button button-quiet" type="submit">{label}</button>
            </form>
        }
    };
    let of_app = match held.since {
        Some(at) => view! {
            <p>{t.in_use_since} " " {moment(at, locale)}</p>
            {button(api::BeginEnrolment::PATH, t.another, t.another_hint)}
            {button(api::RemoveSecondFactor::PATH, t.remove, t.remove_hint)}
        }
        .into_any(),
        None => button(api::BeginEnrolment::PATH, t.begin, t.begin_hint).into_any(),
    };
    let of_codes = held.is_any().then(|| {
        view! {
            <p>{t.codes_left} ": " <strong>{held.recovery_codes_left.to_string()}</strong></p>
            {button(api::RenewRecoveryCodes::PATH, t.new_codes, t.new_codes_hint)}
        }
    });
    view! { {lead} {of_passkeys} {of_app} {of_codes} }
}
