//! What is wrong with the configuration, key by key.

use std::fmt;

/// One faulty key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyProblem {
    /// The name as the operator wrote it: a dotted path, or the environment variable.
    pub key: String,
    /// What to do about it.
    pub reason: String,
}

impl KeyProblem {
    pub fn new(key: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { key: key.into(), reason: reason.into() }
    }
}

/// Every fault that was found, so that one look is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(pub Vec<KeyProblem>);

impl ConfigError {
    pub fn one(key: impl Into<String>, reason: impl Into<String>) -> Self {
        Self(vec![KeyProblem::new(key, reason)])
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration is refused:")?;
        for KeyProblem { key, reason } in &self.0 {
            write!(f, "\n  {key}: {reason}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}
