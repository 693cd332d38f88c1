use domain::ids::{NoteId, UserId};
use store::Store;
use store::user_notes::{self, Note};

use crate::support::{active, at, id, reading, writing};

fn note(number: u128, about: UserId, author: u128) -> Note {
    Note {
        id: NoteId(id(number)),
        user_id: about,
        author: UserId(id(author)),
        text: format!("ملاحظة {number}"),
        created_at: at(1),
    }
}

store_test! {
    async fn notes_are_walked_newest_first_and_removed_by_their_author_alone(store: Store) {
        let (sara, other) = (active(&store, 1).await, active(&store, 2).await);
        for number in 1..=4 {
            writing!(store, |tx| user_notes::insert(tx, &note(number, sara.id, 7)));
        }
        writing!(store, |tx| user_notes::insert(tx, &note(5, other.id, 7)));
        let page = reading!(store, |tx| user_notes::list(tx, sara.id, None, 3));
        assert_eq!(page, [note(4, sara.id, 7), note(3, sara.id, 7), note(2, sara.id, 7)]);
        assert_eq!(reading!(store, |tx| user_notes::list(tx, sara.id, Some(page[2].id), 3)), [note(1, sara.id, 7)]);

        assert!(!writing!(store, |tx| user_notes::delete(tx, NoteId(id(1)), sara.id, UserId(id(8)))), "not hers");
        assert!(!writing!(store, |tx| user_notes::delete(tx, NoteId(id(1)), other.id, UserId(id(7)))), "about somebody else");
        assert!(writing!(store, |tx| user_notes::delete(tx, NoteId(id(1)), sara.id, UserId(id(7)))));
        assert_eq!(writing!(store, |tx| user_notes::delete_for_user(tx, sara.id)), 3);
        assert_eq!(reading!(store, |tx| user_notes::list(tx, other.id, None, 3)).len(), 1);
    }
}
