//! Defaults ← file ← environment, then the typed shape. Unknown keys are named before anything is read.

use std::path::{Path, PathBuf};

use config::{File, FileFormat};
use toml::{Table, Value};

use super::model::Config;
use super::problem::{ConfigError, KeyProblem};

/// Every key with its default; the sample file is the same text.
pub(super) const DEFAULTS: &str = include_str!("defaults.toml");
const PREFIX: &str = "SALON__";

/// Where configuration comes from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The file's path and text, when there is one.
    pub file: Option<(PathBuf, String)>,
    /// The environment.
    pub variables: Vec<(String, String)>,
}

impl Sources {
    /// The file named on the command line, else `./salon.toml` when it exists, and the environment of this process.
    pub fn of_process(path: Option<&Path>) -> Result<Self, ConfigError> {
        let default = Path::new("salon.toml");
        let path = path.or_else(|| default.exists().then_some(default));
        let file = path
            .map(|path| match std::fs::read_to_string(path) {
                Ok(text) => Ok((path.to_owned(), text)),
                Err(error) => Err(ConfigError::one(path.display().to_string(), format!("cannot be read: {error}"))),
            })
            .transpose()?;
        // A variable that is not UTF-8 cannot be one of ours by name; by value it would be refused anyway.
        #[expect(clippy::disallowed_methods, reason = "this is where configuration is read")]
        let variables =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Ok(Self { file, variables: variables.collect() })
    }
}

/// Reads all layers into the typed shape. Says nothing yet about whether the values are fit for production: see `checks`.
///
/// # Panics
/// Never: the built-in defaults are read by every test.
pub fn load(sources: &Sources) -> Result<Config, ConfigError> {
    let defaults: Table = DEFAULTS.parse().expect("the built-in defaults are TOML: a test reads them");
    let mut problems = Vec::new();

    let mut file = Table::new();
    if let Some((path, text)) = &sources.file {
        file = text.parse().map_err(|error: toml::de::Error| {
            // `message` alone: the full text quotes the line, which may hold a secret.
            ConfigError::one(path.display().to_string(), format!("is not TOML: {}", error.message()))
        })?;
        unknown(&file, &defaults, "", &mut problems);
    }
    let overlay = environment(&sources.variables, &defaults, &mut problems);
    if !problems.is_empty() {
        return Err(ConfigError(problems));
    }

    let merged = config::Config::builder()
        .add_source(File::from_str(DEFAULTS, FileFormat::Toml))
        .add_source(File::from_str(&file.to_string(), FileFormat::Toml))
        .add_source(File::from_str(&overlay.to_string(), FileFormat::Toml))
        .build()
        .map_err(|error| ConfigError::one("configuration", error.to_string()))?;
    serde_path_to_error::deserialize(merged.cache).map_err(|error| {
        let key = error.path().to_string();
        ConfigError::one(named(&key, &sources.variables), reason(&error.into_inner()))
    })
}

/// Names every key of `table` that the defaults do not have.
fn unknown(table: &Table, known: &Table, prefix: &str, problems: &mut Vec<KeyProblem>) {
    for (key, value) in table {
        let path = format!("{prefix}{key}");
        match (known.get(key), value) {
            (Some(Value::Table(known)), Value::Table(table)) => unknown(table, known, &format!("{path}."), problems),
            (Some(Value::Table(_)), _) => problems.push(KeyProblem::new(path, "is a section, not a value")),
            (Some(_), Value::Table(_)) => problems.push(KeyProblem::new(path, "is a value, not a section")),
            (Some(_), _) => {}
            (None, _) => problems.push(KeyProblem::new(path, "is not a configuration key")),
        }
    }
}

fn environment(variables: &[(String, String)], defaults: &Table, problems: &mut Vec<KeyProblem>) -> Table {
    let mut overlay = Table::new();
    for (name, text) in variables {
        if name == "DATABASE_URL" && !text.is_empty() {
            section(&mut overlay, "database").insert("url".to_owned(), Value::String(text.clone()));
        }
    }
    for (name, text) in variables {
        let Some(rest) = name.strip_prefix(PREFIX) else { continue };
        let lower = rest.to_ascii_lowercase();
        let parts: Vec<&str> = lower.split("__").collect();
        let default = match parts[..] {
            [key] => defaults.get(key).filter(|value| !value.is_table()),
            [section, key] => defaults.get(section).and_then(Value::as_table).and_then(|table| table.get(key)),
            _ => None,
        };
        let Some(default) = default else {
            problems.push(KeyProblem::new(name, "is not a configuration key"));
            continue;
        };
        match value(text, default) {
            // DATABASE_URL has the last word, as everywhere.
            Ok(value) => match parts[..] {
                [key] => drop(overlay.insert(key.to_owned(), value)),
                [table, key] => drop(section(&mut overlay, table).entry(key).or_insert(value)),
                _ => {}
            },
            Err(reason) => problems.push(KeyProblem::new(name, reason)),
        }
    }
    overlay
}

fn section<'a>(table: &'a mut Table, name: &str) -> &'a mut Table {
    let entry = table.entry(name).or_insert_with(|| Value::Table(Table::new()));
    entry.as_table_mut().expect("sections are inserted as tables only")
}

/// A variable's text as a value of the same type as the default.
fn value(text: &str, default: &Value) -> Result<Value, String> {
    match default {
        Value::Integer(_) => text.trim().parse().map(Value::Integer).map_err(|_| "is not a whole number".to_owned()),
        Value::Float(_) => text.trim().parse().map(Value::Float).map_err(|_| "is not a number".to_owned()),
        Value::Boolean(_) => text.trim().parse().map(Value::Boolean).map_err(|_| "is neither true nor false".to_owned()),
        Value::Array(_) if text.trim_start().starts_with('[') => {
            let table: Table = format!("value = {text}")
                .parse()
                .map_err(|error: toml::de::Error| format!("is not a TOML list: {}", error.message()))?;
            table.get("value").cloned().ok_or_else(|| "is not a TOML list".to_owned())
        }
        Value::Array(_) => Ok(Value::Array(
            text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(|item| Value::String(item.to_owned())).collect(),
        )),
        _ => Ok(Value::String(text.to_owned())),
    }
}

/// The name under which the operator set it.
fn named(key: &str, variables: &[(String, String)]) -> String {
    let top = key.split(['[']).next().unwrap_or(key);
    let variable = format!("{PREFIX}{}", top.to_ascii_uppercase().replace('.', "__"));
    if variables.iter().any(|(name, _)| *name == variable) { format!("{variable} ({key})") } else { key.to_owned() }
}

/// What is wrong, without the value: it may be a secret.
fn reason(error: &config::ConfigError) -> String {
    match error {
        config::ConfigError::Type { expected, .. } => format!("must be {expected}"),
        config::ConfigError::At { error, .. } => reason(error),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_file(text: &str) -> Result<Config, ConfigError> {
        load(&Sources { file: Some(("salon.toml".into(), text.to_owned())), variables: Vec::new() })
    }

    fn from_variables(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let variables = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        load(&Sources { file: None, variables })
    }

    fn keys(result: Result<Config, ConfigError>) -> Vec<String> {
        result.expect_err("refused").0.into_iter().map(|problem| problem.key).collect()
    }

    #[test]
    fn the_defaults_alone_are_a_configuration() {
        let config = load(&Sources::default()).expect("the defaults load");
        assert_eq!(config.server.bind.port(), 3000);
        assert_eq!(config.public_origin(), "http://127.0.0.1:3000");
        assert!(!config.is_production());
    }

    #[test]
    fn a_variable_beats_the_file_and_the_file_beats_the_default() {
        let sources = Sources {
            file: Some(("salon.toml".into(), "[otp]\nlife_s = 200\ncooldown_s = 30\n".to_owned())),
            variables: vec![("SALON__OTP__LIFE_S".to_owned(), "100".to_owned())],
        };
        let config = load(&sources).expect("it loads");
        assert_eq!((config.otp.life_s, config.otp.cooldown_s, config.otp.code_length), (100, 30, 6));
    }

    #[test]
    fn database_url_has_the_last_word() {
        let config =
            from_variables(&[("SALON__DATABASE__URL", "sqlite://a.db"), ("DATABASE_URL", "postgres://h/d")]).expect("loads");
        assert_eq!(config.database.url.expose(), "postgres://h/d");
    }

    #[test]
    fn lists_are_read_from_commas_and_from_toml() {
        let config = from_variables(&[
            ("SALON__PHONES__COUNTRIES", "SA, AE"),
            ("SALON__AUTH__OTP_KEYS", r#"[{ kid = "a", secret = "s" }]"#),
            ("SALON__SERVER__TRUSTED_PROXIES", "10.0.0.0/8,::1"),
        ])
        .expect("loads");
        assert_eq!(config.phones.countries, ["SA", "AE"]);
        assert_eq!(config.auth.otp_keys[0].kid, "a");
        assert_eq!(config.server.trusted_proxies.len(), 2);
    }

    #[test]
    fn every_unknown_key_is_named() {
        assert_eq!(
            keys(from_file("colour = 1\n[server]\nbindd = 'x'\n[otp.more]\na = 1\n")),
            ["colour", "otp.more", "server.bindd"]
        );
        assert_eq!(
            keys(from_variables(&[
                ("SALON__SERVER__BINDD", "x"),
                ("SALON__NOPE", "1"),
                ("SALON__A__B__C", "1"),
                ("SALONX", "1")
            ])),
            ["SALON__SERVER__BINDD", "SALON__NOPE", "SALON__A__B__C"]
        );
        assert_eq!(keys(from_file("[[auth.otp_keys]]\nkid = 'a'\nsecret = 's'\ncolour = 1\n")), ["auth.otp_keys[0].colour"]);
    }

    #[test]
    fn a_wrong_value_names_its_key_and_not_itself() {
        assert_eq!(keys(from_variables(&[("SALON__OTP__LIFE_S", "soon")])), ["SALON__OTP__LIFE_S"]);
        let ceiling = "SALON__OTP__GUESS_BOUND_CEILING";
        assert_eq!(keys(from_variables(&[(ceiling, "0,5")])), [ceiling]);
        assert_eq!(keys(from_file("[otp]\nlife_s = 'soon'\n")), ["otp.life_s"]);
        assert_eq!(keys(from_file("[server]\nbind = 'here'\n")), ["server.bind"]);
        assert_eq!(keys(from_file("[metrics]\nbind = 'localhost'\n")), ["metrics.bind"]);
        assert_eq!(keys(from_file("[server]\ntrusted_proxies = ['10.0.0.0/8', 'x']\n")), ["server.trusted_proxies[1]"]);
        assert_eq!(keys(from_variables(&[("SALON__SERVER__BIND", "here")])), ["SALON__SERVER__BIND (server.bind)"]);
        let error = from_file("[auth]\npepper = ['hush-hush']\n").expect_err("refused").to_string();
        assert!(error.contains("auth.pepper") && !error.contains("hush-hush"), "{error}");
    }
}
