//! `/admin/users`: people, phone first. Everything is in the address, and the form is a plain GET.

use std::collections::HashMap;

use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::error::ValidationError;
use domain::ids::UserId;
use domain::locale::Locale;
use domain::people::{Filter, Search};
use domain::permission::Permission;
use domain::phone::{Mask, PhoneNumber};
use domain::role::Role;
use domain::user::{User, UserOrigin, UserStatus};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{Error, ListUsers};

use crate::components::admin::{Badges, Shell, Verified, name_beside_phone};
use crate::components::filters::{Asked, Choose, Day};
use crate::components::many::Many;
use crate::components::notice::Notices;
use crate::components::phone::Phone;
use crate::components::when::When;
use crate::document::{Page, Width, viewer};
use crate::i18n::{Account, Admin, AdminBulk};
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let asked = asked_of(&visit.here);
    let wanted = match wanted_of(&asked) {
        Ok(wanted) => wanted,
        Err(errors) => return faults::of(visit, &Error::Validation(errors)),
    };
    let after = wanted.after;
    let list = match visit.web.usecases.list_users(&admin, &wanted).await {
        Ok(list) => list,
        Err(error) => return faults::of(visit, &error),
    };
    let ids: Vec<_> = list.page.items.iter().map(|user| user.id).collect();
    let booked = match visit.web.usecases.count_bookings_of(&admin, &ids).await {
        Ok(booked) => booked,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now) = (visit.locale, visit.web.usecases.clock().now());
    let (t, account, bulk) = (&visit.t.admin, &visit.t.account, &visit.t.admin_bulk);
    let new = visit.t.admin_person.new_button;
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::new(t.users) };
    visit.render(page, move || {
        let understood = (list.search != Search::Everybody).then(|| view! { <Meaning search=list.search t=t /> });
        let is_all = list.page.next.is_none() && after.is_none();
        let next = list
            .page
            .next
            .map(|after| view! { <a class="button button-quiet" href=asked.address(Some(&after))>{t.next_page}</a> });
        let first = after.is_some().then(|| view! { <a class="button button-quiet" href=asked.address(None)>{t.first_page}</a> });
        let people = if list.page.items.is_empty() {
            view! { <Nobody addable=list.addable is_asked=asked.is_anything() t=t /> }.into_any()
        } else {
            let here = asked.address(after.map(|id| id.to_string()).as_deref());
            let ids: Vec<_> = list.page.items.iter().map(|user| user.id.to_string()).collect();
            view! {
                <Many here=here file=file_of(&asked) ids=ids is_all=is_all t=bulk>
                    <Table people=list.page.items booked=booked now=now locale=locale t=t bulk=bulk />
                </Many>
            }
            .into_any()
        };
        let add = viewer().may(Permission::PeopleAdd).then(|| {
            view! { <a class="button button-quiet" href=path::ADMIN_USER_NEW>{new}</a> }
        });
        view! {
            <Shell>
                <div class="head-row">
                    <h1>{t.users}</h1>
                    {add}
                </div>
                <Notices flash=flash locale=locale now=now.timestamp() />
                <Find asked=asked t=t account=account />
                {understood}
                {people}
                <p class="row">{first} {next}</p>
            </Shell>
        }
    })
}

/// What an address of the list asks for.
pub(crate) fn asked_of(address: &str) -> Asked {
    Asked::of(address, path::ADMIN_USERS, Filter::NAMES.into_iter().chain(["q", "after"]))
}

/// The same for the use case.
pub(crate) fn wanted_of(asked: &Asked) -> Result<ListUsers, Vec<ValidationError>> {
    let filter = Filter::read(|name| asked.value(name))?;
    let after = asked.value("after").and_then(|id| id.parse().ok());
    Ok(ListUsers { typed: asked.text("q"), filter, after })
}

/// The address of everybody who matches as a file; the kind of it is to follow.
fn file_of(asked: &Asked) -> String {
    let address = asked.address(None);
    let query = address.split_once('?').map(|(_, query)| format!("{query}&")).unwrap_or_default();
    format!("{}?{query}kind=", path::ADMIN_USERS_FILE)
}

/// What the box understood. Phones and ids are written from the left.
#[component]
fn Meaning(search: Search, t: &'static Admin) -> impl IntoView {
    let meaning = t.meaning(&search);
    let (value, dir) = match search {
        Search::Everybody => (String::new(), "ltr"),
        Search::Phone(phone) => (phone.masked(Mask::M0), "ltr"),
        Search::PhonePrefix(prefix) => (prefix.as_str().to_owned(), "ltr"),
        Search::PhoneTail(tail) => (tail.as_str().to_owned(), "ltr"),
        Search::Email(email) => (email, "ltr"),
        Search::ShortId(id) => (id.to_string(), "ltr"),
        Search::Id(id) => (id.to_string(), "ltr"),
        Search::Name(key) => (key.as_str().to_owned(), "auto"),
    };
    view! { <p class="hint" id="understood">{t.understood} ": " {meaning} " " <bdi dir=dir>{value}</bdi></p> }
}

#[component]
fn Find(asked: Asked, t: &'static Admin, account: &'static Account) -> impl IntoView {
    let value = |name: &str| asked.text(name);
    let is_open = asked.is_anything_but(&["q"]);
    let yes_or_no = || vec![("", t.any), ("yes", account.yes), ("no", account.no)];
    let statuses = [("", t.all_but_pending), ("any", t.any)]
        .into_iter()
        .chain(UserStatus::ALL.into_iter().map(|status| (status.as_str(), t.status_of(status))))
        .collect();
    let roles = [("", t.any)].into_iter().chain(Role::ALL.into_iter().map(|role| (role.as_str(), t.role(role)))).collect();
    let origins = [UserOrigin::SelfService, UserOrigin::Staff].into_iter().map(|origin| (origin.as_str(), t.origin_of(origin)));
    let origins = [("", t.any)].into_iter().chain(origins).collect();
    view! {
        <form class="find" method="get" action=path::ADMIN_USERS role="search">
            <div class="find-box">
                <div class="field">
                    <label for="q">{t.find}</label>
                    <p class="hint" id="q-hint">{t.find_hint}</p>
                    <input id="q" name="q" type="search" dir="auto" autocomplete="off" spellcheck="false" value=value("q") aria-describedby="q-hint" />
                </div>
                <button class="button" type="submit">{t.search}</button>
            </div>
            <details class="filters" open=is_open>
                <summary>{t.filters}</summary>
                <div class="filter-grid">
                    <Choose name="status" label=t.status options=statuses chosen=value("status") />
                    <Choose name="verified" label=t.verification options=yes_or_no() chosen=value("verified") />
                    <Choose name="role" label=t.roles options=roles chosen=value("role") />
                    <Choose name="origin" label=t.origin options=origins chosen=value("origin") />
                    <Choose name="has_name" label=t.has_name options=yes_or_no() chosen=value("has_name") />
                    <Day name="joined_from" label=format!("{} {}", t.joined, t.from) value=value("joined_from") />
                    <Day name="joined_to" label=format!("{} {}", t.joined, t.to) value=value("joined_to") />
                    <Day name="seen_from" label=format!("{} {}", t.last_seen, t.from) value=value("seen_from") />
                    <Day name="seen_to" label=format!("{} {}", t.last_seen, t.to) value=value("seen_to") />
                </div>
            </details>
        </form>
    }
}

/// The empty list, and what can be done about it.
#[component]
fn Nobody(addable: Option<PhoneNumber>, is_asked: bool, t: &'static Admin) -> impl IntoView {
    let add = addable.map(|phone| {
        let e164 = phone.as_e164().to_owned();
        view! {
            <form method="post" action=api::AdminAddUser::PATH>
                <p>{t.can_be_added} " " <Phone number=phone /></p>
                <input type="hidden" name="phone" value=e164 />
                <button class="button" type="submit">{t.add}</button>
            </form>
        }
    });
    let text = if is_asked { t.nobody_found } else { t.nobody_yet };
    let clear = is_asked.then(|| view! { <p><a href=path::ADMIN_USERS>{t.clear}</a></p> });
    view! { <div class="card nobody"><p>{text}</p> {add} {clear}</div> }
}

#[component]
fn Table(
    people: Vec<User>,
    booked: HashMap<UserId, u64>,
    now: DateTime<Utc>,
    locale: Locale,
    t: &'static Admin,
    bulk: &'static AdminBulk,
) -> impl IntoView {
    let booked = |user: &User| booked.get(&user.id).copied().unwrap_or_default();
    let rows = people
        .into_iter()
        .map(|user| view! { <Row booked=booked(&user) user=user now=now locale=locale t=t bulk=bulk /> })
        .collect_view();
    view! {
        <table class="people">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">{t.phone}</th>
                    <th scope="col">{t.name}</th>
                    <th scope="col">{t.verification}</th>
                    <th scope="col">{t.status}</th>
                    <th scope="col">{t.roles}</th>
                    <th scope="col">{t.bookings}</th>
                    <th scope="col">{t.last_seen}</th>
                    <th scope="col">{t.joined}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Row(
    user: User,
    booked: u64,
    now: DateTime<Utc>,
    locale: Locale,
    t: &'static Admin,
    bulk: &'static AdminBulk,
) -> impl IntoView {
    // The name of the box is the person, who may have no name; the phone stands in the row once, and is not said twice.
    let who = name_beside_phone(&user, locale).unwrap_or_else(|| user.id.short());
    let (label, id) = ((bulk.select)(&who), user.id.to_string());
    let to = path::admin_user(user.id);
    let name = match name_beside_phone(&user, locale) {
        Some(name) => view! { <bdi>{name}</bdi> }.into_any(),
        None => view! { <span class="quiet">{t.no_name}</span> }.into_any(),
    };
    let phone = match user.phone.clone() {
        Some(number) => view! { <Phone number=number /> }.into_any(),
        None => t.no_phone.into_any(),
    };
    let roles: Vec<_> = user.roles.iter().map(|role| t.role(*role)).collect();
    let roles = roles.join(if locale == Locale::Ar { "، " } else { ", " });
    let seen = match user.last_seen_at {
        Some(at) => view! { <When at=at now=now locale=locale /> }.into_any(),
        None => t.never.into_any(),
    };
    // Nobody counts further than that; the page of the person has them all.
    let count = if booked >= 100 { "100+".to_owned() } else { booked.to_string() };
    let bookings = (booked > 0).then(|| view! { <a href=format!("{}/bookings", path::admin_user(user.id))>{count}</a> });
    let (is_verified, joined) = (user.is_phone_verified, user.created_at);
    view! {
        <tr>
            <td class="people-tick"><label class="tick"><input type="checkbox" name="person[]" value=id aria-label=label /></label></td>
            <th scope="row"><a href=to>{phone}</a></th>
            <td class="people-name">{name}</td>
            <td><Verified is_verified=is_verified t=t /></td>
            <td><Badges user=user t=t /></td>
            <td>{roles}</td>
            <td data-label=t.bookings>{bookings}</td>
            <td data-label=t.last_seen>{seen}</td>
            <td data-label=t.joined><When at=joined now=now locale=locale /></td>
        </tr>
    }
}
