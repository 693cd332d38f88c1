//! Endpoints that are gone for good.

use crate::support::TestApp;

#[tokio::test]
async fn retired_endpoints_say_so_to_every_method_and_where_to_go() {
    let app = TestApp::sqlite().await;
    for (path, successor) in
        [("/api/auth/register/", "/api/auth/phone/request/"), ("/api/auth/token/", "/api/auth/phone/verify/")]
    {
        for path in [path, path.trim_end_matches('/')] {
            for method in ["POST", "GET", "PUT"] {
                let answer = app.call(method, path).body("whatever").send().await.problem("endpoint-retired");
                assert_eq!(answer.header("deprecation"), "@1767225600");
                assert_eq!(answer.header("sunset"), "Thu, 01 Jan 2026 00:00:00 GMT");
                let links: Vec<_> = answer.headers.get_all("link").iter().map(|link| link.to_str().expect("text")).collect();
                assert!(links.iter().any(|link| link.contains("rel=\"deprecation\"") && link.starts_with("</api/docs/>")));
                assert!(links.iter().any(|link| *link == format!("<{successor}>; rel=\"successor-version\"")));
            }
        }
    }
}
