//! Delivery of a response with the faults that affect its bytes.
//!
//! If a body ends with an error, hyper closes the connection before the announced end: this is how
//! a connection is cut.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream;
use http_body_util::BodyExt;
use hyper::body::Body as _;
use thiserror::Error;
use tokio::sync::mpsc::{self, Sender};

use crate::fault::Fault;

/// The time before a cut in which hyper writes its buffered data.
const FLUSH: Duration = Duration::from_millis(20);

/// The mark of a cut connection.
#[derive(Clone, Copy, Debug, Error)]
#[error("the connection is cut, as the fault asks")]
pub(crate) struct Cut;

/// The treatment of the bytes of a response. Numbers are indices of events.
#[derive(Debug, Default)]
struct Handling {
    cut_head: bool,
    cut: Option<u64>,
    end: Option<u64>,
    stall: Option<(u64, Duration)>,
    drip: Option<usize>,
    crlf: bool,
    is_needed: bool,
}

/// Applies the faults to a response.
pub(crate) fn deliver(mut response: Response, faults: &[Fault]) -> Response {
    let handling = handling(faults, response.headers_mut());
    if !handling.is_needed {
        return response;
    }
    let (mut head, body) = response.into_parts();
    head.headers.remove(CONTENT_LENGTH);
    // A cut is detected by the announced length. A clean early end needs a response without an
    // announced length.
    let length = body.size_hint().exact().filter(|_| handling.end.is_none());
    if let Some(length) = length {
        head.headers
            .insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        // The client has disconnected, or the connection is to be cut.
        let _ = send(body, &handling, &sender).await;
    });
    let chunks = stream::unfold(receiver, |mut receiver| async {
        receiver.recv().await.map(|chunk| (chunk, receiver))
    });
    Response::from_parts(head, Body::from_stream(chunks))
}

fn handling(faults: &[Fault], headers: &mut HeaderMap) -> Handling {
    let mut handling = Handling::default();
    for fault in faults {
        match fault {
            Fault::CutHead => handling.cut_head = true,
            Fault::CutBody { event } => handling.cut = Some(*event),
            Fault::EndBody { event } => handling.end = Some(*event),
            Fault::StallBody { event, time } => handling.stall = Some((*event, *time)),
            Fault::Drip { bytes } => handling.drip = Some(*bytes),
            Fault::Crlf if is_stream(headers) => handling.crlf = true,
            Fault::ContentType { value } => {
                if let Ok(value) = HeaderValue::from_str(value) {
                    headers.insert(CONTENT_TYPE, value);
                }
                continue;
            }
            _ => continue,
        }
        handling.is_needed = true;
    }
    handling
}

fn is_stream(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE);
    content_type.is_some_and(|value| value.as_bytes().starts_with(b"text/event-stream"))
}

/// The receiver was dropped.
struct Gone;

async fn send(
    mut body: Body,
    handling: &Handling,
    sender: &Sender<Result<Bytes, Cut>>,
) -> Result<(), Gone> {
    if handling.cut_head {
        return cut(sender).await;
    }
    let mut event = 0;
    while let Some(Ok(frame)) = body.frame().await {
        let mut data = frame.into_data().unwrap_or_default();
        if handling.crlf {
            data = with_crlf(&data);
        }
        let rest = data.split_off(data.len() / 2);
        write(data, handling, sender).await?;
        if handling.cut == Some(event) {
            return cut(sender).await;
        }
        if handling.end == Some(event) {
            return Ok(());
        }
        if let Some((_, time)) = handling.stall.filter(|(stalled, _)| *stalled == event) {
            tokio::time::sleep(time).await;
        }
        write(rest, handling, sender).await?;
        event += 1;
    }
    Ok(())
}

async fn write(
    data: Bytes,
    handling: &Handling,
    sender: &Sender<Result<Bytes, Cut>>,
) -> Result<(), Gone> {
    let mut data = data;
    while !data.is_empty() {
        let length = handling.drip.unwrap_or(usize::MAX).min(data.len());
        let chunk = data.split_to(length);
        sender.send(Ok(chunk)).await.map_err(|_| Gone)?;
    }
    Ok(())
}

async fn cut(sender: &Sender<Result<Bytes, Cut>>) -> Result<(), Gone> {
    tokio::time::sleep(FLUSH).await;
    sender.send(Err(Cut)).await.map_err(|_| Gone)
}

fn with_crlf(text: &[u8]) -> Bytes {
    let ends = text.split(|byte| *byte == b'\n');
    Bytes::from(ends.collect::<Vec<_>>().join(&b"\r\n"[..]))
}
