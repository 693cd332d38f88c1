use sms::testing::Reply;

use crate::support::{NUMBER, answered, assert_each, message, msegat, request_of};

#[tokio::test]
async fn a_message_is_json_with_the_credentials_inside() {
    let request = request_of(&msegat()).await;
    assert_eq!(request.line, "POST /send/gw/sendsms.php");
    assert_eq!(request.header("content-type"), "application/json");
    let expected = serde_json::json!({
        "userName": "hush-user", "apiKey": "hush-key", "numbers": NUMBER, "userSender": "Salon", "msg": message().body,
        "msgEncoding": "UTF8",
    });
    assert_eq!(serde_json::from_str::<serde_json::Value>(&request.body).expect("JSON"), expected);
}

#[tokio::test]
async fn success_has_two_names_and_may_be_a_number() {
    for body in [r#"{"code":"1"}"#, r#"{"code":1,"message":"Success"}"#, r#"{"code":"M0000"}"#] {
        assert_eq!(answered(&msegat(), Reply::json(200, body)).await, Ok(None), "{body}");
    }
    assert_eq!(answered(&msegat(), Reply::json(200, r#"{"code":"M0000","id":5}"#)).await, Ok(Some("5".to_owned())));
}

#[tokio::test]
async fn each_code_is_what_it_says() {
    let table = [
        ("M0001", "permanent"),
        ("M0002", "permanent"),
        ("M0023", "permanent"),
        ("M0029", "permanent"),
        ("M0034", "permanent"),
        ("1010", "permanent"),
        ("1020", "permanent"),
        ("1050", "permanent"),
        ("1060", "temporary"),
        ("1061", "taken"),
        ("1064", "permanent"),
        ("1110", "permanent"),
        ("1120", "invalid number"),
        ("1140", "permanent"),
        ("9999", "permanent"),
    ];
    let mut answers = Vec::new();
    for (code, expected) in table {
        let body = format!(r#"{{"code":"{code}","message":"x"}}"#);
        answers.extend([(200, body.clone(), expected), (400, body, expected)]);
    }
    assert_each(&msegat(), &answers).await;
    assert_each(&msegat(), &[(200, r#"{"code":1120}"#, "invalid number"), (400, r#"{"code":"1"}"#, "permanent")]).await;
}

#[tokio::test]
async fn an_error_names_its_code() {
    let outcome = answered(&msegat(), Reply::json(200, r#"{"code":"M0002","message":"Invalid login info"}"#)).await;
    assert_eq!(outcome.map_err(|error| error.to_string()), Err("permanent failure: 200, code M0002".to_owned()));
}
