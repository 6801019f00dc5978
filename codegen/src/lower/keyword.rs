//! The keywords of each kind of object: modelled, documentation only, or unknown.
//!
//! No keyword is skipped silently. A keyword that [`lower`](super) does not read is either in the
//! second list of its table, and noted with the reason, or it is a warning if it looks misspelt,
//! or else a note. If an operation would be lost with it, it is an error. Extensions (`x-…`) mean
//! nothing unless a table lists them.

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::document::{At, Version};

use super::Findings;
use super::http::path::is_operation;

/// The keywords of one kind of object.
pub struct Table {
    /// Name of the object in the specification.
    object: &'static str,
    modelled: &'static [&'static str],
    /// Keywords that change nothing in the emitted code, with the reasons.
    documentation: &'static [(&'static str, &'static str)],
}

/// Schema Object, `OpenAPI` 3.0.4 §4.8.24 and 3.1.1 §4.8.24, JSON Schema 2020-12.
pub const SCHEMA: Table = Table {
    object: "Schema Object",
    modelled: &[
        "$ref",
        "type",
        "nullable",
        "enum",
        "const",
        "format",
        "contentEncoding",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minProperties",
        "maxProperties",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "discriminator",
        "title",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
    ],
    documentation: &[
        ("pattern", "regular expressions are left to the server"),
        (
            "contentMediaType",
            "the caller gives the media type of a file",
        ),
        ("contentSchema", "the content of a string is left as text"),
        ("externalDocs", "a link"),
        ("xml", "only JSON and multipart/form-data are written"),
        ("$comment", "a comment"),
        (
            "$schema",
            "the dialect is JSON Schema 2020-12 or that of OpenAPI 3.0",
        ),
        (
            "$id",
            "references inside the document are followed from its root",
        ),
        (
            "$anchor",
            "references inside the document are JSON Pointers",
        ),
        ("$dynamicRef", "it is not followed: any value is valid"),
        ("$dynamicAnchor", "dynamic references are not followed"),
        (
            "$recursiveRef",
            "it refers to the enclosing schema with `$recursiveAnchor`; without one, any value is valid",
        ),
        ("$recursiveAnchor", "read if `$recursiveRef` leads there"),
        ("$defs", "read if a reference leads there"),
        ("definitions", "read if a reference leads there"),
        (
            "else",
            "a rule that applies where another does not is left to the server",
        ),
        (
            "propertyNames",
            "names of further members are left to the server",
        ),
        (
            "patternProperties",
            "names of further members are left to the server",
        ),
        ("dependentRequired", "left to the server"),
        ("dependentSchemas", "left to the server"),
        ("unevaluatedProperties", "left to the server"),
        ("unevaluatedItems", "left to the server"),
        ("contains", "left to the server"),
        ("minContains", "left to the server"),
        ("maxContains", "left to the server"),
        ("prefixItems", "left to the server"),
    ],
};

/// The keywords of [`SCHEMA`] that are documentation only in code, but restrict the values.
pub const RESTRICTIONS: [&str; 13] = [
    "pattern",
    "contentMediaType",
    "else",
    "propertyNames",
    "patternProperties",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contains",
    "minContains",
    "maxContains",
    "prefixItems",
];

/// `OpenAPI` Object, §4.8.1.
pub const OPENAPI: Table = Table {
    object: "OpenAPI Object",
    modelled: &[
        "openapi",
        "info",
        "servers",
        "paths",
        "components",
        "externalDocs",
        "security",
    ],
    documentation: &[
        ("webhooks", "requests that the server makes"),
        ("tags", "grouping for readers"),
        (
            "jsonSchemaDialect",
            "the dialect is JSON Schema 2020-12 or that of OpenAPI 3.0",
        ),
    ],
};

/// Components Object, §4.8.7.
pub const COMPONENTS: Table = Table {
    object: "Components Object",
    modelled: &[
        "schemas",
        "responses",
        "requestBodies",
        "pathItems",
        "parameters",
        "securitySchemes",
    ],
    documentation: &[
        ("examples", "examples"),
        (
            "headers",
            "all headers of a response are given to the caller",
        ),
        ("links", "links between operations"),
        ("callbacks", "requests that the server makes"),
    ],
};

/// Path Item Object, §4.8.9.
pub const PATH_ITEM: Table = Table {
    object: "Path Item Object",
    modelled: &[
        "$ref",
        "get",
        "put",
        "post",
        "delete",
        "options",
        "head",
        "patch",
        "trace",
        "parameters",
        "servers",
    ],
    documentation: &[
        ("summary", "the operations have summaries of their own"),
        (
            "description",
            "the operations have descriptions of their own",
        ),
    ],
};

/// Operation Object, §4.8.10.
pub const OPERATION: Table = Table {
    object: "Operation Object",
    modelled: &[
        "operationId",
        "summary",
        "description",
        "deprecated",
        "requestBody",
        "responses",
        "parameters",
        "security",
        "servers",
    ],
    documentation: &[
        ("tags", "grouping for readers"),
        ("externalDocs", "a link"),
        ("callbacks", "requests that the server makes"),
    ],
};

/// Parameter Object, §4.8.12.
pub const PARAMETER: Table = Table {
    object: "Parameter Object",
    modelled: &[
        "$ref",
        "name",
        "in",
        "description",
        "required",
        "deprecated",
        "schema",
        "content",
        "style",
        "explode",
        "allowReserved",
    ],
    documentation: &[
        ("allowEmptyValue", "an empty string is sent unchanged"),
        ("example", "an example"),
        ("examples", "examples"),
    ],
};

/// Request Body Object, §4.8.13.
pub const REQUEST_BODY: Table = Table {
    object: "Request Body Object",
    modelled: &["$ref", "description", "content", "required"],
    documentation: &[],
};

/// Media Type Object, §4.8.14.
pub const MEDIA_TYPE: Table = Table {
    object: "Media Type Object",
    modelled: &["schema", "encoding"],
    documentation: &[("example", "an example"), ("examples", "examples")],
};

/// Encoding Object, §4.8.15.
pub const ENCODING: Table = Table {
    object: "Encoding Object",
    modelled: &["contentType"],
    documentation: &[
        ("headers", "parts carry no further headers"),
        ("style", "arrays are repeated parts, objects are JSON"),
        ("explode", "arrays are repeated parts, objects are JSON"),
        (
            "allowReserved",
            "applies to application/x-www-form-urlencoded",
        ),
    ],
};

/// Encoding Object of `application/x-www-form-urlencoded`, §4.8.15.
pub const PAIR: Table = Table {
    object: "Encoding Object",
    modelled: &["contentType", "style", "explode", "allowReserved"],
    documentation: &[("headers", "pairs carry no headers")],
};

/// Response Object, §4.8.17.
pub const RESPONSE: Table = Table {
    object: "Response Object",
    modelled: &["$ref", "description", "content", "headers", "summary"],
    documentation: &[("links", "links between operations")],
};

/// Header Object, §4.8.21, in a response.
pub const HEADER: Table = Table {
    object: "Header Object",
    modelled: &["$ref", "description", "deprecated", "schema"],
    documentation: &[
        ("required", "a header that is missing is `None`"),
        ("style", "a header has one style"),
        ("explode", "the text of an object is left as received"),
        ("content", "the text is left as received"),
        (
            "allowEmptyValue",
            "an empty string is a value like any other",
        ),
        ("example", "an example"),
        ("examples", "examples"),
    ],
};

/// Keywords of `OpenAPI` 3.2, which are unknown in earlier versions.
const OF_3_2: [Table; 6] = [
    Table {
        object: OPENAPI.object,
        modelled: &["$self"],
        documentation: &[],
    },
    Table {
        object: COMPONENTS.object,
        modelled: &["mediaTypes"],
        documentation: &[],
    },
    Table {
        object: PATH_ITEM.object,
        modelled: &["query", "additionalOperations"],
        documentation: &[],
    },
    Table {
        object: MEDIA_TYPE.object,
        modelled: &["itemSchema", "prefixEncoding", "itemEncoding"],
        documentation: &[],
    },
    Table {
        object: SERVER.object,
        modelled: &[],
        documentation: &[("name", "a server is named after its URL")],
    },
    Table {
        object: ENCODING.object,
        modelled: &["encoding", "prefixEncoding", "itemEncoding"],
        documentation: &[],
    },
];
/// Server Object, §4.8.5.
pub const SERVER: Table = Table {
    object: "Server Object",
    modelled: &["url", "description", "variables"],
    documentation: &[],
};

/// Server Variable Object, §4.8.6.
pub const SERVER_VARIABLE: Table = Table {
    object: "Server Variable Object",
    modelled: &["enum", "default", "description"],
    documentation: &[],
};

/// Security Scheme Object, §4.8.27.
pub const SECURITY_SCHEME: Table = Table {
    object: "Security Scheme Object",
    modelled: &["$ref", "type", "name", "in", "scheme", "description"],
    documentation: &[
        ("bearerFormat", "a token is sent as the caller gives it"),
        ("flows", "the caller obtains the token"),
        ("openIdConnectUrl", "the caller obtains the token"),
    ],
};

/// Reports a value of the wrong type, for keywords that have the same type in every object.
fn check_type(name: &str, value: &At<'_>, report: &mut Findings) {
    match name {
        "description" | "operationId" | "summary" | "title" if value.as_str().is_none() => {
            let problem = Diagnostic::new(Code::WrongType, value, format!("`{name}` is a string"));
            report.push(
                problem
                    .label("not a string")
                    .help("write a string, in quotes if it looks like something else"),
            );
        }
        "operationId" if value.as_str() == Some("") => {
            let problem = Diagnostic::new(Code::InvalidName, value, "`operationId` is empty");
            report.push(
                problem
                    .label("no name")
                    .help("write a name, or leave `operationId` out"),
            );
        }
        "deprecated" => drop(super::schema::flag(value, report)),
        "additionalOperations" | "content" | "paths" | "responses"
            if value.as_mapping().is_none() =>
        {
            let problem = Diagnostic::new(Code::WrongType, value, format!("`{name}` is an object"));
            report.push(
                problem
                    .label("not an object")
                    .help("write its entries as keys, each with a value"),
            );
        }
        _ => {}
    }
}

/// Reports the unknown keywords of an object, and notes those that are documentation only.
pub fn check(at: &At<'_>, table: &Table, report: &mut Findings) {
    if at.as_mapping().is_none() && table.object != SCHEMA.object {
        let message = format!("the {} is an object", table.object);
        let problem = Diagnostic::new(Code::WrongType, at, message).label("not an object");
        return report.push(problem.help("write its keywords as keys, each with a value"));
    }
    let added = OF_3_2.iter().filter(|added| {
        let is_read = report.version >= Version::V3_2;
        is_read && added.object == table.object
    });
    let tables: Vec<&Table> = std::iter::once(table).chain(added).collect();
    for (key, value) in at.members() {
        let name = key.name.as_str();
        let mut modelled = tables.iter().flat_map(|table| table.modelled);
        if name.starts_with("x-") || modelled.any(|known| *known == name) {
            check_type(name, &value, report);
            continue;
        }
        let mut documentation = tables.iter().flat_map(|table| table.documentation);
        if let Some((_, reason)) = documentation.find(|(known, _)| *known == name) {
            report.note(value.pointer().clone(), reason);
            continue;
        }
        let known = tables.iter().flat_map(|table| {
            let documentation = table.documentation.iter().map(|(known, _)| *known);
            table.modelled.iter().copied().chain(documentation)
        });
        match suggest(name, known) {
            Some(near) => report.push(misspelt(&value, name, near, table)),
            None => report.note(
                value.pointer().clone(),
                "not a keyword of the specification",
            ),
        }
    }
}

fn misspelt(at: &At<'_>, name: &str, near: &str, table: &Table) -> Diagnostic {
    let holds_operations =
        near == "paths" || near == "additionalOperations" || is_operation(near, Version::V3_2);
    let code = if holds_operations {
        Code::InvalidKey
    } else {
        Code::UnknownKeyword
    };
    let message = format!("`{name}` is not a keyword of the {}", table.object);
    let problem = Diagnostic::new(code, at, message)
        .at_key()
        .label("unknown keyword")
        .help(format!("did you mean `{near}`?"));
    if holds_operations {
        problem
    } else {
        problem.assuming("the keyword is ignored")
    }
}
