//! The command line of the project, and the only place of it that reads and writes files. Nothing here uses the
//! network.
//!
//! ```text
//! $ cargo xtask generate
//! wrote generated/src/types.rs
//! generated: 3 operations, 21 types; 6 files, 1 written, 0 removed
//! untyped JSON: 2 values (listed by `--verbose`)
//! documentation-only keywords: 23 (listed by `--verbose`)
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | [`command_line`] | what can be typed, and the command that fixes a drift |
//! | [`place`] | a path, and how messages call it |
//! | [`input`] | a description with its overlays |
//! | [`mod@slice`] | the part of a description that some operations need |
//! | [`generate`] | what a folder should hold |
//! | [`mod@diff`], [`comparison`] | what has changed from one description to another |
//! | [`update`], [`revision`], [`record`] | takes in a new revision and reports what it changes |
//! | [`corpus`] | what becomes of many descriptions |
//! | [`manifest`] | the name of the emitted crate, and its first `Cargo.toml` |
//! | [`drift`] | how a folder differs from what it should hold |
//! | [`folder`] | lists and changes a folder, and never leaves it |
//! | [`report`], [`left_out`], [`noted`], [`operations`], [`problems`], [`table`] | results as text and as JSON |
//! | [`error`], [`failure`], [`code`], [`explain`] | what went wrong, in short and at length |
//! | [`answer`], [`github`] | what of it is printed where |
//!
//! A test that the committed crate is what the description gives takes three lines:
//!
//! ```no_run
//! use xtask::{command_line::Target, generate::Plan};
//!
//! let target = Target::default();
//! let drift = Plan::new(&target)?.drift()?;
//! assert!(drift.is_clean(), "{drift}\nto fix it, run: {}", target.command());
//! # Ok::<(), xtask::error::Error>(())
//! ```

pub mod answer;
pub mod code;
pub mod command_line;
pub mod comparison;
pub mod corpus;
pub mod diff;
pub mod drift;
pub mod error;
pub mod explain;
pub mod failure;
pub mod features;
pub mod folder;
pub mod generate;
pub mod github;
pub mod input;
pub mod left_out;
pub mod manifest;
pub mod noted;
pub mod operations;
pub mod place;
pub mod problems;
pub mod record;
pub mod report;
pub mod revision;
pub mod slice;
pub mod table;
pub mod update;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use answer::{Answer, Form};
use command_line::{Arguments, Command};
use github::Token;

/// What a run of the command line comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Results.
    pub stdout: String,
    /// Problems, where results are text.
    pub stderr: String,
    /// How it ended.
    pub exit: Exit,
}

/// How a run ended; the number is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is as it should be.
    Clean = 0,
    /// There is something to fix: the folder is not what the description gives, the problems of a description were
    /// asked for and there is an error among them, or a description of a corpus gives no crate that compiles.
    Mend = 1,
    /// There is no telling: wrong usage, a problem in the description, a file that cannot be read or written.
    Unknown = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Where a run is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// Whether text on the standard output may have ANSI escape sequences.
    pub stdout_color: bool,
    /// Whether text on the standard error may have ANSI escape sequences.
    pub stderr_color: bool,
    /// In a step of GitHub Actions, all text is printed to the standard output, in a form that is safe there.
    pub github: Option<Token>,
}

/// Runs a command line, of which the first argument is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>, terminal: &Terminal) -> Output {
    let answer = match Arguments::try_parse_from(arguments) {
        Ok(Arguments { command }) => match command {
            Command::Generate(arguments) => generate::run(&arguments, terminal),
            Command::Operations(arguments) => operations::run(&arguments, terminal),
            Command::Problems(arguments) => problems::run(&arguments, terminal),
            Command::Update(arguments) => update::run(&arguments, terminal),
            Command::Diff(arguments) => diff::run(&arguments, terminal),
            Command::Slice(arguments) => slice::run(&arguments, terminal),
            Command::Corpus(arguments) => corpus::run(&arguments, terminal),
            Command::Explain(arguments) => explain::run(&arguments),
        },
        Err(error) if error.use_stderr() => {
            Answer::new(Form::Problems(error.to_string()), Exit::Unknown)
        }
        Err(help) => Answer::new(Form::Results(help.to_string()), Exit::Clean),
    };
    answer.print(terminal)
}
