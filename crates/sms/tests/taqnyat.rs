use sms::testing::Reply;

use crate::support::{NUMBER, answered, assert_each, message, request_of, taqnyat};

#[tokio::test]
async fn a_message_is_json_with_a_bearer_token() {
    let request = request_of(&taqnyat()).await;
    assert_eq!(request.line, "POST /send/v1/messages");
    assert_eq!(request.header("authorization"), "Bearer hush-token");
    assert_eq!(request.header("content-type"), "application/json");
    let body: serde_json::Value = serde_json::from_str(&request.body).expect("JSON");
    assert_eq!(body, serde_json::json!({ "recipients": [NUMBER], "body": message().body, "sender": "Salon" }));
}

#[tokio::test]
async fn a_201_is_looked_into() {
    assert_each(
        &taqnyat(),
        &[
            (201, r#"{"statusCode":201,"messageId":1,"accepted":"[]","rejected":"[966501234567,]"}"#, "invalid number"),
            (201, r#"{"statusCode":201,"messageId":1,"accepted":[],"rejected":["966501234567"]}"#, "invalid number"),
            (201, r#"{"statusCode":"201","messageId":"a-1","accepted":["966501234567"],"rejected":[]}"#, "taken"),
            (201, r#"{"statusCode":201}"#, "taken"),
            (200, r#"{"messageId":1}"#, "taken"),
            (200, r#"{"statusCode":401,"message":"x"}"#, "permanent"),
            (200, r#"{"statusCode":400,"message":"Recipients are not valid"}"#, "invalid number"),
            (200, r#"{"statusCode":429}"#, "rate limited"),
            (200, r#"{"statusCode":503}"#, "temporary"),
            (200, r#"{"statusCode":500}"#, "unknown"),
            (200, r#"{"statusCode":"soon"}"#, "unknown"),
        ],
    )
    .await;
    assert_eq!(answered(&taqnyat(), Reply::json(200, r#"{"messageId":"a-1"}"#)).await, Ok(Some("a-1".to_owned())));
}

#[tokio::test]
async fn each_refusal_is_what_it_says() {
    assert_each(
        &taqnyat(),
        &[
            (400, r#"{"statusCode":400,"message":"The recipients field is required"}"#, "invalid number"),
            (400, r#"{"statusCode":400,"message":"Invalid Recipients"}"#, "invalid number"),
            (400, r#"{"statusCode":400,"message":"Insufficient balance"}"#, "temporary"),
            (400, r#"{"statusCode":400,"message":"Sender name is not active"}"#, "permanent"),
            (400, r#"{"statusCode":400,"message":"Your account is suspended"}"#, "permanent"),
            (401, r#"{"statusCode":401,"message":"Credentials are not valid"}"#, "permanent"),
            (403, "", "permanent"),
            (405, r#"{"statusCode":405,"message":"Method is not allowed"}"#, "permanent"),
            // It contradicts itself, but a refusal it is.
            (400, r#"{"statusCode":201,"messageId":1}"#, "permanent"),
        ],
    )
    .await;
}
