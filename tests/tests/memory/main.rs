//! How much memory the largest uploads and responses take at most.
//!
//! Each is sent or decoded by a process of its own, this test again with a variable set, so that
//! none is blurred by another. The kernel knows the peak (`VmHWM` of `/proc/self/status`); that of
//! a process that does nothing is taken off. `files: 942 kB, at most 8000 kB` is what a test
//! prints; elsewhere than on Linux it says that it measures nothing.

use std::{
    env,
    error::Error,
    fs::{self, File},
    io::{self, Write},
    path::PathBuf,
    process::{self, Command},
};

use openai_image_edits::{
    CreateImageEdit, CreateImageEditError, CreateImageEditRequest, ImageEditStreamEvent,
    ImageErrorEvent, ImagesResponse, ResponseError, ResponseHead, StreamError, Upload,
    runtime::{Bytes, EventResponse, JsonResponse},
};

type Outcome = Result<(), Box<dyn Error>>;

const MB: u64 = 1_000_000;
const MIB: u64 = 1024 * 1024;

/// The variable that names the work of a child.
const WORK: &str = "MEMORY_TEST_WORK";

/// The text that the child writes before its peak in kB.
const MARK: &str = "peak in kB: ";

/// Does the work that the variable names. Without it there is nothing to do.
#[test]
fn child() -> Outcome {
    let Ok(work) = env::var(WORK) else {
        return Ok(());
    };
    match work.as_str() {
        "nothing" => {}
        "files" => uploads_in_files()?,
        "memory" => uploads_in_memory()?,
        "event" => large_event()?,
        "response" => large_response()?,
        "wrong-response" => wrong_response(false)?,
        "wrong-response-in-pieces" => wrong_response(true)?,
        "wrong-event" => wrong_event()?,
        "unknown-event" => unknown_event()?,
        "repeated-members" => repeated_members()?,
        "not-a-stream" => not_a_stream()?,
        _ => return Err(format!("there is no work {work}").into()),
    }
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|line| line.split_whitespace().next());
    println!("{MARK}{}", peak.ok_or("the kernel tells no peak")?);
    Ok(())
}

/// The peak of a child with this work, in bytes.
fn peak(work: &str) -> u64 {
    let program = env::current_exe().expect("a test has a file");
    let output = Command::new(program)
        .args(["--exact", "child", "--nocapture"])
        .env(WORK, work)
        .output()
        .expect("the test runs again");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    let peak = text
        .lines()
        .find_map(|line| line.split(MARK).nth(1)?.trim().parse::<u64>().ok());
    peak.expect("the child tells its peak") * 1024
}

/// Compares the peak with `data`, which lies in memory in any case, and `more`.
fn check(work: &str, data: u64, more: u64) {
    if !cfg!(target_os = "linux") {
        // The macros would be silenced by the test harness.
        let _ = writeln!(
            io::stderr(),
            "memory: {work} left out, for this reads the peak as Linux tells it"
        );
        return;
    }
    let found = peak(work).saturating_sub(peak("nothing"));
    let most = data + more;
    let told = format!("{work}: {} kB, at most {} kB", found / 1000, most / 1000);
    println!("{told}");
    assert!(found <= most, "{told}");
}

#[test]
fn uploads_in_files_are_never_in_memory_whole() {
    check("files", 0, 8 * MB);
}

#[test]
fn uploads_in_memory_are_not_copied() {
    check("memory", 16 * 10 * MB, 2 * MB);
}

#[test]
fn a_large_event_is_held_once_and_decoded() {
    check("event", 64 * MIB / 4 * 3, 2 * MB);
}

#[test]
fn a_large_response_is_held_once_beside_its_body() {
    let decoded = 4 * 3 * MB;
    check("response", decoded / 3 * 4 + decoded, 2 * MB);
}

/// A wrong body takes at most twice its own size, the bytes that came among it.
#[test]
fn what_is_wrong_is_held_twice_at_most() {
    for work in [
        "wrong-response",
        "wrong-response-in-pieces",
        "wrong-event",
        "unknown-event",
        "repeated-members",
        "not-a-stream",
    ] {
        check(work, 2 * WRONG, 2 * MB);
    }
}

/// A folder that is gone with the work.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// 800 MB in 16 files, which take no room on the disk.
fn uploads_in_files() -> Outcome {
    let folder = env::temp_dir().join(format!("openai-image-edits-memory-{}", process::id()));
    let scratch = Scratch(folder);
    fs::create_dir(&scratch.0)?;
    let mut uploads = Vec::new();
    for index in 0..16 {
        let path = scratch.0.join(format!("{index}.png"));
        File::create(&path)?.set_len(50 * MB)?;
        uploads.push(Upload::from_path(path));
    }
    send(uploads, 16 * 50 * MB)
}

/// 160 MB in 16 pieces of memory.
fn uploads_in_memory() -> Outcome {
    let image = || vec![7; 10_000_000];
    let uploads = (0..16).map(|_| Upload::from_bytes(image())).collect();
    send(uploads, 16 * 10 * MB)
}

/// Takes a form block by block, as a client does that writes each to a connection.
fn send(uploads: Vec<Upload>, data: u64) -> Outcome {
    let request = CreateImageEditRequest::new(uploads, "A gift basket");
    let call = CreateImageEdit::new(request).call()?;
    let length = call.content_length();
    let mut body = call.into_body();
    let mut sent = 0;
    while let Some(block) = body.next_block()? {
        sent += u64::try_from(block.len())?;
    }
    if Some(sent) != length || sent < data {
        return Err(format!("{sent} bytes of {length:?}").into());
    }
    Ok(())
}

/// An event with 64 MiB of base64 in chunks of 8 KiB, as a connection hands them over.
fn large_event() -> Outcome {
    let head = ResponseHead::new(200).with_header("content-type", "text/event-stream");
    let mut decoder =
        EventResponse::<ImageEditStreamEvent, CreateImageEditError>::default().decoder(&head);
    decoder.push(
        &b"data: {\"type\":\"image_edit.partial_image\",\"partial_image_index\":0,\"b64_json\":\""
            [..],
    );
    for _ in 0..64 * MIB / 8192 {
        decoder.push(vec![b'A'; 8192]);
        if let Some(event) = decoder.next() {
            return Err(format!("an early {event:?}").into());
        }
    }
    decoder.push(&b"\"}\n\n"[..]);
    match decoder.next() {
        Some(Ok(ImageEditStreamEvent::PartialImage(image))) => {
            let length = u64::try_from(image.b64_json.bytes()?.len())?;
            if length == 64 * MIB / 4 * 3 {
                Ok(())
            } else {
                Err(format!("{length} bytes").into())
            }
        }
        other => Err(format!("no image: {other:?}").into()),
    }
}

/// Bytes of a body or event that is not what was promised.
const WRONG: u64 = 8 * MB;

/// A text of that length, in pieces of a connection's size that are made when it is their turn.
fn pieces(start: &str, unit: &str, end: &str) -> impl Iterator<Item = Bytes> {
    let middle = Bytes::from(unit.repeat(8192 / unit.len()).into_bytes());
    let count = usize::try_from(WRONG).unwrap_or_default() / middle.len();
    let (start, end) = (start.to_owned().into(), end.to_owned().into());
    let middle = std::iter::repeat_n(middle, count).map(|middle| Bytes::copy_from_slice(&middle));
    [start].into_iter().chain(middle).chain([end])
}

/// The first item of a stream.
fn item(
    pieces: impl Iterator<Item = Bytes>,
) -> Result<
    Result<ImageEditStreamEvent, StreamError<CreateImageEditError, ImageErrorEvent>>,
    Box<dyn Error>,
> {
    let head = ResponseHead::new(200).with_header("content-type", "text/event-stream");
    let mut decoder =
        EventResponse::<ImageEditStreamEvent, CreateImageEditError>::default().decoder(&head);
    for piece in pieces {
        decoder.push(piece);
        if let Some(item) = decoder.next() {
            return Ok(item);
        }
    }
    decoder.finish();
    decoder.next().ok_or_else(|| "no item".into())
}

/// True if the whole text was kept.
fn kept(text: &[u8]) -> Outcome {
    let most = u64::try_from(text.len())?;
    if most > WRONG - MB {
        Ok(())
    } else {
        Err(format!("{most} bytes were kept").into())
    }
}

/// An image, and then a member of the wrong type.
fn wrong_response(in_pieces: bool) -> Outcome {
    let pieces = pieces(
        "{\"created\":1,\"data\":[{\"b64_json\":\"",
        "AAAA",
        "\"}],\"created\":\"soon\"}",
    );
    let response = JsonResponse::<ImagesResponse>::default();
    let head = ResponseHead::new(200);
    let found = if in_pieces {
        let mut decoder = response.decoder(&head);
        pieces.for_each(|piece| decoder.push(piece));
        decoder.finish()
    } else {
        let mut body = Vec::with_capacity(usize::try_from(WRONG + MB)?);
        pieces.for_each(|piece| body.extend_from_slice(&piece));
        response.decode(&head, body)
    };
    match found {
        Err(error @ ResponseError::Decode(..)) => kept(error.body()),
        other => Err(format!("{other:?}").into()),
    }
}

/// A completed image without its usage.
fn wrong_event() -> Outcome {
    let start = "data: {\"type\":\"image_edit.completed\",\"b64_json\":\"";
    match item(pieces(start, "AAAA", "\"}\n\n"))? {
        Err(StreamError::Decode { error, .. }) => kept(&error.raw),
        other => Err(format!("{other:?}").into()),
    }
}

fn unknown_event() -> Outcome {
    let start = "data: {\"type\":\"image_edit.later\",\"b64_json\":\"";
    match item(pieces(start, "AAAA", "\"}\n\n"))? {
        Ok(ImageEditStreamEvent::Unknown(event)) => kept(&event.data),
        other => Err(format!("{other:?}").into()),
    }
}

/// The same member millions of times.
fn repeated_members() -> Outcome {
    let start = "data: {\"type\":\"image_edit.completed\"";
    match item(pieces(start, ",\"b64_json\":\"AAAA\"", "}\n\n"))? {
        Err(StreamError::Decode { error, .. }) => kept(&error.raw),
        other => Err(format!("{other:?}").into()),
    }
}

/// A JSON body that is called an event stream.
fn not_a_stream() -> Outcome {
    let start = "{\"created\":1,\"data\":[{\"b64_json\":\"";
    match item(pieces(start, "AAAA", "\"}]}\n"))? {
        Err(StreamError::Response(error)) => kept(error.body()),
        other => Err(format!("{other:?}").into()),
    }
}

/// A body with four images of 3 MB each.
fn large_response() -> Outcome {
    let image = 4_000_000;
    let mut body = Vec::with_capacity(4 * image + 100);
    body.extend_from_slice(b"{\"created\":1,\"data\":[");
    for index in 0..4 {
        body.extend_from_slice(if index == 0 {
            b"{\"b64_json\":\""
        } else {
            b",{\"b64_json\":\""
        });
        body.resize(body.len() + image, b'A');
        body.extend_from_slice(b"\"}");
    }
    body.extend_from_slice(b"]}");
    let response = JsonResponse::<ImagesResponse>::default();
    let response = response.decode(&ResponseHead::new(200), Bytes::from(body))?;
    for image in response.data.iter().flatten() {
        let bytes = image.b64_json.as_ref().ok_or("no image")?.bytes()?;
        if bytes.len() != 3_000_000 {
            return Err(format!("{} bytes", bytes.len()).into());
        }
    }
    Ok(())
}
