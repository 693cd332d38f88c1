//! What this process knows of the counts: those of the database as it last read them, and its own that are not written yet.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::fraud::{AlarmLimits, Board, Bucket, Counts, DAY, Level, Scope, ScopeKind};
use store::fraud_counters::Counter;

/// Scopes at most that wait to be written. More are networks that asked for a code or two within a second.
const WAITING_AT_MOST: usize = 10_000;

/// Shared by the clones of one process's use cases.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counted(Arc<Mutex<Counters>>);

#[derive(Debug, Default)]
pub(crate) struct Counters {
    /// Of the database.
    known: Board,
    /// Of this process, not written yet.
    mine: Board,
    /// The bucket under way when all was read the last time.
    pub(crate) read_in: Option<Bucket>,
    /// Of the alarm, made of the past before a bucket.
    pub(crate) limits: Option<(Bucket, AlarmLimits)>,
    /// The highest level of each kind of scope, as it was last told.
    pub(crate) levels: [Level; ScopeKind::ALL.len()],
}

impl Counted {
    /// Never held across a wait.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Counters> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counters {
    /// Counts something that happened.
    pub(crate) fn count(&mut self, scopes: &[Scope], bucket: Bucket, counts: Counts) {
        for scope in scopes {
            let is_full = self.mine.len() >= WAITING_AT_MOST;
            if !(is_full && scope.kind() == ScopeKind::Network && !self.mine.has(*scope)) {
                self.mine.add(*scope, bucket, counts);
            }
        }
    }

    /// The counts of a scope, each bucket once: what is asked for in one place and entered in another belongs together.
    pub(crate) fn of(&self, scope: Scope) -> Vec<(Bucket, Counts)> {
        let mut sums = self.known.of(scope).collect::<BTreeMap<_, _>>();
        for (bucket, counts) in self.mine.of(scope) {
            sums.entry(bucket).or_default().add(counts);
        }
        sums.into_iter().collect()
    }

    /// How many codes of a scope were asked for.
    pub(crate) fn asked(&self, scope: Scope) -> u32 {
        let all = self.known.of(scope).chain(self.mine.of(scope));
        all.fold(0, |sum, (_, counts)| sum.saturating_add(counts.asked))
    }

    /// Every scope with counts.
    pub(crate) fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.known.scopes().chain(self.mine.scopes().filter(|scope| !self.known.has(*scope)))
    }

    /// What is to be written, in the order in which rows are locked.
    pub(crate) fn mine(&self) -> Vec<Counter> {
        self.mine.all().collect()
    }

    /// It is in the database now: from here on it is known instead.
    pub(crate) fn written(&mut self, counters: &[Counter]) {
        for (scope, bucket, counts) in counters {
            self.mine.take(*scope, *bucket, *counts);
            self.known.add(*scope, *bucket, *counts);
        }
    }

    /// What the database has in `from` and later.
    pub(crate) fn learn(&mut self, from: Bucket, counters: Vec<Counter>, now: Bucket) {
        self.known.forget_from(from);
        self.known.forget_before(now.back(DAY));
        for (scope, bucket, counts) in counters {
            self.known.add(scope, bucket, counts);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::keys::LimitKey;

    use super::*;

    fn network(number: usize) -> Scope {
        Scope::Network(LimitKey(u128::try_from(number).expect("small").to_be_bytes()))
    }

    #[test]
    fn what_happens_while_the_rest_is_written_counts_once() {
        let (counted, bucket) = (Counted::default(), Bucket::of(DateTime::UNIX_EPOCH));
        let mut counters = counted.lock();
        let asked = |counters: &Counters| counters.of(Scope::Fleet).iter().map(|(_, counts)| counts.asked).sum::<u32>();
        counters.count(&[Scope::Fleet], bucket, Counts::ASKED);
        let writing = counters.mine();
        counters.count(&[Scope::Fleet], bucket, Counts::ASKED);
        assert_eq!(asked(&counters), 2);
        counters.written(&writing);
        assert_eq!(asked(&counters), 2);
        counters.learn(bucket, vec![(Scope::Fleet, bucket, Counts { asked: 5, ..Counts::default() })], bucket);
        assert_eq!((asked(&counters), counters.mine().len()), (6, 1), "five of the database, one not written yet");
    }

    #[test]
    fn a_code_that_is_entered_before_the_next_round_is_not_lost() {
        let (mut counters, bucket) = (Counters::default(), Bucket::of(DateTime::UNIX_EPOCH));
        counters.count(&[Scope::Fleet], bucket, Counts::ASKED);
        counters.written(&counters.mine());
        counters.count(&[Scope::Fleet], bucket, Counts::VERIFIED);
        assert_eq!(counters.of(Scope::Fleet), [(bucket, Counts { asked: 1, verified: 1, ..Counts::default() })]);
    }

    #[test]
    fn what_waits_is_bounded_and_what_is_coarse_is_never_left_out() {
        let mut counters = Counters::default();
        let bucket = Bucket::of(DateTime::UNIX_EPOCH);
        for number in 0..WAITING_AT_MOST + 100 {
            counters.count(&[network(number), Scope::Fleet], bucket, Counts::ASKED);
        }
        assert!(counters.mine().len() <= WAITING_AT_MOST + 1);
        assert_eq!(counters.of(Scope::Fleet)[0].1.asked, u32::try_from(WAITING_AT_MOST + 100).expect("small"));
        counters.count(&[network(0)], bucket, Counts::ASKED);
        assert_eq!(counters.of(network(0))[0].1.asked, 2, "one that is there goes on counting");
    }
}
