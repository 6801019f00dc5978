//! Forms: the content types of their parts.
//!
//! ```yaml
//! encoding: {meta: {contentType: application/json}}   ->   encoding: {meta: {contentType: text/plain}}
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Pointer;
use crate::model::{Encoding, Form, MediaType, Parts, Shape};
use crate::visible::code_span;

use super::change::{Effect, Kind, Verdict};
use super::field::path;
use super::parameter::said;
use super::text::Side;
use super::walk::{Spot, Walk};

impl<'a> Walk<'a> {
    /// Compares the parts of two forms. A part that only one of them has is reported with its
    /// member.
    pub(super) fn parts(&mut self, old: &'a Form, new: &'a Form) {
        let Form {
            // Types are compared on their own.
            ty: _,
            parts,
            // The method is private.
            method: _,
        } = old;
        match (parts, &new.parts) {
            (Parts::Multipart(from), Parts::Multipart(to)) => {
                self.each_part((old, new), (from, to), |walk, from, to, spot| {
                    walk.part_type(from, to, spot);
                });
            }
            (Parts::UrlEncoded(from), Parts::UrlEncoded(to)) => {
                self.each_part((old, new), (from, to), Self::pair_written);
            }
            // A body with another media type is a different body.
            _ => {}
        }
    }

    fn each_part<T>(
        &mut self,
        (old, new): (&'a Form, &'a Form),
        (from, to): (&'a BTreeMap<String, T>, &'a BTreeMap<String, T>),
        mut compare: impl FnMut(&mut Self, Option<&T>, Option<&T>, Spot<'a>),
    ) {
        let wires: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
        for wire in wires {
            let before = self.members(Side::Old, old, wire);
            let Some((_, before)) = before.first() else {
                continue;
            };
            for (path, after) in self.members(Side::New, new, wire) {
                let spot = Spot::both(path, before, after);
                compare(self, from.get(wire), to.get(wire), spot);
            }
        }
    }

    fn pair_written(&mut self, old: Option<&Encoding>, new: Option<&Encoding>, spot: Spot<'a>) {
        if old != new {
            let words =
                |one: Option<&Encoding>| one.map_or_else(|| "usual".to_owned(), |one| said(*one));
            let message = format!("is written as {} instead of {}", words(new), words(old));
            self.push(
                Kind::Changed,
                Effect::NONE.sent(Verdict::Breaking),
                spot,
                message,
            );
        }
    }

    /// The members with this name in all types of a form, each with its path and its place.
    fn members(&self, side: Side, form: &Form, wire: &str) -> Vec<(String, &'a Pointer)> {
        let api = self.api(side);
        let types = api.form_types(form).into_iter();
        let named = types.filter_map(|id| {
            let def = api.get(id);
            match &def.shape {
                Shape::Struct(object) => {
                    let mut fields = object.fields.iter();
                    let field = fields.find(|field| field.name.wire() == wire)?;
                    Some((path(def, field), &field.origin))
                }
                Shape::Exclusive(members) => {
                    let mut members = members.iter();
                    let member = members.find(|member| member.name.wire() == wire)?;
                    let path = format!("{}::{}", def.name.rust(), member.name.rust());
                    Some((path, &member.origin))
                }
                Shape::Union(_) | Shape::OpenEnum(_) => None,
            }
        });
        named.collect()
    }

    fn part_type(
        &mut self,
        old: Option<&Vec<MediaType>>,
        new: Option<&Vec<MediaType>>,
        spot: Spot<'a>,
    ) {
        if old == new {
            return;
        }
        let has_all = |to: &[MediaType]| {
            old.is_some_and(|from| from.iter().all(|media_type| to.contains(media_type)))
        };
        let (verdict, message) = match new {
            Some(to) => {
                let verdict = if has_all(to) {
                    Verdict::Additive
                } else {
                    Verdict::Breaking
                };
                let listed: Vec<&str> = to.iter().map(MediaType::as_str).collect();
                let listed = code_span(&listed.join(", "));
                (verdict, format!("is sent as a part of type {listed}"))
            }
            None => (
                Verdict::Additive,
                "is sent as a part of any type".to_owned(),
            ),
        };
        self.push(Kind::Changed, Effect::NONE.sent(verdict), spot, message);
    }
}
