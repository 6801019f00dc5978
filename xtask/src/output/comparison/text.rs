//! The text form: two lines for each change, the breaking ones first, one line for all changes of
//! documentation, and the summary.

use std::fmt::Write as _;

use openapi_codegen::diff::{Change, Verdict};
use openapi_codegen::document::{Document, Pointer};
use openapi_codegen::escaped;

use super::{Comparison, Group, direction, first_of};
use crate::output::noted::place_of;
use crate::output::table;

impl Comparison {
    /// The text form; `color` adds ANSI escape sequences.
    pub fn text(&self, color: bool) -> String {
        if self.changes.is_empty() {
            return "no changes\n".to_owned();
        }
        let (documented, others): (Vec<_>, Vec<_>) = self
            .groups()
            .partition(|(group, _)| *group == Group::Documentation);
        let changes: Vec<&Change> = others
            .into_iter()
            .flat_map(|(_, changes)| changes)
            .collect();
        let mut parts = Vec::new();
        if !changes.is_empty() {
            parts.push(self.table(&changes, color));
        }
        for (_, changes) in documented {
            let paths = changes.iter().map(|change| change.path.clone());
            parts.push(format!("in other words: {}\n", first_of(paths)));
        }
        parts.push(self.summary());
        parts.join("\n")
    }

    fn table(&self, changes: &[&Change], color: bool) -> String {
        let mut rows = vec![["rust", "wire", "change"].map(str::to_owned)];
        for change in changes {
            rows.push([
                change.rust.to_string(),
                wire(change),
                format!("{} {}", change.path, change.message),
            ]);
            rows.push([String::new(), String::new(), self.places(change)]);
        }
        let text = table::lines(&rows);
        if !color {
            return text;
        }
        let mut lines = text.lines();
        let mut colored = format!("{}\n", lines.next().unwrap_or_default());
        for change in changes {
            let line = painted(lines.next().unwrap_or_default(), change.verdict());
            let places = lines.next().unwrap_or_default();
            let _ = writeln!(colored, "{line}\n{DIM}{places}{RESET}");
        }
        colored
    }

    /// `old.yaml:52:9 -> new.yaml:60:9 /pointer`, with two pointers where they differ.
    fn places(&self, change: &Change) -> String {
        let place = |document: &Document, pointer: &Pointer| {
            let place = place_of(document, pointer);
            place.map_or(String::new(), |(file, line, column)| {
                format!("{file}:{line}:{column}")
            })
        };
        let old = change.old.as_ref();
        let old = old.map(|pointer| (pointer, place(&self.old, pointer)));
        let new = change.new.as_ref();
        let new = new.map(|pointer| (pointer, place(&self.new, pointer)));
        let places = match (old, new) {
            (Some((one, old)), Some((other, new))) if one == other => {
                format!("{old} -> {new} {other}")
            }
            (Some((one, old)), Some((other, new))) => format!("{old} {one} -> {new} {other}"),
            (Some((one, old)), None) => format!("{old} {one} ->"),
            (None, Some((other, new))) => format!("-> {new} {other}"),
            (None, None) => String::new(),
        };
        escaped(&places).into_owned()
    }

    fn summary(&self) -> String {
        let counts = self
            .groups()
            .map(|(group, changes)| format!("{} {}", changes.len(), group.as_str()));
        let counts: Vec<String> = counts.collect();
        let changes = if self.changes.len() == 1 {
            "change"
        } else {
            "changes"
        };
        format!(
            "{} {changes}: {}\nrust: {}, wire: {}\nnext version: {}\n",
            self.changes.len(),
            counts.join(", "),
            self.rust(),
            self.wire(),
            self.next_version(),
        )
    }
}

/// The verdict for running clients, with the direction of the values where it matters.
fn wire(change: &Change) -> String {
    match change.wire {
        Verdict::Compatible => change.wire.to_string(),
        Verdict::Additive | Verdict::Breaking => match direction(change) {
            "" => change.wire.to_string(),
            direction => format!("{} ({direction})", change.wire),
        },
    }
}

const RESET: &str = "\u{1b}[0m";
const DIM: &str = "\u{1b}[2m";

/// A line in the colour of a verdict.
fn painted(line: &str, verdict: Verdict) -> String {
    match verdict {
        Verdict::Breaking => format!("\u{1b}[1;31m{line}{RESET}"),
        Verdict::Additive => format!("\u{1b}[32m{line}{RESET}"),
        Verdict::Compatible => line.to_owned(),
    }
}
