//! The tables: the keywords of each kind of object.

use super::Table;

/// Schema Object, `OpenAPI` 3.0.4 §4.8.24 and 3.1.1 §4.8.24, JSON Schema 2020-12.
pub(crate) const SCHEMA: Table = Table {
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
        "x-extensible-enum",
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
pub(crate) const RESTRICTIONS: [&str; 13] = [
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
pub(crate) const OPENAPI: Table = Table {
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
pub(crate) const COMPONENTS: Table = Table {
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
pub(crate) const PATH_ITEM: Table = Table {
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
pub(crate) const OPERATION: Table = Table {
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
pub(crate) const PARAMETER: Table = Table {
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
pub(crate) const REQUEST_BODY: Table = Table {
    object: "Request Body Object",
    modelled: &["$ref", "description", "content", "required"],
    documentation: &[],
};

/// Media Type Object, §4.8.14.
pub(crate) const MEDIA_TYPE: Table = Table {
    object: "Media Type Object",
    modelled: &["schema", "encoding"],
    documentation: &[("example", "an example"), ("examples", "examples")],
};

/// Encoding Object, §4.8.15.
pub(crate) const ENCODING: Table = Table {
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
pub(crate) const PAIR: Table = Table {
    object: "Encoding Object",
    modelled: &["contentType", "style", "explode", "allowReserved"],
    documentation: &[("headers", "pairs carry no headers")],
};

/// Response Object, §4.8.17.
pub(crate) const RESPONSE: Table = Table {
    object: "Response Object",
    modelled: &["$ref", "description", "content", "headers", "summary"],
    documentation: &[("links", "links between operations")],
};

/// Header Object, §4.8.21, in a response.
pub(crate) const HEADER: Table = Table {
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
pub(super) const OF_3_2: [Table; 6] = [
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
pub(crate) const SERVER: Table = Table {
    object: "Server Object",
    modelled: &["url", "description", "variables"],
    documentation: &[],
};

/// Server Variable Object, §4.8.6.
pub(crate) const SERVER_VARIABLE: Table = Table {
    object: "Server Variable Object",
    modelled: &["enum", "default", "description"],
    documentation: &[],
};

/// Security Scheme Object, §4.8.27.
pub(crate) const SECURITY_SCHEME: Table = Table {
    object: "Security Scheme Object",
    modelled: &["$ref", "type", "name", "in", "scheme", "description"],
    documentation: &[
        ("bearerFormat", "a token is sent as the caller gives it"),
        ("flows", "the caller obtains the token"),
        ("openIdConnectUrl", "the caller obtains the token"),
    ],
};
