//! `/admin/users/{id}/notes`: what those who run the platform write about somebody.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::permission::Permission;
use domain::user::{NOTE_MAX_CHARS, UserStatus};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::components::acts::{Older, Who};
use crate::components::notice::Notices;
use crate::components::person::PersonFrame;
use crate::components::text_area::TextArea;
use crate::components::when::When;
use crate::document::{Page, Width, viewer};
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(Path(id): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Ok(id) = id.parse() else { return faults::answer(visit, ErrorCode::NotFound) };
    let after = visit.query("after").and_then(|text| text.parse().ok());
    let notes = match visit.web.usecases.list_notes(&admin, id, after).await {
        Ok(notes) => notes,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now) = (visit.locale, visit.web.usecases.clock().now());
    let (t, words) = (&visit.t.admin, &visit.t.admin_person);
    let user = notes.user;
    let page = Page {
        width: Width::Full,
        has_error: !flash.faults.is_empty(),
        ..Page::new(format!("{} · {} {}", t.notes, t.users, user.id.short()))
    };
    visit.render(page, move || {
        let may_write = viewer().may(Permission::PeopleEdit) && user.status != UserStatus::Erased;
        let id = user.id.to_string();
        let rows = notes.page.items.into_iter().map(|signed| {
            let author = match signed.author {
                _ if signed.is_own => words.you.into_any(),
                Some(author) => view! { <Who user=author locale=locale /> }.into_any(),
                None => words.somebody.into_any(),
            };
            let remove = (may_write && signed.is_own).then(|| {
                view! {
                    <form method="post" action=api::AdminDeleteNote::PATH>
                        <input type="hidden" name="user" value=id.clone() />
                        <input type="hidden" name="note" value=signed.note.id.to_string() />
                        <button class="button button-quiet" type="submit">{words.note_delete}</button>
                    </form>
                }
            });
            view! {
                <li>
                    <div>
                        <p class="note-text" dir="auto">{signed.note.text}</p>
                        <p class="hint">{author} " · " <When at=signed.note.created_at now=now locale=locale /></p>
                    </div>
                    {remove}
                </li>
            }
        });
        let rows: Vec<_> = rows.collect();
        let list = if rows.is_empty() {
            view! { <p class="hint">{words.no_notes}</p> }.into_any()
        } else {
            view! { <ul class="card rows">{rows}</ul> }.into_any()
        };
        let fault = flash.fault_of("text", locale, now.timestamp());
        let write = may_write.then(|| {
            view! {
                <form class="card" method="post" action=api::AdminAddNote::PATH>
                    <input type="hidden" name="user" value=user.id.to_string() />
                    <TextArea id="text" name="text" label=words.note hint=words.note_hint value="" fault=fault most=NOTE_MAX_CHARS />
                    <button class="button" type="submit">{words.note_add}</button>
                </form>
            }
        });
        let base = format!("{}/notes", path::admin_user(user.id));
        view! {
            <PersonFrame user=user here="/notes" locale=locale t=t>
                <Notices flash=flash locale=locale now=now.timestamp() />
                <p class="hint">{words.notes_lead}</p>
                {write}
                {list}
                <Older base=base next=notes.page.next is_first=after.is_none() older=words.older newest=words.newest />
            </PersonFrame>
        }
    })
}
