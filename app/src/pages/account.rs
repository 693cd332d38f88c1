//! `/account`: a person's details, and the ways to everything else that is theirs.

use axum::response::Response;
use domain::locale::Locale;
use domain::person::{Audience, display_name};
use domain::phone::{Mask, PhoneNumber};
use domain::user::User;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::components::consents::Marketing;
use crate::components::field::Field;
use crate::components::notice::Notices;
use crate::components::phone::Phone;
use crate::components::told::Told;
use crate::document::{MAIN_FORM, Page, Width};
use crate::flow::Flash;
use crate::i18n::Messages;
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(mut visit: Visit) -> Response {
    let actor = match visit.signed_in() {
        Ok(actor) => actor,
        Err(away) => return *away,
    };
    let notices = match visit.web.usecases.list_notices(&actor).await {
        Ok(notices) => notices,
        Err(error) => return faults::of(visit, &error),
    };
    let consents = match visit.web.usecases.list_my_consents(&actor).await {
        Ok(consents) => consents,
        Err(error) => return faults::of(visit, &error),
    };
    let waiting = match visit.web.usecases.find_own_phone_move(&actor).await {
        Ok(waiting) => waiting.map(|waiting| waiting.phone),
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, visit.now_s(), visit.t);
    let here = visit.here.clone();
    let page = Page { has_error: !flash.faults.is_empty(), width: Width::Reading, ..Page::form(t.account.title) };
    visit.render(page, move || {
        let user = actor.user;
        view! {
            <Heading user=user.clone() locale=locale t=t />
            <Notices flash=flash.clone() locale=locale now=now />
            <Told notices=notices here=here.clone() locale=locale t=t />
            {waiting.map(|number| view! { <MoveWaits number=number t=t /> })}
            <Details user=user.clone() flash=flash here=here locale=locale now=now t=t />
            <Marketing ledger=consents here=path::ACCOUNT locale=locale t=&t.privacy />
            <Elsewhere user=user t=t />
        }
    })
}

/// Staff were asked to move this account. The number is masked: it may be somebody else's, by a slip of the finger.
#[component]
fn MoveWaits(number: PhoneNumber, t: &'static Messages) -> impl IntoView {
    let t = &t.phone_moves;
    view! {
        <section class="card" aria-labelledby="move-waits">
            <h2 id="move-waits">{t.account_waits}</h2>
            <p class="lead"><Phone number=number mask=Mask::M1 /></p>
            <p>{t.account_waits_hint}</p>
            <p><a class="button button-quiet" href=path::PHONE_CHANGE>{t.account_link}</a></p>
        </section>
    }
}

/// Line 1 the name or, without one, the phone; line 2 the phone. It is there exactly once.
#[component]
fn Heading(user: User, locale: Locale, t: &'static Messages) -> impl IntoView {
    let short_id = user.id.short();
    let shown = display_name(&user.as_person(&short_id), Audience::SelfView, locale);
    let initial = shown.text.chars().next().filter(|_| !shown.is_phone).map(String::from);
    let name = match user.phone.filter(|_| shown.is_phone) {
        Some(number) => view! { <Phone number=number /> }.into_any(),
        None => view! { <bdi>{shown.text}</bdi> }.into_any(),
    };
    view! {
        <header class="person">
            <span class="avatar" aria-hidden="true">{initial}</span>
            <div>
                <p class="eyebrow">{t.account.title}</p>
                <h1>{name}</h1>
            </div>
        </header>
    }
}

#[component]
fn Details(user: User, flash: Flash, here: String, locale: Locale, now: i64, t: &'static Messages) -> impl IntoView {
    let (t, common) = (&t.account, &t.common);
    let of = |field: &str, saved: Option<String>| flash.typed_or(field, &saved.unwrap_or_default());
    let fault = |field: &str| flash.fault_of(field, locale, now);
    let choice = |choice: Locale, label: &'static str| {
        let is_chosen = user.locale == choice;
        view! {
            <label class="choice" lang=choice.as_str()>
                <input type="radio" name="locale" value=choice.as_str() checked=is_chosen />
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <section class="card" aria-labelledby="details">
            <h2 id="details">{t.details}</h2>
            <form id=MAIN_FORM method="post" action=api::SaveAccount::PATH>
                <input type="hidden" name="here" value=here />
                <div class="pair">
                    <Field
                        id="given_name"
                        label=t.given_name
                        value=of("given_name", user.given_name.clone())
                        fault=fault("given_name")
                        autocomplete="given-name"
                    />
                    <Field
                        id="family_name"
                        label=t.family_name
                        value=of("family_name", user.family_name.clone())
                        fault=fault("family_name")
                        autocomplete="family-name"
                    />
                </div>
                <Field
                    id="email"
                    label=t.email
                    note=common.optional
                    hint=t.email_hint
                    value=of("email", user.email.clone())
                    fault=fault("email")
                    mode="email"
                    autocomplete="email"
                    dir="ltr"
                />
                <fieldset class="choices" aria-describedby="language-hint">
                    <legend>{t.language}</legend>
                    <p class="hint" id="language-hint">{t.language_hint}</p>
                    {choice(Locale::Ar, t.arabic)}
                    {choice(Locale::En, t.english)}
                </fieldset>
                <button class="button" type="submit">{common.save}</button>
            </form>
        </section>
    }
}

#[component]
fn Elsewhere(user: User, t: &'static Messages) -> impl IntoView {
    let (t, common, privacy, passkeys) = (&t.account, &t.common, &t.privacy, &t.passkeys);
    let has_name = user.given_name.is_some() || user.family_name.is_some();
    let number = user.phone.filter(|_| has_name).map(|number| view! { <Phone number=number /> " · " });
    let row = |title: &'static str, text: AnyView, link: &'static str, to: &'static str| {
        view! {
            <li>
                <div>
                    <h2>{title}</h2>
                    <p>{text}</p>
                </div>
                <a class="button button-quiet" href=to aria-label=format!("{link}: {title}")>{link}</a>
            </li>
        }
    };
    view! {
        <ul class="card rows">
            {row(t.phone, view! { {number} <span class="good">{t.phone_confirmed}</span> }.into_any(), common.change, path::ACCOUNT_PHONE)}
            {row(t.devices, t.devices_lead.into_any(), t.devices_link, path::ACCOUNT_SESSIONS)}
            {row(passkeys.title, t.passkeys_lead.into_any(), t.passkeys_link, path::ACCOUNT_PASSKEYS)}
            {row(t.data, t.data_lead.into_any(), t.data_link, path::ACCOUNT_DATA)}
            {row(privacy.title, privacy.lead.into_any(), privacy.link, path::ACCOUNT_PRIVACY)}
            {row(t.delete, t.delete_lead.into_any(), t.delete, path::ACCOUNT_DELETE)}
        </ul>
        <form class="leave" method="post" action=api::LogOut::PATH>
            <button class="button button-quiet" type="submit">{common.sign_out}</button>
        </form>
    }
}
