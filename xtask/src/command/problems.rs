//! Every problem of a description, whether or not an operation reaches it, as text and as JSON.
//!
//! ```text
//! 26 problems: 17 faults of the description, 9 things that are not supported
//!   17  name-clash
//!    9  unsupported-schema
//!
//! for more, run: openapi-rust explain CODE
//! ```
//!
//! ```json
//! {"status": "problems", "counts": {"name-clash": 17, "unsupported-schema": 9}, "diagnostics": []}
//! ```
//!
//! `status` is `clean`, `warnings` (and nothing worse), `problems` or `error`.

use std::collections::BTreeMap;

use openapi_codegen::diagnostic::{Diagnostic, Diagnostics, Kind};
use serde_json::{Value, json};

use crate::arguments::{Format, ProblemsArguments};
use crate::command::explain;
use crate::command::generate::judged;
use crate::error::Error;
use crate::failure::Failure;
use crate::files::input;
use crate::files::project::Project;
use crate::output::answer::{Answer, Form};
use crate::output::github::Annotation;
use crate::{Environment, Exit};

/// Runs `problems`.
pub fn run(arguments: &ProblemsArguments, environment: &Environment) -> Answer {
    let format = arguments.description.format;
    let problems = match checked(arguments) {
        Ok(problems) => problems,
        Err(failure) => {
            let rest = (format == Format::Json).then(|| json!({"counts": {}}));
            return Answer::failed(&failure.into(), rest, environment);
        }
    };
    let is_error = problems.iter().any(Diagnostic::is_error);
    let (status, exit) = if is_error {
        ("problems", Exit::Findings)
    } else if problems.is_empty() {
        ("clean", Exit::Clean)
    } else {
        ("warnings", Exit::Clean)
    };
    let form = match format {
        Format::Json => Form::Json(json(status, &problems)),
        Format::Text if problems.is_empty() => Form::Results("no problems\n".to_owned()),
        Format::Text => Form::Results(text(&problems, environment)),
    };
    Answer {
        form,
        annotations: Annotation::of_problems(&problems),
        exit,
    }
}

/// All that is found, errors and warnings.
///
/// # Errors
/// A file that cannot be read.
fn checked(arguments: &ProblemsArguments) -> Result<Diagnostics, Failure> {
    let (description, overlays) = arguments.description.resolve(&Project::find()?)?;
    let checked = input::read(&description, &overlays).map(|input| {
        let found = openapi_codegen::check(&input.document);
        found.unwrap_or_else(|errors| errors).and(input.warnings)
    });
    match checked {
        Ok(problems) | Err(Error::Document(problems)) => Ok(judged(problems, arguments.deny)),
        Err(Error::Failure(failure)) => Err(failure),
    }
}

/// Number of problems by code.
pub fn counts(diagnostics: &Diagnostics) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        *counts.entry(diagnostic.code.as_str()).or_default() += 1;
    }
    counts
}

fn text(diagnostics: &Diagnostics, environment: &Environment) -> String {
    let program = &environment.program;
    let hint = match counts(diagnostics).keys().collect::<Vec<_>>()[..] {
        [code] => explain::hint(program, [*code]),
        // The codes are in the lines above.
        _ => explain::hint(program, ["CODE"]),
    };
    format!(
        "{}\n\n{}\n{}\n{hint}",
        diagnostics.render(environment.stdout_color),
        summary(diagnostics),
        by_code(diagnostics),
    )
}

/// A line for each code with how often it is there, the most frequent first.
pub fn by_code(diagnostics: &Diagnostics) -> String {
    let mut counts: Vec<_> = counts(diagnostics).into_iter().collect();
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let width = counts.first().map_or(0, |(_, most)| most.to_string().len());
    let lines = counts
        .iter()
        .map(|(code, count)| format!("  {count:width$}  {code}\n"));
    lines.collect()
}

fn summary(diagnostics: &Diagnostics) -> String {
    let all = diagnostics.iter().len();
    let errors = || {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
    };
    let of_kind = |kind| errors().filter(|error| error.code.kind() == kind).count();
    let parts = [
        counted(
            of_kind(Kind::Invalid),
            "fault of the description",
            "faults of the description",
        ),
        counted(
            of_kind(Kind::Unsupported),
            "thing that is not supported",
            "things that are not supported",
        ),
        counted(all - errors().count(), "warning", "warnings"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let problems = if all == 1 { "problem" } else { "problems" };
    format!("{all} {problems}: {}", parts.join(", "))
}

/// A number with its noun, if there are any.
fn counted(count: usize, one: &str, more: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {more}")),
    }
}

fn json(status: &str, problems: &Diagnostics) -> Value {
    json!({"status": status, "counts": counts(problems), "diagnostics": problems.to_json()})
}
