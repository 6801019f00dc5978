//! Shows diagnostics: to people with the source line and a caret, to programs as JSON.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use super::{Diagnostic, Diagnostics};
use crate::document::{Location, Source, Span};

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
    let title = Level::ERROR
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    if let Some(source) = source {
        let line = Line::new(source, diagnostic.span);
        let label = Some(diagnostic.label.as_str()).filter(|label| !label.is_empty());
        let annotation = AnnotationKind::Primary.span(line.marked).label(label);
        let snippet = Snippet::source(line.text)
            .path(source.name.as_str())
            .line_start(line.number);
        group = group.element(snippet.annotation(annotation));
    }
    for (name, text) in [
        ("at", diagnostic.pointer.as_str()),
        ("help", diagnostic.help.as_str()),
    ] {
        if !text.is_empty() {
            group = group.element(Level::NOTE.with_name(name).message(text));
        }
    }
    group
}

/// The line in which a span begins.
struct Line<'s> {
    text: &'s str,
    /// From 1.
    number: usize,
    /// The part of `text` that is in the span.
    marked: Range<usize>,
}

impl<'s> Line<'s> {
    fn new(source: &'s Source, span: Span) -> Self {
        let text = source.text.as_str();
        let offset = text.floor_char_boundary(span.start as usize);
        let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        let start = if text[start..].starts_with('\u{FEFF}') {
            start + '\u{FEFF}'.len_utf8()
        } else {
            start
        };
        let end = text[offset..]
            .find('\n')
            .map_or(text.len(), |newline| offset + newline);
        let line = text[start..end].trim_end();
        let marked_start = offset.saturating_sub(start).min(line.len());
        let marked_end = text
            .floor_char_boundary(span.end as usize)
            .saturating_sub(start);
        Self {
            text: line,
            number: source.location(span.start).line,
            marked: marked_start..marked_end.clamp(marked_start, line.len()),
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
            "file": source.map(|source| &source.name),
            "line": location.line,
            "column": location.column,
            "pointer": diagnostic.pointer.as_str(),
            "message": diagnostic.message,
            "help": diagnostic.help,
        })
    });
    list.collect()
}
