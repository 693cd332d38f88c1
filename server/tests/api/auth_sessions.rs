//! `/api/auth/sessions/`

use serde_json::Value;

use crate::support::{OTHER, PHONE, api_test};

const PATH: &str = "/api/auth/sessions/";

api_test! {
    async fn everybody_sees_their_own_sessions_and_which_one_asks(app) {
        let first = app.customer(PHONE).await;
        app.advance(61);
        let second = app.customer(PHONE).await;
        app.customer(OTHER).await;
        let list = second.get(PATH).send().await.ok(200);
        let items = list.body.as_array().expect("a list");
        let ids: Vec<_> = items.iter().map(|item| item["id"].as_str().expect("an id")).collect();
        assert_eq!(ids, [second.session_id.as_str(), first.session_id.as_str()]);
        let current: Vec<_> = items.iter().map(|item| &item["is_current"]).collect();
        assert_eq!(current, [&Value::Bool(true), &Value::Bool(false)]);
        assert_eq!(items[0]["kind"], "api");
    }
}

api_test! {
    async fn a_session_can_be_ended_from_another(app) {
        let lost = app.customer(PHONE).await;
        app.advance(61);
        let here = app.customer(PHONE).await;
        let path = format!("{PATH}{}/", lost.session_id);
        here.call("DELETE", &path).send().await.ok(204);
        assert!(!lost.is_alive().await && here.is_alive().await);
        lost.refresh().await.problem("session-ended");
        here.call("DELETE", &path).send().await.problem("not-found");
    }
}

api_test! {
    async fn a_session_of_somebody_else_is_not_there(app) {
        let mine = app.customer(PHONE).await;
        let theirs = app.customer(OTHER).await;
        mine.call("DELETE", &format!("{PATH}{}/", theirs.session_id)).send().await.problem("not-found");
        mine.call("DELETE", &format!("{PATH}{}", uuid::Uuid::nil())).send().await.problem("not-found");
        mine.call("DELETE", &format!("{PATH}not-an-id/")).send().await.problem("not-found");
        assert!(theirs.is_alive().await);
    }
}

api_test! {
    async fn all_the_others_can_be_ended_at_once(app) {
        let first = app.customer(PHONE).await;
        app.advance(61);
        let second = app.customer(PHONE).await;
        let neighbour = app.customer(OTHER).await;
        second.post("/api/auth/sessions/revoke-others/").send().await.ok(204);
        assert!(!first.is_alive().await && second.is_alive().await && neighbour.is_alive().await);
        first.refresh().await.problem("session-ended");
        second.refresh().await.ok(200);
    }
}

api_test! {
    async fn nobody_comes_in_without_a_token(app) {
        for (method, path) in [
            ("GET", PATH),
            ("DELETE", "/api/auth/sessions/00000000-0000-0000-0000-000000000000/"),
            ("POST", "/api/auth/sessions/revoke-others/"),
            ("POST", "/api/auth/logout/"),
        ] {
            app.call(method, path).send().await.problem("unauthenticated");
            app.call(method, path).header("authorization", "Basic eDp5").send().await.problem("unauthenticated");
            app.call(method, path).bearer("x").send().await.problem("unauthenticated");
        }
    }
}
