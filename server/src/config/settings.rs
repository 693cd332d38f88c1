//! The configuration as the use cases want it.

use chrono::TimeDelta;
use domain::challenge::{ChallengeRules, CodeLength, CodeLengths};
use domain::limits::{Policy, Quota};
use domain::phone::Region;
use domain::proof::ProofRules;
use domain::session::SessionRules;
use sms::Templates;
use usecases::settings::{
    BookingSettings, DeliverySettings, OtpSettings, PasskeySettings, PhoneSettings, ProofDemand, ProofSettings, Retention,
    SessionSettings, Settings, Site, SmsSettings, TokenSettings,
};

use super::model::{Config, WhenProof};
use super::problem::{ConfigError, KeyProblem};

/// A limit's row holds all its recent uses and is rewritten at each (docs/adr/0010).
const MOST_USES: u32 = 300;

impl Config {
    /// The numbers the use cases work with. Values that cannot be right are named, all of them.
    pub fn settings(&self) -> Result<Settings, ConfigError> {
        let mut problems = Vec::new();
        let code_lengths = self.code_lengths(&mut problems);
        let limits = [
            ("otp.guesses_per_phone_day", self.otp.guesses_per_phone_day),
            ("otp.longest_code_after_failures", self.otp.longest_code_after_failures),
            // Known devices get what is kept for them on top.
            ("otp.sends_per_phone_hour", self.otp.sends_per_phone_hour.saturating_add(self.otp.sends_kept_for_known_devices)),
            ("otp.sends_per_phone_day", self.otp.sends_per_phone_day),
            ("otp.sends_per_address", self.otp.sends_per_address),
            ("proof.waits_per_network_hour", self.proof.waits_per_network_hour),
            ("proof.waits_per_hour", self.proof.waits_per_hour),
        ];
        for (key, _) in limits.into_iter().filter(|(_, limit)| *limit > MOST_USES) {
            problems.push(KeyProblem::new(key, format!("must be {MOST_USES} at most")));
        }
        let mut region = |key: String, text: &str| {
            Region::parse(text).unwrap_or_else(|| {
                problems.push(KeyProblem::new(key, format!("`{text}` is not a two-letter country code")));
                Region::SA
            })
        };
        let default_region = region("phones.default_region".to_owned(), &self.phones.default_region);
        let countries: Vec<_> =
            self.phones.countries.iter().enumerate().map(|(at, text)| region(format!("phones.countries[{at}]"), text)).collect();
        let texts = self.texts().unwrap_or_else(|ConfigError(more)| {
            problems.extend(more);
            Templates::default()
        });
        let sms = self.sms_settings().unwrap_or_else(|ConfigError(more)| {
            problems.extend(more);
            SmsSettings::default()
        });
        let test_numbers = self.test_numbers(default_region, &countries).unwrap_or_else(|ConfigError(more)| {
            problems.extend(more);
            Vec::new()
        });
        if !problems.is_empty() {
            return Err(ConfigError(problems));
        }
        Ok(Settings {
            otp: self.otp_settings(code_lengths),
            proof: self.proof_settings(),
            second_factor: self.second_factor.settings(),
            passkeys: PasskeySettings { site: Site::of(&self.public_origin()), ..PasskeySettings::default() },
            booking: BookingSettings::default(),
            phones: PhoneSettings { default_region, countries, ..PhoneSettings::default() },
            tokens: TokenSettings {
                issuer: if self.auth.issuer.is_empty() { self.public_origin() } else { self.auth.issuer.clone() },
                audience: self.auth.audience.clone(),
                access: seconds(self.auth.access_ttl_s),
                leeway: seconds(self.auth.leeway_s),
                refresh_grace: seconds(self.auth.refresh_grace_s),
            },
            sessions: SessionSettings {
                web_customer: rules(self.auth.customer_idle_s, self.auth.customer_absolute_s),
                web_staff: rules(self.auth.staff_idle_s, self.auth.staff_absolute_s),
                api: rules(self.auth.api_idle_s, self.auth.api_absolute_s),
                fresh_within: seconds(self.auth.fresh_within_s),
            },
            retention: Retention {
                challenges: TimeDelta::days(self.retention.challenges_d.into()),
                messages: TimeDelta::days(self.retention.messages_d.into()),
                sessions: TimeDelta::days(self.retention.sessions_d.into()),
                pending: TimeDelta::hours(self.retention.pending_users_h.into()),
                phoneless: TimeDelta::days(self.retention.phoneless_users_d.into()),
                audit: TimeDelta::days(self.retention.audit_d.into()),
            },
            delivery: DeliverySettings { concurrency: self.sms.concurrency },
            texts,
            sms,
            fraud: self.fraud.settings(),
            test_numbers,
        })
    }

    fn sms_settings(&self) -> Result<SmsSettings, ConfigError> {
        let prices = self.prices()?;
        Ok(SmsSettings { budget: self.budget(&prices)?, prices })
    }

    fn code_lengths(&self, problems: &mut Vec<KeyProblem>) -> CodeLengths {
        let otp = &self.otp;
        let mut length = |key: &str, digits: u8| {
            CodeLength::new(digits).unwrap_or_else(|| {
                problems.push(KeyProblem::new(key, "must be 6 to 10"));
                CodeLength::SIX
            })
        };
        CodeLengths {
            usual: length("otp.code_length", otp.code_length),
            longer: length("otp.longer_code_length", otp.longer_code_length),
            longer_from: otp.longer_code_after_failures,
            longest: length("otp.longest_code_length", otp.longest_code_length),
            longest_from: otp.longest_code_after_failures,
        }
    }

    fn proof_settings(&self) -> ProofSettings {
        let proof = &self.proof;
        let an_hour = |limit| Quota { policy: Policy::OtpProof, limit, window: TimeDelta::hours(1) };
        ProofSettings {
            demand: match proof.demand {
                WhenProof::Never => ProofDemand::Never,
                WhenProof::WhenNeeded => ProofDemand::WhenNeeded,
                WhenProof::Always => ProofDemand::Always,
            },
            rules: ProofRules { bits: proof.bits, life: seconds(proof.life_s), wait: seconds(proof.wait_s) },
            waits_network: an_hour(proof.waits_per_network_hour),
            waits: an_hour(proof.waits_per_hour),
        }
    }

    fn otp_settings(&self, code_lengths: CodeLengths) -> OtpSettings {
        let quota = |policy, limit, window| Quota { policy, limit, window };
        OtpSettings {
            rules: ChallengeRules {
                life: seconds(self.otp.life_s),
                max_life: seconds(self.otp.max_life_s),
                max_attempts: self.otp.max_attempts,
                code_lengths,
            },
            cooldown: quota(Policy::OtpCooldown, 1, seconds(self.otp.cooldown_s)),
            sends_hour: quota(Policy::OtpSend, self.otp.sends_per_phone_hour, TimeDelta::hours(1)),
            sends_day: quota(Policy::OtpSendDay, self.otp.sends_per_phone_day, TimeDelta::days(1)),
            sends_address: quota(Policy::OtpAddress, self.otp.sends_per_address, seconds(self.otp.sends_per_address_window_s)),
            guesses_phone: quota(Policy::OtpGuess, self.otp.guesses_per_phone_day, TimeDelta::days(1)),
            sends_kept: self.otp.sends_kept_for_known_devices,
            guesses_kept: self.otp.guesses_kept_for_known_devices,
            failures_in_a_row: self.otp.failures_in_a_row,
            failures_in_a_row_kept: self.otp.failures_in_a_row_kept_for_known_devices,
            waits_s: self.otp.waits_after_dead_challenges_s.clone(),
            guess_ceiling: self.otp.guess_bound_ceiling / 100.0,
        }
    }
}

fn seconds(count: u32) -> TimeDelta {
    TimeDelta::seconds(count.into())
}

fn rules(idle_s: u32, absolute_s: u32) -> SessionRules {
    SessionRules { idle: seconds(idle_s), absolute: seconds(absolute_s) }
}

#[cfg(test)]
mod tests {
    use crate::config::{Sources, load};
    use usecases::settings::Settings;

    #[test]
    fn a_limit_whose_row_would_grow_too_large_is_refused_by_name() {
        let text = "[otp]\nsends_per_address = 301\nguesses_per_phone_day = 300\n";
        let sources = Sources { file: Some(("salon.toml".into(), text.to_owned())), variables: Vec::new() };
        let refused = load(&sources).expect("it loads").settings().expect_err("too large");
        assert_eq!(refused.0.iter().map(|problem| problem.key.as_str()).collect::<Vec<_>>(), ["otp.sends_per_address"]);
    }

    #[test]
    fn the_default_configuration_is_the_contract() {
        let configured = load(&Sources::default()).expect("the defaults load").settings().expect("and are right");
        assert_eq!(format!("{configured:?}"), format!("{:?}", Settings::default()));
    }
}
