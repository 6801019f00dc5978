//! Names depend on the schema alone: not on the order of the document, and not on what else is in
//! it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use openapi_codegen::document::{Document, Source};
use openapi_codegen::model::{Api, Shape};
use openapi_codegen::{Layout, lower};
use openapi_tests::corpus::seeds;
use serde_json::{Map, Value, json};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/golden");

pub(crate) fn parse(name: &str, text: &str) -> Document {
    Document::parse(Source::new(name, text)).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The golden documents, as JSON.
fn documents() -> Vec<(String, Value)> {
    let entries = fs::read_dir(GOLDEN).expect("the documents are there");
    let paths = entries.map(|entry| entry.expect("the folder is readable").path());
    let documents = paths.filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "yaml")
    });
    let documents = documents.map(|path| {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("the document is readable");
        let json = parse(&name, &text).root().node().to_json();
        (name, json)
    });
    documents.collect()
}

/// The names of the types, each with those of its members.
fn names(api: &Api) -> BTreeMap<String, Vec<String>> {
    let types = api.types.iter().map(|def| {
        let members = match &def.shape {
            Shape::Struct(object) => object
                .fields
                .iter()
                .map(|field| field.name.rust())
                .collect(),
            Shape::OpenEnum(open) => open.values.iter().map(|value| value.name.rust()).collect(),
            Shape::Union(union) => union
                .variants
                .iter()
                .map(|variant| variant.name.rust())
                .collect(),
            Shape::Exclusive(variants) => {
                variants.iter().map(|variant| variant.name.rust()).collect()
            }
        };
        let members: Vec<&str> = members;
        let mut members: Vec<String> = members.into_iter().map(str::to_owned).collect();
        members.sort();
        (def.name.rust().to_owned(), members)
    });
    types.collect()
}

fn lowered(name: &str, json: &Value) -> Api {
    lower(&parse(name, &json.to_string()), &[], Layout::Flat)
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// The members of every object in another order; `seed` says in which.
pub(crate) fn shuffled(value: &Value, seed: u64) -> String {
    let key = |name: &str| {
        let bytes = name.bytes().map(u64::from);
        bytes.fold(seed, |hash, byte| {
            (hash ^ byte).wrapping_mul(0x0100_0000_01b3).rotate_left(9)
        })
    };
    match value {
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_by_key(|(name, _)| key(name));
            let members = members
                .into_iter()
                .map(|(name, value)| format!("{}:{}", json!(name), shuffled(value, seed)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| shuffled(item, seed));
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        }
        scalar => scalar.to_string(),
    }
}

#[test]
fn the_order_of_a_document_changes_no_name() {
    for (name, json) in documents() {
        let expected = names(&lowered(&name, &json));
        for seed in 0..seeds(20) {
            let api = lower(&parse(&name, &shuffled(&json, seed)), &[], Layout::Flat);
            let api = api.unwrap_or_else(|problems| panic!("{name}, {seed}: {problems}"));
            assert_eq!(names(&api), expected, "{name}, {seed}");
        }
    }
}

/// Even one that has the name of a type, as long as nothing refers to it.
#[test]
fn a_schema_that_is_added_changes_no_name() {
    for (name, mut json) in documents() {
        let expected = names(&lowered(&name, &json));
        let Some(components) = json.get_mut("components").and_then(Value::as_object_mut) else {
            continue;
        };
        let schemas = components.entry("schemas").or_insert(json!({}));
        let schemas = schemas.as_object_mut().expect("schemas are an object");
        for rust in expected.keys() {
            schemas
                .entry(rust.as_str())
                .or_insert(json!({"type": "string", "enum": ["a"]}));
        }
        assert_eq!(names(&lowered(&name, &json)), expected, "{name}");
    }
}

/// The names of the properties that tell the members of unions apart.
pub(crate) fn tags(json: &Value) -> BTreeSet<&str> {
    let within: Vec<&Value> = match json {
        Value::Object(members) => members.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    let own = json.pointer("/discriminator/propertyName");
    let own = own.and_then(Value::as_str);
    within.into_iter().flat_map(tags).chain(own).collect()
}

/// The document with only some of the properties of the objects among its components, of which
/// `seed` says which. A tag stays: without it, the name of its schema stands for a variant, which
/// then has that name.
pub(crate) fn fewer(json: &Value, seed: usize, tags: &BTreeSet<&str>) -> Value {
    let mut json = json.clone();
    let schemas = json
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    for (index, schema) in schemas.into_iter().flat_map(Map::values_mut).enumerate() {
        let required = schema.get("required").cloned().unwrap_or_default();
        let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else {
            continue;
        };
        let mut position = index;
        properties.retain(|name, _| {
            position += 1;
            let required = required
                .as_array()
                .is_some_and(|required| required.contains(&json!(name)));
            let is_kept = required || tags.contains(name.as_str());
            is_kept || (position >> (seed % 4)) % 2 == seed / 4 % 2
        });
    }
    json
}

/// The rest keeps its names: schemas that are no longer reached are gone, as if they had
/// been taken out.
#[test]
fn what_is_taken_out_changes_no_other_name() {
    let mut compared = 0;
    for (name, json) in documents() {
        let expected = names(&lowered(&name, &json));
        for seed in 0..8 {
            let Ok(api) = lower(
                &parse(&name, &fewer(&json, seed, &tags(&json)).to_string()),
                &[],
                Layout::Flat,
            ) else {
                continue;
            };
            for (rust, members) in names(&api) {
                let Some(known) = expected.get(&rust) else {
                    panic!("{name}, {seed}: {rust} is new");
                };
                // Members that differ in signs alone are told apart by them, as long as both are
                // there.
                let lost = members.iter().find(|member| !known.contains(member));
                assert!(
                    lost.is_none() || name == "hostile-text",
                    "{name}, {seed}: {rust}::{lost:?}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 2000, "{compared}");
}
