//! `/admin/users/new`: adding a person, phone first.

use axum::response::Response;
use domain::locale::Locale;
use domain::permission::Permission;
use domain::phone::PhoneReason;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::Error;

use super::admin_user::acts::Language;
use crate::components::admin::Shell;
use crate::components::field::Field;
use crate::components::notice::Notices;
use crate::components::phone::Phone;
use crate::document::{MAIN_FORM, Page, Width};
use crate::i18n::phone_reason;
use crate::islands::phone_check::PhoneCheck;
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

/// What the browser can find out by itself about a phone.
const SHAPE: [PhoneReason; 4] =
    [PhoneReason::TooShort, PhoneReason::TooLong, PhoneReason::InvalidChars, PhoneReason::HasExtension];

pub(crate) async fn page(mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    if admin.require(Permission::PeopleAdd).is_err() {
        return faults::of(visit, &Error::Forbidden);
    }
    let flash = visit.take_flash();
    let (locale, now, t, here) = (visit.locale, visit.now_s(), visit.t, visit.here.clone());
    let (admin, words, account, common) = (&t.admin, &t.admin_person, &t.account, &t.common);
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::form(words.new_title) };
    visit.render(page, move || {
        let texts = SHAPE.iter().map(|reason| (reason.as_str().to_owned(), phone_reason(*reason, locale).to_owned())).collect();
        let suggestion = flash.suggestion().map(|number| {
            let e164 = number.as_e164().to_owned();
            view! {
                <p class="suggestion">
                    <button class="button button-quiet" type="submit" name="suggested" value=e164>
                        {t.sign_in.use_this_number} " " <Phone number=number />
                    </button>
                </p>
            }
        });
        let is_first = flash.faults.is_empty();
        view! {
            <Shell here=path::ADMIN_USERS t=admin>
                <p class="crumb"><a href=path::ADMIN_USERS>{admin.users}</a></p>
                <h1>{words.new_title}</h1>
                <p class="lead">{words.new_lead}</p>
                <Notices flash=flash.clone() locale=locale now=now />
                <form class="card person-new" id=MAIN_FORM method="post" action=api::AdminAddUser::PATH>
                    <input type="hidden" name="here" value=here />
                    <Field
                        id="phone"
                        label=admin.phone
                        hint=words.new_hint
                        value=flash.typed_or("phone", "")
                        fault=flash.fault_of("phone", locale, now)
                        kind="tel"
                        mode="tel"
                        dir="ltr"
                        autofocus=is_first
                        live="phone-live"
                    />
                    <PhoneCheck texts=texts />
                    {suggestion}
                    <fieldset class="choices">
                        <legend>{words.new_optional} " " <span class="note">{format!("({})", common.optional)}</span></legend>
                        <div class="pair">
                            <Field
                                id="given_name"
                                label=account.given_name
                                value=flash.typed_or("given_name", "")
                                fault=flash.fault_of("given_name", locale, now)
                            />
                            <Field
                                id="family_name"
                                label=account.family_name
                                value=flash.typed_or("family_name", "")
                                fault=flash.fault_of("family_name", locale, now)
                            />
                        </div>
                    </fieldset>
                    <Language chosen=Locale::default() t=t />
                    <div class="row">
                        <button class="button" type="submit">{words.new_button}</button>
                        <a class="button button-quiet" href=path::ADMIN_USERS>{common.cancel}</a>
                    </div>
                </form>
            </Shell>
        }
    })
}
