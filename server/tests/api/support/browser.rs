//! Somebody at the pages, with JavaScript off.

use std::collections::BTreeMap;

use super::{Answer, Call, TestApp};

/// A browser: keeps cookies, sends what browsers send.
#[derive(Default)]
pub struct Browser(pub BTreeMap<String, String>);

impl Browser {
    pub async fn get(&mut self, app: &TestApp, path: &str) -> Answer {
        self.send(app.get(path)).await
    }

    pub async fn submit(&mut self, app: &TestApp, path: &str, form: &str) -> Answer {
        self.send(app.post(path).form(form).header("sec-fetch-site", "same-origin")).await
    }

    async fn send(&mut self, call: Call) -> Answer {
        let cookies: Vec<_> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let call = if cookies.is_empty() { call } else { call.header("cookie", &cookies.join("; ")) };
        let answer = call.send().await;
        for cookie in set_cookies(&answer) {
            let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            if cookie.contains("Max-Age=0") {
                self.0.remove(name);
            } else {
                self.0.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// The whole way in; the answer that set the session cookie.
    pub async fn sign_in(&mut self, app: &TestApp, phone: &str) -> Answer {
        let asked = self.submit(app, "/sf/request-code", &format!("phone={}", phone.replace('+', "%2B"))).await;
        assert_eq!((asked.status.as_u16(), asked.header("location")), (303, "/login/code"));
        let code = app.code(phone).await;
        let answer = self.submit(app, "/sf/verify-code", &format!("code={code}")).await;
        assert_eq!(answer.status, 303);
        answer
    }
}

pub fn set_cookies(answer: &Answer) -> Vec<String> {
    answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("text").to_owned()).collect()
}
