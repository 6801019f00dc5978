//! What a reader of an emitted crate takes, as a JSON Schema.
//!
//! ```
//! use openapi_tests::reader::received;
//! use serde_json::json;
//!
//! let size = json!({"type": "string", "enum": ["auto"], "maxLength": 9});
//! assert_eq!(received(&json!({}), &size), json!({"type": "string"}));
//! ```
//!
//! What a client receives is read with more patience than it is written:
//!
//! | in the description | to a reader |
//! |---|---|
//! | bounds, `pattern`, `uniqueItems`, `not`, `if` with `then` | nothing: they are not checked |
//! | `enum` and `const` of strings, strings of several kinds | any string |
//! | `enum` and `const` of other values | any value of their type |
//! | a required member with one possible string | nothing: it is not read |
//! | an optional member | may also be null |
//! | `additionalProperties: false`, `true` or none | any other member |
//! | a union with a tag | if the tag is that of an alternative, the alternative, else anything |
//! | a union of JSON types | if only one alternative has the type of the value, the alternative, else anything |
//! | a value or a list of such values | one or the other |
//! | exactly one of several members | one of them at least, and not null |

use serde_json::{Map, Value, json};

use crate::schema::{BASE64, flattened, resolved, types};

/// The schema of what a reader takes for a value of this schema.
#[must_use]
pub fn received(document: &Value, schema: &Value) -> Value {
    // What stands beside a reference bounds or describes: neither changes what is read.
    if let Some(target) = schema.get("$ref") {
        return json!({"$ref": target});
    }
    let schema = flattened(document, schema);
    let alternatives = ["anyOf", "oneOf"]
        .iter()
        .find_map(|keyword| schema.get(*keyword)?.as_array());
    if schema.contains_key("properties") {
        return object(document, &schema);
    }
    if let Some(alternatives) = alternatives {
        return union(document, &schema, alternatives);
    }
    let listed = schema.get("enum").and_then(Value::as_array).cloned();
    if let Some(listed) = listed.or_else(|| schema.get("const").map(|only| vec![only.clone()])) {
        let mut names: Vec<&str> = listed.iter().map(type_of).collect();
        names.dedup();
        return match names.as_slice() {
            [only] => json!({"type": only}),
            all => json!({"type": all}),
        };
    }
    let alternatives: Vec<Value> = types(&schema)
        .into_iter()
        .map(|name| single(document, &schema, name))
        .collect();
    match alternatives.as_slice() {
        [] => json!({}),
        [only] => only.clone(),
        all => union(document, &schema, all),
    }
}

fn single(document: &Value, schema: &Map<String, Value>, name: &str) -> Value {
    let mut read = Map::from_iter([("type".to_owned(), json!(name))]);
    let mut keep = |keyword: &str, value: Option<Value>| {
        read.extend(value.map(|value| (keyword.to_owned(), value)));
    };
    match name {
        "array" => keep(
            "items",
            schema.get("items").map(|items| received(document, items)),
        ),
        "object" => {
            let values = schema
                .get("additionalProperties")
                .filter(|values| values.is_object());
            keep(
                "additionalProperties",
                values.map(|values| received(document, values)),
            );
        }
        "string" => {
            let base64 = schema
                .get("pattern")
                .filter(|pattern| **pattern == json!(BASE64));
            keep("pattern", base64.cloned());
        }
        // The reader of 32 bits takes no more than them.
        "integer" if schema.get("format") == Some(&json!("int32")) => {
            keep("minimum", Some(json!(i32::MIN)));
            keep("maximum", Some(json!(i32::MAX)));
        }
        _ => {}
    }
    Value::Object(read)
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The one string that a member can be.
fn constant<'s>(document: &'s Value, schema: &'s Value) -> Option<&'s str> {
    let schema = resolved(document, schema);
    let only = match schema
        .get("enum")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        Some([only]) => Some(only),
        Some(_) => None,
        None => schema.get("const"),
    };
    only?.as_str()
}

fn required(schema: &Map<String, Value>) -> Vec<&str> {
    let names = schema.get("required").and_then(Value::as_array);
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

fn object(document: &Value, schema: &Map<String, Value>) -> Value {
    let mut read = single(document, schema, "object");
    let names = required(schema);
    let mut kept = Vec::new();
    let mut members = Map::new();
    for (name, member) in schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let is_required = names.contains(&name.as_str());
        if is_required && constant(document, member).is_some() {
            continue;
        }
        let reader = received(document, member);
        if is_required {
            kept.push(name.as_str());
            members.insert(name.clone(), reader);
        } else {
            members.insert(name.clone(), json!({"anyOf": [reader, {"type": "null"}]}));
        }
    }
    read["properties"] = json!(members);
    read["required"] = json!(kept);
    if let Some(one) = exactly_one(schema) {
        let sets = one.iter().map(
            |name| json!({"required": [name], "properties": {*name: {"not": {"type": "null"}}}}),
        );
        read["anyOf"] = sets.collect();
    }
    let is_nullable = types(schema).contains(&"null");
    if is_nullable {
        json!({"anyOf": [read, {"type": "null"}]})
    } else {
        read
    }
}

/// The members of an object that has exactly one of them.
fn exactly_one(schema: &Map<String, Value>) -> Option<Vec<&str>> {
    let sets = schema
        .get("oneOf")
        .or_else(|| schema.get("anyOf").filter(|_| schema.contains_key("not")))?;
    let names: Option<Vec<&str>> = sets
        .as_array()?
        .iter()
        .map(|set| match set.get("required")?.as_array()?.as_slice() {
            [only] => only.as_str(),
            _ => None,
        })
        .collect();
    let members = schema.get("properties")?.as_object()?;
    names.filter(|names| names.len() == members.len())
}

fn union(document: &Value, schema: &Map<String, Value>, alternatives: &[Value]) -> Value {
    let flat: Vec<Map<String, Value>> = alternatives
        .iter()
        .map(|schema| flattened(document, schema))
        .collect();
    let (nulls, others): (Vec<_>, Vec<_>) = alternatives
        .iter()
        .zip(&flat)
        .partition(|(_, flat)| types(flat) == ["null"]);
    let kinds: Vec<Vec<&str>> = others.iter().map(|(_, flat)| kinds(flat)).collect();
    let all = |name: &[&str]| {
        kinds
            .iter()
            .all(|kinds| kinds.iter().all(|kind| name.contains(kind)))
    };
    let is_file = others.iter().any(|(_, flat)| flat.contains_key("pattern"));
    let strict = |schemas: Vec<Value>| json!({"anyOf": schemas});
    let mut read: Vec<Value> = match others.as_slice() {
        [(only, _)] => vec![received(document, only)],
        _ if all(&["string"]) && !is_file => vec![json!({"type": "string"})],
        _ if all(&["integer", "number"]) => vec![json!({"type": "number"})],
        [(one, _), (other, _)] if is_one_or_many(document, one, other) => {
            vec![received(document, one), received(document, other)]
        }
        _ => return open_union(document, schema, &others, &kinds),
    };
    if !nulls.is_empty() {
        read.push(json!({"type": "null"}));
    }
    match read.len() {
        1 => read.remove(0),
        _ => strict(read),
    }
}

/// The JSON types of a schema's values.
fn kinds(schema: &Map<String, Value>) -> Vec<&str> {
    let listed = schema.get("enum").and_then(Value::as_array);
    match (types(schema), listed) {
        (names, None) => names,
        (names, Some(_)) if !names.is_empty() => names,
        (_, Some(listed)) => listed.iter().map(type_of).collect(),
    }
}

fn is_one_or_many(document: &Value, one: &Value, other: &Value) -> bool {
    let items = |list: &Value| flattened(document, list).get("items").cloned();
    let bare = |schema: &Value| {
        let mut schema = flattened(document, schema);
        schema.retain(|keyword, _| {
            ["type", "format", "properties", "enum", "anyOf", "oneOf"].contains(&keyword.as_str())
        });
        schema
    };
    match (items(one), items(other)) {
        (None, Some(items)) => bare(&items) == bare(one),
        (Some(items), None) => bare(&items) == bare(other),
        _ => false,
    }
}

/// A union that takes what none of its alternatives describes.
fn open_union(
    document: &Value,
    schema: &Map<String, Value>,
    others: &[(&Value, &Map<String, Value>)],
    kinds: &[Vec<&str>],
) -> Value {
    let tag = tag(document, schema, others);
    let cases = others.iter().zip(kinds);
    let cases = cases.filter_map(|((alternative, flat), own)| {
        let is_error = flat.get("x-stream-error") == Some(&json!(true));
        let fits = match &tag {
            _ if is_error => None,
            Some(tag) => {
                let values = tags(document, schema, tag, alternative, flat);
                let members = json!({tag: {"enum": values}});
                Some(json!({"type": "object", "required": [tag], "properties": members}))
            }
            None => alone(flat, own, kinds),
        };
        fits.map(|fits| json!({"if": fits, "then": received(document, alternative)}))
    });
    let cases: Vec<Value> = cases.collect();
    if cases.is_empty() {
        json!({})
    } else {
        json!({"allOf": cases})
    }
}

/// What the values of an alternative look like, if those of no other have its JSON type.
fn alone(flat: &Map<String, Value>, own: &[&str], kinds: &[Vec<&str>]) -> Option<Value> {
    let [kind] = own else { return None };
    let number = |name: &str| ["integer", "number"].contains(&name);
    let same = |other: &&str| other == kind || (number(other) && number(kind));
    let sharing = kinds
        .iter()
        .filter(|kinds| kinds.is_empty() || kinds.iter().any(same));
    let fits = match *kind {
        "object" => json!({"type": kind, "required": required(flat)}),
        _ => json!({"type": kind}),
    };
    (sharing.count() == 1).then_some(fits)
}

/// The member that tells the alternatives apart.
fn tag(
    document: &Value,
    schema: &Map<String, Value>,
    others: &[(&Value, &Map<String, Value>)],
) -> Option<String> {
    let named = schema
        .get("discriminator")
        .and_then(|found| found.get("propertyName"));
    if let Some(name) = named.and_then(Value::as_str) {
        return Some(name.to_owned());
    }
    let (_, first) = others.first()?;
    let candidates = first.get("properties")?.as_object()?.keys();
    let mut candidates = candidates.filter(|name| {
        let values: Vec<_> = others
            .iter()
            .map(|(_, flat)| own_tag(document, flat, name))
            .collect();
        let distinct = values
            .iter()
            .enumerate()
            .all(|(index, value)| !values[..index].contains(value));
        distinct && values.iter().all(Option::is_some)
    });
    candidates.next().cloned()
}

fn own_tag<'s>(document: &'s Value, schema: &'s Map<String, Value>, name: &str) -> Option<&'s str> {
    constant(document, schema.get("properties")?.get(name)?)
}

/// The values of the tag that stand for an alternative.
fn tags(
    document: &Value,
    schema: &Map<String, Value>,
    tag: &str,
    alternative: &Value,
    flat: &Map<String, Value>,
) -> Vec<String> {
    if let Some(own) = own_tag(document, flat, tag) {
        return vec![own.to_owned()];
    }
    let target = alternative
        .get("$ref")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let name = target.rsplit('/').next().unwrap_or_default();
    let mapping = schema
        .get("discriminator")
        .and_then(|found| found.get("mapping")?.as_object());
    let mapped = mapping
        .into_iter()
        .flatten()
        .filter(|(_, to)| to.as_str() == Some(target) || to.as_str() == Some(name));
    let mapped: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
    if mapped.is_empty() {
        vec![name.to_owned()]
    } else {
        mapped
    }
}
