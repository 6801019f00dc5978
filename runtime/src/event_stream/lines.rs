//! The data of an event, as bytes.

use bytes::{Bytes, BytesMut};

use super::Data;

/// All `data:` lines, joined by line feeds. Data that arrived in one piece is not copied.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    content: Content,
    /// The length of the last event's data: that of the next is likely to be as long.
    expected: usize,
}

#[derive(Debug, Default)]
enum Content {
    #[default]
    Nothing,
    /// A line that consists of one piece so far.
    Line(Bytes),
    Joined(BytesMut),
}

impl Lines {
    fn append(&mut self, piece: &[u8]) {
        self.content = match std::mem::take(&mut self.content) {
            Content::Nothing => Content::Line(Bytes::copy_from_slice(piece)),
            Content::Line(line) => {
                let length = line.len() + piece.len();
                let mut joined = BytesMut::with_capacity(length.max(self.expected));
                joined.extend_from_slice(&line);
                joined.extend_from_slice(piece);
                Content::Joined(joined)
            }
            Content::Joined(mut joined) => {
                joined.extend_from_slice(piece);
                Content::Joined(joined)
            }
        };
    }
}

impl Data for Lines {
    type Output = Bytes;

    fn begin_line(&mut self) {
        match &self.content {
            Content::Nothing => self.content = Content::Line(Bytes::new()),
            Content::Line(_) | Content::Joined(_) => self.append(b"\n"),
        }
    }

    fn push(&mut self, chunk: &Bytes, length: usize) {
        match &mut self.content {
            _ if length == 0 => {}
            Content::Line(line) if line.is_empty() => *line = chunk.slice(..length),
            _ => self.append(chunk.get(..length).unwrap_or(chunk)),
        }
    }

    fn len(&self) -> usize {
        match &self.content {
            Content::Nothing => 0,
            Content::Line(line) => line.len(),
            Content::Joined(joined) => joined.len(),
        }
    }

    fn take(&mut self) -> Option<Bytes> {
        let data = match std::mem::take(&mut self.content) {
            Content::Nothing => return None,
            Content::Line(line) => line,
            Content::Joined(joined) => joined.freeze(),
        };
        self.expected = data.len();
        Some(data)
    }
}
