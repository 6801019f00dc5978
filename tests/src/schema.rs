//! Schemas of a description as JSON Schema 2020-12.
//!
//! ```
//! use openapi_tests::schema::normalised;
//! use serde_json::json;
//!
//! let size = json!({"type": "string", "enum": ["auto"], "nullable": true});
//! assert_eq!(normalised(&size), json!({"anyOf": [{"type": "string", "enum": ["auto"]}, {"type": "null"}]}));
//! ```
//!
//! Requests are held to the description as it stands. [`normalised`] only says in the
//! words of JSON Schema what OpenAPI says in its own:
//!
//! | in the description | in JSON Schema |
//! |---|---|
//! | `nullable: true` | `anyOf` with `type: null` |
//! | `exclusiveMinimum: true` beside `minimum` | `exclusiveMinimum` with the number |
//! | `format: int32`, `uint64`, … | the bounds of so many bits, on a side where none is stated |
//! | `format: byte`, `contentEncoding: base64` | a pattern |
//! | any other `format` | nothing: it is an annotation |

use serde_json::{Map, Value, json};

/// Schemas that refer to each other further than this are not followed.
const DEPTH: usize = 32;

/// Base64, RFC 4648, section 4.
pub(crate) const BASE64: &str = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";

/// A description, or a part of it, with all schemas in JSON Schema 2020-12.
#[must_use]
pub fn normalised(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(normalised).collect(),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, member)| (name.clone(), normalised(member)));
            keywords(members.collect())
        }
        scalar => scalar.clone(),
    }
}

fn keywords(mut schema: Map<String, Value>) -> Value {
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        match schema.get(exclusive) {
            Some(Value::Bool(true)) => {
                let number = schema.remove(bound).unwrap_or_default();
                schema.insert(exclusive.to_owned(), number);
            }
            Some(Value::Bool(false)) => drop(schema.remove(exclusive)),
            _ => {}
        }
    }
    let format = schema.get("format").and_then(Value::as_str);
    if let Some((least, most)) = format.and_then(range) {
        let has = |keywords: [&str; 2]| keywords.iter().any(|name| schema.contains_key(*name));
        let (has_least, has_most) = (
            has(["minimum", "exclusiveMinimum"]),
            has(["maximum", "exclusiveMaximum"]),
        );
        if !has_least {
            schema.insert("minimum".to_owned(), least);
        }
        if !has_most {
            schema.insert("maximum".to_owned(), most);
        }
    }
    let is =
        |keyword: &str, value: &str| schema.get(keyword).and_then(Value::as_str) == Some(value);
    if is("format", "byte") || is("contentEncoding", "base64") {
        schema.insert("pattern".to_owned(), json!(BASE64));
    }
    match schema.remove("nullable") {
        Some(Value::Bool(true)) => json!({"anyOf": [schema, {"type": "null"}]}),
        Some(Value::Bool(false)) | None => Value::Object(schema),
        // A member of this name, and no keyword.
        Some(other) => {
            schema.insert("nullable".to_owned(), other);
            Value::Object(schema)
        }
    }
}

/// The least and the greatest integer of a format.
fn range(format: &str) -> Option<(Value, Value)> {
    Some(match format {
        "int8" => (json!(i8::MIN), json!(i8::MAX)),
        "int16" => (json!(i16::MIN), json!(i16::MAX)),
        "int32" => (json!(i32::MIN), json!(i32::MAX)),
        "uint8" => (json!(0), json!(u8::MAX)),
        "uint16" => (json!(0), json!(u16::MAX)),
        "uint32" => (json!(0), json!(u32::MAX)),
        "uint64" | "uint" => (json!(0), json!(u64::MAX)),
        _ => return None,
    })
}

/// The target of a schema that is a reference.
#[must_use]
pub fn resolved<'v>(document: &'v Value, schema: &'v Value) -> &'v Value {
    let mut schema = schema;
    for _ in 0..DEPTH {
        let target = schema.get("$ref").and_then(Value::as_str);
        let Some(target) = target.and_then(|target| document.pointer(target.strip_prefix('#')?))
        else {
            break;
        };
        schema = target;
    }
    schema
}

/// The schema with what it refers to and what it is composed of written into it.
#[must_use]
pub fn flattened(document: &Value, schema: &Value) -> Map<String, Value> {
    flatten(document, schema, DEPTH)
}

fn flatten(document: &Value, schema: &Value, depth: usize) -> Map<String, Value> {
    let Value::Object(own) = schema else {
        return Map::new();
    };
    let Some(depth) = depth.checked_sub(1) else {
        return Map::new();
    };
    let mut whole = Map::new();
    // A rule stays a rule of its own: two of them are not one.
    let parts = own.get("allOf").and_then(Value::as_array);
    let (own_rules, parts): (Vec<_>, Vec<_>) = parts
        .into_iter()
        .flatten()
        .partition(|part| part.get("if").is_some());
    let mut rules: Vec<Value> = own_rules.into_iter().cloned().collect();
    let target = own.get("$ref").map(|_| resolved(document, schema));
    for part in target.into_iter().chain(parts) {
        let mut part = flatten(document, part, depth);
        if let Some(Value::Array(more)) = part.remove("allOf") {
            rules.extend(more);
        }
        merge(&mut whole, &part);
    }
    merge(&mut whole, own);
    whole.remove("$ref");
    whole.remove("allOf");
    if !rules.is_empty() {
        whole.insert("allOf".to_owned(), json!(rules));
    }
    whole
}

/// Adds the keywords of one schema to those of another: members are joined, and of all others the
/// last counts.
pub fn merge(whole: &mut Map<String, Value>, part: &Map<String, Value>) {
    for (keyword, value) in part {
        match (keyword.as_str(), whole.get_mut(keyword), value) {
            ("properties", Some(Value::Object(known)), Value::Object(more)) => {
                known.extend(more.clone());
            }
            ("required", Some(Value::Array(known)), Value::Array(more)) => {
                known.extend(more.iter().cloned());
            }
            // Every integer is a number.
            ("type", Some(Value::String(known)), Value::String(more))
                if known == "integer" && more == "number" => {}
            _ => drop(whole.insert(keyword.clone(), value.clone())),
        }
    }
}

/// The JSON types that a schema names, by what it says.
#[must_use]
pub fn types(schema: &Map<String, Value>) -> Vec<&str> {
    let implied = [
        ("properties", "object"),
        ("additionalProperties", "object"),
        ("items", "array"),
        ("pattern", "string"),
    ];
    match schema.get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => implied
            .iter()
            .find(|(keyword, _)| schema.contains_key(*keyword))
            .map(|(_, name)| *name)
            .into_iter()
            .collect(),
    }
}
