//! Every problem of a description, whether or not an operation reaches it, as text and as JSON.
//!
//! ```text
//! 268 problems: 17 faults of the description, 251 things that are not supported
//!   251  unsupported-keyword
//!    17  name-clash
//!
//! for more, run: cargo xtask explain CODE
//! ```
//!
//! ```json
//! {"status": "problems", "counts": {"name-clash": 17, "unsupported-keyword": 251}, "diagnostics": []}
//! ```
//!
//! `status` is `clean`, `problems` or `error`.

use std::collections::BTreeMap;

use openapi_codegen::diagnostic::{Diagnostics, Kind};
use serde_json::{Value, json};

use crate::answer::{Answer, Form};
use crate::command_line::{DescriptionArguments, Format};
use crate::error::Error;
use crate::{Exit, Terminal};
use crate::{explain, input};

/// Runs `cargo xtask problems`.
pub fn run(arguments: &DescriptionArguments, terminal: &Terminal) -> Answer {
    let document = input::read(&arguments.description(), &arguments.overlays());
    let checked = document.and_then(|document| Ok(openapi_codegen::check(&document)?));
    let (status, exit) = match &checked {
        Ok(()) => ("clean", Exit::Clean),
        Err(Error::Document(_)) => ("problems", Exit::Mend),
        Err(Error::Failure(_)) => ("error", Exit::Unknown),
    };
    let form = match (arguments.format, &checked) {
        (Format::Json, checked) => Form::Json(json(status, checked)),
        (Format::Text, Ok(())) => Form::Results("no problems\n".to_owned()),
        (Format::Text, Err(Error::Document(diagnostics))) => {
            Form::Results(text(diagnostics, terminal.stdout_color))
        }
        (Format::Text, Err(error)) => Form::Problems(error.render(terminal.stderr_color)),
    };
    let annotations = checked.err().map(|error| error.annotations());
    Answer {
        form,
        annotations: annotations.unwrap_or_default(),
        exit,
    }
}

/// How often each code is there.
fn counts(diagnostics: &Diagnostics) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        *counts.entry(diagnostic.code.as_str()).or_default() += 1;
    }
    counts
}

fn text(diagnostics: &Diagnostics, color: bool) -> String {
    let mut counts: Vec<_> = counts(diagnostics).into_iter().collect();
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let width = counts.first().map_or(0, |(_, most)| most.to_string().len());
    let lines = counts
        .iter()
        .map(|(code, count)| format!("  {count:width$}  {code}\n"));
    let hint = match counts[..] {
        [(code, _)] => explain::hint([code]),
        // The codes are in the lines above.
        _ => explain::hint(["CODE"]),
    };
    format!(
        "{}\n\n{}\n{}\n{hint}",
        diagnostics.render(color),
        summary(diagnostics),
        lines.collect::<String>(),
    )
}

fn summary(diagnostics: &Diagnostics) -> String {
    let all = diagnostics.iter().len();
    let of_kind = |kind| {
        let kinds = diagnostics.iter().map(|diagnostic| diagnostic.code.kind());
        kinds.filter(|&other| other == kind).count()
    };
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
        counted(of_kind(Kind::Advice), "warning", "warnings"),
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

fn json(status: &str, checked: &Result<(), Error>) -> Value {
    let counts = match checked {
        Err(Error::Document(diagnostics)) => counts(diagnostics),
        Ok(()) | Err(Error::Failure(_)) => BTreeMap::new(),
    };
    let diagnostics = match checked {
        Ok(()) => json!([]),
        Err(error) => error.to_json(),
    };
    json!({"status": status, "counts": counts, "diagnostics": diagnostics})
}
