//! The operator's own gateway: JSON, signed as Salon signs what it posts there (`docs/sms-webhook.md`), the other way round. A report is
//! `{"id","status"}` with our key, or `{"reference","status"}` with the gateway's own reference; several are a list.

use chrono::TimeDelta;
use domain::delivery::{DeliveryStatus, Report, Subject};
use domain::secret::Secret;
use hmac::Mac;
use serde_json::Value;

use super::{Entry, Head, ReportError};
use crate::webhook::mac;

/// How far the gateway's clock may be off. Within it, a report that is posted again changes nothing.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(5);

#[derive(Debug)]
pub(super) struct Proof {
    secret: Secret<String>,
    timestamp: String,
    signature: Vec<u8>,
}

impl Proof {
    pub(super) fn of(secret: Option<&Secret<String>>, head: Head<'_>) -> Result<Self, ReportError> {
        let found = || {
            let timestamp = head.header("salon-timestamp")?;
            let signature = unhex(head.header("salon-signature")?.strip_prefix("v1=")?)?;
            let seconds: i64 = timestamp.parse().ok()?;
            let is_near = head.now.timestamp().abs_diff(seconds) <= CLOCKS_DIFFER.num_seconds().unsigned_abs();
            is_near.then_some(Self { secret: secret?.clone(), timestamp: timestamp.to_owned(), signature })
        };
        found().ok_or(ReportError::Forbidden)
    }

    pub(super) fn check(&self, body: &[u8]) -> Result<(), ReportError> {
        mac(&self.secret, &self.timestamp, body).verify_slice(&self.signature).map_err(|_| ReportError::Forbidden)
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.bytes().map(|byte| char::from(byte).to_digit(16)).collect::<Option<Vec<_>>>()?;
    let pairs = digits.chunks(2).map(|pair| u8::try_from((pair[0] << 4) | pair.get(1)?).ok());
    pairs.collect()
}

pub(super) fn read(entry: &Entry) -> Result<Option<Report>, ReportError> {
    let subject = match entry.get(&["id"]) {
        Some(Value::String(key)) => key.parse().map(Subject::Key).map_err(|_| ReportError::Malformed)?,
        Some(_) => return Err(ReportError::Malformed),
        None => entry.reference(&["reference"])?,
    };
    Ok(entry.status(&["status"], DeliveryStatus::parse)?.map(|status| Report { subject, status }))
}

#[cfg(test)]
mod tests {
    use super::unhex;

    #[test]
    fn hexadecimal_is_whole_bytes() {
        assert_eq!(unhex("00fF10"), Some(vec![0, 255, 16]));
        for bad in ["0", "0g", "é0", "0x00"] {
            assert_eq!(unhex(bad), None, "{bad}");
        }
    }
}
