//! Where a binary string is a file.
//!
//! ```yaml
//! multipart/form-data: {schema: {type: object, properties: {image: {type: string, format: binary}}}}   # File
//! application/json:    {schema: {type: object, properties: {image: {type: string, format: binary}}}}   # String
//! ```
//!
//! A field of a form can be a file, a list of files, or a union with a file among its variants. JSON has no files.

use super::settle::{named_in, shape_types, walk};
use crate::model::{Api, BodyFormat, Content, Shape, Type, TypeId};

/// Makes every other binary string a string, and marks the types that hold files.
///
/// Gives the types that are both fields of a form and JSON, and would have to be both.
pub fn settle(api: &mut Api) -> Vec<TypeId> {
    let roots = bodies(api, BodyFormat::Multipart);
    let unions: Vec<TypeId> = roots.iter().flat_map(|id| unions_in(api, *id)).collect();
    let mut elsewhere = bodies(api, BodyFormat::Json);
    elsewhere.extend(received(api));
    let elsewhere = reachable(api, elsewhere, &[]);
    // Below a field of a form that is no union everything is JSON.
    let below = reachable(api, roots.clone(), &unions);
    let mut misplaced = Vec::new();
    for index in 0..api.types.len() {
        let id = TypeId(index);
        let in_form = roots.contains(&id) || unions.contains(&id);
        let in_json = elsewhere.contains(&id) || (below.contains(&id) && !in_form);
        let holds = holds_file(&api.types[index].shape);
        if in_form && in_json && holds {
            misplaced.push(id);
        } else if !in_form {
            without_files(&mut api.types[index].shape);
        }
        api.types[index].holds_file = in_form && holds;
    }
    for id in roots {
        let holds = unions_in(api, id)
            .iter()
            .any(|union| api.get(*union).holds_file);
        api.types[id.0].holds_file |= holds;
    }
    misplaced
}

fn bodies(api: &Api, wanted: BodyFormat) -> Vec<TypeId> {
    let bodies = api
        .operations
        .iter()
        .filter_map(|operation| operation.body.as_ref());
    let bodies = bodies.flat_map(|body| &body.bodies);
    bodies
        .filter(|body| body.format == wanted)
        .filter_map(|body| named_in(&body.ty))
        .collect()
}

fn received(api: &Api) -> Vec<TypeId> {
    let responses = api
        .operations
        .iter()
        .flat_map(|operation| &operation.responses);
    let types = responses.filter_map(|response| match &response.content {
        Content::Json(ty) | Content::EventStream(ty) => named_in(ty),
        Content::Empty => None,
    });
    types.collect()
}

/// The unions that are fields of an object.
fn unions_in(api: &Api, id: TypeId) -> Vec<TypeId> {
    let Shape::Struct(object) = &api.get(id).shape else {
        return Vec::new();
    };
    let named = object.fields.iter().filter_map(|field| named_in(&field.ty));
    named
        .filter(|id| matches!(api.get(*id).shape, Shape::Union(_)))
        .collect()
}

/// All that these types lead to, without what only `passed` leads to.
fn reachable(api: &Api, from: Vec<TypeId>, passed: &[TypeId]) -> Vec<TypeId> {
    let mut found: Vec<TypeId> = Vec::new();
    let mut waiting = from;
    while let Some(id) = waiting.pop() {
        if found.contains(&id) {
            continue;
        }
        found.push(id);
        if !passed.contains(&id) {
            let mut shape = api.get(id).shape.clone();
            shape_types(&mut shape, &mut |ty| waiting.extend(named_in(ty)));
        }
    }
    found
}

fn holds_file(shape: &Shape) -> bool {
    let mut found = false;
    shape_types(&mut shape.clone(), &mut |ty| {
        walk(ty, &mut |ty| found |= *ty == Type::File);
    });
    found
}

fn without_files(shape: &mut Shape) {
    shape_types(shape, &mut |ty| {
        walk(ty, &mut |ty| {
            if *ty == Type::File {
                *ty = Type::String;
            }
        });
    });
}
