//! The configuration on paper: the sample file, and what is in force with its secrets hidden.

use std::fmt::Write;

use domain::phone::Region;
use toml::{Table, Value};

use super::layers::DEFAULTS;
use super::model::Config;
use super::texts::PriceConfig;

/// `salon.example.toml`: every key with its meaning and default, commented out.
pub fn example() -> String {
    let mut text = String::from(
        "# Every key of `salon.toml` with its default. Uncomment what you change.\n\
         # The variable SALON__SECTION__KEY says the same and wins, as SALON__SERVER__BIND does over `bind` in [server].\n\
         # Made by `salon check-config --example`.\n\n",
    );
    for line in DEFAULTS.lines() {
        let is_setting = !line.is_empty() && !line.starts_with(['#', '[']);
        let _ = if is_setting { writeln!(text, "#{line}") } else { writeln!(text, "{line}") };
    }
    text
}

/// What is in force, as TOML. Secrets show as `[redacted]`, empty ones as empty.
///
/// # Panics
/// Never: the built-in defaults are read by every test.
pub fn redacted(config: &Config) -> String {
    let mut table: Table = DEFAULTS.parse().expect("the built-in defaults are TOML: a test reads them");
    let Config {
        env,
        server: _,
        database,
        auth: _,
        otp: _,
        proof: _,
        second_factor,
        phones,
        sms: _,
        unifonic: _,
        taqnyat: _,
        msegat: _,
        fourjawaly: _,
        twilio: _,
        templates: _,
        fraud,
        flood,
        retention,
        clock,
        metrics,
        log,
    } = config;
    table.insert("env".into(), format!("{env:?}").to_lowercase().into());
    let mut set = |section: &str, values: Vec<(&str, Value)>| {
        let table = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
        if let Some(table) = table.as_table_mut() {
            table.extend(values.into_iter().map(|(key, value)| (key.to_owned(), value)));
        }
    };
    set("server", server_values(config));
    set(
        "database",
        vec![
            ("url", without_password(database.url.expose()).into()),
            ("max_connections", database.max_connections.into()),
            ("acquire_timeout_s", database.acquire_timeout_s.into()),
            ("statement_timeout_s", database.statement_timeout_s.into()),
            ("lock_timeout_s", database.lock_timeout_s.into()),
            ("allow_insecure_tls", database.allow_insecure_tls.into()),
        ],
    );
    set("auth", auth_values(config));
    set("otp", otp_values(config));
    set("proof", proof_values(config));
    set("second_factor", second_factor.values());
    set(
        "phones",
        vec![("default_region", phones.default_region.clone().into()), ("countries", strings(phones.countries.iter()))],
    );
    for (section, values) in carrier_values(config) {
        set(section, values);
    }
    set("fraud", fraud.values());
    set(
        "flood",
        vec![
            ("requests_per_second", flood.requests_per_second.into()),
            ("burst", flood.burst.into()),
            ("max_addresses", i64::try_from(flood.max_addresses).unwrap_or(i64::MAX).into()),
        ],
    );
    set(
        "retention",
        vec![
            ("pending_users_h", retention.pending_users_h.into()),
            ("phoneless_users_d", retention.phoneless_users_d.into()),
            ("challenges_d", retention.challenges_d.into()),
            ("messages_d", retention.messages_d.into()),
            ("sessions_d", retention.sessions_d.into()),
            ("audit_d", retention.audit_d.into()),
            ("every_s", retention.every_s.into()),
        ],
    );
    set("clock", vec![("offset_file", clock.offset_file.display().to_string().into())]);
    set("metrics", vec![("bind", metrics.bind.to_string().into())]);
    set("log", vec![("filter", log.filter.clone().into()), ("format", format!("{:?}", log.format).to_lowercase().into())]);
    table.to_string()
}

fn server_values(config: &Config) -> Vec<(&'static str, Value)> {
    let server = &config.server;
    vec![
        ("bind", server.bind.to_string().into()),
        ("public_url", config.public_origin().into()),
        ("site_root", server.site_root.display().to_string().into()),
        ("trusted_proxies", strings(server.trusted_proxies.iter())),
        ("max_connections", server.max_connections.into()),
        ("max_connections_per_address", server.max_connections_per_address.into()),
        ("max_requests", server.max_requests.into()),
        ("header_timeout_s", server.header_timeout_s.into()),
        ("body_timeout_s", server.body_timeout_s.into()),
        ("request_timeout_s", server.request_timeout_s.into()),
        ("drain_s", server.drain_s.into()),
        ("shutdown_grace_s", server.shutdown_grace_s.into()),
    ]
}

fn carrier_values(config: &Config) -> Vec<(&'static str, Vec<(&'static str, Value)>)> {
    let Config { sms, unifonic, taqnyat, msegat, fourjawaly, twilio, templates, .. } = config;
    vec![
        ("templates", templates.texts().map(|(key, _, _, words)| (key, words.into())).to_vec()),
        (
            "sms",
            vec![
                ("provider", sms.provider.as_str().into()),
                ("fallback", sms.fallback.iter().map(|provider| provider.as_str()).collect::<Vec<_>>().into()),
                ("breaker_failures", sms.breaker_failures.into()),
                ("breaker_open_s", sms.breaker_open_s.into()),
                ("daily_messages", sms.daily_messages.into()),
                ("daily_cost", sms.daily_cost.clone().into()),
                ("file", sms.file.clone().into()),
                ("webhook_url", without_query(sms.webhook_url.expose()).into()),
                ("webhook_secret", hidden(sms.webhook_secret.expose())),
                ("report_secret", hidden(sms.report_secret.expose())),
                ("deadline_s", sms.deadline_s.into()),
                ("concurrency", sms.concurrency.into()),
                ("otp_host", sms.otp_host.clone().into()),
                ("prices", Value::Array(sms.prices.iter().map(PriceConfig::shown).collect())),
            ],
        ),
        (
            "unifonic",
            vec![
                ("app_sid", hidden(unifonic.app_sid.expose())),
                ("sender", unifonic.sender.clone().into()),
                ("sender_service", unifonic.sender_service.clone().into()),
                ("base_url", unifonic.base_url.clone().into()),
            ],
        ),
        (
            "taqnyat",
            vec![
                ("token", hidden(taqnyat.token.expose())),
                ("sender", taqnyat.sender.clone().into()),
                ("sender_service", taqnyat.sender_service.clone().into()),
                ("base_url", taqnyat.base_url.clone().into()),
            ],
        ),
        (
            "msegat",
            vec![
                ("user", msegat.user.clone().into()),
                ("key", hidden(msegat.key.expose())),
                ("sender", msegat.sender.clone().into()),
                ("sender_service", msegat.sender_service.clone().into()),
                ("base_url", msegat.base_url.clone().into()),
            ],
        ),
        (
            "fourjawaly",
            vec![
                ("key", hidden(fourjawaly.key.expose())),
                ("secret", hidden(fourjawaly.secret.expose())),
                ("sender", fourjawaly.sender.clone().into()),
                ("sender_service", fourjawaly.sender_service.clone().into()),
                ("base_url", fourjawaly.base_url.clone().into()),
            ],
        ),
        (
            "twilio",
            vec![
                ("account", twilio.account.clone().into()),
                ("token", hidden(twilio.token.expose())),
                ("from", twilio.from.clone().into()),
                ("from_service", twilio.from_service.clone().into()),
                ("base_url", twilio.base_url.clone().into()),
            ],
        ),
    ]
}

fn otp_values(config: &Config) -> Vec<(&str, Value)> {
    let otp = &config.otp;
    vec![
        ("code_length", i64::from(otp.code_length).into()),
        ("longer_code_length", i64::from(otp.longer_code_length).into()),
        ("longer_code_after_failures", otp.longer_code_after_failures.into()),
        ("longest_code_length", i64::from(otp.longest_code_length).into()),
        ("longest_code_after_failures", otp.longest_code_after_failures.into()),
        ("life_s", otp.life_s.into()),
        ("max_life_s", otp.max_life_s.into()),
        ("max_attempts", i64::from(otp.max_attempts).into()),
        ("guesses_per_phone_day", otp.guesses_per_phone_day.into()),
        ("guesses_kept_for_known_devices", otp.guesses_kept_for_known_devices.into()),
        ("failures_in_a_row", otp.failures_in_a_row.into()),
        ("failures_in_a_row_kept_for_known_devices", otp.failures_in_a_row_kept_for_known_devices.into()),
        ("waits_after_dead_challenges_s", otp.waits_after_dead_challenges_s.clone().into()),
        ("guess_bound_ceiling", otp.guess_bound_ceiling.into()),
        ("cooldown_s", otp.cooldown_s.into()),
        ("sends_per_phone_hour", otp.sends_per_phone_hour.into()),
        ("sends_per_phone_day", otp.sends_per_phone_day.into()),
        ("sends_kept_for_known_devices", otp.sends_kept_for_known_devices.into()),
        ("sends_per_address", otp.sends_per_address.into()),
        ("sends_per_address_window_s", otp.sends_per_address_window_s.into()),
        ("test_numbers", test_numbers(config)),
    ]
}

fn proof_values(Config { proof, .. }: &Config) -> Vec<(&str, Value)> {
    vec![
        ("demand", proof.demand.as_str().into()),
        ("bits", i64::from(proof.bits).into()),
        ("life_s", proof.life_s.into()),
        ("wait_s", proof.wait_s.into()),
        ("waits_per_network_hour", proof.waits_per_network_hour.into()),
        ("waits_per_hour", proof.waits_per_hour.into()),
    ]
}

fn auth_values(config: &Config) -> Vec<(&'static str, Value)> {
    let auth = &config.auth;
    vec![
        ("issuer", if auth.issuer.is_empty() { config.public_origin() } else { auth.issuer.clone() }.into()),
        ("audience", auth.audience.clone().into()),
        ("jwt_keys", strings(auth.jwt_keys.iter().map(|key| format!("{} {} {HIDDEN}", key.kid, key.algorithm.as_str())))),
        ("otp_keys", strings(auth.otp_keys.iter().map(|key| format!("{} {HIDDEN}", key.kid)))),
        ("pepper", hidden(auth.pepper.expose())),
        ("cookie_secret", hidden(auth.cookie_secret.expose())),
        ("access_ttl_s", auth.access_ttl_s.into()),
        ("leeway_s", auth.leeway_s.into()),
        ("refresh_grace_s", auth.refresh_grace_s.into()),
        ("fresh_within_s", auth.fresh_within_s.into()),
        ("api_idle_s", auth.api_idle_s.into()),
        ("api_absolute_s", auth.api_absolute_s.into()),
        ("customer_idle_s", auth.customer_idle_s.into()),
        ("customer_absolute_s", auth.customer_absolute_s.into()),
        ("staff_idle_s", auth.staff_idle_s.into()),
        ("staff_absolute_s", auth.staff_absolute_s.into()),
    ]
}

fn test_numbers(config: &Config) -> Value {
    let region = Region::parse(&config.phones.default_region).unwrap_or(Region::SA);
    Value::Array(config.otp.test_numbers.iter().map(|number| number.shown(region)).collect())
}

const HIDDEN: &str = "[redacted]";

pub(super) fn hidden(secret: &str) -> Value {
    if secret.is_empty() { "".into() } else { HIDDEN.into() }
}

fn strings<T: ToString>(items: impl Iterator<Item = T>) -> Value {
    Value::Array(items.map(|item| Value::String(item.to_string())).collect())
}

/// PostgreSQL takes it before the host, and in the query too.
fn without_password(text: &str) -> String {
    let Ok(mut url) = url::Url::parse(text) else { return text.to_owned() };
    let is_in_query = url.query_pairs().any(|(key, _)| key == "password");
    if url.password().is_none() && !is_in_query {
        return text.to_owned();
    }
    if url.password().is_some() {
        // Cannot fail: it has a host, or it could not have a password.
        let _ = url.set_password(Some("redacted"));
    }
    if is_in_query {
        let shown: Vec<(String, String)> = url
            .query_pairs()
            .map(|(key, value)| if key == "password" { (key.into(), "redacted".into()) } else { (key.into(), value.into()) })
            .collect();
        url.query_pairs_mut().clear().extend_pairs(shown);
    }
    url.to_string()
}

/// Providers like to have their keys there.
fn without_query(url: &str) -> String {
    url.split_once('?').map_or_else(|| url.to_owned(), |(before, _)| format!("{before}?{HIDDEN}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Sources, load};

    #[test]
    fn the_example_changes_nothing_and_uncommented_it_changes_nothing_either() {
        let uncommented: String = example()
            .lines()
            .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line))
            .fold(String::new(), |mut text, line| {
                text.push_str(line);
                text.push('\n');
                text
            });
        for text in [example(), uncommented] {
            let sources = Sources { file: Some(("salon.toml".into(), text)), variables: Vec::new() };
            let config = load(&sources).expect("it loads");
            assert_eq!(format!("{config:?}"), format!("{:?}", load(&Sources::default()).expect("the defaults load")));
        }
    }

    #[test]
    fn a_password_of_the_database_is_hidden_wherever_it_stands() {
        assert_eq!(without_password("postgres://u:hush@h/d?sslmode=require"), "postgres://u:redacted@h/d?sslmode=require");
        assert_eq!(
            without_password("postgres://u@h/d?password=hush&sslmode=require"),
            "postgres://u@h/d?password=redacted&sslmode=require"
        );
        assert_eq!(without_password("sqlite://data/salon.db"), "sqlite://data/salon.db");
        let both = without_password("postgres://u:hush@h/d?password=hush");
        assert!(!both.contains("hush"), "{both}");
    }

    #[test]
    fn what_is_shown_has_every_key_and_no_secret() {
        let text = "[database]\nurl = 'postgres://u:hush-hush@h/d'\n[auth]\npepper = 'hush-hush'\ncookie_secret = 'hush-hush'\n\
                    otp_keys = [{kid='a', secret='hush-hush'}]\njwt_keys = [{kid='a', algorithm='HS256', secret='hush-hush'}]\n\
                    [sms]\nwebhook_url = 'https://a.example/?key=hush-hush'\nwebhook_secret = 'hush-hush'\nreport_secret = 'hush-hush'\n\
                    [unifonic]\napp_sid = 'hush-hush'\n[taqnyat]\ntoken = 'hush-hush'\n[msegat]\nkey = 'hush-hush'\n\
                    [fourjawaly]\nkey = 'hush-hush'\nsecret = 'hush-hush'\n[twilio]\ntoken = 'hush-hush'";
        let sources = Sources { file: Some(("salon.toml".into(), text.to_owned())), variables: Vec::new() };
        let config = load(&sources).expect("it loads");
        let shown = redacted(&config);
        assert!(!shown.contains("hush-hush") && !format!("{config:?}").contains("hush-hush"));
        let shown: Table = shown.parse().expect("TOML");
        let defaults: Table = DEFAULTS.parse().expect("TOML");
        for (section, values) in &defaults {
            let Some(values) = values.as_table() else { continue };
            assert!(values.keys().eq(shown[section].as_table().expect("a section").keys()), "{section}");
        }
    }
}
