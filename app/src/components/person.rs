//! What every page about one person has at its top: who it is, and the way to the other pages about them.
//!
//! To add a page about a person: its address below `/admin/users/{id}`, and its line in [`TABS`] when it is one of the tabs.

use domain::locale::Locale;
use domain::permission::Permission;
use domain::user::User;
use leptos::prelude::*;

use crate::components::admin::{Badges, Shell, Verified, name_beside_phone};
use crate::components::phone::Phone;
use crate::document::viewer;
use crate::i18n::Admin;
use crate::routes::path;

/// What follows the address of the person, what it is called, and who sees it.
type Tab = (&'static str, fn(&Admin) -> &'static str, Permission);

/// In the order in which they stand.
const TABS: &[Tab] = &[
    ("", |t| t.identity, Permission::PeopleView),
    ("/bookings", |t| t.bookings, Permission::PeopleView),
    ("/sessions", |t| t.sessions, Permission::PeopleView),
    ("/codes", |t| t.codes, Permission::AuditView),
    ("/messages", |t| t.messages, Permission::AuditView),
    ("/notes", |t| t.notes, Permission::PeopleView),
    ("/audit", |t| t.audit, Permission::AuditView),
    ("/consents", |t| t.consents, Permission::PeopleView),
    ("/privacy", |t| t.privacy, Permission::PeopleView),
];

/// The shell, the person, the tabs; `here` is the tab that is open.
#[component]
pub(crate) fn PersonFrame(
    user: User,
    here: &'static str,
    locale: Locale,
    t: &'static Admin,
    children: Children,
) -> impl IntoView {
    let phone = match user.phone.clone() {
        Some(number) => view! { <Phone number=number /> }.into_any(),
        None => t.no_phone.into_any(),
    };
    // The phone is visible exactly once: as the name of whoever has none, or below it.
    let (head, second) = match name_beside_phone(&user, locale) {
        Some(name) => (view! { <bdi>{name}</bdi> }.into_any(), phone),
        None => (phone, view! { <span class="quiet">{t.no_name}</span> }.into_any()),
    };
    let roles = user.roles.iter().map(|role| view! { " " <span class="badge badge-quiet">{t.role(*role)}</span> }).collect_view();
    let base = path::admin_user(user.id);
    let viewer = viewer();
    let tabs = TABS.iter().filter(|(.., permission)| viewer.may(*permission)).map(|(suffix, label, _)| {
        let current = (*suffix == here).then_some("page");
        view! { <li><a href=format!("{base}{suffix}") aria-current=current>{label(t)}</a></li> }
    });
    let tabs = tabs.collect_view();
    let is_verified = user.is_phone_verified;
    view! {
        <Shell>
            <p class="crumb"><a href=path::ADMIN_USERS>{t.users}</a></p>
            <h1>{head}</h1>
            <p class="lead">{second}</p>
            <p><Verified is_verified=is_verified t=t /> " " <Badges user=user t=t /> {roles}</p>
            <nav class="tabs" aria-label=t.about_person>
                <ul>{tabs}</ul>
            </nav>
            {children()}
        </Shell>
    }
}
