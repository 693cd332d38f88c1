//! The step where a code is entered, for signing in and for changing the number.

use domain::phone::PhoneNumber;
use leptos::prelude::*;
use usecases::Sent;

use super::field::Field;
use super::notice::Notices;
use super::phone::Phone;
use crate::document::MAIN_FORM;
use crate::flow::{Fault, Flash, Pending, What};
use crate::i18n::span;
use crate::islands::code_entry::CodeEntry;
use crate::islands::countdown::Countdown;
use crate::visit::Visit;

/// Where the forms of this step go.
#[derive(Clone, Copy)]
pub(crate) struct Addresses {
    /// Takes the code.
    pub verify: &'static str,
    /// Sends it again.
    pub resend: &'static str,
    /// Makes a new one.
    pub request: &'static str,
    /// Back to the number.
    pub number: &'static str,
}

/// A flash that says why there is nothing to enter, when nothing else does.
pub(crate) fn explained(mut flash: Flash, sent: Option<&Sent>) -> Flash {
    if sent.is_none() && flash.faults.is_empty() {
        flash.faults.push(Fault { field: None, what: What::Expired });
    }
    flash
}

/// `sent` is the live challenge; without one there is only the way to a new code.
#[component]
pub(crate) fn CodeStep(
    visit: Visit,
    title: &'static str,
    flash: Flash,
    pending: Option<Pending>,
    sent: Option<Sent>,
    addresses: Addresses,
) -> impl IntoView {
    let (locale, now, t) = (visit.locale, visit.now_s(), &visit.t.sign_in);
    let number = pending.as_ref().and_then(Pending::phone);
    let body = match (sent, pending) {
        (Some(sent), _) => view! { <Enter visit=visit flash=flash.clone() sent=sent addresses=addresses /> }.into_any(),
        (None, Some(pending)) => view! {
            <form id=MAIN_FORM method="post" action=addresses.request>
                <input type="hidden" name="here" value=visit.here />
                <input type="hidden" name="phone" value=pending.typed />
                <button class="button button-wide" type="submit">{t.new_code}</button>
            </form>
        }
        .into_any(),
        (None, None) => view! { <p><a class="button button-wide" href=addresses.number>{t.start_over}</a></p> }.into_any(),
    };
    view! {
        <div class="card">
            <h1>{title}</h1>
            {number.map(|number| view! { <SentTo number=number lead=t.code_sent_to change=t.change_number back=addresses.number /> })}
            <Notices flash=flash locale=locale now=now />
            {body}
        </div>
    }
}

/// Shows what the person just typed; never a number out of the database.
#[component]
fn SentTo(number: PhoneNumber, lead: &'static str, change: &'static str, back: &'static str) -> impl IntoView {
    view! {
        <p class="lead">
            {lead} " " <strong><Phone number=number /></strong> " " <a class="change" href=back>{change}</a>
        </p>
    }
}

#[component]
fn Enter(visit: Visit, flash: Flash, sent: Sent, addresses: Addresses) -> impl IntoView {
    let (locale, now, t) = (visit.locale, visit.now_s(), &visit.t.sign_in);
    let digits = sent.challenge.code_length.digits();
    let wait_s = sent.resend_in_s();
    let wait = (wait_s > 0).then(|| {
        let (before, after) = t.countdown;
        let seconds = u32::try_from(wait_s).unwrap_or(u32::MAX);
        view! { <Countdown seconds=seconds before=before.to_owned() after=after.to_owned() button="resend".to_owned() /> }
    });
    view! {
        <form id=MAIN_FORM method="post" action=addresses.verify>
            <input type="hidden" name="here" value=visit.here />
            <Field
                id="code"
                label=t.code_label
                hint=(t.code_hint)(digits)
                value=flash.typed_or("code", "")
                fault=flash.fault_of("code", locale, now)
                mode="numeric"
                autocomplete="one-time-code"
                dir="ltr"
                class="code"
                autofocus=flash.faults.is_empty()
            />
            <CodeEntry digits=digits />
            <button class="button button-wide" type="submit">{t.verify}</button>
            <p class="quiet">{(t.expires)(&span(sent.expires_in_s(), locale))} " " {t.never_share}</p>
        </form>
        <form class="resend" method="post" action=addresses.resend>
            <p class="resend-ask">{t.not_arrived}</p>
            <button id="resend" class="button button-quiet" type="submit">{t.resend}</button>
            {wait}
        </form>
    }
}
