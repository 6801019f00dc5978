//! Objects that have exactly one of their members.
//!
//! ```yaml
//! type: object
//! properties: {image_url: {type: string}, file_id: {type: string}}
//! anyOf: [{required: [image_url]}, {required: [file_id]}]
//! not: {required: [image_url, file_id]}
//! ```
//!
//! becomes `enum { ImageUrl(String), FileId(String) }`: a value with both or with neither cannot
//! be made. `oneOf` without `not` means the same.

use crate::document::At;
use crate::model::{Shape, Test, Type, ValueKind, Variant};

use crate::lower::names::name;
use crate::lower::schema::{Additional, Schema};
use crate::lower::{Lowering, Place};

impl<'d> Lowering<'d> {
    /// The enum over the members, if the schema allows exactly one of them.
    pub(in crate::lower) fn exclusive(
        &mut self,
        schema: &Schema<'d>,
        place: &Place,
    ) -> Option<Type> {
        let branches = if schema.one_of.is_empty() {
            &schema.any_of
        } else {
            &schema.one_of
        };
        let one_each = branches.len() == schema.properties.len()
            && branches.len() > 1
            && branches
                .iter()
                .zip(&schema.properties)
                .all(|(branch, _)| single_required(branch).is_some())
            && schema.properties.iter().all(|(key, _)| {
                branches
                    .iter()
                    .any(|branch| single_required(branch) == Some(key.name.as_str()))
            });
        let at_most_one = !schema.one_of.is_empty() || forbids_pairs(schema);
        let closed = matches!(schema.additional, Additional::Denied | Additional::Unstated);
        // `x-multipart-array` applies to fields of a struct only.
        let brackets = |(_, at): &(_, At<'d>)| at.get("x-multipart-array").is_some();
        let has_fields = schema.properties.iter().any(brackets);
        if !(one_each && at_most_one && closed && schema.required.is_empty()) || has_fields {
            return None;
        }
        let wires: Vec<String> = schema
            .properties
            .iter()
            .map(|(key, _)| key.name.clone())
            .collect();
        let names = name::scope(name::Kind::Variant, &wires);
        let mut variants = Vec::new();
        for ((key, at), name) in schema.properties.clone().into_iter().zip(names) {
            let lowered = self.lower(&at, &place.below("properties", &key.name));
            let ty = if lowered.nullable && lowered.ty != Type::Json {
                Type::Option(Box::new(lowered.ty))
            } else {
                lowered.ty
            };
            let test = Test {
                members: vec![key.name.clone()],
                ..Test::of(ValueKind::Object)
            };
            let name = self.renamed(&at, name, name::Kind::Variant, "x-rust-variant");
            variants.push(Variant {
                doc: self.doc(&at),
                ..Variant::new(name, (ty, lowered.limits), test, at.pointer().clone())
            });
        }
        let names: Vec<_> = variants
            .iter()
            .map(|variant| variant.name.clone())
            .collect();
        self.check_distinct(&schema.at, &names, "x-rust-variant");
        let doc = self.doc(&schema.at);
        Some(
            self.registry
                .define(&schema.at, place, Shape::Exclusive(variants), doc),
        )
    }
}

/// True if `not` forbids two members at once; with more than two members, every pair has to be
/// forbidden.
fn forbids_pairs(schema: &Schema<'_>) -> bool {
    let forbidden = schema.not.iter().flat_map(|not| match not.get("anyOf") {
        Some(list) => list.items().map(|branch| required(&branch)).collect(),
        None => vec![required(not)],
    });
    let forbidden: Vec<Vec<&str>> = forbidden.collect();
    let names: Vec<&str> = schema
        .properties
        .iter()
        .map(|(key, _)| key.name.as_str())
        .collect();
    let mut pairs = names
        .iter()
        .enumerate()
        .flat_map(|(index, one)| names[index + 1..].iter().map(move |other| (one, other)));
    pairs.all(|(one, other)| {
        forbidden
            .iter()
            .any(|set| set.len() == 2 && set.contains(one) && set.contains(other))
    })
}

/// The member that a branch requires, if that is its only constraint.
fn single_required<'d>(branch: &At<'d>) -> Option<&'d str> {
    let only_keyword = branch
        .as_mapping()
        .is_some_and(|mapping| mapping.len() == 1);
    match required(branch).as_slice() {
        [only] if only_keyword => Some(only),
        _ => None,
    }
}

fn required<'d>(at: &At<'d>) -> Vec<&'d str> {
    at.get("required")
        .map(|list| list.items().filter_map(|name| name.as_str()).collect())
        .unwrap_or_default()
}
