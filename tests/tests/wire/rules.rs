//! Rules over the members of a body: each member that breaks one is reported at its own pointer.

use openai_image_edits::{
    CreateImageEditRequest, EditImageBodyJsonParam, ImageRef, Nullable, Upload, Validate,
};

/// The violations as one text; empty if there are none.
fn found(request: &impl Validate) -> String {
    let violations = request.validate().err();
    violations.map_or_else(String::new, |violations| violations.to_string())
}

fn form(images: usize, prompt: usize) -> CreateImageEditRequest {
    let images = (0..images).map(|_| Upload::from_bytes(&b"PNG"[..]));
    CreateImageEditRequest::new(images.collect::<Vec<_>>(), "x".repeat(prompt))
}

#[test]
fn rules_of_the_form() {
    let dall_e_2 = |images, prompt| form(images, prompt).model("dall-e-2");
    let table = [
        (dall_e_2(1, 1_000), ""),
        (
            dall_e_2(2, 5),
            "/image: `dall-e-2` takes one image and a prompt of at most 1000 characters",
        ),
        (
            dall_e_2(1, 1_001),
            "/prompt: `dall-e-2` takes one image and a prompt of at most 1000 characters",
        ),
        (
            dall_e_2(2, 1_001),
            "/prompt: `dall-e-2` takes one image and a prompt of at most 1000 characters; \
             /image: `dall-e-2` takes one image and a prompt of at most 1000 characters",
        ),
        (form(2, 1_001).model("gpt-image-1"), ""),
        (form(2, 1_001), ""),
        (
            form(1, 5).quality("standard"),
            "/model: `quality: standard` is for the model `dall-e-2` only",
        ),
        (dall_e_2(1, 5).quality("standard"), ""),
        (
            form(1, 5).response_format("url").model("gpt-image-1"),
            "/model: `response_format` is for the model `dall-e-2` only",
        ),
        (
            form(1, 5)
                .background("transparent")
                .output_format("jpeg")
                .n(11),
            "/n: 11 is more than the maximum 10; \
             /output_format: `background: transparent` needs the output format `png` or `webp`",
        ),
        (form(1, 5).background("transparent"), ""),
        (form(1, 5).output_compression(100), ""),
        (
            form(1, 5).output_compression(99),
            "/output_format: `output_compression` under 100 needs the output format `webp` or `jpeg`",
        ),
        (
            form(1, 5)
                .output_compression(99)
                .output_format("webp")
                .model("gpt-image-1-mini")
                .input_fidelity("high"),
            "/input_fidelity: `input_fidelity` is not for the model `gpt-image-1-mini`",
        ),
    ];
    for (request, expected) in table {
        assert_eq!(found(&request), expected);
    }
}

#[test]
fn rules_of_the_json_body() {
    let body = || EditImageBodyJsonParam::new([ImageRef::FileId("file-1".into())], "soap");
    let mut nothing_chosen = body().output_compression(50);
    nothing_chosen.output_format = Nullable::Null;
    let table = [
        (body(), ""),
        (
            body().background("transparent").output_format("jpeg"),
            "/output_format: `background: transparent` needs the output format `png` or `webp`",
        ),
        (
            nothing_chosen,
            "/output_format: `output_compression` under 100 needs the output format `webp` or `jpeg`",
        ),
    ];
    for (request, expected) in table {
        assert_eq!(found(&request), expected);
    }
}
