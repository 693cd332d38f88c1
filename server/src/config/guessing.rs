//! How likely guessing is with these settings, told to people; and which keys to turn when it is too likely.

use std::fmt::Write;

use domain::guess_bound::{FleetBound, GuessesAtLength, percent};
use usecases::settings::Settings;

use super::model::{Config, Otp};
use super::problem::KeyProblem;

const CEILING: &str = "otp.guess_bound_ceiling";
/// A key that takes off less than this part is not worth its name in the error.
const WORTH_NAMING: f64 = 0.1;

/// A key, and how to turn it a step towards safety.
type Turn = (&'static str, fn(&mut Otp));

/// What may be turned. Each is tried and what comes of it is looked at: there is no second truth about what matters.
const TURNS: [Turn; 9] = [
    ("otp.code_length", |otp| otp.code_length += 1),
    ("otp.longer_code_length", |otp| otp.longer_code_length += 1),
    ("otp.longest_code_length", |otp| otp.longest_code_length += 1),
    ("otp.guesses_per_phone_day", |otp| otp.guesses_per_phone_day /= 2),
    ("otp.longer_code_after_failures", |otp| otp.longer_code_after_failures /= 2),
    ("otp.longest_code_after_failures", |otp| otp.longest_code_after_failures /= 2),
    ("otp.max_life_s", |otp| otp.max_life_s = otp.life_s),
    ("otp.max_attempts", |otp| otp.max_attempts = otp.max_attempts.div_ceil(2)),
    ("otp.sends_per_phone_day", |otp| otp.sends_per_phone_day /= 2),
];

impl Config {
    /// Why Salon is not started with this, and which keys would change it, the one that changes most first.
    pub(super) fn guess_problem(&self, settings: &Settings) -> Option<KeyProblem> {
        let guessing = settings.guessing(0);
        if !guessing.is_too_easy() {
            return None;
        }
        let chance = guessing.bound.chance;
        let mut turned: Vec<(&str, f64)> = TURNS
            .into_iter()
            .filter_map(|(key, turn)| {
                let mut other = self.clone();
                turn(&mut other.otp);
                Some((key, other.settings().ok()?.guessing(0).bound.chance))
            })
            .filter(|(_, turned)| *turned <= chance * (1.0 - WORTH_NAMING))
            .collect();
        turned.sort_by(|(_, one), (_, other)| one.total_cmp(other));
        let keys: Vec<&str> = turned.into_iter().map(|(key, _)| key).collect();
        let (chance, ceiling) = (percent(chance), percent(guessing.ceiling));
        let reason = format!(
            "somebody may guess their way into an account within a year with a chance of {chance}, more than {ceiling}; what changes it \
             most: {} (docs/security.md)",
            keys.join(", ")
        );
        Some(KeyProblem::new(CEILING, reason))
    }
}

/// How likely guessing is, as comments below what is in force.
pub fn guessing(settings: &Settings, accounts: u64) -> String {
    let guessing = settings.guessing(accounts);
    let (bound, fleet, otp) = (&guessing.bound, &guessing.fleet, &settings.otp);
    let mut shown = String::from("\n# How likely guessing is at most, for somebody on no known device (docs/security.md):\n");
    let (chance, ceiling) = (percent(bound.chance), percent(guessing.ceiling));
    let _ = writeln!(shown, "# one account in a year: {chance} ({CEILING}: {ceiling})");
    for GuessesAtLength { digits, below_failures, guesses, chance } in bound.lengths.iter().filter(|length| length.guesses > 0) {
        let failures = below_failures.map_or_else(String::new, |below| format!(", asked for below {below} failures in 30 days"));
        let _ = writeln!(shown, "#   {guesses} guesses at {digits} digits{failures}: {}", percent(*chance));
    }
    let (day, challenge) = (otp.guesses(false).limit, otp.rules.max_attempts);
    let _ = writeln!(shown, "#   for {day} guesses a day, {challenge} a challenge, {} in the life of one", bound.burst);
    let (in_a_row, unvisited) = (otp.in_a_row(false), percent(bound.chance_unvisited));
    let _ =
        writeln!(shown, "# one account whose owner never signs in: {unvisited} (then codes are off, after {in_a_row} in a row)");
    let FleetBound { accounts, takeovers, by_accounts, by_messages, .. } = fleet;
    let _ = writeln!(
        shown,
        "# {accounts} accounts (--accounts): {takeovers:.2} taken over in a year (by their number {by_accounts:.2}, by \
         sms.daily_messages {by_messages:.2})"
    );
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Sources, load};

    fn config(otp: &str) -> Config {
        load(&Sources { file: Some(("salon.toml".into(), format!("[otp]\n{otp}"))), variables: Vec::new() }).expect("it loads")
    }

    fn problems(otp: &str) -> Vec<String> {
        let problems = config(otp).check().err().map_or_else(Vec::new, |error| error.0);
        problems.into_iter().map(|KeyProblem { key, reason }| format!("{key}: {reason}")).collect()
    }

    #[test]
    fn codes_that_do_not_grow_are_refused_with_the_figure_and_the_keys() {
        let named = |otp: &str| match &problems(otp)[..] {
            [problem] => {
                let (before, keys) = problem.split_once("what changes it most: ").expect("names keys");
                let chance = before.split_once("a chance of ").expect("the figure").1.trim_end_matches("; ");
                (chance.to_owned(), keys.trim_end_matches(" (docs/security.md)").replace("otp.", ""))
            }
            other => panic!("{otp}: {other:?}"),
        };
        for (otp, chance, keys) in [
            (
                "longer_code_length = 6\nlongest_code_length = 6",
                "0.548 %, more than 0.5 %",
                "code_length, longer_code_length, guesses_per_phone_day, longest_code_length",
            ),
            (
                "guess_bound_ceiling = 0.2\nlonger_code_after_failures = 300\nlongest_code_after_failures = 300",
                "0.409 %, more than 0.2 %",
                "code_length, guesses_per_phone_day, longest_code_after_failures, longer_code_after_failures",
            ),
            (
                "guess_bound_ceiling = 0.04\nguesses_per_phone_day = 300",
                "0.0455 %, more than 0.04 %",
                "code_length, sends_per_phone_day, max_attempts, longer_code_after_failures",
            ),
            (
                "guess_bound_ceiling = 0.1\nmax_life_s = 604800",
                "0.15 %, more than 0.1 %",
                "code_length, max_life_s, guesses_per_phone_day",
            ),
        ] {
            assert_eq!(named(otp), (chance.to_owned(), keys.to_owned()), "{otp}");
        }
    }

    #[test]
    fn a_ceiling_is_a_part_of_a_hundred() {
        for wrong in ["0", "-1", "100.1", "nan", "inf"] {
            let found = problems(&format!("guess_bound_ceiling = {wrong}"));
            assert!(matches!(&found[..], [one] if one.starts_with("otp.guess_bound_ceiling: ")), "{wrong}: {found:?}");
        }
        for good in ["1", "100", "0.0325"] {
            assert_eq!(problems(&format!("guess_bound_ceiling = {good}")), [""; 0], "{good}");
        }
    }

    #[test]
    fn a_chance_reads_well() {
        let shown = [0.0, 1.0, 0.123_4, 0.005, 0.005_475, 0.005_000_1, 0.000_324_1, 0.000_312, 0.000_000_399_3].map(percent);
        assert_eq!(shown, ["0 %", "100 %", "12.4 %", "0.5 %", "0.548 %", "0.501 %", "0.0325 %", "0.0312 %", "0.00004 %"]);
    }

    #[test]
    fn what_an_operator_reads() {
        let shown = guessing(&config("").settings().expect("good"), 10_000);
        assert_eq!(
            shown,
            "
# How likely guessing is at most, for somebody on no known device (docs/security.md):
# one account in a year: 0.0325 % (otp.guess_bound_ceiling: 0.5 %)
#   312 guesses at 6 digits, asked for below 10 failures in 30 days: 0.0312 %
#   1170 guesses at 8 digits, asked for below 100 failures in 30 days: 0.00117 %
#   3993 guesses at 10 digits: 0.00004 %
#   for 15 guesses a day, 5 a challenge, 15 in the life of one
# one account whose owner never signs in: 0.008 % (then codes are off, after 80 in a row)
# 10000 accounts (--accounts): 3.24 taken over in a year (by their number 3.24, by sms.daily_messages 9.18)
"
        );
    }
}
