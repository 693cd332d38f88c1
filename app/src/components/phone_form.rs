//! The form that takes a phone number, for signing in and for changing it.

use domain::locale::Locale;
use domain::phone::PhoneReason;
use leptos::prelude::*;

use super::field::Field;
use super::phone::Phone;
use super::robot_check::RobotCheck;
use crate::document::MAIN_FORM;
use crate::flow::Flash;
use crate::i18n::{messages, phone_reason};
use crate::islands::phone_check::PhoneCheck;

/// Reasons that the browser can find out by itself. An empty field is not one: nobody is scolded for passing through.
const SHAPE: [PhoneReason; 4] =
    [PhoneReason::TooShort, PhoneReason::TooLong, PhoneReason::InvalidChars, PhoneReason::HasExtension];

/// One phone field and its button. What was typed stays.
#[component]
pub(crate) fn PhoneForm(
    action: &'static str,
    label: &'static str,
    hint: &'static str,
    before: String,
    here: String,
    #[prop(optional)] next: String,
    flash: Flash,
    locale: Locale,
    now: i64,
) -> impl IntoView {
    let t = &messages(locale).sign_in;
    let texts = SHAPE.iter().map(|reason| (reason.as_str().to_owned(), phone_reason(*reason, locale).to_owned())).collect();
    let suggestion = flash.suggestion().map(|number| {
        let e164 = number.as_e164().to_owned();
        view! {
            <p class="suggestion">
                <button class="button button-quiet" type="submit" name="suggested" value=e164>
                    {t.use_this_number} " " <Phone number=number />
                </button>
            </p>
        }
    });
    let check = flash.check.clone().map(|check| view! { <RobotCheck check=check locale=locale now=now /> });
    view! {
        <form id=MAIN_FORM method="post" action=action>
            <input type="hidden" name="here" value=here />
            <input type="hidden" name="next" value=next />
            {check}
            <Field
                id="phone"
                label=label
                hint=hint
                value=flash.typed_or("phone", &before)
                fault=flash.fault_of("phone", locale, now)
                kind="tel"
                mode="tel"
                autocomplete="tel"
                dir="ltr"
                live="phone-live"
            />
            <PhoneCheck texts=texts />
            {suggestion}
            <button class="button button-wide" type="submit">{t.send_code}</button>
        </form>
    }
}
