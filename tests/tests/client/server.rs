//! A server that gives its connections recorded responses, one after the other; the last one
//! repeats.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::corpus::{Case, body};

/// A running server. Its thread ends with the process.
pub struct Server {
    pub url: String,
    requests: Arc<AtomicUsize>,
}

/// A recorded response.
struct Answer {
    head: String,
    framing: Framing,
    pieces: Vec<Vec<u8>>,
    pause: Duration,
    is_cut: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Framing {
    Length,
    Chunked,
    /// The end of the connection is that of the body.
    Close,
    /// The connection ends without a response.
    Drop,
}

impl Server {
    pub fn of(case: &Case) -> Self {
        let attempts = case.asked["attempts"].as_array().expect("attempts");
        let answers: Vec<Answer> = attempts.iter().map(answer).collect();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let requests = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&requests);
        thread::spawn(move || {
            for connection in listener.incoming() {
                let mut connection = connection.expect("a connection");
                // A connection without a request is none: clients may open more than they use.
                if take_request(&connection).is_none() {
                    continue;
                }
                let place = count.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
                // The client may have gone.
                let _ = answers[place].send(&mut connection);
            }
        });
        Self {
            url: format!("http://{address}/v1"),
            requests,
        }
    }

    /// The number of requests so far.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

fn answer(attempt: &Value) -> Answer {
    let (body, cuts) = body(attempt);
    let framing = match attempt["framing"].as_str() {
        Some("chunked") => Framing::Chunked,
        Some("drop") => Framing::Drop,
        Some("length" | "none") => Framing::Length,
        _ => Framing::Close,
    };
    let mut head = vec![
        format!("HTTP/1.1 {} Status", attempt["status"]),
        "connection: close".to_owned(),
    ];
    for header in attempt["headers"].as_array().expect("headers") {
        let [name, value] = [0, 1].map(|place| header[place].as_str().expect("a text"));
        head.push(format!("{name}: {value}"));
    }
    match framing {
        Framing::Length if attempt["framing"] == "none" => {}
        Framing::Length => head.push(format!("content-length: {}", body.len())),
        Framing::Chunked => head.push("transfer-encoding: chunked".to_owned()),
        Framing::Close | Framing::Drop => {}
    }
    let head = head.join("\r\n") + "\r\n\r\n";
    let mut pieces = Vec::new();
    let mut start = 0;
    for end in cuts
        .into_iter()
        .chain([body.len()])
        .map(|end| end.min(body.len()))
    {
        if end > start {
            pieces.push(body[start..end].to_vec());
            start = end;
        }
    }
    Answer {
        head,
        framing,
        pieces,
        pause: Duration::from_millis(attempt["delay_ms"].as_u64().unwrap_or_default()),
        is_cut: attempt["end"] == "abort",
    }
}

impl Answer {
    fn send(&self, connection: &mut TcpStream) -> std::io::Result<()> {
        if self.framing == Framing::Drop {
            return Ok(());
        }
        connection.write_all(self.head.as_bytes())?;
        for piece in &self.pieces {
            thread::sleep(self.pause);
            if self.framing == Framing::Chunked {
                connection.write_all(format!("{:x}\r\n", piece.len()).as_bytes())?;
            }
            connection.write_all(piece)?;
            if self.framing == Framing::Chunked {
                connection.write_all(b"\r\n")?;
            }
        }
        if self.framing == Framing::Chunked && !self.is_cut {
            connection.write_all(b"0\r\n\r\n")?;
        }
        connection.flush()
    }
}

/// Reads a request to its end; `None` if there is none.
fn take_request(connection: &TcpStream) -> Option<()> {
    let mut reader = BufReader::new(connection);
    let mut length = 0;
    let mut line = String::new();
    loop {
        line.clear();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let lower = line.trim_end().to_ascii_lowercase();
        if lower.is_empty() {
            break;
        }
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    std::io::copy(&mut reader.take(length), &mut std::io::sink()).ok()?;
    Some(())
}
