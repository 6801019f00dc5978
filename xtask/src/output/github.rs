//! Output for GitHub Actions: annotations beside the lines of a file, and no command that a
//! description has smuggled in.
//!
//! ```text
//! ::stop-commands::0f7ae0c9…
//! error[unresolved-reference]: `#/components/schemas/Imgae` does not exist
//! …
//! ::0f7ae0c9…::
//! ::error file=openapi.yaml,line=12,col=13,endLine=12,endColumn=41,title=unresolved-reference::`#/components/…
//! ```
//!
//! The runner takes a line of the output for a command if it begins with `::`, and in an older
//! syntax if it has a `##[` anywhere. Both may be in the text of a description, which messages
//! quote. So the output asks the runner to stop until it sees a token that no description can
//! foresee. See "Workflow commands for GitHub Actions" in the documentation of GitHub.
//!
//! The runner reads the standard output and the standard error apart, in no certain order, and
//! stops for both at once: what is to be in order has to be on one of them.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;

use openapi_codegen::diagnostic::{Diagnostic, Diagnostics, Severity};
use openapi_codegen::document::Source;

use crate::failure::Failure;
use crate::files::drift::Drift;
use crate::files::place::Place;

/// The word that makes the runner take commands again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Another one each time, which cannot be foreseen.
    pub fn random() -> Self {
        let state = RandomState::new();
        let [first, second] = [0_u8, 1].map(|half| state.hash_one(half));
        Self(format!("{first:016x}{second:016x}"))
    }
}

/// Text in which the runner takes no commands, and then the annotations.
pub fn log(text: &str, annotations: &[Annotation], Token(token): &Token) -> String {
    let wrapped = match text.strip_suffix('\n').unwrap_or(text) {
        "" => String::new(),
        text => format!("::stop-commands::{token}\n{text}\n::{token}::\n"),
    };
    let lines = annotations
        .iter()
        .map(|annotation| format!("{annotation}\n"));
    wrapped + &lines.collect::<String>()
}

/// A JSON text, of which no line is a command: a line begins with a space, a quotation mark or a
/// bracket, and `##[` can only be in a string.
pub fn inert(json: &str) -> String {
    json.replace("##[", r"#\u0023[")
}

/// An error or a warning that GitHub shows, beside the file if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// The name of the workflow command.
    level: &'static str,
    /// The path, and where in the file.
    place: Option<(String, Option<Range>)>,
    title: &'static str,
    message: String,
}

/// Lines and, within one line, columns: all from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    line: usize,
    end_line: usize,
    columns: Option<(usize, usize)>,
}

impl Annotation {
    /// One for each problem of a description or an overlay.
    pub fn of_problems(diagnostics: &Diagnostics) -> Vec<Self> {
        let annotations = diagnostics.iter().map(|diagnostic| {
            let source = diagnostics.sources().get(diagnostic.span.source);
            Self {
                level: diagnostic.severity.as_str(),
                place: source
                    .map(|source| (source.name.clone(), Some(Range::new(source, diagnostic)))),
                title: diagnostic.code.as_str(),
                message: message([&diagnostic.message, &diagnostic.assumed, &diagnostic.help]),
            }
        });
        annotations.collect()
    }

    /// A failure that is not about a description.
    pub fn of_failure(failure: &Failure) -> Self {
        Self {
            level: Severity::Error.as_str(),
            place: None,
            title: failure.code().as_str(),
            message: message([&failure.to_string(), "", failure.help()]),
        }
    }

    /// A breaking change, at its file, line and column.
    pub fn of_change(place: Option<(&str, usize, usize)>, message: &str) -> Self {
        let place = place.map(|(file, line, column)| {
            let range = Range {
                line,
                end_line: line,
                columns: Some((column, column)),
            };
            (file.to_owned(), Some(range))
        });
        Self {
            level: Severity::Error.as_str(),
            place,
            title: "breaking-change",
            message: message.to_owned(),
        }
    }

    /// One for each file that is not as it should be, at the first line that differs; the command
    /// fixes it.
    pub fn of_drift(drift: &Drift, command: &str) -> Vec<Self> {
        let annotation = |place: &Place, line: Option<usize>, state| Self {
            level: Severity::Error.as_str(),
            place: Some((place.to_string(), line.map(Range::line))),
            title: "drift",
            message: format!("{state}: to fix it, run: {command}"),
        };
        let missing = drift.missing.iter();
        let stale = drift.stale.iter();
        let orphans = drift.orphans.iter();
        missing
            .map(|file| annotation(&file.place, None, "is missing"))
            .chain(stale.map(|file| annotation(&file.place, Some(file.line()), "is stale")))
            .chain(orphans.map(|place| annotation(place, None, "is an orphan")))
            .collect()
    }
}

/// Those of the lines that say something.
fn message(lines: [&str; 3]) -> String {
    let mut lines = lines.to_vec();
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

impl Range {
    /// A whole line.
    fn line(line: usize) -> Self {
        Self {
            line,
            end_line: line,
            columns: None,
        }
    }

    fn new(source: &Source, diagnostic: &Diagnostic) -> Self {
        let span = diagnostic.span;
        let first = source.location(span.start);
        // The last character: the place after it may be the beginning of a line of which nothing
        // is meant.
        let last = source.location(span.end.saturating_sub(1).max(span.start));
        let after = source.location(span.end.max(span.start));
        let columns = (first.line == after.line).then_some((first.column, after.column));
        Self {
            line: first.line,
            end_line: last.line,
            columns,
        }
    }
}

impl fmt::Display for Annotation {
    /// The workflow command. Columns are left out where a range has several lines, as GitHub
    /// demands.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut properties = Vec::new();
        if let Some((file, range)) = &self.place {
            properties.push(format!("file={}", property(file)));
            if let Some(range) = range {
                properties.push(format!("line={}", range.line));
                properties.extend(range.columns.map(|(start, _)| format!("col={start}")));
                properties.push(format!("endLine={}", range.end_line));
                properties.extend(range.columns.map(|(_, end)| format!("endColumn={end}")));
            }
        }
        properties.push(format!("title={}", property(self.title)));
        write!(
            f,
            "::{} {}::{}",
            self.level,
            properties.join(","),
            data(&self.message)
        )
    }
}

/// A message, escaped as `actions/toolkit` does.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, escaped as `actions/toolkit` does.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use openapi_codegen::document::Document;
    use openapi_codegen::overlay;

    use super::*;

    #[test]
    fn what_is_not_needed_is_a_warning() {
        let document = Source::new("lamps.yaml", "info: {title: Lamps}");
        let actions = "actions: [{target: $.info, update: {title: Lamps}}]";
        let overlay = format!("overlay: 1.0.0\ninfo: {{title: T, version: '1'}}\n{actions}\n");
        let attempt = Document::parse(document)
            .and_then(|document| overlay::attempt(document, Source::new("overlay.yaml", overlay)));
        let needless = attempt.map(|attempt| attempt.needless);
        let annotations = needless.map(|needless| needless.as_ref().map(Annotation::of_problems));
        let lines: Vec<_> = annotations.into_iter().flatten().flatten().collect();
        let [line] = &lines[..] else {
            panic!("one annotation is expected: {lines:?}");
        };
        assert_eq!(
            line.to_string(),
            "::warning file=overlay.yaml,line=3,col=20,endLine=3,endColumn=26,title=overlay-needless::this action \
             is needless: the description already contains the change%0Athe action is applied anyway%0Adelete the action"
        );
    }
}
