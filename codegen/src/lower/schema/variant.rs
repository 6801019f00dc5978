//! Tests that recognise the values of a union without a tag.
//!
//! ```yaml
//! anyOf:
//! - {type: object, required: [url], properties: {url: {type: string}, size: {type: integer}}}   # has `url`; names both
//! - {type: object, properties: {size: {type: integer}, alt: {type: string}}}                    # names `size` and `alt`
//! ```

use std::collections::BTreeSet;

use crate::document::At;
use crate::model::{Constant, Name, Test, ValueKind, Variant};

use crate::lower::schema::object::{constant_of, is_required};
use crate::lower::schema::union::Branch;
use crate::lower::schema::{Additional, Schema};
use crate::lower::{Lowered, Lowering};

impl<'d> Lowering<'d> {
    /// True if null is a value of the schema, which may not be lowered yet.
    pub(in crate::lower) fn admits_null(&mut self, at: &At<'d>) -> bool {
        let schema = self.branch(at).schema;
        let schemas = self.with_alternatives(schema);
        schemas.iter().any(|schema| schema.nullable)
    }

    pub(in crate::lower) fn variant(
        &mut self,
        branch: &Branch<'d>,
        name: Name,
        lowered: Lowered,
    ) -> Variant {
        let schema = &branch.schema;
        let members = schema
            .required
            .iter()
            .filter_map(At::as_str)
            .map(str::to_owned)
            .collect();
        let constants = schema
            .properties
            .iter()
            .filter(|(key, _)| is_required(schema, &key.name))
            .filter_map(|(key, at)| {
                let value = constant_of(at)?.to_owned();
                Some(Constant {
                    wire: key.name.clone(),
                    value,
                    origin: at.pointer().clone(),
                })
            });
        let test = Test {
            members,
            constants: constants.collect(),
            named: self.compared_members(schema).into_iter().collect(),
            keeps_others: matches!(schema.additional, Additional::Any | Additional::Schema(_)),
            ..Test::of(kind_of(schema))
        };
        let value = (lowered.ty, lowered.limits);
        Variant {
            doc: self.doc(&branch.target),
            ..Variant::new(name, value, test, branch.at.pointer().clone())
        }
    }

    /// The members by which values are compared: those that the schema names or, for a list, those
    /// that its items name.
    fn compared_members(&mut self, schema: &Schema<'d>) -> BTreeSet<String> {
        match &schema.items {
            Some(items) if kind_of(schema) == ValueKind::Array => {
                let items = self.branch(items).schema;
                self.named_members(&items)
            }
            _ => self.named_members(schema),
        }
    }

    /// The members that a schema or its alternatives name.
    pub(in crate::lower) fn named_members(&mut self, schema: &Schema<'d>) -> BTreeSet<String> {
        let schemas = self.with_alternatives(schema.clone());
        let properties = schemas.iter().flat_map(|schema| &schema.properties);
        properties.map(|(key, _)| key.name.clone()).collect()
    }

    /// A schema and its alternatives at any depth, each place once.
    fn with_alternatives(&mut self, schema: Schema<'d>) -> Vec<Schema<'d>> {
        let mut seen = BTreeSet::new();
        let mut found = vec![schema];
        let mut next = 0;
        while let Some(schema) = found.get(next) {
            next += 1;
            let listed = schema.any_of.iter().chain(&schema.one_of);
            let new = listed.filter(|at| seen.insert(at.pointer().clone()));
            for at in new.cloned().collect::<Vec<_>>() {
                found.push(self.branch(&at).schema);
            }
        }
        found
    }
}

fn kind_of(schema: &Schema<'_>) -> ValueKind {
    if schema.is_object() {
        return ValueKind::Object;
    }
    if schema.types.is_empty()
        && schema
            .values
            .as_ref()
            .is_some_and(|values| values.iter().all(|at| at.as_str().is_some()))
    {
        return ValueKind::String;
    }
    schema.single_type().map_or(ValueKind::Any, ValueKind::from)
}

/// `image_edit.completed` beside `image_edit.partial_image` is `completed`.
pub(in crate::lower) fn without_common_prefix(wires: &[String]) -> Vec<String> {
    let [first, rest @ ..] = wires else {
        return Vec::new();
    };
    let common = rest.iter().fold(first.as_str(), |common, wire| {
        let length = common
            .char_indices()
            .zip(wire.chars())
            .take_while(|((_, a), b)| a == b);
        let end = length.last().map_or(0, |((at, c), _)| at + c.len_utf8());
        &common[..end]
    });
    let end = if rest.is_empty() {
        0
    } else {
        common.rfind(['.', ':', '/']).map_or(0, |at| at + 1)
    };
    wires.iter().map(|wire| wire[end..].to_owned()).collect()
}
