//! The types of a run. Only this module defines a type, or lets two places share one.
//!
//! ```yaml
//! color: {type: string, enum: [red], x-rust-name: Color}     # defines Color
//! light: {type: string, enum: [red], x-rust-name: Color}     # shares it
//! ```
//!
//! A schema that others refer to gets an id before its type is known. If it does not become a type
//! of its own, the registry records the type that the id stands for.

use std::collections::{BTreeMap, BTreeSet};

use super::names::naming::Standing;
use super::names::place::Place;
use crate::document::{At, Pointer, Span};
use crate::model::{Doc, EnumValue, Module, Name, Roles, Shape, Type, TypeDef, TypeId, Use};

/// The types, and the schemas that may become types.
#[derive(Default)]
pub(super) struct Registry {
    /// By id. `None` is a schema that is still being lowered, or that does not become a type of
    /// its own.
    drafts: Vec<Option<Draft>>,
    /// By the Rust name that a place asks for first.
    names: BTreeMap<String, Vec<TypeId>>,
    /// The schemas that are being lowered, with their ids once they have one.
    open: BTreeMap<Pointer, Option<TypeId>>,
    /// The types of schemas that did not become types of their own, by id.
    stands_for: BTreeMap<TypeId, Type>,
}

/// A type, and its place in the source, which determines the order.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) def: TypeDef,
    pub(super) span: Span,
    pub(super) standing: Standing,
    /// The names to take in order if another type gets the first.
    pub(super) longer: Vec<String>,
}

impl Registry {
    /// The type with this id; `None` if it is not defined yet.
    pub(super) fn draft(&self, id: TypeId) -> Option<&Draft> {
        self.drafts[id.0].as_ref()
    }

    pub(super) fn draft_mut(&mut self, id: TypeId) -> Option<&mut Draft> {
        self.drafts[id.0].as_mut()
    }

    /// The type of a schema that did not become a type of its own.
    pub(super) fn stands_for(&self, id: TypeId) -> Option<&Type> {
        self.stands_for.get(&id)
    }

    /// Sets the type of a schema that did not become a type of its own.
    pub(super) fn stand_for(&mut self, id: TypeId, ty: Type) {
        self.stands_for.insert(id, ty);
    }

    /// Reserves an id for a schema that has not been lowered.
    pub(super) fn reserve(&mut self) -> TypeId {
        self.drafts.push(None);
        TypeId(self.drafts.len() - 1)
    }

    /// Starts to lower a schema. If this is already in progress, the schema contains itself:
    /// returns its id.
    pub(super) fn begin(&mut self, at: &Pointer, id: Option<TypeId>) -> Option<TypeId> {
        if let Some(open) = self.open.get(at).copied() {
            let id = open.or(id).unwrap_or_else(|| self.reserve());
            self.open.insert(at.clone(), Some(id));
            return Some(id);
        }
        self.open.insert(at.clone(), id);
        None
    }

    /// Finishes a schema. Returns its id if other schemas refer to it.
    pub(super) fn end(&mut self, at: &Pointer) -> Option<TypeId> {
        self.open.remove(at).flatten()
    }

    /// Defines a type with this shape, or returns the existing type that is the same.
    pub(super) fn define(&mut self, at: &At<'_>, place: &Place, shape: Shape, doc: Doc) -> Type {
        if let Some(id) = self.shared(place, &shape) {
            self.share(id, at, place, &shape);
            return Type::Named(id);
        }
        let id = self.own_id(at, place).unwrap_or_else(|| self.reserve());
        let rust = place.name.rust().to_owned();
        self.names.entry(rust).or_default().push(id);
        let def = TypeDef {
            name: place.name.clone(),
            doc,
            shape,
            origin: at.pointer().clone(),
            used: Use::default(),
            roles: Roles::default(),
            module: Module::Types,
            part: None,
            body_of: None,
            holds_file: false,
            has_base64: false,
            has_float: false,
            is_bounded: false,
        };
        self.drafts[id.0] = Some(Draft {
            def,
            span: at.span(),
            standing: place.standing(),
            longer: place.longer(),
        });
        Type::Named(id)
    }

    /// All types, and the types of the ids that did not become one.
    pub(super) fn into_drafts(self) -> (Vec<Option<Draft>>, BTreeMap<TypeId, Type>) {
        (self.drafts, self.stands_for)
    }

    /// The id that is reserved for the type of this place.
    fn own_id(&self, at: &At<'_>, place: &Place) -> Option<TypeId> {
        if place.is_alternative {
            return None;
        }
        let open = self.open.get(at.pointer()).copied().flatten();
        place.id.or(open)
    }

    /// The existing type that this one shares: two places with one name have one type if the
    /// document asks for it and their shapes are alike.
    fn shared(&self, place: &Place, shape: &Shape) -> Option<TypeId> {
        let mut known = self.names.get(place.name.rust())?.iter().copied();
        known.find(|id| {
            self.draft(*id).is_some_and(|known| {
                let asked = place.pinned || known.standing == Standing::Pinned;
                asked && alike(&known.def.shape, shape)
            })
        })
    }

    fn share(&mut self, id: TypeId, at: &At<'_>, place: &Place, shape: &Shape) {
        let own = self.own_id(at, place).filter(|own| *own != id);
        if let Some(own) = own {
            self.stand_for(own, Type::Named(id));
        }
        let Some(known) = self.draft_mut(id) else {
            return;
        };
        known.standing = known.standing.max(place.standing());
        if let (Shape::OpenEnum(known), Shape::OpenEnum(more)) = (&mut known.def.shape, shape) {
            known.others |= more.others;
        }
        if place.id.is_some() {
            known.def.name = place.name.clone();
            known.def.origin = at.pointer().clone();
            known.span = at.span();
            take_origins(&mut known.def.shape, shape);
        }
    }
}

/// Takes the origins of an enum's values from the place that the enum's own origin comes from.
fn take_origins(known: &mut Shape, shape: &Shape) {
    let (Shape::OpenEnum(known), Shape::OpenEnum(more)) = (known, shape) else {
        return;
    };
    let values = more.values.iter();
    let origins: BTreeMap<_, _> = values.map(|value| (&value.name, &value.origin)).collect();
    for value in &mut known.values {
        if let Some(origin) = origins.get(&value.name) {
            value.origin = Pointer::clone(origin);
        }
    }
}

/// True if two shapes are the same. Enums are compared as sets.
fn alike(one: &Shape, other: &Shape) -> bool {
    match (one, other) {
        (Shape::OpenEnum(one), Shape::OpenEnum(other)) => {
            let names = |values: &[EnumValue]| -> BTreeSet<Name> {
                values.iter().map(|value| value.name.clone()).collect()
            };
            names(&one.values) == names(&other.values)
        }
        (one, other) => one == other,
    }
}
