//! What stands around the pages of the admin: the sidebar by roles, refusals in words of their own, the palette, the calendar.

use domain::role::Role;

use crate::support::{Browser, PHONE, TestApp};

const OTHER: &str = "+966551112233";

#[tokio::test]
async fn a_customer_is_told_whose_pages_these_are_and_sees_nothing_of_them() {
    let app = TestApp::sqlite().await;
    let mut browser = Browser::default();
    browser.sign_in(&app, PHONE).await;
    for path in ["/admin", "/admin/users", "/admin/help", "/admin/palette?q=05"] {
        let page = browser.get(&app, path).await.ok(403).html();
        assert!(page.contains("هذه الصفحات للعاملين") && page.contains("href=\"/account\""), "{path}");
        assert!(!page.contains("class=\"side\"") && !page.contains("/pkg/admin"), "{path}");
    }
    // A page that is not the admin's refuses in the common words.
    assert!(!browser.get(&app, "/problems/forbidden").await.ok(200).html().contains("هذه الصفحات للعاملين"));
}

#[tokio::test]
async fn each_role_sees_what_it_may_open_and_is_led_to_the_first_of_it() {
    let app = TestApp::sqlite().await;
    let mut owner = app.staff_at_pages(PHONE, Role::Owner).await.0;
    assert_eq!(owner.get(&app, "/admin").await.header("location"), "/admin/bookings");
    let empty = owner.get(&app, "/admin/bookings").await.ok(200).html();
    assert!(empty.contains("لا صالون لك بعد") && !empty.contains("href=\"/admin/users\" aria"), "{empty}");
    let refused = owner.get(&app, "/admin/users").await.ok(403).html();
    assert!(refused.contains("دورك لا يشمل هذه الصفحة") && refused.contains("class=\"side\""));
    owner.get(&app, "/admin/palette?q=05").await.ok(403);
    owner.get(&app, "/admin/help").await.ok(200);

    app.uc.grant_role(PHONE, Role::PlatformAdmin).await.expect("granted");
    let first = owner.get(&app, "/admin").await;
    assert_eq!((first.status.as_u16(), first.header("location")), (303, "/admin/users"));
    let page = owner.get(&app, "/admin/users").await.ok(200).html();
    for part in ["href=\"/admin/guessing\"", "/pkg/admin.css", "/pkg/admin.js", "action=\"/sf/log-out\"", "aria-current=\"page\""]
    {
        assert!(page.contains(part), "{part}");
    }
}

#[tokio::test]
async fn the_palette_finds_people_through_the_door_of_the_admin_and_escapes_what_they_are_called() {
    let app = TestApp::sqlite().await;
    let mut browser = app.staff_at_pages(PHONE, Role::PlatformAdmin).await.0;
    let mut other = Browser::default();
    other.sign_in(&app, OTHER).await;
    other.submit(&app, "/sf/save-name", "given_name=%3Cb%3ESara").await;
    let lines = browser.get(&app, "/admin/palette?q=0551112233").await.ok(200);
    assert_eq!(lines.header("cache-control"), "no-store");
    let html = lines.html();
    assert_eq!(html.matches("role=\"option\"").count(), 1, "{html}");
    assert!(html.contains("055 111 2233") && !html.contains("<b>Sara"), "{html}");
    assert!(html.contains("data-to=\"/admin/users/"), "{html}");
    for nobody in ["/admin/palette?q=nobody.at.all@example.com", "/admin/palette?q=0559999999"] {
        assert!(!browser.get(&app, nobody).await.ok(200).html().contains("option"), "{nobody}");
    }
}

#[tokio::test]
async fn the_calendar_of_this_browser_is_kept_and_the_way_back_is_ours() {
    let app = TestApp::sqlite().await;
    let mut browser = app.staff_at_pages(PHONE, Role::PlatformAdmin).await.0;
    assert!(!browser.get(&app, "/admin/help").await.ok(200).html().contains(" هـ، "));
    let back = browser.submit(&app, "/sf/set-display", "here=/admin/help&calendar=hijri").await;
    assert_eq!(back.header("location"), "/admin/help");
    let page = browser.get(&app, "/admin/help").await.ok(200).html();
    assert!(page.contains(" هـ، ") && page.contains("data-letters=\"\""), "{page}");
    browser.submit(&app, "/sf/set-display", "here=/admin/help&letters=no-letters").await;
    let page = browser.get(&app, "/admin/help").await.ok(200).html();
    assert!(page.contains(" هـ، ") && !page.contains("data-letters"), "one choice leaves the other alone");
    let away = browser.submit(&app, "/sf/set-display", "here=//evil.example&calendar=gregorian").await;
    assert_eq!(away.header("location"), "/");
}
