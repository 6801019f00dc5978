//! Builds nodes from the events of a reader, without recursion.
//!
//! ```yaml
//! a: [1]     # open(mapping) key("a") open(sequence) value(1) close close
//! a: 2       # key("a"): `a` is a member already, so this one is reported and the first is kept
//! ```

use super::{Key, Mapping, Node, Pointer, Sources, Span, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Report};

/// Maximum nesting of collections.
pub(super) const NESTING_LIMIT: usize = 255;

/// Maximum number of repeated keys that are reported: more of them have one cause.
const REPEATED_KEYS: usize = 100;

/// The nodes that have been read so far.
pub(super) struct Builder<'s> {
    sources: &'s Sources,
    open: Vec<Open>,
    root: Option<Node>,
    report: Report,
}

/// A collection that has begun and not ended.
struct Open {
    collection: Collection,
    span: Span,
}

enum Collection {
    Sequence(Vec<Node>),
    Mapping {
        members: Mapping,
        slot: Slot,
        merged: Vec<Node>,
    },
}

/// The next expected node of a mapping.
enum Slot {
    Key,
    Value(Key),
    Merge,
}

impl<'s> Builder<'s> {
    pub(super) fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            open: Vec::new(),
            root: None,
            report: Report::new(),
        }
    }

    /// Begins an array whose first byte is the first of `span`.
    pub(super) fn open_sequence(&mut self, span: Span) -> Result<(), Diagnostic> {
        self.open(Collection::Sequence(Vec::new()), span)
    }

    /// Begins an object whose first byte is the first of `span`.
    pub(super) fn open_mapping(&mut self, span: Span) -> Result<(), Diagnostic> {
        self.open(
            Collection::Mapping {
                members: Mapping::default(),
                slot: Slot::Key,
                merged: Vec::new(),
            },
            span,
        )
    }

    fn open(&mut self, collection: Collection, span: Span) -> Result<(), Diagnostic> {
        if self.open.len() == NESTING_LIMIT {
            return Err(self.nesting_limit(span));
        }
        self.open.push(Open { collection, span });
        Ok(())
    }

    /// The number of open collections.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The problem with a collection inside [`NESTING_LIMIT`] others.
    pub(super) fn nesting_limit(&self, span: Span) -> Diagnostic {
        let message = format!("collections are nested more than {NESTING_LIMIT} deep");
        Diagnostic::spanned(Code::NestingLimit, span, self.pointer(), message)
            .label("this is too deep")
            .help("make an inner part a component, and refer to it with `$ref`")
    }

    /// Ends the innermost collection; `end` is the place of its closing bracket, if it has one.
    pub(super) fn close(&mut self, end: Option<Span>) -> Option<Node> {
        let Open { collection, span } = self.open.pop()?;
        let span = Span {
            end: end.map_or(span.end, |end| end.end),
            ..span
        };
        let value = match collection {
            Collection::Sequence(items) => Value::Sequence(items),
            Collection::Mapping {
                members, merged, ..
            } => Value::Mapping(merge(members, merged)),
        };
        Some(Node::new(value, span))
    }

    /// True if the next node is the name of a member.
    pub(super) fn expects_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Open {
                collection: Collection::Mapping {
                    slot: Slot::Key,
                    ..
                },
                ..
            })
        )
    }

    /// Adds the name of a member.
    pub(super) fn key(&mut self, key: Key) {
        let Some(Open {
            collection: Collection::Mapping { members, slot, .. },
            ..
        }) = self.open.last_mut()
        else {
            return;
        };
        let first = members
            .get_key_value(&key.name)
            .map(|(first, _)| first.span);
        let span = key.span;
        let name = key.name.clone();
        *slot = Slot::Value(key);
        if let Some(first) = first
            && self.report.len() < REPEATED_KEYS
        {
            let message = format!("the key `{name}` occurs twice in this object");
            let diagnostic = Diagnostic::spanned(Code::DuplicateKey, span, self.pointer(), message);
            let diagnostic = diagnostic.label("the second").help(self.first_place(first));
            self.report.push(diagnostic);
        }
    }

    fn first_place(&self, first: Span) -> String {
        match self.sources.get(first.source) {
            Some(source) => {
                let location = source.location(first.start);
                format!(
                    "the first is at {}:{}:{}",
                    source.name, location.line, location.column
                )
            }
            None => String::new(),
        }
    }

    /// Merges the next node into this mapping: the key was `<<`.
    pub(super) fn merge_key(&mut self) {
        if let Some(Open {
            collection: Collection::Mapping { slot, .. },
            ..
        }) = self.open.last_mut()
        {
            *slot = Slot::Merge;
        }
    }

    /// Adds a value; `place` is its place, which for an alias is not the place of the node.
    pub(super) fn value(&mut self, node: Node, place: Span) -> Result<(), Diagnostic> {
        let Some(Open { collection, span }) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        span.end = span.end.max(place.end);
        match collection {
            Collection::Sequence(items) => items.push(node),
            Collection::Mapping {
                members,
                slot,
                merged,
            } => match std::mem::replace(slot, Slot::Key) {
                Slot::Key => {}
                // The first of two members with one name is kept; the second is in the report.
                Slot::Value(key) if members.get(&key.name).is_some() => {}
                Slot::Value(key) => {
                    members.insert(key, node);
                }
                Slot::Merge => match mappings(node) {
                    Some(mappings) => merged.extend(mappings),
                    None => return Err(self.no_mappings(place)),
                },
            },
        }
        Ok(())
    }

    fn no_mappings(&self, place: Span) -> Diagnostic {
        let message = "the value of `<<` is neither a mapping nor a list of mappings";
        Diagnostic::spanned(Code::InvalidYaml, place, self.pointer(), message)
            .help("quote the key if it is meant as a plain name: `'<<'`")
    }

    /// The pointer to the node that comes next.
    pub(super) fn pointer(&self) -> Pointer {
        self.open
            .iter()
            .fold(Pointer::root(), |pointer, open| match &open.collection {
                Collection::Sequence(items) => pointer.index(items.len()),
                Collection::Mapping {
                    slot: Slot::Value(key),
                    ..
                } => pointer.child(&key.name),
                Collection::Mapping { .. } => pointer,
            })
    }

    /// Ends the text. Returns the root, if there is one and nothing was reported.
    pub(super) fn finish(self) -> Result<Option<Node>, Diagnostics> {
        self.report.finish(self.root, self.sources)
    }
}

/// The mappings in the value of a merge key: one, or a list.
fn mappings(node: Node) -> Option<Vec<Node>> {
    let nodes = match node.value {
        Value::Sequence(items) => items,
        _ => vec![node],
    };
    let mappings = nodes
        .iter()
        .all(|node| matches!(node.value, Value::Mapping(_)));
    mappings.then_some(nodes)
}

/// The members of a mapping, then those of the merged ones that have another name; the earlier
/// wins.
fn merge(mut members: Mapping, merged: Vec<Node>) -> Mapping {
    for node in merged {
        if let Value::Mapping(mapping) = node.value {
            for (key, node) in mapping {
                if members.get(&key.name).is_none() {
                    members.insert(key, node);
                }
            }
        }
    }
    members
}
