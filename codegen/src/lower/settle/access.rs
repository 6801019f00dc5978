//! Members that are only sent or only received.
//!
//! ```yaml
//! required: [id, password]
//! properties:
//!   id: {type: string, readOnly: true}          # required where it is received, not by `new`
//!   password: {type: string, writeOnly: true}   # required where it is sent; a response lacks it
//! ```
//!
//! A type that is sent and received has one field for both directions, so such a member is an
//! `Option` there. A required `writeOnly` member becomes a rule, which is checked before sending.

use crate::document::At;
use crate::lower::Lowering;
use crate::lower::keyword::flag;
use crate::model::{
    Access, Api, Demand, Field, Note, Presence, Rule, Shape, Statement, Struct, Type, Union, Use,
};

impl<'d> Lowering<'d> {
    /// `readOnly` and `writeOnly` of a property, stated at any of these places.
    pub(in crate::lower) fn access(&mut self, sources: &[At<'d>], required: bool) -> Access {
        let mut said = |keyword| {
            let stated = sources.iter().find_map(|at| at.get(keyword));
            stated.filter(|at| flag(at, &mut self.findings) == Some(true))
        };
        let (read_only, write_only) = (said("readOnly"), said("writeOnly"));
        match (read_only.is_some(), write_only.is_some()) {
            (true, false) => Access::ReadOnly { required },
            (false, true) => Access::WriteOnly { required },
            (false, false) => Access::Both,
            (true, true) => {
                let reason = "a member that is neither sent nor received is treated like any other";
                if let Some(at) = write_only {
                    self.findings.note(at.pointer().clone(), reason);
                }
                Access::Both
            }
        }
    }
}

/// True if a schema itself says that its values are only received.
pub(in crate::lower) fn is_read_only(at: &At<'_>) -> bool {
    at.get("readOnly").and_then(|at| at.as_bool()) == Some(true)
}

/// Requires members only in the direction that they have.
pub(in crate::lower) fn settle(api: &mut Api) {
    let mut notes = Vec::new();
    for def in &mut api.types {
        if let Shape::Struct(object) = &mut def.shape {
            settle_members(object, def.used, &mut notes);
        }
    }
    api.notes.extend(notes);
    api.notes.sort();
    for index in 0..api.types.len() {
        if let Shape::Union(mut union) = api.types[index].shape.clone() {
            expect_received(api, &mut union);
            api.types[index].shape = Shape::Union(union);
        }
    }
}

fn settle_members(object: &mut Struct, used: Use, notes: &mut Vec<Note>) {
    for (index, field) in object.fields.iter_mut().enumerate() {
        let stated = field.presence;
        match field.access {
            Access::ReadOnly { .. } if used.sent => field.presence = stated.optional(),
            Access::WriteOnly { .. } if used.received => field.presence = stated.optional(),
            _ => continue,
        }
        if used.sent && field.access == (Access::WriteOnly { required: true }) {
            match stated {
                Presence::Nullable => notes.push(Note {
                    pointer: field.origin.clone(),
                    reason: "sending a member that may be null is left to the caller, since a response lacks it",
                }),
                _ => object.rules.push(is_needed(index, field)),
            }
        }
    }
}

fn is_needed(index: usize, field: &Field) -> Rule {
    Rule {
        message: format!("`{}` is needed", field.name.wire()),
        when: Vec::new(),
        then: vec![Demand::Member {
            field: index,
            tests: vec![Statement::Present],
        }],
        origin: field.origin.clone(),
    }
}

/// Removes members that no server sends from the tests of variants.
fn expect_received(api: &Api, union: &mut Union) {
    for variant in &mut union.variants {
        let Type::Named(id) = variant.ty else {
            continue;
        };
        let Shape::Struct(object) = &api.get(id).shape else {
            continue;
        };
        let is_sent_only = |wire: &String| {
            let mut fields = object.fields.iter();
            let field = fields.find(|field| field.name.wire() == wire);
            field.is_some_and(|field| matches!(field.access, Access::WriteOnly { .. }))
        };
        variant.test.members.retain(|wire| !is_sent_only(wire));
    }
}
