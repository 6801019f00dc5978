//! A caller's program of twenty lines, and the same over a connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use openai_image_edits::{
    Call, CreateImageEdit, CreateImageEditRequest, Credentials, EditImageBodyJsonParam,
    ImageEditStreamEvent, ImageRef, ResponseHead, Upload, Uri,
};

const STREAM: &str = "event: image_edit.partial_image\ndata: {\"type\":\"image_edit.partial_image\",\"b64_json\":\"...\",\"partial_image_index\":0}\n\nevent: image_edit.completed\ndata: {\"type\":\"image_edit.completed\",\"b64_json\":\"iVBORw0KGgo=\",\"usage\":{\"total_tokens\":100,\"input_tokens\":50,\"output_tokens\":50,\"input_tokens_details\":{\"text_tokens\":10,\"image_tokens\":40}}}\n\n";

/// One image, four images, a mask and every option as a form, the same as JSON, and the published
/// stream.
fn program(
    mut send: impl FnMut(Call) -> (ResponseHead, Vec<u8>),
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let png = || Upload::from_bytes(&b"\x89PNG\r\n\x1a\n"[..]);
    send(
        CreateImageEdit::new(CreateImageEditRequest::new(png(), "one image"))
            .call()?
            .split()
            .0,
    );
    let options =
        CreateImageEditRequest::new([png(), png(), png(), png()], "four images").mask(png());
    let options = options
        .background("opaque")
        .model("gpt-image-2")
        .n(2)
        .size("1536x864")
        .quality("high")
        .user("user-1234");
    let options = options
        .output_format("webp")
        .output_compression(80)
        .input_fidelity("high")
        .partial_images(1);
    let image = Uri::data("image/png", &b"\x89PNG\r\n\x1a\n"[..]);
    let json: EditImageBodyJsonParam = options
        .to_edit_image_body_json_param([ImageRef::Url(image)])
        .moderation("low");
    send(
        CreateImageEdit::new(json.mask(ImageRef::FileId("file-1".into())))
            .call()?
            .split()
            .0,
    );
    let (call, response) = CreateImageEdit::new(options).call_stream()?.split();
    let (head, body) = send(call);
    for event in response.read_from(&head, &body[..]) {
        if let ImageEditStreamEvent::Completed(image) = event? {
            return Ok(image.b64_json.bytes()?.to_vec());
        }
    }
    Err("the stream ended without an image".into())
}

fn stream_head() -> ResponseHead {
    ResponseHead::new(200).with_header("content-type", "text/event-stream; charset=utf-8")
}

#[test]
fn a_program_of_twenty_lines() {
    let mut content_types = Vec::new();
    let image = program(|call| {
        content_types.push(
            call.content_type()
                .unwrap_or_default()
                .split(';')
                .next()
                .unwrap_or_default()
                .to_owned(),
        );
        assert_eq!(
            call.content_length(),
            Some(
                call.into_body()
                    .into_bytes()
                    .expect("it is in memory")
                    .len() as u64
            )
        );
        (stream_head(), STREAM.into())
    });
    assert_eq!(image.expect("the image is there"), b"\x89PNG\r\n\x1a\n");
    assert_eq!(
        content_types,
        [
            "multipart/form-data",
            "application/json",
            "multipart/form-data"
        ]
    );
}

/// A client of a dozen lines: HTTP/1.1 with a length.
fn exchange(address: &str, call: Call) -> (ResponseHead, Vec<u8>) {
    let mut connection = TcpStream::connect(address).expect("the server listens");
    let call = call.authorize(&Credentials::bearer("sk-test"));
    let call = call.expect("the operation takes a token");
    let length = call.content_length().expect("the length is known");
    let mut head = format!(
        "{} /v1{} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n",
        call.method(),
        call.path()
    );
    for (name, value) in call.headers() {
        head.extend([*name, ": ", value, "\r\n"]);
    }
    connection
        .write_all(format!("{head}\r\n").as_bytes())
        .expect("the server reads");
    std::io::copy(&mut call.into_body(), &mut connection).expect("the server reads");
    let mut answer = String::new();
    connection
        .read_to_string(&mut answer)
        .expect("the server answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("there is a head");
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    (stream_head(), body.into())
}

/// Reads a request by its length; whatever is left over or missing is a failure.
fn serve(connection: TcpStream) -> (String, Vec<u8>) {
    let mut reader = BufReader::new(connection);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).expect("the client writes"), 0);
    }
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .expect("a length");
    let mut body = vec![0; length.parse().expect("a number")];
    reader
        .read_exact(&mut body)
        .expect("the body is as long as it says");
    assert!(reader.buffer().is_empty(), "nothing follows the body");
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n{STREAM}");
    reader
        .into_inner()
        .write_all(answer.as_bytes())
        .expect("the client reads");
    (head, body)
}

#[test]
fn the_same_over_a_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener
        .local_addr()
        .expect("it has an address")
        .to_string();
    let server = thread::spawn(move || {
        let connections = listener.incoming().take(3);
        connections
            .map(|connection| serve(connection.expect("a client comes")))
            .collect::<Vec<_>>()
    });
    let image = program(|call| exchange(&address, call)).expect("the image is there");
    assert_eq!(image, b"\x89PNG\r\n\x1a\n");
    let requests = server.join().expect("the server is in order");
    assert!(
        requests
            .iter()
            .all(|(head, _)| head.contains("\r\nauthorization: Bearer sk-test\r\n"))
    );
    let accepts: Vec<_> = requests
        .iter()
        .map(|(head, _)| head.contains("accept: text/event-stream\r\n"))
        .collect();
    assert_eq!(accepts, [false, false, true]);
    assert!(requests[1].1.starts_with(
        br#"{"model":"gpt-image-2","images":[{"image_url":"data:image/png;base64,iVBORw0KGgo="}]"#
    ));
    let form = String::from_utf8_lossy(&requests[2].1);
    assert_eq!(
        form.matches("name=\"image[]\"; filename=\"image.png\"")
            .count(),
        4
    );
    assert!(form.contains("name=\"stream\"\r\n\r\ntrue\r\n"));
}
