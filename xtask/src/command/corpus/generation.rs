//! The crate of a description, made by `generate` in a process of its own: one that ends badly
//! ends alone.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::process::Command;

use serde_json::Value;

use super::documents::Document;
use super::process::{self, Counted, Printed, Usage};
use crate::error::Error;
use crate::failure::{Action, Failure};
use crate::files::folder::{self, Kind};
use crate::files::place::Place;

/// The result of the generator.
#[derive(Clone, Debug, PartialEq)]
pub enum Generation {
    /// With a crate: what `generate --format json` says of it.
    Done {
        /// The report.
        report: Value,
        /// Lines of all files below `src`.
        lines: usize,
    },
    /// With problems, and nothing else: what `generate --format json` says of them.
    Refused(Value),
    /// Without a report: the last words.
    Crashed(String),
}

/// Generates the crate of a document in a folder, as far as it can be generated, and says what
/// that took.
///
/// # Errors
/// The generator cannot be started.
pub fn start(document: &Document, folder: &Place) -> Result<Usage, Failure> {
    let program = Place::given("xtask".as_ref());
    let program = env::current_exe().map_err(Action::Run.failed(&program))?;
    let mut command = Command::new(program);
    command
        .args(["generate", "--skip-unsupported", "--format", "json"])
        // Each generation takes place, since its cost is measured.
        .env("OPENAPI_RUST_CACHE", "")
        .arg("--spec")
        .arg(document.place.path())
        .arg("--out")
        .arg(folder.path());
    let (_, usage) = process::run(&mut command, &printed(folder), Counted::Alone)?;
    Ok(usage)
}

/// The report of the generator on the crate in a folder.
///
/// # Errors
/// A file that cannot be read.
pub fn result(folder: &Place) -> Result<Generation, Error> {
    let Printed { output, log } = printed(folder);
    let report: Value = match serde_json::from_str(&read(&output)?) {
        Ok(report) => report,
        Err(_) => return Ok(Generation::Crashed(last_words(&read(&log)?))),
    };
    if report["status"] == "error" {
        return Ok(Generation::Refused(report));
    }
    let lines = lines(&folder.join("src".as_ref()))?;
    Ok(Generation::Done { report, lines })
}

fn printed(folder: &Place) -> Printed {
    Printed {
        output: folder.join("generated.json".as_ref()),
        log: folder.join("generated.log".as_ref()),
    }
}

/// The output of a process; bytes that are not UTF-8 are replaced.
pub(super) fn read(place: &Place) -> Result<String, Failure> {
    let bytes = fs::read(place.path()).map_err(Action::Read.failed(place))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The first line that speaks of a panic or an error and the one that follows, or else the first
/// line.
pub(super) fn last_words(log: &str) -> String {
    let lines: Vec<&str> = log.lines().map(str::trim).collect();
    let speaks = |line: &&str| line.starts_with("error") || line.contains("panicked at");
    let words = match lines.iter().position(speaks) {
        Some(position) => &lines[position..lines.len().min(position + 2)],
        None => lines.get(..1).unwrap_or_default(),
    };
    match words.join(" ").trim() {
        "" => "it said nothing".to_owned(),
        words => words.to_owned(),
    }
}

fn lines(src: &Place) -> Result<usize, Failure> {
    let mut lines = 0;
    for (path, kind) in folder::list(src)? {
        if kind == Kind::File && path.extension() == Some(OsStr::new("rs")) {
            lines += read(&src.join(&path))?.lines().count();
        }
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::last_words;

    #[test]
    fn a_log_has_one_reason() {
        let cases = [
            (
                "thread 'main' (7) panicked at a.rs:1:1:\nno lamp\nnote: run with",
                "thread 'main' (7) panicked at a.rs:1:1: no lamp",
            ),
            (
                "thread 'main' (7) has overflowed its stack\nfatal runtime error: stack overflow\n",
                "thread 'main' (7) has overflowed its stack",
            ),
            ("    Checking a\nerror: no lamp", "error: no lamp"),
            ("", "it said nothing"),
        ];
        for (log, words) in cases {
            assert_eq!(last_words(log), words);
        }
    }
}
