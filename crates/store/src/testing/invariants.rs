//! What must hold in the database whatever happened to the processes, the network and the database itself (security.md §3).

use chrono::{DateTime, Utc};

use crate::delivery_reports::rank;
use crate::tx::Conn;
use crate::{Instant, Store, StoreError, Tx};

/// A rule, and how to count the rows that break it. `$1` is now.
const RULES: &[(&str, &str)] = &[
    (
        "every used code opened exactly one session",
        "SELECT CAST(count(*) AS BIGINT) FROM users WHERE $1 = $1
        AND (SELECT count(*) FROM sessions WHERE sessions.user_id = users.user_id)
         <> (SELECT count(*) FROM challenges WHERE challenges.user_id = users.user_id
             AND challenges.purpose = 'auth' AND challenges.consumed_at IS NOT NULL)",
    ),
    (
        "no code was used without its guess being counted",
        "SELECT CAST(count(*) AS BIGINT) FROM challenges WHERE $1 = $1 AND consumed_at IS NOT NULL AND attempts < 1",
    ),
    (
        "no code was compared more often than it bears",
        "SELECT CAST(count(*) AS BIGINT) FROM challenges WHERE $1 = $1 AND attempts > max_attempts",
    ),
    (
        "whoever is signed in has proved the phone",
        "SELECT CAST(count(*) AS BIGINT) FROM sessions JOIN users ON users.user_id = sessions.user_id
        WHERE $1 = $1 AND sessions.ended_at IS NULL AND (users.status <> 'active' OR users.phone_verified_at IS NULL)",
    ),
    (
        "every code that was asked for has its message",
        "SELECT CAST(count(*) AS BIGINT) FROM challenges WHERE $1 = $1
        AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.challenge_id = challenges.challenge_id)",
    ),
    (
        "every message with a code has its challenge and goes to its phone",
        "SELECT CAST(count(*) AS BIGINT) FROM outbox LEFT JOIN challenges ON challenges.challenge_id = outbox.challenge_id
        WHERE $1 = $1 AND outbox.kind <> 'phone_changed' AND (challenges.challenge_id IS NULL OR challenges.phone <> outbox.phone)",
    ),
    (
        "no message outlives its life without an end",
        "SELECT CAST(count(*) AS BIGINT) FROM outbox WHERE finished_at IS NULL AND expires_at < $1",
    ),
    (
        "no message was sent more often than it was leased",
        "SELECT CAST(count(*) AS BIGINT) FROM outbox WHERE $1 = $1 AND state = 'sent' AND attempts < 1",
    ),
    (
        "only what a provider took is reported on",
        "SELECT CAST(count(*) AS BIGINT) FROM outbox WHERE $1 = $1 AND report IS NOT NULL
        AND (state <> 'sent' OR provider IS NULL OR reported_at IS NULL)",
    ),
    (
        "no message moved back behind a report",
        concat!(
            "SELECT CAST(count(*) AS BIGINT) FROM delivery_reports AS r JOIN outbox ON outbox.provider = r.provider
            AND (outbox.outbox_id = r.outbox_id OR (r.outbox_id IS NULL AND outbox.provider_ref = r.provider_ref))
            WHERE $1 = $1 AND r.applied_at IS NOT NULL AND ",
            rank!("outbox.report"),
            " < ",
            rank!("r.status")
        ),
    ),
    (
        "every app session has its chain of refresh tokens",
        "SELECT CAST(count(*) AS BIGINT) FROM sessions WHERE $1 = $1 AND kind = 'api'
        AND (SELECT count(*) FROM refresh_families WHERE refresh_families.session_id = sessions.session_id) <> 1",
    ),
];

/// The rules that are broken, as sentences. `now` is later than any life that should be over.
///
/// # Errors
/// `Unavailable`.
pub async fn broken(store: &Store, now: DateTime<Utc>) -> Result<Vec<String>, StoreError> {
    let mut tx = store.read().await?;
    let mut sentences = Vec::new();
    for (rule, sql) in RULES {
        let (count,) = fetch!(&mut tx, fetch_one, (i64,), *sql, Instant(now))?;
        if count > 0 {
            sentences.push(format!("broken {count}×: {rule}"));
        }
    }
    sentences.extend(damage(&mut tx).await?);
    Ok(sentences)
}

/// What is wrong with the database as such: damaged pages and dangling keys of a file, transactions left open at a server.
async fn damage(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    match tx.statement() {
        Conn::Sqlite(connection) => {
            let pages: Vec<(String,)> = sqlx::query_as("PRAGMA integrity_check").fetch_all(&mut *connection).await?;
            let dangling = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *connection).await?.len();
            let mut said: Vec<String> = pages.into_iter().map(|(line,)| line).filter(|line| line != "ok").collect();
            if dangling > 0 {
                said.push(format!("{dangling} rows point at nothing"));
            }
            Ok(said)
        }
        Conn::Postgres(connection) => {
            // A transaction that really is at work is idle between two statements for milliseconds only.
            let (open,): (i64,) = sqlx::query_as(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND state LIKE 'idle in transaction%' AND clock_timestamp() - state_change > interval '1 second'",
            )
            .fetch_one(connection)
            .await?;
            Ok(if open > 0 { vec![format!("{open} connections sit in a transaction that nobody ends")] } else { Vec::new() })
        }
    }
}
