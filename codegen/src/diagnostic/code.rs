//! The stable names of the problems that can be found.
//!
//! ```yaml
//! schema: {$ref: '#/components/schemas/Imgae'}   # error[unresolved-reference], Kind::Invalid
//! ```

use std::fmt;

/// Whose business a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The document breaks the specification it is written against.
    Invalid,
    /// The document is right, and asks for something that is not supported.
    Unsupported,
}

/// Declares the codes once: variant, name in messages, kind and the sentence that documents it.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $kind:ident;)+) => {
        /// What is wrong, as a name that stays the same from version to version.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of declaration.
            pub const ALL: &[Code] = &[$(Code::$variant,)+];

            /// The name as messages and the JSON form write it, in kebab-case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Code::$variant => $name,)+
                }
            }

            /// Whether the document is wrong, or what it asks for is not supported.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self {
                    $(Code::$variant => Kind::$kind,)+
                }
            }
        }
    };
}

codes! {
    /// The text is not YAML 1.2, or is YAML that has no JSON form.
    InvalidYaml = "invalid-yaml", Invalid;
    /// The text is not JSON (RFC 8259).
    InvalidJson = "invalid-json", Invalid;
    /// A mapping has the same key twice.
    DuplicateKey = "duplicate-key", Invalid;
    /// Aliases expand to more nodes than are copied.
    AliasLimit = "alias-limit", Unsupported;
    /// Collections are nested deeper than is read.
    NestingLimit = "nesting-limit", Unsupported;
    /// The overlay breaks the Overlay Specification.
    InvalidOverlay = "invalid-overlay", Invalid;
    /// The target of an overlay action selects nothing in the document.
    OverlayTargetMissing = "overlay-target-missing", Invalid;
    /// A `$ref` is not a URI reference with a JSON Pointer as its fragment.
    InvalidReference = "invalid-reference", Invalid;
    /// A `$ref` points at nothing.
    UnresolvedReference = "unresolved-reference", Invalid;
    /// A `$ref` leads out of the document.
    RemoteReference = "remote-reference", Unsupported;
    /// References lead back to where they started, with nothing in between.
    ReferenceCycle = "reference-cycle", Invalid;
    /// The document is written against another version of the `OpenAPI` Specification than 3.0 or 3.1.
    UnsupportedVersion = "unsupported-version", Unsupported;
    /// No operation of the document has the wanted `operationId`.
    UnknownOperation = "unknown-operation", Invalid;
    /// Two operations have the same `operationId`.
    DuplicateOperation = "duplicate-operation", Invalid;
    /// A keyword that the specification requires is absent.
    MissingKeyword = "missing-keyword", Invalid;
    /// The value of a keyword has another type than the specification gives it.
    WrongType = "wrong-type", Invalid;
    /// A keyword is neither one of the specification nor an extension (`x-…`).
    UnknownKeyword = "unknown-keyword", Invalid;
    /// A keyword of the specification that is not supported here.
    UnsupportedKeyword = "unsupported-keyword", Unsupported;
    /// A combination of schema keywords that is not supported.
    UnsupportedSchema = "unsupported-schema", Unsupported;
    /// A media type that is not supported.
    UnsupportedMediaType = "unsupported-media-type", Unsupported;
    /// `required` names a property that the schema does not have.
    UnknownRequired = "unknown-required", Invalid;
    /// `enum` is empty, repeats a value, or has a value that the type forbids.
    InvalidEnum = "invalid-enum", Invalid;
    /// `discriminator` does not tell the members of its union apart.
    InvalidDiscriminator = "invalid-discriminator", Invalid;
    /// A bound is not a number that its keyword admits, or two bounds admit nothing.
    InvalidBound = "invalid-bound", Invalid;
    /// Two things of the document ask for the same Rust name.
    NameClash = "name-clash", Invalid;
    /// A name cannot be written as a Rust name.
    InvalidName = "invalid-name", Invalid;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
