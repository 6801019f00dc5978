//! Objects: their fields, and the members that are not fields.
//!
//! ```yaml
//! type: object                     type: object
//! additionalProperties: true   ->  properties: {color: {type: string}}   # `additional` is gone, `color` is new
//! ```

use std::collections::BTreeMap;

use crate::model::{Constant, Field, Rest, StreamSwitch, Struct, Type, TypeDef};
use crate::visible::code_span;

use super::change::{Effect, Kind, Verdict};
use super::counterpart::{Counterpart, counterparts};
use super::text::Side;
use super::types::breaking_if;
use super::walk::{Spot, Walk};

/// An object and its type.
pub(super) type Object<'a> = (&'a TypeDef, &'a Struct);

impl<'a> Walk<'a> {
    /// Compares two objects; `same_name` is true if they are one type for callers.
    pub(super) fn structure(&mut self, old: Object<'a>, new: Object<'a>, same_name: bool) {
        let Struct {
            // They follow from the unions.
            union_tags: _,
            fields,
            // See `constants` and `rules`.
            constants: _,
            stream_switch,
            rest,
            rules: _,
            limits,
        } = old.1;
        for field in counterparts(fields, &new.1.fields) {
            match field {
                Counterpart::Both {
                    old: before,
                    new: field,
                } => {
                    self.field((old.0, before), (new.0, field), same_name);
                }
                Counterpart::Added(field) => self.field_added(old.1, (new.0, field), same_name),
                Counterpart::Removed(field) => self.field_removed(field, old, new, same_name),
            }
        }
        self.constants(old.1, new);
        let spot = Spot::both(new.0.name.rust(), &old.0.origin, &new.0.origin);
        if same_name && old.0.used.sent && new.0.used.sent {
            self.constructor(fields, &new.1.fields, &spot);
        }
        self.stream_switch(stream_switch.as_ref(), (fields, new.1), &spot);
        self.rest(rest, &new.1.rest, &spot, same_name);
        self.rules(old.1, new.1, &spot);
        let any = &Type::Json;
        self.limits((limits, any), (&new.1.limits, any), &spot);
    }

    /// Members with one possible value: they are written, not read, and are not fields.
    fn constants(&mut self, old: &'a Struct, (def, new): Object<'a>) {
        let effect = Effect::NONE.sent(Verdict::Breaking);
        let name = def.name.rust();
        for constant in &new.constants {
            let Constant {
                wire,
                value,
                origin,
            } = constant;
            let said = format!("always has {} as {}", code_span(wire), code_span(value));
            match old.constants.iter().find(|before| before.wire == *wire) {
                Some(before) if before.value == *value => {}
                Some(before) => {
                    let spot = Spot::both(name, &before.origin, origin);
                    let message = format!("{said} instead of {}", code_span(&before.value));
                    self.push(Kind::Changed, effect, spot, message);
                }
                // A former field is reported there.
                None if find(&old.fields, wire).is_some() => {}
                None => self.push(Kind::Added, effect, Spot::added(name, origin), said),
            }
        }
        for constant in &old.constants {
            let (wire, value) = (&constant.wire, &constant.value);
            let is_there = new.constants.iter().any(|other| other.wire == *wire);
            if !is_there && find(&new.fields, wire).is_none() {
                let spot = Spot::removed(name, &constant.origin);
                let [wire, value] = [wire, value].map(|text| code_span(text));
                let message = format!("no longer has {wire}, which was always {value}");
                self.push(Kind::Removed, effect, spot, message);
            }
        }
    }

    /// The member that requests a stream is not a field. A former or future field is reported
    /// there.
    fn stream_switch(
        &mut self,
        old: Option<&StreamSwitch>,
        (fields, new): (&[Field], &Struct),
        spot: &Spot<'_>,
    ) {
        let (kind, verdict, message) = match (old, new.stream_switch.as_ref()) {
            (Some(old), None) if find(&new.fields, &old.wire).is_none() => {
                let message = "can no longer ask for a stream";
                (Kind::Removed, Verdict::Breaking, message)
            }
            (None, Some(new)) if find(fields, &new.wire).is_none() => {
                (Kind::Added, Verdict::Additive, "can ask for a stream")
            }
            (Some(old), Some(new)) => match (old.sends_false, new.sends_false) {
                // Running clients leave it out, and get a stream or nothing.
                (false, true) => (
                    Kind::Changed,
                    Verdict::Breaking,
                    "has to state that no stream is requested",
                ),
                (true, false) => (
                    Kind::Changed,
                    Verdict::Compatible,
                    "no longer has to state that no stream is requested",
                ),
                _ => return,
            },
            _ => return,
        };
        let effect = Effect::NONE.sent(verdict);
        self.push(kind, effect, spot.clone(), message.to_owned());
    }

    /// The parameters of `new` are in the order of the document: in another order, values may be
    /// passed to the wrong ones without an error of the compiler.
    fn constructor(&mut self, old: &[Field], new: &[Field], spot: &Spot<'_>) {
        let places: BTreeMap<&str, usize> = old
            .iter()
            .enumerate()
            .map(|(place, field)| (field.name.wire(), place))
            .collect();
        let required = |field: &Field| field.presence.is_required();
        let kept = counterparts(old, new).into_iter();
        let kept = kept.filter_map(|field| match field {
            Counterpart::Both { old, new } if required(old) && required(new) => Some((old, new)),
            _ => None,
        });
        let kept: Vec<(&Field, &Field)> = kept.collect();
        let order: Vec<Option<&usize>> = kept
            .iter()
            .map(|(old, _)| places.get(old.name.wire()))
            .collect();
        if !order.is_sorted() {
            let names: Vec<&str> = kept.iter().map(|(_, new)| new.name.rust()).collect();
            let message = format!(
                "takes the parameters of `new` in a different order: {}",
                names.join(", ")
            );
            let effect = Effect::NONE.rust(Verdict::Breaking);
            self.push(Kind::Changed, effect, spot.clone(), message);
        }
    }

    /// Members that `properties` does not name.
    fn rest(&mut self, old: &'a Rest, new: &'a Rest, spot: &Spot<'_>, same: bool) {
        let verdict = |verdict: Verdict| if same { verdict } else { Verdict::Compatible };
        let (kind, effect, message) = match (old, new) {
            (Rest::Map(old), Rest::Map(new)) => {
                let spot = Spot {
                    path: format!("{}::additional", spot.path),
                    ..spot.clone()
                };
                return self.value(old, new, breaking_if(same), &spot);
            }
            (Rest::Ignored, Rest::Ignored) | (Rest::Extra, Rest::Extra) => return,
            (Rest::Ignored | Rest::Extra, Rest::Map(ty)) => (
                Kind::Added,
                Effect::NONE
                    .rust(verdict(if *old == Rest::Extra {
                        Verdict::Breaking
                    } else {
                        Verdict::Additive
                    }))
                    .wire(Verdict::Additive),
                format!(
                    "keeps further members in `additional`: `{}`",
                    self.rust_type(Side::New, ty)
                ),
            ),
            (Rest::Map(_), Rest::Ignored | Rest::Extra) => (
                Kind::Removed,
                Effect::NONE
                    .rust(verdict(Verdict::Breaking))
                    .sent(Verdict::Breaking),
                "has no further members: `additional` is gone".to_owned(),
            ),
            (Rest::Ignored, Rest::Extra) => (
                Kind::Added,
                Effect::NONE.rust(verdict(Verdict::Additive)),
                "takes fields that the description does not have: `extra`".to_owned(),
            ),
            (Rest::Extra, Rest::Ignored) => (
                Kind::Removed,
                Effect::NONE.rust(verdict(Verdict::Breaking)),
                "takes no fields that the description does not have: `extra` is gone".to_owned(),
            ),
        };
        self.push(kind, effect, spot.clone(), message);
    }
}

pub(super) fn find<'f>(fields: &'f [Field], wire: &str) -> Option<&'f Field> {
    fields.iter().find(|field| field.name.wire() == wire)
}
