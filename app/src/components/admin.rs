//! What the pages of the admin share: the sidebar beside them, and the small marks beside a person.
//!
//! To add a page to the sidebar: its line in one of the groups of [`GROUPS`]; if it is to have a picture and a key of its own, a line in
//! `icon.rs`.

use domain::locale::Locale;
use domain::permission::Permission;
use domain::person::{Audience, display_name};
use domain::role::Role;
use domain::user::{User, UserStatus};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::frame::Language;
use super::icon::{self, Icon};
use super::logo::Mark;
use super::phone::Phone;
use crate::api;
use crate::display::Calendar;
use crate::i18n::{Admin, Desk};
use crate::routes::path;
use crate::visit::Visit;

/// An address of the admin, what it is called, and what one must be allowed to go there.
pub(crate) type Entry = (&'static str, fn(&Admin) -> &'static str, Permission);

/// What a group is called.
type Title = fn(&Desk) -> &'static str;

/// A group and its entries.
type Group = (Title, &'static [Entry]);

/// The sidebar, in its order.
const GROUPS: &[Group] = &[(|t| t.people, PEOPLE), (|t| t.salons, SALONS), (|t| t.security, SECURITY), (|t| t.privacy, PRIVACY)];

const PEOPLE: &[Entry] =
    &[(path::ADMIN_USERS, |t| t.users, Permission::PeopleView), (path::ADMIN_BOOKINGS, |t| t.bookings, Permission::BookingOwn)];

const SALONS: &[Entry] = &[(path::ADMIN_SALONS, |t| t.salons, Permission::SalonView)];

const SECURITY: &[Entry] = &[
    (path::ADMIN_AUDIT, |t| t.audit_log, Permission::AuditView),
    (path::ADMIN_MESSAGES, |t| t.sms_log, Permission::AuditView),
    (path::ADMIN_ABUSE, |t| t.abuse_monitor, Permission::AuditView),
    (path::ADMIN_GUESSING, |t| t.guessing, Permission::AuditView),
    (path::ADMIN_SETTINGS, |t| t.live_settings, Permission::SettingsEdit),
];

const PRIVACY: &[Entry] = &[
    (path::ADMIN_PRIVACY, |t| t.privacy_requests, Permission::PeopleView),
    (path::ADMIN_RETENTION, |t| t.retention, Permission::AuditView),
];

/// The groups that are not empty for somebody with these roles.
fn groups_for(roles: &[Role]) -> Vec<(Title, Vec<&'static Entry>)> {
    let may = |entry: &&'static Entry| roles.iter().any(|role| role.may(entry.2));
    let groups = GROUPS.iter().map(|(title, entries)| (*title, entries.iter().filter(may).collect::<Vec<_>>()));
    groups.filter(|(_, entries)| !entries.is_empty()).collect()
}

/// All that somebody with these roles may open, in the order of the sidebar.
pub(crate) fn entries_for(roles: &[Role]) -> impl Iterator<Item = &'static Entry> {
    groups_for(roles).into_iter().flat_map(|(_, entries)| entries)
}

/// The entry under which an address stands: its own, or that of the page it hangs on.
fn entry_of(here: &str) -> Option<&'static str> {
    if path::is_of_desk(here) {
        return Some(path::ADMIN_BOOKINGS);
    }
    let all = GROUPS.iter().flat_map(|(_, entries)| entries.iter().map(|entry| entry.0));
    let is_above = |to: &&str| here.strip_prefix(to).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    all.filter(is_above).max_by_key(|to| to.len())
}

/// What stands beside every page of the admin: the name, the search, the groups, who is signed in. At a phone's width it is a bar, with
/// all the rest in a menu that opens without a script. Only one of the two menus is ever there, for the eye and for the ear.
#[component]
pub(crate) fn Sidebar(visit: Visit, has_main_form: bool) -> impl IntoView {
    let desk = &visit.t.desk;
    view! {
        <header class="side">
            <a class="brand" href=path::ADMIN>
                <Mark />
                <span>{visit.t.common.brand} " " <small>{desk.admin}</small></span>
            </a>
            <a class="side-find" href=path::ADMIN_USERS data-opens="palette">
                <Icon path=icon::SEARCH />
                <span>{desk.find}</span>
                <kbd class="keys-only" dir="ltr" data-mac="⌘ K">"Ctrl K"</kbd>
            </a>
            <div class="side-body">
                <Menu visit=visit.clone() has_main_form=has_main_form />
            </div>
            <details class="side-menu">
                <summary><Icon path=icon::MENU /> {desk.menu}</summary>
                <div class="side-panel">
                    <Menu visit=visit has_main_form=has_main_form />
                </div>
            </details>
        </header>
    }
    .into_any()
}

/// The groups, and below them who is signed in.
#[component]
fn Menu(visit: Visit, has_main_form: bool) -> impl IntoView {
    let (t, desk) = (&visit.t.admin, &visit.t.desk);
    let here = entry_of(&visit.path);
    let roles = visit.actor.as_ref().map(|actor| actor.user.roles.clone()).unwrap_or_default();
    let groups = groups_for(&roles).into_iter().map(|(title, entries)| {
        let entries = entries.into_iter().map(|(to, label, _)| {
            let current = (here == Some(*to)).then_some("page");
            view! { <li><a href=*to aria-current=current><Icon path=icon::mark(to).path /> <span>{label(t)}</span></a></li> }
        });
        view! { <li><h2>{title(desk)}</h2> <ul>{entries.collect_view()}</ul></li> }
    });
    view! {
        <nav class="side-nav" aria-label=t.menu>
            <ul>{groups.collect_view()}</ul>
        </nav>
        <Foot visit=visit has_main_form=has_main_form />
    }
    .into_any()
}

/// Who is signed in, and what is theirs to choose.
#[component]
fn Foot(visit: Visit, has_main_form: bool) -> impl IntoView {
    let (common, desk) = (&visit.t.common, &visit.t.desk);
    let user = visit.actor.as_ref().map(|actor| actor.user.clone());
    let roles: Vec<_> = user.iter().flat_map(|user| user.roles.clone()).map(|role| visit.t.admin.role(role)).collect();
    let name = user.map(|user| match (name_beside_phone(&user, visit.locale), user.phone) {
        (Some(name), _) => view! { <bdi>{name}</bdi> }.into_any(),
        (None, Some(number)) => view! { <Phone number=number /> }.into_any(),
        (None, None) => common.my_account.into_any(),
    });
    let other = visit.display.calendar.other();
    let calendar = match other {
        Calendar::Hijri => desk.to_hijri,
        Calendar::Gregorian => desk.to_gregorian,
    };
    let here = visit.here.clone();
    let help = (visit.path == path::ADMIN_HELP).then_some("page");
    view! {
        <div class="side-foot">
            <a class="side-who" href=path::ACCOUNT>
                <span class="sr">{desk.signed_in_as} ": "</span>
                <strong>{name}</strong>
                <span class="quiet">{roles.join(" · ")}</span>
            </a>
            <a class="side-link" href=path::ADMIN_HELP aria-current=help><Icon path=icon::HELP /> {desk.help}</a>
            <form method="post" action=api::SetDisplay::PATH>
                <input type="hidden" name="here" value=here />
                <button class="side-link" type="submit" name="calendar" value=other.as_str()>
                    <Icon path=icon::CALENDAR />
                    <span><span class="sr">{desk.dates} ": "</span> {calendar}</span>
                </button>
            </form>
            <div class="side-link side-language"><Icon path=icon::LANGUAGE /> <Language visit=visit has_main_form=has_main_form /></div>
            <form method="post" action=api::LogOut::PATH>
                <button class="side-link" type="submit"><Icon path=icon::LEAVE /> {common.sign_out}</button>
            </form>
        </div>
    }
    .into_any()
}

/// The content of a page of the admin. What stands beside it is drawn by the frame.
#[component]
pub(crate) fn Shell(children: Children) -> impl IntoView {
    view! { <div class="admin-main">{children()}</div> }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_sees_what_it_may_open_and_no_empty_group() {
        let seen = |roles: &[Role]| entries_for(roles).map(|entry| entry.0).collect::<Vec<_>>();
        assert_eq!(seen(&[]), Vec::<&str>::new());
        for role in Role::ALL {
            assert!(groups_for(&[role]).iter().all(|(_, entries)| !entries.is_empty()), "{}", role.as_str());
            assert!(entries_for(&[role]).all(|entry| role.may(entry.2)), "{}", role.as_str());
        }
        assert!(seen(&[Role::PlatformAdmin]).contains(&path::ADMIN_USERS));
        assert!(!seen(&[Role::Owner, Role::Stylist]).contains(&path::ADMIN_USERS));
    }

    #[test]
    fn a_page_about_somebody_stands_under_the_people_and_a_page_beside_them_does_not() {
        assert_eq!(entry_of("/admin/users"), Some(path::ADMIN_USERS));
        assert_eq!(entry_of("/admin/users/x/sessions"), Some(path::ADMIN_USERS));
        assert_eq!(entry_of("/admin/usersx"), None);
        assert_eq!(entry_of("/admin/help"), None);
        assert_eq!(entry_of("/admin/salons/x/bookings/y"), Some(path::ADMIN_BOOKINGS));
    }
}
