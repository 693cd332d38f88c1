//! The pages from outside: cookies, cross-site writes, files, headers. What the pages say is tested in `app` and end to end.

use std::collections::BTreeMap;

use crate::support::{Answer, Browser, PHONE, TestApp, api_test, set_cookies};

fn session_cookie(answer: &Answer, name: &str) -> String {
    set_cookies(answer).into_iter().find(|cookie| cookie.starts_with(&format!("{name}="))).expect("a session cookie")
}

api_test! {
    async fn a_browser_signs_in_and_out_and_the_cookie_stays_dead(app) {
        let mut browser = Browser::default();
        let cookie = session_cookie(&browser.sign_in(&app, PHONE).await, "salon");
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=7776000"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Secure") && !cookie.contains("Domain"));
        let account = browser.get(&app, "/account").await.ok(200);
        assert_eq!(account.header("cache-control"), "no-store");

        let stolen = browser.0["salon"].clone();
        assert_eq!(browser.submit(&app, "/sf/log-out", "").await.status, 303);
        assert!(!browser.0.contains_key("salon"));
        let late = Browser(BTreeMap::from([("salon".to_owned(), stolen)]));
        for _ in 0..2 {
            let mut late = Browser(late.0.clone());
            assert_eq!(late.get(&app, "/account").await.status, 303);
            late.submit(&app, "/sf/save-account", "given_name=x").await;
        }
    }
}

api_test! {
    async fn every_sign_in_has_a_new_cookie_and_ends_the_session_before_it(app) {
        let mut browser = Browser::default();
        browser.sign_in(&app, PHONE).await;
        let first = browser.0["salon"].clone();
        app.advance(61);
        browser.sign_in(&app, PHONE).await;
        assert_ne!(browser.0["salon"], first);
        browser.get(&app, "/account").await.ok(200);
        let mut old = Browser(BTreeMap::from([("salon".to_owned(), first)]));
        assert_eq!(old.get(&app, "/account").await.status, 303);
        // A cookie that somebody planted is not taken over.
        let mut fixed = Browser(BTreeMap::from([("salon".to_owned(), "AAAAAAAAAAAAAAAAAAAAAA".to_owned())]));
        app.advance(61);
        fixed.sign_in(&app, PHONE).await;
        assert_ne!(fixed.0["salon"], "AAAAAAAAAAAAAAAAAAAAAA");
    }
}

#[tokio::test]
async fn over_https_the_cookie_is_for_this_host_and_secure_in_coming_and_going() {
    let app = TestApp::with("[server]\npublic_url = 'https://salon.example'").await;
    let mut browser = Browser::default();
    let cookie = session_cookie(&browser.sign_in(&app, PHONE).await, "__Host-salon");
    assert!(cookie.contains("; Secure") && cookie.contains("; HttpOnly") && !cookie.contains("Domain"), "{cookie}");
    let out = browser.submit(&app, "/sf/log-out", "").await;
    let gone = session_cookie(&out, "__Host-salon");
    assert!(gone.contains("Max-Age=0") && gone.contains("; Secure") && gone.contains("Path=/"), "{gone}");
}

#[tokio::test]
async fn a_session_ended_elsewhere_is_over_in_the_browser_at_once() {
    let app = TestApp::sqlite().await;
    let mut browser = Browser::default();
    browser.sign_in(&app, PHONE).await;
    app.advance(61);
    let phone = app.customer(PHONE).await;
    phone.post("/api/auth/sessions/revoke-others/").send().await.ok(204);
    assert_eq!(browser.get(&app, "/account").await.status, 303);
    assert_eq!(browser.submit(&app, "/sf/save-account", "given_name=x").await.status, 303);
    assert!(phone.get("/api/me/").send().await.body["given_name"].is_null());
}

#[tokio::test]
async fn a_write_from_another_site_is_refused() {
    let app = TestApp::sqlite().await;
    let form = "phone=0501234567";
    let path = "/sf/request-code";
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:3000")],
        &[("origin", "https://evil.example"), ("host", "127.0.0.1:3000")],
        &[("origin", "null")],
        &[("referer", "http://127.0.0.1:3000/login")],
        &[],
    ] {
        let call = headers.iter().fold(app.post(path).form(form), |call, (name, value)| call.header(name, value));
        let answer = call.send().await;
        assert_eq!(answer.status, 403, "{headers:?}");
        assert!(answer.header("content-type").starts_with("text/html"));
    }
    assert!(app.messages(PHONE).await.is_empty());
    let ours = app.post(path).form(form).header("origin", "http://127.0.0.1:3000").send().await;
    assert_eq!(ours.status, 303);
}

#[tokio::test]
async fn a_form_is_never_sent_by_get_and_never_leads_back_to_the_referer() {
    let app = TestApp::sqlite().await;
    for path in app::forms::addresses() {
        assert_eq!(app.get(&format!("{path}?phone=0501234567")).send().await.status, 405, "{path}");
        let call = app.post(path).form("x=1").header("sec-fetch-site", "same-origin");
        let answer = call.header("referer", "https://evil.example/").header("accept", "text/html").send().await;
        assert!(!answer.header("location").contains("evil"), "{path}");
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.status);
    }
    assert!(app.messages(PHONE).await.is_empty());
}

#[tokio::test]
async fn the_api_knows_no_cookie() {
    let app = TestApp::sqlite().await;
    let mut browser = Browser::default();
    browser.sign_in(&app, PHONE).await;
    browser.get(&app, "/api/me/").await.problem("unauthenticated");
    let answer = app.get("/api/me/").header("cookie", "salon=AAAAAAAAAAAAAAAAAAAAAA").send().await;
    assert!(set_cookies(&answer).is_empty());
}

#[tokio::test]
async fn files_with_a_hash_are_kept_forever_and_sent_compressed() {
    let app = TestApp::sqlite().await;
    let pkg = app.folder().join("site/pkg");
    std::fs::create_dir_all(&pkg).expect("made");
    std::fs::write(pkg.join("salon.1a2b.css"), "plain").expect("written");
    std::fs::write(pkg.join("salon.1a2b.css.br"), "brotli").expect("written");
    std::fs::write(app.folder().join("site/robots.txt"), "User-agent: *").expect("written");
    std::fs::write(app.folder().join("secret"), "secret").expect("written");

    let file = app.get("/pkg/salon.1a2b.css").send().await.ok(200);
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(file.header("content-type").starts_with("text/css"));
    assert_eq!(file.bytes, b"plain");
    let small = app.get("/pkg/salon.1a2b.css").header("accept-encoding", "br, gzip").send().await.ok(200);
    assert_eq!(
        (small.header("content-encoding"), small.header("vary"), small.bytes.as_slice()),
        ("br", "Accept-Encoding", &b"brotli"[..])
    );
    assert_eq!(app.get("/robots.txt").send().await.ok(200).header("cache-control"), "public, max-age=3600");

    for path in
        ["/pkg/nope.css", "/pkg/", "/pkg/../../secret", "/pkg/%2e%2e/%2e%2e/secret", "/../secret", "/nope.png", "/manifest.json"]
    {
        let answer = app.get(path).send().await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn a_problem_of_a_browser_is_a_page_in_its_language() {
    let app = TestApp::sqlite().await;
    for (language, direction) in [("en", "dir=\"ltr\""), ("ar", "dir=\"rtl\"")] {
        let page = app.get("/nope").header("accept-language", language).send().await;
        assert_eq!(page.status, 404);
        assert!(page.html().contains(&format!("lang=\"{language}\"")) && page.html().contains(direction));
        assert!(page.html().contains(page.header("x-request-id")));
    }
    let big = app.post("/sf/request-code").header("sec-fetch-site", "same-origin").form(&"x".repeat(70_000));
    assert_eq!(big.header("content-length", "70000").send().await.status, 413);
    let outage = TestApp::sqlite().await;
    outage.uc.store().close().await;
    let mut browser = Browser(BTreeMap::from([("salon".to_owned(), "AAAAAAAAAAAAAAAAAAAAAA".to_owned())]));
    let page = browser.get(&outage, "/account").await;
    assert_eq!(page.status, 503);
    assert!(page.html().contains("<h1>"));
}

#[tokio::test]
async fn every_error_code_has_its_page() {
    let app = TestApp::sqlite().await;
    for code in domain::error::ErrorCode::ALL {
        app.get(&format!("/problems/{}", code.as_str())).send().await.ok(200);
    }
    assert_eq!(app.get("/problems/nope").send().await.status, 404);
}

#[tokio::test]
async fn how_a_text_fares_is_told_in_one_word_to_the_browser_that_waits_for_it() {
    let app = TestApp::sqlite().await;
    let mut browser = Browser::default();
    let word = async |browser: &mut Browser, path: &str| {
        let answer = browser.get(&app, path).await.ok(200);
        assert_eq!((answer.header("content-type"), answer.header("cache-control")), ("text/plain; charset=utf-8", "no-store"));
        answer.html()
    };
    assert_eq!(word(&mut browser, "/login/code/delivery").await, "over", "nobody waits");
    browser.submit(&app, "/sf/request-code", "phone=0500000901").await;
    assert_eq!(word(&mut browser, "/login/code/delivery").await, "waiting");
    assert_eq!(app.uc.deliver_outbox(10).await.expect("works").failed, 1);
    assert_eq!(word(&mut browser, "/login/code/delivery").await, "failed");
    assert_eq!(word(&mut Browser::default(), "/login/code/delivery").await, "over", "another browser");
    assert_eq!(word(&mut browser, "/account/phone/code/delivery").await, "over", "nobody is signed in");
    app.advance(300);
    assert_eq!(word(&mut browser, "/login/code/delivery").await, "over", "the code has expired");
}

#[tokio::test]
async fn who_has_no_script_waits_where_a_proof_of_work_is_asked_for() {
    let app = TestApp::with("[proof]\ndemand = 'always'\nbits = 8\n").await;
    let mut browser = Browser::default();
    let puzzle = |page: &str| page.split("name=\"puzzle\" value=\"").nth(1).expect("a puzzle")[..44].to_owned();
    let asked = browser.submit(&app, "/sf/request-code", "phone=0501234567").await;
    assert_eq!((asked.status.as_u16(), asked.header("location")), (303, "/login"));
    let page = browser.get(&app, "/login").await.ok(200);
    assert!(
        !page.html().contains("aria-invalid") && page.html().contains("value=\"0501234567\""),
        "calm, and nothing typed is lost"
    );
    let nonce = page.html().split("id=\"robot\"").nth(1).and_then(|rest| rest.split("nonce=\"").nth(1)).expect("a script")[..10]
        .to_owned();
    assert!(page.header("content-security-policy").contains(&nonce), "a script that may run");

    let first = puzzle(&page.html());
    let form = format!("phone=0501234567&puzzle={first}&solution=");
    app.advance(23);
    assert_eq!(browser.submit(&app, "/sf/request-code", &form).await.header("location"), "/login");
    let early = browser.get(&app, "/login").await.ok(200).html();
    assert_eq!(puzzle(&early), first, "the wait does not begin anew");
    assert!(early.contains("بعد 37 ثانية"), "{early}");
    app.advance(37);
    assert_eq!(browser.submit(&app, "/sf/request-code", &form).await.header("location"), "/login/code");
    assert_eq!(app.messages(PHONE).await.len(), 1);
}

#[tokio::test]
async fn a_solved_proof_of_work_is_taken_once() {
    let app = TestApp::with("[proof]\ndemand = 'always'\nbits = 8\n").await;
    let mut browser = Browser::default();
    let send = "/sf/request-code";
    browser.submit(&app, send, "phone=0501234567").await;
    let page = browser.get(&app, "/login").await.ok(200).html();
    let puzzle = &page.split("name=\"puzzle\" value=\"").nth(1).expect("a puzzle")[..44];
    let form = format!("phone=0501234567&puzzle={puzzle}&solution={}", domain::proof::solve(puzzle, 8).expect("one"));
    assert_eq!(browser.submit(&app, send, &form).await.header("location"), "/login/code");
    app.advance(61);
    assert_eq!(browser.submit(&app, send, &form).await.header("location"), "/login");
    let page = browser.get(&app, "/login").await.ok(200).html();
    assert!(!page.contains(puzzle) && !page.contains("data-unasked"), "another, and not by itself");
}
