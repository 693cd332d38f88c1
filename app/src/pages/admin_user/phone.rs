//! `/admin/users/{id}/phone`: moving a person's number. What was typed stays in the flow and never in an address.

use axum::extract::Path;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::error::ErrorCode;
use domain::ids::UserId;
use domain::locale::Locale;
use domain::permission::Permission;
use domain::phone_move::{MoveKind, MoveState, PhoneMove};
use domain::user::{User, UserStatus};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{Error, Look, UserPhone};

use crate::components::admin::{Badges, name_beside_phone};
use crate::components::field::Field;
use crate::components::notice::Notices;
use crate::components::person::PersonFrame;
use crate::components::phone::Phone;
use crate::components::when::When;
use crate::document::{MAIN_FORM, Page, Width};
use crate::flow::{Fault, Flash, What};
use crate::i18n::{Admin, Messages, moment};
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(Path(id): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    if let Err(error) = admin.require(Permission::PeopleChangePhone) {
        return faults::of(visit, &error);
    }
    let Ok(id) = id.parse() else { return faults::answer(visit, ErrorCode::NotFound) };
    let found = match visit.web.usecases.read_phone_move(&admin, id).await {
        Ok(found) => found,
        Err(error) => return faults::of(visit, &error),
    };
    let mut flash = visit.take_flash();
    let looked = match visit.flow.looked.clone().filter(|looked| looked.user == id) {
        Some(looked) => visit.web.usecases.look_at_phone(&admin, id, &looked.e164).await.map(Some),
        None => Ok(None),
    };
    let look = match looked {
        Ok(look) => look,
        // The list of countries has changed since it was typed.
        Err(Error::InvalidPhone(_)) => None,
        Err(error) => return faults::of(visit, &error),
    };
    let refusal = look.as_ref().and_then(|look| look.refusal).filter(|_| flash.faults.is_empty());
    flash.faults.extend(refusal.map(|refusal| Fault { field: None, what: What::Move(refusal) }));
    let (locale, now, now_s, t) = (visit.locale, visit.web.usecases.clock().now(), visit.now_s(), visit.t);
    let here = visit.here.clone();
    let title = format!("{} · {} {}", t.phone_moves.title, t.admin.users, found.user.id.short());
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), has_main_form: true, ..Page::new(title) };
    visit.render(page, move || {
        let UserPhone { user, last, other } = found;
        let shown = last.filter(|last| last.is_open(now) || last.is_undoable(now));
        let frame = user.clone();
        let is_idle = !shown.as_ref().is_some_and(|last| last.is_open(now));
        let standing = shown.map(|last| view! { <Standing last=last user=user.clone() other=other locale=locale now=now t=t /> });
        let next =
            is_idle.then(|| view! { <Next user=user look=look flash=flash.clone() here=here locale=locale now=now t=t /> });
        view! {
            <PersonFrame user=frame here="" locale=locale t=&t.admin>
                <h2>{t.phone_moves.title}</h2>
                <p>{t.phone_moves.lead}</p>
                <Notices flash=flash locale=locale now=now_s />
                {standing}
                {next}
            </PersonFrame>
        }
    })
}

/// What waits, or was done and can be taken back.
#[component]
fn Standing(
    last: PhoneMove,
    user: User,
    other: Option<User>,
    locale: Locale,
    now: DateTime<Utc>,
    t: &'static Messages,
) -> impl IntoView {
    let t = &t.phone_moves;
    let is_done = last.state(now) == MoveState::Done;
    let until = moment(last.over_at, locale);
    let (head, until, points) =
        if is_done { (t.done, (t.undo_until)(&until), t.undo_points) } else { (t.waiting, (t.waits_until)(&until), t.tell_them) };
    let (action, button, class) = if is_done {
        (api::AdminUndoPhone::PATH, t.undo, "button button-danger")
    } else {
        (api::AdminCancelPhone::PATH, t.cancel, "button button-quiet")
    };
    let old = last.old_phone.clone().filter(|_| last.gainer == Some(user.id));
    let old = old.map(|old| view! { <dt>{t.old_number}</dt> <dd><Phone number=old /></dd> });
    let part = if last.gainer == Some(user.id) { t.loses_it } else { t.gets_it };
    let other = match (other, last.gainer) {
        (Some(other), _) => {
            let to = path::admin_user_phone(other.id);
            let name = name_beside_phone(&other, locale).unwrap_or_else(|| other.id.short());
            Some(view! { <a href=to><bdi>{name}</bdi></a> " (" {part} ")" }.into_any())
        }
        (None, None) => Some(t.newcomer.into_any()),
        (None, Some(_)) => None,
    };
    let other = other.map(|other| view! { <dt>{t.other_account}</dt> <dd>{other}</dd> });
    view! {
        <section class="card" aria-labelledby="standing">
            <h2 id="standing">{head}</h2>
            <p>{t.head(last.kind)} ". " <When at=last.changed_at now=now locale=locale /> ". " {until}</p>
            <dl class="person-facts">
                <dt>{t.number}</dt> <dd><Phone number=last.phone /></dd>
                {old}
                {other}
            </dl>
            <Points points=points />
            <form method="post" action=action>
                <input type="hidden" name="user" value=user.id.to_string() />
                <button class=class type="submit">{button}</button>
            </form>
        </section>
    }
}

/// A number to type, or what the typed one would mean.
#[component]
fn Next(
    user: User,
    look: Option<Look>,
    flash: Flash,
    here: String,
    locale: Locale,
    now: DateTime<Utc>,
    t: &'static Messages,
) -> impl IntoView {
    let words = &t.phone_moves;
    match look.filter(|look| look.refusal.is_none()) {
        Some(look) => {
            let head = if look.holder.is_some() { words.taken } else { words.free };
            let holder = look.holder.map(|holder| view! { <Holder holder=holder locale=locale now=now t=&t.admin /> });
            let kinds = look.kinds.into_iter().map(|kind| {
                let phone = look.phone.as_e164().to_owned();
                view! { <Offer user=user.id kind=kind phone=phone head=words.head(kind) points=words.points_of(kind) button=words.button(kind) /> }
            });
            let kinds = kinds.collect_view();
            view! {
                <section class="card" aria-labelledby="looked">
                    <h2 id="looked">{head}</h2>
                    <p class="lead"><Phone number=look.phone /></p>
                    {holder}
                    <form method="post" action=api::AdminLookPhone::PATH>
                        <input type="hidden" name="user" value=user.id.to_string() />
                        <input type="hidden" name="clear" value="yes" />
                        <button class="button button-quiet" type="submit">{words.other_number}</button>
                    </form>
                </section>
                {kinds}
            }
            .into_any()
        }
        None => {
            let (now_s, id) = (now.timestamp(), user.id);
            let gives_up = user.phone.clone().filter(|_| matches!(user.status, UserStatus::Active | UserStatus::Blocked)).map(|phone| {
                let phone = phone.as_e164().to_owned();
                view! { <Offer user=id kind=MoveKind::Recycled phone=phone head=words.gives_up points=words.gives_up_points button=words.gives_up_button /> }
            });
            view! {
                <section class="card" aria-labelledby="new-number">
                    <h2 id="new-number">{words.head(MoveKind::Change)}</h2>
                    <form id=MAIN_FORM method="post" action=api::AdminLookPhone::PATH>
                        <input type="hidden" name="here" value=here />
                        <input type="hidden" name="user" value=id.to_string() />
                        <Field
                            id="phone"
                            label=words.new_number
                            hint=words.new_number_hint
                            value=flash.typed_or("phone", "")
                            fault=flash.fault_of("phone", locale, now_s)
                            kind="tel"
                            mode="tel"
                            dir="ltr"
                        />
                        <button class="button" type="submit">{words.go_on}</button>
                    </form>
                </section>
                {gives_up}
            }
            .into_any()
        }
    }
}

/// Who has the number now, for an admin to know whom they are about to touch.
#[component]
fn Holder(holder: User, locale: Locale, now: DateTime<Utc>, t: &'static Admin) -> impl IntoView {
    let seen = match holder.last_seen_at {
        Some(at) => view! { <When at=at now=now locale=locale /> }.into_any(),
        None => t.never.into_any(),
    };
    let name = name_beside_phone(&holder, locale).unwrap_or_else(|| t.no_name.to_owned());
    let to = path::admin_user(holder.id);
    let (joined, short_id) = (holder.created_at, holder.id.short());
    view! {
        <dl class="person-facts">
            <dt>{t.name}</dt> <dd><a href=to><bdi>{name}</bdi></a></dd>
            <dt>{t.short_id}</dt> <dd><bdi dir="ltr">{short_id}</bdi></dd>
            <dt>{t.status}</dt> <dd><Badges user=holder t=t /></dd>
            <dt>{t.joined}</dt> <dd><When at=joined now=now locale=locale /></dd>
            <dt>{t.last_seen}</dt> <dd>{seen}</dd>
        </dl>
    }
}

/// One thing that may be asked for, and what will happen.
#[component]
fn Offer(
    user: UserId,
    kind: MoveKind,
    phone: String,
    head: &'static str,
    points: &'static [&'static str],
    button: &'static str,
) -> impl IntoView {
    view! {
        <section class="card">
            <h2>{head}</h2>
            <Points points=points />
            <form method="post" action=api::AdminAskPhone::PATH>
                <input type="hidden" name="user" value=user.to_string() />
                <input type="hidden" name="kind" value=kind.as_str() />
                <input type="hidden" name="phone" value=phone />
                <button class="button" type="submit">{button}</button>
            </form>
        </section>
    }
}

#[component]
fn Points(points: &'static [&'static str]) -> impl IntoView {
    view! { <ul class="bullets">{points.iter().map(|point| view! { <li>{*point}</li> }).collect_view()}</ul> }
}
