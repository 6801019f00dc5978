//! The merge of an update into a target (Overlay Specification 1.0 and 1.1, Action Object).
//!
//! ```yaml
//! # target: {a: 1, list: [1], inner: {b: 1}}
//! # update: {a: 2, list: [2], inner: {c: 1}}
//! # result: {a: 2, list: [1, 2], inner: {b: 1, c: 1}}
//! ```

use super::read::Version;
use crate::document::{At, Node, Order, Value};

/// A part of an update whose kind differs from that of its target.
pub(super) struct Mismatch<'v> {
    pub(super) at: At<'v>,
    pub(super) message: String,
}

/// The name of the kind of values that are neither objects nor arrays.
pub(super) const PRIMITIVE: &str = "primitive values";

/// The kind of a node: object, array or primitive value. An update must have the kind of its
/// target.
pub(super) fn kind(node: &Node) -> &'static str {
    match &node.value {
        Value::Mapping(_) => "objects",
        Value::Sequence(_) => "arrays",
        _ => PRIMITIVE,
    }
}

/// Changes a target. An update of an array is appended as an element; in Overlay 1.1, the elements
/// of an update that is an array are appended instead.
pub(super) fn merge<'v>(
    version: Version,
    target: &mut Node,
    update: &At<'v>,
) -> Result<(), Mismatch<'v>> {
    match &mut target.value {
        Value::Sequence(items) if is_element(version, update.node()) => {
            items.push(update.node().clone());
            Ok(())
        }
        _ => merge_member(target, update),
    }
}

/// True if a merge would add nothing: the target has each member with the same value, and each
/// element that would be appended to an array.
pub(super) fn has(version: Version, target: &Node, update: &Node) -> bool {
    match &target.value {
        Value::Sequence(items) if is_element(version, update) => has_element(items, update),
        _ => has_member(target, update),
    }
}

/// True if an update of an array is appended as an element.
fn is_element(version: Version, update: &Node) -> bool {
    version == Version::V1_0 || !matches!(update.value, Value::Sequence(_))
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

fn has_member(target: &Node, update: &Node) -> bool {
    match (&target.value, &update.value) {
        (Value::Mapping(members), Value::Mapping(more)) => more.iter().all(|(key, value)| {
            let member = members.get(&key.name);
            member.is_some_and(|member| has_member(member, value))
        }),
        (Value::Sequence(items), Value::Sequence(more)) => {
            more.iter().all(|element| has_element(items, element))
        }
        _ => target.is_same(update, Order::IsNothing),
    }
}

fn has_element(items: &[Node], element: &Node) -> bool {
    items
        .iter()
        .any(|item| item.is_same(element, Order::IsNothing))
}
