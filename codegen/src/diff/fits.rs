//! Tests whether all values of one type are values of another.
//!
//! ```text
//! i32 fits f64                 what is an integer of 32 bits is a number
//! Image fits OneOrMany<Image>  one is one or many
//! String fits ImageSize        for a reader, since its enum is open; by the contract, only if other values are admitted
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, Constant, Field, Presence, Rest, Shape, Struct, Type, TypeId, Union};
use crate::stack::with_stack;

use super::counterpart::by_wire;
use super::{limits, rules};

/// Compares the values of one document with the types of another.
pub(super) struct Fits<'a> {
    values: &'a Api,
    targets: &'a Api,
    /// True to test against the document, false to test against its emitted readers.
    contract: bool,
    /// Pairs that are being compared, or are known to fit: a type that contains itself fits if
    /// everything else does.
    assumed: BTreeSet<(TypeId, TypeId)>,
    /// The same, in the order in which they were assumed.
    trail: Vec<(TypeId, TypeId)>,
    /// Pairs that are known not to fit, even under all assumptions.
    refused: BTreeSet<(TypeId, TypeId)>,
}

impl<'a> Fits<'a> {
    /// Tests against the document, for values that are sent to a server.
    pub(super) fn by_contract(values: &'a Api, targets: &'a Api) -> Self {
        Self {
            values,
            targets,
            contract: true,
            assumed: BTreeSet::new(),
            trail: Vec::new(),
            refused: BTreeSet::new(),
        }
    }

    /// Tests against emitted readers, for values that are received from a server. They ignore
    /// further members and bounds, keep unknown strings and alternatives, and treat null as
    /// absent.
    pub(super) fn by_reader(values: &'a Api, targets: &'a Api) -> Self {
        Self {
            contract: false,
            ..Self::by_contract(values, targets)
        }
    }

    /// True if every value of the first type is a value of the second.
    pub(super) fn types(&mut self, value: &Type, target: &Type) -> bool {
        match (value, target) {
            (Type::Boxed(value), target) => self.types(value, target),
            (_, Type::Json)
            | (Type::Bool, Type::Bool)
            | (Type::I32, Type::I32 | Type::I64 | Type::F64)
            | (Type::I64, Type::I64 | Type::F64)
            | (Type::U64, Type::U64 | Type::F64)
            | (Type::F64, Type::F64)
            | (Type::File, Type::File)
            | (Type::Text, Type::Text) => true,
            (Type::Option(value), Type::Option(target))
            | (Type::List(value), Type::List(target))
            | (Type::Map(value), Type::Map(target))
            | (Type::OneOrMany(value) | Type::List(value), Type::OneOrMany(target)) => {
                self.types(value, target)
            }
            (value, Type::Boxed(target) | Type::Option(target) | Type::OneOrMany(target)) => {
                self.types(value, target)
            }
            (Type::Named(value), Type::Named(target)) => self.named(*value, *target),
            (Type::Named(value), target) => self.definition(*value, target),
            (value, Type::Named(target)) => self.is_taken_by(value, *target),
            (Type::Base64, target) => *target == Type::Base64 || is_string(target),
            (value, target) => is_string(value) && is_string(target),
        }
    }

    /// True if every value of an emitted type is a value of a type that is not emitted.
    fn definition(&mut self, value: TypeId, target: &Type) -> bool {
        let values = self.values;
        match (&values.get(value).shape, target) {
            (Shape::OpenEnum(_), target) => is_string(target),
            (Shape::Union(union), target) => {
                let mut variants = union.variants.iter();
                variants.all(|variant| self.types(&variant.ty, target))
            }
            (Shape::Struct(object), Type::Map(target)) => {
                let mut fields = object.fields.iter();
                let rest = match &object.rest {
                    Rest::Map(rest) => self.types(rest, target),
                    Rest::Ignored | Rest::Extra => true,
                };
                let constants = object.constants.is_empty() || self.types(&Type::String, target);
                rest && constants && fields.all(|field| self.types(&field.ty, target))
            }
            (Shape::Exclusive(variants), Type::Map(target)) => {
                let mut variants = variants.iter();
                variants.all(|variant| self.types(&variant.ty, target))
            }
            _ => false,
        }
    }

    /// True if every value of a type that is not emitted is a value of an emitted type.
    fn is_taken_by(&mut self, value: &Type, target: TypeId) -> bool {
        let targets = self.targets;
        match &targets.get(target).shape {
            Shape::OpenEnum(open) => is_string(value) && (open.others || !self.contract),
            Shape::Union(union) => self.has_alternative(value, union),
            Shape::Struct(_) | Shape::Exclusive(_) => false,
        }
    }

    fn has_alternative(&mut self, value: &Type, union: &Union) -> bool {
        let mut variants = union.variants.iter();
        // A reader keeps values that match none of its alternatives.
        !self.contract || variants.any(|variant| self.types(value, &variant.ty))
    }

    fn named(&mut self, value: TypeId, target: TypeId) -> bool {
        if self.refused.contains(&(value, target)) {
            return false;
        }
        if !self.assumed.insert((value, target)) {
            return true;
        }
        let mark = self.trail.len();
        self.trail.push((value, target));
        let fits = with_stack(|| self.shapes(value, target));
        if !fits {
            // Results that depended on this pair are not valid any more.
            for pair in self.trail.drain(mark..) {
                self.assumed.remove(&pair);
            }
            self.refused.insert((value, target));
        }
        fits
    }

    fn shapes(&mut self, value: TypeId, target: TypeId) -> bool {
        let (values, targets) = (self.values, self.targets);
        match (&values.get(value).shape, &targets.get(target).shape) {
            (Shape::Struct(value), Shape::Struct(target)) => self.structs(value, target),
            (Shape::OpenEnum(value), Shape::OpenEnum(target)) => {
                let known = |wire: &str| target.values.iter().any(|own| own.name.wire() == wire);
                let listed = value.values.iter().all(|own| known(own.name.wire()));
                !self.contract || target.others || (listed && !value.others)
            }
            (Shape::Exclusive(value), Shape::Exclusive(target)) => value.iter().all(|own| {
                let mut same = target
                    .iter()
                    .filter(|other| other.name.wire() == own.name.wire());
                same.any(|other| self.types(&own.ty, &other.ty))
            }),
            (Shape::Union(value), Shape::Union(target)) if value.tag.is_some() => {
                value.tag == target.tag
                    && value.variants.iter().all(|own| {
                        let mut variants = target.variants.iter();
                        match variants.find(|other| other.name.wire() == own.name.wire()) {
                            Some(same) => self.types(&own.ty, &same.ty),
                            None => !self.contract,
                        }
                    })
            }
            (Shape::Union(union), _) => {
                let mut variants = union.variants.iter();
                variants.all(|variant| self.types(&variant.ty, &Type::Named(target)))
            }
            (_, Shape::Union(union)) => self.has_alternative(&Type::Named(value), union),
            _ => false,
        }
    }

    fn structs(&mut self, value: &Struct, target: &Struct) -> bool {
        // A value with another tag is a different alternative, even if it can be read.
        if target
            .constants
            .iter()
            .any(|constant| contradicts(value, constant))
        {
            return false;
        }
        let own = by_wire(&value.fields);
        let fields = target
            .fields
            .iter()
            .all(|field| self.field((value, &own), field));
        let constants = target
            .constants
            .iter()
            .all(|constant| !self.contract || writes(value, constant));
        let limits = !limits::shift(&value.limits, &target.limits).tighter;
        let stated: Vec<_> = value
            .rules
            .iter()
            .map(|rule| rules::stated(rule, value))
            .collect();
        let mut rules = target.rules.iter().map(|rule| rules::stated(rule, target));
        let held = !self.contract || (limits && rules.all(|rule| stated.contains(&rule)));
        fields && constants && held
    }

    /// True if a string is a value of the type.
    pub(super) fn has_string(&self, text: &str, target: &Type) -> bool {
        match target {
            Type::Boxed(target) | Type::Option(target) | Type::OneOrMany(target) => {
                self.has_string(text, target)
            }
            Type::Named(id) => match &self.targets.get(*id).shape {
                Shape::OpenEnum(open) => {
                    let mut values = open.values.iter();
                    open.others || values.any(|value| value.name.wire() == text)
                }
                Shape::Union(union) => {
                    let mut variants = union.variants.iter();
                    variants.any(|variant| self.has_string(text, &variant.ty))
                }
                Shape::Struct(_) | Shape::Exclusive(_) => false,
            },
            Type::Json => true,
            target => is_string(target),
        }
    }

    /// True if the values of a member are values of the field.
    fn field(
        &mut self,
        (value, fields): (&Struct, &BTreeMap<&str, &Field>),
        target: &Field,
    ) -> bool {
        let wire = target.name.wire();
        if let Some(constant) = value
            .constants
            .iter()
            .find(|constant| constant.wire == wire)
        {
            return self.has_string(&constant.value, &target.ty);
        }
        match fields.get(wire) {
            Some(own) => {
                let bounds = !self.contract || !limits::shift(&own.limits, &target.limits).tighter;
                bounds
                    && presence_fits(self.presence(own), self.presence(target), self.contract)
                    && self.types(&own.ty, &target.ty)
            }
            None => !self.presence(target).is_required(),
        }
    }

    /// The presence of a member in the direction of the values.
    fn presence(&self, field: &Field) -> Presence {
        if self.contract {
            field.presence_sent()
        } else {
            field.presence_received()
        }
    }
}

/// True if a member with the first presence is valid for a reader with the second.
pub(super) fn presence_fits(value: Presence, target: Presence, contract: bool) -> bool {
    let absent = value.is_required() || !target.is_required();
    let null =
        !may_be_null(value) || may_be_null(target) || (!contract && target == Presence::Optional);
    absent && null
}

/// True if `null` is a value.
pub(super) fn may_be_null(presence: Presence) -> bool {
    matches!(presence, Presence::Nullable | Presence::OptionalNullable)
}

/// True if an object writes a different value for a constant member.
fn contradicts(object: &Struct, wanted: &Constant) -> bool {
    let mut constants = object.constants.iter();
    constants.any(|constant| constant.wire == wanted.wire && constant.value != wanted.value)
}

/// True if an object writes a constant member.
fn writes(object: &Struct, wanted: &Constant) -> bool {
    let mut constants = object.constants.iter();
    constants.any(|constant| (&constant.wire, &constant.value) == (&wanted.wire, &wanted.value))
}

/// True if every string is a value of the type.
fn is_string(ty: &Type) -> bool {
    match ty {
        Type::String | Type::Uri => true,
        Type::Bool
        | Type::I32
        | Type::I64
        | Type::U64
        | Type::F64
        | Type::Base64
        | Type::File
        | Type::Text
        | Type::Json
        | Type::Named(_)
        | Type::Option(_)
        | Type::List(_)
        | Type::OneOrMany(_)
        | Type::Map(_)
        | Type::Boxed(_) => false,
    }
}
