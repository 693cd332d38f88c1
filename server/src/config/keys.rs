//! Keys: from the configuration, and in development the missing ones from a file that is made once.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use usecases::keys::{JwtKeyMaterial, KeyMaterial, OtpKeyMaterial};
use usecases::rng::Rng;

use super::checks::DEVELOPMENT_MARK;
use super::model::{Auth, Config};
use super::problem::ConfigError;

/// Lies beside the database file, readable by its owner alone, and keeps people signed in over restarts.
pub const DEVELOPMENT_KEYS_FILE: &str = "development-keys.toml";

/// The `[auth]` part that holds keys.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Snippet {
    auth: SnippetAuth,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SnippetAuth {
    pepper: domain::secret::Secret<String>,
    cookie_secret: domain::secret::Secret<String>,
    jwt_keys: Vec<JwtKeyMaterial>,
    otp_keys: Vec<OtpKeyMaterial>,
}

impl Auth {
    fn is_complete(&self) -> bool {
        !(self.pepper.expose().is_empty()
            || self.cookie_secret.expose().is_empty()
            || self.jwt_keys.is_empty()
            || self.otp_keys.is_empty())
    }
}

impl Config {
    /// Fills missing keys from the development file, which is written first if it is not there. Production is left as it is:
    /// `check` names what is missing.
    pub fn fill_development_keys(&mut self, rng: &Rng) -> Result<(), ConfigError> {
        let folder = self.data_folder();
        self.fill_development_keys_in(&folder, rng)
    }

    /// The same with the file in a folder of the caller's choice.
    pub fn fill_development_keys_in(&mut self, folder: &Path, rng: &Rng) -> Result<(), ConfigError> {
        if self.is_production() || self.auth.is_complete() {
            return Ok(());
        }
        let path = folder.join(DEVELOPMENT_KEYS_FILE);
        let wrong = |reason: String| ConfigError::one(path.display().to_string(), reason);
        let text = read_or_create(&path, rng).map_err(|error| wrong(format!("cannot be read or written: {error}")))?;
        let kept: Snippet =
            toml::from_str(&text).map_err(|error| wrong(format!("is damaged ({}); delete it", error.message())))?;
        let auth = &mut self.auth;
        if auth.pepper.expose().is_empty() {
            auth.pepper = kept.auth.pepper;
        }
        if auth.cookie_secret.expose().is_empty() {
            auth.cookie_secret = kept.auth.cookie_secret;
        }
        if auth.jwt_keys.is_empty() {
            auth.jwt_keys = kept.auth.jwt_keys;
        }
        if auth.otp_keys.is_empty() {
            auth.otp_keys = kept.auth.otp_keys;
        }
        Ok(())
    }

    /// The keys as the use cases want them.
    pub fn key_material(&self) -> KeyMaterial {
        KeyMaterial {
            jwt: self.auth.jwt_keys.clone(),
            otp: self.auth.otp_keys.clone(),
            pepper: self.auth.pepper.clone(),
            cookie_secret: self.auth.cookie_secret.clone(),
        }
    }

    /// The folder of the database file, else `data`.
    fn data_folder(&self) -> PathBuf {
        let url = self.database.url.expose();
        let folder = url
            .strip_prefix("sqlite:")
            .map(|rest| rest.trim_start_matches("//"))
            .map(|rest| rest.split('?').next().unwrap_or(rest))
            .filter(|file| !file.is_empty() && *file != ":memory:")
            .and_then(|file| Path::new(file).parent())
            .filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or_else(|| Path::new("data")).to_owned()
    }
}

/// A whole set of new keys as a piece of `salon.toml`.
pub fn snippet(rng: &Rng) -> String {
    render(&KeyMaterial::generate(rng), "")
}

fn render(keys: &KeyMaterial, mark: &str) -> String {
    use std::fmt::Write as _;

    let mut text = format!(
        "[auth]\npepper = \"{mark}{}\"\ncookie_secret = \"{mark}{}\"\n",
        keys.pepper.expose(),
        keys.cookie_secret.expose()
    );
    for key in &keys.jwt {
        let name = key.algorithm.as_str();
        let _ = write!(
            text,
            "\n[[auth.jwt_keys]]\nkid = \"{mark}{}\"\nalgorithm = \"{name}\"\nsecret = '''\n{}\n'''\n",
            key.kid,
            key.secret.expose().trim()
        );
    }
    for key in &keys.otp {
        let _ = write!(text, "\n[[auth.otp_keys]]\nkid = \"{mark}{}\"\nsecret = \"{}\"\n", key.kid, key.secret.expose());
    }
    text
}

fn read_or_create(path: &Path, rng: &Rng) -> std::io::Result<String> {
    match std::fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        other => return other,
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let text = format!(
        "# Made once for development so that restarts keep people signed in. Production refuses these keys.\n{}",
        render(&KeyMaterial::generate(rng), &format!("{DEVELOPMENT_MARK}-"))
    );
    // Written whole under another name and then linked: a second process starting now reads all of it or makes its own first.
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let written = write_private(&draft, &text).and_then(|()| std::fs::hard_link(&draft, path));
    let _ = std::fs::remove_file(&draft);
    match written {
        Ok(()) => Ok(text),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => std::fs::read_to_string(path),
        Err(error) => Err(error),
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Sources, load};

    fn config(folder: &Path, more: &str) -> Config {
        let text = format!("[database]\nurl = 'sqlite://{}/salon.db'\n{more}", folder.display());
        load(&Sources { file: Some(("salon.toml".into(), text)), variables: Vec::new() }).expect("it loads")
    }

    #[test]
    fn development_keys_are_made_once_and_kept_private() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut first = config(folder.path(), "");
        first.fill_development_keys(&Rng::os()).expect("made");
        first.check().expect("strong enough for development");
        let mut second = config(folder.path(), "");
        second.fill_development_keys(&Rng::os()).expect("read");
        assert_eq!(first.auth.pepper, second.auth.pepper);
        assert_eq!(first.auth.jwt_keys[0].secret, second.auth.jwt_keys[0].secret);
        #[cfg(unix)]
        {
            let metadata = std::fs::metadata(folder.path().join(DEVELOPMENT_KEYS_FILE)).expect("it is there");
            assert_eq!(std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777, 0o600);
        }
    }

    #[test]
    fn a_key_that_is_configured_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = config(folder.path(), "[auth]\npepper = 'mine'");
        config.fill_development_keys(&Rng::os()).expect("filled");
        assert_eq!(config.auth.pepper.expose(), "mine");
        assert!(!config.auth.otp_keys.is_empty());
    }

    #[test]
    fn production_refuses_keys_made_for_development() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = config(folder.path(), "");
        config.fill_development_keys(&Rng::os()).expect("filled");
        config.env = crate::config::Environment::Production;
        let named: Vec<_> = config.check().expect_err("refused").0.into_iter().map(|problem| problem.key).collect();
        for key in ["auth.pepper", "auth.cookie_secret", "auth.jwt_keys[0]", "auth.otp_keys[0]"] {
            assert!(named.iter().any(|name| name == key), "{key} in {named:?}");
        }
    }

    #[test]
    fn generated_keys_are_a_piece_of_configuration_that_production_takes() {
        let sources = Sources { file: Some(("salon.toml".into(), snippet(&Rng::os()))), variables: Vec::new() };
        let config = load(&sources).expect("it loads");
        config.check().expect("strong");
        usecases::keys::Keys::new(&config.key_material()).expect("usable");
    }
}
