//! Chunks of bytes to a typed event with the bytes of its image.

use std::{cell::RefCell, hint::black_box};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use eventsource_stream::Eventsource;
use futures_util::{FutureExt, StreamExt, stream};
use openai_image_edits::ImageEditStreamEvent;
use openapi_runtime::{EventDecoder, ResponseHead, event_stream::Decoder};
use serde::Deserialize;

use crate::{
    framing::{bar, rows},
    measure::{Contender, interleave, rounds},
    stream::Streams,
    table::{Table, Who},
};

/// The enum with an internal tag to which serde's documentation leads.
#[derive(Deserialize)]
#[serde(tag = "type")]
pub enum Tagged {
    #[serde(rename = "image_edit.partial_image")]
    Partial { b64_json: String },
    #[serde(rename = "image_edit.completed")]
    Completed { b64_json: String },
}

impl Tagged {
    fn text(self) -> String {
        let (Self::Partial { b64_json } | Self::Completed { b64_json }) = self;
        b64_json
    }
}

/// Decodes a stream and tells how long the images are.
type Images = fn(&[Bytes]) -> usize;

const PEERS: [(&str, Images); 3] = [
    ("eventsource-stream, tagged enum, base64", |wire| {
        let events = chunks(wire).eventsource();
        images(events.map(|event| event.map(|event| event.data)))
    }),
    ("sseer, tagged enum, base64", |wire| {
        let events = sseer::event_stream::EventStream::new(chunks(wire));
        images(events.map(|event| event.map(|event| event.data)))
    }),
    ("our framing, tagged enum, base64-simd", |wire| {
        let mut decoder = Decoder::new();
        let mut sum = 0;
        for chunk in wire {
            decoder.push(chunk.clone());
            while let Ok(Some(event)) = decoder.next_event() {
                let tagged: Option<Tagged> = serde_json::from_slice(&event.data).ok();
                let image = tagged.map(|event| base64_simd::STANDARD.decode_to_vec(event.text()));
                sum += image
                    .and_then(Result::ok)
                    .map_or(0, |image| black_box(image).len());
            }
        }
        sum
    }),
];

fn chunks(wire: &[Bytes]) -> impl stream::Stream<Item = Result<Bytes, std::convert::Infallible>> {
    stream::iter(wire.to_vec()).map(Ok)
}

fn images<T: std::ops::Deref<Target = str>, E>(
    data: impl stream::Stream<Item = Result<T, E>>,
) -> usize {
    let mut data = std::pin::pin!(data);
    let mut sum = 0;
    while let Some(Some(Ok(data))) = data.next().now_or_never() {
        let tagged: Option<Tagged> = serde_json::from_str(&data).ok();
        let image = tagged.map(|event| STANDARD.decode(event.text()));
        sum += image
            .and_then(Result::ok)
            .map_or(0, |image| black_box(image).len());
    }
    sum
}

/// A decoder for a response that is a stream.
pub fn decoder() -> EventDecoder<ImageEditStreamEvent> {
    let head = ResponseHead::new(200).with_header("content-type", "text/event-stream");
    EventDecoder::new(&head)
}

/// The images of a chunk.
pub fn ours(decoder: &mut EventDecoder<ImageEditStreamEvent>, chunk: Bytes) -> usize {
    decoder.push(chunk);
    let mut sum = 0;
    for event in decoder {
        if let Ok(ImageEditStreamEvent::Completed(event)) = &event {
            sum += event.b64_json.bytes().map_or(0, Bytes::len);
        }
        let _ = black_box(event);
    }
    sum
}

pub fn tables() -> Vec<Table> {
    let length = 3 * 1024 * 1024;
    let streams = RefCell::new(Streams::new(length, 8 * 1024, true));
    let mut copy: Vec<u8> = Vec::with_capacity(2 * length);
    let mut hot = decoder();
    let all = |decoder: &mut EventDecoder<_>, wire: &[Bytes]| -> usize {
        wire.iter().map(|chunk| ours(decoder, chunk.clone())).sum()
    };
    assert_eq!(all(&mut decoder(), streams.borrow_mut().next()), length);
    let mut contenders = vec![
        Contender {
            name: "limit",
            who: Who::Limit,
            run: Box::new(|| {
                copy.clear();
                streams
                    .borrow_mut()
                    .next()
                    .iter()
                    .for_each(|chunk| copy.extend_from_slice(chunk));
                black_box(&copy);
            }),
        },
        Contender {
            name: "EventDecoder",
            who: Who::Ours,
            run: Box::new(|| {
                black_box(all(&mut hot, streams.borrow_mut().next()));
            }),
        },
        Contender {
            name: "EventDecoder, a new one for each event",
            who: Who::Ours,
            run: Box::new(|| {
                black_box(all(&mut decoder(), streams.borrow_mut().next()));
            }),
        },
    ];
    let streams = &streams;
    for (name, images) in PEERS {
        assert_eq!(images(streams.borrow_mut().next()), length, "{name}");
        contenders.push(Contender {
            name,
            who: Who::Peer,
            run: Box::new(move || {
                black_box(images(streams.borrow_mut().next()));
            }),
        });
    }
    let seconds = interleave(rounds(7), &mut contenders);
    let rows = rows(&contenders, &seconds);
    let bars = vec![bar("x limit", 0.7, rows[1].ratio)];
    vec![Table {
        title: "Network chunks to a typed event with its image".to_owned(),
        setting: "A 4 MB event in chunks of 8 KB that are in no cache. The limit is `memcpy` of the wire into memory \
                  that is there already."
            .to_owned(),
        unit: "CPU ms".to_owned(),
        columns: Vec::new(),
        rows,
        bars,
    }]
}
