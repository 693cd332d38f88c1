//! What Prometheus sees: the real binary, its second listener, and what is not said there.

use std::process::Stdio;
use std::time::Duration;

use ::metrics::with_local_recorder;
use domain::challenge::Purpose;
use domain::fraud::{Level, ScopeKind};
use domain::limits::{Policy, Quota, QuotaExceeded};
use domain::session::SessionKind;
use reqwest::Client;
use serde_json::{Value, json};
use sms::SmsError;
use store::testing::{Raw, on_postgres_url};
use tempfile::TempDir;
use usecases::metrics::{self, ALL, Conversions, Finished, InFlight, Kind, ProofStep, SendOutcome};

use crate::support::{Binary, Exposition, PHONE, salon, wrong};

const ON: &str = "[metrics]\nbind = '127.0.0.1:0'\n";

/// A Salon that is watched.
struct Watched {
    running: Binary,
    metrics: String,
    client: Client,
}

impl Watched {
    async fn start(folder: &TempDir, more: &str) -> Self {
        std::fs::write(folder.path().join("salon.toml"), format!("{ON}{more}")).expect("written");
        let path = folder.path().to_owned();
        let start = move || {
            let mut running = Binary::start(&path, "info");
            let metrics = running.says("Metrics are at ");
            (running, metrics)
        };
        let (running, metrics) = tokio::task::spawn_blocking(start).await.expect("starts");
        Self { running, metrics, client: Client::builder().build().expect("a client") }
    }

    async fn scrape(&self) -> Exposition {
        let answer = self.client.get(&self.metrics).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
        Exposition::parse(&answer.text().await.expect("UTF-8"))
    }

    async fn status(&self, url: &str) -> u16 {
        self.client.get(url).send().await.expect("an answer").status().as_u16()
    }

    async fn post(&self, path: &str, body: Value, status: u16) -> Value {
        let call = self.client.post(format!("{}{path}", self.running.url)).json(&body);
        let answer = call.send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{path}");
        answer.json().await.unwrap_or_default()
    }

    /// The code in the sink, once the worker has put it there.
    async fn code(&self) -> String {
        let url = format!("{}/dev/sms.json?to={}", self.running.url, PHONE.replace('+', "%2B"));
        loop {
            let shown: Value = self.client.get(&url).send().await.expect("an answer").json().await.expect("JSON");
            if let Some(code) = shown[0]["code"].as_str() {
                return code.to_owned();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Asks for a code and gets it, is refused another, guesses wrong once and then right. Ids that must not be told.
    async fn sign_in(&self) -> Vec<String> {
        let asked = self.post("/api/auth/phone/request/", json!({ "phone": PHONE }), 202).await;
        let challenge_id = &asked["challenge_id"];
        self.post("/api/auth/phone/request/", json!({ "phone": PHONE }), 429).await;
        let code = self.code().await;
        let wrong = wrong(&code);
        self.post("/api/auth/phone/verify/", json!({ "challenge_id": challenge_id, "code": wrong }), 422).await;
        let session = self.post("/api/auth/phone/verify/", json!({ "challenge_id": challenge_id, "code": code }), 200).await;
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        vec![text(challenge_id), code, text(&session["session_id"]), text(&session["user"]["id"])]
    }
}

/// What the binary says of a metric is what the table says.
fn is_as_the_table_says(scraped: &Exposition) {
    for (name, family) in &scraped.0 {
        let metric = ALL.iter().find(|metric| metric.name == name).unwrap_or_else(|| panic!("{name} is not in the table"));
        let kind = match metric.kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram(_) => "histogram",
        };
        assert_eq!(family.kind, kind, "{name}");
        for sample in &family.samples {
            let labels: Vec<&str> = sample.labels.keys().map(String::as_str).filter(|key| *key != "le").collect();
            assert_eq!(labels, metric.labels, "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_is_counted_and_nobody_is_named() {
    let folder = TempDir::new().expect("a folder");
    let watched = Watched::start(&folder, "").await;
    let before = watched.scrape().await;
    assert_eq!(before.value("salon_codes_asked_total", &[("purpose", "auth")]), Some(0.0), "there from the start");
    let mut secrets = watched.sign_in().await;
    let public = watched.running.url.clone();
    assert_eq!(watched.status(&format!("{public}/{PHONE}")).await, 404);
    assert_eq!(watched.status(&format!("{public}/api/auth/sessions/{}/", secrets[2])).await, 405);
    let made_up = reqwest::Method::from_bytes(b"PHONE-966501234567").expect("a token");
    watched.client.request(made_up, &public).send().await.expect("an answer");

    let scraped = watched.scrape().await;
    is_as_the_table_says(&scraped);
    let value = |name: &str, labels: &[(&str, &str)]| scraped.value(name, labels);
    assert_eq!(value("salon_codes_asked_total", &[("purpose", "auth")]), Some(1.0));
    assert_eq!(value("salon_codes_asked_total", &[("purpose", "verify")]), Some(0.0));
    assert_eq!(value("salon_refused_total", &[("policy", "otp-cooldown")]), Some(1.0));
    assert_eq!(value("salon_guesses_total", &[("purpose", "auth"), ("result", "wrong")]), Some(1.0));
    assert_eq!(value("salon_guesses_total", &[("purpose", "auth"), ("result", "right")]), Some(1.0));
    assert_eq!(value("salon_sessions_opened_total", &[("kind", "api"), ("person", "new")]), Some(1.0));
    assert_eq!(value("salon_sessions_opened_total", &[]), Some(1.0));

    let verify = [("route", "/api/auth/phone/verify/"), ("method", "POST")];
    assert_eq!(value("salon_http_requests_total", &[&verify[..], &[("status", "200")]].concat()), Some(1.0));
    assert_eq!(value("salon_http_requests_total", &[&verify[..], &[("status", "422")]].concat()), Some(1.0));
    assert_eq!(value("salon_http_request_duration_seconds_count", &verify[..1]), Some(2.0));
    assert_eq!(value("salon_http_requests_total", &[("route", "-"), ("status", "404")]), Some(1.0));
    assert_eq!(value("salon_http_requests_total", &[("method", "other")]), Some(1.0));
    assert_eq!(value("salon_http_requests_total", &[("route", "/api/auth/sessions/{id}/"), ("status", "405")]), Some(1.0));
    assert_eq!(value("salon_http_requests_in_flight", &[]), Some(0.0));

    assert_eq!(value("salon_database_up", &[]), Some(1.0));
    assert!(value("salon_database_connections", &[]).is_some_and(|open| open >= 1.0));
    let statements = |scraped: &Exposition| scraped.value("salon_database_statements_total", &[]).expect("counted");
    assert!(statements(&scraped) > statements(&before));
    assert!(value("salon_resident_memory_bytes", &[]).is_some_and(|bytes| bytes > 1e6));
    assert!(value("salon_start_time_seconds", &[]).is_some_and(|seconds| seconds > 1.7e9));
    assert!(value("salon_guess_bound_ratio", &[]).is_some_and(|chance| (0.000_3..0.000_5).contains(&chance)));
    assert_eq!(value("salon_build_info", &[("version", env!("CARGO_PKG_VERSION"))]), Some(1.0));
    assert!(value("salon_sms_outbox", &[("state", "waiting")]).is_some());
    assert!(value("salon_sms_outbox_oldest_age_seconds", &[]).is_some());

    secrets.extend([PHONE, "501234567", "127.0.0.1"].map(str::to_owned));
    for label in scraped.label_values() {
        assert!(!secrets.iter().any(|secret| label.contains(secret.as_str())), "{label}");
        let digits = label.split(|c: char| !c.is_ascii_hexdigit()).map(str::len).max();
        assert!(digits < Some(8), "{label} looks like an id or a number");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_public_door_has_no_metrics_and_theirs_has_nothing_else_and_both_end() {
    let folder = TempDir::new().expect("a folder");
    let watched = Watched::start(&folder, "").await;
    for path in ["/metrics", "/metrics/", "/api/metrics", "/api/metrics/"] {
        assert_eq!(watched.status(&format!("{}{path}", watched.running.url)).await, 404, "{path}");
    }
    let inside = watched.metrics.strip_suffix("/metrics").expect("a path").to_owned();
    for path in ["/", "/healthz", "/api/me/", "/dev/sms.json"] {
        assert_eq!(watched.status(&format!("{inside}{path}")).await, 404, "{path}");
    }
    assert_eq!(watched.client.post(&watched.metrics).send().await.expect("an answer").status(), 405);

    watched.running.terminate();
    let Watched { mut running, metrics, client } = watched;
    let status = tokio::task::spawn_blocking(move || running.child.wait().expect("it ends")).await.expect("waited");
    assert_eq!(status.code(), Some(0));
    assert!(client.get(&metrics).send().await.is_err(), "nobody answers");
    let log = Binary::log(folder.path());
    assert!(log.contains("stopped") && !log.contains("in flight") && !log.contains("in time"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_scrape_answers_while_the_database_does_not() {
    on_postgres_url(|url| async move {
        let folder = TempDir::new().expect("a folder");
        let migrated = salon(folder.path()).env("DATABASE_URL", &url).arg("migrate").stdout(Stdio::null()).status();
        assert!(migrated.expect("runs").success());
        let watched = Watched::start(&folder, &format!("[database]\nurl = '{url}'\n")).await;
        watched.sign_in().await;
        let is_seen = async |up: f64| {
            for _ in 0..600 {
                let scraped = watched.scrape().await;
                if scraped.value("salon_database_up", &[]) == Some(up) {
                    return scraped;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            panic!("it is never seen that the database is at {up}");
        };
        let before = is_seen(1.0).await;
        assert_eq!(before.value("salon_sms_outbox_oldest_age_seconds", &[]).map(f64::is_nan), Some(false));

        let (server, name) = url.rsplit_once('/').expect("a name");
        let mut raw = Raw::connect(&format!("{server}/postgres")).await;
        raw.run(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await;
        raw.run(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")).await;
        let away = is_seen(0.0).await;
        is_as_the_table_says(&away);
        assert_eq!(away.value("salon_sessions_opened_total", &[]), Some(1.0), "what was counted is still there");
        for unknown in ["salon_sms_outbox", "salon_sms_outbox_oldest_age_seconds"] {
            assert_eq!(away.value(unknown, &[]).map(f64::is_nan), Some(true), "{unknown}: nobody knows");
        }

        raw.run(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true")).await;
        let back = is_seen(1.0).await;
        assert_eq!(back.value("salon_sms_outbox", &[]), Some(0.0));
    })
    .await;
}

#[test]
fn a_place_that_is_taken_or_public_stops_the_start_by_name() {
    let folder = TempDir::new().expect("a folder");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("bound").to_string();
    let refused = |env: &str, bind: &str| {
        let output = salon(folder.path()).env("SALON__ENV", env).env("SALON__METRICS__BIND", bind).output().expect("runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains("metrics.bind"), "{said}");
        said
    };
    assert!(refused("development", &address).contains(&address));
    assert!(refused("production", "0.0.0.0:9464").contains("every address"));
    refused("development", "here");
    assert!(!folder.path().join("data/salon.db").exists(), "a refused start opens no database");
}

/// Calls every function, and what comes out is the whole table: nothing is named that is not counted, and nothing counted that is not
/// named.
#[test]
fn every_function_counts_under_the_name_and_the_labels_of_the_table() {
    let recorder = server::metrics::recorder().expect("the buckets are right");
    let handle = recorder.handle();
    let second = Duration::from_secs(1);
    let quota = Quota { policy: Policy::OtpSend, limit: 0, window: chrono::TimeDelta::hours(1) };
    let now = chrono::DateTime::UNIX_EPOCH;
    with_local_recorder(&recorder, || {
        metrics::describe();
        let _in_flight = InFlight::enter();
        metrics::http_answered("GET", "/healthz", 200, second);
        metrics::database_up(true);
        metrics::database(3, 1, 7);
        for outcome in SendOutcome::ALL {
            metrics::sms_sent("unifonic", outcome, second);
        }
        metrics::sms_finished(Some("unifonic"), Finished::Sent, 1);
        metrics::sms_finished(Some("unifonic"), Finished::Failed, 2);
        metrics::sms_finished(None, Finished::Expired, 3);
        metrics::sms_outbox(Some((4, second * 90)));
        metrics::breaker("unifonic", sms::BreakerState::HalfOpen);
        metrics::budget(0.5);
        let mut conversions = Conversions::default();
        conversions.show([("unifonic", "SA", 0.75), ("taqnyat", "SA", 0.25)]);
        conversions.show([("unifonic", "SA", 0.7)]);
        metrics::code_asked(Purpose::Verify);
        metrics::proof(ProofStep::Asked);
        metrics::refused(&QuotaExceeded::check([quota.standing(domain::limits::Usage::default(), now)]).expect("spent"));
        metrics::fraud_level(ScopeKind::Prefix, Level::Proof);
        metrics::fraud_verdict(ScopeKind::Network, Level::Refusal);
        metrics::fleet_alarm(true);
        metrics::guess(Purpose::Verify, false);
        metrics::guess_bound(0.001);
        metrics::session_opened(SessionKind::Web, false);
        metrics::process("1.2.3", now);
        metrics::resident_memory(2);
    });
    let text = handle.render();
    let scraped = Exposition::parse(&text);
    is_as_the_table_says(&scraped);
    let names: Vec<&String> = scraped.0.keys().collect();
    let mut table: Vec<&str> = ALL.iter().map(|metric| metric.name).collect();
    table.sort_unstable();
    assert_eq!(names, table);

    let value = |name: &str, labels: &[(&str, &str)]| scraped.value(name, labels);
    assert_eq!(value("salon_sms_send_duration_seconds_count", &[("outcome", "rate_limited")]), Some(1.0));
    assert_eq!(value("salon_sms_send_duration_seconds_bucket", &[("outcome", "taken"), ("le", "0.5")]), Some(0.0));
    assert_eq!(value("salon_sms_send_duration_seconds_bucket", &[("outcome", "taken"), ("le", "1")]), Some(1.0));
    assert_eq!(value("salon_sms_finished_total", &[("provider", "-"), ("result", "expired")]), Some(3.0));
    assert_eq!(value("salon_sms_outbox", &[("state", "waiting")]), Some(4.0));
    assert_eq!(value("salon_sms_outbox_oldest_age_seconds", &[]), Some(90.0));
    assert_eq!(value("salon_sms_breaker_state", &[("provider", "unifonic")]), Some(0.5));
    assert_eq!(value("salon_sms_conversion_ratio", &[("provider", "unifonic"), ("country", "SA")]), Some(0.7));
    assert_eq!(value("salon_sms_conversion_ratio", &[("provider", "taqnyat")]).map(f64::is_nan), Some(true), "not for ever");
    assert_eq!(value("salon_database_connections", &[("state", "in_use")]), Some(2.0));
    assert_eq!(value("salon_guesses_total", &[("purpose", "verify"), ("result", "wrong")]), Some(1.0));
    assert_eq!(value("salon_fraud_level", &[("scope", "prefix")]), Some(0.5));
    assert_eq!(value("salon_fraud_verdicts_total", &[("level", "refusal"), ("scope", "network")]), Some(1.0));
    assert_eq!(value("salon_fleet_alarm", &[]), Some(1.0));
    assert_eq!(value("salon_resident_memory_bytes", &[]), Some(2048.0));
    assert_eq!(value("salon_http_requests_in_flight", &[]), Some(0.0));
    assert_eq!(SendOutcome::of(&Ok(())).as_str(), "taken");
    assert_eq!(SendOutcome::of::<()>(&Err(SmsError::Unknown(String::new()))).as_str(), "unknown");
}
