//! Text of errors: excerpts, without control characters.

use openapi_runtime::{EventDecoder, JsonResponse, Raw, ResponseHead, StreamError};

use crate::images::{ImageEvent, ImagesError, ImagesResponse};
use crate::stream::{decode, head};

/// The output for an error with a body of megabytes is short.
#[test]
fn errors_of_streams_show_excerpts() {
    let text = "x".repeat(3_000_000);
    let streams = [
        format!("data: {text}\n\n"),
        format!("event: error\ndata: {text}\n\n"),
        format!("data: {{\"error\":{{\"message\":\"{text}\",\"code\":\"{text}\"}}}}\n\n"),
        format!("data: {{\"b64_json\":\"{text}"),
        format!("event: other\ndata: {text}\n\n"),
        format!("event: {text}\ndata: {{\n\n"),
        text.clone(),
    ];
    for stream in streams {
        let mut decoder = EventDecoder::<ImageEvent>::new(&head());
        decoder.push(stream.clone());
        assert!(format!("{decoder:?}").len() < 1000);
        decoder.finish();
        let item = decoder.next().unwrap();
        let start = &stream[..20];
        assert!(format!("{item:?}").len() < 20_000, "{start}");
        assert!(format!("{item:#?}").len() < 20_000, "{start}");
        if let Err(error) = item {
            assert!(error.to_string().len() < 10_000, "{start}");
        }
    }
}

#[test]
fn nothing_of_a_server_controls_the_terminal() {
    let escape = "\\u001b[2J";
    let stream = format!(
        "event: error\ndata: {{\"message\":\"{escape}\",\"code\":\"{escape}\",\"type\":\"{escape}\"}}\n\n"
    );
    let (mut items, _) = decode(&head(), stream.as_bytes());
    let error = items.remove(0).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the API reports an error: {\"message\":\"\\u001b[2J\",\"code\":\"\\u001b[2J\",\"type\":\"\\u001b[2J\"}"
    );
    let name: StreamError = StreamError::Truncated {
        name: Some("\u{1b}".into()),
        data: Raw::from("\u{1b}"),
    };
    assert_eq!(
        name.to_string(),
        "the stream ended within an event \"\\u{1b}\": \\u{1b}"
    );
}

/// The output of `main` for an error is short, for any body.
#[test]
fn errors_of_responses_show_excerpts() {
    let response = JsonResponse::<ImagesResponse, ImagesError>::default();
    let image = "QUJD".repeat(350_000);
    let bodies = [
        format!("{{\"data\":[{{\"b64_json\":\"{image}\"}}],\"created\":\"soon\"}}"),
        format!("{{\"created\":\"{image}\"}}"),
        format!("{{\"created\":[],\"error\":{{\"message\":\"{image}\",\"type\":\"{image}\"}}}}"),
        image,
    ];
    for body in bodies {
        for status in [200, 500] {
            let head = ResponseHead::new(status);
            let mut decoder = response.decoder(&head);
            decoder.push(body.clone());
            assert!(format!("{decoder:?}").len() < 1000);
            let error = decoder.finish().unwrap_err();
            assert_eq!(error.body().len(), body.len());
            for shown in [
                format!("{error:?}"),
                format!("{error:#?}"),
                error.to_string(),
            ] {
                assert!(shown.len() < 20_000, "{status}: {} bytes", shown.len());
            }
        }
    }
}
