//! The places that an expression selects, and changes there.
//!
//! ```text
//! $.servers[*]   ->   /servers/1, /servers/0: in this order they can be removed
//! ```

use crate::document::{At, Node, Pointer, Value, array_index};
use crate::json_path::Path;

/// The nodes that an expression selects, each once, in an order in which they can be removed: the
/// last element of an array first, and inner nodes before outer ones.
pub(super) fn select(root: &Node, path: &Path) -> Vec<Pointer> {
    let nodes = path.select(&At::root(root)).into_iter();
    let mut pointers: Vec<Pointer> = nodes.map(|at| at.pointer().clone()).collect();
    // A greater index has more digits, or as many and greater ones.
    let order = |pointer: &Pointer| -> Vec<(usize, String)> {
        let segments = pointer.segments();
        let ordered = segments.map(|segment| (segment.len(), segment.into_owned()));
        ordered.collect()
    };
    pointers.sort_by_cached_key(order);
    pointers.dedup();
    pointers.reverse();
    pointers
}

pub(super) fn nodes<'t>(root: &'t Node, pointers: &[Pointer]) -> impl Iterator<Item = &'t Node> {
    pointers.iter().filter_map(|pointer| node(root, pointer))
}

pub(super) fn node<'t>(root: &'t Node, pointer: &Pointer) -> Option<&'t Node> {
    At::root(root).at(pointer).map(|at| at.node())
}

pub(super) fn node_mut<'t>(root: &'t mut Node, pointer: &Pointer) -> Option<&'t mut Node> {
    pointer
        .segments()
        .try_fold(root, |node, segment| match &mut node.value {
            Value::Mapping(members) => members.get_mut(&segment),
            Value::Sequence(items) => items.get_mut(array_index(&segment)?),
            _ => None,
        })
}

/// Removes a node that was selected; the root stays.
pub(super) fn remove(root: &mut Node, pointer: &Pointer) {
    let parent = pointer.parent().and_then(|parent| node_mut(root, &parent));
    let (Some(parent), Some(last)) = (parent, pointer.segments().next_back()) else {
        return;
    };
    match &mut parent.value {
        Value::Mapping(members) => {
            members.remove(&last);
        }
        Value::Sequence(items) => {
            if let Some(index) = array_index(&last)
                && index < items.len()
            {
                items.remove(index);
            }
        }
        _ => {}
    }
}
