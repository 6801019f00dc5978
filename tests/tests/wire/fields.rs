//! How a test sets a field by its name on the wire. The tables are held against the model in
//! `coverage`.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use openai_image_edits::{
    CreateImageEditRequest, EditImageBodyJsonParam, ImageRef, OneOrMany, Upload,
};
use serde_json::Value;

use crate::corpus::WIRE;

pub type SetForm = fn(CreateImageEditRequest, &Value) -> CreateImageEditRequest;
pub type SetJson = fn(EditImageBodyJsonParam, &Value) -> EditImageBodyJsonParam;

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn number(value: &Value) -> i64 {
    value.as_i64().expect("an integer")
}

/// The optional fields of the form.
pub const FORM: &[(&str, SetForm)] = &[
    ("mask", |request, value| request.mask(upload(value))),
    ("background", |request, value| {
        request.background(text(value))
    }),
    ("model", |request, value| request.model(text(value))),
    ("n", |request, value| request.n(number(value))),
    ("size", |request, value| request.size(text(value))),
    ("response_format", |request, value| {
        request.response_format(text(value))
    }),
    ("output_format", |request, value| {
        request.output_format(text(value))
    }),
    ("output_compression", |request, value| {
        request.output_compression(number(value))
    }),
    ("user", |request, value| request.user(text(value))),
    ("input_fidelity", |request, value| {
        request.input_fidelity(text(value))
    }),
    ("partial_images", |request, value| {
        request.partial_images(number(value))
    }),
    ("quality", |request, value| request.quality(text(value))),
];

/// The optional fields of the JSON body.
pub const JSON: &[(&str, SetJson)] = &[
    ("model", |request, value| request.model(text(value))),
    ("mask", |request, value| request.mask(reference(value))),
    ("n", |request, value| request.n(number(value))),
    ("quality", |request, value| request.quality(text(value))),
    ("input_fidelity", |request, value| {
        request.input_fidelity(text(value))
    }),
    ("size", |request, value| request.size(text(value))),
    ("user", |request, value| request.user(text(value))),
    ("output_format", |request, value| {
        request.output_format(text(value))
    }),
    ("output_compression", |request, value| {
        request.output_compression(number(value))
    }),
    ("moderation", |request, value| {
        request.moderation(text(value))
    }),
    ("background", |request, value| {
        request.background(text(value))
    }),
    ("partial_images", |request, value| {
        request.partial_images(number(value))
    }),
];

/// A file as a case describes it.
pub fn upload(value: &Value) -> Upload {
    let file = &value["$file"];
    let path = Path::new(WIRE).join("files").join(text(&file["path"]));
    let mut upload = match file["via"].as_str() {
        Some("path" | "handle") => Upload::from_path(path),
        Some("stream") => Upload::from_reader(Cursor::new(fs::read(path).expect("it is readable"))),
        _ => Upload::from_bytes(fs::read(path).expect("it is readable")),
    };
    if let Some(name) = file["filename"].as_str() {
        upload = upload.file_name(name);
    }
    match file["content_type"].as_str() {
        Some(content_type) => upload.content_type(content_type),
        None => upload,
    }
}

/// One file, or a list of files.
pub fn uploads(value: &Value) -> OneOrMany<Upload> {
    match value.as_array().or(value["$tuple"].as_array()) {
        Some(list) => OneOrMany::Many(list.iter().map(upload).collect()),
        None => OneOrMany::One(upload(value)),
    }
}

pub fn reference(value: &Value) -> ImageRef {
    match value["image_url"].as_str() {
        Some(url) => ImageRef::Url(url.into()),
        None => ImageRef::FileId(text(&value["file_id"]).to_owned()),
    }
}
