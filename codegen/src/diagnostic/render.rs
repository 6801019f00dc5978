//! Shows diagnostics: as text with the source line and a caret, or as JSON for programs.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::json;

use super::{Diagnostic, Diagnostics, Severity};
use crate::site::{Location, Source, Span};
use crate::visible::{escaped, is_hidden};

/// The text form.
pub(super) fn text(diagnostics: &Diagnostics, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let texts = diagnostics.iter().map(|diagnostic| {
        let source = diagnostics.sources.get(diagnostic.span.source);
        renderer.render(&[group(diagnostic, source)])
    });
    texts.collect::<Vec<_>>().join("\n\n")
}

fn group<'a>(diagnostic: &'a Diagnostic, source: Option<&'a Source>) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(escaped(&diagnostic.message))
        .id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    if let Some(source) = source {
        let line = Line::new(source, diagnostic.span);
        let label = Some(escaped(&diagnostic.label)).filter(|label| !label.is_empty());
        let annotation = AnnotationKind::Primary.span(line.marked).label(label);
        let snippet = Snippet::source(line.text).line_start(line.location.line);
        let name = escaped(&source.name);
        group = if line.cut {
            let Location { line, column } = line.location;
            group
                .element(Origin::path(name).line(line).char_column(column))
                .element(snippet.annotation(annotation))
        } else {
            group.element(snippet.path(name).annotation(annotation))
        };
    }
    for (name, text) in [
        ("at", diagnostic.pointer.as_str()),
        ("assumed", &*diagnostic.assumed),
        ("help", &*diagnostic.help),
    ] {
        if !text.is_empty() {
            group = group.element(Level::NOTE.with_name(name).message(escaped(text)));
        }
    }
    group
}

/// Maximum length in bytes of a line that is shown whole. Of a longer line, this many bytes before
/// and after the place are shown.
const LONG: usize = 1_000;

/// The line in which a span begins.
struct Line {
    /// The text, with a replacement for each hidden character: some of them are commands to a
    /// terminal.
    text: String,
    /// True if `text` is only a part of the line.
    cut: bool,
    location: Location,
    /// The part of `text` that is in the span.
    marked: Range<usize>,
}

impl Line {
    fn new(source: &Source, span: Span) -> Self {
        let text = source.text.as_str();
        let location = source.location(span.start);
        let whole = source.line(location.line);
        let whole = whole.start..whole.start + text[whole].trim_end().len();
        let start = text
            .floor_char_boundary(span.start as usize)
            .clamp(whole.start, whole.end);
        let end = text
            .floor_char_boundary(span.end as usize)
            .clamp(start, whole.end);
        let cut = whole.len() > LONG;
        let part = if cut {
            let from = text
                .floor_char_boundary(start.saturating_sub(LONG))
                .max(whole.start);
            from..text.floor_char_boundary(start + LONG).min(whole.end)
        } else {
            whole
        };
        let end = end.min(part.end);
        let shown = |part: &str| part.replace(|c| c != '\t' && is_hidden(c), "\u{FFFD}");
        let before = shown(&text[part.start..start]).len();
        Self {
            marked: before..before + shown(&text[start..end]).len(),
            text: shown(&text[part]),
            cut,
            location,
        }
    }
}

/// The JSON form.
pub(super) fn json(diagnostics: &Diagnostics) -> serde_json::Value {
    let list = diagnostics.iter().map(|diagnostic| {
        let source = diagnostics.sources.get(diagnostic.span.source);
        let location = source.map_or(Location { line: 1, column: 1 }, |source| {
            source.location(diagnostic.span.start)
        });
        json!({
            "code": diagnostic.code.as_str(),
            "severity": diagnostic.severity.as_str(),
            "file": source.map(|source| &source.name),
            "line": location.line,
            "column": location.column,
            "pointer": diagnostic.pointer.as_str(),
            "message": diagnostic.message,
            "assumed": Some(&diagnostic.assumed).filter(|_| !diagnostic.is_error()),
            "help": diagnostic.help,
        })
    });
    list.collect()
}
