//! The pages of the second factor, with JavaScript off.

use crate::support::{Answer, Browser, PHONE, api_test, wrong};

fn leads_to(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), answer.header("location"))
}

api_test! {
    async fn an_app_is_set_up_and_its_recovery_codes_are_gone_once_put_away(app) {
        let mut browser = Browser::default();
        browser.sign_in(&app, PHONE).await;
        browser.enrol(&app).await;
        browser.get(&app, "/admin/enrol/codes").await.ok(200);
        let kept = browser.0.clone();
        assert_eq!(leads_to(&browser.submit(&app, "/sf/put-codes-away", "").await), (303, "/account"));
        assert_eq!(leads_to(&browser.get(&app, "/admin/enrol/codes").await), (303, "/admin/enrol"));
        let page = browser.get(&app, "/admin/enrol").await.ok(200).html();
        assert!(page.contains("<strong>10</strong>") && !page.contains("class=\"key\""));
        // A copy of the cookie is of no use to another session.
        let mut other = Browser::default();
        app.advance(61);
        other.sign_in(&app, PHONE).await;
        other.0.insert("salon-flow".into(), kept["salon-flow"].clone());
        assert_eq!(leads_to(&other.get(&app, "/admin/enrol/codes").await), (303, "/admin/enrol"));
    }
}

api_test! {
    async fn a_page_that_needs_it_asks_for_it_and_leads_back(app) {
        let mut first = Browser::default();
        first.sign_in(&app, PHONE).await;
        let (authenticator, codes) = first.enrol(&app).await;
        app.advance(61);
        let mut browser = Browser::default();
        browser.sign_in(&app, PHONE).await;
        let away = browser.get(&app, "/admin/enrol").await;
        assert_eq!(leads_to(&away), (303, "/admin/verify?next=/admin/enrol"));
        browser.get(&app, "/admin/verify?next=/admin/enrol").await.ok(200);
        let refused = browser.submit(&app, "/sf/show-second-factor", &format!("code={}", wrong(&authenticator.code(&app)))).await;
        assert_eq!(leads_to(&refused), (303, "/admin/verify"));
        let page = browser.get(&app, "/admin/verify").await.ok(200).html();
        assert!(page.contains("aria-invalid=\"true\"") && page.contains("بقيت لك 9 محاولات"));
        let shown = browser.submit(&app, "/sf/show-second-factor", &format!("code=&recovery={}", codes[0])).await;
        assert_eq!(leads_to(&shown), (303, "/admin/enrol"));
        assert!(browser.get(&app, "/admin/enrol").await.ok(200).html().contains("<strong>9</strong>"));
    }
}

api_test! {
    async fn what_is_dangerous_asks_again_after_ten_minutes(app) {
        let mut browser = Browser::default();
        browser.sign_in(&app, PHONE).await;
        let (authenticator, _) = browser.enrol(&app).await;
        app.advance(601);
        let away = browser.submit(&app, "/sf/remove-second-factor", "").await;
        assert_eq!(leads_to(&away), (303, "/admin/verify?next=/admin/enrol"));
        browser.get(&app, "/admin/verify?next=/admin/enrol").await.ok(200);
        let shown = browser.submit(&app, "/sf/show-second-factor", &format!("code={}", authenticator.code(&app))).await;
        assert_eq!(leads_to(&shown), (303, "/admin/enrol"));
        assert_eq!(leads_to(&browser.submit(&app, "/sf/remove-second-factor", "").await), (303, "/admin/enrol"));
        // And the first app of all wants a fresh sign-in.
        let begun = browser.submit(&app, "/sf/begin-enrolment", "").await;
        assert_eq!(leads_to(&begun), (303, "/login"));
    }
}

api_test! {
    async fn both_languages_have_every_page_and_nobody_sees_one_unasked(app) {
        let mut browser = Browser::default();
        for path in ["/admin/enrol", "/admin/enrol/codes", "/admin/verify"] {
            let away = browser.get(&app, path).await;
            assert_eq!(leads_to(&away), (303, format!("/login?next={path}").as_str()));
        }
        browser.sign_in(&app, PHONE).await;
        assert_eq!(leads_to(&browser.get(&app, "/admin/verify").await), (303, "/admin/enrol"), "there is none to show");
        browser.submit(&app, "/sf/begin-enrolment", "").await;
        for (to, words) in [("en", "Set up your authenticator app"), ("ar", "أعِدّ تطبيق المصادقة")] {
            let switched = browser.submit(&app, "/sf/set-locale", &format!("to={to}&here=/admin/enrol")).await;
            assert_eq!(leads_to(&switched), (303, "/admin/enrol"));
            assert!(browser.get(&app, "/admin/enrol").await.ok(200).html().contains(words), "{to}");
        }
        let late = browser.submit(&app, "/sf/confirm-enrolment", "code=").await;
        assert_eq!(leads_to(&late), (303, "/admin/enrol"));
        assert!(browser.get(&app, "/admin/enrol").await.ok(200).html().contains("أدخل الرمز من التطبيق"));
    }
}
