//! A body for the HTTP clients of the `hyper` family.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::{Body, Segment};

impl Body {
    /// The next bytes as in [`next_block`](Self::next_block), without waiting for a file or a
    /// reader.
    fn poll_block(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        self.started = true;
        while let Some(segment) = self.segments.front_mut() {
            let block = match segment {
                Segment::Stream(stream) => ready!(stream.poll_block(context, &mut self.block)),
                segment => segment.next_block(&mut self.block),
            }?;
            self.drop_finished();
            if !block.is_empty() {
                return Poll::Ready(Ok(Some(block)));
            }
        }
        Poll::Ready(Ok(None))
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let block = ready!(self.poll_block(context));
        Poll::Ready(block.transpose().map(|block| block.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.segments.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.content_length()
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
