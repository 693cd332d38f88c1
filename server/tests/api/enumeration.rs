//! Same answer, same work, whoever the phone belongs to (security rule 5): every way on which somebody who is not signed in, or signed in
//! as somebody else, can name a number.

use serde_json::{Value, json};

use crate::support::{Answer, Browser, Call, TestApp, api_test, wrong};

/// What an observer can compare: status, headers, names and kinds of members, cookies, number of statements.
#[derive(Debug, PartialEq)]
pub struct Seen {
    step: &'static str,
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
const FOREIGN: &str = "+971501234567";
const FOREIGN_KNOWN: &str = "+971502345678";
pub const ALL: [&str; 8] = [KNOWN, UNKNOWN, PENDING, BLOCKED, ADDED, ERASED, FOREIGN, FOREIGN_KNOWN];

/// Of these the value is another each time, whoever asks for whom.
const CHANGING: [&str; 4] = ["x-request-id", "content-length", "content-security-policy", "set-cookie"];

pub fn seen(step: &'static str, answer: &Answer, statements: u64) -> Seen {
    let kind = |value: &Value| match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let value = |name: &str, text: &str| (!CHANGING.contains(&name)).then(|| text.to_owned());
    let members = answer.body.as_object().into_iter().flatten();
    Seen {
        step,
        status: answer.status.as_u16(),
        headers: answer
            .headers
            .iter()
            .map(|(name, text)| (name.to_string(), value(name.as_str(), text.to_str().expect("text"))))
            .collect(),
        members: members.map(|(name, value)| (name.clone(), kind(value))).collect(),
        statements,
    }
}

/// Sends calls one after the other and writes down what can be seen.
struct Observer {
    app: TestApp,
    seen: Vec<Seen>,
}

impl Observer {
    const fn of(app: TestApp) -> Self {
        Self { app, seen: Vec::new() }
    }

    async fn call(&mut self, step: &'static str, status: u16, call: Call) -> Answer {
        let before = self.app.uc.store().statements();
        let answer = call.send().await.ok(status);
        self.seen.push(seen(step, &answer, self.app.uc.store().statements() - before));
        answer
    }

    async fn post(&mut self, step: &'static str, status: u16, path: &str, body: Value) -> Answer {
        self.call(step, status, self.app.post(path).json(&body)).await
    }

    async fn submit(&mut self, step: &'static str, browser: &mut Browser, path: &str, form: &str) -> Answer {
        let before = self.app.uc.store().statements();
        let answer = browser.submit(&self.app, path, form).await;
        self.seen.push(seen(step, &answer, self.app.uc.store().statements() - before));
        answer
    }

    async fn look(&mut self, step: &'static str, browser: &mut Browser, path: &str) -> String {
        let before = self.app.uc.store().statements();
        let answer = browser.get(&self.app, path).await.ok(200);
        self.seen.push(seen(step, &answer, self.app.uc.store().statements() - before));
        answer.html()
    }
}

/// The same service for people of two countries, with everybody there who may be there.
pub async fn people(app: &TestApp) -> TestApp {
    let app = app.beside("[phones]\ncountries = ['SA', 'AE']").await;
    for phone in [KNOWN, BLOCKED, FOREIGN_KNOWN] {
        app.customer(phone).await;
    }
    app.challenge(PENDING).await;
    app.uc.block_user(BLOCKED, true).await.expect("blocked");
    app.uc.add_user(ADDED).await.expect("added");
    app.customer(ERASED).await.call("DELETE", "/api/me/").send().await.ok(204);
    app.advance(3601);
    app
}

/// All who were observed saw the same.
fn assert_same(all: &[(&str, Vec<Seen>)]) {
    let (_, first) = &all[0];
    assert!(!first.is_empty());
    for (phone, seen) in &all[1..] {
        for (one, other) in first.iter().zip(seen) {
            assert_eq!(other, one, "{phone}");
        }
        assert_eq!(seen.len(), first.len());
    }
}

api_test! {
    async fn signing_in_does_not_tell_who_is_there(app) {
        let app = people(&app).await;
        let mut all = Vec::new();
        for phone in ALL {
            let mut eye = Observer::of(app.clone());
            let ask = json!({ "phone": phone });
            let id = eye.post("request", 202, "/api/auth/phone/request/", ask.clone()).await.text("challenge_id");
            let code = app.code(phone).await;
            eye.post("request in the cooldown", 429, "/api/auth/phone/request/", ask.clone()).await;
            eye.call("how the text fares", 200, app.get(&format!("/api/auth/phone/challenges/{id}/"))).await;
            let guess = json!({ "challenge_id": id, "code": wrong(&code) });
            eye.post("wrong code", 422, "/api/auth/phone/verify/", guess.clone()).await;
            let other = json!({ "challenge_id": id, "code": code, "phone": "+966590000000" });
            eye.post("right code, other number", 404, "/api/auth/phone/verify/", other).await;
            eye.post("not a code", 422, "/api/auth/phone/verify/", json!({ "challenge_id": id, "code": "12" })).await;
            app.advance(61);
            eye.post("resend", 202, "/api/auth/phone/resend/", json!({ "challenge_id": id })).await;
            eye.post("resend in the cooldown", 429, "/api/auth/phone/resend/", json!({ "challenge_id": id })).await;
            for _ in 1..5 {
                eye.post("wrong code", 422, "/api/auth/phone/verify/", guess.clone()).await;
            }
            eye.post("dead", 404, "/api/auth/phone/verify/", guess).await;
            eye.post("resend of a dead one", 404, "/api/auth/phone/resend/", json!({ "challenge_id": id })).await;
            eye.post("request in the wait", 429, "/api/auth/phone/request/", ask.clone()).await;
            for _ in 0..3 {
                app.advance(61);
                eye.post("request", 202, "/api/auth/phone/request/", ask.clone()).await;
            }
            app.advance(61);
            eye.post("request over the hour's", 429, "/api/auth/phone/request/", ask).await;
            all.push((phone, eye.seen));
            app.advance(3601);
        }
        assert_same(&all);
    }
}

api_test! {
    async fn changing_ones_number_does_not_tell_who_has_the_new_one(app) {
        let app = people(&app).await;
        let mut all = Vec::new();
        for phone in ALL {
            let sara = app.customer("+966530000000").await;
            let mut eye = Observer::of(app.clone());
            let ask = json!({ "phone": phone });
            let asked = eye.call("request", 202, sara.post("/api/me/phone/request/").json(&ask)).await;
            eye.call("request in the cooldown", 429, sara.post("/api/me/phone/request/").json(&ask)).await;
            let guess = json!({ "challenge_id": asked.text("challenge_id"), "code": wrong(&app.code(phone).await) });
            for _ in 0..5 {
                eye.call("wrong code", 422, sara.post("/api/me/phone/verify/").json(&guess)).await;
            }
            eye.call("dead", 404, sara.post("/api/me/phone/verify/").json(&guess)).await;
            // Nor does a challenge to change it open a sign-in.
            eye.post("other purpose", 404, "/api/auth/phone/verify/", guess).await;
            all.push((phone, eye.seen));
            app.advance(86_400);
        }
        assert_same(&all);
    }
}

api_test! {
    async fn proving_a_number_that_staff_asked_for_does_not_tell_who_has_it_or_whether_they_did(app) {
        let app = people(&app).await;
        let (boss, sara) = (app.customer("+966530000001").await, app.customer("+966530000000").await);
        app.uc.grant_role("+966530000001", domain::role::Role::PlatformAdmin).await.expect("granted");
        boss.enrol().await;
        let asked = json!({ "phone": UNKNOWN, "kind": "change" });
        boss.post(&format!("/api/admin/users/{}/phone-change/", sara.user_id)).json(&asked).send().await.ok(202);
        let mut all = Vec::new();
        for phone in ALL {
            let mut eye = Observer::of(app.clone());
            let ask = json!({ "phone": phone });
            let id = eye.post("request", 202, "/api/auth/phone-change/request/", ask.clone()).await.text("challenge_id");
            let code = app.code(phone).await;
            eye.post("request in the cooldown", 429, "/api/auth/phone-change/request/", ask).await;
            app.advance(61);
            eye.post("resend", 202, "/api/auth/phone-change/resend/", json!({ "challenge_id": id })).await;
            let guess = json!({ "challenge_id": id, "code": wrong(&code), "old_phone": "+966530000000" });
            for _ in 0..5 {
                eye.post("wrong code", 422, "/api/auth/phone-change/verify/", guess.clone()).await;
            }
            eye.post("dead", 404, "/api/auth/phone-change/verify/", guess.clone()).await;
            eye.post("other purpose", 404, "/api/auth/phone/verify/", json!({ "challenge_id": id, "code": code })).await;
            all.push((phone, eye.seen));
            app.advance(3601);
        }
        assert_same(&all);
    }
}

api_test! {
    async fn the_pages_do_not_tell_either(app) {
        let app = people(&app).await;
        let (mut all, mut pages) = (Vec::new(), Vec::new());
        for phone in ALL {
            let (mut eye, mut browser) = (Observer::of(app.clone()), Browser::default());
            let ask = format!("phone={}", phone.replace('+', "%2B"));
            eye.submit("request", &mut browser, "/sf/request-code", &ask).await.ok(303);
            let code = app.code(phone).await;
            let page = eye.look("the page of the code", &mut browser, "/login/code").await;
            eye.submit("wrong code", &mut browser, "/sf/verify-code", &format!("code={}", wrong(&code))).await;
            eye.look("the page after it", &mut browser, "/login/code").await;
            eye.submit("resend in the cooldown", &mut browser, "/sf/resend-code", "").await;
            app.advance(61);
            eye.submit("resend", &mut browser, "/sf/resend-code", "").await;
            let (mut eye_of_another, mut another) = (Observer::of(app.clone()), Browser::default());
            eye_of_another.submit("request in the cooldown", &mut another, "/sf/request-code", &ask).await;
            eye_of_another.look("the page of the refusal", &mut another, "/login").await;
            eye.seen.extend(eye_of_another.seen);
            all.push((phone, eye.seen));
            // Digits are the number itself, times and nonces.
            pages.push(page.split("<body").nth(1).expect("a body").split('<').count());
            app.advance(3601);
        }
        assert_same(&all);
        assert!(pages.iter().all(|elements| *elements == pages[0]), "{pages:?}");
    }
}

api_test! {
    async fn a_country_that_is_not_served_is_refused_before_anybody_looks(app) {
        people(&app).await;
        let mut all = Vec::new();
        for phone in [FOREIGN, FOREIGN_KNOWN] {
            let mut eye = Observer::of(app.clone());
            let answer = eye.post("request", 422, "/api/auth/phone/request/", json!({ "phone": phone })).await;
            assert_eq!((answer.problem("invalid-phone").body["reason"].as_str(), eye.seen[0].statements), (Some("country_not_allowed"), 0));
            all.push((phone, eye.seen));
        }
        assert_same(&all);
    }
}
