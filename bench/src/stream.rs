//! The event streams that are decoded, and the crates that find their events.

use std::{convert::Infallible, io, str::Utf8Error};

use bytes::Bytes;
use eventsource_stream::Eventsource;
use futures_util::{FutureExt, Stream, StreamExt, TryStreamExt, stream};
use http_body::Frame;
use http_body_util::StreamBody;
use oas3_gen_support::{DiagnosticsError, EventStream, FromSseFrame, RawSseFrame};
use openapi_runtime::event_stream::Decoder;

/// The bytes of an image: no two events begin alike, and nothing compresses.
pub fn image(length: usize) -> Vec<u8> {
    let bytes = (0..length as u64).map(|index| index.wrapping_mul(0x5851_f42d_4c95_7f2d) >> 33);
    bytes.map(|byte| byte.to_le_bytes()[0]).collect()
}

/// An event with the base64 of an image, as the API sends it.
pub fn event(text: &str) -> String {
    format!(
        "event: image_edit.completed\ndata: {{\"type\":\"image_edit.completed\",\"b64_json\":\"{text}\",\
         \"created_at\":1620000000,\"size\":\"1024x1024\",\"quality\":\"high\",\"background\":\"transparent\",\
         \"output_format\":\"png\",\"usage\":{{\"total_tokens\":100,\"input_tokens\":50,\"output_tokens\":50,\
         \"input_tokens_details\":{{\"text_tokens\":10,\"image_tokens\":40}}}}}}\n\n"
    )
}

/// The same stream many times over, so that no processor cache has the next one.
pub struct Streams {
    streams: Vec<Vec<Bytes>>,
    next: usize,
}

/// More than the caches of a server's processor hold.
const EVICTS: usize = 192 * 1024 * 1024;

impl Streams {
    /// Streams with one event of an image of `length` bytes, in chunks. One stream alone stays in
    /// the cache.
    pub fn new(length: usize, chunk: usize, cold: bool) -> Self {
        let wire = event(&base64_simd::STANDARD.encode_to_string(image(length)));
        let count = if cold { EVICTS / wire.len() + 1 } else { 1 };
        let cut = |_| {
            let wire = Bytes::copy_from_slice(wire.as_bytes());
            let starts = (0..wire.len()).step_by(chunk);
            starts
                .map(|start| wire.slice(start..wire.len().min(start + chunk)))
                .collect()
        };
        Self {
            streams: (0..count).map(cut).collect(),
            next: 0,
        }
    }

    /// The chunks of the next stream.
    pub fn next(&mut self) -> &[Bytes] {
        self.next = (self.next + 1) % self.streams.len();
        &self.streams[self.next]
    }
}

/// The length of the data of all events that are there at once.
fn drain<T, E>(stream: impl Stream<Item = Result<T, E>>, length: impl Fn(T) -> usize) -> usize {
    let mut stream = std::pin::pin!(stream);
    let mut sum = 0;
    while let Some(Some(item)) = stream.next().now_or_never() {
        sum += item.map_or(0, &length);
    }
    sum
}

fn chunks(chunks: &[Bytes]) -> impl Stream<Item = Result<Bytes, Infallible>> + Send + 'static {
    stream::iter(chunks.to_vec()).map(Ok)
}

/// Finds the events of a stream and tells how long their data is.
pub type Frames = fn(&[Bytes]) -> usize;

/// The crates, each as its documentation says.
pub const PEERS: [(&str, Frames); 7] = [
    ("eventsource-stream 0.2.3", |wire| {
        drain(chunks(wire).eventsource(), |event| event.data.len())
    }),
    ("http-body-server-sent-events 0.2.1", |wire| {
        let frames = chunks(wire).map(|chunk| chunk.map(Frame::data).map_err(NotUtf8::from));
        let events = http_body_server_sent_events::decode(StreamBody::new(frames));
        // It ends each line of data with a line feed.
        let length = |data: String| data.strip_suffix('\n').map_or(data.len(), str::len);
        drain(events.into_event_stream(), |event| {
            event.data.map_or(0, length)
        })
    }),
    ("sse-codec 0.3.3", |wire| {
        let reader = chunks(wire).map_err(io::Error::other).into_async_read();
        drain(sse_codec::decode_stream(reader), |event| match event {
            sse_codec::Event::Message { data, .. } => data.len(),
            sse_codec::Event::Retry { .. } => 0,
        })
    }),
    ("sseer 0.3.1", |wire| {
        drain(
            sseer::event_stream::EventStream::new(chunks(wire)),
            |event| event.data.len(),
        )
    }),
    ("sse-parse 0.1.0", |wire| {
        let mut parser = sse_parse::SseParser::new();
        let mut sum = 0;
        for chunk in wire {
            parser.feed(chunk);
            while let Some(event) = parser.next_event() {
                sum += event.data.len();
            }
        }
        sum
    }),
    ("oas3-gen-support 0.29.0", |wire| {
        let body = reqwest::Body::wrap_stream(chunks(wire));
        let response = reqwest::Response::from(http::Response::new(body));
        drain(
            EventStream::<Length>::frames(response, None),
            |Length(length)| length,
        )
    }),
    ("sse-stream 0.3.0", |wire| {
        let events = sse_stream::SseByteStream::new(chunks(wire));
        drain(events, |event| event.data.map_or(0, |data| data.len()))
    }),
];

/// Ours, with a decoder that may have seen events before.
pub fn ours(decoder: &mut Decoder, wire: &[Bytes]) -> usize {
    let mut sum = 0;
    for chunk in wire {
        decoder.push(chunk.clone());
        while let Ok(Some(event)) = decoder.next_event() {
            sum += event.data.len();
            std::hint::black_box(event);
        }
    }
    sum
}

/// The error that a body must be able to have.
#[derive(Debug)]
struct NotUtf8;

impl From<Utf8Error> for NotUtf8 {
    fn from(_: Utf8Error) -> Self {
        Self
    }
}

impl From<Infallible> for NotUtf8 {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

struct Length(usize);

impl FromSseFrame for Length {
    fn from_sse_frame(frame: &RawSseFrame) -> Result<Self, DiagnosticsError> {
        Ok(Self(frame.data().len()))
    }
}
