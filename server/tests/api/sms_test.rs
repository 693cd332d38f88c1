//! `salon sms test`: the real binary and a stub of each provider.

use std::path::Path;
use std::process::Output;

use sms::testing::{Reply, Stub};
use tempfile::TempDir;

use crate::support::{PHONE, salon};

const ACCOUNT: &str = "AC00000000000000000000000000c0ffee";
const WEBHOOK_SECRET: &str = "hush-0123456789-abcdefghijklmnopqrstuvwxyz";

/// Every section filled in, and none of them chosen.
fn configure(folder: &Path, url: &str) {
    let text = format!(
        "[sms]\nwebhook_url = '{url}?key=hush-in-query'\nwebhook_secret = '{WEBHOOK_SECRET}'\nfile = 'sent.jsonl'\n\
         [unifonic]\napp_sid = 'hush-app-sid'\nsender = 'Code'\nsender_service = 'Info'\nbase_url = '{url}'\n\
         [taqnyat]\ntoken = 'hush-token'\nsender = 'Code'\nsender_service = 'Info'\nbase_url = '{url}'\n\
         [msegat]\nuser = 'hush-user'\nkey = 'hush-key'\nsender = 'Code'\nsender_service = 'Info'\nbase_url = '{url}'\n\
         [fourjawaly]\nkey = 'hush-key'\nsecret = 'hush-secret'\nsender = 'Code'\nsender_service = 'Info'\nbase_url = '{url}'\n\
         [twilio]\naccount = '{ACCOUNT}'\ntoken = 'hush-token'\nfrom = 'Code'\nfrom_service = 'Info'\nbase_url = '{url}'\n"
    );
    std::fs::write(folder.join("salon.toml"), text).expect("written");
}

async fn run(folder: &Path, args: &[&str]) -> Output {
    // At the chattiest, so that the log is looked at too.
    let mut command = salon(folder);
    command.env("SALON__LOG__FILTER", "trace").args(["sms", "test"]).args(args);
    tokio::task::spawn_blocking(move || command.output().expect("runs")).await.expect("waited")
}

/// Both streams: an operator pastes what is on the screen.
fn screen(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_provider_can_be_tried_whether_it_is_chosen_or_not_and_shows_no_secret() {
    let folder = TempDir::new().expect("a folder");
    let answers = [
        ("webhook", r#"{"id":"ref-1"}"#, "ref-1"),
        ("unifonic", r#"{"success":true,"errorCode":"ER-00","data":{"MessageID":42,"Status":"Sent"}}"#, "42"),
        ("taqnyat", r#"{"statusCode":201,"messageId":43,"accepted":"[966,]","rejected":"[]"}"#, "43"),
        ("msegat", r#"{"code":"1","message":"Success","id":44}"#, "44"),
        ("4jawaly", r#"{"job_id":"job-45","code":200,"messages":[{"inserted_numbers":1}]}"#, "job-45"),
        ("twilio", r#"{"sid":"SM46","status":"queued"}"#, "SM46"),
    ];
    for (name, answer, reference) in answers {
        let stub = Stub::start(move |_| Reply::json(200, answer)).await;
        configure(folder.path(), &stub.url);
        let output = run(folder.path(), &["050 123 4567", "--provider", name, "--class", "service", "--locale", "en"]).await;
        let shown = screen(&output);
        assert!(output.status.success(), "{name}: {shown}");
        assert!(
            shown.contains("> POST http://127.0.0.1:") && shown.contains("< HTTP/1.1 200") && shown.contains(answer),
            "{shown}"
        );
        assert!(shown.ends_with(&format!("accepted by {name}, reference {reference}\n")) || shown.contains("TRACE"), "{shown}");
        assert!(shown.contains(&format!("accepted by {name}, reference {reference}\n")), "{shown}");
        // Base64 of what begins with "hush-", and of the account; percent-encoded; hex.
        for secret in ["hush", ACCOUNT, WEBHOOK_SECRET, "aHVzaC", "QUMwMDAw", "%68%75%73%68", "68757368"] {
            assert!(!shown.to_lowercase().contains(&secret.to_lowercase()), "{secret} stands in {shown}");
        }
        let [request] = &stub.received()[..] else { panic!("one request") };
        assert!(request.body.contains(&PHONE[1..]), "{}", request.body);
        let said = if name == "webhook" { "\"class\":\"service\"" } else { "Info" };
        assert!(request.body.contains(said), "{}", request.body);
    }
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("reads").map(|entry| entry.expect("reads").file_name()).collect();
    assert_eq!(left, ["salon.toml"], "neither a database nor a key was made");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_says_what_salon_makes_of_it_and_is_a_failure() {
    let folder = TempDir::new().expect("a folder");
    let stub = Stub::start(|_| Reply::json(480, r#"{"success":"false","errorCode":"ER-480","message":"hush-app-sid?"}"#)).await;
    configure(folder.path(), &stub.url);
    let output = run(folder.path(), &[PHONE, "--provider", "unifonic"]).await;
    let shown = screen(&output);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(shown.contains(r#""message":"[redacted]?""#), "{shown}");
    assert!(shown.contains("not accepted by unifonic: permanent failure: 480, code ER-480\n"), "{shown}");
    assert!(
        shown.contains("another provider may be tried: yes\n") && shown.contains("salon: the message was not accepted"),
        "{shown}"
    );
    assert!(stub.received()[0].body.contains("SenderID=Code"), "codes are the default");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_is_named_and_nothing_is_sent() {
    let folder = TempDir::new().expect("a folder");
    let refused = async |args: &[&str]| {
        let output = run(folder.path(), args).await;
        assert_eq!(output.stdout, b"");
        assert!(!output.status.success());
        screen(&output)
    };
    let missing = refused(&[PHONE, "--provider", "4jawaly"]).await;
    for key in ["fourjawaly.key: is missing", "fourjawaly.secret: is missing", "fourjawaly.sender: must have"] {
        assert!(missing.contains(key), "{missing}");
    }
    let missing = refused(&[PHONE, "--provider", "webhook"]).await;
    assert!(missing.contains("sms.webhook_url: ") && missing.contains("sms.webhook_secret: "), "{missing}");
    assert!(refused(&[PHONE]).await.contains("`outbox` keeps messages in the database"));
    assert!(refused(&[PHONE, "--provider", "pigeon"]).await.contains("not one of outbox, log, file, webhook, unifonic"));
    assert!(refused(&[PHONE, "--class", "fun", "--provider", "log"]).await.contains("neither otp nor service"));
    assert!(refused(&["+96550001234", "--provider", "log"]).await.contains("no messages go to KW (phones.countries)"));
    assert!(refused(&["12", "--provider", "log"]).await.contains("the phone cannot be read: too_short"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_carrier_of_development_says_that_it_calls_nobody() {
    let folder = TempDir::new().expect("a folder");
    configure(folder.path(), "http://127.0.0.1:9");
    let output = run(folder.path(), &[PHONE, "--provider", "file"]).await;
    assert!(output.status.success(), "{}", screen(&output));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("it stays on this machine"), "{}", screen(&output));
    let line = std::fs::read_to_string(folder.path().join("sent.jsonl")).expect("written");
    assert!(line.contains(PHONE) && line.contains("رسالة تجربة"), "{line}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_text_is_named_before_anything_is_served() {
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("salon.toml"), "[templates]\nauth_code_en = '{code} sign-in: wa.me/966. Never share'\n")
        .expect("written");
    for command in ["serve", "check-config"] {
        let output = salon(folder.path()).arg(command).output().expect("runs");
        assert_eq!(output.status.code(), Some(1), "{}", screen(&output));
        assert!(String::from_utf8_lossy(&output.stderr).contains("templates.auth_code_en: holds a link"), "{}", screen(&output));
    }
    std::fs::write(folder.path().join("salon.toml"), "[sms]\notp_host = 'salon.example'\n").expect("written");
    let output = salon(folder.path()).arg("check-config").output().expect("runs");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && shown.contains("# auth_code_ar: 2 (UCS-2, "), "{shown}");
}
