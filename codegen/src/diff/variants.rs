//! Alternatives: unions, and objects of exactly one member.
//!
//! ```yaml
//! oneOf: [{$ref: …/Cat}]   ->  oneOf: [{$ref: …/Cat}, {$ref: …/Dog}]   # `Dog` is new; old readers keep it as unknown
//! ```

use std::collections::BTreeMap;

use crate::model::{ErrorEvent, Tag, TagType, Union, Variant};
use crate::visible::code_span;

use super::change::{Effect, Kind, Verdict};
use super::counterpart::{Counterpart, counterparts};
use super::fits::Fits;
use super::text::Side;
use super::types::{additive_if, breaking_if};
use super::walk::{Spot, Walk};

/// The effects of an alternative that only one document has, or that has another name on the wire.
struct Effects {
    added: Effect,
    removed: Effect,
    renamed: Effect,
    /// True if alternatives are distinguished by their contents.
    by_test: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn union(&mut self, old: &'a Union, new: &'a Union, spot: &Spot<'a>, same: bool) {
        let Union {
            tag,
            variants,
            // It follows from the tests.
            is_ranked: _,
            error,
        } = old;
        if *tag != new.tag {
            let named = |tag: &Option<Tag>| {
                tag.as_ref().map_or("none".to_owned(), |tag| match tag.ty {
                    TagType::String => code_span(&tag.wire),
                    TagType::Integer => format!("the integer {}", code_span(&tag.wire)),
                    TagType::EventName => "the names of events".to_owned(),
                })
            };
            let message = format!(
                "distinguishes its alternatives by {} instead of {}",
                named(&new.tag),
                named(tag)
            );
            let effect = Effect::NONE.wire(Verdict::Breaking);
            self.push(Kind::Changed, effect, spot.clone(), message);
        }
        let effects = Effects {
            // A reader keeps alternatives that it does not know.
            added: Effect::NONE.rust(additive_if(same)).wire(Verdict::Additive),
            removed: Effect::NONE.rust(breaking_if(same)).sent(Verdict::Breaking),
            renamed: match tag {
                Some(_) => Effect::NONE
                    .sent(Verdict::Breaking)
                    .received(Verdict::Additive),
                // The name is internal to the document.
                None => Effect::NONE,
            },
            by_test: tag.is_none(),
        };
        let mut alternatives = counterparts(variants, &new.variants);
        if tag.is_none() {
            alternatives = self.by_value(alternatives);
        }
        self.alternatives(alternatives, &effects, spot, same);
        if let (Some(error), Some(to)) = (error, &new.error) {
            self.error_event(error, to, spot);
        }
        if error.is_some() != new.error.is_some() {
            // The same events arrive in both cases; only the reader treats one as an error. The
            // type of the API's error in `StreamError` changes.
            let effect = Effect::NONE.rust(Verdict::Breaking);
            let (kind, effect, message) = if new.error.is_some() {
                let message = "has the API's error, which ends the stream";
                (Kind::Added, effect.received(Verdict::Additive), message)
            } else {
                (Kind::Removed, effect, "no longer has the API's error")
            };
            self.push(kind, effect, spot.clone(), message.to_owned());
        }
        if same {
            self.conversions_from(variants, &new.variants, spot);
        }
    }

    fn error_event(&mut self, old: &'a ErrorEvent, new: &'a ErrorEvent, spot: &Spot<'a>) {
        let ErrorEvent {
            ty,
            tags,
            member,
            origin,
        } = old;
        let spot = Spot {
            old: Some(origin),
            new: Some(&new.origin),
            path: format!("{}::Error", spot.path),
        };
        self.value(ty, &new.ty, Verdict::Breaking, &spot);
        if (tags, member) != (&new.tags, &new.member) {
            let message = "is recognised by a different kind or member".to_owned();
            self.push(Kind::Changed, Effect::NONE, spot, message);
        }
    }

    /// `From` is implemented for each payload that only one variant has.
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
            let message = format!("cannot be made from `{ty}`, which several alternatives have");
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
        let effects = Effects {
            // An old reader expects one of the members that it knows.
            added: Effect::NONE
                .rust(additive_if(same))
                .sent(Verdict::Additive)
                .received(Verdict::Breaking),
            removed: Effect::NONE.rust(breaking_if(same)).sent(Verdict::Breaking),
            renamed: Effect::NONE.wire(Verdict::Breaking),
            by_test: false,
        };
        self.alternatives(counterparts(old, new), &effects, spot, same);
    }

    /// If the name of an alternative is not part of the value, alternatives with the same values
    /// are the same.
    fn by_value(
        &self,
        alternatives: Vec<Counterpart<'a, Variant>>,
    ) -> Vec<Counterpart<'a, Variant>> {
        let is_removed = |alternative: &_| matches!(alternative, Counterpart::Removed(_));
        let (removed, mut found): (Vec<_>, Vec<_>) = alternatives.into_iter().partition(is_removed);
        for alternative in removed {
            let same = found
                .iter_mut()
                .find_map(|other| match (&alternative, &other) {
                    (Counterpart::Removed(old), Counterpart::Added(new))
                        if self.values_fit(old, new) =>
                    {
                        Some((
                            Counterpart::Both {
                                old: *old,
                                new: *new,
                            },
                            other,
                        ))
                    }
                    _ => None,
                });
            match same {
                Some((both, other)) => *other = both,
                None => found.push(alternative),
            }
        }
        found
    }

    fn values_fit(&self, old: &Variant, new: &Variant) -> bool {
        Fits::by_contract(self.old, self.new).types(&old.ty, &new.ty)
    }

    fn alternatives(
        &mut self,
        alternatives: Vec<Counterpart<'a, Variant>>,
        effects: &Effects,
        spot: &Spot<'a>,
        same: bool,
    ) {
        let path = |variant: &Variant| format!("{}::{}", spot.path, variant.name.rust());
        for alternative in alternatives {
            match alternative {
                Counterpart::Both { old, new } => {
                    let spot = Spot::both(path(new), &old.origin, &new.origin);
                    self.wire_names(&old.name, &new.name, effects.renamed, &spot);
                    self.variant(old, new, &spot, same);
                    // The method of a reader is an implementation detail.
                    if effects.by_test && old.test != new.test {
                        let message =
                            "is distinguished from the others in a different way".to_owned();
                        self.push(Kind::Changed, Effect::NONE, spot, message);
                    }
                }
                Counterpart::Added(new) => {
                    let spot = Spot::added(path(new), &new.origin);
                    let message = format!("is new: `{}`", self.rust_type(Side::New, &new.ty));
                    self.push(Kind::Added, effects.added, spot, message);
                }
                Counterpart::Removed(old) => {
                    let spot = Spot::removed(path(old), &old.origin);
                    self.push(Kind::Removed, effects.removed, spot, "is gone".to_owned());
                }
            }
        }
    }

    fn variant(&mut self, old: &'a Variant, new: &'a Variant, spot: &Spot<'a>, same: bool) {
        let Variant {
            name,
            doc,
            ty,
            limits,
            // See `alternatives`.
            test: _,
            is_alone: _,
            // The name on the wire, or internal to the inner union.
            tags: _,
            written_tag: _,
            takes_others,
            ends_stream,
            origin: _,
        } = old;
        if *takes_others != new.takes_others {
            let (effect, message) = if new.takes_others {
                let effect = Effect::NONE.wire(Verdict::Additive);
                (
                    effect,
                    "takes all values of the tag that no other alternative has",
                )
            } else {
                let effect = Effect::NONE.sent(Verdict::Breaking);
                (effect, "takes only its own values of the tag")
            };
            self.push(Kind::Changed, effect, spot.clone(), message.to_owned());
        }
        if *ends_stream != new.ends_stream {
            // A reader that expects the event treats a stream without it as cut off.
            let (effect, message) = if new.ends_stream {
                let message = "is an event that comes last: a stream without one is unfinished";
                (Effect::NONE, message)
            } else {
                let effect = Effect::NONE.received(Verdict::Breaking);
                (effect, "is an event that no longer has to come last")
            };
            self.push(Kind::Changed, effect, spot.clone(), message.to_owned());
        }
        self.rust_names(name, &new.name, same, spot);
        self.value(ty, &new.ty, breaking_if(same), spot);
        self.limits((limits, ty), (&new.limits, &new.ty), spot);
        self.doc(doc, &new.doc, spot);
    }
}
