//! Recorded requests: the emitted encoders send the expected parts, or the expected JSON.

use std::fs;
use std::path::Path;

use openai_image_edits::{
    CreateImageEdit, CreateImageEditRequest, EditImageBodyJsonParam, RequestError, Validate,
};
use serde_json::Value;

use crate::corpus::{Case, Differences, WIRE, cases};
use crate::fields::{FORM, JSON, reference, uploads};
use crate::form::{self, Part};

const DIFFERENCES: &[(&str, &str)] = &[
    (
        "req-026",
        "`stream: false` is the server's default, which is never sent; `response_format` is for dall-e-2",
    ),
    (
        "req-115",
        "`stream: false` is the server's default, which is never sent",
    ),
    (
        "req-118",
        "an integer is sent exactly, where the expectation went through a float",
    ),
];

/// The request of a case without the stream switch, which the kind of the call decides.
struct Asked<'a> {
    case: &'a Case,
}

impl Asked<'_> {
    fn parameters(&self) -> Vec<(&str, Value)> {
        let listed = self.case.asked["params"].as_array().into_iter().flatten();
        let pairs = listed.map(|pair| (pair[0].as_str().expect("a name"), exact(&pair[1])));
        pairs.filter(|(_, value)| !value.is_null()).collect()
    }

    fn get(&self, name: &str) -> Value {
        let found = self
            .parameters()
            .into_iter()
            .find(|(known, _)| *known == name);
        found.map_or(Value::Null, |(_, value)| value)
    }

    fn form(&self) -> CreateImageEditRequest {
        let prompt = self.get("prompt");
        let mut request = CreateImageEditRequest::new(
            uploads(&self.get("image")),
            prompt.as_str().expect("a prompt"),
        );
        for (name, value) in self.parameters() {
            match FORM.iter().find(|(known, _)| *known == name) {
                Some((_, set)) => request = set(request, &value),
                None => assert!(
                    ["image", "prompt", "stream"].contains(&name),
                    "{name} is no field"
                ),
            }
        }
        for (name, value) in self.case.asked["extra_body"]
            .as_object()
            .into_iter()
            .flatten()
        {
            request = request.extra(name, value.clone());
        }
        request
    }

    fn json(&self) -> EditImageBodyJsonParam {
        let (images, prompt) = (self.get("images"), self.get("prompt"));
        let images = images.as_array().expect("a list").iter().map(reference);
        let mut request = EditImageBodyJsonParam::new(images, prompt.as_str().expect("a prompt"));
        for (name, value) in self.parameters() {
            match JSON.iter().find(|(known, _)| *known == name) {
                Some((_, set)) => request = set(request, &value),
                None if ["images", "prompt", "stream"].contains(&name) => {}
                None => request = request.extra(name, value),
            }
        }
        request
    }

    fn parts(&self, request: CreateImageEditRequest) -> Result<Vec<Part>, RequestError> {
        let operation = CreateImageEdit::new(request).unchecked();
        if self.get("stream") == Value::Bool(true) {
            form::parts::<form::Events>(operation)
        } else {
            form::parts::<form::One>(operation)
        }
    }
}

/// `{"$int": "…"}` and `{"$float": "…"}` are numbers.
fn exact(value: &Value) -> Value {
    let number = value
        .get("$int")
        .or(value.get("$float"))
        .and_then(Value::as_str);
    number.map_or_else(
        || value.clone(),
        |number| {
            number
                .parse::<serde_json::Number>()
                .expect("a number")
                .into()
        },
    )
}

#[test]
fn every_recorded_form_has_the_expected_parts() {
    let mut differences = Differences::new(DIFFERENCES);
    let mut compared = 0;
    for case in cases("requests") {
        let asked = Asked { case: &case };
        if case.asked["call"] == "edit" {
            compared += 1;
            if let Some(reason) = case.expected["reject"].as_str() {
                rejected(&asked, reason);
                continue;
            }
            let request = asked.form();
            let violations = request
                .validate()
                .err()
                .map(|violations| violations.to_string());
            let unexpected = case.expected.get("validation").is_none() && violations.is_some();
            assert!(
                !unexpected || differences.explain(&case.name),
                "{}: {violations:?}",
                case.name
            );
            let mut expected = expected_parts(&case);
            if let Some(index) = expected
                .iter()
                .position(|part| part["name"] == "stream" && part["value"] == "false")
            {
                assert!(differences.explain(&case.name), "{}", case.name);
                expected.remove(index);
            }
            let parts = asked
                .parts(request)
                .unwrap_or_else(|error| panic!("{}: {error}", case.name));
            compare(&case.name, parts, &expected);
        } else if case.asked["call"] == "raw_json" {
            compared += 1;
            compare_json(&asked, &mut differences);
        } else {
            curl(&case);
        }
    }
    assert_eq!(
        compared + 6,
        cases("requests").len(),
        "all but those of curl"
    );
    differences.finish();
}

/// The calls of curl as programs of callers, where there is anything to reproduce.
fn curl(case: &Case) {
    let Some(expected) = case.expected["parts"].as_array() else {
        println!("{}: {}", case.name, case.expected["note"]);
        return;
    };
    let arguments: Vec<&str> = case.asked["curl"]
        .as_array()
        .expect("arguments")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let fields = arguments
        .windows(2)
        .filter(|pair| pair[0] == "-F")
        .filter_map(|pair| pair[1].split_once('='));
    let mut images = Vec::new();
    let mut texts = serde_json::Map::new();
    for (name, value) in fields {
        match value.strip_prefix('@') {
            Some(path) => images.push(serde_json::json!({"$file": {"path": path, "via": "path"}})),
            None => drop(texts.insert(name.to_owned(), value.into())),
        }
    }
    let stream = texts.remove("stream").is_some();
    let mut request = CreateImageEditRequest::new(
        uploads(&images.into()),
        texts["prompt"].as_str().expect("a prompt"),
    );
    for (name, value) in texts.iter().filter(|(name, _)| *name != "prompt") {
        let (_, set) = FORM
            .iter()
            .find(|(known, _)| known == name)
            .expect("a field");
        request = set(request, value);
    }
    let operation = CreateImageEdit::new(request);
    let parts = if stream {
        form::parts::<form::Events>(operation)
    } else {
        form::parts::<form::One>(operation)
    };
    compare(&case.name, parts.expect("the form is in order"), expected);
}

fn rejected(asked: &Asked<'_>, reason: &str) {
    let name = &asked.case.name;
    match reason {
        // `new` cannot be called without an image.
        "image is required" => assert!(asked.get("image").is_null(), "{name}"),
        "at least one image" => {
            let violations = asked.form().validate().expect_err("it has no image");
            assert!(
                violations.to_string().starts_with("/image: "),
                "{name}: {violations}"
            );
        }
        _ => {
            let error = asked
                .parts(asked.form())
                .expect_err("the content type is refused");
            assert!(
                matches!(error, RequestError::ContentType { .. }),
                "{name}: {error}"
            );
        }
    }
}

fn expected_parts(case: &Case) -> Vec<Value> {
    case.expected["parts"]
        .as_array()
        .unwrap_or_else(|| panic!("{}: no parts", case.name))
        .clone()
}

/// The contents of all files that requests send.
fn files() -> Vec<Vec<u8>> {
    let entries = fs::read_dir(Path::new(WIRE).join("files")).expect("the files are there");
    entries
        .map(|entry| fs::read(entry.expect("it is readable").path()).expect("it is readable"))
        .collect()
}

/// Compares as sets: servers do not depend on the order of names.
fn compare(case: &str, mut parts: Vec<Part>, expected: &[Value]) {
    let known = files();
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(parts.len(), expected.len(), "{case}: {names:?}");
    for expected in expected {
        let fits = |part: &Part| {
            let same_value = match expected["value"].as_str() {
                Some(text) => part.value == text.as_bytes(),
                None => expected["length"] == part.value.len() && known.contains(&part.value),
            };
            same_value
                && expected["name"] == part.name
                && expected["filename"].as_str() == part.file_name.as_deref()
                && expected["content_type"].as_str() == part.content_type.as_deref()
        };
        let found = parts.iter().position(fits);
        let Some(index) = found else {
            panic!("{case}: no part {expected} among {parts:?}")
        };
        parts.remove(index);
    }
}

fn compare_json(asked: &Asked<'_>, differences: &mut Differences) {
    let case = asked.case;
    let request = asked.json();
    let violations = request
        .validate()
        .err()
        .map(|violations| violations.to_string());
    let refused = case.expected.get("validation").is_some();
    if violations.is_some() && !refused {
        assert!(
            differences.explain(&case.name),
            "{}: {violations:?}",
            case.name
        );
    }
    assert!(
        !refused || violations.is_some(),
        "{}: is refused",
        case.name
    );
    let call = CreateImageEdit::new(request)
        .unchecked()
        .call()
        .expect("it is JSON");
    assert_eq!(call.content_type(), Some("application/json"));
    let body = form::collected(call.into_body());
    let mut sent: Value = serde_json::from_slice(&body).expect("it is JSON");
    let mut expected = case.expected["json"].clone();
    if let Some(false) = expected["stream"].as_bool() {
        assert!(differences.explain(&case.name), "{}", case.name);
        expected
            .as_object_mut()
            .expect("an object")
            .remove("stream");
    }
    let exact = 9_007_199_254_740_993_i64;
    if sent["n"] == exact {
        assert!(differences.explain(&case.name), "{}", case.name);
        expected["n"] = exact.into();
    }
    for object in [&mut sent, &mut expected] {
        // Numbers are compared by value: `1` and `1.0` are one.
        for value in object.as_object_mut().expect("an object").values_mut() {
            if let Some(number) = value.as_f64().filter(|_| value.is_f64()) {
                *value = format!("{number:e}").into();
            } else if let Some(number) = value.as_i64() {
                #[expect(clippy::cast_precision_loss, reason = "both sides lose the same")]
                let number = number as f64;
                *value = format!("{number:e}").into();
            }
        }
    }
    assert_eq!(sent, expected, "{}", case.name);
}
