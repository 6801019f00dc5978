//! Streams of events.

use image::RgbaImage;
use serde_json::Value;

use crate::client::{Answer, Request, decoded, pixels, png, start};

fn stream(fields: &[(&str, &str)]) -> Answer {
    let form = Request::form().file("image", "image/png", &png(200, 120));
    let form = form.texts(&[
        ("prompt", "More bubbles"),
        ("size", "auto"),
        ("stream", "true"),
    ]);
    let answer = form.texts(fields).post(&start());
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.is_whole);
    answer
}

fn picture(event: &(String, Value)) -> RgbaImage {
    pixels(&decoded(&event.1["b64_json"]))
}

#[test]
fn previews_come_in_order_and_then_the_result() {
    for count in ["0", "1", "2", "3"] {
        let answer = stream(&[("partial_images", count)]);
        assert_eq!(
            answer.header("content-type"),
            Some("text/event-stream; charset=utf-8")
        );
        let events = answer.events();
        let (last, previews) = events.split_last().expect("an event");
        assert_eq!(previews.len().to_string(), count);
        for (index, (name, data)) in previews.iter().enumerate() {
            assert_eq!(name, "image_edit.partial_image");
            assert_eq!(data["type"], "image_edit.partial_image");
            assert_eq!(data["partial_image_index"], index);
            assert_eq!(data["usage"], Value::Null);
        }
        assert_eq!(
            (last.0.as_str(), &last.1["type"]),
            ("image_edit.completed", &Value::from("image_edit.completed"))
        );
        assert!(last.1["usage"]["total_tokens"].is_u64());
    }
}

#[test]
fn each_preview_is_nearer_to_the_result() {
    let events = stream(&[("partial_images", "3")]).events();
    let result = picture(&events[3]);
    let distance = |event| {
        let preview = picture(event);
        let pairs = preview.as_raw().iter().zip(result.as_raw());
        pairs
            .map(|(left, right)| u64::from(left.abs_diff(*right)))
            .sum::<u64>()
    };
    let distances: Vec<u64> = events.iter().map(distance).collect();
    assert!(
        distances.is_sorted_by(|left, right| left > right),
        "{distances:?}"
    );
    assert_eq!(distances[3], 0);
}

#[test]
fn a_stream_has_the_picture_that_a_response_has() {
    let streamed = picture(&stream(&[]).events()[0]);
    let form = Request::form().file("image", "image/png", &png(200, 120));
    let whole = form
        .texts(&[("prompt", "More bubbles"), ("size", "auto")])
        .post(&start());
    assert_eq!(whole.picture(0), streamed);
}

#[test]
fn several_results_are_several_events() {
    let events = stream(&[("n", "2"), ("partial_images", "1")]).events();
    let names: Vec<_> = events.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "image_edit.partial_image",
            "image_edit.completed",
            "image_edit.completed"
        ]
    );
    assert_ne!(picture(&events[1]), picture(&events[2]));
}

#[test]
fn a_refusal_is_no_stream() {
    let answer = Request::edit()
        .texts(&[("stream", "true"), ("n", "0")])
        .post(&start());
    assert_eq!(answer.status, 400);
    assert_eq!(answer.header("content-type"), Some("application/json"));
}
