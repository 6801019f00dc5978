//! The program, over the stand-in: what it prints, what it saves, and the way out of each error.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use stand_in::StandIn;

/// A folder of its own, which goes when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("edit-image-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Exit code, standard output and standard error.
fn run(folder: &Path, key: Option<&str>, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edit-image"));
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("OPENAI_API_KEY");
    command.envs(key.map(|key| ("OPENAI_API_KEY", key)));
    let output = command.output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("it prints text");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn picture(name: &str) -> String {
    format!(
        "{}/../tests/corpus/wire/files/{name}",
        env!("CARGO_MANIFEST_DIR")
    )
}

#[test]
fn previews_and_the_result_are_saved() {
    let server = StandIn::start().expect("a server");
    let folder = Folder::new("saved");
    let (soap, mask, url) = (picture("soap.png"), picture("mask.png"), server.base_url());
    let arguments = [
        &soap,
        "add a hat",
        "--mask",
        &mask,
        "--size",
        "256x256",
        "--model",
        "gpt-image-1",
        "--partial-images",
        "2",
        "-o",
        "out",
        "--base-url",
        &url,
    ];
    let (code, printed, error) = run(&folder.0, Some("sk-x"), &arguments);
    assert_eq!((code, error.as_str()), (Some(0), ""));
    let lines: Vec<&str> = printed.lines().collect();
    let [first, second, third, last] = lines.as_slice() else {
        panic!("{printed}");
    };
    for (line, name) in [
        (first, "partial-0.png"),
        (second, "partial-1.png"),
        (third, "result.png"),
    ] {
        let path = format!("out/{name}");
        assert!(
            line.starts_with(&format!("{path}: ")) && line.ends_with(" KB"),
            "{line}"
        );
        let saved = fs::read(folder.0.join(path)).expect("it is saved");
        assert!(saved.starts_with(b"\x89PNG"));
    }
    assert!(
        last.contains(" tokens (") && last.ends_with("request req_stand_in_000001"),
        "{last}"
    );
    let requests = server.requests();
    let sent = |name: &str| requests[0].field(name).and_then(|field| field.text.clone());
    assert_eq!(sent("prompt").as_deref(), Some("add a hat"));
    assert_eq!(sent("size").as_deref(), Some("256x256"));
    assert_eq!(sent("stream").as_deref(), Some("true"));
}

#[test]
fn each_error_has_its_way_out() {
    let server = StandIn::start().expect("a server");
    let folder = Folder::new("errors");
    fs::write(folder.0.join("notes.txt"), "no picture").expect("it is written");
    let large = fs::File::create(folder.0.join("large.png")).expect("a file");
    large.set_len(50_000_001).expect("it is sparse");
    let absent = fs::read(folder.0.join("none.png")).expect_err("it is not there");
    let soap = picture("soap.png");
    let url = server.base_url();
    let no_version = url.trim_end_matches("/v1").to_owned();
    let cases: [(&[&str], &str); 7] = [
        (
            &[&soap, "a hat"],
            "error: no API key is set\n help: set OPENAI_API_KEY, or try without a key: run `cargo run -p stand-in`, and pass its address as `--base-url`\n",
        ),
        (
            &["notes.txt", "a hat", "--base-url", &url],
            "error: notes.txt is not a picture that the API accepts\n help: convert it to PNG, JPEG or WebP\n",
        ),
        (
            &["large.png", "a hat", "--base-url", &url],
            "error: large.png is too large: 51 MB\n help: the API accepts pictures of at most 50 MB\n",
        ),
        (
            &["none.png", "a hat", "--base-url", &url],
            &format!("error: none.png: {absent}\n"),
        ),
        (
            &[&soap, "a hat", "--partial-images", "4", "--base-url", &url],
            "error: the request is invalid: /partial_images: 4 is more than the maximum 3\n",
        ),
        (
            &[&soap, "a hat", "--size", "huge", "--base-url", &url],
            "error: Invalid value: 'huge'. A size is `auto` or WIDTHxHEIGHT of at most 8294400 pixels (at `/size`) (status 400, request req_stand_in_000001)\n help: correct the value that the message names\n",
        ),
        (
            &[&soap, "a hat", "--base-url", &no_version],
            "error: Invalid URL (POST /images/edits) (status 404, request req_stand_in_000002)\n help: check `--base-url`: it ends with the version, as in http://127.0.0.1:8080/v1\n",
        ),
    ];
    for (arguments, wanted) in cases {
        let (code, printed, error) = run(&folder.0, None, arguments);
        assert_eq!(
            (code, printed.as_str(), error.as_str()),
            (Some(1), "", wanted),
            "{arguments:?}"
        );
    }
}

/// Answers one request with an error of the API.
fn refuse(status: &str, error: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let answer = format!(
        "HTTP/1.1 {status}\r\nx-request-id: req_1\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{error}",
        error.len()
    );
    std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("a connection");
        let mut request = vec![0; 64 * 1024];
        // The request is small: what comes before the end of the form is all.
        while let Ok(read) = connection.read(&mut request)
            && read > 0
            && !request[..read].ends_with(b"--\r\n")
        {}
        let _ = connection.write_all(answer.as_bytes());
    });
    format!("http://{address}/v1")
}

#[test]
fn errors_of_the_api_have_their_ways_out() {
    let folder = Folder::new("refused");
    let soap = picture("soap.png");
    let cases = [
        (
            "404 Not Found",
            r#"{"error":{"message":"The model 'x' does not exist","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#,
            "error: The model 'x' does not exist (status 404, request req_1)\n help: name another model with `--model`, such as gpt-image-1.5\n",
        ),
        (
            "401 Unauthorized",
            r#"{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
            "error: Incorrect API key provided (status 401, request req_1)\n help: check the key in OPENAI_API_KEY\n",
        ),
        (
            "413 Content Too Large",
            "<h1>413</h1>",
            "error: status 413 [request req_1]: <h1>413</h1>\n help: send a smaller picture\n",
        ),
    ];
    for (status, body, wanted) in cases {
        let url = refuse(status, body);
        let arguments = [&soap, "a hat", "--model", "x", "--base-url", &url];
        let (code, printed, error) = run(&folder.0, Some("sk-x"), &arguments);
        assert_eq!(
            (code, printed.as_str(), error.as_str()),
            (Some(1), "", wanted)
        );
    }
}
