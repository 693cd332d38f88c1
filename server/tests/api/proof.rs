//! Proof of work, as an app meets it: 428 with a puzzle, then 202. What counts as one is tested in the use cases.

use domain::proof::solve;
use serde_json::{Value, json};

use crate::support::{Answer, PHONE, TestApp, api_test};

const PATH: &str = "/api/auth/phone/request/";
const ALWAYS: &str = "[proof]\ndemand = 'always'\nbits = 8\n";

async fn ask(app: &TestApp, body: Value) -> Answer {
    app.post(PATH).json(&body).send().await
}

/// The answer to a demand.
fn solution(demand: &Answer) -> Value {
    let proof = &demand.body["proof"];
    let puzzle = proof["puzzle"].as_str().expect("a puzzle");
    let bits = u8::try_from(proof["bits"].as_u64().expect("a number")).expect("small");
    json!({ "puzzle": puzzle, "solution": solve(puzzle, bits).expect("there is one").to_string() })
}

api_test! {
    async fn a_stranger_is_told_all_it_takes_and_then_gets_a_code(app) {
        let app = app.beside(ALWAYS).await;
        let demand = ask(&app, json!({ "phone": "0501234567" })).await.problem("proof-required");
        let mut proof = demand.body["proof"].clone();
        let puzzle = proof["puzzle"].take();
        assert_eq!(puzzle.as_str().map(str::len), Some(44));
        let expected = json!({
            "algorithm": "sha-256", "puzzle": null, "bits": 8, "expires_at": "2026-11-18T12:10:00Z", "wait_s": 60
        });
        assert_eq!(proof, expected);
        assert!(app.messages(PHONE).await.is_empty());

        let again = ask(&app, json!({ "phone": PHONE, "proof": { "puzzle": puzzle, "solution": "x" } })).await;
        assert_ne!(again.problem("proof-required").body["proof"]["puzzle"], puzzle, "another");
        let early = ask(&app, json!({ "phone": PHONE, "proof": { "puzzle": puzzle } })).await.problem("proof-required");
        assert_eq!(early.body["proof"]["puzzle"], puzzle, "only too early");
        ask(&app, json!({ "phone": PHONE, "proof": solution(&demand) })).await.ok(202);
        assert_eq!(app.messages(PHONE).await.len(), 1);
    }
}

api_test! {
    async fn a_demand_does_not_tell_who_is_there(app) {
        use crate::enumeration::{ALL, people, seen};
        people(&app).await;
        let app = app.beside(&format!("{ALWAYS}\n[phones]\ncountries = ['SA', 'AE']")).await;
        let (mut demands, mut codes) = (Vec::new(), Vec::new());
        for phone in ALL {
            let before = app.uc.store().statements();
            let demand = ask(&app, json!({ "phone": phone })).await.problem("proof-required");
            let after = app.uc.store().statements();
            demands.push(seen("demand", &demand, after - before));
            let code = ask(&app, json!({ "phone": phone, "proof": solution(&demand) })).await.ok(202);
            codes.push(seen("request with a proof", &code, app.uc.store().statements() - after));
        }
        for place in 1..ALL.len() {
            assert_eq!(demands[place], demands[0], "{}", ALL[place]);
            assert_eq!(codes[place], codes[0], "{}", ALL[place]);
        }
    }
}

#[tokio::test]
async fn a_demand_is_in_the_language_of_the_caller() {
    let app = TestApp::with(ALWAYS).await;
    let body = json!({ "phone": PHONE });
    let english = app.post(PATH).header("accept-language", "en").json(&body).send().await.problem("proof-required");
    let arabic = app.post(PATH).json(&body).send().await.problem("proof-required");
    assert_ne!(english.body["title"], arabic.body["title"]);
    assert_eq!(english.header("retry-after"), "", "waiting is one way out, not the only one");
}

#[tokio::test]
async fn a_proof_is_read_as_strictly_as_everything() {
    let app = TestApp::sqlite().await;
    for (proof, errors) in [
        (r#""x""#, vec![("/proof", "invalid")]),
        ("{}", vec![("/proof/puzzle", "required")]),
        (r#"{"puzzle": "a", "puzzle": "b"}"#, vec![("/proof/puzzle", "invalid")]),
        (r#"{"puzzle": "a", "solution": 7, "bits": 1}"#, vec![("/proof/solution", "invalid"), ("/proof/bits", "unknown")]),
    ] {
        let body = format!(r#"{{"phone": "{PHONE}", "proof": {proof}}}"#);
        let answer = app.post(PATH).header("content-type", "application/json").body(body).send().await.problem("validation");
        let errors: Vec<_> = errors.into_iter().map(|(place, code)| (place.to_owned(), code.to_owned())).collect();
        assert_eq!(answer.errors(), errors, "{proof}");
    }
    for proof in [Value::Null, json!({ "puzzle": "made up", "solution": null })] {
        let phone = if proof.is_null() { PHONE } else { "+966551234567" };
        ask(&app, json!({ "phone": phone, "proof": proof })).await.ok(202);
    }
}
