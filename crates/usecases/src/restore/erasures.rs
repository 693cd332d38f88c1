//! The erasure log as text, to be kept apart from the backups: one JSON object a line.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::ids::UserId;
use domain::keys::LimitKey;
use serde::{Deserialize, Serialize};
use store::erasures;
use thiserror::Error as ThisError;

use crate::{Error, Usecases};

/// Somebody who was erased and must stay so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erasure(pub(crate) erasures::Erasure);

/// A line that is not one of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
#[error("line {line} is no erasure: {reason}")]
pub struct ErasureLineError {
    /// Which line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    user_id: UserId,
    /// 32 hexadecimal digits.
    phone_key: String,
    erased_at: String,
}

impl Usecases {
    /// Everybody who was erased, oldest first, as JSON lines for [`read_erasures`].
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn list_erasures(&self) -> Result<String, Error> {
        let all = erasures::list(&mut self.parts.store.read().await?).await?;
        let mut text = String::new();
        for erasure in all {
            let line = Line {
                user_id: erasure.user_id,
                phone_key: format!("{:032x}", u128::from_be_bytes(erasure.phone_key.0)),
                erased_at: erasure.erased_at.to_rfc3339_opts(SecondsFormat::Micros, true),
            };
            text.push_str(&serde_json::to_string(&line).map_err(Error::internal)?);
            text.push('\n');
        }
        Ok(text)
    }
}

/// Reads what [`Usecases::list_erasures`] wrote. Several lists one after the other are one list; empty lines do not count.
///
/// # Errors
/// The first line that cannot be read. Nothing of a list is used unless all of it can be.
pub fn read_erasures(text: &str) -> Result<Vec<Erasure>, ErasureLineError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| read(line).map_err(|reason| ErasureLineError { line: at + 1, reason })).collect()
}

fn read(text: &str) -> Result<Erasure, &'static str> {
    let line: Line = serde_json::from_str(text).map_err(|_| "expected user_id, phone_key and erased_at")?;
    // `from_str_radix` would take a sign too.
    let is_key = line.phone_key.len() == 32 && line.phone_key.bytes().all(|byte| byte.is_ascii_hexdigit());
    let key =
        u128::from_str_radix(&line.phone_key, 16).ok().filter(|_| is_key).ok_or("phone_key is not 32 hexadecimal digits")?;
    let erased_at: DateTime<Utc> = line.erased_at.parse().map_err(|_| "erased_at is not a time")?;
    Ok(Erasure(erasures::Erasure { user_id: line.user_id, phone_key: LimitKey(key.to_be_bytes()), erased_at }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"user_id":"01900000-0000-7000-8000-000000000001","phone_key":"00ff00ff00ff00ff00ff00ff00ff00ff","erased_at":"2026-11-22T10:00:00.000001Z"}"#;

    #[test]
    fn lists_may_follow_each_other_with_empty_lines_between() {
        let read = read_erasures(&format!("{GOOD}\n\n{GOOD}\r\n")).expect("reads");
        assert_eq!(read.len(), 2);
        assert_eq!(read[0], read[1]);
        assert_eq!(read[0].0.phone_key.0[..2], [0, 255]);
        assert_eq!(read_erasures("").expect("nobody"), []);
    }

    #[test]
    fn the_first_bad_line_is_named() {
        let at = |text: &str| read_erasures(text).expect_err("refused").line;
        assert_eq!(at(&format!("{GOOD}\n{{}}\nx")), 2);
        assert_eq!(at("half a li"), 1);
        assert_eq!(at(&GOOD.replace("00ff", "0ff")), 1);
        assert_eq!(at(&GOOD.replace("\"00ff", "\"+0ff")), 1);
        assert_eq!(at(&GOOD.replace("2026-11-22T", "22.11.2026 ")), 1);
        assert_eq!(at(&GOOD.replace("\"user_id\"", "\"phone\":1,\"user_id\"")), 1);
    }
}
