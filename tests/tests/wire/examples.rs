//! The examples of the API's reference pages, page by page: each request encodes, each response
//! and event decodes.

use openai_image_edits::runtime::{EventResponse, JsonResponse};
use openai_image_edits::{
    CreateImageEdit, CreateImageEditRequest, ImageEditStreamEvent, ImageModel, ImagesResponse,
    RenderedBackground, RenderedQuality, ResponseHead, Upload,
};

use crate::form;

/// The response that the Ruby, HTTP, Go and Java pages show.
const RESPONSE: &str = r#"{"created": 0, "background": "transparent",
    "data": [{"b64_json": "b64_json", "revised_prompt": "revised_prompt", "url": "url"}],
    "output_format": "png", "quality": "low", "size": "1024x1024",
    "usage": {"input_tokens": 0, "input_tokens_details": {"image_tokens": 0, "text_tokens": 0}, "output_tokens": 0,
        "total_tokens": 0, "output_tokens_details": {"image_tokens": 0, "text_tokens": 0}}}"#;

/// The stream that the HTTP page shows, without a blank line at its end.
const STREAM: &str = "event: image_edit.partial_image\n\
    data: {\"type\":\"image_edit.partial_image\",\"b64_json\":\"...\",\"partial_image_index\":0}\n\
    \n\
    event: image_edit.completed\n\
    data: {\"type\":\"image_edit.completed\",\"b64_json\":\"...\",\"usage\":{\"total_tokens\":100,\"input_tokens\":50,\"output_tokens\":50,\"input_tokens_details\":{\"text_tokens\":10,\"image_tokens\":40}}}\n";

/// The requests, as far as they differ: images, prompt, model, whether to stream.
fn names(images: &[&str], model: Option<&str>, stream: bool) -> Vec<String> {
    let upload = |name: &&str| Upload::from_bytes(&b"\x89PNG\r\n\x1a\n"[..]).file_name(*name);
    let request = match images {
        [only] => CreateImageEditRequest::new(upload(only), "a prompt"),
        several => {
            CreateImageEditRequest::new(several.iter().map(upload).collect::<Vec<_>>(), "a prompt")
        }
    };
    let request = match model {
        Some(model) => request.model(model),
        None => request,
    };
    let operation = CreateImageEdit::new(request);
    let parts = if stream {
        form::parts::<form::Events>(operation)
    } else {
        form::parts::<form::One>(operation)
    };
    parts
        .expect("the example is in order")
        .into_iter()
        .map(|part| part.name)
        .collect()
}

fn response(page: &str) {
    let head = ResponseHead::new(200).with_header("content-type", "application/json");
    let response = JsonResponse::<ImagesResponse>::default()
        .decode(&head, RESPONSE)
        .unwrap_or_else(|error| panic!("{page}: {error}"));
    let data = response.data.as_deref().unwrap_or_default();
    assert_eq!(data.len(), 1, "{page}");
    let base64 = data[0].b64_json.as_ref().expect("it has an image");
    assert_eq!(base64.text(), "b64_json", "{page}");
    assert!(
        base64.bytes().is_err(),
        "{page}: `b64_json` is no base64, and says so only when asked"
    );
    assert_eq!(
        response.background,
        Some(RenderedBackground::Transparent),
        "{page}"
    );
    assert_eq!(response.quality, Some(RenderedQuality::Low), "{page}");
    let usage = response.usage.expect("it has a usage");
    assert_eq!(
        usage
            .output_tokens_details
            .map(|details| details.text_tokens),
        Some(0),
        "{page}"
    );
}

#[test]
fn ruby_page() {
    assert_eq!(names(&["otter.png"], None, false), ["prompt", "image"]);
    response("ruby");
}

#[test]
fn http_page() {
    let images = [
        "body-lotion.png",
        "bath-bomb.png",
        "incense-kit.png",
        "soap.png",
    ];
    let parts = [
        "prompt", "model", "image[]", "image[]", "image[]", "image[]",
    ];
    assert_eq!(names(&images, Some("gpt-image-1.5"), false), parts);
    let with_stream = [
        "prompt", "model", "stream", "image[]", "image[]", "image[]", "image[]",
    ];
    assert_eq!(names(&images, Some("gpt-image-1.5"), true), with_stream);
    response("http");
}

#[test]
fn http_page_stream() {
    let head = ResponseHead::new(200).with_header("content-type", "text/event-stream");
    let events: Result<Vec<_>, _> = EventResponse::<ImageEditStreamEvent>::default()
        .read_from(&head, STREAM.as_bytes())
        .collect();
    match events.expect("the example is in order").as_slice() {
        [
            ImageEditStreamEvent::PartialImage(partial),
            ImageEditStreamEvent::Completed(completed),
        ] => {
            assert_eq!(
                (partial.partial_image_index, &*partial.b64_json.text()),
                (0, "...")
            );
            assert_eq!(
                (partial.created_at, &partial.size),
                (None, &None),
                "what is missing is not made up"
            );
            assert_eq!(completed.usage.input_tokens_details.image_tokens, 40);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn go_page() {
    assert_eq!(names(&["anonymous"], None, false), ["prompt", "image"]);
    response("go");
}

#[test]
fn java_page() {
    assert_eq!(names(&["otter.png"], None, false), ["prompt", "image"]);
    assert_eq!(ImageModel::from("dall-e-3"), ImageModel::DallE3);
    response("java");
}

/// The Perl page shows no example, only the names of fields and their values.
#[test]
fn perl_page() {
    for model in [
        "gpt-image-1",
        "gpt-image-1-mini",
        "gpt-image-1.5",
        "chatgpt-image-latest",
        "dall-e-2",
    ] {
        assert!(ImageModel::VALUES.contains(&model), "{model}");
        assert_eq!(
            names(&["otter.png"], Some(model), false),
            ["prompt", "model", "image"]
        );
    }
}
