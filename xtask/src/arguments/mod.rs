//! The arguments of the command line, as they were typed.
//!
//! ```
//! use clap::Parser;
//! use openapi_rust::arguments::{Arguments, Command};
//!
//! let typed = ["openapi-rust", "generate", "--check", "--tag", "Images", "--out", "my client"];
//! let Command::Generate(arguments) = Arguments::try_parse_from(typed)?.command else { unreachable!() };
//! assert_eq!(
//!     arguments.target.command("openapi-rust"),
//!     "openapi-rust generate --tag Images --out 'my client'",
//! );
//! # Ok::<(), clap::Error>(())
//! ```

mod target;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use openapi_codegen::Layout;

use crate::command::corpus::arguments::CorpusArguments;
use crate::failure::Failure;
use crate::files::place::Place;
use crate::files::project::Project;
pub use target::{Deny, TargetArguments};

/// Generates and checks Rust clients of API descriptions
///
/// Exit codes: 0 clean, 1 something to fix (drift, problems, breaking changes), 2 error (usage,
/// description, files).
#[derive(Debug, Parser)]
#[command(name = "openapi-rust", version, verbatim_doc_comment)]
pub struct Arguments {
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the source of a client crate, or check that it is as it would be written
    Generate(GenerateArguments),
    /// List the operations of a description
    Operations(OperationsArguments),
    /// List every problem of a description, whether or not an operation reaches it
    Problems(ProblemsArguments),
    /// Write the part of a description that some operations need
    Slice(SliceArguments),
    /// Take in a new revision: slice it, apply the overlays, report what changed, and generate
    Update(UpdateArguments),
    /// Report what changed from one description to another, and what it breaks
    Diff(DiffArguments),
    /// Generate the crates of many descriptions, and report the result and the cost of each
    Corpus(CorpusArguments),
    /// Explain a code: the reason, an example, the way out
    Explain(ExplainArguments),
}

/// Arguments of `generate`.
#[derive(Clone, Debug, Args)]
pub struct GenerateArguments {
    /// Write nothing, and fail if there is something to write
    #[arg(long)]
    check: bool,
    /// List what is only counted otherwise: untyped values, documentation-only keywords and
    /// warnings, each with its place
    #[arg(short, long)]
    pub verbose: bool,
    /// The description and the folder of the crate.
    #[command(flatten)]
    pub target: TargetArguments,
    /// The form of the results
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

impl GenerateArguments {
    /// Write or check.
    pub fn mode(&self) -> Mode {
        if self.check { Mode::Check } else { Mode::Write }
    }
}

/// Treatment of a difference between a folder and the files that belong there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The folder is changed.
    Write,
    /// The difference is shown.
    Check,
}

/// Arguments that `operations` and `problems` share.
#[derive(Clone, Debug, Args)]
pub struct DescriptionArguments {
    /// The API description, in `OpenAPI` 3.0, 3.1 or 3.2 [default: the project's]
    #[arg(value_name = "SPEC")]
    spec: Option<PathBuf>,
    /// An overlay, applied in the order given [default: the project's if there is no SPEC]
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// The form of the results
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

impl DescriptionArguments {
    /// The description and its overlays, in the order in which they are applied.
    ///
    /// # Errors
    /// No description: none was given, and the project has none.
    pub fn resolve(&self, project: &Project) -> Result<(Place, Vec<Place>), Failure> {
        project.description(self.spec.as_deref(), &self.overlay)
    }
}

/// Arguments of `operations`.
#[derive(Clone, Debug, Args)]
pub struct OperationsArguments {
    /// The description.
    #[command(flatten)]
    pub description: DescriptionArguments,
    /// A tag whose operations to list [default: all]
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
}

/// Arguments of `problems`.
#[derive(Clone, Debug, Args)]
pub struct ProblemsArguments {
    /// The description.
    #[command(flatten)]
    pub description: DescriptionArguments,
    /// Treat these as errors
    #[arg(long, value_enum, value_name = "WHAT")]
    pub deny: Option<Deny>,
}

/// Arguments of `slice`.
#[derive(Clone, Debug, Args)]
pub struct SliceArguments {
    /// The API description, in `OpenAPI` 3.0, 3.1 or 3.2
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    /// An operation to keep, with all that it refers to
    #[arg(long, value_name = "ID", required_unless_present = "tag")]
    pub operation: Vec<String>,
    /// A tag whose operations to keep, beside those of `--operation`
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Where the part is written [default: the standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl SliceArguments {
    /// The description.
    pub fn description(&self) -> Place {
        Place::given(&self.spec)
    }

    /// Where the part is written; the standard output if there is none.
    pub fn output(&self) -> Option<Place> {
        self.output.as_deref().map(Place::given)
    }
}

/// Arguments of `update`.
#[derive(Clone, Debug, Args)]
pub struct UpdateArguments {
    /// The whole API description, in its new revision
    #[arg(value_name = "SPEC")]
    new: PathBuf,
    /// An overlay as it was for the revision before, if it has been edited for this one
    /// [default: the overlays as they are]
    #[arg(long, value_name = "FILE")]
    overlay_before: Vec<PathBuf>,
    /// Where its slice is kept, and what is generated from it.
    #[command(flatten)]
    pub target: TargetArguments,
    /// The form of the results
    #[arg(long, value_enum, default_value_t)]
    pub format: DiffFormat,
}

impl UpdateArguments {
    /// The overlays of the revision before, if they are other ones.
    pub fn overlays_before(&self) -> Option<Vec<Place>> {
        let overlays = self.overlay_before.iter().map(|path| Place::given(path));
        (!self.overlay_before.is_empty()).then(|| overlays.collect())
    }

    /// The whole description.
    pub fn new_revision(&self) -> Place {
        Place::given(&self.new)
    }
}

/// Arguments of `diff`.
#[derive(Clone, Debug, Args)]
pub struct DiffArguments {
    /// The API description before the change
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The API description after it
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// An overlay, applied to both in the order given; an action that matches only one of them is
    /// left out of the other
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// An operation to compare [default: all]
    #[arg(long, value_name = "ID")]
    pub operation: Vec<String>,
    /// A tag whose operations to compare, in each description those that have it, beside those of
    /// `--operation`
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Compare the crates that are generated with `--flat`
    #[arg(long)]
    flat: bool,
    /// The form of the results
    #[arg(long, value_enum, default_value_t)]
    pub format: DiffFormat,
}

impl DiffArguments {
    /// The layout of both crates, in a project with this one.
    pub fn layout(&self, of_project: Option<Layout>) -> Layout {
        if self.flat {
            Layout::Flat
        } else {
            of_project.unwrap_or_default()
        }
    }

    /// The descriptions, the old one first.
    pub fn descriptions(&self) -> [Place; 2] {
        [&self.old, &self.new].map(|path| Place::given(path))
    }

    /// The overlays, in the order in which they are applied.
    pub fn overlays(&self) -> Vec<Place> {
        self.overlay.iter().map(|path| Place::given(path)).collect()
    }
}

/// The form of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people: changes on the standard output, problems on the standard error
    #[default]
    Text,
    /// For programs: one object on the standard output, problems included
    Json,
    /// For a changelog
    Markdown,
}

/// Arguments of `explain`.
#[derive(Clone, Debug, Args)]
pub struct ExplainArguments {
    /// The code, as in `error[CODE]` [default: lists all codes]
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// The form of the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: results on the standard output, problems on the standard error
    #[default]
    Text,
    /// For programs: one object on the standard output, problems included
    Json,
}
