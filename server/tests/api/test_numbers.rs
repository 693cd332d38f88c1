//! Numbers with a fixed code, from outside: `otp.test_numbers`.

use serde_json::{Value, json};

use crate::support::{Answer, Customer, PHONE, TestApp, salon};

const FILM: &str = "+12025550100";
const CODE: &str = "48151623";
/// The clock of these tests begins on 18 November 2026.
const CONFIGURED: &str = "[[otp.test_numbers]]\nphone = '+12025550100'\ncode = '48151623'\nexpires = 2026-12-01\n";

async fn ask(app: &TestApp, phone: &str) -> Answer {
    app.post("/api/auth/phone/request/").json(&json!({ "phone": phone })).send().await
}

/// Names and kinds of members, and names of headers.
fn shape(answer: &Answer) -> (u16, Vec<(String, bool)>, Vec<String>) {
    let members = answer.body.as_object().expect("an object").iter();
    (
        answer.status.as_u16(),
        members.map(|(name, value)| (name.clone(), value.is_null())).collect(),
        answer.headers.keys().map(ToString::to_string).collect(),
    )
}

#[tokio::test]
async fn a_reviewer_signs_in_and_every_answer_has_the_shape_of_any_other() {
    let app = TestApp::with(CONFIGURED).await;
    let (ours, theirs) = (ask(&app, FILM).await.ok(202), ask(&app, PHONE).await.ok(202));
    assert_eq!(shape(&ours), shape(&theirs));
    assert_eq!(ours.body["code_length"], 8);
    assert_eq!(ours.body["rate_limit"]["remaining"], theirs.body["rate_limit"]["remaining"]);
    let ids = [ours.text("challenge_id"), theirs.text("challenge_id")];
    let of = |id: &str| app.get(&format!("/api/auth/phone/challenges/{id}/"));
    while app.uc.deliver_outbox(100).await.expect("delivers").sent > 0 {}
    let [ours, theirs] = [of(&ids[0]).send().await.ok(200), of(&ids[1]).send().await.ok(200)];
    assert_eq!(shape(&ours), shape(&theirs));
    assert_eq!((&ours.body["delivery"], &theirs.body["delivery"]), (&Value::from("sent"), &Value::from("sent")));
    assert!(app.messages(FILM).await.is_empty(), "nothing is sent");

    let body = json!({ "challenge_id": ids[0], "code": "48151624" });
    app.post("/api/auth/phone/verify/").json(&body).send().await.problem("invalid-code");
    let body = json!({ "challenge_id": ids[0], "code": CODE });
    let answer = app.post("/api/auth/phone/verify/").json(&body).send().await.ok(200);
    let reviewer = Customer::of(&app, &answer);
    let person = app.code(PHONE).await;
    let body = json!({ "challenge_id": ids[1], "code": person });
    let other = app.post("/api/auth/phone/verify/").json(&body).send().await.ok(200);
    assert_eq!(shape(&answer), shape(&other));

    assert_eq!(reviewer.get("/api/me/export/").send().await.ok(200).body["user"]["is_sandbox"], true);
    reviewer.post("/api/me/phone/request/").json(&json!({ "phone": PHONE })).send().await.problem("forbidden");
    app.advance(13 * 86_400);
    reviewer.get("/api/me/").send().await.problem("unauthenticated");
    reviewer.refresh().await.problem("session-ended");
    ask(&app, FILM).await.problem("invalid-phone");
}

#[tokio::test]
async fn without_it_the_number_is_of_a_country_that_is_not_served() {
    let app = TestApp::sqlite().await;
    ask(&app, FILM).await.problem("invalid-phone");
}

#[test]
fn check_config_names_them_masked_and_refuses_what_lasts_too_long() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let check = |expires: &str| {
        let number = format!("[{{ phone = '0501234567', code = '{CODE}', expires = '{expires}' }}]");
        let output = salon(folder.path()).arg("check-config").env("SALON__OTP__TEST_NUMBERS", number).output().expect("runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.success(), text(&output.stdout), text(&output.stderr))
    };
    let (is_fine, shown, _) = check("2020-01-01");
    assert!(is_fine, "a day that has come is no reason not to start");
    assert!(shown.contains("# +9665•••••567: over"), "{shown}");
    assert!(!shown.contains(CODE) && !shown.contains("501234567"), "{shown}");
    let (is_fine, _, problems) = check("2999-01-01");
    assert!(!is_fine && problems.contains("otp.test_numbers[0].expires: is more than 90 days ahead"), "{problems}");
    let number = format!("[{{ phone = '0501234567', code = '{CODE}', expires = '2999-01-01' }}]");
    let served = salon(folder.path()).arg("serve").env("SALON__OTP__TEST_NUMBERS", number).output().expect("ends at once");
    assert!(!served.status.success(), "nor is it served");
}
