//! Bodies: every way to read one gives the same bytes, and files may change under it.

use std::{
    error::Error,
    fs,
    io::{self, Cursor, Read},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use bytes::Bytes;
use openapi_runtime::{Body, Boundary, Form, Upload};

/// A file that is gone with the test.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn new(name: &str, content: &[u8]) -> Self {
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

pub fn body_of(uploads: Vec<Upload>) -> Body {
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

/// Reads a body in a way of its own.
pub type Way = fn(Body) -> io::Result<Vec<u8>>;

pub const WAYS: [Way; 3] = [
    blocks,
    |body| read(body, 7),
    |body| Ok(body.into_bytes()?.to_vec()),
];

/// Sets the time at which the file was changed, so that no test depends on the clock of the file
/// system.
pub fn set_modified(path: &Path, seconds: u64) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds))
        .unwrap();
}

#[test]
fn a_file_that_changes_before_it_is_sent_is_an_error() {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0123456789";
    // The content when the call is made, the content after it, and the time of the change.
    let cases = [
        (PNG, PNG, 1, None),
        (b"", b"", 1, None),
        (PNG, PNG, 2, Some(io::ErrorKind::InvalidData)),
        (PNG, &PNG[..17], 1, Some(io::ErrorKind::UnexpectedEof)),
        (PNG, b"", 1, Some(io::ErrorKind::UnexpectedEof)),
        (b"12", b"123", 1, Some(io::ErrorKind::InvalidData)),
        (b"", b"123", 1, Some(io::ErrorKind::InvalidData)),
        // Of the bytes themselves the first are compared, which the content type was guessed from.
        (
            PNG,
            b"\x89PNG\r\n\x1a\nx123456789",
            1,
            Some(io::ErrorKind::InvalidData),
        ),
        (
            PNG,
            b"\xff\xd8\xff\xe0....0123456789",
            1,
            Some(io::ErrorKind::InvalidData),
        ),
        (PNG, b"\x89PNG\r\n\x1a\n012345678x", 1, None),
    ];
    let uploads: [fn(&Path) -> Upload; 2] = [
        |path| Upload::from_path(path),
        |path| Upload::from_file(fs::File::open(path).unwrap()),
    ];
    for (number, (before, after, modified, expected)) in cases.into_iter().enumerate() {
        for (open, way) in uploads.iter().flat_map(|open| WAYS.map(|way| (open, way))) {
            let file = Scratch::new("changes", before);
            set_modified(&file.0, 1);
            let body = body_of(vec![Upload::from_bytes(&b"x"[..]), open(&file.0)]);
            fs::write(&file.0, after).unwrap();
            set_modified(&file.0, modified);
            let error = way(body).err();
            assert_eq!(error.as_ref().map(io::Error::kind), expected, "{number}");
            let Some(error) = error else { continue };
            let message = error.to_string();
            assert!(message.starts_with("file 2 of `image`"), "{message}");
            assert!(
                message.ends_with(": the file has changed since the call was made"),
                "{message}"
            );
        }
    }
}

#[test]
fn a_file_that_changes_while_it_is_sent_is_an_error_before_its_last_block() {
    let long = vec![7; 700_000];
    for (from_path, way) in [true, false]
        .into_iter()
        .flat_map(|path| WAYS.map(|way| (path, way)))
    {
        let file = Scratch::new("grows", &long);
        set_modified(&file.0, 1);
        let upload = if from_path {
            Upload::from_path(&file.0)
        } else {
            Upload::from_file(fs::File::open(&file.0).unwrap())
        };
        let mut body = body_of(vec![upload]);
        let _head = body.next_block().unwrap();
        assert_eq!(body.next_block().unwrap().unwrap()[..3], [7, 7, 7]);
        set_modified(&file.0, 2);
        let error = way(body).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }

    let file = Scratch::new("clone", &long);
    set_modified(&file.0, 1);
    let mut body = body_of(vec![Upload::from_path(&file.0)]);
    let _head = body.next_block().unwrap();
    let mut sent = body.next_block().unwrap().unwrap().len();
    set_modified(&file.0, 2);
    while let Ok(Some(block)) = body.next_block() {
        sent += block.len();
    }
    assert!(sent < long.len(), "{sent}");

    // A file that has changed is not sent to its last block.
    set_modified(&file.0, 1);
    let mut body = body_of(vec![Upload::from_path(&file.0)]);
    set_modified(&file.0, 2);
    let _head = body.next_block().unwrap();
    assert!(body.next_block().is_err());

    set_modified(&file.0, 1);
    let body = body_of(vec![Upload::from_path(&file.0)]);
    let again = body.try_clone().unwrap().unwrap();
    set_modified(&file.0, 2);
    for error in [
        again.into_bytes().unwrap_err(),
        body.try_clone().unwrap_err(),
    ] {
        let expected = format!(
            "file 1 of `image` ({}): the file has changed since the call was made",
            file.0.display()
        );
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn errors_while_sending_name_the_file_and_keep_their_kind_and_source() {
    struct Failing(io::ErrorKind);

    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::new(self.0, "the tape is torn"))
        }
    }

    let typed = |upload: Upload| upload.content_type("image/png");
    let uploads = || {
        [
            typed(Upload::from_reader(Failing(io::ErrorKind::TimedOut))),
            typed(Upload::from_reader_with_length(Cursor::new(b"123"), 4)),
        ]
    };
    for way in WAYS {
        let [failing, short] = uploads();
        let mut form = Form::new();
        form.add("mask", failing);
        let body = form.finish(&Boundary::new("B").unwrap()).unwrap().1;
        let error = way(body).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(error.to_string(), "the file of `mask`: the tape is torn");
        assert_eq!(error.source().unwrap().to_string(), "the tape is torn");

        let error = way(body_of(vec![Upload::from_bytes(&b"x"[..]), short])).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        assert_eq!(
            error.to_string(),
            "file 2 of `image`: it ended before the announced length; bytes missing: 1"
        );
    }
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

    // A clone of what can be sent once is the same one.
    for upload in [
        Upload::from_file(fs::File::open(&file.0).unwrap()),
        Upload::from_reader(Cursor::new(b"0123456789")),
    ] {
        let clone = upload.clone();
        assert!(!body_of(vec![upload]).into_bytes().unwrap().is_empty());
        let mut form = Form::new();
        form.add("mask", clone);
        let Err(error) = form.finish(&Boundary::new("B").unwrap()) else {
            panic!("it is sent twice")
        };
        assert_eq!(
            error.source().unwrap().to_string(),
            "it has been sent before, and can be sent only once"
        );
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
