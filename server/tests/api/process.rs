//! The real binary: what it refuses, what it prints, how it ends.

use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::support::{Binary, salon};

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[track_caller]
fn refuses(command: &mut Command, named: &[&str]) {
    let output = command.output().expect("runs");
    assert!(!output.status.success(), "{}", text(&output));
    for name in named {
        assert!(text(&output).contains(name), "{name} in {}", text(&output));
    }
}

#[test]
fn unknown_keys_are_refused_by_name() {
    let folder = TempDir::new().expect("a folder");
    refuses(salon(folder.path()).env("SALON__SERVER__BINDD", "x"), &["SALON__SERVER__BINDD"]);
    refuses(salon(folder.path()).env("SALON__OTP__LIFE_S", "soon"), &["SALON__OTP__LIFE_S", "whole number"]);
    std::fs::write(folder.path().join("salon.toml"), "[otp]\nlifetime = 3\ncolour = 1\n").expect("written");
    refuses(&mut salon(folder.path()), &["otp.lifetime", "otp.colour"]);
    refuses(salon(folder.path()).args(["--config", "nowhere.toml"]), &["nowhere.toml"]);
    assert!(!folder.path().join("data").exists(), "a refused start leaves nothing behind");
}

#[test]
fn short_secrets_stop_the_start_with_the_name_of_the_key() {
    let folder = TempDir::new().expect("a folder");
    let hs256 = r#"[{ kid = "k1", algorithm = "HS256", secret = "12345678" }]"#;
    refuses(salon(folder.path()).env("SALON__AUTH__JWT_KEYS", hs256), &["auth.jwt_keys[0].secret", "8 bytes", "32"]);
    let otp = r#"[{ kid = "k1", secret = "12345678" }]"#;
    refuses(salon(folder.path()).env("SALON__AUTH__OTP_KEYS", otp), &["auth.otp_keys[0].secret", "8 bytes"]);
    refuses(salon(folder.path()).env("SALON__AUTH__PEPPER", "pepper"), &["auth.pepper", "6 bytes"]);
    refuses(salon(folder.path()).env("SALON__AUTH__COOKIE_SECRET", "cookie"), &["auth.cookie_secret", "6 bytes"]);
    let pem = r#"[{ kid = "k1", algorithm = "EdDSA", secret = "not a key" }]"#;
    refuses(salon(folder.path()).env("SALON__AUTH__JWT_KEYS", pem), &["auth.jwt_keys[0]"]);
}

#[test]
fn codes_that_can_be_guessed_stop_the_start_with_the_figure_and_the_keys_to_turn() {
    let folder = TempDir::new().expect("a folder");
    let said = ["otp.guess_bound_ceiling", "0.548 %", "0.5 %", "otp.longer_code_length", "otp.guesses_per_phone_day"];
    let six_digits = |command: &str| {
        let mut salon = salon(folder.path());
        salon.env("SALON__OTP__LONGER_CODE_LENGTH", "6").env("SALON__OTP__LONGEST_CODE_LENGTH", "6").arg(command);
        salon
    };
    for command in ["serve", "check-config", "migrate"] {
        refuses(&mut six_digits(command), &said);
    }
    assert!(!folder.path().join("data/salon.db").exists(), "a refused start opens no database");
    let wanted = six_digits("check-config").env("SALON__OTP__GUESS_BOUND_CEILING", "0.6").output().expect("runs");
    assert!(wanted.status.success(), "whoever wants it so may say so: {}", text(&wanted));
}

#[test]
fn production_names_every_key_at_fault() {
    let folder = TempDir::new().expect("a folder");
    let faulty = ["server.public_url", "sms.provider", "auth.pepper", "auth.cookie_secret", "auth.jwt_keys", "auth.otp_keys"];
    refuses(salon(folder.path()).env("SALON__ENV", "production"), &faulty);
    refuses(salon(folder.path()).env("SALON__ENV", "production").arg("check-config"), &faulty);
    refuses(salon(folder.path()).env("SALON__ENV", "production").arg("demo"), &["SALON__ENV"]);
}

#[test]
fn postgres_with_pending_migrations_is_not_served() {
    let folder = TempDir::new().expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let path = folder.path().to_owned();
    runtime.block_on(store::testing::on_postgres_url(|url| async move {
        let (serve, migrate) = (url.clone(), url.clone());
        let folder = path.clone();
        let work = move || {
            refuses(salon(&folder).env("DATABASE_URL", serve), &["0001", "salon migrate"]);
            let done = salon(&folder).env("DATABASE_URL", migrate).arg("migrate").output().expect("runs");
            assert!(done.status.success(), "{}", text(&done));
            let added = salon(&folder).env("DATABASE_URL", url).args(["user", "add", "0501234567"]).output().expect("runs");
            assert!(added.status.success() && text(&added).contains("pending"), "{}", text(&added));
        };
        tokio::task::spawn_blocking(work).await.expect("no panic");
    }));
}

#[test]
fn the_commands_do_what_they_say() {
    let folder = TempDir::new().expect("a folder");
    let run = |args: &[&str]| {
        let output = salon(folder.path()).args(args).output().expect("runs");
        assert!(output.status.success(), "{args:?}: {}", text(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let help = run(&["--help"]);
    for command in ["serve", "migrate", "user", "keys", "openapi", "demo", "purge", "check-config"] {
        assert!(help.contains(command), "{command}");
    }
    assert!(run(&["keys", "generate"]).contains("-----BEGIN PRIVATE KEY-----"));
    let document: serde_json::Value = serde_json::from_str(&run(&["openapi"])).expect("JSON");
    assert_eq!(document["info"]["title"], "Salon");
    assert!(run(&["check-config", "--example"]).contains("#life_s = 300"));
    assert!(run(&["check-config"]).contains("life_s = 300"));
    assert!(run(&["check-config"]).contains("# one account in a year: 0.0325 % (otp.guess_bound_ceiling: 0.5 %)"));
    assert!(
        run(&["check-config", "--accounts", "1000000"]).contains("# 1000000 accounts (--accounts): 9.18 taken over in a year")
    );
    assert!(!folder.path().join("data").exists(), "looking changes nothing");

    assert_eq!(run(&["demo"]), run(&["demo"]));
    assert!(run(&["user", "grant", "+966500000001", "stylist"]).contains("stylist"));
    let masked = run(&["user", "block", "0500000001"]);
    assert!(masked.contains("blocked") && !masked.contains("500000001"));
    assert!(run(&["user", "unblock", "0500000001"]).contains("active"));
    assert!(run(&["purge", "--dry-run"]).starts_with("Would forget"));
    refuses(salon(folder.path()).args(["user", "grant", "0500000006", "owner"]), &["sign in once"]);
    refuses(salon(folder.path()).args(["user", "block", "0599999999"]), &["nobody has this phone"]);
    refuses(salon(folder.path()).args(["user", "grant", "0500000001", "king"]), &["platform_admin"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sigterm_under_load_loses_no_answer_and_ends_with_zero() {
    let folder = TempDir::new().expect("a folder");
    let mut running = Binary::start(folder.path(), "info");
    let client = reqwest::Client::builder().build().expect("a client");
    assert_eq!(client.get(format!("{}/readyz", running.url)).send().await.expect("an answer").status(), 200);

    let load: Vec<_> = (0..8)
        .map(|_| {
            let (client, url) = (client.clone(), format!("{}/api/me/", running.url));
            tokio::spawn(async move {
                let mut answers = 0_u32;
                // A connection refused is the end; anything else must be a whole answer.
                loop {
                    match client.get(&url).send().await {
                        Ok(answer) => {
                            assert!(matches!(answer.status().as_u16(), 401 | 429));
                            answer.bytes().await.expect("a whole body");
                            answers += 1;
                        }
                        Err(_) => return answers,
                    }
                }
            })
        })
        .collect();
    running.terminate();
    loop {
        // Before the door closes, it says that it will.
        let answer = client.get(format!("{}/readyz", running.url)).send().await.expect("still open");
        if answer.status() == 503 {
            assert!(answer.headers().contains_key("retry-after"));
            break;
        }
        assert_eq!(answer.status(), 200);
    }
    for task in load {
        assert!(task.await.expect("no broken answer") > 0);
    }
    let status = tokio::task::spawn_blocking(move || running.child.wait().expect("it ends"));
    assert_eq!(status.await.expect("waited").code(), Some(0));
    assert!(Binary::log(folder.path()).contains("stopped"));
}

#[test]
fn a_reader_that_has_had_enough_is_no_fault() {
    let folder = TempDir::new().expect("a folder");
    let mut child = salon(folder.path()).arg("openapi").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn a_log_that_cannot_be_written_stops_nothing() {
    let folder = TempDir::new().expect("a folder");
    // Every write to it fails as on a full disk.
    let full = std::fs::File::options().write(true).open("/dev/full").expect("opens");
    let mut command = salon(folder.path());
    let status = command.arg("migrate").env("SALON__LOG__FILTER", "trace").stdout(Stdio::null()).stderr(full).status();
    assert!(status.expect("runs").success());
}
