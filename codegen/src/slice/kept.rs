//! The parts of a tree that are kept.
//!
//! ```text
//! paths: Members      components: Members        tags: Items     info: Whole
//!   /lamps: Members     schemas: Members           2
//!     post: Whole         Lamp: Whole
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Key, Mapping, Node, Value};

/// The kept part of a value.
pub(super) enum Kept {
    /// All of it.
    Whole,
    /// The members with these names, each with its kept part.
    Members(BTreeMap<String, Self>),
    /// The whole elements with these indices.
    Items(BTreeSet<usize>),
}

/// A member or an element, with its kept part.
pub(super) struct Part<'d> {
    /// The name, if this is a member.
    pub(super) key: Option<&'d Key>,
    pub(super) node: &'d Node,
    pub(super) kept: &'d Kept,
}

impl Default for Kept {
    fn default() -> Self {
        Self::Members(BTreeMap::new())
    }
}

impl Kept {
    /// The members or elements of a value that are kept, in its order; none if it is kept whole.
    pub(super) fn parts<'d>(&'d self, node: &'d Node) -> Vec<Part<'d>> {
        match (self, &node.value) {
            (Self::Members(names), Value::Mapping(mapping)) => {
                let parts = mapping.iter().filter_map(|(key, node)| {
                    let kept = names.get(&key.name)?;
                    Some(Part {
                        key: Some(key),
                        node,
                        kept,
                    })
                });
                parts.collect()
            }
            (Self::Items(indices), Value::Sequence(items)) => {
                let parts = indices.iter().filter_map(|&index| {
                    Some(Part {
                        key: None,
                        node: items.get(index)?,
                        kept: &Self::Whole,
                    })
                });
                parts.collect()
            }
            _ => Vec::new(),
        }
    }

    /// Copies the kept part of a value.
    pub(super) fn of(&self, node: &Node) -> Node {
        let parts = self.parts(node).into_iter();
        let value = match self {
            Self::Whole => node.value.clone(),
            Self::Items(_) => Value::Sequence(parts.map(|part| part.node.clone()).collect()),
            Self::Members(_) => {
                let mut members = Mapping::default();
                for part in parts {
                    if let Some(key) = part.key {
                        members.insert(key.clone(), part.kept.of(part.node));
                    }
                }
                Value::Mapping(members)
            }
        };
        Node::new(value, node.span)
    }
}
