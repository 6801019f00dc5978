//! Members of an object.

use super::{Doc, Limits, Name, Type};
use crate::document::Pointer;

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Member and field.
    pub name: Name,
    /// `description`.
    pub doc: Doc,
    /// The type of a value that is there.
    pub ty: Type,
    /// Whether it may be absent or null.
    pub presence: Presence,
    /// The wrapper of the Rust type for a field that may be absent or null.
    pub wrapper: Wrapper,
    /// Which way it travels.
    pub access: Access,
    /// Bounds on the value.
    pub limits: Limits,
    /// `default`, as JSON text: the server's, never sent.
    pub default: Option<String>,
    /// `example`, or the first of `examples`, if it is a string.
    pub example: Option<String>,
    /// In a form each item of a list is a part of the name with `[]` appended (`x-multipart-array: brackets`).
    pub brackets: bool,
    /// The schema of the property.
    pub origin: Pointer,
}

impl Field {
    /// Whether it may be absent or null where it is sent.
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

    /// Whether it may be absent or null where it is received.
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

/// The wrapper of a field's Rust type: whether the field may be absent or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapper {
    /// No wrapper.
    Plain,
    /// `Option`.
    Option,
    /// `Nullable`: absent, null or a value.
    Nullable,
}

/// Which way a member travels. `required` counts this way only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Both ways.
    Both,
    /// `readOnly`: it is received.
    ReadOnly {
        /// Whether `required` names it.
        required: bool,
    },
    /// `writeOnly`: it is sent.
    WriteOnly {
        /// Whether `required` names it.
        required: bool,
    },
}

/// Whether a member may be absent, null, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always there.
    Required,
    /// May be absent.
    Optional,
    /// Always there, may be null.
    Nullable,
    /// May be absent, may be null.
    OptionalNullable,
}

impl Presence {
    /// Whether the member is always there.
    #[must_use]
    pub fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::Nullable)
    }

    /// The same, but perhaps absent.
    #[must_use]
    pub fn optional(self) -> Self {
        match self {
            Self::Required | Self::Optional => Self::Optional,
            Self::Nullable | Self::OptionalNullable => Self::OptionalNullable,
        }
    }

    /// The same, but always there.
    #[must_use]
    pub fn required(self) -> Self {
        match self {
            Self::Required | Self::Optional => Self::Required,
            Self::Nullable | Self::OptionalNullable => Self::Nullable,
        }
    }
}
