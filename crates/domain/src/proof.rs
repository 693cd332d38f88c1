//! Proof of work (docs/adr/0018): a puzzle that costs whoever asks for a text a second or two of their machine, and us one hash. Who
//! cannot work may wait instead.

use std::ops::RangeInclusive;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

/// Leading zero bits that may be asked for. Fewer cost nothing; with more a cheap phone works for minutes.
pub const BITS: RangeInclusive<u8> = 8..=24;

/// What a puzzle of ours says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Puzzle {
    /// Leading zero bits that its solution must bring about.
    pub bits: u8,
    /// When it was handed out, to the second.
    pub issued_at: DateTime<Utc>,
}

/// How hard puzzles are and how long they are good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProofRules {
    /// Leading zero bits of new puzzles: 2^bits hashes on average.
    pub bits: u8,
    /// From when it is handed out.
    pub life: TimeDelta,
    /// After so long a puzzle is good without a solution. Shorter than its life.
    pub wait: TimeDelta,
}

/// What a puzzle is worth that somebody brings back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// Expired, or the solution is none.
    Nothing,
    /// Not solved, and too early to do without.
    Early,
    /// Not solved, and waited for long enough.
    Waited,
    /// Solved.
    Solved,
}

impl ProofRules {
    /// When a puzzle can be brought back for the last time.
    pub fn expires_at(&self, puzzle: Puzzle) -> DateTime<Utc> {
        puzzle.issued_at + self.life
    }

    /// When it is good without a solution.
    pub fn ready_at(&self, puzzle: Puzzle) -> DateTime<Utc> {
        puzzle.issued_at + self.wait
    }

    /// What `puzzle`, whose text is `text`, is worth at `now`. One from a clock that is far ahead is worth nothing: it could outlive
    /// the note that it was used.
    pub fn worth(&self, puzzle: Puzzle, text: &str, solution: Option<&str>, now: DateTime<Utc>) -> Worth {
        if now >= self.expires_at(puzzle) || puzzle.issued_at >= now + self.life {
            return Worth::Nothing;
        }
        match solution {
            Some(solution) if is_solution(text, solution, puzzle.bits) => Worth::Solved,
            Some(_) => Worth::Nothing,
            None if now >= self.ready_at(puzzle) => Worth::Waited,
            None => Worth::Early,
        }
    }

    /// For so long it has to be remembered that a puzzle was used.
    pub fn remembered(&self) -> TimeDelta {
        self.life * 2
    }
}

/// Whether SHA-256 of the puzzle's text with the solution behind it begins with so many zero bits. A solution is a number below 2^32 in
/// decimal digits, written the one way there is.
pub fn is_solution(puzzle: &str, solution: &str, bits: u8) -> bool {
    let Some(number) = solution.parse::<u32>().ok().filter(|number| number.to_string() == solution) else { return false };
    solves(puzzle, number, bits)
}

/// The smallest solution, found the hard way. `None` if there is none, which nobody will see.
pub fn solve(puzzle: &str, bits: u8) -> Option<u32> {
    (0..=u32::MAX).find(|number| solves(puzzle, *number, bits))
}

fn solves(puzzle: &str, number: u32, bits: u8) -> bool {
    let digest = Sha256::new().chain_update(puzzle).chain_update(number.to_string()).finalize();
    let [a, b, c, d, ..] = digest[..] else { return false };
    u32::from_be_bytes([a, b, c, d]).leading_zeros() >= u32::from(bits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(s: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + s, 0).expect("in range")
    }

    const RULES: ProofRules = ProofRules { bits: 8, life: TimeDelta::seconds(600), wait: TimeDelta::seconds(60) };
    const TEXT: &str = "EgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    const VECTORS: [(&str, u8, u32); 7] = [
        (TEXT, 8, 683),
        (TEXT, 12, 3_594),
        (TEXT, 16, 45_367),
        ("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g", 8, 305),
        ("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g", 18, 5_591),
        ("__jx6uPc1c7HwLmyq6Sdlo-IgXpzbGVeV1BJQjs0LSYf", 12, 2_510),
        ("", 16, 88_484),
    ];

    #[test]
    fn the_smallest_solutions_are_those_that_another_implementation_found() {
        // Python: next(n for n in count() if int(sha256(f"{puzzle}{n}".encode()).hexdigest()[:8], 16) >> (32 - bits) == 0)
        for (puzzle, bits, smallest) in VECTORS {
            assert_eq!(solve(puzzle, bits), Some(smallest), "{puzzle} {bits}");
            assert!(is_solution(puzzle, &smallest.to_string(), bits));
        }
    }

    #[test]
    fn a_solution_is_a_number_written_the_one_way() {
        let number = solve(TEXT, 8).expect("one");
        assert!(is_solution(TEXT, &number.to_string(), 8));
        let wrong = [
            String::new(),
            format!("0{number}"),
            format!("+{number}"),
            format!(" {number}"),
            format!("{number}.0"),
            format!("{}", u64::from(number) + (1 << 32)),
            (number - 1).to_string(),
            "٧".to_owned(),
        ];
        for text in wrong {
            assert!(!is_solution(TEXT, &text, 8), "{text:?}");
        }
    }

    #[test]
    fn a_puzzle_is_good_when_solved_or_waited_for_and_not_for_ever() {
        let puzzle = Puzzle { bits: 8, issued_at: at(0) };
        let solution = solve(TEXT, 8).expect("one").to_string();
        let worth = |solution, s| RULES.worth(puzzle, TEXT, solution, at(s));
        let solved = Some(solution.as_str());
        assert_eq!([0, 1, 599, 600].map(|s| worth(solved, s)), [Worth::Solved, Worth::Solved, Worth::Solved, Worth::Nothing]);
        assert_eq!(
            [0, 59, 60, 599, 600].map(|s| worth(None, s)),
            [Worth::Early, Worth::Early, Worth::Waited, Worth::Waited, Worth::Nothing]
        );
        assert_eq!(worth(Some("x"), 100), Worth::Nothing, "what is no solution is not a wait");
        assert_eq!((worth(solved, -599), worth(solved, -600)), (Worth::Solved, Worth::Nothing), "clocks differ, but not by much");
        let harder = Puzzle { bits: 24, ..puzzle };
        assert_eq!(RULES.worth(harder, TEXT, solved, at(1)), Worth::Nothing, "the puzzle says how hard it is");
    }

    proptest! {
        #[test]
        fn a_note_of_use_outlives_its_puzzle(issued in -2_000_i64..2_000, used in 0_i64..2_000, again in 0_i64..4_000) {
            let puzzle = Puzzle { bits: 8, issued_at: at(issued) };
            let is_good = |s| !matches!(RULES.worth(puzzle, TEXT, Some("x"), at(s)), Worth::Nothing)
                || matches!(RULES.worth(puzzle, TEXT, None, at(s)), Worth::Early | Worth::Waited);
            if is_good(used) && again >= used && is_good(again) {
                prop_assert!(at(again) - at(used) < RULES.remembered());
            }
        }

        #[test]
        fn no_text_panics(puzzle in "\\PC*", solution in "\\PC*") {
            let _ = is_solution(&puzzle, &solution, 8);
        }
    }
}
