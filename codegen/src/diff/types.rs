//! Types: compares types of one name, and the types of values.
//!
//! ```yaml
//! size: {type: string}     ->  {type: string, enum: [auto]}     # `String` becomes `EditSize`
//! n: {type: integer}       ->  {type: array, items: …}          # `i64` becomes `Vec<i64>`
//! ```

use std::collections::BTreeSet;

use crate::model::{Shape, Type, TypeDef};

use super::change::{Effect, Kind, Verdict};
use super::fits::Fits;
use super::text::Side;
use super::walk::{Spot, Walk};

/// The properties of a type that determine its traits and constructors.
struct Traits {
    is_sent: bool,
    holds_file: bool,
    has_float: bool,
}

impl<'a> Walk<'a> {
    /// Compares two types: one has become the other, or both have the same name.
    pub(super) fn type_definition(&mut self, old: &'a TypeDef, new: &'a TypeDef) {
        let TypeDef {
            name,
            doc,
            shape,
            // Follows from the operations.
            roles: _,
            origin,
            used,
            // All modules are private; their types are exported from the root of the crate, or by
            // the groups that use them.
            module: _,
            part: _,
            // It is documentation, and the operations are compared.
            body_of: _,
            holds_file,
            // The places of base64 are those of its fields, which are compared.
            has_base64: _,
            has_float,
            // The bounds themselves are compared.
            is_bounded: _,
        } = old;
        let spot = Spot::both(new.name.rust(), origin, &new.origin);
        let same_name = self.rust_name(Side::Old, old) == new.name.rust();
        self.rust_names(name, &new.name, same_name, &spot);
        if same_name {
            self.doc(doc, &new.doc, &spot);
            let before = Traits {
                is_sent: used.sent,
                holds_file: *holds_file,
                has_float: *has_float,
            };
            let after = Traits {
                is_sent: new.used.sent,
                holds_file: new.holds_file,
                has_float: new.has_float,
            };
            self.traits(&before, &after, &spot);
        }
        match (shape, &new.shape) {
            (Shape::Struct(object), Shape::Struct(to)) => {
                self.structure((old, object), (new, to), same_name);
            }
            (Shape::OpenEnum(values), Shape::OpenEnum(to)) => {
                self.open_enum(values, to, &spot, same_name);
            }
            (Shape::Union(union), Shape::Union(to)) => {
                self.union(union, to, &spot, same_name);
            }
            (Shape::Exclusive(variants), Shape::Exclusive(to)) => {
                self.exclusive(variants, to, &spot, same_name);
            }
            (shape, to) => {
                let message = format!("is {} instead of {}", kind_of(to), kind_of(shape));
                let effect = Effect::NONE.rust(breaking_if(same_name));
                // The effect on running clients is reported at the values.
                self.push(Kind::Changed, effect, spot, message);
            }
        }
    }

    /// The traits and constructors of a type depend on the direction, on files, and on
    /// floating-point numbers.
    fn traits(&mut self, old: &Traits, new: &Traits, spot: &Spot<'_>) {
        let mut change = |had: bool, has: bool, lost: &str, won: &str| {
            let (kind, verdict, message) = match (had, has) {
                (true, false) => (Kind::Removed, Verdict::Breaking, lost),
                (false, true) => (Kind::Added, Verdict::Additive, won),
                _ => return,
            };
            let effect = Effect::NONE.rust(verdict);
            self.push(kind, effect, spot.clone(), message.to_owned());
        };
        change(
            old.is_sent,
            new.is_sent,
            "is no longer sent: it can be made only by reading it",
            "is sent too: it can be made",
        );
        change(
            !old.holds_file,
            !new.holds_file,
            "may hold a file: it can be neither compared, nor read or written as JSON",
            "holds no file: it can be compared, and read and written as JSON",
        );
        if !old.holds_file && !new.holds_file {
            change(
                !old.has_float,
                !new.has_float,
                "may hold a floating-point number: it has neither `Eq` nor `Hash`",
                "holds no floating-point number: it has `Eq` and `Hash`",
            );
        }
    }

    /// Reports types that only one of the documents has.
    pub(super) fn types_of_one_side(&mut self) {
        let (old, new) = (self.old, self.new);
        let names = |types: &'a [TypeDef]| -> BTreeSet<&'a str> {
            types.iter().map(|def| def.name.rust()).collect()
        };
        let (before, after) = (names(&old.types), names(&new.types));
        let new_names: BTreeSet<String> = self.renamed.values().cloned().collect();
        for def in &new.types {
            let name = def.name.rust();
            if !before.contains(name) && !new_names.contains(name) {
                let spot = Spot::added(def.name.rust(), &def.origin);
                let effect = Effect::NONE.rust(Verdict::Additive);
                let message = format!("is new: {}", kind_of(&def.shape));
                self.push(Kind::Added, effect, spot, message);
            }
        }
        for def in &old.types {
            let name = def.name.rust();
            if !after.contains(name) && !self.renamed.contains_key(name) {
                let spot = Spot::removed(def.name.rust(), &def.origin);
                let effect = Effect::NONE.rust(Verdict::Breaking);
                self.push(Kind::Removed, effect, spot, "is gone".to_owned());
            }
        }
    }

    /// Compares the types of a value. If they differ, there is one change, with this verdict for
    /// callers.
    pub(super) fn value(&mut self, old: &Type, new: &Type, rust: Verdict, spot: &Spot<'_>) {
        let wire = self.wire_of(old, new);
        let [from, to] = [
            self.rust_type(Side::Old, old),
            self.rust_type(Side::New, new),
        ];
        if from != to {
            let message = format!("is `{to}` instead of `{from}`");
            self.push(Kind::Changed, wire.rust(rust), spot.clone(), message);
        } else if wire != Effect::NONE {
            let message = format!("has different values in `{to}`");
            self.push(Kind::Changed, wire, spot.clone(), message);
        }
    }

    /// The effect on running clients if the type of a value changes. If both types are alike,
    /// their contents are compared separately.
    fn wire_of(&mut self, old: &Type, new: &Type) -> Effect {
        match (old, new) {
            (Type::Boxed(old), new) => self.wire_of(old, new),
            (old, Type::Boxed(new)) => self.wire_of(old, new),
            (Type::Option(old), Type::Option(new))
            | (Type::List(old), Type::List(new))
            | (Type::OneOrMany(old), Type::OneOrMany(new))
            | (Type::Map(old), Type::Map(new)) => self.wire_of(old, new),
            (Type::Named(from), Type::Named(to))
                if same_kind(&self.old.get(*from).shape, &self.new.get(*to).shape) =>
            {
                self.pair(*from, *to);
                Effect::NONE
            }
            (old, new) if old == new && !matches!(old, Type::Named(_)) => Effect::NONE,
            (old, new) => {
                if let (Some(from), Some(to)) = (old.named(), new.named())
                    && same_kind(&self.old.get(from).shape, &self.new.get(to).shape)
                {
                    self.pair(from, to);
                }
                let fits = Fits::by_contract(self.old, self.new).types(old, new);
                let fits_back = Fits::by_contract(self.new, self.old).types(new, old);
                let read = Fits::by_reader(self.new, self.old).types(new, old);
                let sent = breaking_if(!fits).max(additive_if(!fits_back));
                Effect::NONE.sent(sent).received(breaking_if(!read))
            }
        }
    }
}

fn same_kind(one: &Shape, other: &Shape) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

fn kind_of(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "an object",
        Shape::OpenEnum(_) => "a string with known values",
        Shape::Union(_) => "one of several types",
        Shape::Exclusive(_) => "an object of one member",
    }
}

pub(super) fn breaking_if(breaks: bool) -> Verdict {
    if breaks {
        Verdict::Breaking
    } else {
        Verdict::Compatible
    }
}

pub(super) fn additive_if(adds: bool) -> Verdict {
    if adds {
        Verdict::Additive
    } else {
        Verdict::Compatible
    }
}
