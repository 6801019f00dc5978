//! The member of a body that requests a stream.
//!
//! ```yaml
//! properties: {stream: {type: boolean}}                       # no field: the call says it
//! responses: {'200': {content: {application/json: …, text/event-stream: …}}}
//! ```
//!
//! If an operation answers with an event stream or JSON lines, the boolean `stream` of its bodies
//! chooses, and the call sets it. It is then not a field, unless the type is also used in a place
//! where no call sets it.

use std::collections::BTreeSet;

use crate::model::{Api, Field, Operation, Payload, Shape, StreamSet, StreamSwitch, Type, TypeId};

use crate::lower::settle::shape_types;

/// The property that requests a stream.
const STREAM: &str = "stream";

/// Makes the calls set the switches, and removes the fields that only they set.
pub(in crate::lower) fn settle(api: &mut Api) {
    let elsewhere = elsewhere(api);
    for index in 0..api.operations.len() {
        if !streams(&api.operations[index]) {
            continue;
        }
        let types: Vec<Type> = api.operations[index]
            .payloads()
            .map(|payload| payload.ty().clone())
            .collect();
        for (payload, ty) in types.iter().enumerate() {
            let Type::Named(id) = ty else { continue };
            let Some((field, false_is_sent)) = switch(api, *id, elsewhere.contains(id)) else {
                continue;
            };
            for call in &mut api.operations[index].calls {
                let value = if call.kind.is_stream() {
                    Some(true)
                } else {
                    false_is_sent.then_some(false)
                };
                call.sets.push(StreamSet {
                    payload,
                    field,
                    value,
                });
            }
        }
    }
}

fn streams(operation: &Operation) -> bool {
    operation.calls.iter().any(|call| call.kind.is_stream())
}

/// The field, if it stays one, and whether `false` is sent; `None` if the type has no switch.
fn switch(api: &mut Api, id: TypeId, is_used_elsewhere: bool) -> Option<(Option<usize>, bool)> {
    let Shape::Struct(object) = &mut api.types[id.0].shape else {
        return None;
    };
    if let Some(switch) = &object.stream_switch {
        return Some((None, switch.sends_false));
    }
    let is_switch = |field: &Field| field.name.wire() == STREAM && field.ty == Type::Bool;
    let index = object.fields.iter().position(is_switch)?;
    let field = &object.fields[index];
    let sends_false = field.presence.is_required() || field.default.as_deref() == Some("true");
    if is_used_elsewhere {
        return Some((Some(index), sends_false));
    }
    object.stream_switch = Some(StreamSwitch {
        wire: STREAM.to_owned(),
        sends_false,
        origin: object.remove_field(index).origin,
    });
    Some((None, sends_false))
}

/// The types in places where no call sets a switch: within other types, in responses, and in
/// requests that cannot request a stream.
fn elsewhere(api: &mut Api) -> BTreeSet<TypeId> {
    let mut found = BTreeSet::new();
    for def in &mut api.types {
        shape_types(&mut def.shape, &mut |ty| found.extend(ty.named()));
    }
    for operation in &api.operations {
        found.extend(
            operation
                .contents()
                .filter_map(|payload| payload.ty().named()),
        );
        let is_set = |ty: &Type| streams(operation) && matches!(ty, Type::Named(_));
        let sent = operation
            .payloads()
            .map(Payload::ty)
            .filter(|ty| !is_set(ty));
        found.extend(sent.filter_map(Type::named));
    }
    found
}
