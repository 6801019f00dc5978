//! The errors of the compiler for an emitted crate, and its cost: with warnings as errors, from
//! nothing, and without what it would keep for the next time.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs::File;
use std::process::Command;
use std::time::SystemTime;

use serde_json::Value;

use super::documents::Document;
use super::generation::{last_words, read};
use super::process::{self, Counted, Printed, Usage};
use super::workspace::Workspace;
use crate::failure::{Action, Failure};
use crate::files::place::Place;

/// Who reads the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compiler {
    /// `cargo check`.
    Check,
    /// `cargo clippy`.
    Clippy,
}

impl Compiler {
    /// The subcommand of Cargo.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Clippy => "clippy",
        }
    }
}

/// The result of the compiler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compilation {
    /// Who it was.
    pub compiler: Compiler,
    /// The cost.
    pub usage: Usage,
    /// Its errors, the most frequent first.
    pub complaints: Vec<Complaint>,
}

/// An error of the compiler, perhaps at many places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The code of an error or the name of a lint, if it has one.
    pub code: Option<String>,
    /// Of how many places it is said.
    pub count: usize,
    /// The message at the first place.
    pub message: String,
    /// File, line and column of the first.
    pub first: Option<(String, u64, u64)>,
}

/// Compiles what all crates depend on, which is not part of what one takes.
///
/// # Errors
/// Cargo cannot be started, or fails: then its errors would say nothing about a crate.
pub fn prepare(compiler: Compiler, workspace: &Workspace) -> Result<(), Failure> {
    let printed = printed(workspace.folder());
    let mut command = cargo(compiler, "openapi-runtime", workspace);
    let (status, _) = process::run(&mut command, &printed, Counted::Family)?;
    if status.success() {
        return Ok(());
    }
    let complaint = complaints(&read(&printed.output)?, workspace.folder());
    let said = complaint.into_iter().next().map(|first| first.message);
    let said = said.map_or_else(|| read(&printed.log).map(|log| last_words(&log)), Ok)?;
    Err(Failure::Cargo(said))
}

/// Compiles the crate of a document, and says whether that went well and what it took.
///
/// # Errors
/// Cargo cannot be started.
pub fn start(
    compiler: Compiler,
    document: &Document,
    workspace: &Workspace,
) -> Result<(bool, Usage), Failure> {
    let folder = workspace.crate_of(document);
    touch(&folder.join("src/lib.rs".as_ref()))?;
    let mut command = cargo(compiler, &document.name, workspace);
    let (status, usage) = process::run(&mut command, &printed(&folder), Counted::Family)?;
    Ok((status.success(), usage))
}

/// The messages of the compiler on a crate.
///
/// # Errors
/// A file that cannot be read.
pub fn result(
    (compiler, succeeded, usage): (Compiler, bool, Usage),
    document: &Document,
    workspace: &Workspace,
) -> Result<Compilation, Failure> {
    let Printed { output, log } = printed(&workspace.crate_of(document));
    let mut complaints = Vec::new();
    if !succeeded {
        complaints = self::complaints(&read(&output)?, workspace.folder());
    }
    if !succeeded && complaints.is_empty() {
        complaints.push(Complaint {
            code: None,
            count: 1,
            message: last_words(&read(&log)?),
            first: None,
        });
    }
    Ok(Compilation {
        compiler,
        usage,
        complaints,
    })
}

/// A crate that has been compiled counts as changed from now on.
fn touch(place: &Place) -> Result<(), Failure> {
    let file = File::options().append(true).open(place.path());
    let touched = file.and_then(|file| file.set_modified(SystemTime::now()));
    touched.map_err(Action::Write.failed(place))
}

fn cargo(compiler: Compiler, package: &str, workspace: &Workspace) -> Command {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command
        .args([compiler.as_str(), "--message-format", "json", "--package"])
        .arg(package)
        .current_dir(workspace.folder().path())
        .env("CARGO_TARGET_DIR", "target")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never");
    command
}

fn printed(folder: &Place) -> Printed {
    Printed {
        output: folder.join("compiled.json".as_ref()),
        log: folder.join("compiled.log".as_ref()),
    }
}

/// The errors among the messages, which are one JSON object on each line.
fn complaints(messages: &str, folder: &Place) -> Vec<Complaint> {
    let messages = messages.lines().map(serde_json::from_str::<Value>);
    let messages = messages.filter_map(Result::ok);
    let messages = messages.filter(|message| message["reason"] == "compiler-message");
    let mut found: BTreeMap<Option<String>, Complaint> = BTreeMap::new();
    for message in messages {
        let message = &message["message"];
        let text = message["message"].as_str().unwrap_or_default();
        let is_error = message["level"]
            .as_str()
            .is_some_and(|level| level.starts_with("error"));
        if !is_error || text.starts_with("aborting due to") {
            continue;
        }
        let code = message["code"]["code"].as_str().map(str::to_owned);
        let complaint = found.entry(code.clone()).or_insert_with(|| Complaint {
            code,
            count: 0,
            message: text.to_owned(),
            first: place(message, folder),
        });
        complaint.count += 1;
    }
    let mut complaints: Vec<Complaint> = found.into_values().collect();
    complaints.sort_by_key(|complaint| std::cmp::Reverse(complaint.count));
    complaints
}

fn place(message: &Value, folder: &Place) -> Option<(String, u64, u64)> {
    let spans = message["spans"].as_array()?;
    let span = spans.iter().find(|span| span["is_primary"] == true)?;
    let file = folder.join(span["file_name"].as_str()?.as_ref());
    let number = |name| span[name].as_u64();
    Some((
        file.to_string(),
        number("line_start")?,
        number("column_start")?,
    ))
}
