//! A server that takes whatever it is sent, and tells how much that was.
//!
//! A `POST` with `content-length: 160003500` and as many bytes becomes
//! `Received { announced: Some(160003500), length: 160003500, .. }`; one with
//! `transfer-encoding: chunked` has nothing announced (RFC 9112 §6, §7.1).

use std::{
    error::Error,
    io::{self, BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::mpsc::{self, Receiver},
    thread,
};

use bytes::Bytes;
use memchr::memmem;

/// A result with any error.
pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// The response to each request: one of the operation, without images.
const ANSWER: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 23\r\n\
connection: close\r\n\r\n{\"created\":1,\"data\":[]}";

/// How much of a connection is read at once.
const BLOCK: usize = 256 * 1024;

/// The body of one request.
#[derive(Debug, Default)]
pub struct Received {
    /// The `Content-Length`.
    pub announced: Option<u64>,
    /// How many bytes of body came, without the framing of chunks.
    pub length: u64,
    /// The body, where the server keeps it.
    pub body: Vec<u8>,
}

impl Received {
    /// The comment on the length that was announced.
    pub fn verdict(&self) -> String {
        match self.announced {
            None => "none (chunked)".to_owned(),
            Some(length) if length == self.length => "exact".to_owned(),
            Some(length) => format!("wrong: {length} for {}", self.length),
        }
    }

    /// True if the body has these files, whole and in this order.
    pub fn holds(&self, files: &[Bytes]) -> bool {
        let mut rest = self.body.as_slice();
        files.iter().all(|file| {
            let start = file.get(..64).unwrap_or(file);
            let found = memmem::find(rest, start).and_then(|at| rest.get(at..));
            let after = found.and_then(|found| found.strip_prefix(file.as_ref()));
            rest = after.unwrap_or_default();
            after.is_some()
        })
    }
}

/// A server on this machine, for as long as the program runs.
pub struct Server {
    pub address: SocketAddr,
    received: Receiver<io::Result<Received>>,
}

impl Server {
    /// Listens on a free port. Each request closes its connection.
    pub fn start(keeps_body: bool) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let (sender, received) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let request = stream.and_then(|stream| serve(stream, keeps_body));
                if sender.send(request).is_err() {
                    break;
                }
            }
        });
        Ok(Self { address, received })
    }

    /// The body of the next request, once it is answered.
    pub fn next(&self) -> io::Result<Received> {
        self.received.recv().map_err(io::Error::other)?
    }
}

/// `count` files of `length` bytes each, none like the other, that begin as a PNG does.
pub fn images(count: u64, length: usize) -> impl Iterator<Item = Bytes> {
    (1..=count).map(move |seed| image(seed, length))
}

fn image(seed: u64, length: usize) -> Bytes {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut bytes = Vec::with_capacity(length + 8);
    bytes.extend_from_slice(b"\x89PNG\r\n\x1a\n");
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    Bytes::from(bytes)
}

fn serve(stream: TcpStream, keeps_body: bool) -> io::Result<Received> {
    let mut reader = BufReader::with_capacity(BLOCK, stream);
    let mut received = Received::default();
    let mut chunked = false;
    loop {
        let line = line(&mut reader)?.to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(("content-length", value)) = line.split_once(": ") {
            received.announced = value.parse().ok();
        }
        chunked |= line == "transfer-encoding: chunked";
    }
    if chunked {
        while take_chunk(&mut reader, &mut received, keeps_body)? {}
    } else {
        let length = received.announced.unwrap_or(0);
        take(&mut reader, length, &mut received, keeps_body)?;
    }
    reader.get_mut().write_all(ANSWER)?;
    Ok(received)
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

/// Takes one chunk; false after the last, which has no bytes.
fn take_chunk(reader: &mut impl BufRead, received: &mut Received, keeps: bool) -> io::Result<bool> {
    let size = u64::from_str_radix(&line(reader)?, 16).map_err(io::Error::other)?;
    take(reader, size, received, keeps)?;
    line(reader)?;
    Ok(size > 0)
}

fn take(
    reader: &mut impl BufRead,
    length: u64,
    received: &mut Received,
    keeps: bool,
) -> io::Result<()> {
    let mut left = length;
    while left > 0 {
        let bytes = reader.fill_buf()?;
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
        let Some(bytes) = bytes.get(..most).filter(|bytes| !bytes.is_empty()) else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        if keeps {
            received.body.extend_from_slice(bytes);
        }
        reader.consume(most);
        left -= u64::try_from(most).unwrap_or(left);
        received.length += u64::try_from(most).unwrap_or(0);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(request: &[u8]) -> Received {
        let server = Server::start(true).expect("a server starts");
        let mut stream = TcpStream::connect(server.address).expect("it listens");
        stream.write_all(request).expect("it reads");
        server.next().expect("the request is whole")
    }

    #[test]
    fn chunks_are_put_together() {
        let received = sent(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        assert_eq!((received.announced, received.length), (None, 5));
        assert_eq!(received.verdict(), "none (chunked)");
        assert!(received.holds(&[Bytes::from("bc"), Bytes::from("de")]));
    }

    #[test]
    fn a_file_that_is_missing_or_out_of_order_is_noticed() {
        let received = sent(b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabcde");
        assert_eq!((received.announced, received.length), (Some(5), 5));
        assert_eq!(received.verdict(), "exact");
        assert!(!received.holds(&[Bytes::from("de"), Bytes::from("bc")]));
        assert!(!received.holds(&[Bytes::from("abx")]));
    }
}
