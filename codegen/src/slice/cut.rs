//! Copies the text of the kept parts of a document.
//!
//! ```yaml
//! # block style: the lines of a member, up to the end of its value
//! schemas:
//!   # of whom this is does not matter
//!   Lamp: {type: object}
//!
//!   Room: {type: object}
//! ```
//! ```json
//! { "flow": "style", "and JSON": "the white space before a member, and the member" }
//! ```
//!
//! This does not handle anchors, tags and other rare notations of YAML. The text is read again
//! anyway, so it is enough if common documents come out right.

use crate::document::{Document, Node, Span, Value};

use super::kept::{Kept, Part};

/// White space within a line (YAML 1.2.2, section 6.1).
const BLANK: [char; 2] = [' ', '\t'];

/// The text of the kept parts; `None` if it cannot be cut out. The result may be wrong and has to
/// be checked.
pub(super) fn cut(document: &Document, kept: &Kept) -> Option<String> {
    let root = document.root().node();
    let cutter = Cutter {
        source: root.span.source,
        text: &document.sources().get(root.span.source)?.text,
    };
    let mut out = String::new();
    cutter.parts(root, kept, &mut out)?;
    if cutter.is_flow(root)? {
        out.push_str(cutter.line_break(cutter.flow_end(root)?));
    }
    Some(out)
}

struct Cutter<'t> {
    source: u16,
    text: &'t str,
}

impl<'t> Cutter<'t> {
    /// Copies the kept parts of a value, with its brackets if it has any.
    fn parts(&self, node: &Node, kept: &Kept, out: &mut String) -> Option<()> {
        if self.is_flow(node)? {
            return self.flow(node, kept, out);
        }
        for part in kept.parts(node) {
            self.block_part(&part, out)?;
        }
        Some(())
    }

    /// True if a value is in flow style. A collection in block style begins with its first key or
    /// element.
    fn is_flow(&self, node: &Node) -> Option<bool> {
        let text = self.written(node.span)?;
        Some(brackets(node).is_some_and(|[open, _]| text.starts_with(open)))
    }

    fn flow(&self, node: &Node, kept: &Kept, out: &mut String) -> Option<()> {
        let [open, close] = brackets(node)?;
        let first = match &node.value {
            Value::Mapping(mapping) => mapping.iter().next().map(|(key, _)| key.span.start),
            Value::Sequence(items) => items.first().map(|item| item.span.start),
            _ => None,
        };
        out.push(open);
        for (index, part) in kept.parts(node).iter().enumerate() {
            let start = part.start();
            if index > 0 {
                out.push(',');
            }
            // The first kept part follows the bracket like the original first part: `{a, b}`
            // becomes `{b}`, not `{ b}`.
            let place = if index == 0 { first? } else { start };
            out.push_str(self.space_before(offset(place))?);
            match part.kept {
                Kept::Whole => out.push_str(self.text.get(offset(start)..self.end(part.node)?)?),
                kept => {
                    out.push_str(self.text.get(offset(start)..offset(part.node.span.start))?);
                    self.parts(part.node, kept, out)?;
                }
            }
        }
        out.push_str(self.space_before(self.flow_end(node)?.checked_sub(1)?)?);
        out.push(close);
        Some(())
    }

    /// The lines of a member or an element.
    fn block_part(&self, part: &Part<'_>, out: &mut String) -> Option<()> {
        let start = match part.key {
            Some(key) => offset(key.span.start),
            None => self.dash_before(offset(part.node.span.start))?,
        };
        let start = self.line_start(start)?;
        let copy = |out: &mut String, end| {
            out.push_str(self.text.get(start..end)?);
            Some(())
        };
        match (part.kept, part.key) {
            (Kept::Whole, _) => {
                let lines = self.text.get(start..self.end(part.node)?)?;
                let end = self.with_blanks(start + lines.trim_end().len())?;
                copy(out, end)?;
                out.push_str(self.line_break(end));
            }
            (kept, _) if self.is_flow(part.node)? => {
                copy(out, offset(part.node.span.start))?;
                self.parts(part.node, kept, out)?;
                out.push_str(self.line_break(self.flow_end(part.node)?));
            }
            (kept, key) => {
                let end = offset(key?.span.end);
                copy(out, end)?;
                out.push(':');
                out.push_str(self.line_break(end));
                self.parts(part.node, kept, out)?;
            }
        }
        Some(())
    }

    /// The text of a node in the description; `None` if it is in an overlay.
    fn written(&self, span: Span) -> Option<&'t str> {
        let written = span.source == self.source;
        self.text
            .get(offset(span.start)..offset(span.end))
            .filter(|_| written)
    }

    /// The end of a value. A value without text ends after the colon of its key, and its span is
    /// before that.
    fn end(&self, node: &Node) -> Option<usize> {
        if self.is_flow(node)? {
            return self.flow_end(node);
        }
        let end = offset(node.span.end);
        let rest = self.text.get(end..)?;
        let trimmed = rest.trim_start_matches(BLANK);
        let colon = trimmed.starts_with(':');
        let blanks = rest.len() - trimmed.len();
        Some(if colon { end + blanks + 1 } else { end })
    }

    /// The end of a collection in flow style. The reader includes a comment after it in its span.
    fn flow_end(&self, node: &Node) -> Option<usize> {
        let [_, close] = brackets(node)?;
        let last = self.written(node.span)?.rfind(close)?;
        Some(offset(node.span.start) + last + close.len_utf8())
    }

    /// The end of the line, if only blanks precede it: in a block scalar they belong to the value.
    fn with_blanks(&self, end: usize) -> Option<usize> {
        let rest = self.text.get(end..)?;
        let trimmed = rest.trim_start_matches(BLANK);
        let blanks = rest.len() - trimmed.len();
        let is_end = trimmed.is_empty() || trimmed.starts_with(['\n', '\r']);
        Some(if is_end { end + blanks } else { end })
    }

    /// The line break of the line at a place.
    fn line_break(&self, place: usize) -> &'static str {
        let rest = self.text.get(place..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        if line.ends_with('\r') { "\r\n" } else { "\n" }
    }

    /// The first byte of the line at a place, without a byte order mark.
    fn line_start(&self, place: usize) -> Option<usize> {
        let before = self.text.get(..place)?;
        Some(match before.rfind(['\n', '\r']) {
            Some(line_end) => line_end + 1,
            None => before.len() - before.trim_start_matches('\u{FEFF}').len(),
        })
    }

    /// The dash of an element in a block sequence, which may be on an earlier line.
    fn dash_before(&self, place: usize) -> Option<usize> {
        let before = self.text.get(..place)?.trim_end();
        before.strip_suffix('-').map(str::len)
    }

    fn space_before(&self, place: usize) -> Option<&'t str> {
        let before = self.text.get(..place)?;
        before.get(before.trim_end().len()..)
    }
}

impl Part<'_> {
    fn start(&self) -> u32 {
        self.key.map_or(self.node.span.start, |key| key.span.start)
    }
}

/// The brackets of a collection in flow style.
fn brackets(node: &Node) -> Option<[char; 2]> {
    match node.value {
        Value::Mapping(_) => Some(['{', '}']),
        Value::Sequence(_) => Some(['[', ']']),
        _ => None,
    }
}

fn offset(place: u32) -> usize {
    place as usize
}
