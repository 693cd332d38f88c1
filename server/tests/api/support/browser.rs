//! Somebody at the pages, with JavaScript off.

use std::collections::BTreeMap;

use super::{Answer, Authenticator, Call, TestApp};

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

    /// Sets an app up, which shows the second factor in this session: the app and the recovery codes.
    pub async fn enrol(&mut self, app: &TestApp) -> (Authenticator, Vec<String>) {
        self.get(app, "/admin/enrol").await.ok(200);
        let begun = self.submit(app, "/sf/begin-enrolment", "").await;
        assert_eq!((begun.status.as_u16(), begun.header("location")), (303, "/admin/enrol"));
        let page = self.get(app, "/admin/enrol").await.ok(200).html();
        assert!(page.contains("class=\"qr\"") && page.contains("role=\"img\""));
        let authenticator = Authenticator::with(texts(&page, "class=\"key\">")[0]);
        let confirmed = self.submit(app, "/sf/confirm-enrolment", &format!("code={}", authenticator.code(app))).await;
        assert_eq!((confirmed.status.as_u16(), confirmed.header("location")), (303, "/admin/enrol/codes"));
        let page = self.get(app, "/admin/enrol/codes").await.ok(200).html();
        let codes: Vec<_> = texts(&page, "<code dir=\"ltr\">").into_iter().map(str::to_owned).collect();
        assert_eq!(codes.len(), 10);
        (authenticator, codes)
    }
}

pub fn set_cookies(answer: &Answer) -> Vec<String> {
    answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("text").to_owned()).collect()
}

/// The texts of all elements that begin with `tag`.
fn texts<'a>(html: &'a str, tag: &str) -> Vec<&'a str> {
    html.split(tag).skip(1).filter_map(|rest| rest.split('<').next()).collect()
}
