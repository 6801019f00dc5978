//! Calls.

#[cfg(feature = "http")]
use openapi_runtime::Credentials;
use openapi_runtime::{Boundary, Call, Form, JsonResponse, RequestError, Upload};
use serde_json::json;

#[test]
fn json_and_forms() {
    let call: Call<JsonResponse<i64>> =
        Call::json("POST", "images/edits", &json!({"n": 1})).unwrap();
    assert_eq!(call.path(), "/images/edits");
    assert_eq!(
        call.headers(),
        [
            ("accept", "application/json".to_owned()),
            ("content-type", "application/json".to_owned())
        ]
    );
    assert_eq!(call.content_length(), Some(7));
    let again = call.accept("image/png").try_clone().unwrap().unwrap();
    assert_eq!(again.headers()[0], ("accept", "image/png".to_owned()));
    assert_eq!(again.into_body().into_bytes().unwrap(), &b"{\"n\":1}"[..]);

    let mut form = Form::new();
    form.add("image", Upload::from_reader(&b"x"[..]));
    let boundary = Boundary::new("B").unwrap();
    let call: Call = Call::multipart_with_boundary("POST", "/", form, &boundary).unwrap();
    assert_eq!(call.content_type(), Some("multipart/form-data; boundary=B"));
    assert_eq!(call.content_length(), None);
    assert!(call.try_clone().unwrap().is_none());

    let call: Call = Call::empty("GET", "/models").unwrap();
    let (head, body) = call.into_parts();
    assert_eq!((head.headers.len(), body.content_length()), (0, Some(0)));
}

#[test]
fn errors_are_told() {
    let mut form = Form::new();
    form.add("image", Upload::from_bytes(&b"x"[..]).content_type("png"));
    let error = Call::<()>::multipart("POST", "/", form).unwrap_err();
    assert!(matches!(error, RequestError::ContentType { .. }));
    assert_eq!(
        error.to_string(),
        "the content type \"png\" of `image` is not a media type such as `image/png`"
    );
}

#[cfg(feature = "http")]
#[test]
fn http_requests() {
    let call: Call<JsonResponse<i64>> = Call::json("POST", "/images/edits", &json!(1)).unwrap();
    let request = call
        .into_http("https://api.example.com/v1", &Credentials::none())
        .unwrap();
    assert_eq!(request.uri(), "https://api.example.com/v1/images/edits");
    assert_eq!(request.headers()["content-length"], "1");
    assert!(!request.headers()["content-type"].is_sensitive());
    let call: Call = Call::empty("GET", "/a path").unwrap();
    let error = call
        .into_http("https://example.com", &Credentials::none())
        .unwrap_err();
    assert!(matches!(error, RequestError::Http(_)));
}

#[cfg(feature = "http")]
#[test]
fn base_urls() {
    let cases = [
        ("https://h", "/a/b", "https://h/a/b"),
        ("https://h/", "/a/b", "https://h/a/b"),
        ("https://h/v1", "/a/b", "https://h/v1/a/b"),
        ("https://h/v1//", "/a/b", "https://h/v1/a/b"),
        ("https://h/v1?k=1", "/a/b", "https://h/v1/a/b?k=1"),
        ("https://h/v1/?k=1&l", "/a/b", "https://h/v1/a/b?k=1&l"),
        ("https://h/v1?k=1", "/a/b?x=/", "https://h/v1/a/b?k=1&x=/"),
        ("https://h/v1?", "/a/b?", "https://h/v1/a/b"),
        ("https://h?k=1", "/a/b#c?d", "https://h/a/b?k=1"),
        ("https://h/v1", "/a/b?x=1", "https://h/v1/a/b?x=1"),
        ("HTTP://localhost:8080", "/", "http://localhost:8080/"),
        ("http://[::1]:80/v1/", "/", "http://[::1]:80/v1/"),
        ("https://h/@v1", "/a", "https://h/@v1/a"),
    ];
    for (base_url, path, expected) in cases {
        let call: Call = Call::empty("GET", path).unwrap();
        let request = call.into_http(base_url, &Credentials::none()).unwrap();
        assert_eq!(request.uri(), expected, "{base_url} {path}");
    }
}

#[cfg(feature = "http")]
#[test]
fn base_urls_that_are_refused() {
    let user = "has user information, which HTTP does not send in a URL";
    let fragment = "has a fragment, which HTTP does not send";
    let scheme = "has a scheme other than `http` and `https`";
    let blanks = "has leading or trailing white space";
    let port = "has a port that is not a number up to 65535";
    let cases = [
        (
            "api.openai.com",
            "api.openai.com",
            "has no scheme",
            "https://api.openai.com",
        ),
        (
            "localhost:8080/v1",
            "localhost:8080/v1",
            "has no scheme",
            "https://localhost:8080/v1",
        ),
        ("", "", "has no scheme", "https://api.example.com/v1"),
        ("/v1", "/v1", "has no scheme", "https://api.example.com/v1"),
        (" https://h", " https://h", blanks, "https://h"),
        ("http://h/v1\n", "http://h/v1\n", blanks, "http://h/v1"),
        ("ftp://h/v1", "ftp://h/v1", scheme, "https://h/v1"),
        (
            "https://",
            "https://",
            "has no host",
            "https://api.example.com/v1",
        ),
        (
            "https:///v1",
            "https:///v1",
            "has no host",
            "https://api.example.com/v1",
        ),
        (
            "http://:80",
            "http://:80",
            "has no host",
            "https://api.example.com/v1",
        ),
        ("http://h/v1#a", "http://h/v1#a", fragment, "http://h/v1"),
        (
            "https://me:secret@h/v1?a",
            "…@h/v1?a",
            user,
            "https://h/v1?a",
        ),
        ("https://me@h", "…@h", user, "https://h"),
        ("https://me:se/cr#et@h", "…@h", fragment, "https://h"),
        ("me:secret@h", "…@h", "has no scheme", "https://h"),
        (
            "https://h:99999",
            "https://h:99999",
            port,
            "https://api.example.com/v1",
        ),
        (
            "https://h:a/v1",
            "https://h:a/v1",
            port,
            "https://api.example.com/v1",
        ),
        (
            "https://a b",
            "https://a b",
            "is not a URL (invalid uri character)",
            "https://api.example.com/v1",
        ),
    ];
    for (base_url, shown, reason, suggestion) in cases {
        let call: Call = Call::empty("GET", "/").unwrap();
        let error = call.into_http(base_url, &Credentials::none()).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the base URL {shown:?} {reason}; write a URL such as `{suggestion}`")
        );
        assert!(!format!("{error:?}").contains("secret"));
    }
}

#[cfg(feature = "http")]
#[test]
fn http_responses() {
    let response = http::Response::builder()
        .status(201)
        .header("X-Request-Id", "req_1")
        .body(())
        .unwrap();
    let head = openapi_runtime::ResponseHead::from(&response);
    assert_eq!((head.status(), head.request_id()), (201, Some("req_1")));
    let parts = response.into_parts().0;
    for same in [
        openapi_runtime::ResponseHead::from(&parts),
        (parts.status, &parts.headers).into(),
    ] {
        assert_eq!(same, head);
    }
}
