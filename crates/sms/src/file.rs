//! For development: a file with a line of JSON for each message, words and all.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::PathBuf;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::message::Message;
use crate::sender::SmsError;

/// The file. It is made when missing, readable for its owner only: it holds codes.
#[derive(Clone, Debug)]
pub struct FileSink {
    path: PathBuf,
}

#[derive(Serialize)]
struct Line<'a> {
    at: String,
    id: &'a str,
    to: &'a str,
    body: &'a str,
    locale: &'a str,
    class: &'a str,
}

impl FileSink {
    /// Writes to the end of `path`.
    pub const fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub(crate) fn send(&self, message: &Message, now: DateTime<Utc>) -> Result<(), SmsError> {
        let line = Line {
            at: now.to_rfc3339_opts(SecondsFormat::Micros, true),
            id: &message.key,
            to: message.to.as_e164(),
            body: &message.body,
            locale: message.locale.as_str(),
            class: message.class.as_str(),
        };
        let mut line = serde_json::to_string(&line).map_err(|_| SmsError::Permanent("the message is not JSON".to_owned()))?;
        line.push('\n');
        // One write for the whole line: several processes may share the file.
        self.append(line.as_bytes()).map_err(|error| SmsError::Temporary(format!("the file cannot be written: {}", error.kind())))
    }

    fn append(&self, line: &[u8]) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.path)?.write_all(line)
    }
}
