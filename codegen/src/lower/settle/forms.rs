//! Forms: adjusts the fields to the values that a form can carry, and names the methods that make
//! the forms.
//!
//! ```text
//! null                     cannot be sent: a nullable field of a type that is only used in forms is an optional one
//! a required list          has at least one item, since an empty list has no part
//! into_form                the method of each type that makes a form: of the body, and of its alternatives
//! into_make_thing_form     the method for a form whose parts are encoded in another way than those of `into_form`
//! ```

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;

use crate::lower::settle::graph::Graph;
use crate::lower::settle::neighbours;
use crate::model::{
    Api, Codec, Field, Form, Limits, Operation, Payload, Presence, Shape, Type, TypeId,
};

/// Makes nullable fields optional in types that are used only as forms, and gives required lists
/// at least one item.
pub(in crate::lower) fn settle(api: &mut Api) {
    let forms = api.operations.iter().flat_map(Operation::payloads);
    let forms = forms.filter_map(Payload::form);
    let types = forms.flat_map(|form| api.form_types(form));
    let types: BTreeSet<TypeId> = types.collect();
    let mut others = beside_forms(api);
    // Values nested deeper in a form are JSON.
    let objects = types.iter().map(|id| api.get(*id));
    let objects = objects.filter(|def| !matches!(def.shape, Shape::Union(_)));
    others.extend(objects.flat_map(neighbours));
    let elsewhere = Graph::new(&api.types, neighbours).reached(&others, |_| false);
    for id in types {
        let Shape::Struct(object) = &mut api.types[id.0].shape else {
            continue;
        };
        for field in &mut object.fields {
            if !elsewhere[id.0] {
                field.presence = if field.presence.is_required() {
                    Presence::Required
                } else {
                    Presence::Optional
                };
            }
            require_an_item(field);
        }
    }
    name_forms(api);
}

/// The types of all requests other than forms with files, of parameters, and of all responses.
fn beside_forms(api: &Api) -> Vec<TypeId> {
    let operations = api.operations.iter();
    let payloads = operations
        .clone()
        .flat_map(|operation| operation.payloads().chain(operation.contents()));
    let others = payloads.filter(|payload| !payload.is_multipart());
    let others = others.filter_map(|payload| payload.ty().named());
    let parameters = operations.flat_map(|operation| &operation.parameters);
    others
        .chain(parameters.filter_map(|parameter| parameter.ty.named()))
        .collect()
}

/// Names the methods that make forms. Forms of one type with different encodings have different
/// methods.
fn name_forms(api: &mut Api) {
    let payloads = api.operations.iter().flat_map(Operation::payloads);
    let forms = payloads.filter_map(Payload::form);
    let types: Vec<Vec<TypeId>> = forms.map(|form| api.form_types(form)).collect();
    let mut types = types.into_iter();
    let mut known: BTreeMap<(TypeId, bool), Vec<Form>> = BTreeMap::new();
    for operation in &mut api.operations {
        let operation_name = operation.name.rust().to_snake_case();
        let requests = operation.request.iter_mut();
        for payload in requests.flat_map(|request| &mut request.payloads) {
            let Codec::Form(form) = &mut payload.codec else {
                continue;
            };
            let is_multipart = form.is_multipart();
            let own = types.next().unwrap_or_default();
            let same = own.iter().filter_map(|id| known.get(&(*id, is_multipart)));
            let same: Vec<&Form> = same.flatten().collect();
            let longer = if is_multipart {
                format!("into_{operation_name}_form")
            } else {
                format!("to_{operation_name}_pairs")
            };
            let is_free = |name: &str| {
                let mut others = same.iter().filter(|other| other.method == name);
                others.all(|other| other.parts == form.parts)
            };
            if !is_free(&form.method) {
                let mut alike = same.iter().filter(|other| other.parts == form.parts);
                let alike = alike.find(|other| is_free(&other.method));
                form.method = alike.map_or(longer, |other| other.method.clone());
            }
            for id in own {
                let forms = known.entry((id, is_multipart)).or_default();
                forms.push(form.clone());
            }
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
