//! What the pages of the admin share: the shell, and the small marks beside a person.

use domain::locale::Locale;
use domain::person::{Audience, display_name};
use domain::user::{User, UserStatus};
use leptos::prelude::*;

use crate::i18n::Admin;
use crate::routes::path;

/// An address of the admin, and what it is called.
type Entry = (&'static str, fn(&Admin) -> &'static str);

/// The sidebar, in its order.
const ENTRIES: &[Entry] = &[
    (path::ADMIN_USERS, |t| t.users),
    (path::ADMIN_PRIVACY, |t| t.privacy_requests),
    (path::ADMIN_RETENTION, |t| t.retention),
    (path::ADMIN_GUESSING, |t| t.guessing),
];

/// The sidebar and the content beside it; one above the other where there is little room.
#[component]
pub(crate) fn Shell(here: &'static str, t: &'static Admin, children: Children) -> impl IntoView {
    let entries = ENTRIES.iter().map(|(to, label)| {
        let current = (*to == here).then_some("page");
        view! { <li><a href=*to aria-current=current>{label(t)}</a></li> }
    });
    view! {
        <div class="admin">
            <nav class="admin-nav" aria-label=t.menu>
                <ul>{entries.collect_view()}</ul>
            </nav>
            <div class="admin-main">{children()}</div>
        </div>
    }
}

/// Their name for an admin. Empty where the phone would stand for it, because the phone is there already, once.
pub(crate) fn name_beside_phone(user: &User, locale: Locale) -> Option<String> {
    let short_id = user.id.short();
    let name = display_name(&user.as_person(&short_id), Audience::Admin, locale);
    (!name.is_phone).then_some(name.text)
}

/// Where they stand, as badges.
#[component]
pub(crate) fn Badges(user: User, t: &'static Admin) -> impl IntoView {
    let class = match user.status {
        UserStatus::Active => "badge",
        UserStatus::Pending | UserStatus::Erased | UserStatus::Phoneless => "badge badge-quiet",
        UserStatus::Blocked => "badge badge-danger",
    };
    let sandbox = user.is_sandbox.then(|| view! { " " <span class="badge badge-quiet">{t.sandbox}</span> });
    view! { <span class=class>{t.status_of(user.status)}</span> {sandbox} }
}

/// Whether the owner has proved the phone.
#[component]
pub(crate) fn Verified(is_verified: bool, t: &'static Admin) -> impl IntoView {
    if is_verified {
        view! { <span class="badge">{t.verified}</span> }.into_any()
    } else {
        view! { <span class="badge badge-quiet">{t.not_verified}</span> }.into_any()
    }
}
