//! What happened, to be replayed: one JSON object a line for each code that the brake counted, without any phone or address.

use chrono::{DateTime, TimeDelta, Utc};
use domain::fraud::{Origin, Prefix, Scope};
use domain::phone::Region;
use serde::{Deserialize, Serialize};
use store::challenges;

use crate::{Error, Usecases};

/// Codes are read by the day.
const AT_ONCE: TimeDelta = TimeDelta::days(1);

/// A line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    asked_at: DateTime<Utc>,
    /// Whether a provider took it.
    sent: bool,
    /// When the code was entered, if it was.
    verified_at: Option<DateTime<Utc>>,
    country: Region,
    prefix: String,
    /// A keyed hash: 32 hexadecimal digits.
    network: String,
}

/// A code that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) asked_at: DateTime<Utc>,
    pub(super) is_sent: bool,
    pub(super) verified_at: Option<DateTime<Utc>>,
    pub(super) origin: Origin,
}

impl TryFrom<Line> for Event {
    type Error = &'static str;

    fn try_from(line: Line) -> Result<Self, &'static str> {
        let Line { asked_at, sent, verified_at, country, prefix, network } = line;
        let prefix = Prefix::parse(&prefix).ok_or("its prefix is none")?;
        let Some(Scope::Network(network)) = Scope::parse(&format!("network:{network}")) else {
            return Err("its network is not 32 hexadecimal digits");
        };
        Ok(Self { asked_at, is_sent: sent, verified_at, origin: Origin { network, prefix, country } })
    }
}

impl Usecases {
    /// Hands the codes of the last `days` days that the fraud brake counted to `write`, as JSON lines, a day at a time.
    ///
    /// # Errors
    /// `Unavailable`, and `Internal` when `write` fails.
    pub async fn list_fraud_events(&self, days: u32, mut write: impl FnMut(&str) -> std::io::Result<()>) -> Result<(), Error> {
        let end = self.parts.clock.now() + self.settings().otp.rules.max_life;
        let mut from = end - AT_ONCE * i32::try_from(days).unwrap_or(i32::MAX);
        while from <= end {
            let codes = challenges::list_counted(&mut self.parts.store.read().await?, from, from + AT_ONCE).await?;
            let mut text = String::new();
            for code in codes {
                let Origin { network, prefix, country } = Origin::of(&code.phone, code.network);
                let line = Line {
                    asked_at: code.asked_at,
                    sent: code.is_sent,
                    verified_at: code.verified_at,
                    country,
                    prefix: prefix.to_string(),
                    network: format!("{:032x}", u128::from_be_bytes(network.0)),
                };
                text.push_str(&serde_json::to_string(&line).map_err(Error::internal)?);
                text.push('\n');
            }
            write(&text).map_err(Error::internal)?;
            from += AT_ONCE;
        }
        Ok(())
    }
}
