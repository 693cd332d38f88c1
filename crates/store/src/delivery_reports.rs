//! `delivery_reports`: what providers said became of messages, each thing once, and `outbox.report`, the highest of it.
//!
//! A report may come before its message is marked as sent, or about a message of somebody else who shares the provider's account. Both
//! look the same; they wait, and are applied if their message turns up in time.

use chrono::{DateTime, Utc};
use domain::delivery::{DeliveryStatus, Report, Subject};
use domain::ids::OutboxId;
use uuid::Uuid;

use crate::read::named;
use crate::{Instant, StoreError, Tx};

/// The rank of a status ([`DeliveryStatus::rank`]); a test compares the two.
macro_rules! rank {
    ($column:literal) => {
        concat!(
            "CASE ",
            $column,
            " WHEN 'sent' THEN 1 WHEN 'unknown' THEN 2 WHEN 'undelivered' THEN 3 WHEN 'delivered' THEN 4 ELSE 0 END"
        )
    };
}

#[cfg(feature = "testing")]
pub(crate) use rank;

const INSERT_MISSING: &str = "INSERT INTO delivery_reports (provider, provider_ref, outbox_id, status, received_at)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";

/// Writes a report down: whether it was new.
pub async fn insert_missing(tx: &mut Tx, provider: &str, report: &Report, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let (reference, key) = columns(&report.subject);
    let rows = execute!(tx, INSERT_MISSING, provider, reference.as_str(), key, report.status.as_str(), Instant(now))?;
    Ok(rows > 0)
}

/// Moves the message on, if that is forward. The guard is in the statement: of two processes with different reports the higher wins.
macro_rules! apply {
    ($column:literal) => {
        concat!(
            "UPDATE outbox SET report = $3, reported_at = $5 WHERE provider = $1 AND ",
            $column,
            " = $2 AND state = 'sent' AND ",
            rank!("report"),
            " < $4"
        )
    };
}

/// Notes that a report need not wait any more. It looks at what the message says: one that was marked as sent since the statement before
/// has not been moved, and its report waits on.
macro_rules! settle {
    ($column:literal) => {
        concat!(
            "UPDATE delivery_reports SET applied_at = $6 WHERE provider = $1 AND provider_ref = $3 AND status = $4 AND applied_at IS NULL
            AND EXISTS (SELECT 1 FROM outbox WHERE outbox.provider = $1 AND outbox.",
            $column,
            " = $2 AND outbox.state = 'sent' AND ",
            rank!("outbox.report"),
            " >= $5)"
        )
    };
}

pub(crate) const APPLY_BY_REFERENCE: &str = apply!("provider_ref");
pub(crate) const APPLY_BY_KEY: &str = apply!("outbox_id");
pub(crate) const SETTLE_BY_REFERENCE: &str = settle!("provider_ref");
pub(crate) const SETTLE_BY_KEY: &str = settle!("outbox_id");

/// Applies a written report to its message, if that is there and was taken by this provider: whether the message moved on. As much
/// work for a message nobody knows.
pub async fn update_applied(tx: &mut Tx, provider: &str, report: &Report, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let (status, rank, now) = (report.status.as_str(), report.status.rank(), Instant(now));
    let (text, _) = columns(&report.subject);
    let text = text.as_str();
    let moved = match &report.subject {
        Subject::Reference(reference) => {
            let moved = execute!(tx, APPLY_BY_REFERENCE, provider, reference.as_str(), status, rank, now)?;
            execute!(tx, SETTLE_BY_REFERENCE, provider, reference.as_str(), text, status, rank, now)?;
            moved
        }
        Subject::Key(key) => {
            let moved = execute!(tx, APPLY_BY_KEY, provider, key.0, status, rank, now)?;
            execute!(tx, SETTLE_BY_KEY, provider, key.0, text, status, rank, now)?;
            moved
        }
    };
    Ok(moved > 0)
}

/// Waiting reports of messages that have turned up, oldest first. Those of messages nobody knows are passed over, or they would be in the
/// way of all others.
macro_rules! waiting {
    ($is_of:literal) => {
        concat!(
            "SELECT r.provider, r.provider_ref, r.outbox_id, r.status FROM delivery_reports AS r
            WHERE r.applied_at IS NULL AND r.received_at > $1
            AND EXISTS (SELECT 1 FROM outbox WHERE outbox.provider = r.provider AND outbox.state = 'sent' AND ",
            $is_of,
            ") ORDER BY r.received_at LIMIT $2"
        )
    };
}

pub(crate) const LIST_WAITING_BY_REFERENCE: &str = waiting!("r.outbox_id IS NULL AND outbox.provider_ref = r.provider_ref");
pub(crate) const LIST_WAITING_BY_KEY: &str = waiting!("outbox.outbox_id = r.outbox_id");

/// Up to `limit` reports that came too early, after `since`, and can be applied now, each with its provider. In the order in which
/// they are to be applied: everybody locks in the same one.
pub async fn list_waiting(tx: &mut Tx, since: DateTime<Utc>, limit: u32) -> Result<Vec<(String, Report)>, StoreError> {
    let mut waiting = Vec::new();
    for sql in [LIST_WAITING_BY_REFERENCE, LIST_WAITING_BY_KEY] {
        let rows = fetch!(tx, fetch_all, (String, String, Option<Uuid>, String), sql, Instant(since), i64::from(limit))?;
        for (provider, reference, key, status) in rows {
            let subject = key.map_or(Subject::Reference(reference), |key| Subject::Key(OutboxId(key)));
            let status = named(&status, "delivery_reports.status", DeliveryStatus::parse)?;
            waiting.push((provider, Report { subject, status }));
        }
    }
    waiting.sort_unstable();
    waiting.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(waiting)
}

pub(crate) const DELETE_BEFORE: &str =
    "DELETE FROM delivery_reports WHERE received_at < $1 AND (provider, provider_ref, status) IN (
        SELECT provider, provider_ref, status FROM delivery_reports WHERE received_at < $1 ORDER BY received_at LIMIT $2)";

/// Forgets up to `limit` reports received before `before`: how many.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}

fn columns(subject: &Subject) -> (String, Option<Uuid>) {
    match subject {
        Subject::Reference(reference) => (reference.clone(), None),
        Subject::Key(key) => (key.to_string(), Some(key.0)),
    }
}
