//! `/admin/guessing`

use domain::role::Role;

use crate::support::{Browser, PHONE, TestApp};

#[tokio::test]
async fn an_admin_reads_how_likely_guessing_is_and_nobody_else_does() {
    let app = TestApp::sqlite().await;
    let mut browser = Browser::default();
    browser.sign_in(&app, PHONE).await;
    assert_eq!(browser.get(&app, "/admin/guessing").await.status, 403, "a customer");
    app.uc.grant_role(PHONE, Role::Owner).await.expect("granted");
    assert_eq!(browser.get(&app, "/admin/guessing").await.header("location"), "/admin/verify?next=/admin/guessing");
    browser.enrol(&app).await;
    assert_eq!(browser.get(&app, "/admin/guessing").await.status, 403, "an owner of a salon");
    app.uc.grant_role(PHONE, Role::PlatformAdmin).await.expect("granted");
    let page = browser.get(&app, "/admin/guessing").await.ok(200).html();
    for figure in ["0.0325 %", "0.5 %", ">312<", ">1170<", ">3993<", "3.24", "value=\"10000\""] {
        assert!(page.contains(figure), "{figure}: {page}");
    }
    let all = browser.get(&app, "/admin/guessing?accounts=%D9%A1%D9%A0%D9%A0%D9%A0%D9%A0%D9%A0%D9%A0").await.ok(200).html();
    assert!(all.contains("9.18") && all.contains("value=\"1000000\""), "the messages of a year bound it");
}
