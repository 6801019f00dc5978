//! Finds what operations need: themselves, and what they refer to, and what that refers to.
//!
//! ```yaml
//! post:
//!   security: [{key: []}]                          # /components/securitySchemes/key
//!   tags: [Lamps]                                  # the Tag Object with this name
//!   responses:
//!     default: {$ref: '#/components/responses/Error'}
//!     '200':
//!       content:
//!         application/json:
//!           schema:
//!             $ref: '#/components/schemas/Lamp/properties/id'   # /components/schemas/Lamp
//! ```
//!
//! What is found waits in a list until it is looked through, so that a way of any length from reference to reference
//! needs no stack.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{At, Document, Mapping, Node, Pointer, Value};
use crate::lower::{Found, is_method};

use super::kept::Kept;

/// The members of the root that say something about every operation.
const GENERAL: [&str; 5] = [
    "openapi",
    "info",
    "servers",
    "externalDocs",
    "jsonSchemaDialect",
];

/// What is kept of a document for the wanted operations.
pub(super) fn reach(document: &Document, wanted: &[Found<'_>]) -> Kept {
    let mut reach = Reach::new(document);
    for member in GENERAL {
        reach.keep(&Pointer::root().child(member));
    }
    for found in wanted {
        reach.keep(found.at.pointer());
        reach.path_item(found.entry.clone());
        // An operation may stand where the pointer does not tell that it is one: behind the `$ref` of its path.
        reach.waiting.push((found.at.node(), Object::Operation));
    }
    while let Some((node, object)) = reach.waiting.pop() {
        reach.look_through(node, object);
    }
    reach.kept
}

struct Reach<'d> {
    document: &'d Document,
    kept: Kept,
    /// Kept whole, and not looked through.
    waiting: Vec<(&'d Node, Object)>,
    /// The references that have been followed.
    followed: BTreeSet<&'d str>,
    /// The Path Item Objects of which all but the operations is kept.
    path_items: BTreeSet<Pointer>,
    /// The indices of the Tag Objects with a name.
    tags: BTreeMap<&'d str, Vec<usize>>,
}

/// The objects on the way to operations; any other is `Other`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Object {
    OpenApi,
    Components,
    /// Path Item Objects by path, name or expression; a Callback Object too.
    PathItems,
    PathItem,
    Operation,
    /// Callback Objects by name.
    Callbacks,
    Other,
}

impl Object {
    /// What the member of this object is.
    fn member(self, name: &str) -> Self {
        match (self, name) {
            (Self::OpenApi, "components") => Self::Components,
            (Self::OpenApi, "paths" | "webhooks") | (Self::Components, "pathItems") => {
                Self::PathItems
            }
            (Self::Components | Self::Operation, "callbacks") => Self::Callbacks,
            (Self::Callbacks, _) => Self::PathItems,
            (Self::PathItems, _) => Self::PathItem,
            (Self::PathItem, name) if is_method(name) => Self::Operation,
            _ => Self::Other,
        }
    }
}

impl<'d> Reach<'d> {
    fn new(document: &'d Document) -> Self {
        let mut tags: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let list = document.root().get("tags");
        for (index, tag) in list.iter().flat_map(At::items).enumerate() {
            if let Some(name) = tag.get("name").and_then(|name| name.as_str()) {
                tags.entry(name).or_default().push(index);
            }
        }
        Self {
            document,
            kept: Kept::default(),
            waiting: Vec::new(),
            followed: BTreeSet::new(),
            path_items: BTreeSet::new(),
            tags,
        }
    }

    /// Keeps the whole value at a place, if there is one.
    fn keep(&mut self, pointer: &Pointer) {
        if self.document.at(pointer).is_none() {
            return;
        }
        let mut node = self.document.root().node();
        let mut object = Object::OpenApi;
        let mut kept = &mut self.kept;
        for segment in pointer.segments() {
            // An index counts from the first element, so a list that is pointed into is kept whole.
            let Value::Mapping(mapping) = &node.value else {
                break;
            };
            let (Kept::Members(members), Some(member)) = (kept, mapping.get(&segment)) else {
                return;
            };
            node = member;
            object = object.member(&segment);
            kept = members.entry(segment.into_owned()).or_default();
        }
        if !matches!(kept, Kept::Whole) {
            *kept = Kept::Whole;
            self.waiting.push((node, object));
        }
    }

    /// Keeps what a Path Item Object has beside its operations, here and where its `$ref` leads.
    fn path_item(&mut self, item: At<'d>) {
        let mut next = Some(item);
        while let Some(item) = next
            && self.path_items.insert(item.pointer().clone())
        {
            for (key, member) in item.members() {
                if !is_method(&key.name) {
                    self.keep(member.pointer());
                }
            }
            let reference = item.get("$ref").and_then(|reference| reference.as_str());
            next = reference.and_then(|reference| self.target(reference));
        }
    }

    /// Finds all that a value which is kept whole refers to.
    fn look_through(&mut self, node: &'d Node, object: Object) {
        let mut inside = vec![(node, object)];
        while let Some((node, object)) = inside.pop() {
            match &node.value {
                Value::Sequence(items) => {
                    inside.extend(items.iter().map(|item| (item, Object::Other)));
                }
                Value::Mapping(mapping) => {
                    self.references(mapping);
                    if object == Object::Operation {
                        self.operation(mapping);
                    }
                    let members = mapping.iter();
                    inside.extend(members.map(|(key, node)| (node, object.member(&key.name))));
                }
                _ => {}
            }
        }
    }

    fn references(&mut self, mapping: &'d Mapping) {
        if let Some(Value::String(reference)) = value(mapping, "$ref") {
            self.follow(reference);
        }
        if let Some(Value::Mapping(discriminator)) = value(mapping, "discriminator")
            && let Some(Value::Mapping(names)) = value(discriminator, "mapping")
        {
            for (_, node) in names.iter() {
                match &node.value {
                    Value::String(reference) if reference.starts_with('#') => {
                        self.follow(reference);
                    }
                    Value::String(name) => self.keep(&component("schemas", name)),
                    _ => {}
                }
            }
        }
    }

    /// Keeps what a reference leads to, with what that cannot do without.
    fn follow(&mut self, reference: &'d str) {
        if !self.followed.insert(reference) {
            return;
        }
        let Some(target) = self.target(reference) else {
            return;
        };
        let segments: Vec<_> = target.pointer().segments().collect();
        let length = match segments.first().map(AsRef::as_ref) {
            Some("components" | "paths") => 3,
            _ => 2,
        };
        let unit = segments.iter().take(length);
        self.keep(&unit.fold(Pointer::root(), |unit, segment| unit.child(segment)));
        if let [paths, path, method, ..] = segments.as_slice()
            && paths == "paths"
            && is_method(method)
            && let Some(item) = self.document.at(&Pointer::root().child(paths).child(path))
        {
            self.path_item(item);
        }
    }

    /// Where a reference leads: to a place in the document that is not all of it.
    fn target(&self, reference: &str) -> Option<At<'d>> {
        let pointer = Pointer::from_reference(reference).ok()?;
        let target = self.document.at(&pointer)?;
        (pointer != Pointer::root()).then_some(target)
    }

    /// Keeps what an operation names: its tags and security schemes.
    fn operation(&mut self, operation: &'d Mapping) {
        let security = value(operation, "security").or_else(|| {
            let pointer = Pointer::root().child("security");
            self.keep(&pointer);
            self.document.at(&pointer).map(|security| security.value())
        });
        for requirement in items(security) {
            if let Value::Mapping(schemes) = &requirement.value {
                for (scheme, _) in schemes.iter() {
                    self.keep(&component("securitySchemes", &scheme.name));
                }
            }
        }
        for tag in items(value(operation, "tags")) {
            if let Value::String(name) = &tag.value {
                self.tag(name);
            }
        }
    }

    fn tag(&mut self, name: &str) {
        let (Kept::Members(members), Some(indices)) = (&mut self.kept, self.tags.get(name)) else {
            return;
        };
        let tags = members.entry("tags".to_owned());
        let Kept::Items(kept) = tags.or_insert_with(|| Kept::Items(BTreeSet::new())) else {
            return;
        };
        let list = self.document.root().get("tags");
        for &index in indices {
            if let Some(tag) = list.as_ref().and_then(|list| list.index(index))
                && kept.insert(index)
            {
                self.waiting.push((tag.node(), Object::Other));
            }
        }
    }
}

fn value<'d>(mapping: &'d Mapping, name: &str) -> Option<&'d Value> {
    mapping.get(name).map(|node| &node.value)
}

fn items(list: Option<&Value>) -> &[Node] {
    match list {
        Some(Value::Sequence(items)) => items,
        _ => &[],
    }
}

fn component(kind: &str, name: &str) -> Pointer {
    Pointer::root().child("components").child(kind).child(name)
}
