//! The arguments that say what to generate, and where.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::files::manifest;
use crate::files::runtime::RuntimeSource;

/// The description and the folder of the crate; the settings of the project complete them.
#[derive(Clone, Debug, Default, Args)]
pub struct TargetArguments {
    /// The API description, in `OpenAPI` 3.0, 3.1 or 3.2 [default: the project's]
    #[arg(long, value_name = "FILE", requires = "out")]
    pub spec: Option<PathBuf>,
    /// An overlay, applied in the order given [default: the project's if there is no --spec]
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
    /// An operation to generate [default: all]
    #[arg(long, value_name = "ID")]
    pub operation: Vec<String>,
    /// A tag whose operations to generate, beside those of `--operation`
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Leave out the operations that cannot be generated, and list each with the reason
    #[arg(long)]
    pub skip_unsupported: bool,
    /// The folder of the crate, whose `src` belongs to the generator whole [default: the project's]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The name of the crate in its first Cargo.toml [default: the name of the folder]
    #[arg(long, value_name = "CRATE", value_parser = manifest::valid_name)]
    pub name: Option<String>,
    /// Export everything from the root, instead of a module and a Cargo feature for each group of
    /// operations
    #[arg(long)]
    pub flat: bool,
    /// Write a module of a crate that exists: `mod.rs` and the files beside it, without a
    /// Cargo.toml
    #[arg(long, conflicts_with_all = ["flat", "name", "runtime"])]
    pub module: bool,
    /// Where the first Cargo.toml takes openapi-runtime from: a version, a folder, or the URL of a
    /// git repository
    #[arg(long, value_name = "SOURCE")]
    pub runtime: Option<RuntimeSource>,
    /// Treat these as errors
    #[arg(long, value_enum, value_name = "KIND")]
    pub deny: Option<Deny>,
}

/// Findings that are treated as errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Places where a fallback was taken
    Warnings,
}

impl TargetArguments {
    /// The command that generates, for a POSIX shell.
    pub fn command(&self, program: &str) -> String {
        let path = |path: &PathBuf| path.to_string_lossy().into_owned();
        let spec = self.spec.iter().map(|spec| ("--spec", path(spec)));
        let overlays = self.overlay.iter().map(|file| ("--overlay", path(file)));
        let operations = self.operation.iter().map(|id| ("--operation", id.clone()));
        let tags = self.tag.iter().map(|tag| ("--tag", tag.clone()));
        let out = self.out.iter().map(|out| ("--out", path(out)));
        let name = self.name.iter().map(|name| ("--name", name.clone()));
        let runtime = self.runtime.iter();
        let runtime = runtime.map(|source| ("--runtime", source.to_string()));
        let deny = self.deny.iter();
        let deny = deny.map(|Deny::Warnings| ("--deny", "warnings".to_owned()));
        let options = spec
            .chain(overlays)
            .chain(operations)
            .chain(tags)
            .chain(out)
            .chain(name)
            .chain(runtime)
            .chain(deny);
        let options = options.map(|(option, value)| format!(" {option} {}", quoted(&value)));
        let flags = [
            (self.flat, " --flat"),
            (self.module, " --module"),
            (self.skip_unsupported, " --skip-unsupported"),
        ];
        let flags = flags.into_iter().filter(|(given, _)| *given);
        let words = options.chain(flags.map(|(_, flag)| flag.to_owned()));
        format!("{program} generate{}", words.collect::<String>())
    }
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
