//! Every answer fits the description with its overlay.

use jsonschema::{Draft, Validator};
use openapi_codegen::document::{Document, Source};
use openapi_codegen::overlay;
use serde_json::{Value, json};

use crate::client::{Request, start};

fn validator(component: &str) -> Validator {
    let read = |path: &str| {
        let path = format!("{}/../spec/{path}", env!("CARGO_MANIFEST_DIR"));
        Source::new(path.clone(), std::fs::read_to_string(path).expect("a file"))
    };
    let document = Document::parse(read("openapi.yaml")).expect("a description");
    let document = overlay::apply(document, read("overlay.yaml"))
        .expect("an overlay")
        .root()
        .node()
        .to_json();
    let reference = format!("#/components/schemas/{component}");
    let schema = json!({"$ref": reference, "components": document["components"]});
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    options.build(&schema).expect("a schema")
}

fn check(validator: &Validator, value: &Value, name: &str) {
    let errors: Vec<_> = validator
        .iter_errors(value)
        .map(|error| error.masked().to_string())
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:?}");
}

#[test]
fn every_answer_fits_the_description() {
    let server = start();
    let (whole, event) = (
        validator("ImagesResponse"),
        validator("ImageEditStreamEvent"),
    );
    let error = validator("ImageErrorResponse");
    let requests: [(&str, &[(&str, &str)]); 7] = [
        ("all defaults", &[]),
        ("the size of the image", &[("size", "auto")]),
        (
            "a size that is listed",
            &[("size", "1536x1024"), ("output_format", "jpeg")],
        ),
        (
            "a size that is not",
            &[("size", "512x256"), ("output_format", "webp"), ("n", "2")],
        ),
        (
            "DALL-E",
            &[
                ("model", "dall-e-2"),
                ("quality", "standard"),
                ("size", "256x256"),
            ],
        ),
        (
            "high quality",
            &[
                ("quality", "high"),
                ("background", "opaque"),
                ("size", "auto"),
            ],
        ),
        ("an error", &[("n", "0")]),
    ];
    for (name, fields) in requests {
        let form = Request::edit().texts(fields);
        let answer = form.clone().post(&server);
        if answer.status != 200 {
            check(&error, &answer.json(), name);
            continue;
        }
        check(&whole, &answer.json(), name);
        let form = form.texts(&[("stream", "true"), ("partial_images", "2")]);
        for (_, data) in form.fault("missing-members").post(&server).events() {
            check(&event, &data, name);
        }
        let form = Request::edit()
            .texts(fields)
            .texts(&[("stream", "true"), ("partial_images", "2")]);
        for (_, data) in form.fault("error-event; after=3").post(&server).events() {
            check(&event, &data, name);
        }
    }
}
