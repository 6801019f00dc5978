//! The examples of a description, each with the emitted type of its values.

use std::collections::{BTreeMap, BTreeSet};

use openapi_codegen::document::Pointer;
use openapi_codegen::model::{Api, Codec, Payload, Shape, Type, TypeDef};
use openapi_tests::schema::resolved;
use serde_json::Value;

/// An example.
pub struct Example<'v> {
    /// Where it is written, or referred to.
    pub pointer: Pointer,
    /// The schema that it is an example of.
    pub schema: Pointer,
    /// The type of its values, or why it has none.
    pub ty: Result<Emitted, &'static str>,
    pub value: &'v Value,
}

/// A type as the program names it.
#[derive(Clone)]
pub struct Emitted {
    pub name: String,
    /// True if any operation sends values of the type.
    pub is_sent: bool,
    /// The place of the member that asks for a stream, which calls set.
    pub stream_switch: Option<String>,
}

/// All examples of JSON bodies, of components, and of other schemas that become a type.
pub fn examples<'v>(document: &'v Value, api: &Api, library: &str) -> Vec<Example<'v>> {
    let mut places = Places::default();
    places.gather(&Pointer::root(), document);
    let mut found = Vec::new();
    let payloads = payloads(api);
    for pointer in &places.media_types {
        let ty = match payloads.get(pointer).map(|payload| &payload.codec) {
            Some(Codec::Json(ty)) => spelled(api, library, ty),
            // What is no JSON is written by other rules.
            Some(_) => continue,
            None => Err("of no operation that is emitted"),
        };
        let schema = pointer.child("schema");
        found.extend(
            examples_in(document, pointer)
                .into_iter()
                .map(|(pointer, value)| Example {
                    pointer,
                    schema: schema.clone(),
                    ty: ty.clone(),
                    value,
                }),
        );
    }
    let mut by_place: BTreeMap<Pointer, Vec<&TypeDef>> = BTreeMap::new();
    for def in &api.types {
        by_place.entry(def.origin.clone()).or_default().push(def);
    }
    for pointer in places.components {
        by_place.entry(pointer).or_default();
    }
    for (schema, defs) in by_place {
        let mut types: Vec<_> = defs.iter().map(|def| named(library, def)).collect();
        if types.is_empty() {
            types.push(Err("a component that no emitted type is made of"));
        }
        for (pointer, value) in examples_in(document, &schema) {
            found.extend(types.iter().map(|ty| Example {
                pointer: pointer.clone(),
                schema: schema.clone(),
                ty: ty.clone(),
                value,
            }));
        }
    }
    found
}

/// True if anything in the document has an example.
pub fn has_examples(document: &Value) -> bool {
    match document {
        Value::Array(items) => items.iter().any(has_examples),
        Value::Object(members) => members.iter().any(|(name, member)| {
            ["example", "examples"].contains(&&**name) || has_examples(member)
        }),
        _ => false,
    }
}

/// Places that may have examples.
#[derive(Default)]
struct Places {
    media_types: BTreeSet<Pointer>,
    components: BTreeSet<Pointer>,
}

impl Places {
    fn gather(&mut self, at: &Pointer, value: &Value) {
        let last = at.segments().next_back().unwrap_or_default().into_owned();
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.gather(&at.index(index), item);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    let has_names = ["properties", "schemas"].contains(&&*last);
                    // What is in an example only looks like a description.
                    if !has_names && ["example", "examples"].contains(&&**name) {
                        continue;
                    }
                    let place = at.child(name);
                    if last == "content" && name.contains('/') {
                        self.media_types.insert(place.clone());
                    }
                    if at.as_str() == "/components/schemas" {
                        self.components.insert(place.clone());
                    }
                    self.gather(&place, member);
                }
            }
            _ => {}
        }
    }
}

/// The bodies of operations by their Media Type Objects.
fn payloads(api: &Api) -> BTreeMap<Pointer, &Payload> {
    let of_operation = api.operations.iter().flat_map(|operation| {
        let request = operation.request.iter();
        let sent = request.flat_map(|request| {
            let payloads = request.payloads.iter();
            payloads.map(|payload| (&request.origin, payload))
        });
        let responses = operation.responses.iter();
        let received =
            responses.filter_map(|response| Some((&response.origin, response.payload.as_ref()?)));
        sent.chain(received)
    });
    of_operation
        .map(|(origin, payload)| {
            let content = origin.child("content");
            (content.child(payload.media_type.as_str()), payload)
        })
        .collect()
}

/// The examples that stand in a schema or in a Media Type Object.
fn examples_in<'v>(document: &'v Value, at: &Pointer) -> Vec<(Pointer, &'v Value)> {
    let Some(holder) = document.pointer(at.as_str()) else {
        return Vec::new();
    };
    let one = holder.get("example");
    let mut found: Vec<_> = one
        .map(|value| (at.child("example"), value))
        .into_iter()
        .collect();
    let several = at.child("examples");
    match holder.get("examples") {
        Some(Value::Array(values)) => {
            let values = values.iter().enumerate();
            found.extend(values.map(|(index, value)| (several.index(index), value)));
        }
        // The values of Example Objects, but for those that are somewhere else.
        Some(Value::Object(examples)) => {
            found.extend(examples.iter().filter_map(|(name, example)| {
                Some((
                    several.child(name),
                    resolved(document, example).get("value")?,
                ))
            }));
        }
        _ => {}
    }
    found
}

fn named(library: &str, def: &TypeDef) -> Result<Emitted, &'static str> {
    if def.holds_file {
        return Err("its type holds a file");
    }
    let switch = match &def.shape {
        Shape::Struct(object) => object.stream_switch.as_ref(),
        _ => None,
    };
    Ok(Emitted {
        name: format!("{library}::{}", def.name.rust()),
        is_sent: def.used.sent,
        stream_switch: switch.map(|switch| Pointer::root().child(&switch.wire).to_string()),
    })
}

/// An emitted type, or a list or map of one.
fn spelled(api: &Api, library: &str, ty: &Type) -> Result<Emitted, &'static str> {
    let around = |outer: &str, inner| {
        let inner = spelled(api, library, inner)?;
        Ok(Emitted {
            name: format!("{outer}{}>", inner.name),
            stream_switch: None,
            ..inner
        })
    };
    match ty {
        Type::Named(id) => named(library, api.get(*id)),
        Type::Option(inner) => around("Option<", inner),
        Type::List(inner) => around("Vec<", inner),
        Type::Map(inner) => around("std::collections::BTreeMap<String, ", inner),
        Type::Boxed(inner) => around("Box<", inner),
        Type::OneOrMany(inner) => around(&format!("{library}::OneOrMany<"), inner),
        _ => Err("of no emitted type"),
    }
}
