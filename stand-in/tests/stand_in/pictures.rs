//! The pictures in responses.

use image::{ImageFormat, Rgba, RgbaImage};
use serde_json::Value;

use crate::client::{Answer, Request, exchange, file, pixels, png, source, start};

fn edit(picture: &RgbaImage, fields: &[(&str, &str)]) -> Answer {
    let form = Request::form().file("image", "image/png", &file(picture, ImageFormat::Png));
    let answer = form
        .text("prompt", "More bubbles")
        .texts(fields)
        .post(&start());
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer
}

#[test]
fn a_picture_has_the_size_that_was_asked_for() {
    let cases = [
        ("auto", (40, 30)),
        ("256x256", (256, 256)),
        ("1536x1024", (1536, 1024)),
        ("64x32", (64, 32)),
        ("1x1", (1, 1)),
    ];
    for (size, dimensions) in cases {
        let answer = edit(&source(40, 30), &[("size", size)]);
        assert_eq!(answer.picture(0).dimensions(), dimensions, "{size}");
    }
    // The defaults of the description.
    assert_eq!(
        edit(&source(40, 30), &[]).picture(0).dimensions(),
        (1024, 1024)
    );
    // No result is larger than the largest size.
    let wide = edit(&source(8000, 2), &[("size", "auto")]);
    assert_eq!(wide.picture(0).dimensions(), (2666, 1));
}

#[test]
fn a_picture_has_the_format_that_was_asked_for() {
    for (name, format) in [
        ("png", ImageFormat::Png),
        ("jpeg", ImageFormat::Jpeg),
        ("webp", ImageFormat::WebP),
    ] {
        let answer = edit(
            &source(40, 30),
            &[("output_format", name), ("size", "auto")],
        );
        assert_eq!(image::guess_format(&answer.file(0)).ok(), Some(format));
        assert_eq!(answer.json()["output_format"], name);
    }
    let length = |percent| {
        let fields = [
            ("output_format", "jpeg"),
            ("output_compression", percent),
            ("size", "auto"),
        ];
        edit(&source(40, 30), &fields).file(0).len()
    };
    assert!(length("0") < length("50") && length("50") < length("100"));
}

#[test]
fn an_edit_is_visible_and_the_same_each_time() {
    let original = source(40, 30);
    let first = edit(&original, &[("size", "auto")]).picture(0);
    let changed = first
        .pixels()
        .zip(original.pixels())
        .filter(|(new, old)| new != old);
    assert!(changed.count() > 1000);
    assert_eq!(edit(&original, &[("size", "auto")]).picture(0), first);
}

#[test]
fn each_of_n_pictures_is_another() {
    let answer = edit(&source(20, 20), &[("n", "4"), ("size", "auto")]);
    let mut pictures: Vec<_> = (0..4)
        .map(|index| answer.picture(index).into_raw())
        .collect();
    assert_eq!(answer.json()["data"].as_array().map(Vec::len), Some(4));
    pictures.dedup();
    assert_eq!(pictures.len(), 4);
}

#[test]
fn further_images_are_in_the_picture() {
    let red = RgbaImage::from_pixel(20, 20, Rgba([255, 0, 0, 255]));
    let red = file(&red, ImageFormat::Png);
    let form = Request::form().texts(&[("prompt", "x"), ("size", "auto")]);
    let form = form
        .file("image[]", "image/png", &png(120, 120))
        .file("image[]", "image/png", &red);
    let picture = form.post(&start()).picture(0);
    let is_red = |pixel: &&Rgba<u8>| pixel.0 == [255, 0, 0, 255];
    assert_eq!(picture.pixels().filter(is_red).count(), 20 * 20);
}

#[test]
fn only_transparent_pixels_of_a_mask_change() {
    let original = source(40, 30);
    let is_open = |x: u32, y: u32| (10..25).contains(&x) && (5..20).contains(&y);
    let mask = RgbaImage::from_fn(40, 30, |x, y| {
        // A pixel that is nearly transparent is not transparent.
        Rgba([0, 0, 0, u8::from(!is_open(x, y))])
    });
    for format in ["png", "webp"] {
        let form =
            Request::form().texts(&[("prompt", "x"), ("size", "auto"), ("output_format", format)]);
        let form = form.file("image", "image/png", &file(&original, ImageFormat::Png));
        let answer = form
            .file("mask", "image/png", &file(&mask, ImageFormat::Png))
            .post(&start());
        let picture = answer.picture(0);
        for (x, y, pixel) in picture.enumerate_pixels() {
            let is_same = pixel == original.get_pixel(x, y);
            assert_eq!(is_same, !is_open(x, y), "{format} {x} {y}");
        }
    }
}

#[test]
fn a_background_is_kept_or_filled() {
    let mut hole = source(40, 30);
    hole.put_pixel(20, 15, Rgba([1, 2, 3, 0]));
    let cases = [
        ("png", "transparent", 0),
        ("webp", "transparent", 0),
        ("png", "auto", 0),
        ("png", "opaque", 255),
        ("jpeg", "auto", 255),
    ];
    for (format, background, alpha) in cases {
        let answer = edit(
            &hole,
            &[
                ("output_format", format),
                ("background", background),
                ("size", "auto"),
            ],
        );
        assert_eq!(
            answer.picture(0).get_pixel(20, 15).0[3],
            alpha,
            "{format} {background}"
        );
        let found = if alpha == 0 { "transparent" } else { "opaque" };
        assert_eq!(answer.json()["background"], found);
    }
}

#[test]
fn dall_e_answers_with_urls_that_can_be_fetched() {
    let server = start();
    let form = Request::edit().texts(&[("model", "dall-e-2"), ("size", "256x256"), ("n", "2")]);
    let answer = form.clone().post(&server).json();
    assert_eq!(answer["usage"], Value::Null);
    for index in 0..2 {
        let url = answer["data"][index]["url"].as_str().expect("a URL");
        let path = url
            .strip_prefix(&server.base_url())
            .expect("a URL of the server");
        let fetched = exchange(
            &server,
            format!("GET /v1{path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").as_bytes(),
        );
        let fetched = fetched.expect("an answer");
        assert_eq!(fetched.header("content-type"), Some("image/png"));
        assert_eq!(pixels(&fetched.body).dimensions(), (256, 256));
    }
    let answer = form.text("response_format", "b64_json").post(&server);
    assert_eq!(answer.picture(0).dimensions(), (256, 256));
}
