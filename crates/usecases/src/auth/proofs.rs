//! Proofs of work: puzzles handed out without a note of it, taken back once (docs/adr/0018).

use chrono::{DateTime, SubsecRound, Utc};
use domain::keys::LimitKey;
use domain::limits::{Quota, Standing, ceil_seconds};
use domain::phone::PhoneNumber;
use domain::proof::{Puzzle, Worth};
use domain::uses::{Use, Uses};
use store::Write;
use store::limit_keys::{self, ProofKeys};

use crate::metrics::{self, ProofStep};
use crate::settings::ProofSettings;
use crate::{Client, Error, Usecases};

/// A puzzle that comes back: with its solution, or without one after the wait.
#[derive(Clone, Debug)]
pub struct Proof {
    /// As it was handed out.
    pub puzzle: String,
    /// See [`domain::proof::is_solution`].
    pub solution: Option<String>,
}

/// What has to be shown, and how hard it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofRequired {
    /// The puzzle, for this phone and this client network.
    pub puzzle: String,
    /// Leading zero bits.
    pub bits: u8,
    /// When the puzzle is no longer good.
    pub expires_at: DateTime<Utc>,
    /// Seconds after which it is good without a solution. `None` when too many have waited already.
    pub wait_s: Option<u64>,
}

/// A proof that is good as far as was seen: the guards of its writes say whether it still is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    keys: ProofKeys,
    is_solved: bool,
}

impl Shown {
    /// Uses the puzzle up, and a place among those who wait if it was not solved. All guarded.
    pub(crate) fn spend(&self, settings: &ProofSettings, now: DateTime<Utc>) -> Vec<Write<'static>> {
        let one = Use { at: now, tag: 0 };
        let mut writes = vec![limit_keys::spend(self.keys.puzzle, [settings.once(); 2], one)];
        if !self.is_solved {
            writes.push(limit_keys::spend(self.keys.network, [settings.waits_network; 2], one));
            writes.push(limit_keys::spend(self.keys.everybody, [settings.waits; 2], one));
        }
        writes
    }

    /// A text went out for it.
    pub(crate) fn count(&self) {
        metrics::proof(if self.is_solved { ProofStep::Solved } else { ProofStep::Waited });
    }
}

impl Usecases {
    /// Looks at what somebody shows who must show something.
    ///
    /// # Errors
    /// `ProofRequired`, with another puzzle; or with the same when it is only too early.
    pub(crate) async fn check_proof(
        &self,
        proof: Option<&Proof>,
        phone: &PhoneNumber,
        client: &Client,
        now: DateTime<Utc>,
    ) -> Result<Shown, Error> {
        let settings = &self.parts.settings.proof;
        let network = client.address.network();
        let read = proof.and_then(|proof| Some((proof, self.parts.keys.read_puzzle(&proof.puzzle, phone, network)?)));
        let Some((Proof { puzzle: text, solution }, puzzle)) = read else {
            return Err(self.another_puzzle(phone, network, now, None));
        };
        let is_solved = match settings.rules.worth(puzzle, text, solution.as_deref(), now) {
            Worth::Nothing => return Err(self.another_puzzle(phone, network, now, None)),
            Worth::Early => return Err(self.ask(text.clone(), puzzle, now, None)),
            Worth::Waited => false,
            Worth::Solved => true,
        };
        let pepper = self.parts.keys.pepper();
        let keys = ProofKeys {
            puzzle: LimitKey::puzzle(pepper, text),
            network: LimitKey::waits_of(pepper, network),
            everybody: LimitKey::waits(pepper),
        };
        let used = limit_keys::find_before_proof(&mut self.parts.store.read().await?, &keys).await?;
        let standing = |uses: &Uses, quota: Quota| quota.standing(uses.usage(quota, now), now);
        if standing(&used.puzzle, settings.once()).is_spent() {
            return Err(self.another_puzzle(phone, network, now, None));
        }
        let waits = [standing(&used.network, settings.waits_network), standing(&used.everybody, settings.waits)];
        let room_in_s = waits.iter().filter(|waits| waits.is_spent()).map(Standing::reset_in_s).max();
        if let (false, Some(room_in_s)) = (is_solved, room_in_s) {
            return Err(self.another_puzzle(phone, network, now, Some(room_in_s)));
        }
        Ok(Shown { keys, is_solved })
    }

    /// A new puzzle. `room_in_s`: nobody else may wait before then.
    fn another_puzzle(&self, phone: &PhoneNumber, network: &str, now: DateTime<Utc>, room_in_s: Option<u64>) -> Error {
        let puzzle = Puzzle { bits: self.parts.settings.proof.rules.bits, issued_at: now.trunc_subsecs(0) };
        let text = self.parts.keys.puzzle(puzzle, self.parts.rng.bytes(), phone, network);
        self.ask(text, puzzle, now, room_in_s)
    }

    fn ask(&self, text: String, puzzle: Puzzle, now: DateTime<Utc>, room_in_s: Option<u64>) -> Error {
        let rules = &self.parts.settings.proof.rules;
        let expires_at = rules.expires_at(puzzle);
        let wait_s = ceil_seconds(rules.ready_at(puzzle) - now).max(room_in_s.unwrap_or(0));
        let is_in_time = wait_s < ceil_seconds(expires_at - now);
        let wait_s = (self.parts.settings.proof.may_wait() && is_in_time).then_some(wait_s);
        metrics::proof(ProofStep::Asked);
        Error::ProofRequired(ProofRequired { puzzle: text, bits: puzzle.bits, expires_at, wait_s })
    }
}
