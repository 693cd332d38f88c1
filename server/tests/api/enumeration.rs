//! Same answer, same work, whoever the phone belongs to (security rule 5).

use serde_json::{Value, json};

use crate::support::{Answer, TestApp, api_test};

/// What an observer can compare: status, names of headers, names and kinds of members, cookies, number of statements.
#[derive(Debug, PartialEq)]
pub struct Seen {
    status: u16,
    headers: Vec<(String, Option<String>)>,
    members: Vec<(String, &'static str)>,
    statements: u64,
}

const KNOWN: &str = "+966501111111";
const UNKNOWN: &str = "+966502222222";
const PENDING: &str = "+966503333333";
const BLOCKED: &str = "+966504444444";
const ADDED: &str = "+966505555555";
const ERASED: &str = "+966506666666";
pub const ALL: [&str; 6] = [KNOWN, UNKNOWN, PENDING, BLOCKED, ADDED, ERASED];

pub fn seen(answer: &Answer, statements: u64) -> Seen {
    let kind = |value: &Value| match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let value = |name: &str, text: &str| (!["x-request-id", "content-length"].contains(&name)).then(|| text.to_owned());
    Seen {
        status: answer.status.as_u16(),
        headers: answer
            .headers
            .iter()
            .map(|(name, text)| (name.to_string(), value(name.as_str(), text.to_str().expect("text"))))
            .collect(),
        members: answer.body.as_object().expect("an object").iter().map(|(name, value)| (name.clone(), kind(value))).collect(),
        statements,
    }
}

pub async fn people(app: &TestApp) {
    app.customer(KNOWN).await;
    app.challenge(PENDING).await;
    app.customer(BLOCKED).await;
    app.uc.block_user(BLOCKED, true).await.expect("blocked");
    app.uc.add_user(ADDED).await.expect("added");
    app.customer(ERASED).await.call("DELETE", "/api/me/").send().await.ok(204);
    app.advance(3601);
}

api_test! {
    async fn a_request_does_not_tell_who_is_there(app) {
        people(&app).await;
        let mut all = Vec::new();
        for phone in ALL {
            let before = app.uc.store().statements();
            let answer = app.post("/api/auth/phone/request/").json(&json!({ "phone": phone })).send().await.ok(202);
            all.push((phone, seen(&answer, app.uc.store().statements() - before)));
        }
        for (phone, seen) in &all[1..] {
            assert_eq!(seen, &all[0].1, "{phone}");
        }
    }
}

api_test! {
    async fn a_wrong_code_and_a_resend_do_not_tell_either(app) {
        people(&app).await;
        let mut guesses = Vec::new();
        let mut resends = Vec::new();
        for phone in ALL {
            let id = app.challenge(phone).await;
            let code = app.code(phone).await;
            let wrong = if code == "000000" { "000001" } else { "000000" };
            let before = app.uc.store().statements();
            let body = json!({ "challenge_id": id, "code": wrong });
            let answer = app.post("/api/auth/phone/verify/").json(&body).send().await.problem("invalid-code");
            guesses.push(seen(&answer, app.uc.store().statements() - before));
            app.advance(61);
            let before = app.uc.store().statements();
            let answer = app.post("/api/auth/phone/resend/").json(&json!({ "challenge_id": id })).send().await.ok(202);
            resends.push(seen(&answer, app.uc.store().statements() - before));
        }
        for index in 1..ALL.len() {
            assert_eq!(guesses[index], guesses[0], "{}", ALL[index]);
            assert_eq!(resends[index], resends[0], "{}", ALL[index]);
        }
    }
}
