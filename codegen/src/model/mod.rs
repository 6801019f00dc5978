//! `Api`, the one representation between the document and the Rust text.
//!
//! [`lower`](mod@crate::lower) makes it, [`emit`](mod@crate::emit) prints it; it refers to the
//! document only by pointers, which are the origins of its parts. It is plain data: ids are
//! indices, and there are no lifetimes.
//!
//! ```yaml
//! components:
//!   schemas:
//!     Image:                      # TypeDef { name: Image, shape: Struct, used: received }
//!       type: object
//!       properties:
//!         url: {type: string}     # Field { name: url, ty: String, presence: Optional }
//! ```

mod doc;
mod field;
mod form;
mod group;
mod header;
mod http;
mod limits;
mod media_type;
mod operation;
mod parameter;
mod rule;
mod security;
mod server;
mod types;
mod union;

pub use doc::Doc;
pub use field::{Access, Field, Presence, Wrapper};
pub use form::{Form, Parts};
pub use group::{Group, Layout, Part};
pub use header::{Header, HeaderSet, HeaderType, Scalar};
pub use http::{ByStatus, Codec, Payload, Request, Response, Status, StatusVariant};
pub use limits::{Bound, Limits};
pub use media_type::MediaType;
pub use operation::{Alias, Call, CallKind, Conversion, ErrorSet, Operation, Output, StreamSet};
pub use parameter::{Encoding, Items, Location, Parameter, PathTemplate, Segment, Style, Styled};
pub use rule::{Condition, Demand, Rule, Statement};
pub use security::{SchemeKind, Security, SecurityRequirement, SecurityScheme, WantedScheme};
pub use server::{Server, ServerVariable, UrlSegment};
pub use types::Type;
pub use union::{ErrorEvent, Listed, Tag, TagType, Test, Union, ValueKind, Variant};

use crate::diagnostic::Diagnostics;
use crate::document::Pointer;

/// Everything that is emitted for a selection of operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// Every distinct server of the root and the operations; those of the root come first.
    pub servers: Vec<Server>,
    /// The servers of the root: indices in [`Api::servers`].
    pub root_servers: Vec<usize>,
    /// In the order of the document; an inline schema follows the type it stands in.
    pub types: Vec<TypeDef>,
    /// In the order of the document.
    pub operations: Vec<Operation>,
    /// The groups of the operations, in the order of their names; empty in a flat crate.
    pub groups: Vec<Group>,
    /// The parts that hold the items of a crate with groups: first that of each group, in the same
    /// order, then those that several groups share.
    pub parts: Vec<Part>,
    /// Every distinct set of errors, in the order of the first operations that have them.
    pub errors: Vec<ErrorSet>,
    /// Every distinct set of response headers, in the same order.
    pub headers: Vec<HeaderSet>,
    /// The credentials of operations without `security` of their own.
    pub security: Security,
    /// The security schemes that the operations name, in the order of the document.
    pub security_schemes: Vec<SecurityScheme>,
    /// Keywords of the document that are documentation only.
    pub notes: Vec<Note>,
    /// Places whose values stay untyped JSON ([`Type::Json`]).
    pub untyped: Vec<Note>,
    /// Warnings: faults of the document, each with the fallback that was used.
    pub warnings: Diagnostics,
}

impl Api {
    /// The type with this id.
    #[must_use]
    pub fn get(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// The types that make a form of their members: the type of the body, and if it is a union,
    /// the types of its alternatives.
    #[must_use]
    pub fn form_types(&self, form: &Form) -> Vec<TypeId> {
        let mut found = Vec::new();
        let mut waiting: Vec<TypeId> = form.ty.itself().into_iter().collect();
        while let Some(id) = waiting.pop() {
            if found.contains(&id) {
                continue;
            }
            found.push(id);
            if let Shape::Union(union) = &self.get(id).shape {
                let alternatives = union.variants.iter().rev();
                waiting.extend(alternatives.filter_map(|variant| variant.ty.itself()));
            }
        }
        found
    }

    /// The forms that are made of values of this type.
    pub fn forms_of<'a>(&'a self, def: &'a TypeDef) -> impl Iterator<Item = &'a Form> {
        let is_own = |id: TypeId| std::ptr::eq(self.get(id), def);
        let is_made_of = move |form: &&Form| match form.ty.itself() {
            Some(id) if matches!(self.get(id).shape, Shape::Union(_)) => {
                self.form_types(form).into_iter().any(is_own)
            }
            root => root.is_some_and(is_own),
        };
        let payloads = self.operations.iter().flat_map(Operation::payloads);
        payloads.filter_map(Payload::form).filter(is_made_of)
    }

    /// The credentials that an operation accepts.
    #[must_use]
    pub fn security_of<'a>(&'a self, operation: &'a Operation) -> &'a Security {
        operation.security.as_ref().unwrap_or(&self.security)
    }

    /// The first of these servers.
    #[must_use]
    pub fn first_server(&self, servers: &[usize]) -> Option<&Server> {
        servers.first().map(|index| &self.servers[*index])
    }

    /// True if values of a type may hold a file, which can be neither compared nor written as
    /// JSON.
    #[must_use]
    pub fn holds_file(&self, ty: &Type) -> bool {
        match ty {
            Type::File => true,
            Type::Named(id) => self.get(*id).holds_file,
            Type::Option(inner)
            | Type::List(inner)
            | Type::OneOrMany(inner)
            | Type::Map(inner)
            | Type::Boxed(inner) => self.holds_file(inner),
            _ => false,
        }
    }

    /// True if values of a type have base64 at places that are known before the whole value is
    /// read. In a union they are not.
    #[must_use]
    pub fn has_base64(&self, ty: &Type) -> bool {
        match ty {
            Type::Base64 => true,
            Type::Named(id) => self.get(*id).has_base64,
            Type::Option(inner) | Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => {
                self.has_base64(inner)
            }
            _ => false,
        }
    }
}

/// The place of a [`TypeDef`] in [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) usize);

/// A place of the document with a reason: it changes nothing in the emitted code, or its values
/// have no type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The keyword, or the schema.
    pub pointer: Pointer,
    /// The reason.
    pub reason: &'static str,
}

/// A name in the document and in Rust.
///
/// Only [`lower`](mod@crate::lower) makes one, so a Rust name is always a valid identifier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    pub(crate) wire: String,
    pub(crate) rust: String,
}

impl Name {
    /// The name in the document.
    #[must_use]
    pub fn wire(&self) -> &str {
        &self.wire
    }

    /// The name in Rust: a valid identifier, raw (`r#type`) if it is a keyword.
    #[must_use]
    pub fn rust(&self) -> &str {
        &self.rust
    }

    /// The name in Rust without the prefix of a raw identifier, as for a file.
    #[must_use]
    pub fn plain(&self) -> &str {
        self.rust.strip_prefix("r#").unwrap_or(&self.rust)
    }
}

/// An emitted type.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are independent of each other"
)]
pub struct TypeDef {
    /// Component name or the name made for an inline schema.
    pub name: Name,
    /// `description`, else `title`.
    pub doc: Doc,
    /// The shape of the type.
    pub shape: Shape,
    /// The schema.
    pub origin: Pointer,
    /// The direction of its values.
    pub used: Use,
    /// Roles of its values, other than bodies and their members.
    pub roles: Roles,
    /// The module that holds it in a flat crate.
    pub module: Module,
    /// Index in [`Api::parts`]; `None` in a flat crate, and for a type that no group uses, which
    /// is not emitted.
    pub part: Option<usize>,
    /// The first operation whose body is of this type: an index in [`Api::operations`].
    pub body_of: Option<usize>,
    /// True if a value may hold a file.
    pub holds_file: bool,
    /// True if an object has base64 at places that are known before all of it is read.
    pub has_base64: bool,
    /// True if a value may hold a floating-point number, which is not always equal to itself.
    pub has_float: bool,
    /// True if a value may violate a bound.
    pub is_bounded: bool,
}

/// The direction of a type's values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// Reached from a request.
    pub sent: bool,
    /// Reached from a response.
    pub received: bool,
}

impl Use {
    /// Direction: request.
    pub const SENT: Self = Self {
        sent: true,
        received: false,
    };

    /// Direction: response.
    pub const RECEIVED: Self = Self {
        sent: false,
        received: true,
    };
}

/// Roles of a type's values, other than bodies and their members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Events of a stream, or lines of JSON.
    pub event: bool,
    /// Written by the style of a parameter.
    pub parameter: bool,
}

/// The emitted modules that hold types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    /// Request bodies.
    Requests,
    /// Events of a stream.
    Events,
    /// All other types.
    Types,
}

/// The shape of a type.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object.
    Struct(Struct),
    /// A string of which some values are known.
    OpenEnum(OpenEnum),
    /// One of several types.
    Union(Union),
    /// An object that has exactly one of its members.
    Exclusive(Vec<Variant>),
}

/// An object.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// In the order of `properties`.
    pub fields: Vec<Field>,
    /// Members with one possible value: written, never read, not fields.
    pub constants: Vec<Constant>,
    /// Tags that the unions of this type read and write, not fields either.
    pub union_tags: Vec<String>,
    /// The member that requests a stream; the call sets it.
    pub stream_switch: Option<StreamSwitch>,
    /// The treatment of members that `properties` does not name.
    pub rest: Rest,
    /// Conditional rules and required sets.
    pub rules: Vec<Rule>,
    /// Bounds on the members that `properties` does not name, and on the number of all members,
    /// which is left to the server.
    pub limits: Box<Limits>,
}

impl Struct {
    /// Removes a field, and the rules that refer to it.
    pub(crate) fn remove_field(&mut self, removed: usize) -> Field {
        let field = self.fields.remove(removed);
        self.rules.retain_mut(|rule| {
            rule.fields_mut().all(|field| {
                let is_kept = *field != removed;
                *field -= usize::from(*field > removed);
                is_kept
            })
        });
        field
    }
}

/// The member that requests a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamSwitch {
    /// The member.
    pub wire: String,
    /// True if a call for no stream sends `false`: the member is required, or the server streams
    /// by default.
    pub sends_false: bool,
    /// The schema of the property.
    pub origin: Pointer,
}

/// A member with one possible value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// The member.
    pub wire: String,
    /// Its value.
    pub value: String,
    /// The schema of the property.
    pub origin: Pointer,
}

/// The treatment of members that `properties` does not name.
#[derive(Clone, Debug, PartialEq)]
pub enum Rest {
    /// Ignored when read, not sent.
    Ignored,
    /// A request body: the caller may add members of any kind.
    Extra,
    /// `additionalProperties` with a schema, or `true` without `properties`.
    Map(Type),
}

/// A string of which some values are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenEnum {
    /// In the order of the document.
    pub values: Vec<EnumValue>,
    /// True if the document allows other values too (`anyOf: [string, enum]`); in Rust there is no
    /// difference.
    pub others: bool,
}

/// A known value of an open enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// Name of the value and of the variant.
    pub name: Name,
    /// `description`.
    pub doc: Doc,
    /// The value in `enum`, or that of `const`.
    pub origin: Pointer,
}
