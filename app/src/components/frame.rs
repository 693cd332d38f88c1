//! The frame around every page: the way past it, the name, the language, the account.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::admin::Sidebar;
use super::logo::Mark;
use super::palette::Palette;
use super::phone::Phone;
use crate::api;
use crate::document::{MAIN_FORM, Page, Width};
use crate::islands::submit_once::SubmitOnce;
use crate::routes::path;
use crate::visit::Visit;

/// Header, content, footer; in the admin its sidebar and the content.
#[component]
pub(crate) fn Frame(visit: Visit, page: Page, children: Children) -> impl IntoView {
    let common = &visit.t.common;
    let width = match page.width {
        Width::Narrow => "page narrow",
        Width::Reading => "page reading",
        Width::Wide => "page wide",
        Width::Full => "page full",
    };
    if visit.is_at_desk() {
        return view! {
            <a class="skip" href="#content">{common.skip_to_content}</a>
            <div class="desk">
                <Sidebar visit=visit.clone() has_main_form=page.has_main_form />
                <main id="content" class=width tabindex="-1">
                    {children()}
                </main>
            </div>
            <Palette visit=visit />
            {page.has_islands.then(|| view! { <SubmitOnce /> })}
        }
        .into_any();
    }
    let islands = page.has_islands.then(|| view! { <SubmitOnce /> });
    view! {
        <a class="skip" href="#content">{common.skip_to_content}</a>
        <header class="top">
            <a class="brand" href=path::HOME>
                <Mark />
                <span>{common.brand}</span>
            </a>
            <nav class="top-nav" aria-label=common.main_menu>
                <Who visit=visit.clone() />
                <Language visit=visit.clone() has_main_form=page.has_main_form />
            </nav>
        </header>
        <main id="content" class=width tabindex="-1">
            {children()}
        </main>
        <footer class="foot">
            <span>{common.brand}</span>
            <span class="foot-line">{common.tagline}</span>
        </footer>
        {islands}
    }
    .into_any()
}

/// The signed-in person, by name or by their own number; or the way in.
#[component]
fn Who(visit: Visit) -> impl IntoView {
    let common = &visit.t.common;
    let Some(actor) = visit.actor else {
        let is_signing_in = visit.path.starts_with(path::LOGIN);
        return (!is_signing_in).then(|| view! { <a class="top-link" href=path::LOGIN>{common.sign_in}</a> }).into_any();
    };
    let name = match (actor.user.given_name.or(actor.user.family_name), actor.user.phone) {
        (Some(name), _) => view! { <bdi>{name}</bdi> }.into_any(),
        (None, Some(number)) => view! { <Phone number=number /> }.into_any(),
        (None, None) => common.my_account.into_any(),
    };
    view! {
        <a class="top-link who" href=path::ACCOUNT>
            <span class="sr">{common.my_account} ": "</span>
            {name}
        </a>
    }
    .into_any()
}

/// The switch to the other language. On a page with a form it submits that form, so that nothing typed is lost.
#[component]
pub(super) fn Language(visit: Visit, has_main_form: bool) -> impl IntoView {
    let other = visit.locale.other();
    let label = visit.t.common.other_language;
    if has_main_form {
        // A browser presses a form's first button when Enter is pressed in a field; that must not be the switch.
        return view! {
            <button class="sr" type="submit" form=MAIN_FORM tabindex="-1" aria-hidden="true">{visit.t.sign_in.continue_}</button>
            <button
                class="top-link"
                type="submit"
                form=MAIN_FORM
                formaction=api::SetLocale::PATH
                formnovalidate
                name="to"
                value=other.as_str()
                lang=other.as_str()
            >
                {label}
            </button>
        }
        .into_any();
    }
    view! {
        <form method="post" action=api::SetLocale::PATH>
            <input type="hidden" name="here" value=visit.here />
            <button class="top-link" type="submit" name="to" value=other.as_str() lang=other.as_str()>{label}</button>
        </form>
    }
    .into_any()
}
