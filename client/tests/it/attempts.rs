//! Which attempts are made, with what, and what the caller sees.

use std::time::Duration;

use openapi_client::runtime::security::{Requirement, Scheme};
use openapi_client::runtime::{Call, Credentials, JsonResponse, Upload, json};
use openapi_client::{Phase, Retries, Uploaded};

use crate::scripted::{Play, Scripted, answer};

const SECURED: &[Requirement] = &[Requirement::new(&[Scheme::bearer("Token")])];

type Answer = JsonResponse<Vec<i64>>;

/// The call that a case makes.
#[derive(Clone, Copy, Debug)]
enum Made {
    Get,
    Post,
    /// With a body that can be sent once only.
    PostOnce,
}

fn call(made: Made) -> Call<Answer> {
    let call = match made {
        Made::Get => Call::empty("GET", "/things"),
        Made::Post => Call::json("POST", "/things", &json::Value::from("x")),
        Made::PostOnce => Call::upload("POST", "/things", None, Upload::from_reader(&b"x"[..])),
    };
    call.expect("it is a call")
}

const OK: fn() -> Play = || answer(200, &[], "[1]");
const BUSY: fn() -> Play = || answer(429, &[("x-request-id", "r1")], "slow down");
const NO_CONNECTION: fn() -> Play = || Play::NoConnection;
const IN_UPLOAD: fn() -> Play = || Play::LostInUpload;
const AFTER_UPLOAD: fn() -> Play = || Play::LostAfterUpload;

/// The call, the policy, what happens, the number of requests, and the outcome.
type Case = (Made, Retries, Vec<fn() -> Play>, usize, &'static str);

fn cases() -> Vec<Case> {
    vec![
        (Made::Get, Retries::default(), vec![OK], 1, "[1]"),
        (
            Made::Post,
            Retries::default(),
            vec![BUSY, BUSY, OK],
            3,
            "[1]",
        ),
        (
            Made::Post,
            Retries::default(),
            vec![BUSY, BUSY, BUSY],
            3,
            "status 429 [request r1]: slow down (after 3 attempts)",
        ),
        (
            Made::Post,
            Retries::none(),
            vec![BUSY],
            1,
            "status 429 [request r1]: slow down",
        ),
        (
            Made::PostOnce,
            Retries::default(),
            vec![BUSY],
            1,
            "status 429 [request r1]: slow down (not retried: the body can be sent only once)",
        ),
        (
            Made::Post,
            Retries::default(),
            vec![NO_CONNECTION, OK],
            2,
            "[1]",
        ),
        (
            Made::Post,
            Retries::default().most(1),
            vec![NO_CONNECTION, NO_CONNECTION],
            2,
            "no response, the call failed before there was a connection: no route (after 2 attempts)",
        ),
        (
            Made::Post,
            Retries::default(),
            vec![IN_UPLOAD, OK],
            2,
            "[1]",
        ),
        (
            Made::Post,
            Retries::default(),
            vec![AFTER_UPLOAD],
            1,
            "no response, the call failed before the response began: reset by peer",
        ),
        (
            Made::Post,
            Retries::default().resending(),
            vec![AFTER_UPLOAD, OK],
            2,
            "[1]",
        ),
        (
            Made::Get,
            Retries::default(),
            vec![AFTER_UPLOAD, OK],
            2,
            "[1]",
        ),
        (
            Made::Get,
            Retries::default(),
            vec![|| answer(429, &[], r#"{"error": {"code": "insufficient_quota"}}"#)],
            1,
            r#"status 429: {"error": {"code": "insufficient_quota"}}"#,
        ),
        (
            Made::Get,
            Retries::default(),
            vec![|| answer(429, &[("retry-after", "121")], "")],
            1,
            "status 429",
        ),
        (
            Made::Get,
            Retries::default(),
            vec![|| answer(302, &[("location", "https://elsewhere.example")], "")],
            1,
            "status 302",
        ),
    ]
}

#[tokio::test]
async fn attempts_depend_on_the_failure_the_method_and_the_body() {
    for (made, retries, script, requests, wanted) in cases() {
        let script: Vec<Play> = script.iter().map(|play: &fn() -> Play| play()).collect();
        let transport = Scripted::new(&script, None);
        let outcome = transport.client().retries(retries).call(call(made)).await;
        let (found, attempts) = match &outcome {
            Ok(reply) => (format!("{:?}", **reply), reply.attempts()),
            Err(error) => (error.to_string(), error.attempts()),
        };
        assert_eq!(found, wanted);
        let asked = transport.asked.lock().expect("a lock");
        assert_eq!(
            (asked.requests.len(), attempts as usize),
            (requests, requests),
            "{found}"
        );
    }
}

#[tokio::test]
async fn pauses_are_what_the_server_asks_for_else_they_double() {
    let ask = || answer(503, &[("retry-after-ms", "1500")], "");
    let script = [ask(), BUSY(), BUSY(), OK()];
    let transport = Scripted::new(&script, None);
    let client = transport.client().retries(Retries::default().most(3));
    client
        .call(call(Made::Get))
        .await
        .expect("the fourth attempt succeeds");
    let asked = transport.asked.lock().expect("a lock");
    let [first, second, third] = asked.pauses.as_slice() else {
        panic!("{:?}", asked.pauses);
    };
    assert_eq!(*first, Duration::from_millis(1500));
    assert!((750..=1000).contains(&second.as_millis()), "{second:?}");
    assert!((1500..=2000).contains(&third.as_millis()), "{third:?}");
}

#[tokio::test]
async fn headers_credentials_and_query_are_sent_with_each_attempt() {
    let transport = Scripted::new(&[BUSY(), OK()], None);
    let tokens = std::sync::atomic::AtomicU32::new(1);
    let client = transport
        .client()
        .user_agent("lamps/1.2")
        .expect("a product");
    let client = client.header("x-tenant", "seven").expect("a header");
    let client = client.credentials_from(move || {
        let number = tokens.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        async move { Ok(Credentials::bearer(format!("token-{number}"))) }
    });
    let call = call(Made::Get).secured(SECURED);
    client
        .call(call)
        .await
        .expect("the second attempt succeeds");
    let asked = transport.asked.lock().expect("a lock");
    let agent = "user-agent=lamps/1.2 openapi-client/0.1.0 x-tenant=seven";
    let line = |token: &str| {
        format!(
            "GET https://api.example.com/v1/things?version=7 authorization=Bearer {token} {agent}"
        )
    };
    assert_eq!(asked.requests, [line("token-1"), line("token-2")]);
}

#[tokio::test]
async fn an_upload_is_observed_from_its_beginning_in_each_attempt() {
    let transport = Scripted::new(&[BUSY(), OK()], None);
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let note = seen.clone();
    let client = transport.client().on_upload(move |uploaded: Uploaded| {
        note.lock()
            .expect("a lock")
            .push((uploaded.sent, uploaded.total));
    });
    client
        .call(call(Made::Post))
        .await
        .expect("the second attempt succeeds");
    assert_eq!(*seen.lock().expect("a lock"), [(3, Some(3)), (3, Some(3))]);
}

#[tokio::test]
async fn an_error_says_how_far_the_call_came() {
    let cases = [
        (NO_CONNECTION, Phase::Connect, true),
        (IN_UPLOAD, Phase::Upload, true),
        (AFTER_UPLOAD, Phase::FirstByte, true),
        (BUSY, Phase::Response, true),
        (|| answer(404, &[], ""), Phase::Response, false),
        (|| answer(200, &[], "{}"), Phase::Response, false),
    ];
    for (play, phase, is_retryable) in cases {
        let transport = Scripted::new(&[play()], None);
        let client = transport.client().retries(Retries::none());
        let error = client.call(call(Made::Post)).await.expect_err("it fails");
        assert_eq!(
            (error.phase(), error.is_retryable()),
            (phase, is_retryable),
            "{error}"
        );
    }
    let client = Scripted::new(&[], None).client();
    let provider = || async { Err("the vault is closed".into()) };
    let error = client
        .credentials_from(provider)
        .call(call(Made::Get))
        .await;
    let error = error.expect_err("there are no credentials");
    assert_eq!(
        error.to_string(),
        "the credentials could not be obtained: the vault is closed"
    );
    assert_eq!((error.phase(), error.attempts()), (Phase::Request, 0));
}

#[test]
fn no_key_is_printed() {
    let client = Scripted::new(&[], None).client().bearer("sk-secret");
    let client = client.header("x-key", "sk-other").expect("a header");
    let text = format!("{client:?}");
    assert!(!text.contains("sk-"), "{text}");
}

#[test]
fn a_wrong_base_url_is_an_error_at_once() {
    let transport = Scripted::new(&[], None);
    let client = openapi_client::Client::with_transport("api.example.com", transport);
    let error = client.expect_err("it has no scheme").to_string();
    assert!(error.contains("has no scheme"), "{error}");
}
