//! The stable names of failures that are not about a description.
//!
//! ```text
//! error[io]: cannot read `openapi.yml`: No such file or directory (os error 2)   # Code::Io
//! ```

use std::fmt;

/// Declares the codes once: variant, and name in messages. The documentation of each is its
/// explanation.
macro_rules! codes {
    ($($variant:ident = $name:literal;)+) => {
        /// The cause of a failure, by a name that stays the same from version to version.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $(#[doc = include_str!(concat!("explanations/", $name, ".md"))] $variant,)+
        }

        impl Code {
            /// Every code, in the order of declaration.
            pub const ALL: &[Code] = &[$(Code::$variant,)+];

            /// The name as messages and the JSON form write it, in kebab-case.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Code::$variant => $name,)+
                }
            }

            /// The explanation as Markdown: the first line says what went wrong, the rest why,
            /// with an example and advice.
            pub const fn explanation(self) -> &'static str {
                match self {
                    $(Code::$variant => include_str!(concat!("explanations/", $name, ".md")),)+
                }
            }
        }
    };
}

codes! {
    Io = "io";
    Occupied = "occupied";
    NotGenerated = "not-generated";
    InvalidPath = "invalid-path";
    UnexpectedCode = "unexpected-code";
    NoCrateName = "no-crate-name";
    OtherCrateName = "other-crate-name";
    InvalidManifest = "invalid-manifest";
    InvalidSettings = "invalid-settings";
    NoRuntime = "no-runtime";
    NoTarget = "no-target";
    NoOperation = "no-operation";
    NoDescription = "no-description";
    Cargo = "cargo";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
