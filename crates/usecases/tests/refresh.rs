//! Refresh tokens: good once, forgiving for half a minute, deadly when replayed.

use crate::support::{actor, salon, sign_in, wait};
use store::on_both;
use usecases::{Error, Usecases};

async fn next(uc: &Usecases, refresh: &str) -> Result<String, Error> {
    uc.refresh(refresh).await.map(|answer| answer.tokens.expect("an API session").refresh)
}

on_both! {
    async fn a_lost_answer_is_given_again_and_a_replay_ends_the_session(scratch) {
        let uc = salon(&scratch);
        let first = sign_in(&uc, "0501234567").await.tokens.expect("an API session").refresh;
        let second = next(&uc, &first).await.expect("rotates");
        assert_ne!(first, second);
        wait(&uc, 30);
        assert_eq!(next(&uc, &first).await.expect("the answer was lost"), second, "the same successor");
        let third = next(&uc, &second).await.expect("rotates");
        let replay = next(&uc, &first).await;
        assert!(matches!(replay, Err(Error::SessionEnded)), "its successor has been used: {replay:?}");
        assert!(matches!(next(&uc, &third).await, Err(Error::SessionEnded)), "the whole family is dead");
    }
}

on_both! {
    async fn after_half_a_minute_a_spent_token_is_a_replay(scratch) {
        let uc = salon(&scratch);
        let first = sign_in(&uc, "0501234567").await.tokens.expect("an API session").refresh;
        let second = next(&uc, &first).await.expect("rotates");
        wait(&uc, 31);
        assert!(matches!(next(&uc, &first).await, Err(Error::SessionEnded)));
        assert!(matches!(next(&uc, &second).await, Err(Error::SessionEnded)));
    }
}

on_both! {
    async fn a_made_up_token_ends_nothing(scratch) {
        let uc = salon(&scratch);
        let good = sign_in(&uc, "0501234567").await.tokens.expect("an API session").refresh;
        let made_up = format!("{}{}", &good[..good.len() - 2], if good.ends_with("AA") { "BB" } else { "AA" });
        assert!(matches!(next(&uc, &made_up).await, Err(Error::Unauthenticated)));
        next(&uc, &good).await.expect("still good");
    }
}

on_both! {
    async fn sessions_end_by_disuse_and_by_age(scratch) {
        let uc = salon(&scratch);
        let mut token = sign_in(&uc, "0501234567").await.tokens.expect("an API session").refresh;
        for _ in 0..3 {
            wait(&uc, 29 * 24 * 3600);
            token = next(&uc, &token).await.expect("used within thirty days");
        }
        wait(&uc, 3 * 24 * 3600);
        assert!(matches!(next(&uc, &token).await, Err(Error::SessionEnded)), "ninety days are the end");
        let idle = sign_in(&uc, "0501234567").await.tokens.expect("an API session").refresh;
        wait(&uc, 30 * 24 * 3600);
        assert!(matches!(next(&uc, &idle).await, Err(Error::SessionEnded)), "thirty days of disuse are the end");
    }
}

on_both! {
    async fn signing_out_kills_the_family_at_once(scratch) {
        let uc = salon(&scratch);
        let signed_in = sign_in(&uc, "0501234567").await;
        uc.logout(&actor(&signed_in)).await.expect("signs out");
        let tokens = signed_in.tokens.expect("an API session");
        assert!(matches!(next(&uc, &tokens.refresh).await, Err(Error::SessionEnded)));
        assert!(matches!(uc.actor_of_access_token(&tokens.access).await, Err(Error::SessionEnded)));
    }
}
