//! The lookups on the way of a request use an index. Checked on `SQLite`, whose planner does not look at how full a table is.

use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use store::{Store, StoreOptions};

/// What is looked up, and the index that must serve it.
const LOOKUPS: [(&str, &str); 14] = [
    ("SELECT 1 FROM users WHERE phone = $1", "sqlite_autoindex_users_2"),
    (
        "SELECT 1 FROM users WHERE status = 'pending' AND origin = 'self_service' AND created_at < $1 ORDER BY created_at",
        "users_created_at_idx",
    ),
    ("SELECT 1 FROM challenges WHERE user_id = $1 AND created_at >= $2", "challenges_user_id_created_at_idx"),
    ("SELECT 1 FROM challenges WHERE expires_at < $1 ORDER BY expires_at", "challenges_expires_at_idx"),
    ("SELECT 1 FROM limit_keys WHERE forget_at < $1 ORDER BY forget_at", "limit_keys_forget_at_idx"),
    ("SELECT uses FROM limit_keys WHERE limit_key = $1", "PRIMARY KEY"),
    ("SELECT 1 FROM sessions WHERE cookie_hash = $1", "sqlite_autoindex_sessions_2"),
    ("SELECT 1 FROM sessions WHERE user_id = $1", "sessions_user_id_idx"),
    ("SELECT 1 FROM sessions WHERE idle_expires_at < $1 ORDER BY idle_expires_at", "sessions_idle_expires_at_idx"),
    ("SELECT 1 FROM devices WHERE user_id = $1", "devices_user_id_idx"),
    (
        "SELECT 1 FROM outbox WHERE finished_at IS NULL AND available_at <= $1 AND expires_at > $1 ORDER BY created_at DESC",
        "outbox_waiting_created_at_idx",
    ),
    ("SELECT 1 FROM outbox WHERE phone = $1 ORDER BY created_at DESC", "outbox_phone_created_at_idx"),
    ("SELECT 1 FROM outbox WHERE finished_at < $1 ORDER BY finished_at", "outbox_finished_at_idx"),
    ("SELECT 1 FROM audit WHERE subject_user_id = $1 ORDER BY at DESC", "audit_subject_user_id_at_idx"),
];

#[tokio::test]
async fn every_lookup_has_its_index_and_sorts_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("salon.db").display());
    let store = Store::connect(&url, &StoreOptions::default()).await.expect("opens");
    store.migrate().await.expect("migrations run");
    store.close().await;
    let mut connection = SqliteConnection::connect(&url).await.expect("opens");
    for (lookup, index) in LOOKUPS {
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {lookup}"));
        let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(explain).fetch_all(&mut connection).await.expect("explains");
        let plan: Vec<String> = plan.into_iter().map(|(.., step)| step).collect();
        let plan = plan.join("; ");
        assert!(plan.contains(index), "{lookup}: {plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{lookup}: {plan}");
    }
}
