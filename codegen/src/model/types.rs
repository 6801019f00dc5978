//! The types of values.
//!
//! ```yaml
//! tags: {type: array, items: {type: string}}   # List(String)
//! size: {$ref: '#/components/schemas/Size'}    # Named(Size)
//! ```

use super::TypeId;

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `boolean`.
    Bool,
    /// `integer` with `format: int32`.
    I32,
    /// `integer`.
    I64,
    /// `integer` with `format: uint64`, or with bounds that only an unsigned type can hold.
    U64,
    /// `number`.
    F64,
    /// `string`.
    String,
    /// `string` with `format: uri` that is sent: a data URL is encoded when it is written.
    Uri,
    /// `string` with `contentEncoding: base64` or `format: byte`.
    Base64,
    /// `string` with `format: binary`.
    File,
    /// The data of an event that is text and not JSON.
    Text,
    /// Untyped JSON: the schema does not describe its values.
    /// [`Api::untyped`](super::Api::untyped) has the place.
    Json,
    /// An emitted type.
    Named(TypeId),
    /// A value of a list or map that may be null.
    Option(Box<Type>),
    /// `array`.
    List(Box<Type>),
    /// A value or an array of such values.
    OneOrMany(Box<Type>),
    /// `object` with `additionalProperties` and no `properties`.
    Map(Box<Type>),
    /// A type that contains itself.
    Boxed(Box<Type>),
}

impl Type {
    /// The type of the innermost items of a list; the type itself if it is not a list.
    #[must_use]
    pub fn innermost(&self) -> &Self {
        match self {
            Self::Option(inner)
            | Self::List(inner)
            | Self::OneOrMany(inner)
            | Self::Map(inner)
            | Self::Boxed(inner) => inner.innermost(),
            _ => self,
        }
    }

    /// The emitted type of the value itself, not of its items.
    #[must_use]
    pub fn itself(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::Option(inner) | Self::Boxed(inner) => inner.itself(),
            _ => None,
        }
    }

    /// The emitted type that it names, itself or of its items.
    #[must_use]
    pub fn named(&self) -> Option<TypeId> {
        match self.innermost() {
            Self::Named(id) => Some(*id),
            _ => None,
        }
    }
}
