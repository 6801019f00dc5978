//! How the value of a union without a tag is recognised.
//!
//! ```yaml
//! anyOf:
//! - {type: object, required: [url], properties: {url: {type: string}, size: {type: integer}}}   # has `url`; names both
//! - {type: object, properties: {size: {type: integer}, alt: {type: string}}}                    # names `size` and `alt`
//! ```

use crate::document::At;
use crate::model::{Constant, Kind, Name, Test, Variant};

use crate::lower::schema::object::{constant_of, is_required};
use crate::lower::schema::union::Branch;
use crate::lower::schema::{Additional, Schema};
use crate::lower::{Lowered, Lowering};

/// Unions within unions are looked into so far.
pub(in crate::lower) const NESTED: usize = 4;

impl<'d> Lowering<'d> {
    /// True if null is a value of the schema, which need not have been lowered yet.
    pub(in crate::lower) fn admits_null(&mut self, at: &At<'d>, depth: usize) -> bool {
        let schema = self.branch(at).schema;
        let Some(depth) = depth.checked_sub(1) else {
            return schema.nullable;
        };
        let mut alternatives = schema.any_of.iter().chain(&schema.one_of);
        schema.nullable || alternatives.any(|at| self.admits_null(at, depth))
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
        let mut named = Vec::new();
        self.named_members(schema, NESTED, &mut named);
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
        Variant {
            is_alone: false,
            name,
            doc: self.doc(&branch.target),
            test: Test {
                kind: kind_of(schema),
                members,
                constants: constants.collect(),
                named,
                keeps_others: matches!(schema.additional, Additional::Any | Additional::Schema(_)),
                listed: None,
            },
            ty: lowered.ty,
            limits: lowered.limits,
            tags: Vec::new(),
            takes_others: false,
            ends_stream: false,
            origin: branch.at.pointer().clone(),
        }
    }

    /// The members that a schema or its alternatives name.
    pub(in crate::lower) fn named_members(
        &mut self,
        schema: &Schema<'d>,
        depth: usize,
        names: &mut Vec<String>,
    ) {
        let own = schema.properties.iter().map(|(key, _)| key.name.clone());
        names.extend(own);
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        for at in schema.any_of.iter().chain(&schema.one_of) {
            let branch = self.branch(at);
            self.named_members(&branch.schema, depth, names);
        }
        names.sort();
        names.dedup();
    }
}

fn kind_of(schema: &Schema<'_>) -> Kind {
    if schema.is_object() {
        return Kind::Object;
    }
    if schema.types.is_empty()
        && schema
            .values
            .as_ref()
            .is_some_and(|values| values.iter().all(|at| at.as_str().is_some()))
    {
        return Kind::String;
    }
    schema.single_type().map_or(Kind::Any, Kind::from)
}
