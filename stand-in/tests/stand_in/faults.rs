//! Each fault.

use std::time::{Duration, Instant};

use serde_json::Value;
use stand_in::{FaultError, Faults, Options, StandIn};

use crate::client::{Answer, Request, start};

/// An edit that is answered with JSON.
fn whole(fault: &str) -> Answer {
    Request::edit()
        .text("size", "auto")
        .fault(fault)
        .post(&start())
}

fn streaming() -> Request {
    Request::edit().texts(&[
        ("size", "auto"),
        ("stream", "true"),
        ("partial_images", "2"),
    ])
}

/// An edit that is answered with two previews and a result.
fn stream(fault: &str) -> Answer {
    streaming().fault(fault).post(&start())
}

fn names(answer: &Answer) -> Vec<String> {
    answer.events().into_iter().map(|(name, _)| name).collect()
}

fn statuses<const N: usize>(server: &StandIn, fault: &str) -> [u16; N] {
    [(); N].map(|()| {
        Request::edit()
            .text("size", "auto")
            .fault(fault)
            .post(server)
            .status
    })
}

#[test]
fn none() {
    let answer = whole("");
    assert_eq!(
        (answer.status, answer.is_whole, answer.chunks.len()),
        (200, true, 0)
    );
    let answer = stream("");
    assert_eq!(
        (answer.status, answer.is_whole, answer.chunks.len()),
        (200, true, 3)
    );
}

#[test]
fn rate_limit() {
    let answer = whole("rate-limit; after=1500");
    assert_eq!(answer.status, 429);
    assert_eq!(answer.header("retry-after"), Some("2"));
    assert_eq!(answer.header("retry-after-ms"), Some("1500"));
    assert_eq!(answer.error()["code"], "rate_limit_exceeded");
    assert!(answer.header("x-request-id").is_some());
}

#[test]
fn server_error() {
    let answer = whole("server-error");
    assert_eq!(answer.status, 500);
    assert_eq!(answer.error()["type"], "server_error");
}

#[test]
fn times() {
    let server = start();
    assert_eq!(
        statuses(&server, "rate-limit; times=2"),
        [429, 429, 200, 429, 429, 200]
    );
    assert_eq!(statuses(&server, "server-error; times=1"), [500, 200, 500]);
    assert_eq!(statuses(&server, "server-error; times=0"), [200, 200]);
    assert_eq!(statuses(&server, "server-error"), [500, 500, 500]);
    // The first that is due is the answer.
    let both = "rate-limit; times=1, server-error; times=2";
    assert_eq!(statuses(&server, both), [429, 500, 200, 429, 500, 200]);
}

#[test]
fn error_event() {
    let first = stream("error-event");
    assert_eq!(
        (first.status, names(&first)),
        (200, vec!["error".to_owned()])
    );
    let later = stream("error-event; after=2");
    assert_eq!(
        names(&later),
        [
            "image_edit.partial_image",
            "image_edit.partial_image",
            "error"
        ]
    );
    let (_, data) = &later.events()[2];
    assert_eq!(data["type"], "error");
    assert!(data["error"]["message"].is_string());
    assert!(later.is_whole);
    assert_eq!(whole("error-event").status, 200);
}

#[test]
fn unknown_event() {
    let names = names(&stream("unknown-event"));
    let known = names
        .iter()
        .filter(|name| name.starts_with("image_edit.") && !name.ends_with("stand_in"));
    assert_eq!(
        (names.len(), known.count(), names[2].as_str()),
        (4, 3, "image_edit.stand_in")
    );
}

#[test]
fn missing_members() {
    for (_, data) in stream("missing-members").events() {
        let members: Vec<_> = data
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect();
        assert_eq!(members.len(), 3, "{members:?}");
        assert!(data["b64_json"].is_string());
    }
    let completed = &stream("missing-members; members=usage+b64_json").events()[2].1;
    assert_eq!(
        (&completed["usage"], &completed["b64_json"]),
        (&Value::Null, &Value::Null)
    );
    let answer = whole("missing-members; members=b64_json+created").json();
    assert_eq!(
        (&answer["created"], &answer["data"][0]),
        (&Value::Null, &serde_json::json!({}))
    );
}

#[test]
fn cut_upload() {
    let server = start();
    let long = Request::edit().text("user", &"x".repeat(1_000_000));
    assert!(
        long.fault("cut-upload; bytes=1000")
            .send(&server, "POST", "/v1/images/edits")
            .is_none()
    );
    assert!((1000..1_000_000).contains(&server.requests()[0].body_length));
}

#[test]
fn cut_head() {
    for answer in [whole("cut-head"), stream("cut-head")] {
        assert_eq!(
            (answer.status, answer.is_whole, answer.body.len()),
            (200, false, 0)
        );
        assert!(answer.header("x-request-id").is_some());
    }
}

#[test]
fn cut_body() {
    let answer = whole("cut-body");
    assert!(!answer.is_whole);
    let length: usize = answer
        .header("content-length")
        .and_then(|text| text.parse().ok())
        .expect("a length");
    assert_eq!(answer.body.len(), length / 2);

    let answer = stream("cut-body; event=1");
    let text = answer.text();
    assert!(!answer.is_whole);
    assert_eq!(
        (
            text.matches("event: ").count(),
            text.matches("\n\n").count()
        ),
        (2, 1)
    );
}

#[test]
fn end_body() {
    let answer = whole("end-body");
    assert!(answer.is_whole && serde_json::from_slice::<Value>(&answer.body).is_err());
    let answer = stream("end-body; event=2");
    let text = answer.text();
    assert!(answer.is_whole);
    assert_eq!(
        (
            text.matches("event: ").count(),
            text.matches("\n\n").count()
        ),
        (3, 2)
    );
}

#[test]
fn stalls() {
    for fault in [
        "stall-head; ms=300",
        "stall-body; ms=300",
        "stall-body; event=2; ms=300",
    ] {
        let begin = Instant::now();
        let answer = stream(fault);
        assert!(begin.elapsed() >= Duration::from_millis(300), "{fault}");
        assert_eq!(
            (answer.is_whole, names(&answer).len()),
            (true, 3),
            "{fault}"
        );
    }
}

#[test]
fn drip() {
    let answer = stream("drip");
    assert!(answer.is_whole && answer.chunks.iter().all(|length| *length == 1));
    assert_eq!(names(&answer).len(), 3);
    let answer = stream("drip; bytes=7");
    assert!(answer.chunks.iter().all(|length| *length <= 7));
    assert_eq!(
        whole("drip").json()["data"].as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn crlf() {
    let answer = stream("crlf");
    let text = answer.text();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(names(&answer).len(), 3);
}

#[test]
fn content_type() {
    let answer = whole("content-type");
    assert_eq!(
        (answer.header("content-type"), answer.json().is_object()),
        (Some("text/html"), true)
    );
    let answer = stream("content-type; type=application/json");
    assert_eq!(
        (answer.header("content-type"), names(&answer).len()),
        (Some("application/json"), 3)
    );
}

#[test]
fn several_at_once() {
    let answer = stream(
        "crlf, drip; bytes=3, unknown-event, cut-body; event=3, content-type; type=text/plain",
    );
    assert_eq!(answer.header("content-type"), Some("text/plain"));
    assert!(!answer.is_whole && answer.chunks.iter().all(|length| *length <= 3));
    let text = answer.text();
    // The lines are those of a stream, whatever the answer calls itself.
    assert!(text.contains("\r\n\r\n") && text.contains("stand_in"));
}

#[test]
fn the_server_has_faults_and_a_request_has_others() {
    let mut options = Options::default();
    options.faults = "server-error".parse().expect("a fault");
    let server = StandIn::start_with(options).expect("a port is free");
    let edit = || Request::edit().text("size", "auto");
    assert_eq!(edit().post(&server).status, 500);
    assert_eq!(edit().fault("rate-limit").post(&server).status, 429);
    assert_eq!(edit().fault("").post(&server).status, 200);
    server.set_faults("rate-limit; times=1".parse().expect("a fault"));
    assert_eq!([(); 2].map(|()| edit().post(&server).status), [429, 200]);
    server.set_faults(Faults::default());
    assert_eq!(edit().post(&server).status, 200);
}

#[test]
fn what_is_no_fault_is_refused() {
    let value = |fault: &str, setting: &str, value: &str| FaultError::Value {
        fault: fault.to_owned(),
        setting: setting.to_owned(),
        value: value.to_owned(),
    };
    let setting = |fault: &str, setting: &str| FaultError::Setting {
        fault: fault.to_owned(),
        setting: setting.to_owned(),
    };
    let cases = [
        ("late-rimit", FaultError::Unknown("late-rimit".to_owned())),
        ("crlf; bytes=1", setting("crlf", "bytes")),
        ("drip; bytes=0", value("drip", "bytes", "0")),
        ("drip; bytes", value("drip", "bytes", "")),
        (
            "crlf, stall-head; ms=600001",
            value("stall-head", "ms", "600001"),
        ),
        ("rate-limit; times=-1", value("rate-limit", "times", "-1")),
        (
            "content-type; type=a\nb",
            value("content-type", "type", "a\nb"),
        ),
    ];
    for (text, error) in cases {
        assert_eq!(text.parse::<Faults>(), Err(error));
    }
    let answer = Request::edit().fault("late-rimit").post(&start());
    assert_eq!(answer.status, 400);
    assert_eq!(answer.error()["param"], "x-stand-in-fault");
}

#[test]
fn a_connection_serves_again_after_a_fault() {
    let server = start();
    for fault in [
        "cut-head",
        "cut-body",
        "cut-upload",
        "drip",
        "stall-head; ms=1",
        "error-event",
        "",
    ] {
        streaming()
            .fault(fault)
            .send(&server, "POST", "/v1/images/edits");
    }
    assert_eq!(names(&streaming().post(&server)).len(), 3);
}
