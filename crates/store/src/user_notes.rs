//! `user_notes`: what those who run the platform write about a person.

use chrono::{DateTime, Utc};
use domain::ids::{NoteId, UserId};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{Instant, StoreError, Tx};

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Key. Newer ones sort last.
    pub id: NoteId,
    /// About whom.
    pub user_id: UserId,
    /// Who wrote it.
    pub author: UserId,
    /// Cleaned.
    pub text: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct NoteRow {
    note_id: Uuid,
    user_id: Uuid,
    author_id: Uuid,
    text: String,
    created_at: Instant,
}

impl From<NoteRow> for Note {
    fn from(row: NoteRow) -> Self {
        Self {
            id: NoteId(row.note_id),
            user_id: UserId(row.user_id),
            author: UserId(row.author_id),
            text: row.text,
            created_at: row.created_at.0,
        }
    }
}

const INSERT: &str = "INSERT INTO user_notes (note_id, user_id, author_id, text, created_at) VALUES ($1, $2, $3, $4, $5)";

/// Writes a note.
pub async fn insert(tx: &mut Tx, note: &Note) -> Result<(), StoreError> {
    let n = note;
    execute!(tx, INSERT, n.id.0, n.user_id.0, n.author.0, n.text.as_str(), Instant(n.created_at)).map(drop)
}

pub(crate) const LIST: &str = "SELECT note_id, user_id, author_id, text, created_at FROM user_notes
    WHERE user_id = $1 AND note_id < $2 ORDER BY note_id DESC LIMIT $3";

/// Up to `limit` notes about somebody, newest first, from the one written before `after` on.
pub async fn list(tx: &mut Tx, user: UserId, after: Option<NoteId>, limit: u32) -> Result<Vec<Note>, StoreError> {
    let before = after.map_or(Uuid::max(), |id| id.0);
    let rows = fetch!(tx, fetch_all, NoteRow, LIST, user.0, before, i64::from(limit))?;
    Ok(rows.into_iter().map(Note::from).collect())
}

const DELETE: &str = "DELETE FROM user_notes WHERE note_id = $1 AND user_id = $2 AND author_id = $3";

/// Removes a note about `user` that `author` wrote: whether there was one.
pub async fn delete(tx: &mut Tx, id: NoteId, user: UserId, author: UserId) -> Result<bool, StoreError> {
    execute!(tx, DELETE, id.0, user.0, author.0).map(|rows| rows > 0)
}

const DELETE_FOR_USER: &str = "DELETE FROM user_notes WHERE user_id = $1";

/// Removes all notes about somebody: how many there were.
pub async fn delete_for_user(tx: &mut Tx, user: UserId) -> Result<u64, StoreError> {
    execute!(tx, DELETE_FOR_USER, user.0)
}
