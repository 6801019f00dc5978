//! The types of JSON Schema.
//!
//! ```yaml
//! type: [integer, 'null']   # JsonType::Integer, and nullable
//! type: int                 # wrong-type: did you mean `integer`?
//! ```

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::document::At;
use crate::model::ValueKind;

/// A type of JSON Schema other than `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl JsonType {
    /// The intersection of two types.
    fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Integer, Self::Number) | (Self::Number, Self::Integer) => Some(Self::Integer),
            (one, other) => (one == other).then_some(one),
        }
    }

    /// The type with this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// The name in `type`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// The intersection of two lists of types, in the order of the first.
pub(crate) fn in_both(one: &[JsonType], other: &[JsonType]) -> Vec<JsonType> {
    let both = |own: &JsonType| {
        let mut shared = other.iter().filter_map(|more| own.and(*more));
        let first = shared.next()?;
        // If both `number` and its subset `integer` match, the wider one.
        Some(if shared.any(|more| more == *own) {
            *own
        } else {
            first
        })
    };
    one.iter().filter_map(both).collect()
}

impl From<JsonType> for ValueKind {
    fn from(json_type: JsonType) -> Self {
        match json_type {
            JsonType::Boolean => Self::Bool,
            JsonType::Integer => Self::Integer,
            JsonType::Number => Self::Number,
            JsonType::String => Self::String,
            JsonType::Array => Self::Array,
            JsonType::Object => Self::Object,
        }
    }
}

/// The problem of an unknown type name.
pub(crate) fn unknown_type(at: &At<'_>, name: &str) -> Diagnostic {
    let known = [
        "boolean", "integer", "number", "string", "array", "object", "null",
    ];
    let diagnostic = Diagnostic::new(
        Code::WrongType,
        at,
        format!("`{name}` is not a type of JSON Schema"),
    )
    .label("unknown type");
    let elsewhere = match name {
        "bool" => Some("boolean"),
        "int" | "long" => Some("integer"),
        "float" | "double" | "decimal" => Some("number"),
        "str" | "text" | "date" => Some("string"),
        "list" | "tuple" => Some("array"),
        "dict" | "map" | "hash" => Some("object"),
        "none" | "nil" => Some("null"),
        _ => None,
    };
    let near = || suggest(name, known.into_iter());
    match elsewhere.or_else(near) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None if name == "file" => diagnostic.help("write `type: string` with `format: binary`"),
        None => diagnostic
            .help("the types are boolean, integer, number, string, array, object and null"),
    }
}
