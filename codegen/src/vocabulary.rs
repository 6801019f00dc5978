//! The names that emitted code uses without a path, with their origins.
//!
//! ```text
//! ResponseError    exported by the crate root    a schema so called is ResponseErrorSchema
//! EventResponse    imported where it is used     EventResponseSchema
//! Vec              in scope everywhere           VecSchema
//! S                a type parameter              SSchema
//! ```
//!
//! `emit` takes imports and exports from this table, and `lower` reserves its names. An emitter
//! that uses a new name adds it here.

/// The origin of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The runtime; the crate root exports it.
    Exported,
    /// The runtime.
    Runtime,
    /// A module of the standard library.
    Standard(&'static str),
    /// The prelude.
    Prelude,
    /// A type parameter of emitted code.
    Parameter,
}

impl Origin {
    /// The path of the module that the name is imported from, if an import is needed.
    #[must_use]
    pub fn import(self) -> Option<&'static str> {
        match self {
            Self::Exported | Self::Runtime => Some("openapi_runtime"),
            Self::Standard(module) => Some(module),
            Self::Prelude | Self::Parameter => None,
        }
    }
}

/// The names.
pub const VOCABULARY: [(&str, Origin); 50] = [
    ("A", Origin::Parameter),
    ("B", Origin::Parameter),
    ("BTreeMap", Origin::Standard("std::collections")),
    ("Base64", Origin::Exported),
    ("Boundary", Origin::Exported),
    ("Box", Origin::Prelude),
    ("Call", Origin::Exported),
    ("Credential", Origin::Exported),
    ("Credentials", Origin::Exported),
    ("D", Origin::Parameter),
    ("DecodeError", Origin::Exported),
    ("EventDecoder", Origin::Exported),
    ("EventResponse", Origin::Runtime),
    ("Extra", Origin::Exported),
    ("FnOnce", Origin::Prelude),
    ("From", Origin::Prelude),
    ("Into", Origin::Prelude),
    ("IntoIterator", Origin::Prelude),
    ("JsonResponse", Origin::Runtime),
    ("LinesResponse", Origin::Runtime),
    ("Maybe", Origin::Exported),
    ("None", Origin::Prelude),
    ("Nullable", Origin::Exported),
    ("Ok", Origin::Prelude),
    ("OneOrMany", Origin::Exported),
    ("Option", Origin::Prelude),
    ("R", Origin::Parameter),
    ("RequestError", Origin::Exported),
    ("ResponseError", Origin::Exported),
    ("ResponseHead", Origin::Exported),
    ("Result", Origin::Prelude),
    ("S", Origin::Parameter),
    ("Self", Origin::Prelude),
    ("Some", Origin::Prelude),
    ("StreamError", Origin::Exported),
    ("StreamEvent", Origin::Runtime),
    ("String", Origin::Prelude),
    ("Upload", Origin::Exported),
    ("Uri", Origin::Exported),
    ("Validate", Origin::Exported),
    ("Vec", Origin::Prelude),
    ("Violations", Origin::Exported),
    ("bounds", Origin::Runtime),
    ("json", Origin::Runtime),
    ("multipart", Origin::Runtime),
    ("operation", Origin::Runtime),
    ("parameter", Origin::Runtime),
    ("response", Origin::Runtime),
    ("security", Origin::Runtime),
    ("violation", Origin::Runtime),
];
