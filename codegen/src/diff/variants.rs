//! Enums: known values of a string, alternatives, and objects of exactly one member.
//!
//! ```yaml
//! enum: [png, webp]   ->  enum: [png, jpeg]   # `Jpeg` is new; `Webp` is gone, and refused where it is sent
//! ```

use std::collections::BTreeMap;

use crate::model::{EnumValue, OpenEnum, Union, Variant};

use crate::visible::code_span;

use super::change::{Effect, Kind, Verdict};
use super::fits::Fits;
use super::text::Side;
use super::types::breaking_if;
use super::walk::{Spot, Walk};

/// An alternative of one document, and what it is in the other.
struct Alternative<'a> {
    old: Option<&'a Variant>,
    new: Option<&'a Variant>,
}

impl<'a> Walk<'a> {
    /// Compares two enums; `same` tells whether callers know them as one, here and below.
    pub(super) fn open_enum(
        &mut self,
        old: &'a OpenEnum,
        new: &'a OpenEnum,
        spot: &Spot<'a>,
        same: bool,
    ) {
        let OpenEnum { values, others } = old;
        let by_wire = |values: &'a [EnumValue]| -> BTreeMap<&'a str, &'a EnumValue> {
            let values = values.iter();
            values.map(|value| (value.name.wire(), value)).collect()
        };
        let (before, after) = (by_wire(values), by_wire(&new.values));
        for value in &new.values {
            let wire = value.name.wire();
            let path = format!("{}::{}", spot.path, value.name.rust());
            if let Some(before) = before.get(wire) {
                self.enum_value(before, value, path, same);
                continue;
            }
            let effect = Effect::NONE.rust(additive_if(same)).wire(Verdict::Additive);
            let spot = Spot::added(path, &value.origin);
            self.push(
                Kind::Added,
                effect,
                spot,
                format!("is new: {}", code_span(wire)),
            );
        }
        for value in values {
            let wire = value.name.wire();
            if !after.contains_key(wire) {
                let effect = Effect::NONE
                    .rust(breaking_if(same))
                    .sent(breaking_if(!new.others));
                let path = format!("{}::{}", spot.path, value.name.rust());
                let spot = Spot::removed(path, &value.origin);
                let message = format!("is gone: {}", code_span(wire));
                self.push(Kind::Removed, effect, spot, message);
            }
        }
        let (effect, message) = match (others, new.others) {
            (true, false) => (Verdict::Breaking, "has only the values that are listed"),
            (false, true) => (Verdict::Additive, "may have values that are not listed"),
            _ => return,
        };
        let effect = Effect::NONE.sent(effect);
        self.push(Kind::Changed, effect, spot.clone(), message.to_owned());
    }

    fn enum_value(&mut self, old: &'a EnumValue, new: &'a EnumValue, path: String, same: bool) {
        let EnumValue { name, doc, origin } = old;
        let spot = Spot::both(path, origin, &new.origin);
        self.rust_names(name, &new.name, same, &spot);
        self.doc(doc, &new.doc, &spot);
    }

    pub(super) fn union(&mut self, old: &'a Union, new: &'a Union, spot: &Spot<'a>, same: bool) {
        let Union {
            tag,
            variants,
            error,
            error_origin: _,
        } = old;
        if *tag != new.tag {
            let named = |tag: &Option<String>| {
                tag.as_ref()
                    .map_or("none".to_owned(), |tag| format!("`{tag}`"))
            };
            let message = format!(
                "tells its alternatives apart by {} instead of {}",
                named(&new.tag),
                named(tag)
            );
            let effect = Effect::NONE.wire(Verdict::Breaking);
            self.push(Kind::Changed, effect, spot.clone(), message);
        }
        for Alternative { old, new: to } in
            self.alternatives(variants, &new.variants, tag.is_none())
        {
            // A reader keeps alternatives that it does not know.
            let added = Effect::NONE.rust(additive_if(same)).wire(Verdict::Additive);
            let refused = old.is_some_and(|old| {
                let mut others = new.variants.iter();
                tag.is_some() || !others.any(|other| self.values_fit(old, other))
            });
            let removed = Effect::NONE
                .rust(breaking_if(same))
                .sent(breaking_if(refused));
            self.alternative((old, to), (added, removed), spot, same);
        }
        if same && *error != new.error {
            let (kind, verdict, message) = if new.error {
                (
                    Kind::Added,
                    Verdict::Additive,
                    "has the API's error: `Error`",
                )
            } else {
                (
                    Kind::Removed,
                    Verdict::Breaking,
                    "has no error of the API: `Error` is gone",
                )
            };
            let effect = Effect::NONE.rust(verdict);
            self.push(kind, effect, spot.clone(), message.to_owned());
        }
        if same {
            self.conversions_from(variants, &new.variants, spot);
        }
    }

    /// `From` is there for each payload that only one variant has.
    fn conversions_from(&mut self, old: &[Variant], new: &[Variant], spot: &Spot<'_>) {
        let types = |side: Side, variants: &[Variant]| -> Vec<String> {
            let types = variants
                .iter()
                .map(|variant| self.rust_type(side, &variant.ty));
            types.collect()
        };
        let (old, new) = (types(Side::Old, old), types(Side::New, new));
        let times = |types: Vec<String>| {
            let mut times: BTreeMap<String, usize> = BTreeMap::new();
            for ty in types {
                *times.entry(ty).or_default() += 1;
            }
            times
        };
        let (old, new) = (times(old), times(new));
        let several = |ty: &String| new.get(ty).is_some_and(|times| *times > 1);
        let lost = old.iter().filter(|(ty, times)| **times == 1 && several(ty));
        for (ty, _) in lost {
            let message = format!("is not made from `{ty}`, which several alternatives have");
            let effect = Effect::NONE.rust(Verdict::Breaking);
            self.push(Kind::Removed, effect, spot.clone(), message);
        }
    }

    pub(super) fn exclusive(
        &mut self,
        old: &'a [Variant],
        new: &'a [Variant],
        spot: &Spot<'a>,
        same: bool,
    ) {
        for Alternative { old, new } in self.alternatives(old, new, false) {
            // An old reader looks for one of the members that it knows.
            let added = Effect::NONE
                .rust(additive_if(same))
                .sent(Verdict::Additive)
                .received(Verdict::Breaking);
            let removed = Effect::NONE.rust(breaking_if(same)).sent(Verdict::Breaking);
            self.alternative((old, new), (added, removed), spot, same);
        }
    }

    /// Which alternatives are the same: those of one wire name, and, where that name is no part of a value, those of the
    /// same values.
    fn alternatives(
        &self,
        old: &'a [Variant],
        new: &'a [Variant],
        by_value: bool,
    ) -> Vec<Alternative<'a>> {
        let by_wire = |variants: &'a [Variant]| -> BTreeMap<&'a str, &'a Variant> {
            let variants = variants.iter();
            variants
                .map(|variant| (variant.name.wire(), variant))
                .collect()
        };
        let (before, after) = (by_wire(old), by_wire(new));
        let mut left: Vec<&Variant> = old
            .iter()
            .filter(|variant| !after.contains_key(variant.name.wire()))
            .collect();
        let mut found: Vec<Alternative<'a>> = Vec::new();
        for variant in new {
            let same = before.get(variant.name.wire()).copied().or_else(|| {
                let place = left
                    .iter()
                    .position(|before| by_value && self.values_fit(before, variant))?;
                Some(left.remove(place))
            });
            found.push(Alternative {
                old: same,
                new: Some(variant),
            });
        }
        found.extend(left.into_iter().map(|variant| Alternative {
            old: Some(variant),
            new: None,
        }));
        found
    }

    fn values_fit(&self, old: &Variant, new: &Variant) -> bool {
        Fits::by_contract(self.old, self.new).types(&old.ty, &new.ty)
    }

    fn alternative(
        &mut self,
        (old, new): (Option<&'a Variant>, Option<&'a Variant>),
        (added, removed): (Effect, Effect),
        spot: &Spot<'a>,
        same: bool,
    ) {
        let path = |variant: &Variant| format!("{}::{}", spot.path, variant.name.rust());
        match (old, new) {
            (Some(old), Some(new)) => self.variant(old, new, path(new), same),
            (None, Some(new)) => {
                let message = format!("is new: `{}`", self.rust_type(Side::New, &new.ty));
                self.push(
                    Kind::Added,
                    added,
                    Spot::added(path(new), &new.origin),
                    message,
                );
            }
            (Some(old), None) => {
                let spot = Spot::removed(path(old), &old.origin);
                self.push(Kind::Removed, removed, spot, "is gone".to_owned());
            }
            (None, None) => {}
        }
    }

    fn variant(&mut self, old: &'a Variant, new: &'a Variant, path: String, same: bool) {
        let Variant {
            name,
            doc,
            ty,
            limits,
            // It follows from the other variants, and is the reader's own business.
            test: _,
            origin,
        } = old;
        let spot = Spot::both(path, origin, &new.origin);
        self.rust_names(name, &new.name, same, &spot);
        self.value(ty, &new.ty, breaking_if(same), &spot);
        self.limits((limits, ty), (&new.limits, &new.ty), &spot);
        self.doc(doc, &new.doc, &spot);
    }
}

pub(super) fn additive_if(adds: bool) -> Verdict {
    if adds {
        Verdict::Additive
    } else {
        Verdict::Compatible
    }
}
