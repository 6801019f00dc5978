//! Where a binary string is a file.
//!
//! ```yaml
//! multipart/form-data: {schema: {type: object, properties: {image: {type: string, format: binary}}}}   # File
//! application/json:    {schema: {type: object, properties: {image: {type: string, format: binary}}}}   # String
//! ```
//!
//! A field of a form can be a file, a list of files, or a union with a file among its variants. JSON has no files.

use super::graph::Graph;
use super::settle::{neighbours, shape_types, walk};
use crate::model::{Api, BodyFormat, Content, Shape, Type, TypeId};

/// Makes every other binary string a string, and marks the types that hold files.
///
/// Gives the types that are both fields of a form and JSON, and would have to be both.
pub fn settle(api: &mut Api) -> Vec<TypeId> {
    let graph = Graph::new(&api.types, neighbours);
    let roots = bodies(api, BodyFormat::Multipart);
    let unions: Vec<TypeId> = roots.iter().flat_map(|id| unions_in(api, *id)).collect();
    let mut in_form = vec![false; api.types.len()];
    for id in roots.iter().chain(&unions) {
        in_form[id.0] = true;
    }
    let mut elsewhere = bodies(api, BodyFormat::Json);
    elsewhere.extend(received(api));
    let elsewhere = graph.reached(&elsewhere, |_| false);
    // Below a field of a form that is no union everything is JSON.
    let below = graph.reached(&roots, |id| unions.contains(&id));
    let mut misplaced = Vec::new();
    for (index, def) in api.types.iter_mut().enumerate() {
        let in_json = elsewhere[index] || (below[index] && !in_form[index]);
        let holds = holds_file(&def.shape);
        if in_form[index] && in_json && holds {
            misplaced.push(TypeId(index));
        } else if !in_form[index] {
            without_files(&mut def.shape);
        }
        def.holds_file = in_form[index] && holds;
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
        .filter_map(|body| body.ty.named())
        .collect()
}

fn received(api: &Api) -> Vec<TypeId> {
    let responses = api
        .operations
        .iter()
        .flat_map(|operation| &operation.responses);
    let types = responses.filter_map(|response| match &response.content {
        Content::Json(ty) | Content::EventStream(ty) => ty.named(),
        Content::Empty => None,
    });
    types.collect()
}

/// The unions that are fields of an object.
fn unions_in(api: &Api, id: TypeId) -> Vec<TypeId> {
    let Shape::Struct(object) = &api.get(id).shape else {
        return Vec::new();
    };
    let named = object.fields.iter().filter_map(|field| field.ty.named());
    named
        .filter(|id| matches!(api.get(*id).shape, Shape::Union(_)))
        .collect()
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
