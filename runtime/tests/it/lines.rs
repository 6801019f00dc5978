//! Typed values of JSON lines and of text sequences.

use openapi_runtime::{
    End, EventDecoder, LinesResponse, ResponseHead, StreamError, event_stream::Limits,
};

use crate::images::{ImageEvent, ImagesError};

/// JSON lines are decoded as events are: the tag picks the kind, the last one has to come, an
/// error ends them.
#[test]
fn lines() {
    let partial = "{\"type\":\"image_edit.partial_image\",\"b64_json\":\"AAAA\"}";
    let completed = "{\"type\":\"image_edit.completed\",\"b64_json\":\"AAAA\"}";
    let error = "{\"error\":{\"message\":\"no\"}}";
    let table = [
        (format!("{partial}\n{completed}\n"), "PC Eof"),
        (format!("{partial}\r\n\r\n \n{completed}"), "PC Eof"),
        (format!("\u{feff}{completed}\n"), "C Eof"),
        (format!("{partial}\n"), "P! Unfinished"),
        (format!("nonsense\n{completed}\n"), "!C Eof"),
        (format!("{completed}\n{}", &partial[..20]), "C! Truncated"),
        (format!("{partial}\n{error}\n{completed}\n"), "P! Error"),
        (String::new(), "! Unfinished"),
    ];
    let ndjson =
        |status| ResponseHead::new(status).with_header("content-type", "application/x-ndjson");
    let response = LinesResponse::<ImageEvent, ImagesError>::default();
    let words = |decoder: &mut EventDecoder<ImageEvent, ImagesError>, words: &mut String| {
        words.extend(decoder.map(|item| match item {
            Ok(ImageEvent::PartialImage(_)) => 'P',
            Ok(ImageEvent::Completed(_)) => 'C',
            Ok(ImageEvent::Unknown(_)) => '?',
            Err(_) => '!',
        }));
    };
    for (text, expected) in table {
        for size in [1, 7, 1000] {
            let mut decoder = response.decoder(&ndjson(200));
            let mut found = String::new();
            for chunk in text.as_bytes().chunks(size) {
                decoder.push(chunk.to_vec());
                words(&mut decoder, &mut found);
            }
            decoder.finish();
            words(&mut decoder, &mut found);
            let end = decoder.end().unwrap();
            assert_eq!(format!("{found} {end:?}"), expected, "{text:?} by {size}");
        }
    }
    // A text sequence has a separator before each value, which may have lines.
    let sequence = format!("\u{1e}{}\n\u{1e}{completed}\n", partial.replace(',', ",\n"));
    let head = ResponseHead::new(200).with_header("content-type", "application/json-seq");
    let mut found = response.read_from(&head, sequence.as_bytes());
    assert_eq!(found.by_ref().flatten().count(), 2);
    assert_eq!(found.end(), Some(End::Eof));
    // A page is not JSON, and a status is a status.
    let html = ResponseHead::new(200).with_header("content-type", "text/html");
    for (head, text) in [(html, "<html>"), (ndjson(500), error)] {
        let mut found = response.read_from(&head, text.as_bytes());
        match found.next() {
            Some(Err(StreamError::Response(error))) => assert_eq!(error.body().text(), text),
            other => panic!("{other:?}"),
        }
    }
    let limits = Limits {
        event: 10,
        ..Limits::default()
    };
    let mut decoder = response.decoder_with_limits(&ndjson(200), limits);
    decoder.push(format!("[1]\n{partial}\n"));
    assert!(matches!(decoder.next(), Some(Ok(ImageEvent::Unknown(_)))));
    assert!(matches!(decoder.next(), Some(Err(StreamError::Limit(_)))));
    assert!(decoder.next().is_none());
}
