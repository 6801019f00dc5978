//! What can only be decided with all types at hand: order, direction, boxes, modules.
//!
//! ```text
//! order      that of the document, whatever order references were followed in
//! used       sent from every request body down, received from every response down
//! Boxed      where a struct would hold itself by value
//! Uri        only where it is sent; what is received is a String
//! File       only in a form; elsewhere a binary string is a String
//! base64     where it is found on the way down from a response
//! null       cannot be said in a form: a nullable field of a form is an optional one
//! ```

use crate::model::{
    Api, BodyFormat, Content, Field, Limits, Module, Presence, Shape, Type, TypeDef, TypeId, Use,
};

use super::{Draft, conversion, files};

/// Orders the types and finishes each; also the types that hold a file where none can be written.
pub fn settle(mut api: Api, drafts: Vec<Option<Draft>>) -> (Api, Vec<TypeId>) {
    let places = order(&drafts);
    let mut ordered: Vec<(usize, TypeDef)> = drafts
        .into_iter()
        .zip(&places)
        .filter_map(|(draft, place)| Some(((*place)?, draft?.def)))
        .collect();
    ordered.sort_by_key(|(place, _)| *place);
    api.types = ordered.into_iter().map(|(_, def)| def).collect();
    renumber(&mut api, &places);
    mark_uses(&mut api);
    settle_forms(&mut api);
    settle_uris(&mut api);
    let misplaced = files::settle(&mut api);
    box_cycles(&mut api);
    mark_base64(&mut api);
    place_in_modules(&mut api);
    conversion::find(&mut api);
    (api, misplaced)
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

/// Calls for every type that stands anywhere.
fn each_type(api: &mut Api, visit: &mut impl FnMut(&mut Type)) {
    for def in &mut api.types {
        shape_types(&mut def.shape, visit);
    }
    for operation in &mut api.operations {
        for body in operation.body.iter_mut().flat_map(|body| &mut body.bodies) {
            visit(&mut body.ty);
        }
        for response in &mut operation.responses {
            match &mut response.content {
                Content::Json(ty) | Content::EventStream(ty) => visit(ty),
                Content::Empty => {}
            }
        }
    }
}

pub(super) fn shape_types(shape: &mut Shape, visit: &mut impl FnMut(&mut Type)) {
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
        Shape::Union(union) => union
            .variants
            .iter_mut()
            .for_each(|variant| visit(&mut variant.ty)),
        Shape::Exclusive(variants) => variants
            .iter_mut()
            .for_each(|variant| visit(&mut variant.ty)),
    }
}

pub(super) fn walk(ty: &mut Type, visit: &mut impl FnMut(&mut Type)) {
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

/// The types that a type names, directly or in a list.
pub(super) fn named_in(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Option(inner)
        | Type::List(inner)
        | Type::OneOrMany(inner)
        | Type::Map(inner)
        | Type::Boxed(inner) => named_in(inner),
        _ => None,
    }
}

fn neighbours(def: &TypeDef) -> Vec<TypeId> {
    let mut shape = def.shape.clone();
    let mut found = Vec::new();
    shape_types(&mut shape, &mut |ty| found.extend(named_in(ty)));
    found
}

fn mark_uses(api: &mut Api) {
    let mut sent = Vec::new();
    let mut received = Vec::new();
    for operation in &api.operations {
        sent.extend(
            operation
                .body
                .iter()
                .flat_map(|body| &body.bodies)
                .filter_map(|body| named_in(&body.ty)),
        );
        received.extend(operation.responses.iter().filter_map(
            |response| match &response.content {
                Content::Json(ty) | Content::EventStream(ty) => named_in(ty),
                Content::Empty => None,
            },
        ));
    }
    mark(api, sent, |used| std::mem::replace(&mut used.sent, true));
    mark(api, received, |used| {
        std::mem::replace(&mut used.received, true)
    });
}

/// Marks all that can be reached; `set` tells whether a type was marked before.
fn mark(api: &mut Api, mut waiting: Vec<TypeId>, set: impl Fn(&mut Use) -> bool) {
    while let Some(id) = waiting.pop() {
        if !set(&mut api.types[id.0].used) {
            waiting.extend(neighbours(&api.types[id.0]));
        }
    }
}

/// A field of a form is sent or it is not, and a list that must be there has at least one item.
fn settle_forms(api: &mut Api) {
    let bodies = |api: &Api, wanted: BodyFormat| -> Vec<TypeId> {
        let bodies = api
            .operations
            .iter()
            .filter_map(|operation| operation.body.as_ref())
            .flat_map(|body| &body.bodies);
        bodies
            .filter(|body| body.format == wanted)
            .filter_map(|body| named_in(&body.ty))
            .collect()
    };
    let json = bodies(api, BodyFormat::Json);
    for id in bodies(api, BodyFormat::Multipart) {
        let Shape::Struct(object) = &mut api.types[id.0].shape else {
            continue;
        };
        for field in &mut object.fields {
            if !json.contains(&id) {
                field.presence = if field.presence.is_required() {
                    Presence::Required
                } else {
                    Presence::Optional
                };
            }
            require_an_item(field);
        }
    }
}

fn require_an_item(field: &mut Field) {
    if field.presence.is_required() && matches!(field.ty, Type::List(_) | Type::OneOrMany(_)) {
        let least = field.limits.min_items.unwrap_or(0).max(1);
        field.limits = Limits {
            min_items: Some(least),
            ..std::mem::take(&mut field.limits)
        };
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

/// Marks the objects with base64, from the inside out until nothing more is found.
fn mark_base64(api: &mut Api) {
    loop {
        let found: Vec<usize> = (0..api.types.len())
            .filter(|index| {
                let def = &api.types[*index];
                let has_base64 = match &def.shape {
                    Shape::Struct(object) => {
                        object.fields.iter().any(|field| api.has_base64(&field.ty))
                    }
                    Shape::Exclusive(variants) => {
                        variants.iter().any(|variant| api.has_base64(&variant.ty))
                    }
                    Shape::OpenEnum(_) | Shape::Union(_) => false,
                };
                has_base64 && !def.has_base64
            })
            .collect();
        if found.is_empty() {
            return;
        }
        for index in found {
            api.types[index].has_base64 = true;
        }
    }
}

/// Boxes each value that would lead a type back to itself.
fn box_cycles(api: &mut Api) {
    let by_value: Vec<Vec<TypeId>> = api.types.iter().map(held_by_value).collect();
    let reaches = |from: TypeId, to: usize| {
        let mut seen = vec![false; by_value.len()];
        let mut waiting = vec![from];
        while let Some(id) = waiting.pop() {
            if id.0 == to {
                return true;
            }
            if !std::mem::replace(&mut seen[id.0], true) {
                waiting.extend(&by_value[id.0]);
            }
        }
        false
    };
    let mut boxed = Vec::new();
    for (index, held) in by_value.iter().enumerate() {
        boxed.push(
            held.iter()
                .copied()
                .filter(|id| reaches(*id, index))
                .collect::<Vec<_>>(),
        );
    }
    for (def, boxed) in api.types.iter_mut().zip(boxed) {
        shape_types(&mut def.shape, &mut |ty| {
            if let Some(named) = innermost_by_value(ty)
                && let Type::Named(id) = *named
                && boxed.contains(&id)
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

/// The type that a value holds without a list, map or box between.
fn innermost_by_value(ty: &mut Type) -> Option<&mut Type> {
    match ty {
        Type::Named(_) => Some(ty),
        Type::Option(inner) | Type::OneOrMany(inner) => innermost_by_value(inner),
        _ => None,
    }
}

fn place_in_modules(api: &mut Api) {
    let mut events = Vec::new();
    let mut requests = Vec::new();
    for operation in &api.operations {
        requests.extend(
            operation
                .body
                .iter()
                .flat_map(|body| &body.bodies)
                .filter_map(|body| named_in(&body.ty)),
        );
        for response in &operation.responses {
            let Content::EventStream(Type::Named(id)) = &response.content else {
                continue;
            };
            events.push(*id);
            if let Shape::Union(union) = &api.get(*id).shape {
                events.extend(
                    union
                        .variants
                        .iter()
                        .filter_map(|variant| named_in(&variant.ty)),
                );
            }
        }
    }
    for id in events {
        api.types[id.0].module = Module::Events;
    }
    for id in requests {
        api.types[id.0].module = Module::Requests;
    }
}
