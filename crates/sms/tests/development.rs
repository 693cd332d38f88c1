//! The carriers that send nothing anywhere.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use domain::phone::{PhoneNumber, Region};
use sms::{FileSink, Message, SmsError, SmsSender};

use crate::support::{CODE, KEY, kind, message, now};

fn to(number: &str) -> Message {
    Message { to: PhoneNumber::parse(number, Region::parse("SA").expect("a region")).expect("a valid mobile"), ..message() }
}

fn file(path: &Path) -> SmsSender {
    SmsSender::File(FileSink::new(path.to_owned()))
}

#[tokio::test]
async fn a_file_gets_a_line_of_json_for_each_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("messages.jsonl");
    assert_eq!(file(&path).send(&message(), now()).await, Ok(None));
    assert_eq!(file(&path).send(&message(), now()).await, Ok(None));
    let text = std::fs::read_to_string(&path).expect("written");
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let expected = serde_json::json!({
        "at": "2027-01-15T08:00:00.999000Z", "id": KEY, "to": "+966501234567", "body": message().body, "locale": "ar", "class": "otp",
    });
    assert_eq!(lines, [expected.clone(), expected]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "codes are for the owner only");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_temporary_and_its_error_says_nothing_of_the_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let outcome = file(&folder.path().join("missing").join("messages.jsonl")).send(&message(), now()).await;
    assert_eq!(kind(&outcome), "temporary");
    let text = outcome.map_err(|error| error.to_string()).expect_err("an error");
    assert!(!text.contains(CODE) && !text.contains("501234567"), "{text}");
}

#[tokio::test]
async fn magic_numbers_fail_as_told_with_every_carrier_of_development() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("messages.jsonl");
    let table = [
        ("0500000901", "invalid number"),
        ("0500000902", "blocked"),
        ("0500000903", "rate limited"),
        ("0500000904", "temporary"),
        ("0500000905", "permanent"),
        ("0500000906", "unknown"),
    ];
    for sender in [SmsSender::Outbox, SmsSender::Log, file(&path)] {
        for (number, expected) in table {
            let outcome = sender.send(&to(number), now()).await;
            assert_eq!(kind(&outcome), expected, "{number} with {}", sender.name());
        }
        for number in ["0500000900", "0500000907", "0501234567"] {
            assert_eq!(sender.send(&to(number), now()).await, Ok(None), "{number} with {}", sender.name());
        }
    }
    assert_eq!(std::fs::read_to_string(&path).expect("written").lines().count(), 3, "what failed was not written");
}

#[tokio::test]
async fn a_magic_number_is_a_number_like_any_other_to_a_provider() {
    for provider in [
        crate::support::unifonic(),
        crate::support::taqnyat(),
        crate::support::msegat(),
        crate::support::fourjawaly(),
        crate::support::twilio(),
        crate::support::webhook(),
    ] {
        let (status, body, reference) = provider.taken;
        let stub = sms::testing::Stub::start(move |_| sms::testing::Reply::json(status, body)).await;
        let sender = (provider.make)(&stub.url, std::time::Duration::from_secs(10));
        assert!(!sender.is_development_sink());
        let outcome: Result<_, SmsError> = sender.send(&to("0500000905"), now()).await;
        assert_eq!(outcome, Ok(Some(reference.to_owned())), "{}", sender.name());
    }
}

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("not poisoned").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_tells_of_a_message_but_neither_its_words_nor_its_number() {
    let kept = Kept::default();
    let writer = kept.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone());
    let guard = tracing_subscriber::util::SubscriberInitExt::set_default(subscriber);
    assert_eq!(SmsSender::Log.send(&message(), now()).await, Ok(None));
    drop(guard);
    let text = String::from_utf8(kept.0.lock().expect("not poisoned").clone()).expect("UTF-8");
    assert!(text.contains("+9665•••••567") && text.contains(KEY), "{text}");
    assert!(!text.contains(CODE) && !text.contains("501234567") && !text.contains("تسجيل"), "{text}");
}
