//! What must not run, named key by key, all at once.

use store::Transport;
use url::Url;
use usecases::keys::JwtAlgorithm;

use super::model::Config;
use super::problem::{ConfigError, KeyProblem};

/// Fewest bytes of any secret text (RFC 7518 §3.2 for HS256, RFC 2104 §3 for HMAC keys).
const MIN_SECRET_BYTES: usize = 32;
/// A secret with fewer different bytes than this was typed, not generated.
const MIN_DIFFERENT_BYTES: usize = 8;
/// What keys made for development are marked with.
pub(super) const DEVELOPMENT_MARK: &str = "development";

impl Config {
    /// Refuses values that cannot work anywhere, weak secrets, and in production everything made for development.
    /// Empty secrets are a fault in production alone: see `keys`.
    pub fn check(&self) -> Result<(), ConfigError> {
        let mut problems = Vec::new();
        let mut say = |key: &str, reason: &str| problems.push(KeyProblem::new(key, reason));
        self.numbers(&mut say);
        self.url(&mut say);
        self.database(&mut say);
        self.carries(&mut say);
        self.secrets(&mut say);
        if self.is_production() {
            self.production(&mut say);
        }
        match self.settings() {
            Ok(settings) => problems.extend(self.guess_problem(&settings)),
            Err(ConfigError(more)) => problems.extend(more),
        }
        if problems.is_empty() { Ok(()) } else { Err(ConfigError(problems)) }
    }

    fn numbers(&self, say: &mut impl FnMut(&str, &str)) {
        let server = &self.server;
        for (key, value) in [
            ("server.max_connections", server.max_connections),
            ("server.max_connections_per_address", server.max_connections_per_address),
            ("server.max_requests", server.max_requests),
            ("server.header_timeout_s", server.header_timeout_s),
            ("server.body_timeout_s", server.body_timeout_s),
            ("server.request_timeout_s", server.request_timeout_s),
            ("database.max_connections", self.database.max_connections),
            ("database.acquire_timeout_s", self.database.acquire_timeout_s),
            ("database.statement_timeout_s", self.database.statement_timeout_s),
            ("database.lock_timeout_s", self.database.lock_timeout_s),
            ("auth.access_ttl_s", self.auth.access_ttl_s),
            ("otp.life_s", self.otp.life_s),
            ("otp.max_attempts", self.otp.max_attempts.into()),
            ("otp.failures_in_a_row", self.otp.failures_in_a_row),
            ("proof.wait_s", self.proof.wait_s),
            ("sms.deadline_s", self.sms.deadline_s),
            ("sms.concurrency", self.sms.concurrency),
            ("sms.breaker_failures", self.sms.breaker_failures),
            ("sms.breaker_open_s", self.sms.breaker_open_s),
            ("sms.daily_messages", self.sms.daily_messages),
            ("flood.requests_per_second", self.flood.requests_per_second),
            ("flood.burst", self.flood.burst),
            ("retention.every_s", self.retention.every_s),
        ]
        .into_iter()
        .chain(self.fraud.at_least_one())
        {
            if value == 0 {
                say(key, "must be at least 1");
            }
        }
        for (key, value, _) in self.second_factor.bounds() {
            if value == 0 {
                say(key, "must be at least 1");
            }
        }
        for (key, value, most) in [
            ("server.header_timeout_s", server.header_timeout_s, 10),
            ("server.body_timeout_s", server.body_timeout_s, 30),
            ("server.shutdown_grace_s", server.drain_s.saturating_add(server.shutdown_grace_s), 28),
            ("auth.leeway_s", self.auth.leeway_s, 60),
            // NIST SP 800-63B-4 §3.2.2.
            ("otp.failures_in_a_row", self.otp.failures_in_a_row, 100),
            // Whether a puzzle was used is remembered for twice as long.
            ("proof.life_s", self.proof.life_s, 3_600),
            // A lease of the outbox outlives a call, and at its end another process may try.
            ("sms.deadline_s", self.sms.deadline_s, 10),
            ("sms.concurrency", self.sms.concurrency, 256),
            // Longer than a code lives would be switched off.
            ("sms.breaker_open_s", self.sms.breaker_open_s, 300),
        ]
        .into_iter()
        .chain(self.second_factor.bounds())
        {
            if value > most {
                say(key, &format!("must be at most {most}"));
            }
        }
        if self.retention.audit_d < store::audit::KEPT_DAYS {
            say(
                "retention.audit_d",
                &format!("must be at least {}: the database deletes no younger entry", store::audit::KEPT_DAYS),
            );
        }
        if !(..=100.0).contains(&self.otp.guess_bound_ceiling) {
            say("otp.guess_bound_ceiling", "must be at most 100");
        }
        if self.otp.longest_code_after_failures < self.otp.longer_code_after_failures {
            say("otp.longest_code_after_failures", "must not be less than otp.longer_code_after_failures");
        }
        if !domain::proof::BITS.contains(&self.proof.bits) {
            say("proof.bits", "must be 8 to 24");
        }
        if self.proof.life_s <= self.proof.wait_s {
            say("proof.life_s", "must be more than proof.wait_s");
        }
        if self.fraud.refusal_percent < self.fraud.proof_percent {
            say("fraud.refusal_percent", "must not be less than fraud.proof_percent");
        }
        if self.otp.max_life_s < self.otp.life_s {
            say("otp.max_life_s", "must not be less than otp.life_s");
        }
    }

    fn url(&self, say: &mut impl FnMut(&str, &str)) {
        if self.server.public_url.is_empty() {
            return;
        }
        let fits = Url::parse(&self.server.public_url).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.path() == "/"
                && url.query().is_none()
                && url.username().is_empty()
        });
        if !fits {
            say("server.public_url", "must be http:// or https:// and a host, nothing more");
        }
    }

    fn carries(&self, say: &mut impl FnMut(&str, &str)) {
        if let Err(ConfigError(problems)) = self.carriers() {
            for problem in problems {
                say(&problem.key, &problem.reason);
            }
        }
        let chosen: Vec<_> = self.sms.providers().collect();
        for (at, provider) in self.sms.fallback.iter().enumerate() {
            if chosen[..=at].contains(provider) {
                say(&format!("sms.fallback[{at}]"), &format!("`{}` is asked before already", provider.as_str()));
            }
        }
        let report_secret = self.sms.report_secret.expose();
        if let (false, Some(reason)) = (report_secret.is_empty(), weakness(report_secret)) {
            say("sms.report_secret", &reason);
        }
    }

    fn database(&self, say: &mut impl FnMut(&str, &str)) {
        if self.database.lock_timeout_s > self.database.statement_timeout_s {
            say("database.lock_timeout_s", "must not be more than database.statement_timeout_s");
        }
        match store::transport(self.database.url.expose()) {
            Err(_) => say("database.url", "cannot be read; sqlite://path or postgres://user:password@host/name"),
            Ok(_) if !self.is_production() => {}
            Ok(Transport::Local | Transport::Verified) => {}
            Ok(Transport::Chosen) if self.database.allow_insecure_tls => {}
            Ok(Transport::Chosen | Transport::Unsaid) => say(
                "database.url",
                "does not make the server prove its name: add `sslmode=verify-full` (and `sslrootcert=` for an authority of your own), \
                 or on a private network name another `sslmode` and set database.allow_insecure_tls",
            ),
        }
    }

    fn secrets(&self, say: &mut impl FnMut(&str, &str)) {
        for (key, secret) in [("auth.pepper", &self.auth.pepper), ("auth.cookie_secret", &self.auth.cookie_secret)] {
            if let (false, Some(reason)) = (secret.expose().is_empty(), weakness(secret.expose())) {
                say(key, &reason);
            }
        }
        for (at, key) in self.auth.otp_keys.iter().enumerate() {
            if let Some(reason) = weakness(key.secret.expose()) {
                say(&format!("auth.otp_keys[{at}].secret"), &reason);
            }
        }
        for (at, key) in self.auth.jwt_keys.iter().enumerate().filter(|(_, key)| key.algorithm == JwtAlgorithm::Hs256) {
            if let Some(reason) = weakness(key.secret.expose()) {
                say(&format!("auth.jwt_keys[{at}].secret"), &format!("{reason} (HS256)"));
            }
        }
    }

    fn production(&self, say: &mut impl FnMut(&str, &str)) {
        if !self.is_https() {
            say("server.public_url", "must be the https:// address in production: the session cookie is for HTTPS alone");
        }
        for (at, provider) in self.sms.providers().enumerate().filter(|(_, provider)| provider.is_for_development()) {
            let key = if at == 0 { "sms.provider".to_owned() } else { format!("sms.fallback[{}]", at - 1) };
            say(&key, &format!("`{}` sends nothing to anybody: it is for development", provider.as_str()));
        }
        if !self.clock.offset_file.as_os_str().is_empty() {
            say("clock.offset_file", "moves the clock of a running process: it is for development");
        }
        self.metrics_are_internal(say);
        if self.server.trusted_proxies.iter().any(super::model::Network::is_everything) {
            say("server.trusted_proxies", "trusts everybody: name the proxies");
        }
        let missing = "is missing; `salon keys generate` prints one";
        let marked = "was made for development; `salon keys generate` prints another";
        let is_marked = |text: &str| text.starts_with(DEVELOPMENT_MARK);
        for (key, secret) in [("auth.pepper", &self.auth.pepper), ("auth.cookie_secret", &self.auth.cookie_secret)] {
            match secret.expose().as_str() {
                "" => say(key, missing),
                text if is_marked(text) => say(key, marked),
                _ => {}
            }
        }
        if self.auth.jwt_keys.is_empty() {
            say("auth.jwt_keys", missing);
        }
        if self.auth.otp_keys.is_empty() {
            say("auth.otp_keys", missing);
        }
        for (at, _) in self.auth.jwt_keys.iter().enumerate().filter(|(_, key)| is_marked(&key.kid)) {
            say(&format!("auth.jwt_keys[{at}]"), marked);
        }
        for (at, _) in self.auth.otp_keys.iter().enumerate().filter(|(_, key)| is_marked(&key.kid)) {
            say(&format!("auth.otp_keys[{at}]"), marked);
        }
    }
}

/// Why a secret text is no secret.
pub(super) fn weakness(secret: &str) -> Option<String> {
    if secret.len() < MIN_SECRET_BYTES {
        return Some(format!("is {} bytes, must be {MIN_SECRET_BYTES} or more", secret.len()));
    }
    let mut seen = [false; 256];
    secret.bytes().for_each(|byte| seen[usize::from(byte)] = true);
    (seen.iter().filter(|seen| **seen).count() < MIN_DIFFERENT_BYTES).then(|| "repeats itself; generate it instead".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::config::{Sources, load};

    fn problems(text: &str) -> Vec<String> {
        let sources = Sources { file: Some(("salon.toml".into(), text.to_owned())), variables: Vec::new() };
        match load(&sources).expect("it loads").check() {
            Ok(()) => Vec::new(),
            Err(error) => error.0.into_iter().map(|problem| problem.key).collect(),
        }
    }

    const STRONG: &str = "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz";

    #[test]
    fn development_runs_on_the_defaults() {
        assert!(problems("").is_empty());
    }

    #[test]
    fn production_names_everything_that_is_wrong_at_once() {
        assert_eq!(
            problems("env = 'production'"),
            ["server.public_url", "sms.provider", "auth.pepper", "auth.cookie_secret", "auth.jwt_keys", "auth.otp_keys"]
        );
        let marked = format!(
            "env = 'production'\nsms.provider = 'outbox'\n[server]\npublic_url = 'https://a.example'\ntrusted_proxies = ['0.0.0.0/0']\n\
             [auth]\npepper = 'development-{STRONG}'\ncookie_secret = '{STRONG}'\notp_keys = [{{kid='development-1', secret='{STRONG}'}}]\n\
             jwt_keys = [{{kid='a', algorithm='HS256', secret='{STRONG}'}}, {{kid='development-1', algorithm='EdDSA', secret='x'}}]"
        );
        assert_eq!(
            problems(&marked),
            ["sms.provider", "server.trusted_proxies", "auth.pepper", "auth.jwt_keys[1]", "auth.otp_keys[0]"]
        );
    }

    #[test]
    fn production_refuses_a_clock_that_can_be_moved() {
        let text = |env: &str| format!("env = '{env}'\n[clock]\noffset_file = 'offset'");
        assert!(problems(&text("production")).contains(&"clock.offset_file".to_owned()));
        assert!(problems(&text("development")).is_empty());
    }

    #[test]
    fn production_runs_with_a_webhook_and_keys_of_its_own() {
        let with = |sms: &str| {
            problems(&format!(
                "env = 'production'\n[server]\npublic_url = 'https://a.example'\n[sms]\nprovider = 'webhook'\n{sms}\n\
                 [auth]\npepper = '{STRONG}'\ncookie_secret = '{STRONG}'\notp_keys = [{{kid='a', secret='{STRONG}'}}]\n\
                 jwt_keys = [{{kid='a', algorithm='HS256', secret='{STRONG}'}}]"
            ))
        };
        assert!(with(&format!("webhook_url = 'https://sms.example/send'\nwebhook_secret = '{STRONG}'")).is_empty());
        assert!(with(&format!("webhook_url = 'http://127.0.0.1:8088/'\nwebhook_secret = '{STRONG}'")).is_empty());
        assert_eq!(with(""), ["sms.webhook_url", "sms.webhook_secret"]);
        let weak = "webhook_url = 'http://sms.example/'\nwebhook_secret = '0123456789012345678901234567890'\ndeadline_s = 11";
        assert_eq!(with(weak), ["sms.deadline_s", "sms.webhook_url", "sms.webhook_secret"]);
    }

    #[test]
    fn a_lock_is_not_waited_for_longer_than_a_statement_may_take() {
        let with = |statement: u32, lock: u32| {
            problems(&format!("[database]\nstatement_timeout_s = {statement}\nlock_timeout_s = {lock}"))
        };
        assert!(with(3, 3).is_empty());
        assert_eq!(with(2, 3), ["database.lock_timeout_s"]);
        assert_eq!(with(0, 0), ["database.statement_timeout_s", "database.lock_timeout_s"]);
    }

    #[test]
    fn production_wants_a_postgres_elsewhere_to_prove_its_name() {
        let is_refused = |env: &str, url: &str, more: &str| {
            let found = problems(&format!("env = '{env}'\n[database]\nurl = '{url}'\n{more}"));
            found.contains(&"database.url".to_owned())
        };
        let remote = "postgres://salon@db.example/salon";
        let allow = "allow_insecure_tls = true";
        for weak in ["?sslmode=disable", "?sslmode=require", "?sslmode=verify-ca&sslrootcert=/ca.pem"] {
            assert!(is_refused("production", &format!("{remote}{weak}"), ""), "{weak}");
            assert!(!is_refused("production", &format!("{remote}{weak}"), allow), "{weak}");
            assert!(!is_refused("development", &format!("{remote}{weak}"), ""), "{weak}");
        }
        // Whoever wants less has to say what.
        for unsaid in ["", "?sslmode=prefer", "?sslmode=allow"] {
            assert!(is_refused("production", &format!("{remote}{unsaid}"), allow), "{unsaid}");
        }
        for fine in [
            &format!("{remote}?sslmode=verify-full"),
            "postgres://127.0.0.1/salon",
            "postgres:///salon?host=/run/postgresql",
            "sqlite://data/salon.db",
        ] {
            assert!(!is_refused("production", fine, ""), "{fine}");
        }
        assert!(is_refused("development", "postgres://host:port/salon", ""));
    }

    #[test]
    fn short_and_repeating_secrets_are_weak_everywhere() {
        let text = "[auth]\npepper = 'short'\ncookie_secret = 'abababababababababababababababababababab'\n\
                    otp_keys = [{kid='a', secret='12345678'}]\njwt_keys = [{kid='a', algorithm='HS256', secret='12345678'}]";
        assert_eq!(problems(text), ["auth.pepper", "auth.cookie_secret", "auth.otp_keys[0].secret", "auth.jwt_keys[0].secret"]);
    }

    #[test]
    fn each_provider_stands_once_in_the_order_and_none_for_development_in_production() {
        let with = |fallback: &str| problems(&format!("[sms]\nfallback = [{fallback}]"));
        assert!(with("'log'").is_empty());
        assert_eq!(with("'log', 'outbox', 'log'"), ["sms.fallback[1]", "sms.fallback[2]"]);
        assert_eq!(with("'taqnyat'"), ["taqnyat.token", "taqnyat.sender"]);
        let production =
            problems("env = 'production'\n[sms]\nprovider = 'unifonic'\nfallback = ['log']\n[unifonic]\napp_sid = 'a'");
        assert!(production.contains(&"sms.fallback[0]".to_owned()), "{production:?}");
    }

    #[test]
    fn a_proof_of_work_is_neither_free_nor_endless_and_can_be_waited_for() {
        let with = |text: &str| problems(&format!("[proof]\n{text}"));
        for fine in ["bits = 8", "bits = 24", "life_s = 61", "life_s = 3600", "waits_per_hour = 0", "demand = 'always'"] {
            assert!(with(fine).is_empty(), "{fine}");
        }
        for (text, key) in [
            ("bits = 7", "proof.bits"),
            ("bits = 25", "proof.bits"),
            ("life_s = 60", "proof.life_s"),
            ("life_s = 3601", "proof.life_s"),
            ("wait_s = 0", "proof.wait_s"),
            ("waits_per_hour = 301", "proof.waits_per_hour"),
            ("waits_per_network_hour = 301", "proof.waits_per_network_hour"),
        ] {
            assert_eq!(with(text), [key], "{text}");
        }
    }

    #[test]
    fn numbers_out_of_bounds_are_named() {
        assert_eq!(
            problems(
                "[server]\nheader_timeout_s = 11\nmax_requests = 0\n[auth]\nleeway_s = 61\n[otp]\ncode_length = 5\nmax_life_s = 1\n"
            ),
            ["server.max_requests", "server.header_timeout_s", "auth.leeway_s", "otp.max_life_s", "otp.code_length"]
        );
        assert_eq!(
            problems("[fraud]\nprefix_lost = 0\nrefusal_percent = 99"),
            ["fraud.prefix_lost", "fraud.refusal_percent"],
            "nothing but what is wrong"
        );
        assert_eq!(
            problems("[phones]\ndefault_region = 'Saudi'\ncountries = ['SA', 'X1']"),
            ["phones.default_region", "phones.countries[1]"]
        );
        for url in ["here", "ftp://a.example", "https://a.example/path", "https://u@a.example"] {
            assert_eq!(problems(&format!("[server]\npublic_url = '{url}'")), ["server.public_url"], "{url}");
        }
    }
}
