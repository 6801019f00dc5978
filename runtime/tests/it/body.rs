//! Bodies: every way to read one gives the same bytes, and files may change under it.

use std::{
    fs,
    io::{self, Cursor, Read},
    path::PathBuf,
};

use bytes::Bytes;
use openapi_runtime::{Body, Boundary, Form, Upload};

/// A file that is gone with the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, content: &[u8]) -> Self {
        let path =
            std::env::temp_dir().join(format!("openapi-runtime-{}-{name}", std::process::id()));
        fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn body_of(uploads: Vec<Upload>) -> Body {
    let mut form = Form::new();
    form.add("prompt", "a cat");
    form.add("image", uploads);
    form.finish(&Boundary::new("B").unwrap()).unwrap().1
}

fn blocks(mut body: Body) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(block) = body.next_block()? {
        assert!(!block.is_empty());
        all.extend_from_slice(&block);
        let left = body.content_length();
        assert!(left.is_none() || left == body.content_length());
    }
    assert!(body.next_block()?.is_none());
    Ok(all)
}

fn read(mut body: Body, size: usize) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    let mut buffer = vec![0; size];
    loop {
        match body.read(&mut buffer)? {
            0 => return Ok(all),
            count => all.extend_from_slice(&buffer[..count]),
        }
    }
}

#[test]
fn every_way_to_read_gives_the_same_bytes() {
    let long = vec![7; 700_000];
    let file = Scratch::new("same", &long);
    let uploads = || {
        vec![
            Upload::from_path(&file.0),
            Upload::from_bytes(&b""[..]),
            Upload::from_file(fs::File::open(&file.0).unwrap()),
            Upload::from_reader_with_length(Cursor::new(vec![8; 300_000]), 299_999),
            Upload::from_reader(Cursor::new(vec![9; 300_000])),
        ]
    };
    let whole = body_of(uploads()).into_bytes().unwrap();
    assert_eq!(body_of(uploads()).content_length(), None);
    assert_eq!(blocks(body_of(uploads())).unwrap(), whole);
    assert_eq!(read(body_of(uploads()), 13).unwrap(), whole);
    assert_eq!(read(body_of(uploads()), 1 << 20).unwrap(), whole);

    let mut known = uploads();
    known.pop();
    let body = body_of(known);
    let length = body.content_length().unwrap();
    assert_eq!(length, body.into_bytes().unwrap().len() as u64);
}

#[test]
fn memory_is_not_copied() {
    let bytes = Bytes::from(vec![1; 1000]);
    let mut body = body_of(vec![Upload::from_bytes(bytes.clone())]);
    let _head = body.next_block().unwrap();
    assert_eq!(body.next_block().unwrap().unwrap().as_ptr(), bytes.as_ptr());
    assert_eq!(
        Body::from(bytes.clone()).into_bytes().unwrap().as_ptr(),
        bytes.as_ptr()
    );
}

#[test]
fn an_open_file_is_sent_from_where_it_stands() {
    let file = Scratch::new("position", b"0123456789");
    let mut open = fs::File::open(&file.0).unwrap();
    open.read_exact(&mut [0; 4]).unwrap();
    let upload = Upload::from_file(open);
    assert_eq!(upload.length_hint(), Some(6));
    let text = String::from_utf8(body_of(vec![upload]).into_bytes().unwrap().to_vec()).unwrap();
    assert!(text.ends_with("\r\n\r\n456789\r\n--B--\r\n"), "{text}");
}

#[test]
fn a_file_that_shrinks_is_an_error_and_one_that_grows_is_cut() {
    let file = Scratch::new("changes", &vec![1; 1000]);
    let open = || body_of(vec![Upload::from_path(&file.0)]);
    let (shrunk, read_shrunk) = (open(), open());
    fs::write(&file.0, vec![1; 900]).unwrap();
    assert_eq!(
        blocks(shrunk).unwrap_err().kind(),
        io::ErrorKind::UnexpectedEof
    );
    assert_eq!(
        read(read_shrunk, 64).unwrap_err().kind(),
        io::ErrorKind::UnexpectedEof
    );

    let grown = open();
    let length = grown.content_length().unwrap();
    fs::write(&file.0, vec![1; 2000]).unwrap();
    assert_eq!(blocks(grown).unwrap().len() as u64, length);

    let short = body_of(vec![Upload::from_reader_with_length(
        Cursor::new(b"123"),
        4,
    )]);
    assert_eq!(
        short.into_bytes().unwrap_err().kind(),
        io::ErrorKind::UnexpectedEof
    );
}

#[test]
fn what_can_be_sent_again() {
    let file = Scratch::new("again", b"0123456789");
    let mut body = body_of(vec![
        Upload::from_path(&file.0),
        Upload::from_bytes(&b"x"[..]),
    ]);
    let again = body.try_clone().unwrap().unwrap();
    assert_eq!(again.content_length(), body.content_length());
    let started = body.next_block().unwrap().unwrap();
    assert!(!body.can_be_sent_again());
    assert!(body.try_clone().unwrap().is_none());
    let whole = again.into_bytes().unwrap();
    assert_eq!([&started[..], &body.into_bytes().unwrap()].concat(), whole);

    for upload in [
        Upload::from_file(fs::File::open(&file.0).unwrap()),
        Upload::from_reader(Cursor::new(b"x")),
        Upload::from_reader_with_length(Cursor::new(b"x"), 1),
    ] {
        assert!(upload.try_clone().is_none());
        assert!(!body_of(vec![upload]).can_be_sent_again());
    }

    let gone = body_of(vec![Upload::from_path(&file.0)]);
    drop(file);
    assert_eq!(
        gone.try_clone().unwrap_err().kind(),
        io::ErrorKind::NotFound
    );
}

#[test]
fn bodies_cross_threads() {
    fn is_shared<T: Send + Sync + 'static>() {}
    is_shared::<Body>();
    is_shared::<Upload>();
    is_shared::<openapi_runtime::RequestError>();
    is_shared::<openapi_runtime::StreamError>();
}

#[cfg(feature = "http-body")]
#[test]
fn http_body() {
    use std::{
        pin::Pin,
        task::{Context, Poll, Waker},
    };

    use http_body::Body as _;

    let mut body = body_of(vec![Upload::from_bytes(&b"0123456789"[..])]);
    let whole = body.try_clone().unwrap().unwrap().into_bytes().unwrap();
    assert_eq!(body.size_hint().exact(), Some(whole.len() as u64));
    let mut all = Vec::new();
    let mut context = Context::from_waker(Waker::noop());
    while let Poll::Ready(Some(frame)) = Pin::new(&mut body).poll_frame(&mut context) {
        all.extend_from_slice(&frame.unwrap().into_data().unwrap());
    }
    assert_eq!(all, whole);
    assert!(body.is_end_stream());
    assert_eq!(body.size_hint().exact(), Some(0));
}
