//! Source texts, and places in them.
//!
//! A [`Span`] is two byte offsets into one of the [`Sources`]; a [`Location`] is the same place
//! for people:
//!
//! ```
//! use openapi_codegen::document::{Location, Source};
//!
//! let source = Source::new("spec/openapi.yaml", "openapi: 3.1.0\ninfo: {}\n");
//! assert_eq!(source.location(21), Location { line: 2, column: 7 });
//! ```

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The mark that some editors put before the first character (Unicode Standard, section 23.8).
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// A text with its name in messages.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name in messages, usually the path from the command line.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// The beginning of each line, computed on first use: a text with many problems is not scanned
    /// for each of them.
    lines: OnceLock<Box<[usize]>>,
    /// Number of characters before each block of [`BLOCK`] bytes, computed on first use: a line of
    /// megabytes with many problems is not scanned for each of them.
    blocks: OnceLock<Box<[usize]>>,
}

impl PartialEq for Source {
    /// Compares name and text; the cached counts do not matter.
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.text) == (&other.name, &other.text)
    }
}

impl Eq for Source {}

/// Length in bytes of the blocks whose characters are counted once.
const BLOCK: usize = 1_024;

impl Source {
    /// A text with its name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            lines: OnceLock::new(),
            blocks: OnceLock::new(),
        }
    }

    /// Line and column of a byte offset; an offset past the end, or inside a character, counts as
    /// the character before.
    pub fn location(&self, offset: u32) -> Location {
        let before = self.text.floor_char_boundary(offset as usize);
        let before = self.text.get(..before).unwrap_or_default();
        let lines = self.lines();
        let line = lines.partition_point(|&start| start <= before.len());
        let start = line.checked_sub(1).and_then(|last| lines.get(last));
        let beginning = &before[start.copied().unwrap_or_default()..];
        let beginning = beginning.trim_start_matches(BYTE_ORDER_MARK);
        let start = before.len() - beginning.len();
        let columns = self.characters(before.len()) - self.characters(start);
        Location {
            line,
            column: columns + 1,
        }
    }

    /// The bytes of a line, counted from 1, without its line feed and without a byte order mark;
    /// empty past the end.
    pub(crate) fn line(&self, line: usize) -> Range<usize> {
        let lines = self.lines();
        let beginning = |line: usize| lines.get(line).copied();
        let Some(start) = line.checked_sub(1).and_then(beginning) else {
            return self.text.len()..self.text.len();
        };
        let end = beginning(line).map_or(self.text.len(), |next| next - 1);
        let mark = self.text[start..end].starts_with(BYTE_ORDER_MARK);
        let start = if mark {
            start + BYTE_ORDER_MARK.len_utf8()
        } else {
            start
        };
        start..end
    }

    /// The number of characters that begin before a byte offset, which is not past the end.
    fn characters(&self, offset: usize) -> usize {
        // A character begins with a byte that is not a continuation byte.
        let count = |bytes: &[u8]| bytes.iter().filter(|&byte| byte & 0xc0 != 0x80).count();
        let bytes = self.text.as_bytes();
        let blocks = self.blocks.get_or_init(|| {
            let counts = bytes.chunks(BLOCK).scan(0, |sum, block| {
                *sum += count(block);
                Some(*sum)
            });
            std::iter::once(0).chain(counts).collect()
        });
        let block = offset / BLOCK;
        let before = blocks.get(block).copied().unwrap_or_default();
        before + count(bytes.get(block * BLOCK..offset).unwrap_or_default())
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let ends = self.text.match_indices('\n');
            let starts = std::iter::once(0).chain(ends.map(|(end, _)| end + 1));
            starts.collect()
        })
    }
}

/// A place in a text in the form that editors show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// A range of bytes in one of the [`Sources`] of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Number of the source, in the order in which they were read.
    pub source: u16,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset of the byte after the last.
    pub end: u32,
}

/// The texts that a document was made from: the description first, then each overlay.
///
/// Cloning shares the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources(Vec<Arc<Source>>);

impl Sources {
    /// The source with this number.
    pub fn get(&self, source: u16) -> Option<&Source> {
        self.0.get(usize::from(source)).map(Arc::as_ref)
    }

    /// All sources, in the order in which they were read.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Source> {
        self.0.iter().map(Arc::as_ref)
    }

    /// The sources with one more at the end, and the number of the new one.
    pub(crate) fn with(&self, source: Source) -> (Self, u16) {
        let mut sources = self.0.clone();
        let number = u16::try_from(sources.len()).unwrap_or(u16::MAX);
        sources.push(Arc::new(source));
        (Self(sources), number)
    }
}
