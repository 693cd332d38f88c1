//! An attacker who plays by the rules in force, with the code that enforces them, against the bound on guessing: the best of all
//! schedules where there are few enough to try them all, and the schedule of `docs/security.md` with the numbers of the contract.
//! The owner signs in as soon as it helps: neither waits nor failures in a row stand in the way.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::challenge::{ChallengeRules, CodeLength, CodeLengths, FAILURES_WINDOW};
use domain::guess_bound::{GuessBound, GuessRules, YEAR};
use domain::limits::{Policy, Quota};
use domain::uses::{Use, Uses};
use proptest::prelude::*;

/// An open challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Open {
    made_at: DateTime<Utc>,
    digits: u8,
    left: u8,
}

/// What the rules look at. Newest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Game {
    now: DateTime<Utc>,
    guesses: Vec<DateTime<Utc>>,
    sends: Vec<DateTime<Utc>>,
    open: Vec<Open>,
}

impl Game {
    fn new() -> Self {
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
        Self { now, guesses: Vec::new(), sends: Vec::new(), open: Vec::new() }
    }

    fn used(&self, instants: &[DateTime<Utc>], quota: Quota) -> u32 {
        let text: String = instants.iter().map(|at| Use { at: *at, tag: 0 }.to_text()).collect();
        Uses::parse(&text).expect("what was written is read").usage(quota, self.now).used
    }

    fn has_room(&self, instants: &[DateTime<Utc>], quota: Quota) -> bool {
        self.used(instants, quota) < quota.limit
    }

    /// Asks for a code.
    fn request(&self, rules: &GuessRules) -> Option<Self> {
        if !rules.challenges.iter().all(|quota| self.has_room(&self.sends, *quota)) {
            return None;
        }
        let lengths = rules.challenge.code_lengths;
        let failures = Quota { limit: lengths.longest_from, window: FAILURES_WINDOW, ..rules.guesses };
        let digits = lengths.of(self.used(&self.guesses, failures), false).digits();
        let mut next = self.clone();
        next.sends.insert(0, self.now);
        next.open.push(Open { made_at: self.now, digits, left: rules.challenge.max_attempts });
        next.open.sort_unstable();
        Some(next)
    }

    /// Guesses wrong at an open challenge.
    fn guess(&self, rules: &GuessRules, at: usize) -> Option<Self> {
        if !self.has_room(&self.guesses, rules.guesses) {
            return None;
        }
        let mut next = self.clone();
        next.guesses.insert(0, self.now);
        next.open[at].left -= 1;
        next.open.retain(|open| open.left > 0);
        Some(next)
    }

    /// Some time later, with what no rule will look at again forgotten.
    fn later(&self, rules: &GuessRules, by: TimeDelta) -> Self {
        let mut next = Self { now: self.now + by, ..self.clone() };
        let now = next.now;
        next.open.retain(|open| now < open.made_at + rules.challenge.max_life);
        next.guesses.retain(|at| *at > now - FAILURES_WINDOW.max(rules.guesses.window));
        let longest = rules.challenges.iter().map(|quota| quota.window).max().unwrap_or_default();
        next.sends.retain(|at| *at > now - longest);
        next
    }
}

/// What a guess is worth: ten digits are one.
fn worth(digits: u8) -> u64 {
    10_u64.pow(u32::from(10 - digits))
}

/// The most that any schedule reaches in a year, if it acts every `tick`.
struct Best<'a> {
    rules: &'a GuessRules,
    tick: TimeDelta,
    end: DateTime<Utc>,
    known: HashMap<Game, u64>,
}

impl<'a> Best<'a> {
    fn of(rules: &'a GuessRules, tick: TimeDelta) -> u64 {
        let start = Game::new();
        Best { rules, tick, end: start.now + YEAR, known: HashMap::new() }.from(start)
    }

    fn from(&mut self, game: Game) -> u64 {
        if game.now >= self.end {
            return 0;
        }
        if let Some(known) = self.known.get(&game) {
            return *known;
        }
        let mut best = self.from(game.later(self.rules, self.tick));
        if let Some(next) = game.request(self.rules) {
            best = best.max(self.from(next));
        }
        // Of those that are alike one is enough.
        for at in (0..game.open.len()).filter(|at| game.open[*at..].get(1) != game.open.get(*at)) {
            if let Some(next) = game.guess(self.rules, at) {
                best = best.max(worth(game.open[at].digits) + self.from(next));
            }
        }
        self.known.insert(game, best);
        best
    }
}

/// Few and slow: guesses and challenges in so many days, guesses a challenge, its life, failures that make codes longer.
#[derive(Clone, Copy, Debug)]
struct Small {
    guesses: (u32, i64),
    challenges: (u32, i64),
    attempts: u8,
    life_d: i64,
    from: (u32, u32),
    digits: [u8; 3],
    tick_d: i64,
}

impl Small {
    fn rules(self) -> GuessRules {
        let quota = |(limit, days)| Quota { policy: Policy::OtpGuess, limit, window: TimeDelta::days(days) };
        let length = |digits| CodeLength::new(digits).expect("6 to 10");
        let [usual, longer, longest] = self.digits.map(length);
        let code_lengths = CodeLengths { usual, longer, longer_from: self.from.0, longest, longest_from: self.from.1 };
        let life = TimeDelta::days(self.life_d);
        GuessRules {
            challenge: ChallengeRules { life, max_life: life, max_attempts: self.attempts, code_lengths },
            guesses: quota(self.guesses),
            challenges: vec![quota(self.challenges)],
            in_a_row: u32::MAX,
        }
    }

    /// What the best schedule reaches, never more than the bound, and the bound.
    fn play(self) -> (f64, GuessBound) {
        let rules = self.rules();
        let (reached, bound) = (Best::of(&rules, TimeDelta::days(self.tick_d)), rules.bound());
        let reached = f64::from(u32::try_from(reached).expect("small")) / 1e10;
        assert!(reached <= bound.chance * (1.0 + 1e-9), "{self:?}: {reached:e} of {bound:?}");
        (reached, bound)
    }
}

#[test]
fn no_schedule_of_any_attacker_reaches_more_than_the_bound_and_the_best_comes_near_it() {
    let usual =
        Small { guesses: (3, 10), challenges: (3, 10), attempts: 2, life_d: 10, from: (2, 4), digits: [6, 8, 10], tick_d: 10 };
    let few = Small { guesses: (2, 10), ..usual };
    let table = [
        usual,
        Small { from: (1, 3), ..few },
        Small { guesses: (3, 10), from: (3, 6), digits: [6, 7, 10], ..usual },
        Small { guesses: (2, 20), life_d: 20, from: (2, 3), challenges: (2, 20), ..usual },
        Small { guesses: (2, 10), life_d: 30, attempts: 1, challenges: (2, 30), from: (2, 2), ..usual },
        // Life is longer than the day: guesses go on after the code ought to be longer.
        Small { guesses: (1, 10), life_d: 30, attempts: 3, challenges: (1, 20), from: (1, 2), ..usual },
        // Challenges are scarcer than guesses.
        Small { guesses: (4, 10), challenges: (1, 10), attempts: 2, from: (2, 4), ..usual },
        Small { guesses: (2, 6), challenges: (2, 6), life_d: 6, attempts: 1, from: (2, 3), tick_d: 6, ..usual },
        // No growth, by lengths, by an odd order, and by numbers that nobody reaches.
        Small { digits: [6, 6, 6], ..few },
        Small { digits: [9, 7, 6], ..few },
        Small { from: (9, 3), ..few },
        Small { from: (1_000, 1_000), ..few },
        // Never the usual length.
        Small { from: (0, 3), ..few },
        Small { from: (0, 0), ..few },
        // Nothing at all.
        Small { challenges: (0, 10), ..few },
    ];
    for small in table {
        let (reached, bound) = small.play();
        assert!(bound.chance <= reached * 1.7, "{small:?}: {reached:e} of {bound:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_limits_no_schedule_reaches_more_than_the_bound(
        guesses in (0..=2_u32, 1..=2_i64),
        challenges in (0..=2_u32, 1..=3_i64),
        attempts in 1..=2_u8,
        life in 1..=2_i64,
        from in (0..=3_u32, 0..=4_u32),
        digits in [6..=8_u8, 6..=8_u8, 6..=8_u8],
    ) {
        let in_days = |(limit, tens)| (limit, tens * 10);
        let (guesses, challenges) = (in_days(guesses), in_days(challenges));
        Small { guesses, challenges, attempts, life_d: life * 10, from, digits, tick_d: 10 }.play();
    }
}

/// The rules of the contract (`usecases` makes sure that its defaults are these).
fn contract() -> GuessRules {
    let quota = |limit, window| Quota { policy: Policy::OtpGuess, limit, window };
    GuessRules {
        challenge: ChallengeRules {
            life: TimeDelta::seconds(300),
            max_life: TimeDelta::seconds(600),
            max_attempts: 5,
            code_lengths: CodeLengths::CONTRACT,
        },
        guesses: quota(15, TimeDelta::days(1)),
        challenges: vec![quota(5, TimeDelta::hours(1)), quota(7, TimeDelta::days(1)), quota(2, TimeDelta::seconds(60))],
        in_a_row: 80,
    }
}

/// Guesses at challenges made at once, as far as the rules let it; how many of them at six digits.
fn guess_at_once(game: &mut Game, rules: &GuessRules, guesses: u32) -> u32 {
    for _ in 0..guesses.div_ceil(5) {
        *game = game.later(rules, TimeDelta::seconds(60));
        *game = game.request(rules).expect("there is room for challenges");
    }
    let mut at_six = 0;
    for _ in 0..guesses {
        at_six += u32::from(game.open[0].digits == 6);
        *game = game.guess(rules, 0).expect("there is room for guesses");
    }
    at_six
}

#[test]
fn with_the_numbers_of_the_contract_the_schedule_of_the_document_gets_most_of_the_bound() {
    let (rules, mut game) = (contract(), Game::new());
    let (bound, start) = (rules.bound(), game.now);
    let mut at_six = 0;
    while game.now < start + YEAR {
        // One less than makes codes longer; a day later, at codes asked for before, all of the day; then nothing, until all is forgotten.
        at_six += guess_at_once(&mut game, &rules, 9);
        game = game.later(&rules, TimeDelta::days(1));
        at_six += guess_at_once(&mut game, &rules, 15);
        game = game.later(&rules, TimeDelta::seconds(600));
        let next = game.request(&rules).expect("a challenge");
        assert_eq!(next.open[0].digits, 8, "{} failures", game.guesses.len());
        game = game.later(&rules, FAILURES_WINDOW);
    }
    assert_eq!((at_six, bound.lengths[0].guesses), (288, 312));
    assert!(f64::from(at_six) / 1e6 > bound.chance * 0.88);
}
