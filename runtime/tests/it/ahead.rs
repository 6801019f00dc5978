//! Bodies that are polled: no reader is waited for, and every byte arrives all the same.

use std::{
    env, fs,
    io::{self, Cursor, Read},
    pin::Pin,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread, ThreadId},
};

use bytes::Bytes;
use http_body::Body as _;
use openapi_runtime::{Body, Upload};

use crate::body::{Scratch, WAYS, body_of, set_modified};

const BLOCK: usize = 256 * 1024;

/// Wakes a thread that is parked, and counts.
struct Unpark {
    thread: Thread,
    count: AtomicUsize,
}

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.count.fetch_add(1, Ordering::SeqCst);
        self.thread.unpark();
    }
}

fn unpark() -> Arc<Unpark> {
    Arc::new(Unpark {
        thread: thread::current(),
        count: AtomicUsize::new(0),
    })
}

pub fn poll(body: &mut Body, waker: &Waker) -> Poll<Option<io::Result<Bytes>>> {
    let frame = Pin::new(body).poll_frame(&mut Context::from_waker(waker));
    frame.map_ok(|frame| frame.into_data().unwrap())
}

/// The smallest executor: parks until it is woken.
pub fn next(body: &mut Body) -> Option<io::Result<Bytes>> {
    let waker = unpark().into();
    loop {
        match poll(body, &waker) {
            Poll::Ready(block) => return block,
            Poll::Pending => thread::park(),
        }
    }
}

/// All that is left, with a size hint that is exact after each block if it is at the beginning.
pub fn collect(mut body: Body) -> io::Result<Vec<u8>> {
    let whole = body.size_hint().exact();
    let mut all = Vec::new();
    while let Some(block) = next(&mut body) {
        let block = block?;
        assert!(!block.is_empty());
        all.extend_from_slice(&block);
        let left = whole.map(|whole| whole - all.len() as u64);
        assert!(left.is_none() || body.size_hint().exact() == left);
    }
    assert!(body.is_end_stream());
    Ok(all)
}

/// Reads what comes over a channel, and never on the thread that made it.
struct Slow {
    content: Receiver<&'static [u8]>,
    executor: ThreadId,
}

fn slow() -> (Sender<&'static [u8]>, Upload) {
    let (sender, content) = mpsc::channel();
    let executor = thread::current().id();
    let upload = Upload::from_reader(Slow { content, executor });
    (sender, upload.content_type("image/png"))
}

impl Read for Slow {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if thread::current().id() == self.executor {
            return Err(io::Error::other("read on the thread of the executor"));
        }
        let Ok(bytes) = self.content.recv() else {
            return Ok(0);
        };
        buffer[..bytes.len()].copy_from_slice(bytes);
        Ok(bytes.len())
    }
}

#[test]
fn a_reader_that_waits_blocks_nobody() {
    let (sender, upload) = slow();
    let mut body = body_of(vec![Upload::from_bytes(&b"first"[..]), upload]);
    let unpark = unpark();
    let waker = Waker::from(Arc::clone(&unpark));
    let mut all = Vec::new();
    while let Poll::Ready(block) = poll(&mut body, &waker) {
        all.extend_from_slice(&block.unwrap().unwrap());
    }
    assert!(all.ends_with(b"Content-Type: image/png\r\n\r\n"));
    assert!(poll(&mut body, &waker).is_pending());
    assert_eq!(unpark.count.load(Ordering::SeqCst), 0);
    assert_eq!(body.content_length(), None);

    for bytes in [&b"one "[..], b"two ", b"three"] {
        sender.send(bytes).unwrap();
    }
    drop(sender);
    all.extend(collect(body).unwrap());
    assert!(all.ends_with(b"\r\n\r\none two three\r\n--B--\r\n"));
}

#[test]
fn what_is_polled_is_what_is_read() {
    let file = Scratch::new("polled", &vec![7; 3 * BLOCK + 1]);
    let empty = Scratch::new("polled-empty", b"");
    let uploads = || {
        vec![
            Upload::from_path(&file.0),
            Upload::from_path(&empty.0),
            Upload::from_bytes(&b"memory"[..]),
            Upload::from_file(fs::File::open(&file.0).unwrap()),
            Upload::from_reader_with_length(Cursor::new(vec![8; BLOCK + 1]), BLOCK as u64),
        ]
    };
    let whole = body_of(uploads()).into_bytes().unwrap();
    assert!(collect(body_of(uploads())).unwrap() == whole);

    let mut unknown = uploads();
    unknown.push(Upload::from_reader(Cursor::new(vec![9; 2 * BLOCK])));
    unknown.push(Upload::from_reader(io::empty()));
    let mut again = uploads();
    again.push(Upload::from_bytes(vec![9; 2 * BLOCK]));
    again.push(Upload::from_bytes(Bytes::new()));
    let whole = collect(body_of(unknown)).unwrap();
    let expected = body_of(again).into_bytes().unwrap();
    // Empty memory and an empty reader have the same part.
    assert!(whole == expected);
}

#[test]
fn a_body_that_was_polled_is_read_to_its_end() {
    let file = Scratch::new("begun", &vec![7; 5 * BLOCK]);
    let open = || {
        body_of(vec![
            Upload::from_path(&file.0),
            Upload::from_bytes(&b"x"[..]),
        ])
    };
    let whole = open().into_bytes().unwrap();
    for way in WAYS {
        let mut body = open();
        let mut all = next(&mut body).unwrap().unwrap().to_vec();
        all.extend(next(&mut body).unwrap().unwrap());
        let left = (whole.len() - all.len()) as u64;
        assert_eq!(body.content_length(), Some(left));
        assert!(!body.can_be_sent_again());
        all.extend(way(body).unwrap());
        assert!(all == whole);
    }

    let mut body = open();
    let mut all = next(&mut body).unwrap().unwrap().to_vec();
    let mut buffer = [0; 1000];
    body.read_exact(&mut buffer).unwrap();
    all.extend(buffer);
    all.extend(next(&mut body).unwrap().unwrap());
    body.read_exact(&mut buffer).unwrap();
    all.extend(buffer);
    all.extend(collect(body).unwrap());
    assert!(all == whole);
}

#[test]
fn errors_reach_who_polls() {
    struct Panicking;

    impl Read for Panicking {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            // A panic without a message on the screen.
            std::panic::resume_unwind(Box::new("the reader panics"))
        }
    }

    let typed = |upload: Upload| body_of(vec![upload.content_type("image/png")]);
    let mut body = typed(Upload::from_reader(Panicking));
    next(&mut body).unwrap().unwrap();
    for _ in 0..2 {
        assert_eq!(
            next(&mut body).unwrap().unwrap_err().to_string(),
            "file 1 of `image`: the reader panicked, or was read again after an error"
        );
    }

    let short = typed(Upload::from_reader_with_length(Cursor::new(b"123"), 5));
    let error = collect(short).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    assert_eq!(
        error.to_string(),
        "file 1 of `image`: it ended before the announced length; bytes missing: 2"
    );

    let file = Scratch::new("polled-changes", b"0123456789");
    set_modified(&file.0, 1);
    let changed = body_of(vec![Upload::from_path(&file.0)]);
    set_modified(&file.0, 2);
    let error = collect(changed).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    assert!(
        error
            .to_string()
            .ends_with("the file has changed since the call was made")
    );
}

/// Gives zeros without end, and reports when it is dropped.
struct Endless(#[expect(dead_code, reason = "dropping it is the report")] Sender<()>);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(buffer.len())
    }
}

#[test]
fn the_thread_ends_when_the_body_is_dropped() {
    let (sender, dropped) = mpsc::channel();
    let mut body = body_of(vec![Upload::from_reader(Endless(sender))]);
    for _ in 0..3 {
        next(&mut body).unwrap().unwrap();
    }
    drop(body);
    assert_eq!(dropped.recv(), Err(mpsc::RecvError));
}

#[test]
fn the_memory_of_blocks_is_used_again() {
    /// Fills blocks with ones, and counts those that are fresh: memory that was never used has
    /// zeros.
    struct Counting {
        left: usize,
        fresh: Arc<AtomicUsize>,
    }

    impl Read for Counting {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.left == 0 {
                return Ok(0);
            }
            self.left -= 1;
            self.fresh
                .fetch_add(usize::from(buffer[0] == 0), Ordering::SeqCst);
            buffer.fill(1);
            Ok(buffer.len())
        }
    }

    // Beside those that are held, one was just taken, one waits, and one is read.
    for (held, most) in [(1, 4), (3, 6)] {
        let fresh = Arc::new(AtomicUsize::new(0));
        let reader = Counting {
            left: 40,
            fresh: Arc::clone(&fresh),
        };
        let upload = Upload::from_reader(reader).content_type("image/png");
        let mut body = body_of(vec![upload]);
        let mut blocks = std::collections::VecDeque::new();
        while let Some(block) = next(&mut body) {
            blocks.push_back(block.unwrap());
            if blocks.len() > held {
                blocks.pop_front();
            }
        }
        let fresh = fresh.load(Ordering::SeqCst);
        assert!(
            (1..=most).contains(&fresh),
            "{fresh} of 40 with {held} held"
        );
    }
}

/// The variable that has a child read without threads.
const CHILD: &str = "AHEAD_TEST_CHILD";

#[test]
fn without_threads_other_tasks_run_between_blocks() {
    if env::var_os(CHILD).is_some() {
        return poll_without_threads();
    }
    // No thread can be started with a stack that is larger than the memory.
    let output = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "ahead::without_threads_other_tasks_run_between_blocks",
        ])
        .args(["--nocapture", "--test-threads=1"])
        .envs([(CHILD, "1"), ("RUST_MIN_STACK", "4611686018427387904")])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{told}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(told.contains("1 passed"), "{told}");
}

fn poll_without_threads() {
    assert!(thread::Builder::new().spawn(|| ()).is_err());
    let file = Scratch::new("threadless", &vec![7; 3 * BLOCK]);
    let open = || body_of(vec![Upload::from_path(&file.0)]);
    let mut body = open();
    let unpark = unpark();
    let waker = Waker::from(Arc::clone(&unpark));
    let mut steps = String::new();
    let mut all = Vec::new();
    loop {
        match poll(&mut body, &waker) {
            Poll::Pending => steps.push('-'),
            Poll::Ready(Some(block)) => {
                steps.push('b');
                all.extend(block.unwrap());
            }
            Poll::Ready(None) => break,
        }
    }
    // Head, three blocks, end.
    assert_eq!(steps, "b-b-b-bb");
    assert_eq!(unpark.count.load(Ordering::SeqCst), 3);
    assert!(all == open().into_bytes().unwrap());
    assert!(all == collect(open()).unwrap());
}
