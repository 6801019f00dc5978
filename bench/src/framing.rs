//! Chunks of bytes to events.

use std::{cell::RefCell, hint::black_box};

use bytes::Bytes;
use memchr::memchr2;
use openapi_runtime::event_stream::Decoder;

use crate::{
    measure::{Contender, interleave, rounds},
    stream::{PEERS, Streams, ours},
    table::{Bar, Row, Table, Who},
};

const KIB: usize = 1024;

/// Looks for the line end and copies every byte into memory that is there already.
fn limit(copy: &mut Vec<u8>, wire: &[Bytes]) {
    copy.clear();
    for chunk in wire {
        black_box(memchr2(b'\n', b'\r', chunk));
        copy.extend_from_slice(chunk);
    }
    black_box(copy);
}

pub fn tables() -> Vec<Table> {
    vec![peers(), grid()]
}

fn peers() -> Table {
    let streams = RefCell::new(Streams::new(3 * KIB * KIB, 16 * KIB, true));
    let length = ours(&mut Decoder::new(), streams.borrow_mut().next());
    let mut copy = Vec::with_capacity(5 * KIB * KIB);
    let mut decoder = Decoder::new();
    let mut contenders = vec![
        Contender {
            name: "limit",
            who: Who::Limit,
            run: Box::new(|| limit(&mut copy, streams.borrow_mut().next())),
        },
        Contender {
            name: "event_stream::Decoder",
            who: Who::Ours,
            run: Box::new(|| {
                black_box(ours(&mut decoder, streams.borrow_mut().next()));
            }),
        },
        Contender {
            name: "event_stream::Decoder, a new one for each event",
            who: Who::Ours,
            run: Box::new(|| {
                black_box(ours(&mut Decoder::new(), streams.borrow_mut().next()));
            }),
        },
    ];
    let mut wrong = Vec::new();
    let streams = &streams;
    for (name, frames) in PEERS {
        let found = frames(streams.borrow_mut().next());
        if found != length {
            wrong.push(format!("{name} gives {found} of {length} bytes"));
            continue;
        }
        contenders.push(Contender {
            name,
            who: Who::Peer,
            run: Box::new(move || {
                black_box(frames(streams.borrow_mut().next()));
            }),
        });
    }
    let seconds = interleave(rounds(9), &mut contenders);
    let rows = rows(&contenders, &seconds);
    let best = rows
        .iter()
        .filter(|row| row.who == Who::Peer)
        .map(|row| row.ratio);
    let best = best.fold(0.0, f64::max);
    let reached = rows[1].ratio;
    let mut setting = "A 4 MB event in chunks of 16 KB that are in no cache. The limit is `memchr` for the line end and \
                       one `memcpy` of every byte into memory that is there already."
        .to_owned();
    for wrong in wrong {
        setting.push_str(" Not measured, because its result is another: ");
        setting.push_str(&wrong);
        setting.push('.');
    }
    Table {
        title: "Stream framing".to_owned(),
        setting,
        unit: "CPU ms".to_owned(),
        columns: Vec::new(),
        rows,
        bars: vec![
            bar("4 MB in 16 KB chunks, x limit", 0.9, reached),
            bar("ahead of the best peer, x its speed", 1.0, reached / best),
        ],
    }
}

/// Ours on events and chunks of all sizes.
fn grid() -> Table {
    let mut table = Table {
        title: "Stream framing by size".to_owned(),
        setting: "One decoder for many events; a row for each size of event and chunk, against the limit on the same \
                  input. Cold: the chunks are in no cache. Hot: the same stream again and again."
            .to_owned(),
        unit: "CPU ms".to_owned(),
        columns: vec!["limit".to_owned()],
        rows: Vec::new(),
        bars: Vec::new(),
    };
    let mut speeds = Vec::new();
    for cold in [true, false] {
        let mut worst = f64::INFINITY;
        for event in [64, 1024, 4096] {
            for chunk in [1, 8, 16, 64] {
                let (seconds, ratio, limit) = pair(event * KIB / 4 * 3, chunk * KIB, cold);
                let heat = if cold { "cold" } else { "hot" };
                table.rows.push(Row {
                    name: format!("{event} KB in {chunk} KB, {heat}"),
                    who: Who::Ours,
                    seconds,
                    ratio,
                    cells: vec![format!("{:.4}", limit * 1e3)],
                });
                if chunk > 1 {
                    worst = worst.min(ratio);
                }
                if event == 4096 && cold {
                    speeds.push((chunk, seconds));
                }
            }
        }
        let (what, wanted) = if cold { ("cold", 0.9) } else { ("hot", 0.5) };
        table.bars.push(bar(
            &format!("the worst of 8 to 64 KB chunks, {what}"),
            wanted,
            worst,
        ));
    }
    let time = |wanted| {
        speeds
            .iter()
            .find(|(chunk, _)| *chunk == wanted)
            .map_or(f64::NAN, |(_, time)| *time)
    };
    table.bars.push(bar(
        "4 MB in 1 KB chunks, x the speed in 64 KB chunks",
        0.6,
        time(64) / time(1),
    ));
    table
}

/// Seconds and ratio of ours, and the seconds of the limit.
fn pair(length: usize, chunk: usize, cold: bool) -> (f64, f64, f64) {
    let streams = RefCell::new(Streams::new(length, chunk, cold));
    // A clock cannot see a few microseconds.
    let repeat = (4 * KIB * KIB / length).max(1);
    let mut copy = Vec::with_capacity(2 * length);
    let mut decoder = Decoder::new();
    let mut contenders = [
        Contender {
            name: "limit",
            who: Who::Limit,
            run: Box::new(|| {
                for _ in 0..repeat {
                    limit(&mut copy, streams.borrow_mut().next());
                }
            }),
        },
        Contender {
            name: "ours",
            who: Who::Ours,
            run: Box::new(|| {
                for _ in 0..repeat {
                    black_box(ours(&mut decoder, streams.borrow_mut().next()));
                }
            }),
        },
    ];
    let seconds = interleave(rounds(15), &mut contenders);
    let each = |index: usize| seconds[index] / f64::from(u32::try_from(repeat).unwrap_or(1));
    (each(1), seconds[0] / seconds[1], each(0))
}

/// The rows of contenders of which the first is the limit.
pub fn rows(contenders: &[Contender], seconds: &[f64]) -> Vec<Row> {
    let rows = contenders.iter().zip(seconds);
    rows.map(|(contender, time)| Row {
        name: contender.name.to_owned(),
        who: contender.who,
        seconds: *time,
        ratio: seconds[0] / time,
        cells: Vec::new(),
    })
    .collect()
}

pub fn bar(what: &str, wanted: f64, reached: f64) -> Bar {
    Bar {
        what: what.to_owned(),
        wanted,
        at_least: true,
        reached,
    }
}
