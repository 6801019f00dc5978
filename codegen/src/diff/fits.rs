//! Whether all values of one type are values of another.
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

/// Compares values of one document with what another document takes.
pub(super) struct Fits<'a> {
    values: &'a Api,
    targets: &'a Api,
    /// Whether what the document says is asked, or what its emitted readers do.
    contract: bool,
    /// Pairs that are being compared, or have been found to fit: a type that contains itself fits if all else does.
    assumed: BTreeSet<(TypeId, TypeId)>,
    /// The same, in the order in which they were assumed.
    trail: Vec<(TypeId, TypeId)>,
    /// Pairs that have been found not to fit, even with all that was assumed.
    refused: BTreeSet<(TypeId, TypeId)>,
}

impl<'a> Fits<'a> {
    /// Whether the document admits the values: what is sent to a server.
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

    /// Whether emitted types read the values: what is received from a server. They ignore further members and bounds, keep
    /// unknown strings and alternatives, and take null for absence.
    pub(super) fn by_reader(values: &'a Api, targets: &'a Api) -> Self {
        Self {
            contract: false,
            ..Self::by_contract(values, targets)
        }
    }

    /// Whether every value of the first type is one of the second.
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

    /// Whether every value of an emitted type is one of a type that is not.
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

    /// Whether every value of a type that is not emitted is one of an emitted type.
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
        // A reader keeps what none of its alternatives describes.
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
            // What was found with the help of this pair is not known any more.
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
        // What calls itself otherwise is another thing, even if it can be read.
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

    /// Whether a string is one of the values of a type.
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

    /// Whether what the values have for a member is what a field takes.
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

    /// The presence of a member the way that its values travel.
    fn presence(&self, field: &Field) -> Presence {
        if self.contract {
            field.presence_sent()
        } else {
            field.presence_received()
        }
    }
}

/// Whether a member that may be absent or null is one where it is looked for.
pub(super) fn presence_fits(value: Presence, target: Presence, contract: bool) -> bool {
    let absent = value.is_required() || !target.is_required();
    let null =
        !may_be_null(value) || may_be_null(target) || (!contract && target == Presence::Optional);
    absent && null
}

/// Whether `null` is one of the values.
pub(super) fn may_be_null(presence: Presence) -> bool {
    matches!(presence, Presence::Nullable | Presence::OptionalNullable)
}

/// Whether an object writes another value for a member with one possible value.
fn contradicts(object: &Struct, wanted: &Constant) -> bool {
    let mut constants = object.constants.iter();
    constants.any(|constant| constant.wire == wanted.wire && constant.value != wanted.value)
}

/// Whether an object writes a member with one possible value.
fn writes(object: &Struct, wanted: &Constant) -> bool {
    let mut constants = object.constants.iter();
    constants.any(|constant| (&constant.wire, &constant.value) == (&wanted.wire, &wanted.value))
}

/// Whether a type has any string for a value.
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
