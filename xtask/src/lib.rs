//! The command line of the project, and the only part of it that reads and writes files. Nothing
//! here uses the network.
//!
//! ```text
//! $ openapi-rust generate
//! wrote generated/src/types.rs
//! generated: 3 operations, 21 types; 6 files, 1 written, 0 removed
//! untyped JSON: 2 values (listed by `--verbose`)
//! documentation-only keywords: 23 (listed by `--verbose`)
//! ```
//!
//! | module | contents |
//! |---|---|
//! | [`arguments`] | the arguments as typed |
//! | [`files::project`] | the settings of a project |
//! | [`target`] | both together: what to generate, and where |
//! | [`command`] | a module for each command |
//! | [`files`] | descriptions, crates and folders as they are read and written |
//! | [`output`] | results as text, as JSON and as annotations |
//! | [`error`], [`failure`], [`code`] | problems: the cause, the place, the way out |
//!
//! A test that the committed crate is what the description gives takes three lines:
//!
//! ```no_run
//! use openapi_rust::{command::generate::Plan, target::Target};
//!
//! let drift = Plan::new(&Target::of_project()?)?.drift()?;
//! assert!(drift.is_clean(), "{drift}\nto fix it, run: openapi-rust generate");
//! # Ok::<(), openapi_rust::error::Error>(())
//! ```

pub mod arguments;
pub mod code;
pub mod command;
mod environment;
pub mod error;
pub mod failure;
pub mod files;
pub mod output;
pub mod target;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use arguments::{Arguments, Command};
use command::{corpus, diff, explain, generate, operations, problems, slice, update};
pub use environment::Environment;
use output::answer::{Answer, Form};

/// The result of a command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Results.
    pub stdout: String,
    /// Problems, where results are text.
    pub stderr: String,
    /// The exit code.
    pub exit: Exit,
}

/// The exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing to fix.
    Clean = 0,
    /// Something to fix: drift, an error among the problems that were asked for, a breaking
    /// change, or a description of a corpus that gives no crate that compiles.
    Findings = 1,
    /// The command could not be carried out: wrong usage, a problem in the description, a file
    /// that cannot be read or written.
    Error = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs a command line, of which the first argument is the path of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>, environment: &Environment) -> Output {
    let command = Arguments::command().bin_name(&environment.program);
    let parsed = command
        .try_get_matches_from(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let answer = match parsed {
        Ok(Arguments { command }) => answer(&command, environment),
        Err(error) if error.use_stderr() => {
            Answer::new(Form::Problems(error.to_string()), Exit::Error)
        }
        Err(help) => Answer::new(Form::Results(help.to_string()), Exit::Clean),
    };
    answer.print(environment)
}

fn answer(command: &Command, environment: &Environment) -> Answer {
    match command {
        Command::Generate(arguments) => generate::run(arguments, environment),
        Command::Operations(arguments) => operations::run(arguments, environment),
        Command::Problems(arguments) => problems::run(arguments, environment),
        Command::Update(arguments) => update::run(arguments, environment),
        Command::Diff(arguments) => diff::run(arguments, environment),
        Command::Slice(arguments) => slice::run(arguments, environment),
        Command::Corpus(arguments) => corpus::run(arguments, environment),
        Command::Explain(arguments) => explain::run(arguments, environment),
    }
}
