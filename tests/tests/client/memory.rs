//! How much memory the client takes for large uploads and for many streams.
//!
//! Each is the work of a process of its own, this test again with a variable set; the peak is that
//! of the kernel (`VmHWM`), less that of a process that does nothing. The server is in this
//! process.

use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::thread;

use openai_image_edits::{CreateImageEdit, CreateImageEditRequest, ImageEditStreamEvent, Upload};

const MB: u64 = 1_000_000;

/// The variables of a child: its work, the server, the folder of the files.
const WORK: &str = "CLIENT_MEMORY_WORK";
const SERVER: &str = "CLIENT_MEMORY_SERVER";
const FOLDER: &str = "CLIENT_MEMORY_FOLDER";

/// The text that the child writes before its peak in kB.
const MARK: &str = "peak in kB: ";

const FILES: usize = 16;
const LENGTH: u64 = 50 * MB;
const STREAMS: usize = 50;

/// Bytes of the picture of a stream.
const PICTURE: usize = 1024 * 1024;

/// Does the work that the variable names. Without it there is nothing to do.
#[tokio::test]
async fn child() {
    let Ok(work) = env::var(WORK) else { return };
    let server = env::var(SERVER).expect("a server");
    let folder = PathBuf::from(env::var_os(FOLDER).expect("a folder"));
    let files = || {
        let names = (0..FILES).map(|index| folder.join(format!("{index}.png")));
        let uploads: Vec<_> = names.map(Upload::from_path).collect();
        CreateImageEdit::new(CreateImageEditRequest::new(uploads, "a basket"))
    };
    match work.as_str() {
        "nothing" => {}
        "files with reqwest" => {
            let client = openapi_client::reqwest::Client::new(&server).expect("a base URL");
            client.send(files()).await.expect("it is taken");
        }
        "files with ureq" => {
            let client = openapi_client::ureq::Client::new(&server).expect("a base URL");
            client.send(files()).expect("it is taken");
        }
        "streams" => streams(&server).await,
        other => panic!("{other}"),
    }
    let status = fs::read_to_string("/proc/self/status").expect("it is Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|line| line.split_whitespace().next());
    println!("{MARK}{}", peak.expect("a peak"));
}

/// Fifty streams at once, each with one picture.
async fn streams(server: &str) {
    let client = openapi_client::reqwest::Client::new(server).expect("a base URL");
    let one = |client: openapi_client::reqwest::Client| async move {
        let picture = Upload::from_bytes(&b"\x89PNG\r\n\x1a\n"[..]);
        let request = CreateImageEditRequest::new(picture, "a basket");
        let stream = client.stream(CreateImageEdit::new(request)).await;
        let mut stream = stream.expect("it begins");
        let mut length = 0;
        while let Some(event) = stream.next().await {
            if let ImageEditStreamEvent::Completed(event) = event.expect("it is an event") {
                length = event.b64_json.bytes().expect("it is base64").len();
            }
        }
        length
    };
    let streams = (0..STREAMS).map(|_| tokio::spawn(one(client.clone())));
    let streams: Vec<_> = streams.collect();
    for stream in streams {
        assert_eq!(stream.await.expect("it ends"), PICTURE);
    }
}

/// Takes requests of exactly the announced length, and answers each.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for connection in listener.incoming() {
            let connection = connection.expect("a connection");
            thread::spawn(move || answer(connection));
        }
    });
    format!("http://{address}/v1")
}

fn answer(mut connection: TcpStream) -> Option<()> {
    let mut reader = BufReader::new(connection.try_clone().ok()?);
    let (mut length, mut is_stream) = (None, false);
    let mut line = String::new();
    loop {
        line.clear();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let lower = line.trim_end().to_ascii_lowercase();
        if lower.is_empty() {
            break;
        }
        is_stream |= lower == "accept: text/event-stream";
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse::<u64>().ok();
        }
    }
    // Without a length the request is not answered, and the test fails.
    let taken = std::io::copy(&mut reader.take(length?), &mut std::io::sink()).ok()?;
    assert_eq!(Some(taken), length);
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: ";
    if !is_stream {
        let answer =
            format!("{head}application/json\r\ncontent-length: 13\r\n\r\n{{\"created\":1}}");
        return connection.write_all(answer.as_bytes()).ok();
    }
    let usage = r#"{"total_tokens":2,"input_tokens":1,"output_tokens":1,"input_tokens_details":{"text_tokens":1,"image_tokens":0}}"#;
    let image = "A".repeat(PICTURE.div_ceil(3) * 4 - 2) + "==";
    let event = format!(
        "data: {{\"type\":\"image_edit.completed\",\"b64_json\":\"{image}\",\"usage\":{usage}}}\n\n"
    );
    connection
        .write_all(format!("{head}text/event-stream\r\n\r\n").as_bytes())
        .ok()?;
    connection.write_all(event.as_bytes()).ok()
}

/// The peak of a child with this work, in bytes.
fn peak(work: &str, server: &str, folder: &std::path::Path) -> u64 {
    let output = Command::new(env::current_exe().expect("a test has a file"))
        .args(["--exact", "memory::child", "--nocapture"])
        .env(WORK, work)
        .env(SERVER, server)
        .env(FOLDER, folder)
        .output()
        .expect("the test runs again");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let peak = text
        .lines()
        .find_map(|line| line.split(MARK).nth(1)?.trim().parse::<u64>().ok());
    peak.expect("the child writes its peak") * 1024
}

#[test]
fn uploads_and_streams_are_not_held_whole() {
    if !cfg!(target_os = "linux") {
        println!("left out, for this reads the peak as Linux has it");
        return;
    }
    let folder = env::temp_dir().join(format!("openapi-client-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    for index in 0..FILES {
        let mut file = File::create(folder.join(format!("{index}.png"))).expect("a file");
        file.write_all(b"\x89PNG\r\n\x1a\n").expect("it is written");
        file.set_len(LENGTH).expect("it is sparse");
    }
    let server = serve();
    let nothing = peak("nothing", &server, &folder);
    let pictures = (STREAMS * PICTURE) as u64;
    for (work, most) in [
        ("files with reqwest", 10 * MB),
        ("files with ureq", 10 * MB),
        // Beside its picture, each connection has a buffer of the HTTP library.
        ("streams", pictures + STREAMS as u64 * MB),
    ] {
        let found = peak(work, &server, &folder).saturating_sub(nothing);
        println!("{work}: {} kB, at most {} kB", found / 1000, most / 1000);
        assert!(found <= most, "{work}: {} kB", found / 1000);
    }
    fs::remove_dir_all(folder).expect("it is there");
}
