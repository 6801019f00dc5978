//! Bodies whose members are sent one by one.
//!
//! ```yaml
//! multipart/form-data:
//!   schema: {$ref: '#/components/schemas/Photo'}
//!   encoding: {file: {contentType: image/png}}     # Parts::Multipart({file: [image/png]})
//! application/x-www-form-urlencoded:
//!   schema: {$ref: '#/components/schemas/Charge'}
//!   encoding: {items: {style: deepObject}}         # Parts::UrlEncoded({items: DeepObject})
//! ```

use std::collections::BTreeMap;

use super::{Api, Encoding, MediaType, Shape, Type};

/// A body whose members are sent one by one.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The object with the members, a map of them, or a union of such types.
    pub ty: Type,
    /// The encoding of the members.
    pub parts: Parts,
    /// The method of each type that makes the form. Forms of one type with different encodings
    /// have different methods.
    pub method: String,
}

/// The encoding of the members of a form, from the Encoding Objects by member (`OpenAPI` 3.1.1,
/// section 4.8.15).
#[derive(Clone, Debug, PartialEq)]
pub enum Parts {
    /// `multipart/form-data` (RFC 7578): the media types in `contentType`.
    Multipart(BTreeMap<String, Vec<MediaType>>),
    /// `application/x-www-form-urlencoded` (WHATWG URL Standard, section 5.2).
    UrlEncoded(BTreeMap<String, Encoding>),
}

impl Form {
    /// True for `multipart/form-data`, which may have files.
    #[must_use]
    pub fn is_multipart(&self) -> bool {
        matches!(self.parts, Parts::Multipart(_))
    }
}

/// The encoding of members without an Encoding Object (`OpenAPI` 3.1.1, section 4.8.15.1).
impl Api {
    /// True if a part of this type is JSON: an object, or a list of values that would be several
    /// parts.
    #[must_use]
    pub fn is_json_part(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(id) => {
                let def = self.get(*id);
                !def.holds_file && !matches!(def.shape, Shape::OpenEnum(_))
            }
            Type::Map(_) | Type::Json => true,
            Type::Option(inner) | Type::Boxed(inner) => self.is_json_part(inner),
            Type::List(inner) | Type::OneOrMany(inner) => {
                has_parts(inner) || self.is_json_part(inner)
            }
            _ => false,
        }
    }

    /// True if values of this type may be objects, which are JSON in a pair of an urlencoded form.
    #[must_use]
    pub fn may_be_json_pair(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(id) => !matches!(self.get(*id).shape, Shape::OpenEnum(_)),
            Type::Map(_) | Type::Json => true,
            Type::Boxed(inner) | Type::Option(inner) | Type::OneOrMany(inner) => {
                self.may_be_json_pair(inner)
            }
            _ => false,
        }
    }
}

/// True if a value is several parts.
fn has_parts(ty: &Type) -> bool {
    match ty {
        Type::List(_) | Type::OneOrMany(_) => true,
        Type::Option(inner) | Type::Boxed(inner) => has_parts(inner),
        _ => false,
    }
}
