//! `RateLimit-Policy` and `RateLimit` to the letter of draft-ietf-httpapi-ratelimit-headers, read by a parser of structured fields
//! (RFC 9651) that is not ours.

use std::collections::BTreeMap;

use serde_json::json;
use sfv::{Item, List, ListEntry, Parser};

use crate::support::{Answer, PHONE, TestApp, api_test, wrong};

/// Name → parameters, all of them integers. Nothing else may be in such a field.
fn members(answer: &Answer, field: &str) -> BTreeMap<String, BTreeMap<String, i64>> {
    let list: List = Parser::new(answer.header(field)).parse().unwrap_or_else(|error| panic!("{field}: {error}"));
    let read = |entry: ListEntry| {
        let ListEntry::Item(Item { bare_item, params }) = entry else { panic!("{field}: a list of plain items") };
        let name = bare_item.as_string().expect("names are strings").as_str().to_owned();
        let numbers = params
            .into_iter()
            .map(|(key, value)| (key.as_str().to_owned(), i64::from(value.as_integer().expect("parameters are integers"))));
        (name, numbers.collect())
    };
    let found: Vec<(String, BTreeMap<String, i64>)> = list.into_iter().map(read).collect();
    let count = found.len();
    let members: BTreeMap<_, _> = found.into_iter().collect();
    assert_eq!(members.len(), count, "{field}: a name stands once");
    members
}

/// Both fields of an answer; every standing is of a policy that is announced, and within it.
fn standings(answer: &Answer) -> BTreeMap<String, BTreeMap<String, i64>> {
    let (policies, standings) = (members(answer, "ratelimit-policy"), members(answer, "ratelimit"));
    for (name, policy) in &policies {
        assert_eq!(policy.keys().collect::<Vec<_>>(), ["q", "w"], "{name}: a quota and its window, no partition key");
        assert!(policy["q"] >= 1 && policy["w"] >= 1, "{name}");
    }
    for (name, standing) in &standings {
        assert_eq!(standing.keys().collect::<Vec<_>>(), ["r", "t"], "{name}: what remains and until when");
        let policy = policies.get(name).unwrap_or_else(|| panic!("{name} is announced"));
        assert!((0..=policy["q"]).contains(&standing["r"]) && (0..=policy["w"]).contains(&standing["t"]), "{name}");
    }
    standings
}

async fn ask(app: &TestApp, phone: &str) -> Answer {
    app.post("/api/auth/phone/request/").json(&json!({ "phone": phone })).send().await
}

/// A refusal names the policies it is for in the body and in the field, and the longest of their waits is the one that is asked for.
fn assert_refusal(answer: &Answer, policies: &[&str]) {
    assert_eq!(answer.body["violated_policies"], json!(policies));
    let standings = standings(answer);
    let longest = policies.iter().map(|name| standings[*name]["t"]).max().expect("one at least");
    assert!(policies.iter().all(|name| standings[*name]["r"] == 0));
    assert_eq!(answer.header("retry-after"), longest.to_string());
    assert_eq!(answer.body["retry_after"], longest);
}

api_test! {
    async fn every_answer_about_a_limit_reads_as_structured_fields(app) {
        let accepted = ask(&app, PHONE).await.ok(202);
        let own = standings(&accepted);
        assert_eq!(own["otp-send"]["r"], accepted.body["rate_limit"]["remaining"]);
        assert_eq!(own["otp-send"]["t"], accepted.body["rate_limit"]["reset_in"]);
        assert_eq!(own["otp-cooldown"]["r"], 0, "its one use was this one");

        assert_refusal(&ask(&app, PHONE).await.problem("quota-exceeded"), &["otp-cooldown"]);
        for _ in 0..4 {
            app.advance(61);
            standings(&ask(&app, PHONE).await.ok(202));
        }
        assert_refusal(&ask(&app, PHONE).await.problem("quota-exceeded"), &["otp-cooldown", "otp-send"]);
        app.advance(61);
        assert_refusal(&ask(&app, PHONE).await.problem("quota-exceeded"), &["otp-send"]);

        // Five of the address's thirty are used.
        for last in 0..25 {
            ask(&app, &format!("+9665300000{last:02}")).await.ok(202);
        }
        assert_refusal(&ask(&app, "+966530000099").await.problem("quota-exceeded"), &["otp-address"]);
    }
}

api_test! {
    async fn the_wait_after_a_dead_challenge_is_a_limit_like_the_others(app) {
        let id = app.challenge(PHONE).await;
        let wrong = wrong(&app.code(PHONE).await);
        for _ in 0..5 {
            let body = json!({ "challenge_id": id, "code": wrong });
            app.post("/api/auth/phone/verify/").json(&body).send().await.problem("invalid-code");
        }
        app.advance(30);
        let refused = ask(&app, PHONE).await.problem("quota-exceeded");
        assert_refusal(&refused, &["otp-cooldown", "otp-wait"]);
        app.advance(refused.body["retry_after"].as_i64().expect("seconds") - 1);
        assert_refusal(&ask(&app, PHONE).await.problem("quota-exceeded"), &["otp-cooldown", "otp-wait"]);
        app.advance(1);
        ask(&app, PHONE).await.ok(202);
    }
}

#[tokio::test]
async fn the_flood_gate_speaks_the_same_language() {
    let app = TestApp::with("[flood]\nrequests_per_second = 1\nburst = 1").await;
    app.get("/api/me/").send().await.problem("unauthenticated");
    let refused = app.get("/api/me/").send().await.problem("quota-exceeded");
    assert_eq!(standings(&refused)["flood"]["r"], 0);
    assert_refusal(&refused, &["flood"]);
}

api_test! {
    async fn nothing_in_the_fields_tells_whose_limit_it_is(app) {
        let first = ask(&app, PHONE).await.ok(202);
        let second = ask(&app, "+966501234568").await.ok(202);
        for field in ["ratelimit", "ratelimit-policy"] {
            assert_eq!(first.header(field), second.header(field), "{field}: the same for another phone");
        }
    }
}
