//! Unions, and the ways to distinguish their alternatives.
//!
//! ```yaml
//! oneOf:                                            # Union { tag: type, variants: [Cat, Dog] }
//! - $ref: '#/components/schemas/Cat'
//! - $ref: '#/components/schemas/Dog'
//! discriminator: {propertyName: type}
//! ```

use super::{Constant, Doc, Limits, Name, Type};
use crate::document::Pointer;

/// One of several types.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The tag that distinguishes the variants, if there is one.
    pub tag: Option<Tag>,
    /// In the order of the document.
    pub variants: Vec<Variant>,
    /// True if, without a tag, objects may match several variants that name different members: the
    /// variant that names most members of the value is chosen.
    pub is_ranked: bool,
    /// The alternative that is the API's error, if the description marks one (`x-stream-error`).
    /// It is not a variant: as an event, it ends the stream with an error.
    pub error: Option<ErrorEvent>,
}

impl Union {
    pub(crate) fn new(tag: Option<Tag>, variants: Vec<Variant>) -> Self {
        Self {
            tag,
            variants,
            is_ranked: false,
            error: None,
        }
    }

    /// The tag that the union writes for a variant, with its value.
    #[must_use]
    pub fn written_tag<'a>(&'a self, variant: &'a Variant) -> Option<(&'a Tag, &'a str)> {
        Some((self.tag.as_ref()?, variant.written_tag.as_deref()?))
    }
}

/// The event that the description marks as the API's error.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorEvent {
    /// Its data.
    pub ty: Type,
    /// The values of the tag, or the names of the event.
    pub tags: Vec<String>,
    /// The member that only errors have, for events of any kind.
    pub member: Option<String>,
    /// The schema.
    pub origin: Pointer,
}

/// The member that distinguishes the variants of a union. The union writes it. The types of the
/// variants have no field for it if they are used only as variants of the union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The member.
    pub wire: String,
    /// The type of its values.
    pub ty: TagType,
}

/// The type of a tag's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TagType {
    /// Strings.
    String,
    /// Integers; the model has their digits.
    Integer,
    /// The names of events (`event:`). The tag is not a member of the value.
    EventName,
}

/// An alternative of a union, or a member of an exclusive object.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The value of the tag or the name of the member, and the name of the variant.
    pub name: Name,
    /// `description`.
    pub doc: Doc,
    /// The payload.
    pub ty: Type,
    /// Bounds on the payload.
    pub limits: Limits,
    /// The test that recognises a value of the variant if there is no tag.
    pub test: Test,
    /// True if no value passes both this test and the test of another variant.
    pub is_alone: bool,
    /// The values of the tag: one, or those of a union within the union. Empty if there is no tag.
    pub tags: Vec<String>,
    /// The value of the tag that the union writes, if no constant of the type does.
    pub written_tag: Option<String>,
    /// True if the variant takes the values of the tag that no other variant has, and values
    /// without the tag: the default of a discriminator (`defaultMapping`), or an event that is
    /// described without a name. Its type then writes the tag itself.
    pub takes_others: bool,
    /// True for an event that comes last in its stream (`x-stream-last`).
    pub ends_stream: bool,
    /// The schema.
    pub origin: Pointer,
}

impl Variant {
    pub(crate) fn new(
        name: Name,
        (ty, limits): (Type, Limits),
        test: Test,
        origin: Pointer,
    ) -> Self {
        Self {
            name,
            doc: Doc::default(),
            ty,
            limits,
            test,
            is_alone: false,
            tags: Vec::new(),
            written_tag: None,
            takes_others: false,
            ends_stream: false,
            origin,
        }
    }
}

/// The test that recognises a JSON value of a variant in a union without a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// Its JSON type.
    pub kind: ValueKind,
    /// Members that must be present.
    pub members: Vec<String>,
    /// Members that must have these strings.
    pub constants: Vec<Constant>,
    /// The members that the schema or, for a list, that of the items names, required or not. Of
    /// several variants that match, the one that names most members of the value is chosen.
    pub named: Vec<String>,
    /// True if the variant keeps members that it does not name. Of variants that name equally
    /// many, one that does is chosen.
    pub keeps_others: bool,
    /// Values of a member that no other variant lists. Of several variants that match, one that
    /// lists the value is chosen.
    pub listed: Option<Listed>,
}

impl Test {
    /// A test of the JSON type only.
    pub(crate) fn of(kind: ValueKind) -> Self {
        Self {
            kind,
            members: Vec::new(),
            constants: Vec::new(),
            named: Vec::new(),
            keeps_others: false,
            listed: None,
        }
    }
}

/// The values that a schema lists for a member (`enum`). The member may have other values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The member, and the type of its values.
    pub tag: Tag,
    /// Strings, or the digits of integers.
    pub values: Vec<String>,
}

/// The JSON type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Any type.
    Any,
    /// A boolean.
    Bool,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}
