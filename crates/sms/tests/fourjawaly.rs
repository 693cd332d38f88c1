use crate::support::{NUMBER, assert_each, fourjawaly, message, request_of};

#[tokio::test]
async fn a_message_is_json_with_basic_authentication() {
    let request = request_of(&fourjawaly()).await;
    assert_eq!(request.line, "POST /send/api/v1/account/area/sms/send");
    // base64 of hush-key:hush-secret
    assert_eq!(request.header("authorization"), "Basic aHVzaC1rZXk6aHVzaC1zZWNyZXQ=");
    let expected = serde_json::json!({ "messages": [{ "text": message().body, "numbers": [NUMBER], "sender": "Salon" }] });
    assert_eq!(serde_json::from_str::<serde_json::Value>(&request.body).expect("JSON"), expected);
}

#[tokio::test]
async fn a_200_is_looked_into() {
    assert_each(
        &fourjawaly(),
        &[
            (200, r#"{"job_id":"a"}"#, "taken"),
            (200, r#"{"job_id":7,"code":"200","messages":[{"inserted_numbers":1,"err_text":""}]}"#, "taken"),
            (200, r#"{"job_id":"a","messages":[{"err_text":"sender is not active"}]}"#, "permanent"),
            (200, r#"{"job_id":null,"code":200,"messages":[{"err_text":"x"}]}"#, "permanent"),
            (200, r#"{"job_id":"a","messages":[{"inserted_numbers":0}]}"#, "permanent"),
            (
                200,
                r#"{"job_id":"a","messages":[{"inserted_numbers":0,"error_numbers":[{"number":"966501234567","error":"x"}]}]}"#,
                "invalid number",
            ),
            (200, r#"{"job_id":"a","messages":[{"inserted_numbers":0,"no_package":["966501234567"]}]}"#, "temporary"),
            (200, r#"{"job_id":"a","code":401,"message":"x"}"#, "permanent"),
            (200, r#"{"code":400,"message":"x"}"#, "permanent"),
            (200, r#"{"code":429}"#, "rate limited"),
            (200, r#"{"code":503}"#, "temporary"),
            (200, r#"{"code":500,"message":"x"}"#, "unknown"),
            (200, r#"{"code":200,"message":"x"}"#, "unknown"),
            (200, r#"{"job_id":""}"#, "unknown"),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_refusal_is_permanent() {
    assert_each(
        &fourjawaly(),
        &[
            (400, r#"{"code":400,"message":"x"}"#, "permanent"),
            (401, r#"{"message":"Unauthenticated."}"#, "permanent"),
            (403, "<html>", "permanent"),
            (422, r#"{"message":"x","errors":{"messages.0.text":["x"]}}"#, "permanent"),
            (401, r#"{"job_id":"a"}"#, "permanent"),
        ],
    )
    .await;
}
