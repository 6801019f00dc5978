//! Composes schemas that apply to the same value into one schema.

use serde_json::{Map, Value, json};

use crate::schema::flattened;

/// Adds the keywords beside alternatives with members to each of them.
pub fn distributed(schema: Map<String, Value>) -> Value {
    let is_rule = |alternative: &Value| {
        let keywords = alternative.as_object();
        keywords.is_some_and(|keywords| keywords.keys().all(|keyword| keyword == "required"))
    };
    for keyword in ["anyOf", "oneOf"] {
        let alternatives = schema.get(keyword).and_then(Value::as_array);
        let is_beside = schema.contains_key("properties");
        let alternatives = alternatives.filter(|all| is_beside && !all.iter().all(is_rule));
        let Some(alternatives) = alternatives else {
            continue;
        };
        let mut rest = schema.clone();
        rest.remove(keyword);
        let each = alternatives
            .iter()
            .map(|alternative| json!({"allOf": [rest, alternative]}));
        let mut whole = json!({ keyword: each.collect::<Vec<_>>() });
        for access in ["readOnly", "writeOnly"] {
            if let Some(said) = schema.get(access) {
                whole[access] = said.clone();
            }
        }
        return whole;
    }
    Value::Object(schema)
}

/// Maximum nesting of unions as alternatives of each other.
const DEPTH: usize = 8;

/// Composes a schema with the schemas of its `allOf`, and so each of its alternatives.
pub fn put_together(document: &Value, schema: Map<String, Value>) -> Value {
    together(document, schema, DEPTH)
}

fn together(document: &Value, schema: Map<String, Value>, depth: usize) -> Value {
    let parts = schema.get("allOf").and_then(Value::as_array);
    let is_composed = parts.is_some_and(|parts| parts.iter().any(|part| part.get("if").is_none()));
    let schema = Value::Object(schema);
    if !is_composed || depth == 0 {
        return schema;
    }
    let mut whole = flat(document, &schema);
    // `additionalProperties: true` in one part does not determine which members are kept.
    if whole.get("additionalProperties") == Some(&json!(true)) {
        whole.remove("additionalProperties");
    }
    let mut whole = distributed(whole);
    for keyword in ["anyOf", "oneOf"] {
        for member in whole
            .get_mut(keyword)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            if let Value::Object(composed) = member.clone() {
                *member = together(document, composed, depth - 1);
            }
        }
    }
    whole
}

/// [`flattened`], with each required member named once.
pub fn flat(document: &Value, schema: &Value) -> Map<String, Value> {
    let mut whole = flattened(document, schema);
    if let Some(Value::Array(required)) = whole.get_mut("required") {
        required.sort_by_key(Value::to_string);
        required.dedup();
    }
    whole
}
