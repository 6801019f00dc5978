//! Errors of a run: what went wrong, where, the way out, and where to read on.
//!
//! ```text
//! error[io]: cannot read `openapi.yml`: No such file or directory (os error 2)
//!   = help: check the path, and that the file is UTF-8 text that you may read
//!
//! for more, run: openapi-rust explain io
//! ```

use std::collections::BTreeMap;

use openapi_codegen::diagnostic::{Diagnostics, Severity};
use serde_json::{Value, json};
use thiserror::Error;

use crate::command::explain;
use crate::command::problems;
use crate::failure::Failure;
use crate::output::github::Annotation;

/// A run that could not be finished; nothing was written.
#[derive(Debug, Error)]
pub enum Error {
    /// Problems in a description or an overlay.
    #[error(transparent)]
    Document(#[from] Diagnostics),
    /// Anything else.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl Error {
    /// The text form, which ends in a line break; `color` adds ANSI escape sequences. `program` is
    /// the command that hints name.
    pub fn render(&self, program: &str, color: bool) -> String {
        match self {
            Self::Document(diagnostics) => {
                let codes = diagnostics
                    .iter()
                    .map(|diagnostic| diagnostic.code.as_str());
                format!(
                    "{}\n\n{}",
                    diagnostics.render(color),
                    explain::hint(program, codes)
                )
            }
            Self::Failure(failure) => {
                let (code, help) = (failure.code(), failure.help());
                let hint = explain::hint(program, [code.as_str()]);
                format!("error[{code}]: {failure}\n  = help: {help}\n\n{hint}")
            }
        }
    }

    /// The JSON form: an array of objects with `code`, `severity`, `file`, `line`, `column`,
    /// `pointer`, `message`,
    /// `assumed` and `help`, of which those that make no sense are null.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Document(diagnostics) => diagnostics.to_json(),
            Self::Failure(failure) => json!([{
                "code": failure.code().as_str(),
                "severity": Severity::Error.as_str(),
                "file": failure.place().map(ToString::to_string),
                "line": null,
                "column": null,
                "pointer": null,
                "message": failure.to_string(),
                "assumed": null,
                "help": failure.help(),
            }]),
        }
    }

    /// Number of problems by code.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        match self {
            Self::Document(diagnostics) => problems::counts(diagnostics),
            Self::Failure(failure) => BTreeMap::from([(failure.code().as_str(), 1)]),
        }
    }

    /// One for each problem.
    pub fn annotations(&self) -> Vec<Annotation> {
        match self {
            Self::Document(diagnostics) => Annotation::of_problems(diagnostics),
            Self::Failure(failure) => vec![Annotation::of_failure(failure)],
        }
    }
}
