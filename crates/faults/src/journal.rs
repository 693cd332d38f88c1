//! What clients were told, written down the moment they were told it. Whatever stands here must be true afterwards.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use uuid::Uuid;

/// No more than so many are kept: the first tell what is wrong.
const MOST_VIOLATIONS: usize = 40;

/// A code as its client knows it.
#[derive(Clone, Debug, Default)]
pub struct Code {
    /// To whom it was sent.
    pub phone: String,
    /// 202 answers: the request and its resends.
    pub accepted: u32,
    /// 422 answers to guesses.
    pub wrong: u32,
    /// Sessions it opened.
    pub sessions: Vec<Uuid>,
}

/// A session as its client knows it.
#[derive(Clone, Debug)]
pub struct Held {
    /// The newest access token and when it came.
    pub access: String,
    /// When that came.
    pub access_at: Instant,
    /// Refresh tokens, the newest last.
    pub refresh: Vec<String>,
    /// Whether a log-out was acknowledged.
    pub is_over: bool,
    /// Whether it may be over or not: a log-out or a refresh got no answer.
    pub is_in_doubt: bool,
}

#[derive(Default)]
struct Pages {
    codes: HashMap<Uuid, Code>,
    sessions: HashMap<Uuid, Held>,
    violations: Vec<String>,
    request_ms: Vec<u32>,
}

/// One journal for all clients of one fault.
#[derive(Default)]
pub struct Journal {
    pages: Mutex<Pages>,
    acknowledged: AtomicU64,
    unavailable: AtomicU64,
    broken: AtomicU64,
    sign_ins: AtomicU64,
    tolerance: AtomicUsize,
}

impl Journal {
    /// An answer that promises something.
    pub fn acknowledge(&self) {
        self.acknowledged.fetch_add(1, Ordering::Relaxed);
    }

    /// A 503.
    pub fn turn_away(&self) {
        self.unavailable.fetch_add(1, Ordering::Relaxed);
    }

    /// No answer.
    pub fn lose(&self) {
        self.broken.fetch_add(1, Ordering::Relaxed);
    }

    /// Something that must not be. Kept for the table.
    pub fn violate(&self, what: impl Into<String>) {
        let mut pages = self.lock();
        if pages.violations.len() < MOST_VIOLATIONS {
            pages.violations.push(what.into());
        }
    }

    /// 202.
    pub fn accepted(&self, challenge: Uuid, phone: &str) {
        let mut pages = self.lock();
        let code = pages.codes.entry(challenge).or_default();
        phone.clone_into(&mut code.phone);
        code.accepted += 1;
    }

    /// 422 with a count.
    pub fn guessed_wrong(&self, challenge: Uuid) {
        self.lock().codes.entry(challenge).or_default().wrong += 1;
    }

    /// 200 of a verify.
    pub fn signed_in(&self, challenge: Uuid, session: Uuid, access: &str, refresh: &str) {
        self.sign_ins.fetch_add(1, Ordering::Relaxed);
        let mut pages = self.lock();
        let code = pages.codes.entry(challenge).or_default();
        code.sessions.push(session);
        if code.sessions.len() > 1 {
            pages.violations.push(format!("challenge {challenge} was used twice"));
        }
        let held = Held {
            access: access.to_owned(),
            access_at: Instant::now(),
            refresh: vec![refresh.to_owned()],
            is_over: false,
            is_in_doubt: false,
        };
        pages.sessions.insert(session, held);
    }

    /// 200 of a refresh.
    pub fn refreshed(&self, session: Uuid, access: &str, refresh: &str) {
        if let Some(held) = self.lock().sessions.get_mut(&session) {
            access.clone_into(&mut held.access);
            held.access_at = Instant::now();
            if held.refresh.last().is_none_or(|last| last != refresh) {
                held.refresh.push(refresh.to_owned());
            }
        }
    }

    /// 204 of a log-out.
    pub fn logged_out(&self, session: Uuid) {
        if let Some(held) = self.lock().sessions.get_mut(&session) {
            held.is_over = true;
        }
    }

    /// Nobody can tell any more whether this session lives.
    pub fn doubt(&self, session: Uuid) {
        if let Some(held) = self.lock().sessions.get_mut(&session) {
            held.is_in_doubt = true;
        }
    }

    /// How long an answered code request took.
    pub fn took(&self, time: Duration) {
        self.lock().request_ms.push(u32::try_from(time.as_millis()).unwrap_or(u32::MAX));
    }

    /// The given percentile of code requests since the last call, in ms, and how many there were.
    pub fn percentile_ms(&self, percent: usize) -> (u32, usize) {
        let mut times = std::mem::take(&mut self.lock().request_ms);
        times.sort_unstable();
        let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        (times.get(at).copied().unwrap_or(0), times.len())
    }

    /// While the guard lives, connections may break: a process or its machine is going down on purpose.
    pub fn tolerate(self: &Arc<Self>) -> Tolerance {
        self.tolerance.fetch_add(1, Ordering::SeqCst);
        Tolerance(Arc::clone(self))
    }

    /// Whether connections may break now.
    pub fn is_tolerant(&self) -> bool {
        self.tolerance.load(Ordering::SeqCst) > 0
    }

    /// Promises made so far.
    pub fn acknowledged_count(&self) -> u64 {
        self.acknowledged.load(Ordering::Relaxed)
    }

    /// Sign-ins acknowledged so far.
    pub fn sign_in_count(&self) -> u64 {
        self.sign_ins.load(Ordering::Relaxed)
    }

    /// 503s seen so far.
    pub fn unavailable_count(&self) -> u64 {
        self.unavailable.load(Ordering::Relaxed)
    }

    /// Requests without an answer so far.
    pub fn broken_count(&self) -> u64 {
        self.broken.load(Ordering::Relaxed)
    }

    /// What must not be and was.
    pub fn violations(&self) -> Vec<String> {
        self.lock().violations.clone()
    }

    /// Every code.
    pub fn codes(&self) -> HashMap<Uuid, Code> {
        self.lock().codes.clone()
    }

    /// Every session.
    pub fn sessions(&self) -> HashMap<Uuid, Held> {
        self.lock().sessions.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// See [`Journal::tolerate`].
pub struct Tolerance(Arc<Journal>);

impl Drop for Tolerance {
    fn drop(&mut self) {
        self.0.tolerance.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_opens_two_sessions_is_a_violation() {
        let journal = Journal::default();
        let code = Uuid::from_u128(1);
        journal.accepted(code, "+966501000000");
        journal.signed_in(code, Uuid::from_u128(2), "access", "refresh");
        assert!(journal.violations().is_empty());
        journal.signed_in(code, Uuid::from_u128(3), "access", "refresh");
        assert_eq!(journal.violations().len(), 1);
    }

    #[test]
    fn the_same_refresh_token_again_is_no_new_one() {
        let journal = Journal::default();
        let session = Uuid::from_u128(2);
        journal.signed_in(Uuid::from_u128(1), session, "a1", "r1");
        journal.refreshed(session, "a2", "r2");
        journal.refreshed(session, "a3", "r2");
        let held = journal.sessions().remove(&session).unwrap();
        assert_eq!((held.access.as_str(), held.refresh), ("a3", vec!["r1".to_owned(), "r2".to_owned()]));
    }

    #[test]
    fn tolerance_ends_with_its_guard() {
        let journal = Arc::new(Journal::default());
        let guard = journal.tolerate();
        assert!(journal.is_tolerant());
        drop(guard);
        assert!(!journal.is_tolerant());
    }

    #[test]
    fn a_percentile_is_taken_once() {
        let journal = Journal::default();
        for ms in [30, 10, 20] {
            journal.took(Duration::from_millis(ms));
        }
        assert_eq!(journal.percentile_ms(99), (30, 3));
        assert_eq!(journal.percentile_ms(99), (0, 0));
    }
}
