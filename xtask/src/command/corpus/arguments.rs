//! The arguments of `corpus`.
//!
//! ```text
//! openapi-rust corpus descriptions lamps.yaml --lint --deny refused
//! ```

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::compilation::Compiler;
use crate::arguments::Format;
use crate::files::place::Place;

/// Arguments of `corpus`.
#[derive(Clone, Debug, Args)]
pub struct CorpusArguments {
    /// A description, or a folder of descriptions (*.yaml, *.yml, *.json)
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Compile each crate with `cargo check`, warnings denied
    #[arg(long)]
    compile: bool,
    /// Compile each crate with `cargo clippy` instead, warnings denied
    #[arg(long)]
    lint: bool,
    /// Treat these as something to fix
    #[arg(long, value_enum, value_name = "WHAT")]
    pub deny: Option<Deny>,
    /// The folder that the crates are written to and compiled in
    /// [default: corpus in the target folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The form of the results
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Findings that are treated as errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Operations that cannot be generated
    Refused,
}

impl CorpusArguments {
    /// Descriptions, and folders of them.
    pub fn paths(&self) -> Vec<Place> {
        self.paths.iter().map(|path| Place::given(path)).collect()
    }

    /// The folder of the crates, if one is given.
    pub fn out(&self) -> Option<Place> {
        self.out.as_deref().map(Place::given)
    }

    /// Who compiles the crates, if anyone does.
    pub fn compiler(&self) -> Option<Compiler> {
        match (self.compile, self.lint) {
            (_, true) => Some(Compiler::Clippy),
            (true, false) => Some(Compiler::Check),
            (false, false) => None,
        }
    }
}
