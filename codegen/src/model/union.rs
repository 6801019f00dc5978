//! Unions, and how their alternatives are told apart.
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
    /// The member that tells the variants apart, if one does.
    pub tag: Option<Tag>,
    /// In the order of the document.
    pub variants: Vec<Variant>,
    /// The alternative that is the API's error, if the description marks one (`x-stream-error`). It has no variant: as an
    /// event, it ends the stream with an error.
    pub error: Option<ErrorEvent>,
}

/// The event that is the API's error.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorEvent {
    /// Its data.
    pub ty: Type,
    /// The values of the tag, or names of the event.
    pub tags: Vec<String>,
    /// The member that only errors have, whatever their kind.
    pub member: Option<String>,
    /// The schema.
    pub origin: Pointer,
}

/// The member that tells the variants of a union apart. The union writes it, and the types of its variants have no field
/// for it where they are used as its variants only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The member.
    pub wire: String,
    /// The kind of its values.
    pub ty: TagType,
}

/// The kind of the values of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TagType {
    /// Strings.
    String,
    /// Integers, here as their digits.
    Integer,
    /// The names of events (`event:`): the tag is no member of the value.
    EventName,
}

/// An alternative of a union, or a member of an exclusive object.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Tag value or member name, and variant.
    pub name: Name,
    /// `description`.
    pub doc: Doc,
    /// The payload.
    pub ty: Type,
    /// Bounds on the payload.
    pub limits: Limits,
    /// How a value of the variant is told from the others where there is no tag.
    pub test: Test,
    /// True if no value that passes its test passes that of another variant.
    pub is_alone: bool,
    /// The values of the tag: one, or those of a union within the union; none where there is no tag.
    pub tags: Vec<String>,
    /// True if it is for the values of the tag that no other variant has, and for a value without the tag: the default
    /// of a discriminator (`defaultMapping`), an event without a name that is described. Then it writes the tag itself.
    pub takes_others: bool,
    /// True for an event that comes last in its stream (`x-stream-last`).
    pub ends_stream: bool,
    /// The schema.
    pub origin: Pointer,
}

/// How a JSON value of a union without tag is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// Its JSON type.
    pub kind: Kind,
    /// Members that must be there.
    pub members: Vec<String>,
    /// Strings that members must have.
    pub constants: Vec<Constant>,
    /// The members that its schema names, required or not. Of several variants that fit, the one that names most of the
    /// members of the value is meant.
    pub named: Vec<String>,
    /// True if it keeps members that it does not name. Of several variants that name as many, one that does is meant.
    pub keeps_others: bool,
    /// Values of a member that no other variant lists. Of several variants that fit, one that lists the value is meant.
    pub listed: Option<Listed>,
}

/// The values that a schema lists for a member (`enum`), which may have others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The member, and the type of its values.
    pub tag: Tag,
    /// Strings, or the digits of integers.
    pub values: Vec<String>,
}

/// The JSON type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any type.
    Any,
    /// `true` or `false`.
    Bool,
    /// A number without fraction.
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
