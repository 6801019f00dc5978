//! The document during changes: its nodes, and the JSON form for the evaluation of `JSONPath`.
//!
//! ```text
//! $.servers[?@.description == 'Dev']   ->   [Name("servers"), Index(1)], [Name("servers"), Index(0)]
//! ```

use serde_json::Value as Json;
use serde_json_path::{JsonPath, PathElement};

use crate::document::{Node, Value};

/// The nodes of a document and the same values as JSON, kept in sync.
///
/// This takes one conversion of the whole document, and then one of each changed part.
pub(super) struct Tree {
    root: Node,
    json: Json,
}

/// The path from the root to a node.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Location(Vec<Step>);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Name(String),
    Index(usize),
}

impl Location {
    /// True if this is the root.
    pub(super) fn is_root(&self) -> bool {
        self.0.is_empty()
    }
}

impl Tree {
    pub(super) fn new(root: Node) -> Self {
        Self {
            json: root.to_json(),
            root,
        }
    }

    pub(super) fn into_root(self) -> Node {
        self.root
    }

    /// The nodes that an expression selects, each once, in an order in which they can be removed:
    /// the last element of an array first, and inner nodes before outer ones.
    pub(super) fn select(&self, path: &JsonPath) -> Vec<Location> {
        let nodes = path.query_located(&self.json);
        let step = |element: &PathElement<'_>| match element {
            PathElement::Name(name) => Step::Name((*name).to_owned()),
            PathElement::Index(index) => Step::Index(*index),
        };
        let locations = nodes
            .locations()
            .map(|path| Location(path.iter().map(step).collect()));
        let mut locations: Vec<Location> = locations.collect();
        locations.sort_unstable();
        locations.dedup();
        locations.reverse();
        locations
    }

    pub(super) fn node(&self, location: &Location) -> Option<&Node> {
        location
            .0
            .iter()
            .try_fold(&self.root, |node, step| match (&node.value, step) {
                (Value::Mapping(members), Step::Name(name)) => members.get(name),
                (Value::Sequence(items), Step::Index(index)) => items.get(*index),
                _ => None,
            })
    }

    /// Changes a node that was selected.
    pub(super) fn change<E>(
        &mut self,
        location: &Location,
        change: impl FnOnce(&mut Node) -> Result<(), E>,
    ) -> Result<(), E> {
        if let Some(node) = node_mut(&mut self.root, &location.0)
            && let Some(json) = json_mut(&mut self.json, &location.0)
        {
            change(node)?;
            *json = node.to_json();
        }
        Ok(())
    }

    /// Removes a node that was selected; the root stays.
    pub(super) fn remove(&mut self, location: &Location) {
        let Some((last, parents)) = location.0.split_last() else {
            return;
        };
        match (
            node_mut(&mut self.root, parents).map(|node| &mut node.value),
            last,
        ) {
            (Some(Value::Mapping(members)), Step::Name(name)) => {
                members.remove(name);
            }
            (Some(Value::Sequence(items)), Step::Index(index)) if *index < items.len() => {
                items.remove(*index);
            }
            _ => {}
        }
        match (json_mut(&mut self.json, parents), last) {
            (Some(Json::Object(members)), Step::Name(name)) => {
                members.remove(name);
            }
            (Some(Json::Array(items)), Step::Index(index)) if *index < items.len() => {
                items.remove(*index);
            }
            _ => {}
        }
    }
}

fn node_mut<'t>(root: &'t mut Node, steps: &[Step]) -> Option<&'t mut Node> {
    steps
        .iter()
        .try_fold(root, |node, step| match (&mut node.value, step) {
            (Value::Mapping(members), Step::Name(name)) => members.get_mut(name),
            (Value::Sequence(items), Step::Index(index)) => items.get_mut(*index),
            _ => None,
        })
}

fn json_mut<'t>(root: &'t mut Json, steps: &[Step]) -> Option<&'t mut Json> {
    steps.iter().try_fold(root, |json, step| match step {
        Step::Name(name) => json.get_mut(name),
        Step::Index(index) => json.get_mut(*index),
    })
}
