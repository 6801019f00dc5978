//! A JSON Schema validator as a referee: whether what an old client sends is valid for the new
//! description.

use std::collections::BTreeMap;

use jsonschema::{Draft, Validator};
use openapi_tests::instances::Instances;
use openapi_tests::schema::{normalised, resolved};
use serde_json::{Value, json};

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Contents by media type; a body that may be left out, or a response, without content has none.
type Contents<'v> = BTreeMap<String, &'v Value>;

/// The first thing that goes wrong with an old client and a new server.
pub fn refusal(old: &Value, new: &Value) -> Option<String> {
    let (old, new) = (normalised(old), normalised(new));
    let instances = Instances::new(&[&old, &new]);
    let newer: BTreeMap<_, _> = operations(&new).collect();
    operations(&old).find_map(|(place, operation)| {
        let Some(other) = newer.get(&place) else {
            return Some(format!("{place} is gone"));
        };
        let (before, after) = ((&old, operation), (&new, *other));
        parameters(&instances, before, after)
            .or_else(|| request(&instances, before, after))
            .or_else(|| response(before, after))
    })
}

fn operations(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let methods = METHODS
            .iter()
            .filter_map(|method| Some((*method, item.get(*method)?)));
        methods.map(move |(method, operation)| (format!("{method} {path}"), operation))
    })
}

/// The contents of a body or of a response by media type without parameters.
fn contents<'v>(document: &'v Value, holder: &'v Value) -> Contents<'v> {
    let content = resolved(document, holder)
        .get("content")
        .and_then(Value::as_object);
    let essence = |name: &str| {
        name.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    };
    content
        .into_iter()
        .flatten()
        .map(|(name, content)| (essence(name), resolved(document, content)))
        .collect()
}

/// The schemas of an operation's parameters by location and name, each with `required`.
fn listed<'v>(
    (document, operation): (&'v Value, &'v Value),
) -> BTreeMap<String, (&'v Value, bool)> {
    let all = operation.get("parameters").and_then(Value::as_array);
    let each = all.into_iter().flatten().filter_map(|parameter| {
        let parameter = resolved(document, parameter);
        let content = parameter.get("content").and_then(Value::as_object);
        let holder = content.and_then(|content| content.values().next());
        let schema = holder.unwrap_or(parameter).get("schema")?;
        let key = format!("{} of the {}", parameter["name"], parameter["in"]);
        Some((
            key,
            (schema, parameter.get("required") == Some(&json!(true))),
        ))
    });
    each.collect()
}

fn parameters(
    instances: &Instances,
    old: (&Value, &Value),
    new: (&Value, &Value),
) -> Option<String> {
    let (before, after) = (listed(old), listed(new));
    let is_required = |key: &String| before.get(key).is_some_and(|(_, required)| *required);
    let mut wanted = after.iter().filter(|(_, (_, required))| *required);
    if let Some((key, _)) = wanted.find(|(key, _)| !is_required(key)) {
        return Some(format!("a request without {key}"));
    }
    before.into_iter().find_map(|(key, (schema, _))| {
        let Some((other, _)) = after.get(&key) else {
            return Some(format!("a request with {key}"));
        };
        let values = instances.of(old.0, schema).into_iter();
        refused(values, (old.0, schema), (new.0, other)).map(|value| format!("{key} of {value}"))
    })
}

/// The first value that the old schema allows and the new one does not.
fn refused(
    values: impl Iterator<Item = Value>,
    old: (&Value, &Value),
    new: (&Value, &Value),
) -> Option<String> {
    let (own, others) = (validator(old.0, old.1), validator(new.0, new.1));
    let valid: Vec<Value> = values.filter(|value| own.is_valid(value)).collect();
    assert!(!valid.is_empty(), "no value was found for {}", old.1);
    let refused = valid.iter().find(|value| !others.is_valid(value));
    refused.map(brief)
}

fn request(instances: &Instances, old: (&Value, &Value), new: (&Value, &Value)) -> Option<String> {
    let body = |(document, operation): (_, &Value)| {
        operation
            .get("requestBody")
            .map(|body| resolved(document, body).clone())
    };
    let is_required = |body: &Option<Value>| {
        body.as_ref()
            .is_some_and(|body| body.get("required") == Some(&json!(true)))
    };
    let (before, after) = (body(old), body(new));
    if is_required(&after) && !is_required(&before) {
        return Some("a request without a body".to_owned());
    }
    let before = before.unwrap_or_default();
    let after = after.unwrap_or_default();
    let after = contents(new.0, &after);
    contents(old.0, &before)
        .into_iter()
        .find_map(|(media_type, content)| {
            let Some(other) = after.get(&media_type) else {
                return Some(format!("a request in {media_type}"));
            };
            let (schema, other) = (content.get("schema")?, other.get("schema")?);
            let sent =
                instances
                    .of(old.0, schema)
                    .into_iter()
                    .map(|value| match media_type.as_str() {
                        "multipart/form-data" => without_null(value),
                        _ => value,
                    });
            refused(sent, (old.0, schema), (new.0, other)).map(|value| format!("a request {value}"))
        })
}

/// In a form, null has no part.
fn without_null(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, member)| !member.is_null())
            .collect(),
        other => other,
    }
}

/// The successful responses by status; all responses if none is a success.
fn answers<'v>(document: &'v Value, operation: &'v Value) -> Vec<(&'v str, Contents<'v>)> {
    let responses = || operation["responses"].as_object().into_iter().flatten();
    let is_success = |status: &str| status.starts_with('2');
    let any = responses().any(|(status, _)| is_success(status));
    let wanted = responses().filter(|(status, _)| is_success(status) || !any);
    wanted
        .map(|(status, response)| (status.as_str(), contents(document, response)))
        .collect()
}

/// Checks that each new response has the media types of the old ones for its status, or of any
/// success if the status is new. Its schema is left to the cases: what a reader takes is wider
/// than a schema, and has no other definition than the reader.
fn response(old: (&Value, &Value), new: (&Value, &Value)) -> Option<String> {
    let before = answers(old.0, old.1);
    let types = |contents: &Contents<'_>| contents.keys().cloned().collect::<Vec<_>>();
    let any = || before.iter().flat_map(|(_, contents)| types(contents));
    answers(new.0, new.1)
        .into_iter()
        .find_map(|(status, after)| {
            let same = before.iter().find(|(known, _)| *known == status);
            let known = same.map_or_else(|| any().collect(), |(_, contents)| types(contents));
            let gone = known.into_iter().find(|name| !after.contains_key(name));
            gone.map(|name| format!("a response that is not in {name}"))
        })
}

/// A validator for a schema whose references are to places of the document.
fn validator(document: &Value, schema: &Value) -> Validator {
    let root = json!({"components": document["components"], "paths": document["paths"], "allOf": [schema]});
    let validator = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .build(&root);
    validator.unwrap_or_else(|error| panic!("{error}: {schema}"))
}

/// The beginning of a value.
fn brief(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
