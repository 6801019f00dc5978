//! Sixteen images of 10 MB in memory, sent as a form to a server on this machine.
//!
//! Sixteen `Bytes` become `POST /images/edits` with a body of 160 MB. What counts is the CPU time
//! of the thread that sends, how much memory it takes beside the images, and whether the length is
//! announced. The limit writes the same images to the socket without any form.

use std::{
    io::{self, Cursor, Read, Write},
    net::{SocketAddr, TcpStream},
};

use bytes::Bytes;
use futures_util::StreamExt;
use openai_image_edits::{CreateImageEdit, CreateImageEditRequest, Upload};
use reqwest::multipart::{Form, Part};
use tokio::runtime::{Builder, Runtime};

use crate::{
    drain::{Outcome, Received, Server, images},
    measure::{Contender, interleave, peak_of, rounds},
    table::{Bar, Row, Table, Who},
};

const COUNT: u64 = 16;
const LENGTH: usize = 10_000_000;
const PROMPT: &str = "A gift basket with these items";
const MB: f64 = 1e6;

/// The images, and what sends them.
struct Setting {
    images: Vec<Bytes>,
    address: SocketAddr,
    runtime: Runtime,
    client: reqwest::Client,
    own: openapi_client::reqwest::Client,
}

impl Setting {
    fn new(images: Vec<Bytes>, address: SocketAddr) -> Outcome<Self> {
        let base = format!("http://{address}");
        Ok(Self {
            own: openapi_client::reqwest::Client::new(&base)?,
            images,
            address,
            runtime: Builder::new_current_thread().enable_all().build()?,
            client: reqwest::Client::new(),
        })
    }

    fn url(&self) -> String {
        format!("http://{}/images/edits", self.address)
    }

    /// Opens a connection and writes the head of a request with this body.
    fn connect(&self, content_type: &str, length: u64) -> io::Result<TcpStream> {
        let mut stream = TcpStream::connect(self.address)?;
        let head = format!(
            "POST /images/edits HTTP/1.1\r\nhost: {}\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n",
            self.address
        );
        stream.write_all(head.as_bytes())?;
        Ok(stream)
    }

    fn post(
        &self,
        request: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> Outcome {
        self.runtime.block_on(async {
            let response = request(self.client.post(self.url())).send().await?;
            response.error_for_status()?.bytes().await?;
            Ok(())
        })
    }
}

/// One way to send the images.
struct Way {
    name: &'static str,
    who: Who,
    send: fn(&Setting) -> Outcome,
}

const fn way(name: &'static str, who: Who, send: fn(&Setting) -> Outcome) -> Way {
    Way { name, who, send }
}

const LIMIT: Way = way("write_all of the images, no form", Who::Limit, raw);
const OURS: Way = way("this project, blocks to the socket", Who::Ours, ours);

const UNDER_REQWEST: &str = "this project, under reqwest";
const BY_CLIENT: &str = "this project, `client.send` over reqwest";

const WAYS: [Way; 9] = [
    LIMIT,
    OURS,
    way(UNDER_REQWEST, Who::Ours, ours_under_reqwest),
    way(BY_CLIENT, Who::Ours, ours_by_client),
    way(
        "reqwest, `Part::stream_with_length` of `Bytes`",
        Who::Peer,
        reqwest_stream,
    ),
    way("reqwest, `Part::bytes` of copies", Who::Peer, reqwest_bytes),
    way("one `Vec` by hand, to the socket", Who::Peer, one_vec),
    way(
        "common-multipart-rfc7578, under reqwest",
        Who::Peer,
        common_multipart,
    ),
    way(
        "form-data-builder into a `Vec`, to the socket",
        Who::Peer,
        form_data_builder,
    ),
];

/// The table of this module.
pub fn tables() -> Vec<Table> {
    let ways: Vec<_> = WAYS.iter().map(|way| (way, check(way))).collect();
    let server = Server::start(false).expect("a server starts");
    let setting =
        Setting::new(images(COUNT, LENGTH).collect(), server.address).expect("a client starts");
    let mut contenders: Vec<_> = ways
        .iter()
        .filter(|(_, checked)| checked.is_ok())
        .map(|(way, _)| Contender {
            name: way.name,
            who: way.who,
            run: Box::new(|| (way.send)(&setting).expect("what was sent once is sent again")),
        })
        .collect();
    let mut seconds = interleave(rounds(25), &mut contenders).into_iter();
    drop(contenders);
    let limit_peak = peak(&LIMIT, server.address);
    let mut limit = f64::NAN;
    let mut bare = f64::NAN;
    let mut bars = Vec::new();
    let rows = ways
        .iter()
        .map(|(way, checked)| {
            let Ok(received) = checked else {
                return failed(way, checked);
            };
            let seconds = seconds.next().unwrap_or(f64::NAN);
            if way.name == UNDER_REQWEST {
                bare = seconds;
            }
            if way.name == BY_CLIENT {
                bars.push(at_most(
                    "CPU of `client.send`, x under reqwest",
                    1.05,
                    seconds / bare,
                ));
            }
            let extra = (peak(way, server.address) - limit_peak).max(0.0);
            if way.name == LIMIT.name {
                limit = seconds;
            }
            if way.name == OURS.name {
                bars = bars_of(seconds / limit, extra, received);
            }
            let (memory, length) = if way.who == Who::Limit {
                ("0".to_owned(), String::new())
            } else {
                (format!("{:.1}", extra / MB), received.verdict())
            };
            Row {
                name: way.name.to_owned(),
                who: way.who,
                seconds,
                ratio: limit / seconds,
                cells: vec![memory, length],
            }
        })
        .collect();
    vec![Table {
        title: "Multipart: 16 x 10 MB in memory -> TCP".to_owned(),
        setting: "Sixteen images of 10 MB in `Bytes`, sent as `multipart/form-data` over loopback to a thread that \
                  drains them. CPU time of the sending thread; extra memory is the peak of a process of its own, less \
                  that of the limit. The limit is `write_all` of the images."
            .to_owned(),
        unit: "CPU ms".to_owned(),
        columns: vec!["extra MB".to_owned(), "Content-Length".to_owned()],
        rows,
        bars,
    }]
}

/// Sends once from a process of its own: the name of the way, and the address.
pub fn child(arguments: &[String]) {
    let [name, address] = arguments else {
        panic!("a way and an address are wanted, not {arguments:?}");
    };
    let way = WAYS
        .iter()
        .find(|way| way.name == name)
        .expect("the way is in the list");
    let address = address.parse().expect("the address is one");
    let setting = Setting::new(images(COUNT, LENGTH).collect(), address).expect("a client starts");
    (way.send)(&setting).expect("the server takes it");
}

/// The peak of a process that sends this way, in bytes.
fn peak(way: &Way, address: SocketAddr) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no process has 2^53 bytes")]
    let peak = peak_of("multipart", &[way.name, &address.to_string()]).peak_bytes as f64;
    peak
}

/// The body that the server has of one request, if it is that of the images.
fn check(way: &Way) -> Outcome<Received> {
    let server = Server::start(true)?;
    let setting = Setting::new(images(COUNT, LENGTH).collect(), server.address)?;
    (way.send)(&setting)?;
    let received = server.next()?;
    if received.holds(&setting.images) {
        Ok(Received {
            body: Vec::new(),
            ..received
        })
    } else {
        Err("the images did not arrive".into())
    }
}

fn failed(way: &Way, checked: &Outcome<Received>) -> Row {
    let reason = checked
        .as_ref()
        .err()
        .map(ToString::to_string)
        .unwrap_or_default();
    Row {
        name: way.name.to_owned(),
        who: way.who,
        seconds: f64::NAN,
        ratio: f64::NAN,
        cells: vec![String::new(), format!("failed: {reason}")],
    }
}

fn at_most(what: &str, wanted: f64, reached: f64) -> Bar {
    Bar {
        what: what.to_owned(),
        wanted,
        at_least: false,
        reached,
    }
}

fn bars_of(cpu: f64, extra: f64, received: &Received) -> Vec<Bar> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "the body is much smaller than 2^53 bytes"
    )]
    let wrong = received
        .announced
        .map_or(f64::NAN, |length| length.abs_diff(received.length) as f64);
    vec![
        at_most("CPU, x write_all", 1.1, cpu),
        at_most("extra memory in MB", 2.0, extra / MB),
        at_most("bytes between Content-Length and body", 0.0, wrong),
    ]
}

/// Waits for the answer, which says that all has arrived.
fn finish(mut stream: TcpStream) -> Outcome {
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    if answer.starts_with("HTTP/1.1 200 ") {
        Ok(())
    } else {
        Err(answer.into())
    }
}

fn raw(setting: &Setting) -> Outcome {
    let length = setting.images.iter().map(Bytes::len).sum::<usize>();
    let mut stream = setting.connect("application/octet-stream", u64::try_from(length)?)?;
    for image in &setting.images {
        stream.write_all(image)?;
    }
    finish(stream)
}

fn request(setting: &Setting) -> CreateImageEditRequest {
    let uploads: Vec<_> = setting
        .images
        .iter()
        .cloned()
        .map(Upload::from_bytes)
        .collect();
    CreateImageEditRequest::new(uploads, PROMPT)
}

fn ours(setting: &Setting) -> Outcome {
    let call = CreateImageEdit::new(request(setting)).call()?;
    let content_type = call.content_type().ok_or("a form has a content type")?;
    let length = call
        .content_length()
        .ok_or("a form in memory has a length")?;
    let mut stream = setting.connect(content_type, length)?;
    let mut body = call.into_body();
    while let Some(block) = body.next_block()? {
        stream.write_all(&block)?;
    }
    finish(stream)
}

fn ours_under_reqwest(setting: &Setting) -> Outcome {
    let call = CreateImageEdit::new(request(setting)).call()?;
    let content_type = call
        .content_type()
        .ok_or("a form has a content type")?
        .to_owned();
    let body = reqwest::Body::wrap(call.into_body());
    setting.post(|post| post.header("content-type", content_type).body(body))
}

fn ours_by_client(setting: &Setting) -> Outcome {
    let sent = setting.own.send(CreateImageEdit::new(request(setting)));
    match setting.runtime.block_on(sent) {
        Ok(_) => Ok(()),
        // The server says that all has arrived, and nothing else.
        Err(error) if error.status() == Some(200) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn reqwest_form(setting: &Setting, part: impl Fn(&Bytes) -> Part) -> Outcome {
    let mut form = Form::new().text("prompt", PROMPT);
    for image in &setting.images {
        form = form.part(
            "image[]",
            part(image).file_name("image.png").mime_str("image/png")?,
        );
    }
    setting.post(|post| post.multipart(form))
}

fn reqwest_stream(setting: &Setting) -> Outcome {
    reqwest_form(setting, |image| {
        let length = u64::try_from(image.len()).unwrap_or(u64::MAX);
        Part::stream_with_length(image.clone(), length)
    })
}

fn reqwest_bytes(setting: &Setting) -> Outcome {
    reqwest_form(setting, |image| Part::bytes(image.to_vec()))
}

fn one_vec(setting: &Setting) -> Outcome {
    let boundary = "7d1f0c6fd3c94a0f8c5e2b9a4d6e1f30";
    let text = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\n{PROMPT}\r\n"
    );
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"image[]\"; filename=\"image.png\"\r\n\
         Content-Type: image/png\r\n\r\n"
    );
    let end = format!("--{boundary}--\r\n");
    let images: usize = setting
        .images
        .iter()
        .map(|image| head.len() + image.len() + 2)
        .sum();
    let mut body = Vec::with_capacity(text.len() + images + end.len());
    body.extend_from_slice(text.as_bytes());
    for image in &setting.images {
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(image);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(end.as_bytes());
    send_vec(
        setting,
        &format!("multipart/form-data; boundary={boundary}"),
        &body,
    )
}

fn send_vec(setting: &Setting, content_type: &str, body: &[u8]) -> Outcome {
    let mut stream = setting.connect(content_type, u64::try_from(body.len())?)?;
    stream.write_all(body)?;
    finish(stream)
}

fn common_multipart(setting: &Setting) -> Outcome {
    use common_multipart_rfc7578::client::multipart::{Body, Form};

    let mut form = Form::default();
    form.add_text("prompt", PROMPT);
    for image in &setting.images {
        form.add_reader_file("image[]", Cursor::new(image.clone()), "image.png");
    }
    let content_type = form.content_type();
    let body = reqwest::Body::wrap_stream(
        Body::from(form).map(|block| block.map(bytes::BytesMut::freeze)),
    );
    setting.post(|post| post.header("content-type", content_type).body(body))
}

fn form_data_builder(setting: &Setting) -> Outcome {
    let mut form = form_data_builder::FormData::new(Vec::new());
    let content_type = form.content_type_header();
    form.write_field("prompt", PROMPT)?;
    for image in &setting.images {
        form.write_file(
            "image[]",
            Cursor::new(image),
            Some("image.png".as_ref()),
            "image/png",
        )?;
    }
    send_vec(setting, &content_type, &form.finish()?)
}
