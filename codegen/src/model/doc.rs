//! Documentation.
//!
//! ```yaml
//! n: {type: integer, deprecated: true, description: How many. The server assumes one.}
//! # Doc { lines: ["How many. The server assumes one."], deprecated: true }, its summary "How many."
//! ```

/// Documentation: Markdown for a doc comment, and a mark for deprecated items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doc {
    /// Markdown lines; no line opens a code fence that `cargo test` would run.
    pub lines: Vec<String>,
    /// `deprecated: true`.
    pub deprecated: bool,
}

impl Doc {
    /// The first sentence.
    #[must_use]
    pub fn summary(&self) -> Self {
        let mut lines = Vec::new();
        for line in self.lines.iter().take_while(|line| !line.is_empty()) {
            if let Some(end) = sentence_end(line) {
                lines.push(line[..end].to_owned());
                break;
            }
            lines.push(line.clone());
        }
        Self {
            lines,
            deprecated: self.deprecated,
        }
    }
}

/// The end of a sentence in a line, if there is one outside of code and links before its end.
fn sentence_end(line: &str) -> Option<usize> {
    let ends = line.match_indices(". ").map(|(at, _)| at);
    let mut ends = ends.filter(|at| {
        let (before, behind) = (&line[..*at], &line[at + 2..]);
        // A part of a code span with several marks may look like a fence.
        let is_plain = !before.contains("``")
            && before.matches('`').count().is_multiple_of(2)
            && before.matches('[').count()
                == before.matches("](").count() + before.matches("\\[").count();
        // No end: `e.g. the first`, `1. the first`, `v. 2`.
        let word = before.rsplit(' ').next().unwrap_or_default();
        is_plain
            && !word.contains('.')
            && word.chars().count() > 2
            && behind.starts_with(|c: char| !c.is_lowercase())
    });
    ends.next().map(|at| at + 1)
}
