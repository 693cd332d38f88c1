use domain::ids::{ChallengeId, GuessId};
use domain::limits::Usage;
use store::guesses::{self, NewGuess};
use store::{Store, StoreError, Tx, limit_keys};

use crate::support::{at, id, key, quota, race, reading, winners, writing};

fn guess(number: usize, seconds: i64) -> NewGuess {
    NewGuess { id: GuessId(id(number as u128)), phone_key: key(1), challenge_id: ChallengeId(id(5)), at: at(seconds) }
}

store_test! {
    async fn a_guess_counts_until_it_is_marked_right(store: Store) {
        for (number, seconds) in [(1, 10), (2, 20), (3, 30)] {
            writing!(store, |tx| guesses::insert(tx, &guess(number, seconds)));
        }
        let day = quota(20, 86_400);
        let wrong = Usage { used: 3, frees_at_from: Some(at(10)) };
        assert_eq!(reading!(store, |tx| guesses::usage(tx, key(1), day, at(40))), wrong);
        assert_eq!(reading!(store, |tx| guesses::usage(tx, key(2), day, at(40))), Usage::default());
        writing!(store, |tx| guesses::update_right(tx, GuessId(id(1))));
        let wrong = Usage { used: 2, frees_at_from: Some(at(20)) };
        assert_eq!(reading!(store, |tx| guesses::usage(tx, key(1), day, at(40))), wrong);
        assert_eq!(reading!(store, |tx| guesses::usage(tx, key(1), quota(1, 86_400), at(40))).frees_at_from, Some(at(30)));
        assert_eq!(reading!(store, |tx| guesses::usage(tx, key(1), day, at(86_430))), Usage::default());
        assert_eq!(writing!(store, |tx| guesses::delete_before(tx, at(25), 10)), 2);
    }
}

async fn guess_if_there_is_room(tx: &mut Tx, place: usize) -> Result<bool, StoreError> {
    limit_keys::lock(tx, &[key(1)], at(5)).await?;
    let has_room = guesses::usage(tx, key(1), quota(20, 86_400), at(5)).await?.used < 20;
    if has_room {
        guesses::insert(tx, &guess(place, 5)).await?;
    }
    Ok(has_room)
}

store_test! {
    async fn parallel_guesses_never_pass_the_limit(store: Store) {
        assert_eq!(winners(&race!(store, 100, |tx, place| guess_if_there_is_room(tx, place))), 20);
    }
}
