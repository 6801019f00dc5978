//! Forms: the content types of their parts.
//!
//! ```yaml
//! encoding: {meta: {contentType: application/json}}   ->   encoding: {meta: {contentType: text/plain}}
//! ```

use std::collections::BTreeSet;

use crate::model::{Field, Form, Shape, Type, TypeDef};
use crate::visible::code_span;

use super::change::{Effect, Kind, Verdict};
use super::field::path;
use super::text::Side;
use super::walk::{Spot, Walk};

impl<'a> Walk<'a> {
    /// Compares the parts of two forms; a part that only one has is told where its member is.
    pub(super) fn parts(&mut self, old: &'a Form, new: &'a Form) {
        let Form {
            ty,
            content_types,
            // No caller sees it.
            method: _,
        } = old;
        let wires: BTreeSet<&String> = content_types
            .keys()
            .chain(new.content_types.keys())
            .collect();
        for wire in wires {
            let (before, after) = (
                self.part(Side::Old, ty, wire),
                self.part(Side::New, &new.ty, wire),
            );
            let (Some((_, before)), Some((def, after))) = (before, after) else {
                continue;
            };
            let spot = Spot::both(path(def, after), &before.origin, &after.origin);
            let types = (content_types.get(wire), new.content_types.get(wire));
            self.part_type(
                types.0.map(String::as_str),
                types.1.map(String::as_str),
                spot,
            );
        }
    }

    fn part(&self, side: Side, ty: &Type, wire: &str) -> Option<(&'a TypeDef, &'a Field)> {
        let def = self.api(side).get(ty.named()?);
        let Shape::Struct(object) = &def.shape else {
            return None;
        };
        let mut fields = object.fields.iter();
        Some((def, fields.find(|field| field.name.wire() == wire)?))
    }

    fn part_type(&mut self, old: Option<&str>, new: Option<&str>, spot: Spot<'a>) {
        if old == new {
            return;
        }
        let listed = |types: &str| -> BTreeSet<String> {
            types.split(',').map(|one| one.trim().to_owned()).collect()
        };
        let (verdict, message) = match (old, new) {
            (Some(from), Some(to)) if listed(from).is_subset(&listed(to)) => (
                Verdict::Additive,
                format!("is sent as a part of type {}", code_span(to)),
            ),
            (_, Some(to)) => (
                Verdict::Breaking,
                format!("is sent as a part of type {}", code_span(to)),
            ),
            _ => (
                Verdict::Additive,
                "is sent as a part of any type".to_owned(),
            ),
        };
        self.push(Kind::Changed, Effect::NONE.sent(verdict), spot, message);
    }
}
