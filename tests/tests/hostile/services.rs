//! The names of real services stay where they are: whatever the order of a document is, and
//! whatever is taken out of it. What is said of a document and its part holds in both directions,
//! so nothing that is added changes a name either.
//!
//! A name may go to a place that asks for it and goes before: where the component `Telemetry` is
//! new, the operation `telemetry` becomes `TelemetryCall`. So the name of a place may differ if it
//! is that of another place as long as that is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use openapi_codegen::document::Document;
use openapi_codegen::model::{Api, Shape, TypeDef, Variant};
use openapi_codegen::{Layout, lower};
use openapi_tests::corpus::{corpus, files_in};
use serde_json::Value;

use crate::names::{fewer, parse, shuffled, tags};

/// Bytes of a document, of which a smaller one is compared with several variants of each kind: at
/// most four, and at least one.
const LARGE: usize = 1_100_000;

/// Places whose names may differ although no other place has the names, each with the reason.
const CONTESTED: [(&str, &str); 1] = [
    // `Event.tui.toast.show` and `EventTuiToastShow` are two components. The inline schemas at the
    // same place of both ask for one name, so both have a longer one; they have the short one if
    // only one of the components is there.
    ("opencode.yaml", "/components/schemas/Event"),
];

/// A description with the names that are made of it.
struct Service {
    name: String,
    document: Document,
    json: Value,
    names: Names,
    operations: Vec<String>,
}

/// The names of each place. A type or operation has its pointer, its members the pointers of both
/// and what they are.
type Names = BTreeMap<Place, BTreeSet<String>>;
type Place = (String, Option<(&'static str, String)>);

static SERVICES: LazyLock<Vec<Service>> = LazyLock::new(|| {
    let Some(corpus) = corpus("the names of real services") else {
        return Vec::new();
    };
    let services = files_in(corpus.join("world")).into_iter().map(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(&path).expect("the corpus is readable");
        let document = parse(&name, &text);
        let api =
            lower(&document, &[], Layout::Flat).unwrap_or_else(|problems| panic!("{problems}"));
        let operations = api.operations.iter();
        Service {
            name: name.into_owned(),
            json: document.root().node().to_json(),
            names: names(&api),
            operations: operations
                .map(|operation| operation.name.wire().to_owned())
                .collect(),
            document,
        }
    });
    services.collect()
});

fn names(api: &Api) -> Names {
    let mut names = Names::new();
    let mut add = |place: Place, name: &str| {
        names.entry(place).or_default().insert(name.to_owned());
    };
    for def in &api.types {
        let at = def.origin.as_str();
        add((at.to_owned(), None), def.name.rust());
        for (kind, member, name) in members(def) {
            add((at.to_owned(), Some((kind, member.to_owned()))), name);
        }
    }
    for operation in &api.operations {
        for name in operation.names() {
            add((operation.origin.as_str().to_owned(), None), name.rust());
        }
    }
    names
}

/// The members of a type: what they are, where they are, and their names.
fn members(def: &TypeDef) -> Vec<(&'static str, &str, &str)> {
    fn variant<'a>(kind: &'static str) -> impl Fn(&'a Variant) -> (&'static str, &'a str, &'a str) {
        move |variant| (kind, variant.origin.as_str(), variant.name.rust())
    }
    match &def.shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter();
            fields
                .map(|field| ("field", field.origin.as_str(), field.name.rust()))
                .collect()
        }
        Shape::OpenEnum(open) => {
            let values = open.values.iter();
            values
                .map(|value| ("value", value.origin.as_str(), value.name.rust()))
                .collect()
        }
        Shape::Union(union) => union.variants.iter().map(variant("variant")).collect(),
        Shape::Exclusive(variants) => variants.iter().map(variant("exclusive")).collect(),
    }
}

impl Service {
    /// Which variants of a kind the document is compared with.
    fn seeds(&self) -> std::ops::Range<usize> {
        let sources = self.document.sources().iter();
        let size: usize = sources.map(|source| source.text.len()).sum();
        0..(LARGE / size.max(1)).clamp(1, 4)
    }

    /// Places that both the whole and a part of it have are named the same. Returns the number of
    /// places that both have.
    fn compare(&self, part: &Api, what: &str) -> usize {
        let part = names(part);
        let mut owners: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
        for (place, names) in &self.names {
            for name in names {
                owners.entry(name).or_default().push(place);
            }
        }
        let mut compared = 0;
        for (place, names) in &part {
            let Some(known) = self.names.get(place) else {
                continue;
            };
            compared += 1;
            for name in names.difference(known) {
                let owners = owners.get(name.as_str()).into_iter().flatten();
                let mut others = owners.filter(|owner| owner.1.is_none());
                let gave_way =
                    others.any(|owner| part.get(*owner).is_none_or(|names| !names.contains(name)));
                let is_contested = CONTESTED.iter().any(|(document, prefix)| {
                    *document == self.name && place.0.starts_with(prefix)
                });
                assert!(
                    place.1.is_none() && (gave_way || is_contested),
                    "{}, {what}: {place:?} is {name}, and {known:?} in the whole document",
                    self.name
                );
            }
        }
        compared
    }
}

#[test]
fn the_order_of_the_document_of_a_service_changes_no_name() {
    for service in &*SERVICES {
        for seed in service.seeds() {
            let text = shuffled(&service.json, seed as u64);
            let api = lower(&parse(&service.name, &text), &[], Layout::Flat);
            let api = api.unwrap_or_else(|problems| panic!("{problems}"));
            let found = names(&api);
            let differs = found
                .iter()
                .find(|(place, names)| service.names.get(place) != Some(names));
            assert_eq!(differs, None, "{}, {seed}", service.name);
            assert_eq!(found.len(), service.names.len(), "{}, {seed}", service.name);
        }
    }
}

/// The properties that tell the members of unions apart, whether a document calls them so or not:
/// those with one possible value are among them.
fn kept(json: &Value) -> BTreeSet<&str> {
    let mut kept = tags(json);
    let mut within = vec![json];
    while let Some(value) = within.pop() {
        match value {
            Value::Object(members) => {
                let properties = members.get("properties").and_then(Value::as_object);
                let constants = properties
                    .into_iter()
                    .flatten()
                    .filter_map(|(name, schema)| is_constant(schema).then_some(name.as_str()));
                kept.extend(constants);
                within.extend(members.values());
            }
            Value::Array(items) => within.extend(items),
            _ => {}
        }
    }
    kept
}

fn is_constant(schema: &Value) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    schema.get("const").is_some() || values.is_some_and(|values| values.len() == 1)
}

#[test]
fn properties_that_are_taken_out_of_a_service_change_no_other_name() {
    let mut compared = 0;
    for service in &*SERVICES {
        let kept = kept(&service.json);
        for seed in service.seeds() {
            let part = fewer(&service.json, seed, &kept);
            let api = lower(&parse(&service.name, &part.to_string()), &[], Layout::Flat);
            let api = api.unwrap_or_else(|problems| panic!("{problems}"));
            compared += service.compare(&api, &format!("fewer properties by {seed}"));
        }
    }
    assert!(SERVICES.is_empty() || compared > 20_000, "{compared}");
}

#[test]
fn operations_that_are_taken_out_of_a_service_change_no_other_name() {
    let mut compared = 0;
    for service in &*SERVICES {
        for seed in service.seeds() {
            let ids = service.operations.iter().enumerate();
            let some = ids.filter(|(index, _)| (index >> (seed % 4)) % 2 == 0);
            let some: Vec<String> = some.map(|(_, id)| id.clone()).collect();
            let api = lower(&service.document, &some, Layout::Flat);
            let api = api.unwrap_or_else(|problems| panic!("{problems}"));
            compared += service.compare(&api, &format!("fewer operations by {seed}"));
        }
    }
    assert!(SERVICES.is_empty() || compared > 20_000, "{compared}");
}
