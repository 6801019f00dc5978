//! The decoder of event streams against a reader of the standard.

use openapi_runtime::Bytes;
use openapi_runtime::event_stream::{Decoder, Event};

use super::{Cuts, whatwg};
use crate::mutation::Choices;

/// The pieces of a stream that the first numbers stand for; all others are bytes as they are.
const MARKS: [&[u8]; 48] = [
    b"data",
    b"data:",
    b"data: ",
    b"data:  x",
    b"data: {\"a\":1}",
    b"event",
    b"event:",
    b"event: e",
    b"event:message",
    b"id",
    b"id:",
    b"id: 1",
    b"id: \0",
    b"retry:",
    b"retry: 1000",
    b"retry:0",
    b"retry: +1",
    b"retry:18446744073709551616",
    b"retry: 1 ",
    b"Data: x",
    b"data : x",
    b" data: x",
    b":",
    b": comment",
    b"\n",
    b"\n",
    b"\n",
    b"\n",
    b"\n\n",
    b"\n\n",
    b"\ndata: x\n\n",
    b"\nid: 2\ndata",
    b"\nevent: e\ndata: x",
    b"\r",
    b"\r",
    b"\r\n",
    b"\r\n",
    b"\r\r",
    b"\r\n",
    b"\r\n\r\n",
    b"\n\r",
    b"\0",
    b" ",
    b"\xef\xbb\xbf",
    b"\xef\xbb",
    b"\xff",
    "é".as_bytes(),
    b"x",
];

/// Reads a stream whole, cut after every byte and cut as the first choices say; returns the number
/// of its events.
///
/// # Panics
/// If the decoder and the reader of the standard disagree on the events, the last event ID or the
/// reconnection time, or if a cut changes the unfinished event.
pub fn run(choices: &[u8]) -> usize {
    let mut choices = Choices(choices);
    let cuts = Cuts::choose(&mut choices);
    let stream: Vec<u8> = choices.0.iter().flat_map(piece).copied().collect();
    let stream = stream.as_slice();
    let expected = whatwg::read(stream);
    let (whole, unfinished) = decode(Cuts::NOWHERE.pieces(stream), false);
    assert_eq!(whole, expected, "the decoder on {}", stream.escape_ascii());
    for (cuts, at_once) in [
        (&cuts, false),
        (&cuts, true),
        (&Cuts::EVERYWHERE, false),
        (&Cuts::EVERYWHERE, true),
    ] {
        let cut = decode(cuts.pieces(stream), at_once);
        assert_eq!(
            cut,
            (expected.clone(), unfinished.clone()),
            "a cut after {:?}… changes {}, pushed at once: {at_once}",
            cuts.0,
            stream.escape_ascii()
        );
    }
    expected.events.len()
}

fn piece(choice: &u8) -> &[u8] {
    let mark = MARKS.get(usize::from(*choice)).copied();
    mark.unwrap_or(std::slice::from_ref(choice))
}

/// Decodes the pieces, and ends the stream. They are pushed before the first event is taken, or as
/// the events are taken.
fn decode(pieces: Vec<Bytes>, at_once: bool) -> (whatwg::Outcome, Option<Event>) {
    let mut decoder = Decoder::new();
    let mut events = Vec::new();
    for piece in pieces {
        decoder.push(piece);
        if !at_once {
            events.extend(taken(&mut decoder));
        }
    }
    events.extend(taken(&mut decoder));
    let outcome = whatwg::Outcome {
        events,
        last_event_id: decoder.last_event_id().to_owned(),
        reconnection_time: decoder.reconnection_time(),
    };
    let unfinished = decoder.finish().expect("the stream is within the limits");
    (outcome, unfinished)
}

fn taken(decoder: &mut Decoder) -> Vec<whatwg::Event> {
    let next = || {
        decoder
            .next_event()
            .expect("the stream is within the limits")
    };
    let events = std::iter::from_fn(next);
    let standard = |event: Event| whatwg::Event {
        data: event.text().into_owned(),
        name: event.name.unwrap_or_else(|| "message".to_owned()),
        id: event.id,
    };
    events.map(standard).collect()
}
