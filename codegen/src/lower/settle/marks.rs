//! Properties of a type that follow from its contents.
//!
//! ```text
//! has_base64    an object with base64 in it, at places that can be told before the whole is read
//! has_float     a value may hold a floating-point number: it is equal to another one, but there is no `Eq`
//! is_bounded    a value may break a bound
//! body_of       the operation whose body it is
//! ```

use crate::model::{Api, Field, Limits, Rest, Shape, Type, TypeDef, TypeId, Variant};

use super::graph::Graph;
use super::neighbours;

pub(super) fn settle(api: &mut Api) {
    mark_bodies(api);
    let marked = spread(api, inner_objects, |def| {
        members(def).any(|ty| api.has_base64(ty))
    });
    for (def, marked) in api.types.iter_mut().zip(marked) {
        def.has_base64 = marked;
    }
    let is_float = |ty: &Type| *ty.innermost() == Type::F64;
    let marked = spread(api, neighbours, |def| {
        values(def).iter().any(|(ty, _)| is_float(ty))
    });
    for (def, marked) in api.types.iter_mut().zip(marked) {
        def.has_float = marked;
    }
    let marked = spread(api, neighbours, is_bounded);
    for (def, marked) in api.types.iter_mut().zip(marked) {
        def.is_bounded = marked;
    }
}

/// Marks types, and all types that lead to them.
fn spread(
    api: &Api,
    edges: impl Fn(&TypeDef) -> Vec<TypeId>,
    is_marked: impl Fn(&TypeDef) -> bool,
) -> Vec<bool> {
    let graph = Graph::new(&api.types, edges);
    let own = (0..api.types.len()).map(TypeId);
    let own: Vec<TypeId> = own.filter(|id| is_marked(api.get(*id))).collect();
    graph.reversed().reached(&own, |_| false)
}

/// Records the first operation with a body of each type.
fn mark_bodies(api: &mut Api) {
    for (index, operation) in api.operations.iter().enumerate() {
        for id in operation
            .payloads()
            .filter_map(|payload| payload.ty().named())
        {
            api.types[id.0].body_of.get_or_insert(index);
        }
    }
}

/// The types that find base64 in the values of this type.
fn inner_objects(def: &TypeDef) -> Vec<TypeId> {
    members(def).filter_map(passed_to).collect()
}

/// The type that finds base64 in a value of this type, as [`Api::has_base64`] does.
fn passed_to(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Option(inner) | Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => {
            passed_to(inner)
        }
        _ => None,
    }
}

/// The members in which base64 can be found before the whole value has been received.
fn members(def: &TypeDef) -> impl Iterator<Item = &Type> {
    let (fields, variants): (&[Field], &[Variant]) = match &def.shape {
        Shape::Struct(object) => (&object.fields, &[]),
        Shape::Exclusive(variants) => (&[], variants),
        Shape::OpenEnum(_) | Shape::Union(_) => (&[], &[]),
    };
    let fields = fields.iter().map(|field| &field.ty);
    fields.chain(variants.iter().map(|variant| &variant.ty))
}

/// Every type in a definition, with its bounds.
fn values(def: &TypeDef) -> Vec<(&Type, &Limits)> {
    let mut found: Vec<(&Type, &Limits)> = Vec::new();
    match &def.shape {
        Shape::Struct(object) => {
            found.extend(object.fields.iter().map(|field| (&field.ty, &field.limits)));
            if let Rest::Map(ty) = &object.rest {
                found.push((ty, object.limits.of_each()));
            }
        }
        Shape::Union(union) => {
            let variants = union.variants.iter();
            found.extend(variants.map(|variant| (&variant.ty, &variant.limits)));
        }
        Shape::Exclusive(variants) => {
            let variants = variants.iter();
            found.extend(variants.map(|variant| (&variant.ty, &variant.limits)));
        }
        Shape::OpenEnum(_) => {}
    }
    found
}

fn is_bounded(def: &TypeDef) -> bool {
    let has_rules = match &def.shape {
        Shape::Struct(object) => !object.rules.is_empty(),
        Shape::OpenEnum(_) | Shape::Union(_) | Shape::Exclusive(_) => false,
    };
    let mut values = values(def).into_iter();
    has_rules || values.any(|(ty, limits)| limits.bound(ty))
}
