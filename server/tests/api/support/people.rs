//! Those who are signed in.

use serde_json::{Value, json};

use super::{Answer, Authenticator, Call, TestApp};

/// Somebody with an app in their hand.
#[derive(Clone)]
pub struct Customer {
    pub app: TestApp,
    pub access: String,
    pub refresh: String,
    pub session_id: String,
    pub user_id: String,
    /// The whole answer to the verification.
    pub session: Value,
}

impl Customer {
    pub async fn sign_in(app: &TestApp, phone: &str) -> Self {
        let id = app.challenge(phone).await;
        let code = app.code(phone).await;
        let answer = app.post("/api/auth/phone/verify/").json(&json!({ "challenge_id": id, "code": code })).send().await.ok(200);
        Self::of(app, &answer)
    }

    /// From the answer to a verification or a refresh.
    pub fn of(app: &TestApp, answer: &Answer) -> Self {
        Self {
            app: app.clone(),
            access: answer.text("access"),
            refresh: answer.text("refresh"),
            session_id: answer.text("session_id"),
            user_id: answer.body["user"]["id"].as_str().expect("an id").to_owned(),
            session: answer.body.clone(),
        }
    }

    pub fn get(&self, path: &str) -> Call {
        self.app.get(path).bearer(&self.access)
    }

    pub fn post(&self, path: &str) -> Call {
        self.app.post(path).bearer(&self.access)
    }

    pub fn call(&self, method: &str, path: &str) -> Call {
        self.app.call(method, path).bearer(&self.access)
    }

    /// Sets an authenticator app up, which shows the second factor in this session: the app and the recovery codes.
    pub async fn enrol(&self) -> (Authenticator, Vec<String>) {
        let begun = self.post("/api/me/second-factor/totp/").send().await.ok(201);
        let (secret, phone) =
            (begun.text("secret"), self.session["user"]["phone"].as_str().expect("a phone").replace('+', "%2B"));
        assert_eq!(begun.text("uri"), format!("otpauth://totp/Salon:{phone}?secret={secret}&issuer=Salon"));
        let totp = Authenticator::with(&secret);
        let code = json!({ "code": totp.code(&self.app) });
        let answer = self.post("/api/me/second-factor/totp/confirm/").json(&code).send().await.ok(200);
        let codes: Vec<String> = serde_json::from_value(answer.body["recovery_codes"].clone()).expect("texts");
        assert_eq!(codes.len(), 10);
        (totp, codes)
    }

    /// Uses the refresh token; the answer as it is.
    pub async fn refresh(&self) -> Answer {
        self.app.post("/api/auth/token/refresh/").json(&json!({ "refresh": self.refresh })).send().await
    }

    /// Whether the access token still opens `/api/me/`.
    pub async fn is_alive(&self) -> bool {
        self.get("/api/me/").send().await.status == 200
    }
}
