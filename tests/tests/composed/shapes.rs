//! Schemas other than unions.

use serde_json::{Map, Value, json};

use crate::compose::Composer;

/// Values of enums: such as no Rust name is like, and such as are like one another.
const WORDS: [&str; 22] = [
    "a",
    "A",
    "b",
    "a-b",
    "a b",
    "err",
    "ok",
    "unknown",
    "other",
    "+1",
    "-1",
    "é",
    "1",
    "true",
    "null",
    "self",
    "auto",
    "none",
    "1024x1024",
    "dall-e-2",
    "Some",
    "type",
];

/// Bounds of numbers.
const BOUNDS: [i64; 8] = [-10, -1, 0, 1, 2, 10, 3_000_000_000, 9_007_199_254_740_991];

pub fn scalar(composer: &mut Composer) -> Value {
    let is_3_1 = composer.is_3_1;
    match composer.dice.below(16) {
        0..=3 => string(composer),
        4..=6 => enumeration(composer),
        7..=9 => number(composer, "integer"),
        10 => number(composer, "number"),
        11 | 12 => json!({"type": "boolean"}),
        13 => json!({"type": "integer", "enum": composer.dice.some(&[-1, 0, 1, 2, 10], 2)}),
        14 if is_3_1 => json!({"const": *composer.dice.one(&WORDS)}),
        14 => json!({"type": "string", "enum": [*composer.dice.one(&WORDS)]}),
        _ if is_3_1 && composer.dice.chance(1, 3) => json!({"const": *composer.dice.one(&[1, 7])}),
        _ => json!({}),
    }
}

fn string(composer: &mut Composer) -> Value {
    let mut schema = json!({"type": "string"});
    match composer.dice.below(5) {
        0 => {
            let formats = [
                "date-time",
                "uuid",
                "email",
                "uri",
                "password",
                "byte",
                "made-up",
            ];
            schema["format"] = json!(composer.dice.one(&formats));
        }
        1 => lengths(composer, &mut schema, "minLength", "maxLength"),
        2 if composer.is_3_1 => schema["contentEncoding"] = json!("base64"),
        _ => {}
    }
    schema
}

fn lengths(composer: &mut Composer, schema: &mut Value, least: &str, most: &str) {
    let from = composer.dice.below(3);
    if composer.dice.chance(1, 2) {
        schema[least] = json!(from);
    }
    if composer.dice.chance(1, 2) {
        schema[most] = json!(from + composer.dice.below(3));
    }
}

fn enumeration(composer: &mut Composer) -> Value {
    let count = 1 + composer.dice.below(4);
    let words = composer.dice.some(&WORDS, count);
    if composer.dice.chance(1, 6) {
        json!({ "enum": words })
    } else {
        json!({"type": "string", "enum": words})
    }
}

fn number(composer: &mut Composer, name: &str) -> Value {
    let mut schema = json!({ "type": name });
    if composer.dice.chance(1, 4) {
        let formats: &[&str] = match name {
            "integer" => &["int32", "int64", "uint64", "uint32", "int8", "unixtime"],
            _ => &["float", "double", "decimal"],
        };
        schema["format"] = json!(composer.dice.one(formats));
    }
    if composer.dice.chance(1, 2) {
        let low = composer.dice.below(BOUNDS.len());
        let high = low + composer.dice.below(BOUNDS.len() - low);
        bound(
            composer,
            &mut schema,
            ["minimum", "exclusiveMinimum"],
            BOUNDS[low],
        );
        bound(
            composer,
            &mut schema,
            ["maximum", "exclusiveMaximum"],
            BOUNDS[high],
        );
    }
    if composer.dice.chance(1, 8) {
        schema["multipleOf"] = if name == "integer" {
            json!(3)
        } else {
            json!(0.5)
        };
    }
    schema
}

fn bound(composer: &mut Composer, schema: &mut Value, [bound, exclusive]: [&str; 2], value: i64) {
    match (composer.dice.below(5), composer.is_3_1) {
        (0, true) => schema[exclusive] = json!(value),
        (0, false) => {
            schema[bound] = json!(value);
            schema[exclusive] = json!(true);
        }
        (1 | 2, _) => schema[bound] = json!(value),
        _ => {}
    }
}

/// An object with members, some of which are required, and perhaps a rule.
pub fn object(composer: &mut Composer, depth: usize) -> Value {
    let count = 1 + composer.dice.below(4);
    let names = composer.names(count);
    let mut members = Map::new();
    for name in &names {
        let mut schema = composer.schema(depth);
        // A constant that is `readOnly` is neither kept nor sent.
        let values = schema.get("enum").and_then(Value::as_array);
        let is_plain = schema.get("type").is_some() && values.is_none_or(|values| values.len() > 1);
        if is_plain && composer.dice.chance(1, 10) {
            let access = *composer.dice.one(&["readOnly", "writeOnly"]);
            schema[access] = json!(true);
        }
        members.insert((*name).to_owned(), schema);
    }
    let count = composer.dice.below(names.len() + 1);
    let required = composer.dice.some(&names, count);
    let mut schema = json!({"type": "object", "properties": members});
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    if composer.dice.chance(1, 10) {
        schema.as_object_mut().map(|schema| schema.remove("type"));
    }
    match composer.dice.below(12) {
        0 | 1 => schema["additionalProperties"] = json!(false),
        2 => schema["additionalProperties"] = json!(true),
        3 => schema["additionalProperties"] = composer.schema(depth),
        4 => rule(composer, &mut schema, &names),
        5 => lengths(composer, &mut schema, "minProperties", "maxProperties"),
        _ => {}
    }
    schema
}

/// Rules on several members.
fn rule(composer: &mut Composer, schema: &mut Value, names: &[&str]) {
    let [one, .., other] = names else { return };
    match composer.dice.below(4) {
        0 => schema["not"] = json!({"required": [one, other]}),
        1 => schema["anyOf"] = json!([{"required": [one]}, {"required": [other]}]),
        2 if composer.is_3_1 => {
            let test = json!({"required": [one]});
            schema["allOf"] = json!([{"if": test, "then": {"required": [other]}}]);
        }
        3 if composer.is_3_1 => {
            schema["properties"][one] = json!({"type": "string", "enum": ["a", "b", "c"]});
            let test = json!({"required": [one], "properties": {*one: {"const": "a"}}});
            schema["allOf"] = json!([{"if": test, "then": {"required": [other]}}]);
        }
        _ => {}
    }
}

pub fn list(composer: &mut Composer, depth: usize) -> Value {
    let mut schema = json!({"type": "array", "items": composer.schema(depth)});
    if composer.dice.chance(1, 4) {
        lengths(composer, &mut schema, "minItems", "maxItems");
    }
    if composer.dice.chance(1, 10) {
        schema["uniqueItems"] = json!(true);
    }
    schema
}

pub fn map(composer: &mut Composer, depth: usize) -> Value {
    let mut schema = json!({"type": "object", "additionalProperties": composer.schema(depth)});
    if composer.dice.chance(1, 6) {
        lengths(composer, &mut schema, "minProperties", "maxProperties");
    }
    schema
}

/// A list of types, each with a keyword of its own.
pub fn several_types(composer: &mut Composer, depth: usize) -> Value {
    if !composer.is_3_1 {
        return scalar(composer);
    }
    let all = ["null", "boolean", "integer", "string", "array", "object"];
    let count = 2 + composer.dice.below(2);
    let names = composer.dice.some(&all, count);
    let mut schema = json!({ "type": names });
    for name in names {
        match name {
            "integer" if composer.dice.chance(1, 2) => schema["minimum"] = json!(1),
            "string" if composer.dice.chance(1, 2) => schema["maxLength"] = json!(3),
            "array" => schema["items"] = composer.schema(depth),
            "object" => schema["properties"] = object(composer, depth)["properties"].take(),
            _ => {}
        }
    }
    schema
}

/// An object that has exactly one of its members.
pub fn exclusive(composer: &mut Composer, depth: usize) -> Value {
    let names = composer.names(2);
    let members = names
        .iter()
        .map(|name| ((*name).to_owned(), composer.schema(depth)));
    let members: Map<String, Value> = members.collect();
    let sets: Vec<Value> = names
        .iter()
        .map(|name| json!({"required": [name]}))
        .collect();
    json!({"type": "object", "properties": members, "oneOf": sets})
}

/// A member that both parts name has one schema, and neither speaks of members that the other
/// names.
pub fn agree(one: &mut Value, other: &mut Value) {
    for part in [&mut *one, &mut *other] {
        if part["additionalProperties"].is_object() {
            part["additionalProperties"] = json!(true);
        }
    }
    let shared = one["properties"].as_object().into_iter().flatten();
    for (name, schema) in shared {
        if let Some(member) = other["properties"].get_mut(name) {
            member.clone_from(schema);
        }
    }
}

pub fn all_of(composer: &mut Composer, depth: usize) -> Value {
    match composer.dice.below(6) {
        0 => {
            let mut one = object(composer, depth);
            let mut other = object(composer, depth);
            agree(&mut one, &mut other);
            json!({"allOf": [composer.component(one), other]})
        }
        1 => {
            let mut part = object(composer, depth);
            let mut whole = object(composer, depth);
            agree(&mut part, &mut whole);
            whole["allOf"] = json!([composer.component(part)]);
            whole
        }
        2 => json!({"allOf": [composer.referred(depth)], "description": "One of them."}),
        3 => json!({"allOf": [enumeration(composer), {"type": "string", "maxLength": 12}]}),
        4 => {
            // A stated bound counts more than what a format implies, wherever it stands.
            let mut parts = [number(composer, "integer"), number(composer, "number")];
            for part in &mut parts {
                part.as_object_mut().map(|part| part.remove("format"));
            }
            json!({"allOf": parts})
        }
        _ => {
            let part = object(composer, depth);
            let names: Vec<String> = part["properties"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, _)| name.clone())
                .collect();
            json!({"allOf": [composer.component(part), {"required": [composer.dice.one(&names)]}]})
        }
    }
}
