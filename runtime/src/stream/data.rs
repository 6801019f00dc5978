//! The data of an event, as JSON.

use bytes::Bytes;

use crate::{
    event_stream::{Data, Lines},
    json::{Base64At, Splicer, Text},
};

/// The lines of an event, whose base64 is decoded while they arrive.
pub(super) enum EventData {
    /// No base64 is expected.
    Plain(Lines),
    Spliced {
        splicer: Box<Splicer>,
        has_line: bool,
    },
}

impl EventData {
    pub(super) fn new(base64: Base64At) -> Self {
        if base64.is_somewhere() {
            Self::Spliced {
                splicer: Box::new(Splicer::new(base64)),
                has_line: false,
            }
        } else {
            Self::Plain(Lines::default())
        }
    }
}

impl Data for EventData {
    type Output = Text;

    fn begin_line(&mut self) {
        match self {
            Self::Plain(lines) => lines.begin_line(),
            Self::Spliced { splicer, has_line } => {
                if std::mem::replace(has_line, true) {
                    splicer.push(b"\n");
                }
            }
        }
    }

    fn push(&mut self, chunk: &Bytes, length: usize) {
        match self {
            Self::Plain(lines) => lines.push(chunk, length),
            Self::Spliced { splicer, .. } => splicer.push(chunk.get(..length).unwrap_or(chunk)),
        }
    }

    fn push_chunk(&mut self, chunk: &[u8]) -> usize {
        match self {
            Self::Plain(lines) => lines.push_chunk(chunk),
            // Base64 contains no line end.
            Self::Spliced { splicer, .. } => splicer.push_base64(chunk),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Plain(lines) => lines.len(),
            Self::Spliced { splicer, .. } => splicer.len(),
        }
    }

    fn take(&mut self) -> Option<Text> {
        let text = match self {
            Self::Plain(lines) => lines.take().map(Text::from),
            Self::Spliced { splicer, has_line } => std::mem::take(has_line).then(|| splicer.take()),
        };
        text.map(Text::replacing)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::EventData;
    use crate::{
        event_stream::Data,
        json::{Base64At, Base64Members},
    };

    const IMAGE: Base64Members = &[("b64_json", || Base64At::Here)];

    #[test]
    fn base64_is_taken_without_a_search_for_the_line_end() {
        let piece = b"QUJD".repeat(1024);
        for (place, expected) in [
            (Base64At::Members(IMAGE), piece.len()),
            (Base64At::Nowhere, 0),
        ] {
            let mut data = EventData::new(place);
            let start = Bytes::from_static(br#"{"b64_json":""#);
            data.begin_line();
            data.push(&start, start.len());
            assert_eq!(data.push_chunk(&piece), expected);
            assert_eq!(data.len(), start.len() + expected);
        }
    }
}
