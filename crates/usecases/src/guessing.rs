//! What the limits in force come to: how likely it is at most that an account is guessed (`domain::guess_bound`).

use chrono::TimeDelta;
use domain::challenge::Purpose;
use domain::guess_bound::{FleetBound, GuessBound, GuessRules};
use domain::limits::Quota;
use domain::permission::Permission;
use serde::Serialize;

use crate::settings::{OtpSettings, Settings};
use crate::{Admin, Error, Usecases};

impl OtpSettings {
    /// What holds a stranger back. Limits per client address do not: whoever attacks has many.
    pub fn guess_rules(&self) -> GuessRules {
        let cooldown = self.cooldown;
        // Each challenge takes a message, and each purpose has a pause of its own.
        let purposes = u32::try_from(Purpose::ALL.len()).unwrap_or(u32::MAX);
        let between = Quota { limit: cooldown.limit.saturating_mul(purposes), ..cooldown };
        let mut challenges = self.sends(false).to_vec();
        challenges.extend((cooldown.window > TimeDelta::zero()).then_some(between));
        GuessRules { challenge: self.rules, guesses: self.guesses(false), challenges, in_a_row: self.in_a_row(false) }
    }
}

/// What an operator is told, and a page can show.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Guessing {
    /// Of one account.
    pub bound: GuessBound,
    /// Of all of them.
    pub fleet: FleetBound,
    /// What `bound.chance` may be.
    pub ceiling: f64,
}

impl Guessing {
    /// So many accounts are spoken of, unless somebody says how many there are.
    pub const ACCOUNTS: u64 = 10_000;

    /// Whether Salon is not started with this.
    pub fn is_too_easy(&self) -> bool {
        self.bound.chance > self.ceiling
    }
}

impl Settings {
    /// With so many accounts.
    pub fn guessing(&self, accounts: u64) -> Guessing {
        let rules = self.otp.guess_rules();
        let fleet = rules.fleet(accounts, self.sms.budget.messages);
        Guessing { bound: rules.bound(), fleet, ceiling: self.otp.guess_ceiling }
    }
}

impl Usecases {
    /// How likely guessing is with the settings in force, for an admin to look at.
    ///
    /// # Errors
    /// `Forbidden`.
    pub fn read_guessing(&self, admin: &Admin, accounts: u64) -> Result<Guessing, Error> {
        admin.require(Permission::AuditView)?;
        Ok(self.settings().guessing(accounts))
    }
}

#[cfg(test)]
mod tests {
    use domain::challenge::{CodeLength, CodeLengths};
    use serde_json::json;

    use super::*;

    fn with(change: impl FnOnce(&mut OtpSettings)) -> Settings {
        let mut settings = Settings::default();
        change(&mut settings.otp);
        settings
    }

    fn lengths(digits: [u8; 3], from: [u32; 2]) -> Settings {
        let [usual, longer, longest] = digits.map(|digits| CodeLength::new(digits).expect("6 to 10"));
        let [longer_from, longest_from] = from;
        with(|otp| otp.rules.code_lengths = CodeLengths { usual, longer, longer_from, longest, longest_from })
    }

    fn day(guesses: u32, sends: u32) -> Settings {
        with(|otp| {
            otp.guesses_phone.limit = guesses;
            otp.sends_day.limit = sends;
            otp.sends_hour.limit = otp.sends_hour.limit.max(sends / 24);
        })
    }

    fn percent(settings: &Settings) -> String {
        format!("{:.5}", settings.guessing(1).bound.chance * 100.0)
    }

    /// The operator's document and the code say the same.
    #[test]
    fn every_limit_is_worth_what_the_document_says() {
        let document = include_str!("../../../docs/security.md");
        let life = |life| with(|otp| otp.rules.max_life = life);
        let table = [
            ("the defaults", Settings::default()),
            ("no growth at 100 failures", lengths([6, 8, 8], [10, 100])),
            ("no growth at 10 failures", lengths([6, 6, 10], [10, 100])),
            ("growth at 300 failures, the latest there is", lengths([6, 8, 10], [300, 300])),
            ("no limit of guesses a day, so that messages limit them", day(300, 10)),
            ("neither, as far as the configuration goes: 300 of each", day(300, 300)),
            ("no guesses kept for known devices", with(|otp| otp.guesses_kept = 0)),
            ("one guess a challenge", with(|otp| otp.rules.max_attempts = 1)),
            ("any number of guesses a challenge", with(|otp| otp.rules.max_attempts = 255)),
            ("one message a day", day(20, 1)),
            ("codes that live a week", life(TimeDelta::days(7))),
            ("eight digits from the first code on", lengths([8, 8, 8], [10, 100])),
        ];
        for (name, now) in &table {
            let mut before = now.clone();
            let usual = now.otp.rules.code_lengths.usual;
            before.otp.rules.code_lengths = CodeLengths { usual, longer: usual, longest: usual, ..CodeLengths::CONTRACT };
            let row = format!("| {name} | {} | {} |", percent(&before), percent(now));
            assert!(document.lines().any(|line| line == row), "{row}");
        }
        let rows = document.lines().skip_while(|line| *line != "| | six digits | growing codes |").skip(2);
        assert_eq!(rows.take_while(|line| line.starts_with('|')).count(), table.len());
    }

    #[test]
    fn odd_settings_are_bounded_too() {
        let table = [
            ("the contract", Settings::default(), [312, 1_170, 3_993], "0.03241"),
            ("six digits for ever, as it was before", lengths([6, 6, 6], [10, 100]), [312, 1_170, 3_993], "0.54750"),
            ("growth where nobody comes in a year", lengths([6, 8, 10], [9_999, 9_999]), [5_475, 0, 0], "0.54750"),
            ("the second step before the first", lengths([6, 8, 10], [100, 10]), [312, 0, 5_163], "0.03125"),
            ("lengths the wrong way round", lengths([8, 6, 6], [10, 100]), [312, 1_170, 3_993], "0.00548"),
            ("longer at the first failure", lengths([6, 8, 10], [1, 100]), [195, 1_287, 3_993], "0.02083"),
            ("longer without any", lengths([6, 8, 10], [0, 100]), [0, 1_482, 3_993], "0.00152"),
            ("more guesses than messages", day(300, 10), [442, 1_170, 11_198], "0.04548"),
            ("no guesses", day(0, 10), [0, 0, 0], "0.00000"),
            ("no messages", day(20, 0), [0, 0, 0], "0.00000"),
            ("no pause", with(|otp| otp.cooldown.window = TimeDelta::zero()), [312, 1_170, 3_993], "0.03241"),
            (
                "codes that live for ever",
                with(|otp| otp.rules.max_life = TimeDelta::seconds(u32::MAX.into())),
                [5_475, 0, 0],
                "0.54750",
            ),
        ];
        for (name, settings, guesses, chance) in table {
            let guessing = settings.guessing(1);
            assert_eq!(guessing.bound.lengths.each_ref().map(|length| length.guesses), guesses, "{name}");
            assert_eq!(percent(&settings), chance, "{name}");
            assert_eq!(guessing.is_too_easy(), chance == "0.54750", "{name}");
        }
    }

    #[test]
    fn failures_in_a_row_end_it_where_the_owner_never_signs_in() {
        let unvisited = |settings: Settings| format!("{:.6}", settings.guessing(1).bound.chance_unvisited * 100.0);
        assert_eq!(unvisited(Settings::default()), "0.008000", "80 guesses at six digits");
        assert_eq!(unvisited(with(|otp| otp.failures_in_a_row_kept = 0)), "0.010000");
        assert_eq!(unvisited(with(|otp| otp.failures_in_a_row = 1_000_000)), "0.032410", "nothing ends it");
        assert_eq!(unvisited(lengths([6, 8, 10], [0, 0])), "0.000001", "80 at ten digits");
    }

    #[test]
    fn the_fleet_loses_no_more_than_its_messages_allow() {
        let takeovers = |accounts| Settings::default().guessing(accounts).fleet;
        let few = takeovers(10_000);
        assert_eq!((few.messages, format!("{:.3}", few.takeovers)), (367 * 5_000, "3.241".to_owned()));
        let many = takeovers(1_000_000);
        assert_eq!((format!("{:.1}", many.by_accounts), many.takeovers), ("324.1".to_owned(), 367.0 * 5_000.0 * 5.0 / 1e6));
    }

    #[test]
    fn a_page_can_show_it() {
        let shown = serde_json::to_value(Settings::default().guessing(10_000)).expect("JSON");
        assert_eq!(
            shown["bound"]["lengths"],
            json!([
                { "digits": 6, "below_failures": 10, "guesses": 312, "chance": 0.000_312 },
                { "digits": 8, "below_failures": 100, "guesses": 1_170, "chance": 0.000_011_7 },
                { "digits": 10, "below_failures": null, "guesses": 3_993, "chance": 0.000_000_399_3 },
            ])
        );
        let bound = &shown["bound"];
        assert_eq!((&bound["guesses"], &bound["burst"], &bound["windows"]), (&json!(5_475), &json!(15), &json!(13)));
        assert_eq!((&shown["ceiling"], &shown["fleet"]["accounts"]), (&json!(0.005), &json!(10_000)));
    }
}
