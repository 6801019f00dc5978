//! An operation of Discord whose errors and headers depend on the status.
//!
//! `discord.json`: `get_application`

use discord::{GetApplication, GetApplicationError, GetApplicationHeaders, ResponseHead};

#[test]
fn errors() {
    let (call, application) = GetApplication::new("123").call().expect("it is in order").split();
    assert_eq!((call.method(), call.path()), ("GET", "/applications/123"));
    let failed = |status, body: &'static str| {
        let head = ResponseHead::new(status)
            .with_header("content-type", "application/json")
            .with_header("x-ratelimit-limit", "5")
            .with_header("x-ratelimit-reset-after", "0.25");
        application.decode(&head, body).unwrap_err()
    };
    let limited = failed(429, r#"{"code": 0, "message": "slow down", "retry_after": 0.25, "global": false}"#);
    let Some(GetApplicationError::TooManyRequests(known)) = limited.described() else {
        panic!("{limited:?}");
    };
    assert_eq!((known.retry_after, known.global), (0.25, false));
    let headers = GetApplicationHeaders::new(limited.head());
    assert_eq!(headers.x_rate_limit_limit(), Ok(Some(5)));
    assert_eq!(headers.x_rate_limit_reset_after(), Ok(Some(0.25)));
    assert_eq!(headers.x_rate_limit_bucket(), Ok(None));

    let unknown = failed(404, r#"{"code": 10002, "message": "Unknown Application"}"#);
    let Some(GetApplicationError::ClientError(known)) = unknown.described() else {
        panic!("{unknown:?}");
    };
    assert_eq!((known.code, known.message.as_str()), (10002, "Unknown Application"));
    let page = failed(502, "<html>");
    assert!(page.described().is_none());
    assert_eq!(page.body().text(), "<html>");
}
