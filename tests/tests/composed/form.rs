//! The parts of a form, held against the value that it was made of.

use std::collections::BTreeMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use multer::Multipart;
use openapi_tests::difference::differences;
use serde_json::Value;

/// True if each member is a part of its name: a text as it is, an object as JSON, a list as one
/// part for each item. Members that the schema does not name may be several parts, as
/// `name[member]`.
pub fn is_form_of(body: &[u8], value: &Value) -> bool {
    let parts = parts(body);
    let members = value.as_object().into_iter().flatten();
    let members: BTreeMap<&str, &Value> = members
        .map(|(name, value)| (name.as_str(), value))
        .collect();
    let is_member = |name: &str| {
        members.contains_key(name) || members.contains_key(name.split('[').next().unwrap_or(name))
    };
    parts.keys().all(|name| is_member(name))
        && members.iter().all(|(name, member)| match parts.get(*name) {
            Some(texts) => is_written(texts, member),
            // Neither an empty list nor null is a part.
            None => {
                member.as_array().is_some_and(Vec::is_empty)
                    || parts
                        .keys()
                        .any(|part| part.starts_with(&format!("{name}[")))
                    || member.as_object().is_some_and(serde_json::Map::is_empty)
            }
        })
}

fn is_written(texts: &[String], value: &Value) -> bool {
    match (texts, value) {
        ([text], value) if is_text(text, value) => true,
        (texts, Value::Array(items)) => {
            texts.len() == items.len()
                && texts
                    .iter()
                    .zip(items)
                    .all(|(text, item)| is_text(text, item))
        }
        _ => false,
    }
}

fn is_text(text: &str, value: &Value) -> bool {
    value.as_str() == Some(text)
        || serde_json::from_str(text)
            .is_ok_and(|found: Value| differences(&found, value).is_empty())
}

/// The texts of the parts, by name.
fn parts(body: &[u8]) -> BTreeMap<String, Vec<String>> {
    let line = body.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    if line.ends_with("--") {
        return BTreeMap::new();
    }
    let boundary = line.trim_start_matches("--").to_owned();
    let body = body.to_vec();
    let stream = futures_util::stream::iter([Ok::<_, std::io::Error>(body)]);
    let mut read = pin!(async {
        let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut form = Multipart::new(stream, boundary);
        while let Some(field) = form.next_field().await.expect("the form is in order") {
            let name = field.name().unwrap_or_default().to_owned();
            let text = field.text().await.expect("the form is in order");
            parts.entry(name).or_default().push(text);
        }
        parts
    });
    // All of it is there.
    loop {
        if let Poll::Ready(parts) = read.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return parts;
        }
    }
}
