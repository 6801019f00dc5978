//! A document's schemas as JSON Schema that means the same: the words of `OpenAPI` are said in
//! those of JSON Schema.

mod tags;
mod together;

use serde_json::{Map, Value, json};

use crate::schema::{flattened, normalised, types};
pub use tags::{component_name, tags};
use together::{distributed, flat, put_together};

/// A document and a schema whose references are to places of it.
pub type Pair = (Value, Value);

/// The document, and one of its schemas. In rules between members null counts as absent, or else
/// as there.
#[must_use]
pub fn of(document: &Value, schema: &Value, null_is_absent: bool) -> Pair {
    let apart = both((document, schema), &distributed);
    let plain = both((&apart.0, &apart.1), &|schema| {
        let schema = whole(typed(schema));
        let schema = if null_is_absent {
            without_null(schema)
        } else {
            schema
        };
        Value::Object(normalised_alone(schema))
    });
    let told_apart = both((&plain.0, &plain.1), &|schema| tell_apart(&plain.0, schema));
    let (mut document, schema) = told_apart;
    declare_tags(&plain, &mut document);
    (document, schema)
}

/// Of a request, members that are `readOnly` are not required. Whether one that is `writeOnly` and
/// may be null is there is left to the caller.
#[must_use]
pub fn of_requests(document: &Value, schema: &Value) -> Pair {
    let is_not_checked = |schema: &Map<String, Value>, name: &Value| {
        let whole = flattened(document, &Value::Object(schema.clone()));
        let member = whole
            .get("properties")
            .and_then(|members| members.get(name.as_str()?));
        member.is_some_and(|member| {
            let member = flattened(document, member);
            let has = |access: &str| member.get(access) == Some(&json!(true));
            let is_nullable = types(&member).contains(&"null") || member.contains_key("anyOf");
            has("readOnly") || (has("writeOnly") && is_nullable)
        })
    };
    both((document, schema), &|mut schema| {
        let unchanged = schema.clone();
        let has_own = schema.contains_key("required");
        let mut lists: Vec<&mut Value> = Vec::new();
        for (keyword, value) in &mut schema {
            match (keyword.as_str(), value) {
                ("required", value) => lists.push(value),
                // The names of a part that has no members of its own.
                ("allOf", Value::Array(parts)) if !has_own => {
                    lists.extend(parts.iter_mut().filter_map(|part| part.get_mut("required")));
                }
                _ => {}
            }
        }
        for list in lists {
            if let Value::Array(names) = list {
                names.retain(|name| !is_not_checked(&unchanged, name));
            }
        }
        Value::Object(schema)
    })
}

/// The schemas without members that they do not name. What is composed is put together first.
#[must_use]
pub fn without_other_members(document: &Value, schema: &Value) -> Pair {
    let whole = both((document, schema), &|schema| put_together(document, schema));
    // What any value fits says nothing of the others of a union, and neither do members of any
    // name.
    let alone = both((&whole.0, &whole.1), &|mut schema| {
        for keyword in ["anyOf", "oneOf"] {
            let members = schema.get_mut(keyword).and_then(Value::as_array_mut);
            let Some(members) = members else { continue };
            members.retain(|member| *member != json!({}));
            for member in members {
                let mut flat = flat(&whole.0, member);
                if flat
                    .get("additionalProperties")
                    .is_some_and(|further| *further != json!(false))
                    && flat.contains_key("properties")
                {
                    flat.insert("additionalProperties".to_owned(), json!(false));
                    *member = Value::Object(flat);
                }
            }
        }
        Value::Object(schema)
    });
    both((&alone.0, &alone.1), &|mut schema| {
        let says = |keyword: &str| schema.contains_key(keyword);
        let is_open = !says("additionalProperties") && !says("unevaluatedProperties");
        if says("properties") && says("type") && is_open {
            schema.insert("unevaluatedProperties".to_owned(), json!(false));
        }
        Value::Object(schema)
    })
}

/// The schemas without bounds, each union with only one alternative that fits, and without
/// `writeOnly` members that are required: so far alternatives can be told apart when they are
/// received.
#[must_use]
pub fn distinct((document, schema): &Pair) -> Pair {
    let is_sent_only = |schema: &Map<String, Value>, name: &Value| {
        let members = schema.get("properties");
        let member = members.and_then(|members| members.get(name.as_str()?));
        member.is_some_and(|member| {
            flattened(document, member).get("writeOnly") == Some(&json!(true))
        })
    };
    both((document, schema), &|mut schema| {
        // An optional member that is null is read as absent.
        let required = schema
            .get("required")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let members = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (name, member) in members.into_iter().flatten() {
            if !required.contains(&json!(name)) {
                *member = json!({"anyOf": [member, {"type": "null"}]});
            }
        }
        for bound in BOUNDS {
            schema.remove(bound);
        }
        let unchanged = schema.clone();
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            required.retain(|name| !is_sent_only(&unchanged, name));
        }
        if !schema.contains_key("properties")
            && let Some(members) = schema.remove("anyOf")
        {
            schema.insert("oneOf".to_owned(), members);
        }
        if schema.contains_key("properties") {
            for rule in ["anyOf", "oneOf", "not", "allOf"] {
                schema.remove(rule);
            }
        }
        Value::Object(schema)
    })
}

/// Keywords that alternatives are not told apart by.
const BOUNDS: [&str; 13] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Changes the schemas of a document and a schema beside it, those within others first.
fn both(
    (document, schema): (&Value, &Value),
    change: &dyn Fn(Map<String, Value>) -> Value,
) -> Pair {
    let components = document["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten();
    let components = components.map(|(name, schema)| (name.clone(), each(schema, change)));
    let components: Map<String, Value> = components.collect();
    (
        json!({"components": {"schemas": components}}),
        each(schema, change),
    )
}

fn each(schema: &Value, change: &dyn Fn(Map<String, Value>) -> Value) -> Value {
    let Value::Object(members) = schema else {
        return schema.clone();
    };
    let mut changed = members.clone();
    for (keyword, value) in &mut changed {
        *value = match (keyword.as_str(), &*value) {
            ("properties", Value::Object(members)) => {
                let members = members
                    .iter()
                    .map(|(name, schema)| (name.clone(), each(schema, change)));
                Value::Object(members.collect())
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => {
                schemas.iter().map(|schema| each(schema, change)).collect()
            }
            (
                "items" | "additionalProperties" | "unevaluatedProperties" | "not" | "if" | "then",
                schema,
            ) => each(schema, change),
            (_, value) => value.clone(),
        };
    }
    change(changed)
}

/// [`normalised`], but not what is within.
fn normalised_alone(schema: Map<String, Value>) -> Map<String, Value> {
    let (holders, keywords): (Map<_, _>, Map<_, _>) = schema.into_iter().partition(|(_, value)| {
        value.is_object()
            || value
                .as_array()
                .is_some_and(|items| items.iter().any(Value::is_object))
    });
    let Value::Object(mut normalised) = normalised(&Value::Object(keywords)) else {
        return holders;
    };
    let access = ["readOnly", "writeOnly"].map(|access| {
        (
            access,
            normalised
                .get("anyOf")
                .is_some_and(|schemas| schemas[0][access] == json!(true)),
        )
    });
    match normalised
        .get_mut("anyOf")
        .and_then(|schemas| schemas[0].as_object_mut())
    {
        Some(schema) => schema.extend(holders),
        None => normalised.extend(holders),
    }
    // A nullable member is still `readOnly`.
    for (access, _) in access.iter().filter(|(_, is_set)| *is_set) {
        normalised.insert((*access).to_owned(), json!(true));
    }
    normalised
}

/// A schema with properties is an object, unless it only says which members are required.
fn typed(mut schema: Map<String, Value>) -> Map<String, Value> {
    let members = schema.get("properties").and_then(Value::as_object);
    let mut members = members.into_iter().flatten();
    let is_test = schema.len() == 2 && schema.contains_key("required") && members.all(|(_, member)| matches!(member.as_object(), Some(test) if test.len() == 1 && test.contains_key("const")));
    if schema.contains_key("properties") && !schema.contains_key("type") && !is_test {
        schema.insert("type".to_owned(), json!("object"));
    }
    // A rule between members says nothing of values that are not objects.
    if let Some(Value::Object(not)) = schema.get_mut("not") {
        not.insert("type".to_owned(), json!("object"));
    }
    schema
}

/// `additionalProperties` beside `allOf` speaks of members that no part names.
fn whole(mut schema: Map<String, Value>) -> Map<String, Value> {
    if schema.contains_key("allOf")
        && let Some(additional) = schema.remove("additionalProperties")
    {
        schema.insert("unevaluatedProperties".to_owned(), additional);
    }
    schema
}

/// Lets rules between members ask for members that are not null.
fn without_null(mut schema: Map<String, Value>) -> Map<String, Value> {
    let Some(Value::Object(members)) = schema.get("properties").cloned() else {
        return schema;
    };
    for keyword in ["not", "anyOf", "oneOf", "allOf"] {
        if let Some(rule) = schema.get_mut(keyword) {
            exclude_null(&members, rule);
        }
    }
    schema
}

fn exclude_null(members: &Map<String, Value>, rule: &mut Value) {
    match rule {
        Value::Array(rules) => rules
            .iter_mut()
            .for_each(|rule| exclude_null(members, rule)),
        Value::Object(rule) if rule.get("type").is_none_or(|name| *name == json!("object")) => {
            for keyword in ["if", "then"] {
                rule.get_mut(keyword)
                    .into_iter()
                    .for_each(|rule| exclude_null(members, rule));
            }
            let names = rule.get("required").and_then(Value::as_array).cloned();
            for name in names.iter().flatten().filter_map(Value::as_str) {
                let is_any = members.get(name).is_none_or(|member| *member == json!({}));
                let tests = rule.entry("properties").or_insert_with(|| json!({}));
                if !is_any && tests[name].is_null() {
                    tests[name] = json!({"not": {"type": "null"}});
                }
            }
        }
        _ => {}
    }
}

/// Writes the tags of a discriminator into the members of the union: to JSON Schema it is an
/// annotation.
fn tell_apart(document: &Value, mut schema: Map<String, Value>) -> Value {
    let union = Value::Object(schema.clone());
    let Some(tag) = union["discriminator"]["propertyName"].as_str() else {
        return union;
    };
    for keyword in ["anyOf", "oneOf"] {
        let members = schema.get_mut(keyword).and_then(Value::as_array_mut);
        for member in members
            .into_iter()
            .flatten()
            .filter(|member| **member != json!({"type": "null"}))
        {
            let whole = flattened(document, member);
            let declared = whole
                .get("properties")
                .map(|members| members[tag].clone())
                .unwrap_or_default();
            let is_listed = declared.get("enum").is_some() || declared.get("const").is_some();
            let values = if is_listed {
                declared
            } else {
                json!({"enum": tags(&union, member)})
            };
            *member = json!({"allOf": [member, {"required": [tag], "properties": {tag: values}}]});
        }
    }
    Value::Object(schema)
}

/// Writes the tags of a discriminator into the components: where one stands alone, it has the same
/// tag, and always.
fn declare_tags(plain: &Pair, document: &mut Value) {
    let mut unions = Vec::new();
    gather_unions(&plain.0, &mut unions);
    gather_unions(&plain.1, &mut unions);
    for union in unions {
        let tag = union["discriminator"]["propertyName"]
            .as_str()
            .unwrap_or_default();
        let members = ["anyOf", "oneOf"]
            .iter()
            .filter_map(|keyword| union[keyword].as_array())
            .flatten();
        for member in members {
            let component = document["components"]["schemas"].get_mut(component_name(member));
            let Some(component) = component else { continue };
            let members = component.get_mut("properties");
            let Some(declared) = members.and_then(|members| members.get_mut(tag)) else {
                continue;
            };
            if *declared == json!({"type": "string"}) {
                *declared = json!({"type": "string", "enum": tags(union, member)});
            }
            let required = component["required"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            if !required.contains(&json!(tag)) {
                component["required"] = required.into_iter().chain([json!(tag)]).collect();
            }
        }
    }
}

fn gather_unions<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    if value["discriminator"]["propertyName"].is_string() {
        found.push(value);
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather_unions(item, found)),
        Value::Object(members) => members
            .values()
            .for_each(|member| gather_unions(member, found)),
        _ => {}
    }
}
