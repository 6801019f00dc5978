//! The merge of an update into a target (Overlay Specification 1.1, Action Object).
//!
//! ```yaml
//! # target: {a: 1, list: [1], inner: {b: 1}}
//! # update: {a: 2, list: [2], inner: {c: 1}}
//! # result: {a: 2, list: [1, 2], inner: {b: 1, c: 1}}
//! ```

use crate::document::{At, Node, Value};

/// Part of an update that has another kind than what it should change.
pub(super) struct Mismatch<'v> {
    pub(super) at: At<'v>,
    pub(super) message: String,
}

/// The name of the kind that is neither object nor array.
pub(super) const PRIMITIVE: &str = "primitive values";

/// Objects, arrays or primitive values: an update has the kind of its target.
pub(super) fn kind(node: &Node) -> &'static str {
    match &node.value {
        Value::Mapping(_) => "objects",
        Value::Sequence(_) => "arrays",
        _ => PRIMITIVE,
    }
}

/// Overlay 1.0: an update of an array is one more element, whatever it is.
pub(super) fn update<'v>(target: &mut Node, update: &At<'v>) -> Result<(), Mismatch<'v>> {
    if let Value::Sequence(items) = &mut target.value {
        items.push(update.node().clone());
        return Ok(());
    }
    merge(target, update)
}

/// Overlay 1.1: an update of an array is an array of more elements, or one element that is no array.
pub(super) fn merge<'v>(target: &mut Node, update: &At<'v>) -> Result<(), Mismatch<'v>> {
    if let Value::Sequence(items) = &mut target.value
        && !matches!(update.value(), Value::Sequence(_))
    {
        items.push(update.node().clone());
        return Ok(());
    }
    merge_member(target, update)
}

fn merge_member<'v>(target: &mut Node, update: &At<'v>) -> Result<(), Mismatch<'v>> {
    if kind(target) == PRIMITIVE && kind(update.node()) == PRIMITIVE {
        *target = update.node().clone();
        return Ok(());
    }
    match (&mut target.value, update.value()) {
        (Value::Mapping(members), Value::Mapping(_)) => {
            for (key, value) in update.members() {
                match members.get_mut(&key.name) {
                    Some(member) => merge_member(member, &value)?,
                    None => {
                        members.insert(key.clone(), value.node().clone());
                    }
                }
            }
        }
        (Value::Sequence(items), Value::Sequence(more)) => items.extend_from_slice(more),
        (old, new) => {
            let [old, new] = [old.type_name(), new.type_name()];
            let message = format!(
                "the document has a value of type {old} here, the overlay one of type {new}"
            );
            return Err(Mismatch {
                at: update.clone(),
                message,
            });
        }
    }
    Ok(())
}
