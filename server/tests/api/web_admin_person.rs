//! `/admin/users/{id}…` and `/admin/users/new`, in a browser without JavaScript.

use domain::role::Role;

use crate::support::{ADMIN, Browser, OTHER, PHONE, TestApp, api_test};

const TABS: [&str; 6] = ["", "/sessions", "/codes", "/messages", "/notes", "/audit"];

/// Whether a word stands in the page: parts of ids are words of their own lengths.
fn has_word(html: &str, word: &str) -> bool {
    html.split(|c: char| !c.is_ascii_alphanumeric()).any(|other| other == word)
}

api_test! {
    async fn every_side_of_a_person_shows_their_phone_once_and_never_more_of_it(app) {
        let (mut boss, _) = app.staff_at_pages(ADMIN, Role::PlatformAdmin).await;
        let sara = app.customer(PHONE).await;
        let code = app.code(PHONE).await;
        for tab in TABS {
            let page = boss.get(&app, &format!("/admin/users/{}{tab}", sara.user_id)).await.ok(200).html();
            assert_eq!(page.matches("050 123 4567").count(), 1, "{tab}: {page}");
            assert!(!page.contains("966501234567") && !page.contains("0501234567"), "{tab}");
            assert!(!has_word(&page, &code), "{tab}: the code");
            assert_eq!(page.matches("<h1").count(), 1, "{tab}");
            assert_eq!(page.matches("aria-current=\"page\"").count(), 3, "{tab}: the sidebar, wide and narrow, and the tab");
        }
        for tab in ["/codes", "/messages"] {
            let page = boss.get(&app, &format!("/admin/users/{}{tab}", sara.user_id)).await.ok(200).html();
            assert!(page.contains("05• ••• 4567"), "{tab}");
        }
        assert_eq!(boss.get(&app, "/admin/users/00000000-0000-0000-0000-000000000000/codes").await.status, 404);
        assert_eq!(boss.get(&app, "/admin/users/x/notes").await.status, 404);
    }
}

api_test! {
    async fn a_block_is_asked_for_in_words_told_and_undone(app) {
        let (mut boss, _) = app.staff_at_pages(ADMIN, Role::PlatformAdmin).await;
        let sara = app.customer(PHONE).await;
        let page = format!("/admin/users/{}", sara.user_id);
        let form = format!("user={}", sara.user_id);
        let html = boss.get(&app, &page).await.ok(200).html();
        assert!(html.contains("/sf/admin-block") && html.contains("<textarea") && !html.contains("/sf/admin-unblock"), "{html}");

        let refused = boss.submit(&app, "/sf/admin-block", &format!("{form}&reason=+")).await;
        assert_eq!((refused.status.as_u16(), refused.header("location")), (303, page.as_str()));
        let html = boss.get(&app, &page).await.ok(200).html();
        assert!(html.contains("reason-error") && html.contains("<details open"), "{html}");
        assert!(sara.is_alive().await);
        let long = format!("{form}&reason=%3C/textarea%3E%3Ci%3E{}", "x".repeat(600));
        boss.submit(&app, "/sf/admin-block", &long).await;
        let html = boss.get(&app, &page).await.ok(200).html();
        assert!(html.contains("&lt;/textarea&gt;&lt;i&gt;x") && !html.contains("<i>x"), "what was typed is text: {html}");

        let done = boss.submit(&app, "/sf/admin-block", &format!("{form}&reason=%3Cb%3Eno+show")).await;
        assert_eq!(done.header("location"), page);
        assert!(!sara.is_alive().await, "at once");
        let html = boss.get(&app, &page).await.ok(200).html();
        assert!(html.contains("class=\"undo\"") && html.contains("role=\"status\""), "{html}");
        let audit = boss.get(&app, &format!("{page}/audit")).await.ok(200).html();
        assert!(audit.contains("&lt;b&gt;no show") && !audit.contains("<b>"), "{audit}");

        boss.submit(&app, "/sf/admin-unblock", &form).await;
        let html = boss.get(&app, &page).await.ok(200).html();
        assert!(html.contains("/sf/admin-block") && !html.contains("class=\"undo\""));
        app.advance(61);
        assert!(app.customer(PHONE).await.is_alive().await);
        // Nobody shuts themselves out.
        let me = app.uc.add_user(ADMIN).await.expect("is there").id;
        let own = boss.get(&app, &format!("/admin/users/{me}")).await.ok(200).html();
        assert!(!own.contains("/sf/admin-block"));
        boss.submit(&app, "/sf/admin-block", &format!("user={me}&reason=x")).await;
        boss.get(&app, "/admin/users").await.ok(200);
    }
}

api_test! {
    async fn sessions_notes_and_details_are_forms(app) {
        let (mut boss, _) = app.staff_at_pages(ADMIN, Role::PlatformAdmin).await;
        let sara = app.customer(PHONE).await;
        let (page, form) = (format!("/admin/users/{}", sara.user_id), format!("user={}", sara.user_id));

        let sessions = format!("{page}/sessions");
        assert!(boss.get(&app, &sessions).await.ok(200).html().contains("/sf/admin-end-sessions"));
        let one = boss.submit(&app, "/sf/admin-end-session", &format!("{form}&session={}", sara.session_id)).await;
        assert_eq!(one.header("location"), sessions);
        assert!(!sara.is_alive().await);
        boss.submit(&app, "/sf/admin-end-session", &format!("{form}&session={}", sara.session_id)).await;
        assert!(boss.get(&app, &sessions).await.ok(200).html().contains("role=\"status\""), "over already is no error");
        app.advance(61);
        let again = app.customer(PHONE).await;
        boss.submit(&app, "/sf/admin-end-sessions", &form).await;
        assert!(!again.is_alive().await);

        let notes = format!("{page}/notes");
        boss.submit(&app, "/sf/admin-add-note", &format!("{form}&text=")).await;
        assert!(boss.get(&app, &notes).await.ok(200).html().contains("text-error"));
        boss.submit(&app, "/sf/admin-add-note", &format!("{form}&text=%3Ci%3Eone%0D%0Atwo")).await;
        let html = boss.get(&app, &notes).await.ok(200).html();
        assert!(html.contains("&lt;i&gt;one\ntwo") && !html.contains("text-error"), "{html}");
        let note = html.split("name=\"note\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a note").to_owned();
        boss.submit(&app, "/sf/admin-delete-note", &format!("{form}&note={note}")).await;
        assert!(!boss.get(&app, &notes).await.ok(200).html().contains("one\ntwo"));

        boss.submit(&app, "/sf/admin-save-user", &format!("{form}&given_name=%D8%B3%D8%A7%D8%B1%D8%A9&email=nobody&locale=en")).await;
        let html = boss.get(&app, &page).await.ok(200).html();
        assert!(html.contains("email-error") && html.contains("value=\"nobody\"") && html.contains("value=\"سارة\""), "{html}");
        boss.submit(&app, "/sf/admin-save-user", &format!("{form}&given_name=%D8%B3%D8%A7%D8%B1%D8%A9&family_name=&email=&locale=en")).await;
        let html = boss.get(&app, &page).await.ok(200).html();
        assert!(html.contains("<bdi>سارة</bdi>") && !html.contains("email-error"), "{html}");
    }
}

api_test! {
    async fn a_role_is_given_after_the_second_factor_and_the_last_admin_keeps_it(app) {
        let (mut boss, totp) = app.staff_at_pages(ADMIN, Role::PlatformAdmin).await;
        let sara = app.customer(PHONE).await;
        let (page, form) = (format!("/admin/users/{}", sara.user_id), format!("user={}", sara.user_id));
        app.advance(601);
        let away = boss.submit(&app, "/sf/admin-grant-role", &form).await;
        assert_eq!(away.header("location"), format!("/admin/verify?next={page}"));
        boss.get(&app, away.header("location")).await.ok(200);
        let back = boss.submit(&app, "/sf/show-second-factor", &format!("code={}", totp.code(&app))).await;
        assert_eq!(back.header("location"), page);
        boss.submit(&app, "/sf/admin-grant-role", &form).await;
        assert!(boss.get(&app, &page).await.ok(200).html().contains("/sf/admin-revoke-role"));
        boss.submit(&app, "/sf/admin-revoke-role", &form).await;
        assert!(boss.get(&app, &page).await.ok(200).html().contains("/sf/admin-grant-role"));

        let me = app.uc.add_user(ADMIN).await.expect("is there").id;
        let own = format!("/admin/users/{me}");
        boss.submit(&app, "/sf/admin-revoke-role", &format!("user={me}")).await;
        let html = boss.get(&app, &own).await.ok(200).html();
        assert!(html.contains("role=\"alert\"") && html.contains("/sf/admin-revoke-role"), "{html}");
    }
}

api_test! {
    async fn a_person_is_added_phone_first(app) {
        let (mut boss, _) = app.staff_at_pages(ADMIN, Role::PlatformAdmin).await;
        assert!(boss.get(&app, "/admin/users").await.ok(200).html().contains("href=\"/admin/users/new\""));
        let html = boss.get(&app, "/admin/users/new").await.ok(200).html();
        let (phone, name) = (html.find("id=\"phone\"").expect("a phone"), html.find("id=\"given_name\"").expect("a name"));
        assert!(phone < name, "phone first");

        let refused = boss.submit(&app, "/sf/admin-add-user", "here=/admin/users/new&phone=12&given_name=%D8%B3").await;
        assert_eq!(refused.header("location"), "/admin/users/new");
        let html = boss.get(&app, "/admin/users/new").await.ok(200).html();
        assert!(html.contains("phone-error") && html.contains("value=\"12\"") && html.contains("value=\"س\""), "{html}");

        let added = boss.submit(&app, "/sf/admin-add-user", "here=/admin/users/new&phone=%2B966+55+123+4567&given_name=%D9%86&locale=ar").await;
        let page = added.header("location").to_owned();
        let html = boss.get(&app, &page).await.ok(200).html();
        assert!(html.contains("055 123 4567") && html.contains("<bdi>ن</bdi>") && html.contains("role=\"status\""), "{html}");
        let again = boss.submit(&app, "/sf/admin-add-user", &format!("here=/admin/users/new&phone={}&given_name=x", OTHER.replace('+', "%2B"))).await;
        assert_eq!(again.header("location"), page, "whoever has it is opened");
        let html = boss.get(&app, &page).await.ok(200).html();
        assert!(html.contains("<bdi>ن</bdi>") && html.contains("role=\"status\""), "and stays as they are");
    }
}

#[tokio::test]
async fn who_may_not_sees_no_tab_and_does_nothing() {
    let app = TestApp::sqlite().await;
    let sara = app.customer(PHONE).await;
    let mut owner = Browser::default();
    owner.sign_in(&app, OTHER).await;
    let forms = ["block", "unblock", "end-sessions", "add-note", "grant-role", "revoke-role", "save-user"];
    for role in [None, Some(Role::Owner)] {
        if let Some(role) = role {
            app.uc.grant_role(OTHER, role).await.expect("granted");
            owner.enrol(&app).await;
        }
        for tab in TABS.into_iter().chain(["/../new"]) {
            let path =
                if tab == "/../new" { "/admin/users/new".to_owned() } else { format!("/admin/users/{}{tab}", sara.user_id) };
            assert_eq!(owner.get(&app, &path).await.status, 403, "{role:?} {path}");
        }
        for form in forms {
            let body = format!("user={}&reason=x&text=x&given_name=x", sara.user_id);
            let answer = owner.submit(&app, &format!("/sf/admin-{form}"), &body).await;
            assert_eq!(answer.status, 303, "{role:?} {form}");
        }
        assert!(sara.is_alive().await);
        assert!(sara.get("/api/me/").send().await.ok(200).body["given_name"].is_null());
    }
    let lost = owner.submit(&app, "/sf/admin-block", "user=x&reason=x").await;
    assert_eq!(lost.header("location"), "/admin/users");
}
