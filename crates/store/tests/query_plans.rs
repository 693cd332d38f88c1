//! Every statement on the way of a request finds its rows by an index, on a `PostgreSQL` with enough people for the planner to care.
//! What is asked is the statements themselves, not copies.

use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use store::testing::on_postgres;
use store::{Store, StoreOptions, plans};

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_reads_a_whole_table() {
    on_postgres(|scratch| async move {
        plans::fill(&scratch.url, 20_000).await.expect("fills");
        for (statement, plan) in plans::explain(&scratch.url).await.expect("explains") {
            assert!(!plan.contains("Seq Scan on"), "{}:\n{plan}", statement.name);
            assert!(plan.contains("Index") || plan.contains("Conflict Arbiter"), "{}:\n{plan}", statement.name);
        }
    })
    .await;
}

/// What is looked up on `SQLite`, whose planner does not look at how full a table is, and the index that must serve it.
const LOOKUPS: &[(&str, &str)] = &[
    ("SELECT 1 FROM users WHERE phone = $1", "sqlite_autoindex_users_2"),
    (
        "SELECT 1 FROM users WHERE status = 'pending' AND origin = 'self_service' AND created_at < $1 ORDER BY created_at",
        "users_created_at_idx",
    ),
    ("SELECT 1 FROM users WHERE user_id < $1 AND status <> $2 ORDER BY user_id DESC", "sqlite_autoindex_users_1"),
    (
        "SELECT 1 FROM users WHERE (seen_day, user_id) < ($1, $2) AND seen_day >= $3 ORDER BY seen_day DESC, user_id DESC",
        "users_seen_day_user_id_idx",
    ),
    ("SELECT 1 FROM users WHERE (phone, user_id) > ($1, $2) AND phone < $3 ORDER BY phone", "sqlite_autoindex_users_2"),
    (
        "SELECT 1 FROM users WHERE (phone_tail, user_id) > ($1, $2) AND phone_tail < $3 ORDER BY phone_tail, user_id",
        "users_phone_tail_user_id_idx",
    ),
    (
        "SELECT 1 FROM users WHERE (short_key, user_id) > ($1, $2) AND short_key < $3 ORDER BY short_key, user_id",
        "users_short_key_user_id_idx",
    ),
    (
        "SELECT 1 FROM users WHERE (email_key, user_id) > ($1, $2) AND email_key < $3 ORDER BY email_key, user_id",
        "users_email_key_user_id_idx",
    ),
    (
        "SELECT 1 FROM users WHERE (name_key, user_id) > ($1, $2) AND name_key < $3 ORDER BY name_key, user_id",
        "users_name_key_user_id_idx",
    ),
    (
        "SELECT 1 FROM users WHERE status = $1 AND status <> 'active' AND user_id < $2 ORDER BY user_id DESC",
        "users_status_user_id_idx",
    ),
    (
        "SELECT 1 FROM users WHERE origin = $1 AND origin <> 'self_service' AND user_id < $2 AND user_id >= $3 ORDER BY user_id DESC",
        "users_origin_user_id_idx",
    ),
    (
        "SELECT 1 FROM users WHERE NOT is_phone_verified AND status <> 'pending' AND user_id < $1 ORDER BY user_id DESC",
        "users_unverified_user_id_idx",
    ),
    ("SELECT 1 FROM role_grants WHERE role = $1 AND user_id < $2 ORDER BY user_id DESC", "role_grants_role_user_id_idx"),
    (
        "SELECT 1 FROM bulk_runs WHERE state = 'running' AND (leased_until IS NULL OR leased_until <= $1) ORDER BY started_at LIMIT 1",
        "bulk_runs_running_started_at_idx",
    ),
    ("SELECT 1 FROM bookings WHERE customer_id = $1 LIMIT 100", "bookings_customer_id_starts_at_idx"),
    (
        "SELECT 1 FROM bookings WHERE salon_id = $1 AND starts_at >= $2 AND status = 'pending' ORDER BY starts_at",
        "bookings_pending_salon_id_starts_at_idx",
    ),
    ("SELECT 1 FROM bulk_runs WHERE created_at < $1 ORDER BY created_at", "bulk_runs_created_at_idx"),
    ("SELECT 1 FROM bulk_run_people WHERE run_id = $1 AND outcome IS NULL ORDER BY position LIMIT $2", "PRIMARY KEY"),
    ("SELECT 1 FROM bulk_run_people WHERE run_id = $1 AND position > $2 ORDER BY position LIMIT 51", "PRIMARY KEY"),
    ("SELECT 1 FROM bulk_run_people WHERE user_id = $1", "bulk_run_people_user_id_idx"),
    ("SELECT 1 FROM challenges WHERE user_id = $1 AND created_at >= $2", "challenges_user_id_created_at_idx"),
    ("SELECT 1 FROM challenges WHERE expires_at < $1 ORDER BY expires_at", "challenges_expires_at_idx"),
    ("SELECT 1 FROM fraud_counters WHERE bucket_at < $1 ORDER BY bucket_at", "fraud_counters_bucket_at_idx"),
    (
        "SELECT 1 FROM fraud_counters WHERE bucket_at >= $1 AND (scope NOT LIKE 'network:%' OR asked >= 5) ORDER BY bucket_at DESC",
        "fraud_counters_busy_bucket_at_idx",
    ),
    ("SELECT 1 FROM limit_keys WHERE forget_at < $1 ORDER BY forget_at", "limit_keys_forget_at_idx"),
    ("SELECT uses FROM limit_keys WHERE limit_key = $1", "PRIMARY KEY"),
    ("SELECT 1 FROM sessions WHERE cookie_hash = $1", "sqlite_autoindex_sessions_2"),
    ("SELECT 1 FROM sessions WHERE user_id = $1", "sessions_user_id_idx"),
    ("SELECT 1 FROM sessions WHERE idle_expires_at < $1 ORDER BY idle_expires_at", "sessions_idle_expires_at_idx"),
    ("SELECT 1 FROM totp_secrets WHERE session_id = $1", "totp_secrets_session_id_idx"),
    ("SELECT 1 FROM passkeys WHERE credential_id = $1", "sqlite_autoindex_passkeys_2"),
    ("SELECT 1 FROM passkeys WHERE user_id = $1 ORDER BY created_at", "passkeys_user_id_created_at_idx"),
    ("SELECT 1 FROM passkey_ceremonies WHERE session_id = $1", "passkey_ceremonies_session_id_idx"),
    ("SELECT 1 FROM passkey_ceremonies WHERE expires_at < $1 ORDER BY expires_at", "passkey_ceremonies_expires_at_idx"),
    ("SELECT 1 FROM devices WHERE user_id = $1", "devices_user_id_idx"),
    (
        "SELECT 1 FROM outbox WHERE finished_at IS NULL AND available_at <= $1 AND expires_at > $1 ORDER BY created_at DESC",
        "outbox_waiting_created_at_idx",
    ),
    (
        "SELECT 1 FROM outbox WHERE finished_at IS NULL AND expires_at > $1 AND phone IS NOT NULL ORDER BY created_at LIMIT $2",
        "outbox_waiting_created_at_idx",
    ),
    ("SELECT 1 FROM outbox WHERE phone = $1 ORDER BY created_at DESC", "outbox_phone_created_at_idx"),
    ("SELECT 1 FROM outbox WHERE finished_at < $1 ORDER BY finished_at", "outbox_finished_at_idx"),
    ("SELECT 1 FROM outbox WHERE provider = $1 AND provider_ref = $2", "outbox_provider_provider_ref_idx"),
    ("SELECT 1 FROM outbox WHERE created_at >= $1 AND created_at < $2", "outbox_created_at_idx"),
    (
        "SELECT 1 FROM delivery_reports WHERE provider = $1 AND provider_ref = $2 AND status = $3",
        "sqlite_autoindex_delivery_reports_1",
    ),
    (
        "SELECT 1 FROM delivery_reports WHERE applied_at IS NULL AND received_at > $1 ORDER BY received_at",
        "delivery_reports_waiting_received_at_idx",
    ),
    ("SELECT 1 FROM delivery_reports WHERE received_at < $1 ORDER BY received_at", "delivery_reports_received_at_idx"),
    ("SELECT 1 FROM phone_moves WHERE phone = $1 AND state = 'pending'", "phone_moves_waiting_phone_idx"),
    ("SELECT 1 FROM phone_moves WHERE gainer_id = $1 ORDER BY asked_at DESC", "phone_moves_gainer_id_asked_at_idx"),
    ("SELECT 1 FROM phone_moves WHERE loser_id = $1 ORDER BY asked_at DESC", "phone_moves_loser_id_asked_at_idx"),
    ("SELECT 1 FROM phone_moves WHERE over_at <= $1 ORDER BY over_at", "phone_moves_over_at_idx"),
    ("SELECT 1 FROM audit WHERE subject_user_id = $1 ORDER BY at DESC", "audit_subject_user_id_at_idx"),
    (
        "SELECT 1 FROM audit WHERE actor = $1 AND actor <> 'self' AND (at, audit_id) < ($2, $3) ORDER BY at DESC",
        "audit_actor_at_idx",
    ),
    ("SELECT 1 FROM user_notes WHERE user_id = $1 AND note_id < $2 ORDER BY note_id DESC", "user_notes_user_id_note_id_idx"),
    (
        "SELECT 1 FROM privacy_requests WHERE closed_at IS NULL AND (due_at, request_id) > ($1, $2) ORDER BY due_at, request_id",
        "privacy_requests_due_at_request_id_idx",
    ),
    ("SELECT 1 FROM privacy_requests WHERE closed_at IS NOT NULL ORDER BY closed_at DESC", "privacy_requests_closed_at_idx"),
    ("SELECT 1 FROM privacy_requests WHERE user_id = $1 ORDER BY opened_at DESC", "privacy_requests_user_id_opened_at_idx"),
    ("SELECT 1 FROM consents WHERE user_id = $1 ORDER BY at DESC", "consents_user_id_at_idx"),
    ("SELECT 1 FROM salons WHERE status = $1 AND slug > $2 ORDER BY slug", "salons_status_slug_idx"),
    ("SELECT 1 FROM salon_grants WHERE user_id = $1", "salon_grants_user_id_idx"),
    ("SELECT 1 FROM treatments WHERE salon_id = $1 ORDER BY position", "treatments_salon_id_position_idx"),
    ("SELECT 1 FROM staff WHERE salon_id = $1 ORDER BY position", "staff_salon_id_position_idx"),
    ("SELECT 1 FROM schedules WHERE staff_id = $1", "schedules_staff_id_idx"),
    ("SELECT 1 FROM time_off WHERE staff_id = $1 AND ends_at > $2 ORDER BY ends_at", "time_off_staff_id_ends_at_idx"),
    (
        "SELECT 1 FROM bookings WHERE staff_id = $1 AND blocked_to > $2 AND status IN ('held', 'pending', 'confirmed', 'arrived')",
        "bookings_staff_id_blocked_to_idx",
    ),
    ("SELECT 1 FROM erasures WHERE erased_at < $1", "erasures_erased_at_idx"),
    ("SELECT 1 FROM audit WHERE at <= $1 ORDER BY at DESC", "audit_at_idx"),
    ("SELECT 1 FROM audit WHERE action = $1 AND at <= $2 ORDER BY at DESC", "audit_action_at_idx"),
    ("SELECT 1 FROM audit WHERE actor = $1 AND actor <> 'self' AND at <= $2 ORDER BY at DESC", "audit_actor_at_idx"),
    ("SELECT 1 FROM outbox WHERE created_at <= $1 ORDER BY created_at DESC", "outbox_created_at_idx"),
    (
        "SELECT 1 FROM outbox WHERE state IN ('failed', 'expired') AND created_at <= $1 ORDER BY created_at DESC",
        "outbox_unsent_created_at_idx",
    ),
];

#[tokio::test]
async fn every_lookup_of_sqlite_has_its_index_and_sorts_nothing() {
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
