//! Why an example is not written as it is: what its schema says of it, and what is documented.
//!
//! | reason | what is documented |
//! |---|---|
//! | [`NULL`] | what is only received does not tell an optional member that is null from one that is absent |
//! | [`SWITCH`] | the member that asks for a stream is no field: the call sets it |
//! | [`UNNAMED`] | members that the schema does not name are not kept, nor those that only alternatives name which the value does not fit |
//! | [`UNREAD`], [`ALTERED`] | nothing: the example does not fit its schema at this place |

use std::collections::BTreeMap;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
use openapi_codegen::document::Pointer;
use openapi_tests::difference::{Difference, differences};
use openapi_tests::meaning;
use openapi_tests::schema::resolved;
use serde_json::{Value, json};

use super::found::Example;
use super::program::Outcome;

const EQUAL: &str = "equal";
const NULL: &str = "equal, but for null where a member is optional";
const UNNAMED: &str = "equal, but for members that the schema does not name";
const SWITCH: &str = "equal, but for the member that asks for a stream";
const ALTERED: &str = "altered where it does not fit the schema";
const UNREAD: &str = "not read, and does not fit the schema";

/// The schemas of a document, as a judge of its examples.
pub struct Judge<'v> {
    /// The components as JSON Schema, with the schema of each example among them.
    schemas: Value,
    /// The names of the schemas of examples there.
    names: BTreeMap<&'v Pointer, String>,
}

impl<'v> Judge<'v> {
    pub fn new(document: &'v Value, examples: &'v [Example<'v>]) -> Self {
        let mut names = BTreeMap::new();
        let mut components = document["components"]["schemas"].clone();
        for example in examples.iter().filter(|example| example.ty.is_ok()) {
            // No key of a component has a colon.
            let name = format!("example:{}", names.len());
            names.entry(&example.schema).or_insert_with(|| {
                components[&name] = itself(document, &example.schema);
                name
            });
        }
        let document_of_schemas = json!({"components": {"schemas": components}});
        let (schemas, _) = meaning::of(&document_of_schemas, &json!({}), false);
        Self { schemas, names }
    }

    /// The most serious reason why an example is not what it was; the error is the first
    /// difference without a reason.
    pub fn reason(&self, example: &Example<'_>, outcome: &Outcome) -> Result<&'static str, String> {
        match outcome {
            Outcome::Written(written) => self.of_written(example, written),
            Outcome::Unread { path, error } => {
                let faults = self.faults(example, example.value);
                let place = failed_at(path, error);
                let is_there = |fault: &String| is_within(&dotted(fault), &place);
                if faults.iter().any(is_there) {
                    Ok(UNREAD)
                } else {
                    Err(format!("not read at {path:?}: {error}"))
                }
            }
        }
    }

    fn of_written(&self, example: &Example<'_>, written: &Value) -> Result<&'static str, String> {
        let found = differences(example.value, written);
        if found.is_empty() {
            return Ok(EQUAL);
        }
        let [faults, of_written] =
            [example.value, written].map(|value| self.faults(example, value));
        let reasons = found
            .iter()
            .map(|difference| self.of_difference(example, difference, [&faults, &of_written]));
        let reasons: Vec<_> = reasons.collect::<Result<_, _>>()?;
        let mut serious = [ALTERED, UNNAMED, NULL].into_iter();
        let serious = serious.find(|reason| reasons.contains(reason));
        Ok(serious.unwrap_or(SWITCH))
    }

    fn of_difference(
        &self,
        example: &Example<'_>,
        difference: &Difference<'_>,
        faults: [&[String]; 2],
    ) -> Result<&'static str, String> {
        let Difference {
            pointer,
            one,
            other,
        } = difference;
        let [faults, of_written] = faults;
        let lost = one.filter(|_| other.is_none());
        let is_null = lost.is_some_and(Value::is_null);
        let ty = example.ty.as_ref();
        let is_sent = ty.is_ok_and(|ty| ty.is_sent);
        if ty.is_ok_and(|ty| ty.stream_switch.as_ref() == Some(pointer)) {
            return Ok(SWITCH);
        }
        if is_null && !is_sent && !of_written.contains(pointer) {
            return Ok(NULL);
        }
        if faults.iter().any(|fault| is_within(fault, pointer)) {
            return Ok(ALTERED);
        }
        if lost.is_some_and(|value| !self.admits(&example.schema, pointer, value)) {
            return Ok(UNNAMED);
        }
        let [one, other] =
            [one, other].map(|value| value.map_or("nothing".to_owned(), Value::to_string));
        Err(format!("at {pointer}: {one} became {other}"))
    }

    /// Where a value does not fit the schema of an example.
    fn faults(&self, example: &Example<'_>, value: &Value) -> Vec<String> {
        let validator = self.validator(&self.reference(&example.schema));
        let mut faults = Vec::new();
        for error in validator.iter_errors(value) {
            gather(&error, &mut faults);
        }
        faults
    }

    /// True if a schema, or any that it is composed of, names this place of a value and admits the
    /// value there.
    fn admits(&self, schema: &Pointer, place: &str, value: &Value) -> bool {
        let place = Pointer::parse(place).expect("it is a pointer");
        let root = self.reference(schema);
        let mut at = vec![&root];
        for segment in place.segments() {
            let mut within = Vec::new();
            for schema in at {
                gather_within(&self.schemas, schema, &segment, &mut within, 0);
            }
            at = within;
        }
        at.iter()
            .any(|schema| self.validator(schema).is_valid(value))
    }

    fn reference(&self, schema: &Pointer) -> Value {
        json!({"$ref": format!("#/components/schemas/{}", self.names[schema])})
    }

    fn validator(&self, schema: &Value) -> Validator {
        let root = json!({"components": self.schemas["components"], "allOf": [schema]});
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .build(&root);
        validator.unwrap_or_else(|error| panic!("{schema}: {error}"))
    }
}

/// A schema; one that is a component as the reference to it, for what is said of the component
/// elsewhere.
fn itself(document: &Value, at: &Pointer) -> Value {
    let is_component = at
        .as_str()
        .strip_prefix("/components/schemas/")
        .is_some_and(|name| !name.contains('/'));
    if is_component {
        json!({"$ref": format!("#{at}")})
    } else {
        document
            .pointer(at.as_str())
            .expect("the schema is there")
            .clone()
    }
}

/// The places that an error is about, each as a pointer.
fn gather(error: &ValidationError<'_>, faults: &mut Vec<String>) {
    let at = error.instance_path().to_string();
    let child = |name: &str| {
        let at = Pointer::parse(&at).expect("it is a pointer");
        at.child(name).to_string()
    };
    match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            context
                .iter()
                .flatten()
                .for_each(|error| gather(error, faults));
        }
        // It fits, and so it is to be read.
        ValidationErrorKind::OneOfMultipleValid { .. } => {}
        ValidationErrorKind::Required { property } => {
            faults.extend(property.as_str().map(child));
        }
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            faults.extend(unexpected.iter().map(|name| child(name)));
        }
        _ => faults.push(at),
    }
}

/// Collects the schemas of the member or the item of this name.
fn gather_within<'v>(
    document: &'v Value,
    schema: &'v Value,
    name: &str,
    found: &mut Vec<&'v Value>,
    depth: usize,
) {
    /// More schemas are not composed of each other.
    const DEPTH: usize = 32;
    if depth == DEPTH {
        return;
    }
    let schema = resolved(document, schema);
    for keyword in ["allOf", "anyOf", "oneOf"] {
        for part in schema[keyword].as_array().into_iter().flatten() {
            gather_within(document, part, name, found, depth + 1);
        }
    }
    let others = ["additionalProperties", "unevaluatedProperties", "items"];
    let others = others.iter().filter_map(|keyword| schema.get(*keyword));
    match schema["properties"].get(name) {
        Some(member) => found.push(member),
        None => found.extend(others.filter(|schema| schema.is_object())),
    }
}

/// True if a place is the other one or within it.
fn is_within(inner: &str, outer: &str) -> bool {
    let rest = inner.strip_prefix(outer);
    rest.is_some_and(|rest| {
        outer.is_empty() || rest.is_empty() || rest.starts_with(['/', '.', '['])
    })
}

/// Where a value could not be read, as the runtime writes it. What is missing has no place of its
/// own.
fn failed_at(path: &str, error: &str) -> String {
    let missing = error.strip_prefix("missing field `");
    match missing.and_then(|rest| rest.split('`').next()) {
        Some(name) if path.is_empty() => name.to_owned(),
        Some(name) => format!("{path}.{name}"),
        None => path.to_owned(),
    }
}

/// A place as the runtime writes it: `data[0].url`.
fn dotted(pointer: &str) -> String {
    let pointer = Pointer::parse(pointer).expect("it is a pointer");
    let mut text = String::new();
    for segment in pointer.segments() {
        if segment.parse::<usize>().is_ok() {
            text.extend(["[", &*segment, "]"]);
        } else {
            if !text.is_empty() {
                text.push('.');
            }
            text.push_str(&segment);
        }
    }
    text
}
