//! Optimistic steps: read, decide, write under guards; when somebody else was faster, look again.

use crate::{Error, Usecases};

/// How often. Each time somebody else has got on, and what they did is soon a reason to refuse: few steps need a second look.
const TRIES: u32 = 20;

impl Usecases {
    /// Runs `step` until it says `Some`; `None` means that a guard no longer held.
    pub(crate) async fn settle<T, F: Future<Output = Result<Option<T>, Error>>>(
        &self,
        mut step: impl FnMut() -> F,
    ) -> Result<T, Error> {
        for _ in 0..TRIES {
            if let Some(done) = step().await? {
                return Ok(done);
            }
        }
        Err(Error::Unavailable { retry_after_s: 1, source: "others were always faster".into() })
    }
}
