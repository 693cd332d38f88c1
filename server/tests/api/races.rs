//! Many at once, for real: parallel connections to a real listener (security rules 1, 6, 7).

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::support::{Customer, PHONE, TestServer, api_test, race};

async fn post(server: &TestServer, path: &str, body: &Value) -> (u16, Value) {
    let answer = server.client.post(server.url(path)).json(body).send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

fn count(answers: &[(u16, Value)], status: u16, code: &str) -> usize {
    answers.iter().filter(|(found, body)| *found == status && body["code"].as_str().unwrap_or("") == code).count()
}

api_test! {
    async fn of_fifty_right_answers_one_wins(app) {
        let server = Arc::new(TestServer::start(&app).await);
        let second = Arc::new(TestServer::start(&app.beside("").await).await);
        let id = app.challenge(PHONE).await;
        let body = json!({ "challenge_id": id, "code": app.code(PHONE).await });
        let answers = race(50, |place| {
            let (server, body) = (if place % 2 == 0 { server.clone() } else { second.clone() }, body.clone());
            async move { post(&server, "/api/auth/phone/verify/", &body).await }
        })
        .await;
        assert_eq!(count(&answers, 200, ""), 1);
        assert_eq!(count(&answers, 404, "challenge-not-found"), 49);
        let winner = answers.iter().find(|(status, _)| *status == 200).expect("one");
        let sessions = app.get("/api/auth/sessions/").bearer(winner.1["access"].as_str().expect("a token")).send().await.ok(200);
        assert_eq!(sessions.body.as_array().map(Vec::len), Some(1));
    }
}

api_test! {
    async fn of_three_hundred_guesses_five_are_compared(app) {
        let server = Arc::new(TestServer::start(&app).await);
        let second = Arc::new(TestServer::start(&app.beside("").await).await);
        let id = app.challenge(PHONE).await;
        let right: u32 = app.code(PHONE).await.parse().expect("digits");
        let answers = race(300, |place| {
            let (server, id) = (if place % 2 == 0 { server.clone() } else { second.clone() }, id.clone());
            let wrong = format!("{:06}", (right + 1 + u32::try_from(place).expect("small")) % 1_000_000);
            async move { post(&server, "/api/auth/phone/verify/", &json!({ "challenge_id": id, "code": wrong })).await }
        })
        .await;
        assert_eq!(count(&answers, 422, "invalid-code"), 5);
        assert_eq!(count(&answers, 404, "challenge-not-found"), 295);
        let left: BTreeSet<_> = answers.iter().filter_map(|(_, body)| body["attempts_remaining"].as_u64()).collect();
        assert_eq!(left, BTreeSet::from([0, 1, 2, 3, 4]));
    }
}

async fn refreshes(app: &crate::support::TestApp, times: usize) {
    let server = Arc::new(TestServer::start(app).await);
    let second = Arc::new(TestServer::start(&app.beside("").await).await);
    let customer = app.customer(PHONE).await;
    let answers = race(times, |place| {
        let (server, body) =
            (if place % 2 == 0 { server.clone() } else { second.clone() }, json!({ "refresh": customer.refresh }));
        async move { post(&server, "/api/auth/token/refresh/", &body).await }
    })
    .await;
    assert_eq!(count(&answers, 200, ""), times, "nobody is logged out");
    let successors: BTreeSet<_> = answers.iter().map(|(_, body)| body["refresh"].as_str().expect("a token")).collect();
    assert_eq!(successors.len(), 1);
    let next = Customer { refresh: successors.first().expect("one").to_string(), ..customer };
    next.refresh().await.ok(200);
}

api_test! {
    async fn twenty_refreshes_leave_one_successor_and_nobody_logged_out(app) {
        refreshes(&app, 20).await;
    }
}

api_test! {
    async fn two_hundred_refreshes_leave_one_successor_and_nobody_logged_out(app) {
        refreshes(&app, 200).await;
    }
}

api_test! {
    async fn a_race_of_refreshes_and_a_logout_leaves_nothing_alive(app) {
        let server = Arc::new(TestServer::start(&app).await);
        let customer = app.customer(PHONE).await;
        let answers = race(20, |place| {
            let (server, customer) = (server.clone(), customer.clone());
            async move {
                if place == 7 {
                    let call = server.client.post(server.url("/api/auth/logout/")).bearer_auth(&customer.access);
                    (call.send().await.expect("an answer").status().as_u16(), Value::Null)
                } else {
                    post(&server, "/api/auth/token/refresh/", &json!({ "refresh": customer.refresh })).await
                }
            }
        })
        .await;
        assert_eq!(answers[7].0, 204);
        assert!(answers.iter().all(|(status, _)| matches!(status, 200 | 204 | 401)));
        for (_, body) in answers.iter().filter(|(status, _)| *status == 200) {
            let late = Customer {
                access: body["access"].as_str().expect("a token").to_owned(),
                refresh: body["refresh"].as_str().expect("a token").to_owned(),
                ..customer.clone()
            };
            assert!(!late.is_alive().await);
            late.refresh().await.problem("session-ended");
        }
    }
}

api_test! {
    async fn two_first_sign_ins_make_one_person(app) {
        let server = Arc::new(TestServer::start(&app).await);
        let answers = race(20, |_| {
            let server = server.clone();
            async move { post(&server, "/api/auth/phone/request/", &json!({ "phone": PHONE })).await }
        })
        .await;
        assert_eq!(count(&answers, 202, ""), 1);
        assert_eq!(count(&answers, 429, "quota-exceeded"), 19);

        let first = answers.iter().find(|(status, _)| *status == 202).expect("one").1["challenge_id"].clone();
        let first_code = app.code(PHONE).await;
        app.advance(61);
        let second = app.challenge(PHONE).await;
        let bodies = [json!({ "challenge_id": first, "code": first_code }), json!({ "challenge_id": second, "code": app.code(PHONE).await })];
        let answers = race(2, |place| {
            let (server, body) = (server.clone(), bodies[place].clone());
            async move { post(&server, "/api/auth/phone/verify/", &body).await }
        })
        .await;
        // The first to come claims the phone; what was asked for before the claim is dead with it.
        assert_eq!(count(&answers, 200, ""), 1);
        assert_eq!(count(&answers, 404, "challenge-not-found"), 1);
    }
}
