//! Members of an object.

use super::{Doc, Limits, Name, Type};
use crate::document::Pointer;

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Name of the member and of the field.
    pub name: Name,
    /// `description`.
    pub doc: Doc,
    /// The type of a value that is present.
    pub ty: Type,
    /// The presence of the member: it may be absent or null.
    pub presence: Presence,
    /// The wrapper of the Rust type for a field that may be absent or null.
    pub wrapper: Wrapper,
    /// The direction of the member.
    pub access: Access,
    /// Bounds on the value.
    pub limits: Limits,
    /// `default`, as JSON text: the server's, never sent.
    pub default: Option<String>,
    /// `example`, or the first of `examples`, if it is a string.
    pub example: Option<String>,
    /// In a form each item of a list is a part of the name with `[]` appended
    /// (`x-multipart-array: brackets`).
    pub brackets: bool,
    /// The schema of the property.
    pub origin: Pointer,
}

impl Field {
    /// The presence of the member in sent values.
    #[must_use]
    pub fn presence_sent(&self) -> Presence {
        match self.access {
            Access::Both => self.presence,
            Access::ReadOnly { .. } | Access::WriteOnly { required: false } => {
                self.presence.optional()
            }
            Access::WriteOnly { required: true } => self.presence.required(),
        }
    }

    /// The presence of the member in received values.
    #[must_use]
    pub fn presence_received(&self) -> Presence {
        match self.access {
            Access::Both => self.presence,
            Access::WriteOnly { .. } | Access::ReadOnly { required: false } => {
                self.presence.optional()
            }
            Access::ReadOnly { required: true } => self.presence.required(),
        }
    }
}

/// The wrapper of a field's Rust type, for a field that may be absent or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapper {
    /// No wrapper.
    Plain,
    /// `Option`.
    Option,
    /// `Nullable`: absent, null or a value.
    Nullable,
}

/// The direction of a member. `required` applies in this direction only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Both directions.
    Both,
    /// `readOnly`: only received.
    ReadOnly {
        /// True if `required` names it.
        required: bool,
    },
    /// `writeOnly`: only sent.
    WriteOnly {
        /// True if `required` names it.
        required: bool,
    },
}

/// The presence of a member: it may be absent, null, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always present.
    Required,
    /// May be absent.
    Optional,
    /// Always present, may be null.
    Nullable,
    /// May be absent, may be null.
    OptionalNullable,
}

impl Presence {
    /// True if the member is always present.
    #[must_use]
    pub fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::Nullable)
    }

    /// The same, but may be absent.
    #[must_use]
    pub fn optional(self) -> Self {
        match self {
            Self::Required | Self::Optional => Self::Optional,
            Self::Nullable | Self::OptionalNullable => Self::OptionalNullable,
        }
    }

    /// The same, but always present.
    #[must_use]
    pub fn required(self) -> Self {
        match self {
            Self::Required | Self::Optional => Self::Required,
            Self::Nullable | Self::OptionalNullable => Self::Nullable,
        }
    }
}
