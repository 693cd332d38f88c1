//! Access tokens that are not ours, not whole, or not for here (security rule 8).

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Map, Value, json};

use crate::support::{Customer, OTHER, PHONE, TestApp};

fn claims(token: &str) -> Map<String, Value> {
    let payload = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("base64")).expect("claims")
}

/// Signs with the service's own key, so that nothing but what the test changed is wrong.
fn sign(app: &TestApp, header: impl FnOnce(&mut Header), claims: &Map<String, Value>) -> String {
    let key = &app.config.auth.jwt_keys[0];
    let mut head = Header { typ: Some("at+jwt".to_owned()), kid: Some(key.kid.clone()), ..Header::new(Algorithm::EdDSA) };
    header(&mut head);
    encode(&head, claims, &EncodingKey::from_ed_pem(key.secret.expose().as_bytes()).expect("a key")).expect("signs")
}

async fn is_refused(app: &TestApp, token: &str, why: &str) {
    let answer = app.get("/api/me/").bearer(token).send().await;
    assert_eq!(answer.body["code"], "unauthenticated", "{why}");
}

async fn signed_in() -> (TestApp, Customer, Map<String, Value>) {
    let app = TestApp::sqlite().await;
    let customer = app.customer(PHONE).await;
    let claims = claims(&customer.access);
    (app, customer, claims)
}

#[tokio::test]
async fn a_token_signed_like_ours_passes_so_that_the_refusals_mean_something() {
    let (app, _, claims) = signed_in().await;
    app.get("/api/me/").bearer(&sign(&app, |_| {}, &claims)).send().await.ok(200);
}

#[tokio::test]
async fn every_claim_must_be_there_typed_and_right() {
    let (app, _, claims) = signed_in().await;
    for name in ["iss", "aud", "sub", "sid", "epoch", "iat", "nbf", "exp", "jti"] {
        let mut less = claims.clone();
        less.remove(name);
        is_refused(&app, &sign(&app, |_| {}, &less), name).await;
        let mut odd = claims.clone();
        odd.insert(name.to_owned(), json!({ "a": 1 }));
        is_refused(&app, &sign(&app, |_| {}, &odd), name).await;
    }
    let now = app.uc.clock().now().timestamp();
    for (name, value) in [
        ("iss", json!("https://elsewhere.example")),
        ("aud", json!("elsewhere")),
        ("exp", json!(now - 61)),
        ("nbf", json!(now + 61)),
        ("exp", json!("never")),
    ] {
        let mut wrong = claims.clone();
        wrong.insert(name.to_owned(), value.clone());
        is_refused(&app, &sign(&app, |_| {}, &wrong), &format!("{name} {value}")).await;
    }
}

#[tokio::test]
async fn type_and_key_id_are_ours_alone_and_keys_in_the_header_are_ignored() {
    let (app, _, claims) = signed_in().await;
    for typ in [None, Some("JWT"), Some("at+jwtx")] {
        is_refused(&app, &sign(&app, |head| head.typ = typ.map(str::to_owned), &claims), "typ").await;
    }
    is_refused(&app, &sign(&app, |head| head.kid = None, &claims), "no kid").await;
    is_refused(&app, &sign(&app, |head| head.kid = Some("../../key".to_owned()), &claims), "odd kid").await;

    let stranger = TestApp::sqlite().await;
    let kid = app.config.auth.jwt_keys[0].kid.clone();
    let jku = |head: &mut Header| {
        head.kid = Some(kid);
        head.jku = Some("https://evil.example/jwks.json".to_owned());
    };
    is_refused(&app, &sign(&stranger, jku, &claims), "signed by another key").await;
}

#[tokio::test]
async fn neither_none_nor_a_public_key_as_hs256_secret_works() {
    let (app, customer, claims) = signed_in().await;
    let kid = &app.config.auth.jwt_keys[0].kid;
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let body = part(&Value::Object(claims.clone()));
    for alg in ["none", "None", "NONE", ""] {
        let head = part(&json!({ "alg": alg, "typ": "at+jwt", "kid": kid }));
        is_refused(&app, &format!("{head}.{body}."), alg).await;
        is_refused(&app, &format!("{head}.{body}"), alg).await;
    }
    let x = app.uc.jwks()["keys"][0]["x"].as_str().expect("a public key").to_owned();
    let raw = URL_SAFE_NO_PAD.decode(&x).expect("base64");
    let mut der = vec![0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    der.extend(&raw);
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(&der));
    for secret in [raw, der, pem.into_bytes(), x.into_bytes()] {
        let head = Header { typ: Some("at+jwt".to_owned()), kid: Some(kid.clone()), ..Header::new(Algorithm::HS256) };
        let token = encode(&head, &claims, &EncodingKey::from_secret(&secret)).expect("signs");
        is_refused(&app, &token, "HS256").await;
    }
    let signature = customer.access.rsplit('.').next().expect("three parts");
    is_refused(&app, &customer.access.replace(signature, "AAAA"), "broken signature").await;
    is_refused(&app, &format!("{}.{}", customer.access, signature), "four parts").await;
}

#[tokio::test]
async fn a_token_ends_after_its_life_and_the_leeway() {
    let (app, customer, _) = signed_in().await;
    app.advance(600 + 29);
    assert!(customer.is_alive().await);
    app.advance(2);
    is_refused(&app, &customer.access, "expired").await;
}

#[tokio::test]
async fn a_token_of_another_service_on_the_same_keys_is_not_for_here() {
    let (app, customer, _) = signed_in().await;
    let other = app.beside("[auth]\naudience = 'partner'").await;
    is_refused(&other, &customer.access, "audience").await;
    let other = app.beside("[auth]\nissuer = 'https://elsewhere.example'").await;
    is_refused(&other, &customer.access, "issuer").await;
}

#[tokio::test]
async fn session_person_and_epoch_must_belong_together() {
    let (app, customer, claims) = signed_in().await;
    let neighbour = app.customer(OTHER).await;
    for (name, value) in [("sub", json!(neighbour.user_id)), ("sid", json!(neighbour.session_id)), ("epoch", json!(7))] {
        let mut mixed = claims.clone();
        mixed.insert(name.to_owned(), value);
        let answer = app.get("/api/me/").bearer(&sign(&app, |_| {}, &mixed)).send().await;
        answer.problem("session-ended");
    }
    assert!(customer.is_alive().await);
}
