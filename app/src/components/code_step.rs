//! The step where a code is entered, for signing in and for changing the number.

use axum::response::Response;
use domain::challenge::Purpose;
use domain::phone::PhoneNumber;
use leptos::prelude::*;
use usecases::{Awaited, Delivery};

use super::field::Field;
use super::notice::Notices;
use super::phone::Phone;
use crate::document::{MAIN_FORM, Page};
use crate::faults;
use crate::flow::{Fault, Flash, Pending, What};
use crate::i18n::span;
use crate::islands::code_entry::CodeEntry;
use crate::islands::countdown::Countdown;
use crate::islands::delivery_watch::DeliveryWatch;
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
    /// Tells how the text fares.
    pub delivery: &'static str,
    /// Back to the number.
    pub number: &'static str,
}

impl Visit {
    /// The whole page of this step: on to the number when there is neither a code to enter nor anything to say.
    pub(crate) async fn code_page(
        mut self,
        pending: Option<Pending>,
        purpose: Purpose,
        title: &'static str,
        addresses: Addresses,
    ) -> Response {
        let flash = self.take_flash();
        if pending.is_none() && flash.faults.is_empty() {
            return self.see(addresses.number);
        }
        let awaited = match &pending {
            Some(pending) => self.web.usecases.find_awaited(pending.challenge, purpose).await,
            None => Ok(None),
        };
        let awaited = match awaited {
            Ok(awaited) => awaited,
            Err(error) => return faults::of(self, &error),
        };
        let flash = explained(flash, awaited.as_ref());
        let page = Page { has_error: !flash.faults.is_empty(), has_main_form: pending.is_some(), ..Page::form(title) };
        let visit = self.clone();
        self.render(page, move || {
            view! { <CodeStep visit=visit title=title flash=flash pending=pending awaited=awaited addresses=addresses /> }
        })
    }
}

/// A flash that says why there is nothing to enter, or that the text will not come, when nothing else is wrong.
fn explained(mut flash: Flash, awaited: Option<&Awaited>) -> Flash {
    let what = match awaited {
        None => Some(What::Expired),
        Some(awaited) if awaited.delivery == Delivery::Failed => Some(What::NotDelivered),
        Some(_) => None,
    };
    if flash.faults.is_empty() {
        flash.faults.extend(what.map(|what| Fault { field: None, what }));
    }
    flash
}

/// `awaited` is the live challenge; without one there is only the way to a new code.
#[component]
fn CodeStep(
    visit: Visit,
    title: &'static str,
    flash: Flash,
    pending: Option<Pending>,
    awaited: Option<Awaited>,
    addresses: Addresses,
) -> impl IntoView {
    let (locale, now, t) = (visit.locale, visit.now_s(), &visit.t.sign_in);
    let number = pending.as_ref().and_then(Pending::phone);
    let has_failed = awaited.as_ref().is_some_and(|awaited| awaited.delivery == Delivery::Failed);
    let lead = if has_failed { t.phone_label } else { t.code_sent_to };
    let body = match (awaited, pending) {
        (Some(awaited), _) => view! { <Enter visit=visit flash=flash.clone() awaited=awaited addresses=addresses /> }.into_any(),
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
            {number.map(|number| view! { <SentTo number=number lead=lead change=t.change_number back=addresses.number /> })}
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
fn Enter(visit: Visit, flash: Flash, awaited: Awaited, addresses: Addresses) -> impl IntoView {
    let Awaited { sent, delivery } = awaited;
    let (locale, now, t) = (visit.locale, visit.now_s(), &visit.t.sign_in);
    let digits = sent.challenge.code_length.digits();
    let wait_s = sent.resend_in_s();
    let wait = (wait_s > 0).then(|| {
        let (before, after) = t.countdown;
        let seconds = u32::try_from(wait_s).unwrap_or(u32::MAX);
        view! { <Countdown seconds=seconds before=before.to_owned() after=after.to_owned() button="resend".to_owned() /> }
    });
    let watch = matches!(delivery, Delivery::Waiting | Delivery::Sent).then(|| {
        view! { <DeliveryWatch address=addresses.delivery.to_owned() text=t.not_delivered.to_owned() /> }
    });
    view! {
        {watch}
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
