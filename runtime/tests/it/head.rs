//! Heads of responses: how long to wait.

use std::time::{Duration, SystemTime};

use openapi_runtime::ResponseHead;

/// Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110, section 5.6.7.
fn example() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
}

fn waits(name: &str, value: &str, now: SystemTime) -> Option<Duration> {
    ResponseHead::new(429)
        .with_header("X-Other", "1")
        .with_header(name, value)
        .retry_after_at(now)
}

#[test]
fn seconds_and_milliseconds() {
    let cases = [
        ("Retry-After", "0", Some(Duration::ZERO)),
        ("retry-after", "100", Some(Duration::from_secs(100))),
        ("Retry-After", " 1.5 ", Some(Duration::from_millis(1500))),
        ("Retry-After-Ms", "250", Some(Duration::from_millis(250))),
        ("retry-after-ms", "0.5", Some(Duration::from_micros(500))),
    ];
    for (name, value, expected) in cases {
        assert_eq!(waits(name, value, example()), expected, "{name}: {value}");
    }
}

#[test]
fn dates_of_each_format() {
    let now = example() - Duration::from_secs(7);
    for date in [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ] {
        let found = waits("Retry-After", date, now);
        assert_eq!(found, Some(Duration::from_secs(7)), "{date}");
        let later = example() + Duration::from_secs(1);
        let passed = waits("Retry-After", date, later);
        assert_eq!(passed, Some(Duration::ZERO), "{date}");
    }
    let distant = waits("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT", now);
    assert!(distant.is_some_and(|distant| distant > Duration::from_secs(200_000_000_000)));
}

#[test]
fn nonsense_and_what_is_too_long() {
    let long = "9".repeat(400);
    for value in [
        "",
        "-1",
        "+1",
        "1e3",
        "inf",
        "NaN",
        "1.",
        ".5",
        "1.5.5",
        "1 2",
        "0x10",
        "\u{661}",
        "soon",
        "Sun, 06 Nov 1994 08:49:37",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        &long,
    ] {
        for name in ["Retry-After", "retry-after-ms"] {
            assert_eq!(waits(name, value, example()), None, "{name}: {value}");
        }
    }
    let seconds = u64::MAX.to_string();
    assert_eq!(waits("Retry-After", &seconds, example()), None);
    assert_eq!(ResponseHead::new(503).retry_after(), None);
}

#[test]
fn milliseconds_come_first_unless_they_are_nonsense() {
    let head = |milliseconds: &str| {
        ResponseHead::new(429)
            .with_header("retry-after", "2")
            .with_header("retry-after-ms", milliseconds)
            .retry_after()
    };
    assert_eq!(head("1500"), Some(Duration::from_millis(1500)));
    assert_eq!(head("soon"), Some(Duration::from_secs(2)));
}
