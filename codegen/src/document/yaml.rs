//! Reads YAML 1.2: one document of JSON values.
//!
//! ```yaml
//! base: &base {type: object}   # copied to where the alias stands
//! Image:
//!   <<: *base                  # the members of the other mapping, where this one has none of that name
//!   200: ok                    # the key is the text `200`
//! ```

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Marked, Tag};

use super::builder::{Builder, NESTING_LIMIT};
use super::offsets::Offsets;
use super::tab::spaced;
use super::{Key, Node, Span, Value, scalar};
use crate::diagnostic::{Code, Diagnostic};

/// Maximum number of nodes that are copied for anchors and aliases.
const COPY_LIMIT: usize = 1_000_000;

/// Reads the whole text into the builder.
pub(super) fn read(text: &str, source: u16, builder: &mut Builder<'_>) -> Result<(), Diagnostic> {
    let spaced = spaced(text);
    let mut reader = Reader {
        offsets: Offsets::new(text),
        text,
        source,
        builder,
        anchors: HashMap::new(),
        open: Vec::new(),
        copied: 0,
    };
    if let Some(place) = text.find('\0') {
        return Err(reader.nul(place));
    }
    let mut documents = 0;
    for event in Parser::new_from_str(&spaced) {
        let (event, marked) = event.map_err(|error| reader.problem(&error))?;
        if let Event::DocumentStart(_) = event {
            documents += 1;
            if documents > 1 {
                return Err(reader
                    .error(reader.span(marked), "a second YAML document begins here")
                    .help("remove the `---`, or move the other document to a file of its own"));
            }
        }
        reader.event(event, marked)?;
    }
    if documents == 0 {
        return Err(reader
            .error(
                Span {
                    source,
                    start: 0,
                    end: 0,
                },
                "the document is empty",
            )
            .help("an OpenAPI description begins with `openapi: 3.1.0`"));
    }
    Ok(())
}

struct Reader<'t, 'b, 's> {
    text: &'t str,
    offsets: Offsets,
    source: u16,
    builder: &'b mut Builder<'s>,
    /// The nodes that aliases can refer to, by the number that the parser gives to their anchors.
    anchors: HashMap<usize, Node>,
    /// The anchors of the open collections, 0 for a collection without an anchor.
    open: Vec<usize>,
    copied: usize,
}

type EventTag<'t> = Option<Cow<'t, Tag>>;

impl<'t> Reader<'t, '_, '_> {
    fn event(&mut self, event: Event<'t>, marked: Marked) -> Result<(), Diagnostic> {
        let span = self.span(marked);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let span = self.scalar_span(span, style);
                self.scalar(&text, style, anchor, tag.as_deref(), span)
            }
            Event::SequenceStart(anchor, tag) => {
                self.begin(anchor, &tag, "seq", span)?;
                self.builder.open_sequence(span)
            }
            Event::MappingStart(anchor, tag) => {
                self.begin(anchor, &tag, "map", span)?;
                self.builder.open_mapping(span)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                // The end of a block collection has no text: it is the beginning of the next
                // token.
                let node = self.builder.close((!marked.is_empty()).then_some(span));
                let anchor = self.open.pop().unwrap_or_default();
                node.map_or(Ok(()), |node| self.value(node, anchor))
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Result<(), Diagnostic> {
        let value = match tag {
            None if style == ScalarStyle::Plain => scalar::resolve(text),
            None => Value::String(text.to_owned()),
            Some(tag) => self.tagged(tag, text, span)?,
        };
        let node = Node::new(value, span);
        if !self.builder.expects_key() {
            return self.value(node, anchor);
        }
        self.remember(&node, anchor)?;
        if text == "<<" && style == ScalarStyle::Plain && tag.is_none() {
            self.builder.merge_key();
        } else {
            self.builder.key(Key {
                name: text.to_owned(),
                span,
            });
        }
        Ok(())
    }

    fn tagged(&self, tag: &Tag, text: &str, span: Span) -> Result<Value, Diagnostic> {
        // `!` alone means "not resolved", which for a scalar is a string (YAML 1.2.2, section
        // 6.9.1).
        let value = match (tag.handle.as_str(), tag.suffix.as_str()) {
            ("", "!") | ("!", "") => Some(Value::String(text.to_owned())),
            (_, suffix) if tag.is_yaml_core_schema() => scalar::resolve_tagged(suffix, text),
            _ => None,
        };
        value.ok_or_else(|| {
            self.error(span, "the tag is not in the core schema, or does not match the value")
                .help("only `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!seq` and `!!map` are read")
        })
    }

    /// Checks the beginning of a collection.
    fn begin(
        &mut self,
        anchor: usize,
        tag: &EventTag<'_>,
        name: &str,
        span: Span,
    ) -> Result<(), Diagnostic> {
        if self.builder.expects_key() {
            return Err(self.error(span, "a key is a collection").help(
                "the keys of an object are strings; quote a placeholder: `'{{ version }}'`",
            ));
        }
        if let Some(tag) = tag
            && (!tag.is_yaml_core_schema() || tag.suffix != name)
        {
            return Err(self
                .error(span, format!("the only tag allowed here is `!!{name}`"))
                .help("remove the tag"));
        }
        self.open.push(anchor);
        Ok(())
    }

    fn value(&mut self, node: Node, anchor: usize) -> Result<(), Diagnostic> {
        self.remember(&node, anchor)?;
        let span = node.span;
        self.builder.value(node, span)
    }

    fn remember(&mut self, node: &Node, anchor: usize) -> Result<(), Diagnostic> {
        if anchor != 0 {
            self.count(&measure(node), node.span)?;
            self.anchors.insert(anchor, node.clone());
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Diagnostic> {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(self
                .error(span, "the alias is inside the node that it names")
                .help("a node cannot contain itself; a schema that refers to itself does so with `$ref`"));
        };
        let (size, node) = (measure(node), node.clone());
        if self.builder.expects_key() {
            return match node.value {
                Value::String(name) => {
                    self.builder.key(Key { name, span });
                    Ok(())
                }
                _ => Err(self
                    .error(span, "a key is an alias of a value that is not a string")
                    .help("write the key as a string")),
            };
        }
        self.count(&size, span)?;
        if self.builder.depth() + size.depth > NESTING_LIMIT {
            return Err(self.builder.nesting_limit(span));
        }
        self.builder.value(node, span)
    }

    /// Limits the copies, so that a short text cannot require a tree that does not fit in memory.
    fn count(&mut self, size: &Size, span: Span) -> Result<(), Diagnostic> {
        self.copied += size.nodes;
        if self.copied <= COPY_LIMIT {
            return Ok(());
        }
        let message = "anchors and aliases copy more than 1,000,000 nodes";
        Err(
            Diagnostic::spanned(Code::AliasLimit, span, self.builder.pointer(), message)
                .label("this is too much")
                .help("make the repeated part a component, and refer to it with `$ref`"),
        )
    }

    fn problem(&self, error: &ScanError) -> Diagnostic {
        let start = self.offsets.byte(error.marker().index());
        let end = start.saturating_add(1);
        let span = Span {
            source: self.source,
            start,
            end,
        };
        // The scanner stops at 255 brackets, before the builder sees them.
        if error.info() == "recursion limit exceeded" {
            return self.builder.nesting_limit(span);
        }
        self.error(span, error.info()).help(way_out(error.info()))
    }

    /// The parser treats NUL as the end of the text.
    fn nul(&self, place: usize) -> Diagnostic {
        let start = u32::try_from(place).unwrap_or(u32::MAX);
        let span = Span {
            source: self.source,
            start,
            end: start.saturating_add(1),
        };
        self.error(span, "YAML has no NUL character (U+0000)")
            .help("remove it, or write `\\0` in double quotes; save a file in UTF-16 as UTF-8")
    }

    fn error(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::spanned(Code::InvalidYaml, span, self.builder.pointer(), message)
    }

    /// The parser includes white space and comments after a quoted scalar in its span.
    fn scalar_span(&self, span: Span, style: ScalarStyle) -> Span {
        let quote = match style {
            ScalarStyle::SingleQuoted => '\'',
            ScalarStyle::DoubleQuoted => '"',
            _ => return span,
        };
        let text = self.text.get(span.start as usize..span.end as usize);
        let len = text
            .and_then(|text| quoted_len(text, quote))
            .and_then(|len| u32::try_from(len).ok());
        Span {
            end: len.map_or(span.end, |len| span.start + len),
            ..span
        }
    }

    /// The place in bytes, without the line ends after a block scalar.
    fn span(&self, marked: Marked) -> Span {
        let start = self.offsets.byte(marked.start.index());
        let end = self.offsets.byte(marked.end.index());
        let text = self
            .text
            .get(start as usize..end as usize)
            .unwrap_or_default();
        let blank = u32::try_from(text.len() - text.trim_end().len()).unwrap_or_default();
        Span {
            source: self.source,
            start,
            end: end.saturating_sub(blank).max(start),
        }
    }
}

/// The most likely fix for a text that the scanner rejects with this message.
fn way_out(message: &str) -> &'static str {
    let hints = [
        ("mapping values", "if this is text, quote it: `'a: b'`"),
        ("tabs", "indent with spaces"),
        (
            "unknown anchor",
            "define the anchor (`&name`) before the alias, or quote the text: `'*'`",
        ),
        (
            "escape",
            "in double quotes `\\` begins an escape; use single quotes for text with backslashes",
        ),
        (
            "quoted scalar",
            "close the quote, and indent the following lines",
        ),
        (
            "flow",
            "close the bracket, and separate its elements with commas",
        ),
        ("bracket", "open the bracket, or quote the text"),
        (
            "unprintable",
            "remove the character, or write it as an escape in double quotes",
        ),
        ("byte order mark", "remove the byte order mark"),
    ];
    let hint = hints.iter().find(|(part, _)| message.contains(part));
    hint.map_or(
        "check the indentation here and in the lines before, and quote text that begins with a special character",
        |(_, hint)| hint,
    )
}

/// The length of a quoted scalar with its quotes, including a tag or an anchor before it.
fn quoted_len(text: &str, quote: char) -> Option<usize> {
    let open = text.find(quote)?;
    let mut characters = text.char_indices().skip_while(|&(index, _)| index <= open);
    while let Some((index, character)) = characters.next() {
        if character == '\\' && quote == '"' {
            characters.next();
        } else if character == quote {
            // Two single quotes are one in the text.
            if quote == '"' || !text.get(index + 1..)?.starts_with(quote) {
                return Some(index + 1);
            }
            characters.next();
        }
    }
    None
}

/// The size of a tree.
#[derive(Default)]
struct Size {
    nodes: usize,
    /// Nesting of its collections.
    depth: usize,
}

fn measure(node: &Node) -> Size {
    let inner = match &node.value {
        Value::Sequence(items) => total(items.iter()),
        Value::Mapping(mapping) => total(mapping.iter().map(|(_, node)| node)),
        _ => return Size { nodes: 1, depth: 0 },
    };
    Size {
        nodes: inner.nodes + 1,
        depth: inner.depth + 1,
    }
}

fn total<'n>(nodes: impl Iterator<Item = &'n Node>) -> Size {
    nodes.map(measure).fold(Size::default(), |sum, size| Size {
        nodes: sum.nodes + size.nodes,
        depth: sum.depth.max(size.depth),
    })
}
