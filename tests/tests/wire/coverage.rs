//! Each field of each body, set alone, with all others and not at all, is on the wire once or not
//! at all. The fields are those of the model, so a field that the description gains cannot be
//! forgotten here.

use std::collections::BTreeMap;
use std::fs;

use openai_image_edits::{
    CreateImageEdit, CreateImageEditRequest, EditImageBodyJsonParam, ImageRef, Upload,
};
use openapi_codegen::document::{Document, Source};
use openapi_codegen::model::{Api, Shape};
use openapi_codegen::{Layout, lower, overlay};
use serde_json::{Value, json};

use crate::fields::{FORM, JSON};
use crate::form;

fn api() -> Api {
    let read = |name: &str| {
        let path = format!("{}/../spec/{name}", env!("CARGO_MANIFEST_DIR"));
        Source::new(name, fs::read_to_string(path).expect("it is readable"))
    };
    let document =
        Document::parse(read("openapi.yaml")).unwrap_or_else(|problems| panic!("{problems}"));
    let document = overlay::apply(document, read("overlay.yaml"))
        .unwrap_or_else(|problems| panic!("{problems}"));
    lower(&document, &[], Layout::Flat).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Required and optional fields of a body, in the order of the document.
fn fields(api: &Api, body: &str) -> (Vec<String>, Vec<String>) {
    let def = api
        .types
        .iter()
        .find(|def| def.name.rust() == body)
        .expect("the body is a type");
    let Shape::Struct(object) = &def.shape else {
        panic!("{body} is a struct")
    };
    let (required, optional): (Vec<_>, Vec<_>) = object
        .fields
        .iter()
        .partition(|field| field.presence.is_required());
    let wires = |fields: Vec<&openapi_codegen::model::Field>| {
        fields
            .iter()
            .map(|field| field.name.wire().to_owned())
            .collect()
    };
    (wires(required), wires(optional))
}

/// A value that breaks no rule when it is set alone.
fn sample(name: &str) -> Value {
    match name {
        "mask" => json!({"$file": {"path": "mask.png", "via": "path"}, "file_id": "file-1"}),
        "n" | "partial_images" => json!(2),
        "output_compression" => json!(100),
        "response_format" => json!("url"),
        other => json!(format!("a {other}")),
    }
}

/// How often each name is a part of the form.
fn form_names(set: &[&str]) -> BTreeMap<String, usize> {
    let mut request = CreateImageEditRequest::new(Upload::from_bytes(&b"\x89PNG"[..]), "a prompt");
    for (name, setter) in FORM.iter().filter(|(name, _)| set.contains(name)) {
        request = setter(request, &sample(name));
    }
    let parts = form::parts::<form::One>(CreateImageEdit::new(request).unchecked())
        .expect("the form is in order");
    let mut counts = BTreeMap::new();
    for part in parts {
        *counts.entry(part.name).or_default() += 1;
    }
    counts
}

fn json_names(set: &[&str]) -> BTreeMap<String, usize> {
    let mut request = EditImageBodyJsonParam::new([ImageRef::FileId("file-1".into())], "a prompt");
    for (name, setter) in JSON.iter().filter(|(name, _)| set.contains(name)) {
        request = setter(request, &sample(name));
    }
    let call = CreateImageEdit::new(request)
        .unchecked()
        .call()
        .expect("it is JSON");
    let body = form::collected(call.into_body());
    let text = String::from_utf8(body.to_vec()).expect("it is UTF-8");
    let object: serde_json::Map<String, Value> =
        serde_json::from_str(&text).expect("it is an object");
    object
        .keys()
        .map(|name| (name.clone(), text.matches(&format!("\"{name}\":")).count()))
        .collect()
}

fn each_field_once(body: &str, table: &[&str], names: impl Fn(&[&str]) -> BTreeMap<String, usize>) {
    let (required, optional) = fields(&api(), body);
    let mut known: Vec<&str> = table.to_vec();
    let mut wanted: Vec<&str> = optional.iter().map(String::as_str).collect();
    known.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(
        known, wanted,
        "{body}: the table has the fields of the model"
    );
    let once = |set: &[&str]| -> BTreeMap<String, usize> {
        let set = set.iter().map(|name| (*name).to_owned());
        required
            .iter()
            .cloned()
            .chain(set)
            .map(|name| (name, 1))
            .collect()
    };
    assert_eq!(names(&[]), once(&[]), "{body}: none");
    for name in table {
        assert_eq!(names(&[name]), once(&[name]), "{body}: {name} alone");
    }
    assert_eq!(names(table), once(table), "{body}: all");
}

#[test]
fn each_field_of_the_form_is_sent_once_or_not_at_all() {
    let table: Vec<&str> = FORM.iter().map(|(name, _)| *name).collect();
    each_field_once("CreateImageEditRequest", &table, form_names);
}

#[test]
fn each_field_of_the_json_body_is_sent_once_or_not_at_all() {
    let table: Vec<&str> = JSON.iter().map(|(name, _)| *name).collect();
    each_field_once("EditImageBodyJsonParam", &table, json_names);
}
