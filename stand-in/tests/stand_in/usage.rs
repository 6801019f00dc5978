//! Token counts, by the rules in the documentation.

use serde_json::json;

use crate::client::{Request, png, start};

/// Dimensions of the images, fields, and the tokens: of text, of images read, and written.
type Case = (
    &'static [(u32, u32)],
    &'static [(&'static str, &'static str)],
    [u64; 3],
);

#[test]
fn tokens_are_counted_by_the_rules() {
    let cases: [Case; 9] = [
        (&[(8, 8)], &[("prompt", "")], [1, 194, 1056]),
        (&[(8, 8)], &[("prompt", "12345678")], [2, 194, 1056]),
        (&[(8, 8)], &[("prompt", "grün!123")], [3, 194, 1056]),
        (&[(513, 512)], &[("prompt", "x")], [1, 323, 1056]),
        (
            &[(1024, 512), (512, 2000)],
            &[("prompt", "x")],
            [1, 323 + 581, 1056],
        ),
        (
            &[(8, 8), (8, 9)],
            &[("prompt", "x"), ("input_fidelity", "high")],
            [1, 4354 + 6434, 1056],
        ),
        (
            &[(8, 8)],
            &[
                ("prompt", "x"),
                ("quality", "low"),
                ("size", "1024x1536"),
                ("n", "2"),
            ],
            [1, 194, 816],
        ),
        (
            &[(8, 8)],
            &[("prompt", "x"), ("quality", "high"), ("size", "1536x1024")],
            [1, 194, 6208],
        ),
        (
            &[(8, 8)],
            &[("prompt", "x"), ("quality", "low"), ("size", "512x512")],
            [1, 194, 68],
        ),
    ];
    let server = start();
    for (images, fields, [text, read, written]) in cases {
        let form = images
            .iter()
            .fold(Request::form().texts(fields), |form, (width, height)| {
                form.file("image[]", "image/png", &png(*width, *height))
            });
        let answer = form.post(&server);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let expected = json!({
            "total_tokens": text + read + written,
            "input_tokens": text + read,
            "output_tokens": written,
            "input_tokens_details": {"text_tokens": text, "image_tokens": read},
            "output_tokens_details": {"text_tokens": 0, "image_tokens": written},
        });
        assert_eq!(answer.json()["usage"], expected, "{images:?} {fields:?}");
    }
}

#[test]
fn previews_cost_tokens() {
    let form = Request::edit().texts(&[
        ("size", "1024x1024"),
        ("stream", "true"),
        ("partial_images", "2"),
    ]);
    let events = form.post(&start()).events();
    let usage = &events[2].1["usage"];
    assert_eq!(usage["output_tokens"], 1056 + 200);
    assert!(usage.get("output_tokens_details").is_none());
}
