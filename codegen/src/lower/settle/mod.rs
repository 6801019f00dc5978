//! Decisions that need all types: order, direction, boxes, modules, wrappers.
//!
//! ```text
//! order      that of the document, whatever order references were followed in
//! used       sent from every request body down, received from every response down
//! Boxed      where a struct would hold itself by value
//! Uri        only where it is sent; what is received is a String
//! base64     where it is found on the way down from a response
//! Nullable   where the difference between absent and null can be sent; Option elsewhere
//! part       the groups that use an item, in a crate whose modules are groups
//! is_alone   alternatives of a union whose tests exclude all others; is_ranked, where several may match
//! ```

pub(in crate::lower) mod access;
pub(in crate::lower) mod alternatives;
pub(in crate::lower) mod conversion;
pub(in crate::lower) mod files;
pub(in crate::lower) mod forms;
pub(in crate::lower) mod graph;
mod marks;
pub(in crate::lower) mod parts;
pub(in crate::lower) mod stream_switch;
pub(in crate::lower) mod tag_field;
pub(in crate::lower) mod union_cycle;

use std::collections::BTreeMap;

use crate::model::{
    Api, Codec, Encoding, Module, Operation, Parameter, Payload, Presence, Shape, Type, TypeDef,
    TypeId, Use, Wrapper,
};

use crate::lower::Draft;
use crate::lower::http::{by_status, header};
use crate::lower::settle::graph::Graph;

/// Replaces ids of schemas that did not become types of their own with their types.
pub(in crate::lower) fn resolve(
    drafts: &mut [Option<Draft>],
    operations: &mut [Operation],
    stands_for: &BTreeMap<TypeId, Type>,
) {
    let mut replaced = |ty: &mut Type| walk(ty, &mut |ty| replace(ty, stands_for));
    for draft in drafts.iter_mut().flatten() {
        shape_types(&mut draft.def.shape, &mut replaced);
    }
    operation_types(operations, &mut replaced);
}

/// Orders the types and finishes each.
pub(in crate::lower) fn settle(mut api: Api, drafts: Vec<Option<Draft>>) -> Api {
    let places = order(&drafts);
    let mut ordered: Vec<(usize, TypeDef)> = drafts
        .into_iter()
        .zip(&places)
        .filter_map(|(draft, place)| Some(((*place)?, draft?.def)))
        .collect();
    ordered.sort_by_key(|(place, _)| *place);
    api.types = ordered.into_iter().map(|(_, def)| def).collect();
    renumber(&mut api, &places);
    tag_field::settle(&mut api);
    stream_switch::settle(&mut api);
    mark_uses(&mut api);
    access::settle(&mut api);
    forms::settle(&mut api);
    settle_uris(&mut api);
    box_cycles(&mut api);
    place_in_modules(&mut api);
    marks::settle(&mut api);
    conversion::find(&mut api);
    wrap_fields(&mut api);
    alternatives::settle(&mut api);
    by_status::share_errors(&mut api);
    header::share(&mut api);
    parts::settle(&mut api);
    api
}

fn replace(ty: &mut Type, stands_for: &BTreeMap<TypeId, Type>) {
    while let Type::Named(id) = ty
        && let Some(other) = stands_for.get(id)
    {
        *ty = other.clone();
    }
}

/// The place of each draft in the output.
fn order(drafts: &[Option<Draft>]) -> Vec<Option<usize>> {
    let mut by_place: Vec<usize> = (0..drafts.len())
        .filter(|index| drafts[*index].is_some())
        .collect();
    by_place.sort_by_key(|index| {
        drafts[*index]
            .as_ref()
            .map(|draft| (draft.span.source, draft.span.start))
    });
    let mut places = vec![None; drafts.len()];
    for (place, index) in by_place.into_iter().enumerate() {
        places[index] = Some(place);
    }
    places
}

fn renumber(api: &mut Api, places: &[Option<usize>]) {
    each_type(api, &mut |ty| {
        walk(ty, &mut |ty| {
            if let Type::Named(id) = ty
                && let Some(place) = places[id.0]
            {
                *id = TypeId(place);
            }
        });
    });
}

/// Calls `visit` for every type in the model.
fn each_type(api: &mut Api, visit: &mut impl FnMut(&mut Type)) {
    for def in &mut api.types {
        shape_types(&mut def.shape, visit);
    }
    operation_types(&mut api.operations, visit);
}

/// Calls `visit` for each type that an operation itself names.
pub(in crate::lower) fn operation_types(
    operations: &mut [Operation],
    visit: &mut impl FnMut(&mut Type),
) {
    let operations = operations.iter_mut();
    operations.flat_map(Operation::types_mut).for_each(visit);
}

pub(in crate::lower) fn shape_types(shape: &mut Shape, visit: &mut impl FnMut(&mut Type)) {
    match shape {
        Shape::Struct(object) => {
            object
                .fields
                .iter_mut()
                .for_each(|field| visit(&mut field.ty));
            if let crate::model::Rest::Map(ty) = &mut object.rest {
                visit(ty);
            }
        }
        Shape::OpenEnum(_) => {}
        Shape::Union(union) => {
            let variants = union.variants.iter_mut().map(|variant| &mut variant.ty);
            let error = union.error.iter_mut().map(|error| &mut error.ty);
            variants.chain(error).for_each(visit);
        }
        Shape::Exclusive(variants) => variants
            .iter_mut()
            .for_each(|variant| visit(&mut variant.ty)),
    }
}

pub(in crate::lower) fn walk(ty: &mut Type, visit: &mut impl FnMut(&mut Type)) {
    visit(ty);
    match ty {
        Type::Option(inner)
        | Type::List(inner)
        | Type::OneOrMany(inner)
        | Type::Map(inner)
        | Type::Boxed(inner) => {
            walk(inner, visit);
        }
        _ => {}
    }
}

pub(in crate::lower) fn neighbours(def: &TypeDef) -> Vec<TypeId> {
    let mut shape = def.shape.clone();
    let mut found = Vec::new();
    shape_types(&mut shape, &mut |ty| found.extend(ty.named()));
    found
}

fn mark_uses(api: &mut Api) {
    let operations = api.operations.iter();
    let named = |payload: &Payload| payload.ty().named();
    let styled = |parameter: &&Parameter| {
        let is_json = matches!(parameter.encoding, Encoding::Json | Encoding::Form);
        !is_json
    };
    let parameters = operations
        .clone()
        .flat_map(|operation| &operation.parameters);
    let by_style = parameters.clone().filter(styled);
    let by_style = by_style.filter_map(|parameter| parameter.ty.named());
    let pairs = operations
        .clone()
        .flat_map(Operation::payloads)
        .filter_map(Payload::form);
    let pairs = pairs.filter(|form| !form.is_multipart());
    let by_style: Vec<TypeId> = by_style
        .chain(pairs.filter_map(|form| form.ty.named()))
        .collect();
    let mut sent: Vec<TypeId> = operations
        .clone()
        .flat_map(Operation::payloads)
        .filter_map(named)
        .collect();
    sent.extend(parameters.filter_map(|parameter| parameter.ty.named()));
    let received = operations
        .flat_map(Operation::contents)
        .filter_map(named)
        .collect();
    let graph = Graph::new(&api.types, neighbours);
    let [sent, received, by_style] =
        [sent, received, by_style].map(|roots| graph.reached(&roots, |_| false));
    for (index, def) in api.types.iter_mut().enumerate() {
        def.used = Use {
            sent: sent[index],
            received: received[index],
        };
        def.roles.parameter = by_style[index];
    }
}

fn settle_uris(api: &mut Api) {
    for def in &mut api.types {
        if !def.used.sent {
            shape_types(&mut def.shape, &mut |ty| {
                walk(ty, &mut |ty| {
                    if *ty == Type::Uri {
                        *ty = Type::String;
                    }
                });
            });
        }
    }
}

/// Boxes each value that would lead a type back to itself.
fn box_cycles(api: &mut Api) {
    let circles = Graph::new(&api.types, held_by_value).circles();
    for (index, def) in api.types.iter_mut().enumerate() {
        shape_types(&mut def.shape, &mut |ty| {
            if let Some(named) = innermost_by_value(ty)
                && let Type::Named(id) = *named
                && circles[id.0] == circles[index]
            {
                *named = Type::Boxed(Box::new(Type::Named(id)));
            }
        });
    }
}

fn held_by_value(def: &TypeDef) -> Vec<TypeId> {
    let mut shape = def.shape.clone();
    let mut found = Vec::new();
    shape_types(&mut shape, &mut |ty| {
        if let Some(Type::Named(id)) = innermost_by_value(ty) {
            found.push(*id);
        }
    });
    found
}

/// The type that a value contains without a list, map or box in between.
fn innermost_by_value(ty: &mut Type) -> Option<&mut Type> {
    match ty {
        Type::Named(_) => Some(ty),
        Type::Option(inner) | Type::OneOrMany(inner) => innermost_by_value(inner),
        _ => None,
    }
}

/// Picks the wrapper of each field. Only types that are sent distinguish absent from null.
fn wrap_fields(api: &mut Api) {
    for def in &mut api.types {
        let is_sent = def.used.sent;
        let Shape::Struct(object) = &mut def.shape else {
            continue;
        };
        for field in &mut object.fields {
            field.wrapper = match field.presence {
                Presence::Required => Wrapper::Plain,
                Presence::OptionalNullable if is_sent => Wrapper::Nullable,
                Presence::Optional | Presence::Nullable | Presence::OptionalNullable => {
                    Wrapper::Option
                }
            };
        }
    }
}

fn place_in_modules(api: &mut Api) {
    let mut kinds = Vec::new();
    let mut events = Vec::new();
    let mut requests = Vec::new();
    for operation in &api.operations {
        requests.extend(
            operation
                .payloads()
                .filter_map(|payload| payload.ty().named()),
        );
        for content in operation.contents() {
            let (Codec::Events(Type::Named(id)) | Codec::Lines(Type::Named(id))) = &content.codec
            else {
                continue;
            };
            kinds.push(*id);
            events.push(*id);
            if let Shape::Union(union) = &api.get(*id).shape {
                let variants = union.variants.iter().map(|variant| &variant.ty);
                let error = union.error.iter().map(|error| &error.ty);
                events.extend(variants.chain(error).filter_map(Type::named));
            }
        }
    }
    for id in kinds {
        api.types[id.0].roles.event = true;
    }
    for id in events {
        api.types[id.0].module = Module::Events;
    }
    for id in requests {
        api.types[id.0].module = Module::Requests;
    }
}
