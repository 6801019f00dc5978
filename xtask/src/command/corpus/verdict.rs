//! The verdict on a description, in a word.
//!
//! ```text
//! refused 2 operations      ok but for them, unless they are denied
//! not generated             nothing can be made of it
//! ```

use std::fmt;

use serde::Serialize;

use serde_json::Value;

use super::Examined;
use super::compilation::{Compilation, Compiler};
use super::generation::Generation;
use crate::output::report::counted;

/// The verdict on a description: the worst that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All of it is generated, and compiles if that was asked.
    Ok,
    /// All but so many operations.
    Refused(usize),
    /// The compiler has errors.
    NotCompiled,
    /// Clippy has warnings, or the compiler has errors.
    NotLinted,
    /// It cannot be read, or nothing can be generated.
    NotGenerated,
    /// The generator ended without a word on the description.
    Crashed,
}

impl Verdict {
    /// The verdict on a description.
    pub fn of(examined: &Examined) -> Self {
        let report = match &examined.generation {
            Generation::Crashed(_) => return Self::Crashed,
            Generation::Refused(_) => return Self::NotGenerated,
            Generation::Done { report, .. } => report,
        };
        match &examined.compilation {
            Some(Compilation {
                compiler,
                complaints,
                ..
            }) if !complaints.is_empty() => match compiler {
                Compiler::Check => Self::NotCompiled,
                Compiler::Clippy => Self::NotLinted,
            },
            _ => match report["left_out"].as_array().map_or(0, Vec::len) {
                0 => Self::Ok,
                count => Self::Refused(count),
            },
        }
    }

    /// True if there is nothing to fix; refused operations count if they are `denied`.
    pub fn is_good(self, denied: bool) -> bool {
        match self {
            Self::Ok => true,
            Self::Refused(_) => !denied,
            Self::NotCompiled | Self::NotLinted | Self::NotGenerated | Self::Crashed => false,
        }
    }

    /// The name for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Refused(_) => "refused",
            Self::NotCompiled => "not-compiled",
            Self::NotLinted => "not-linted",
            Self::NotGenerated => "not-generated",
            Self::Crashed => "crashed",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ok => f.write_str("ok"),
            Self::Refused(count) => {
                write!(f, "refused {}", counted(*count, "operation", "operations"))
            }
            Self::NotCompiled => f.write_str("does not compile"),
            Self::NotLinted => f.write_str("clippy complains"),
            Self::NotGenerated => f.write_str("not generated"),
            Self::Crashed => f.write_str("crashed"),
        }
    }
}

/// Numbers of a description, or of all together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Numbers {
    /// Operations that were generated.
    pub operations: usize,
    /// Operations that cannot be generated.
    pub refused: usize,
    /// Types that were emitted.
    pub types: usize,
    /// Lines that were emitted.
    pub lines: usize,
    /// Values that stay untyped JSON.
    pub untyped: usize,
    /// Warnings.
    pub warnings: usize,
}

impl Numbers {
    /// The numbers of a description of which there is a crate.
    pub fn of(examined: &Examined) -> Option<Self> {
        let Generation::Done { report, lines } = &examined.generation else {
            return None;
        };
        let number = |value: &Value| value.as_u64().and_then(|value| value.try_into().ok());
        let generated = |name: &str| number(&report["generated"][name]).unwrap_or_default();
        let listed = |name: &str| report[name].as_array().map_or(0, Vec::len);
        Some(Self {
            operations: generated("operations"),
            refused: listed("left_out"),
            types: generated("types"),
            lines: *lines,
            untyped: listed("untyped"),
            warnings: listed("diagnostics"),
        })
    }

    /// The sums for all descriptions of which there is a crate.
    pub fn total(examined: &[Examined]) -> Self {
        let all = examined.iter().filter_map(Self::of);
        all.fold(Self::default(), |sum, one| Self {
            operations: sum.operations + one.operations,
            refused: sum.refused + one.refused,
            types: sum.types + one.types,
            lines: sum.lines + one.lines,
            untyped: sum.untyped + one.untyped,
            warnings: sum.warnings + one.warnings,
        })
    }
}
