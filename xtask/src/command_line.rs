//! What can be typed.
//!
//! ```
//! use clap::Parser;
//! use xtask::command_line::{Arguments, Command};
//!
//! let typed = ["xtask", "generate", "--check", "--operation", "createImageEdit", "--out", "my client"];
//! let Command::Generate(arguments) = Arguments::try_parse_from(typed)?.command else { unreachable!() };
//! assert_eq!(
//!     arguments.target.command(),
//!     "cargo xtask generate --operation createImageEdit --out 'my client'",
//! );
//! # Ok::<(), clap::Error>(())
//! ```

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use openapi_codegen::Layout;

use crate::corpus::arguments::CorpusArguments;
use crate::manifest;
use crate::place::Place;

/// Generates and checks Rust clients of API descriptions
///
/// Exit codes: 0 clean, 1 something to fix (drift, problems), 2 could not tell (usage, description, files).
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", verbatim_doc_comment)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
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
    /// Take in a new revision: slice it, apply the overlays, tell what has changed, and generate
    Update(UpdateArguments),
    /// Tell what has changed from one description to another, and what it breaks
    Diff(DiffArguments),
    /// Generate the crates of many descriptions, and tell what becomes of each and what it takes
    Corpus(CorpusArguments),
    /// Tell the long story of a code: why, an example, the way out
    Explain(ExplainArguments),
}

/// Arguments of `generate`.
#[derive(Clone, Debug, Args)]
pub struct GenerateArguments {
    /// Write nothing, and fail if there is something to write
    #[arg(long)]
    check: bool,
    /// Leave out the operations that cannot be generated, and list each with the reason
    #[arg(long)]
    pub skip_unsupported: bool,
    /// List what is only counted otherwise: untyped values, documentation-only keywords and warnings, each with its place
    #[arg(short, long)]
    pub verbose: bool,
    /// From what, and where to.
    #[command(flatten)]
    pub target: Target,
    /// How results are printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

impl GenerateArguments {
    /// Whether to write.
    pub fn mode(&self) -> Mode {
        if self.check { Mode::Check } else { Mode::Write }
    }

    /// The command that writes what is missing or stale, for a POSIX shell.
    pub fn command(&self) -> String {
        let skip = if self.skip_unsupported {
            " --skip-unsupported"
        } else {
            ""
        };
        self.target.command() + skip
    }
}

/// What becomes of the difference between what is in the folder and what should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The folder is changed.
    Write,
    /// The difference is shown.
    Check,
}

/// What to generate from, and where to; without arguments, the client of the project itself.
#[derive(Clone, Debug, Default, Args)]
pub struct Target {
    /// The API description, in `OpenAPI` 3.0, 3.1 or 3.2 [default: spec/openapi.yaml of the project]
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,
    /// An overlay, applied in the order given [default: spec/overlay.yaml of the project if there is no --spec]
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
    /// An operation to generate [default: all]
    #[arg(long, value_name = "ID")]
    pub operation: Vec<String>,
    /// A tag whose operations to generate, beside those of `--operation`
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// The folder of the crate, whose `src` belongs to the generator whole [default: generated of the project]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The name of the crate in its first Cargo.toml [default: the name of the folder]
    #[arg(long, value_name = "CRATE", value_parser = manifest::valid_name)]
    pub name: Option<String>,
    /// Export everything from the root, instead of a module and a Cargo feature for each group of operations
    #[arg(long)]
    pub flat: bool,
    /// Treat these as errors
    #[arg(long, value_enum, value_name = "WHAT")]
    pub deny: Option<Deny>,
}

/// What is treated as errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Places where a fallback was taken
    Warnings,
}

impl Target {
    /// The description.
    pub fn description(&self) -> Place {
        self.spec
            .as_deref()
            .map_or_else(|| Place::of_project("spec/openapi.yaml"), Place::given)
    }

    /// The overlays, in the order in which they are applied.
    pub fn overlays(&self) -> Vec<Place> {
        if self.spec.is_none() && self.overlay.is_empty() {
            vec![Place::of_project("spec/overlay.yaml")]
        } else {
            self.overlay.iter().map(|path| Place::given(path)).collect()
        }
    }

    /// How the items of the crate are spread over modules.
    pub fn layout(&self) -> Layout {
        layout(self.flat)
    }

    /// The folder of the crate.
    pub fn out(&self) -> Place {
        self.out
            .as_deref()
            .map_or_else(|| Place::of_project("generated"), Place::given)
    }

    /// The command that generates, for a POSIX shell.
    pub fn command(&self) -> String {
        let path = |path: &PathBuf| path.to_string_lossy().into_owned();
        let spec = self.spec.iter().map(|spec| ("--spec", path(spec)));
        let overlays = self.overlay.iter().map(|file| ("--overlay", path(file)));
        let operations = self.operation.iter().map(|id| ("--operation", id.clone()));
        let tags = self.tag.iter().map(|tag| ("--tag", tag.clone()));
        let out = self.out.iter().map(|out| ("--out", path(out)));
        let name = self.name.iter().map(|name| ("--name", name.clone()));
        let deny = self.deny.iter();
        let deny = deny.map(|Deny::Warnings| ("--deny", "warnings".to_owned()));
        let options = spec
            .chain(overlays)
            .chain(operations)
            .chain(tags)
            .chain(out)
            .chain(name)
            .chain(deny);
        let flat = if self.flat { " --flat" } else { "" };
        let words = options.map(|(option, value)| format!(" {option} {}", quoted(&value)));
        format!("cargo xtask generate{}{flat}", words.collect::<String>())
    }
}

/// The layout with and without `--flat`.
fn layout(flat: bool) -> Layout {
    if flat { Layout::Flat } else { Layout::Groups }
}

/// A word as a POSIX shell reads it back.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Arguments that `operations` and `problems` share.
#[derive(Clone, Debug, Args)]
pub struct DescriptionArguments {
    /// The API description, in `OpenAPI` 3.0, 3.1 or 3.2
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    /// An overlay, applied in the order given
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// How results are printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

impl DescriptionArguments {
    /// The description.
    pub fn description(&self) -> Place {
        Place::given(&self.spec)
    }

    /// The overlays, in the order in which they are applied.
    pub fn overlays(&self) -> Vec<Place> {
        self.overlay.iter().map(|path| Place::given(path)).collect()
    }
}

/// Arguments of `operations`.
#[derive(Clone, Debug, Args)]
pub struct OperationsArguments {
    /// The value that is looked at.
    #[command(flatten)]
    pub description: DescriptionArguments,
    /// A tag whose operations to list [default: all]
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
}

/// Arguments of `problems`.
#[derive(Clone, Debug, Args)]
pub struct ProblemsArguments {
    /// The value that is looked at.
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
    /// An overlay as it was for the revision before, if it has been edited for this one [default: the overlays as they are]
    #[arg(long, value_name = "FILE")]
    overlay_before: Vec<PathBuf>,
    /// Where its slice is kept, and what is made of it.
    #[command(flatten)]
    pub target: Target,
    /// How results are printed
    #[arg(long, value_enum, default_value_t)]
    pub format: DiffFormat,
}

impl UpdateArguments {
    /// The overlays of the revision before.
    pub fn overlays_before(&self) -> Vec<Place> {
        if self.overlay_before.is_empty() {
            return self.target.overlays();
        }
        let overlays = self.overlay_before.iter();
        overlays.map(|path| Place::given(path)).collect()
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
    /// An overlay, applied to both in the order given; an action that matches only one of them is left out of the other
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// An operation to compare [default: all]
    #[arg(long, value_name = "ID")]
    pub operation: Vec<String>,
    /// A tag whose operations to compare, in each description those that have it, beside those of `--operation`
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Compare the crates that are generated with `--flat`
    #[arg(long)]
    flat: bool,
    /// How results are printed
    #[arg(long, value_enum, default_value_t)]
    pub format: DiffFormat,
}

impl DiffArguments {
    /// How the items of both crates are spread over modules.
    pub fn layout(&self) -> Layout {
        layout(self.flat)
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

/// How differences are printed.
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

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: results on the standard output, problems on the standard error
    #[default]
    Text,
    /// For programs: one object on the standard output, problems included
    Json,
}
