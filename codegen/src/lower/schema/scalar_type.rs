//! The types of scalars, by `type`, `format` and the content keywords.
//!
//! ```yaml
//! {type: string, format: uri}             # Uri
//! {type: string, contentEncoding: base64} # Base64
//! {type: string, format: binary}          # File
//! {format: int32}                         # I32: a number format without `type`
//! ```

use crate::lower::schema::json_type::JsonType;
use crate::lower::schema::{Schema, integer};
use crate::model::Type;

/// The type of a scalar, by `format` and `contentEncoding`.
pub(super) fn scalar(json_type: JsonType, schema: &Schema<'_>) -> Type {
    match (json_type, schema.format) {
        (JsonType::Boolean, _) => Type::Bool,
        (JsonType::Integer, _) => integer::type_of(schema),
        (JsonType::Number, _) => Type::F64,
        (_, Some("binary")) => Type::File,
        _ if schema.base64 => Type::Base64,
        _ if is_octet_stream(schema) => Type::File,
        (_, Some("uri" | "url" | "uri-reference" | "iri")) => Type::Uri,
        _ => Type::String,
    }
}

/// The type of a schema without `type`, from a number format.
pub(super) fn numeric(schema: &Schema<'_>) -> Option<JsonType> {
    match schema.format.filter(|_| schema.types.is_empty())? {
        "double" | "float" => Some(JsonType::Number),
        "int8" | "int16" | "int32" | "int64" | "uint" | "uint8" | "uint16" | "uint32"
        | "uint64" => Some(JsonType::Integer),
        _ => None,
    }
}

/// True for the notation of 3.1 for a part that is a file.
pub(super) fn is_octet_stream(schema: &Schema<'_>) -> bool {
    !schema.base64
        && schema.at.get("contentMediaType").and_then(|at| at.as_str())
            == Some("application/octet-stream")
}
