//! The stable names of the problems that can be found.
//!
//! ```yaml
//! schema: {$ref: '#/components/schemas/Imgae'}   # error[unresolved-reference], Kind::Invalid
//! ```

use std::fmt;

/// The cause of a problem: the document or the generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The document breaks the specification it is written against.
    Invalid,
    /// The document is valid, but uses something that is not supported.
    Unsupported,
}

/// Declares the codes once: variant, name in messages, and kind. The documentation of each is its
/// explanation.
macro_rules! codes {
    ($($variant:ident = $name:literal, $kind:ident;)+) => {
        /// The kind of a problem, with a name that stays the same from version to version.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = include_str!(concat!("explanations/", $name, ".md"))] $variant,)+
        }

        impl Code {
            /// Every code, in the order of declaration.
            pub const ALL: &[Code] = &[$(Code::$variant,)+];

            /// The name in messages and in the JSON form, in kebab-case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Code::$variant => $name,)+
                }
            }

            /// The cause: an invalid document, or an unsupported feature.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self {
                    $(Code::$variant => Kind::$kind,)+
                }
            }

            /// The explanation in Markdown. The first line states the problem; the rest gives the
            /// reason, an example and the fix.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self {
                    $(Code::$variant => include_str!(concat!("explanations/", $name, ".md")),)+
                }
            }
        }
    };
}

codes! {
    InvalidYaml = "invalid-yaml", Invalid;
    InvalidJson = "invalid-json", Invalid;
    DuplicateKey = "duplicate-key", Invalid;
    AliasLimit = "alias-limit", Unsupported;
    NestingLimit = "nesting-limit", Unsupported;
    InvalidOverlay = "invalid-overlay", Invalid;
    OverlayTargetMissing = "overlay-target-missing", Invalid;
    OverlayNeedless = "overlay-needless", Invalid;
    InvalidReference = "invalid-reference", Invalid;
    UnresolvedReference = "unresolved-reference", Invalid;
    RemoteReference = "remote-reference", Unsupported;
    ReferenceCycle = "reference-cycle", Invalid;
    UnsupportedVersion = "unsupported-version", Unsupported;
    UnknownOperation = "unknown-operation", Invalid;
    UnknownTag = "unknown-tag", Invalid;
    EmptyPaths = "empty-paths", Invalid;
    DuplicateOperation = "duplicate-operation", Invalid;
    DuplicateTag = "duplicate-tag", Invalid;
    MissingKeyword = "missing-keyword", Invalid;
    WrongType = "wrong-type", Invalid;
    UnknownKeyword = "unknown-keyword", Invalid;
    InvalidKey = "invalid-key", Invalid;
    InvalidSyntax = "invalid-syntax", Invalid;
    InvalidParameter = "invalid-parameter", Invalid;
    PathMismatch = "path-mismatch", Invalid;
    InvalidServer = "invalid-server", Invalid;
    InvalidSecurity = "invalid-security", Invalid;
    UnsupportedSchema = "unsupported-schema", Unsupported;
    UnsupportedMediaType = "unsupported-media-type", Unsupported;
    UnknownRequired = "unknown-required", Invalid;
    InvalidItemSchema = "invalid-item-schema", Invalid;
    InvalidEnum = "invalid-enum", Invalid;
    EmptyEnum = "empty-enum", Invalid;
    InvalidDefault = "invalid-default", Invalid;
    InvalidDiscriminator = "invalid-discriminator", Invalid;
    IgnoredMapping = "ignored-mapping", Invalid;
    InvalidBound = "invalid-bound", Invalid;
    NameClash = "name-clash", Unsupported;
    InvalidName = "invalid-name", Invalid;
}

impl Code {
    /// The code with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut codes = Self::ALL.iter().copied();
        codes.find(|code| code.as_str() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
