//! Conversions between request bodies of the same operation.
//!
//! ```text
//! multipart  image  prompt  mask (a file)        background  n  …
//! JSON       images prompt  mask (a reference)   background  n  …   moderation
//! ```
//!
//! `prompt`, `background` and `n` are converted; the caller gives `images`; `image` and the file
//! `mask` are left out.

use std::collections::BTreeSet;

use crate::model::{Api, Conversion, Field, Shape, Type, TypeId};

/// Finds the conversions of each operation: from its first body to each other one, and back.
///
/// Bodies that several operations share are converted by the first of them.
pub(crate) fn find(api: &mut Api) {
    let mut known = BTreeSet::new();
    for index in 0..api.operations.len() {
        let payloads = api.operations[index].payloads();
        let ids: Vec<TypeId> = payloads
            .filter_map(|payload| struct_id(api, payload.ty()))
            .collect();
        let mut conversions: Vec<Conversion> = Vec::new();
        for (from, to) in ids
            .iter()
            .flat_map(|from| ids.iter().map(move |to| (*from, *to)))
        {
            if from != to && known.insert((from, to)) {
                conversions.extend(conversion(api, from, to));
            }
        }
        api.operations[index].conversions = conversions;
    }
}

fn struct_id(api: &Api, ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) if matches!(api.get(*id).shape, Shape::Struct(_)) => Some(*id),
        _ => None,
    }
}

fn fields(api: &Api, id: TypeId) -> &[Field] {
    match &api.get(id).shape {
        Shape::Struct(object) => &object.fields,
        _ => &[],
    }
}

/// `None` if no field can be converted, or if the setter of a field has the name of the method.
fn conversion(api: &Api, from: TypeId, to: TypeId) -> Option<Conversion> {
    let (source, target) = (fields(api, from), fields(api, to));
    let mut found = Conversion {
        from,
        to,
        given: Vec::new(),
        carried: Vec::new(),
        left: Vec::new(),
    };
    for (index, field) in target.iter().enumerate() {
        let counterpart = source
            .iter()
            .position(|other| other.name.wire() == field.name.wire());
        let counterpart = counterpart.filter(|other| goes_over(api, &source[*other], field));
        match counterpart {
            Some(other) => found.carried.push((other, index)),
            None if field.presence.is_required() => found.given.push(index),
            None => {}
        }
    }
    found.left = (0..source.len())
        .filter(|index| !found.carried.iter().any(|(from, _)| from == index))
        .collect();
    let method = found.method(api);
    let is_free = source.iter().all(|field| field.name.rust() != method);
    (!found.carried.is_empty() && is_free).then_some(found)
}

fn goes_over(api: &Api, from: &Field, to: &Field) -> bool {
    let same = from.ty == to.ty && !api.holds_file(&from.ty);
    let both_enums = matches!(
        (open_enum(api, &from.ty), open_enum(api, &to.ty)),
        (Some(_), Some(_))
    );
    (same || both_enums) && (from.presence.is_required() || !to.presence.is_required())
}

/// The id of an open enum.
pub(crate) fn open_enum(api: &Api, ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) if matches!(api.get(*id).shape, Shape::OpenEnum(_)) => Some(*id),
        _ => None,
    }
}
