//! Writes and removes notes about a person.

use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use usecases::Error;

use super::admin_person::About;
use super::visit;
use crate::flow::News;
use crate::forms::Done;

/// Writes one.
#[server(prefix = "/sf", endpoint = "admin-add-note", input = PostUrl)]
pub(crate) async fn admin_add_note(#[server(default)] user: String, #[server(default)] text: String) -> Done {
    let mut visit = visit();
    let Some(About { admin, id, page }) = visit.admin_about(&user, "/notes") else { return Ok(()) };
    let outcome = visit.web.usecases.add_note(&admin, id, &text).await;
    visit.done(&page, outcome.map(|_| News::NoteAdded), &[]);
    Ok(())
}

/// Removes one of one's own.
#[server(prefix = "/sf", endpoint = "admin-delete-note", input = PostUrl)]
pub(crate) async fn admin_delete_note(#[server(default)] user: String, #[server(default)] note: String) -> Done {
    let mut visit = visit();
    let Some(About { admin, id, page }) = visit.admin_about(&user, "/notes") else { return Ok(()) };
    let outcome = match note.parse() {
        Ok(note) => visit.web.usecases.delete_note(&admin, id, note).await,
        Err(_) => Err(Error::NotFound),
    };
    visit.done(&page, outcome.map(|()| News::NoteDeleted), &[]);
    Ok(())
}
