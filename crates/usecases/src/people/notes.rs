//! Notes about a person: written by those who run the platform, part of what the person may ask for, gone when they are erased.

use domain::error::{FieldError, ValidationError};
use domain::ids::{NoteId, UserId};
use domain::page::Page;
use domain::permission::Permission;
use domain::person::clean_text;
use domain::user::{NOTE_MAX_CHARS, User, UserStatus};
use serde_json::json;
use store::user_notes::{self, Note};
use store::users;

use super::history::{People, page_of};
use crate::{Admin, Error, Usecases};

/// A page of notes.
#[derive(Clone, Debug)]
pub struct PersonNotes {
    /// About whom.
    pub user: User,
    /// Newest first.
    pub page: Page<SignedNote>,
}

/// A note and who wrote it.
#[derive(Clone, Debug)]
pub struct SignedNote {
    /// The note.
    pub note: Note,
    /// Who wrote it, as they are now.
    pub author: Option<User>,
    /// Whether whoever looks wrote it themselves, and so may remove it.
    pub is_own: bool,
}

impl Usecases {
    /// Notes about somebody, newest first.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn list_notes(&self, admin: &Admin, id: UserId, after: Option<NoteId>) -> Result<PersonNotes, Error> {
        let actor = admin.require(Permission::PeopleView)?;
        let mut tx = self.parts.store.read().await?;
        let user = users::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let page = page_of(user_notes::list(&mut tx, id, after, super::history::LIMIT).await?, |note| note.id.to_string());
        let mut people = People::default();
        let mut items = Vec::with_capacity(page.items.len());
        for note in page.items {
            let author = people.find(&mut tx, note.author).await?;
            let is_own = note.author == actor.user.id;
            items.push(SignedNote { note, author, is_own });
        }
        Ok(PersonNotes { user, page: Page { items, next: page.next } })
    }

    /// Writes a note about somebody. What it says is nowhere else: the record says only that there is one.
    ///
    /// # Errors
    /// `Forbidden`, `Validation`, `NotFound`, `Conflict` (erased), `Unavailable`.
    pub async fn add_note(&self, admin: &Admin, id: UserId, text: &str) -> Result<SignedNote, Error> {
        let actor = admin.require(Permission::PeopleEdit)?;
        let text = read_text(text)?;
        let now = self.parts.clock.now();
        let note = Note { id: self.parts.rng.id_v7::<NoteId>(now), user_id: id, author: actor.user.id, text, created_at: now };
        let mut tx = self.parts.store.write().await?;
        let user = users::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if user.status == UserStatus::Erased {
            return Err(Error::Conflict);
        }
        user_notes::insert(&mut tx, &note).await?;
        self.audit_admin(&mut tx, actor, "note_added", Some(id), json!({ "note_id": note.id })).await?;
        tx.commit().await?;
        Ok(SignedNote { note, author: Some(actor.user.clone()), is_own: true })
    }

    /// Removes a note that the admin wrote.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound` (not there, not about them, or somebody else's), `Unavailable`.
    pub async fn delete_note(&self, admin: &Admin, id: UserId, note: NoteId) -> Result<(), Error> {
        let actor = admin.require(Permission::PeopleEdit)?;
        let mut tx = self.parts.store.write().await?;
        if !user_notes::delete(&mut tx, note, id, actor.user.id).await? {
            return Err(Error::NotFound);
        }
        self.audit_admin(&mut tx, actor, "note_deleted", Some(id), json!({ "note_id": note })).await?;
        Ok(tx.commit().await?)
    }
}

fn read_text(raw: &str) -> Result<String, Error> {
    let wrong = |code| Error::Validation(vec![ValidationError::new("/text", code)]);
    let text = clean_text(raw).ok_or_else(|| wrong(FieldError::Required))?;
    if text.chars().count() > NOTE_MAX_CHARS { Err(wrong(FieldError::TooLong)) } else { Ok(text) }
}
