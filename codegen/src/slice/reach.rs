//! Finds the parts that operations need: the operations, and everything they refer to, directly or
//! indirectly.
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
//! Parts wait in a list until they are searched, so that a chain of references of any length needs
//! no stack.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{At, Document, Mapping, Node, Pointer, Value, Version};
use crate::lower::{Found, is_additional, is_operation, parent};

use super::kept::Kept;

/// The members of the root that apply to every operation.
const GENERAL: [&str; 6] = [
    "openapi",
    "$self",
    "info",
    "servers",
    "externalDocs",
    "jsonSchemaDialect",
];

/// The kept part of a document for the wanted operations.
pub(super) fn reach(document: &Document, wanted: &[Found<'_>]) -> Kept {
    let mut reach = Reach::new(document);
    for member in GENERAL {
        reach.keep(&Pointer::root().child(member));
    }
    for found in wanted {
        reach.keep(found.at.pointer());
        reach.path_item(found.entry.clone());
        // The pointer does not always show that a node is an operation: its path may be a `$ref`.
        reach.waiting.push((found.at.node(), Object::Operation));
    }
    while let Some((node, object)) = reach.waiting.pop() {
        reach.look_through(node, object);
    }
    reach.kept
}

struct Reach<'d> {
    document: &'d Document,
    version: Version,
    kept: Kept,
    /// Nodes that are kept whole, and not searched yet.
    waiting: Vec<(&'d Node, Object)>,
    /// The references that have been followed.
    followed: BTreeSet<&'d str>,
    /// The Path Item Objects that are kept without their operations.
    path_items: BTreeSet<Pointer>,
    /// The indices of the Tag Objects with a name.
    tags: BTreeMap<&'d str, Vec<usize>>,
}

/// The kinds of objects that contain operations; any other is `Other`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Object {
    OpenApi,
    Components,
    /// Path Item Objects by path, name or expression; a Callback Object too.
    PathItems,
    PathItem,
    /// Operations by method.
    Operations,
    Operation,
    /// Callback Objects by name.
    Callbacks,
    Other,
}

impl Object {
    /// The kind of a member of this object.
    fn member(self, name: &str, version: Version) -> Self {
        match (self, name) {
            (Self::OpenApi, "components") => Self::Components,
            (Self::OpenApi, "paths" | "webhooks") | (Self::Components, "pathItems") => {
                Self::PathItems
            }
            (Self::Components | Self::Operation, "callbacks") => Self::Callbacks,
            (Self::Callbacks, _) => Self::PathItems,
            (Self::PathItems, _) => Self::PathItem,
            (Self::PathItem, name) if is_operation(name, version) => Self::Operation,
            (Self::PathItem, name) if is_additional(name, version) => Self::Operations,
            (Self::Operations, _) => Self::Operation,
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
            version: Version::of(document).unwrap_or_default(),
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
            // Removing elements would change indices, so a list that a pointer leads into is kept
            // whole.
            let Value::Mapping(mapping) = &node.value else {
                break;
            };
            let (Kept::Members(members), Some(member)) = (kept, mapping.get(&segment)) else {
                return;
            };
            node = member;
            object = object.member(&segment, self.version);
            kept = members.entry(segment.into_owned()).or_default();
        }
        if !matches!(kept, Kept::Whole) {
            *kept = Kept::Whole;
            self.waiting.push((node, object));
        }
    }

    /// Keeps all members of a Path Item Object but its operations, also behind its `$ref`.
    fn path_item(&mut self, item: At<'d>) {
        let mut next = Some(item);
        while let Some(item) = next
            && self.path_items.insert(item.pointer().clone())
        {
            for (key, member) in item.members() {
                if !is_operation(&key.name, self.version) && !is_additional(&key.name, self.version)
                {
                    self.keep(member.pointer());
                }
            }
            let reference = item.get("$ref").and_then(|reference| reference.as_str());
            next = reference.and_then(|reference| self.target(reference));
        }
    }

    /// Finds everything that a value which is kept whole refers to.
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
                    let member = |name: &str| object.member(name, self.version);
                    inside.extend(members.map(|(key, node)| (node, member(&key.name))));
                }
                _ => {}
            }
        }
    }

    fn references(&mut self, mapping: &'d Mapping) {
        if let Some(Value::String(reference)) = value(mapping, "$ref") {
            self.follow(reference);
        }
        let Some(Value::Mapping(discriminator)) = value(mapping, "discriminator") else {
            return;
        };
        let names = match value(discriminator, "mapping") {
            Some(Value::Mapping(names)) => names.iter().map(|(_, node)| &node.value).collect(),
            _ => Vec::new(),
        };
        let default = value(discriminator, "defaultMapping");
        let default = default.filter(|_| self.version >= Version::V3_2);
        for named in names.into_iter().chain(default) {
            if let Value::String(named) = named {
                self.schema(named);
            }
        }
    }

    /// Keeps the schema that a discriminator names: a component, or the target of a reference.
    fn schema(&mut self, named: &'d str) {
        if self.document.local(named).is_some() {
            self.follow(named);
        } else {
            self.keep(&Pointer::components("schemas").child(named));
        }
    }

    /// Keeps the target of a reference, with the objects that it depends on.
    fn follow(&mut self, reference: &'d str) {
        if !self.followed.insert(reference) {
            return;
        }
        let Some(target) = self.target(reference) else {
            return;
        };
        let segments: Vec<_> = target.pointer().segments().collect();
        let version = self.version;
        let names: Vec<&str> = segments.iter().map(AsRef::as_ref).collect();
        let length = match names.as_slice() {
            ["paths", _, key, ..] if is_additional(key, version) => 4,
            ["components" | "paths", ..] => 3,
            _ => 2,
        };
        let unit = names.iter().take(length);
        self.keep(&unit.fold(Pointer::root(), |unit, segment| unit.child(segment)));
        if let [paths @ "paths", path, key, ..] = names.as_slice()
            && (is_operation(key, version) || is_additional(key, version))
            && let Some(item) = self.document.at(&Pointer::root().child(paths).child(path))
        {
            self.path_item(item);
        }
    }

    /// The target of a reference, if it is a part of the document and not the whole.
    fn target(&self, reference: &str) -> Option<At<'d>> {
        let pointer = Pointer::from_reference(self.document.local(reference)?).ok()?;
        let target = self.document.at(&pointer)?;
        (pointer != Pointer::root()).then_some(target)
    }

    /// Keeps the tags and security schemes that an operation names.
    fn operation(&mut self, operation: &'d Mapping) {
        let security = value(operation, "security").or_else(|| {
            let pointer = Pointer::root().child("security");
            self.keep(&pointer);
            self.document.at(&pointer).map(|security| security.value())
        });
        for requirement in items(security) {
            if let Value::Mapping(schemes) = &requirement.value {
                for (scheme, _) in schemes.iter() {
                    self.security_scheme(&scheme.name);
                }
            }
        }
        for tag in items(value(operation, "tags")) {
            if let Value::String(name) = &tag.value {
                self.tag(name);
            }
        }
    }

    /// Keeps the scheme that a requirement names: a component, or in 3.2 the target of a reference
    /// (section 4.30.1).
    fn security_scheme(&mut self, name: &'d str) {
        let component = Pointer::components("securitySchemes").child(name);
        if self.document.at(&component).is_none() && self.version >= Version::V3_2 {
            self.follow(name);
        } else {
            self.keep(&component);
        }
    }

    /// Keeps the Tag Objects with this name, and their parents.
    fn tag(&mut self, name: &'d str) {
        let Kept::Members(members) = &mut self.kept else {
            return;
        };
        let list = self.document.root().get("tags");
        let mut names = vec![name];
        while let Some(name) = names.pop() {
            for &index in self.tags.get(name).into_iter().flatten() {
                let tags = members.entry("tags".to_owned());
                let Kept::Items(kept) = tags.or_insert_with(|| Kept::Items(BTreeSet::new())) else {
                    return;
                };
                if let Some(tag) = list.as_ref().and_then(|list| list.index(index))
                    && kept.insert(index)
                {
                    self.waiting.push((tag.node(), Object::Other));
                    names.extend(parent(&tag, self.version));
                }
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
