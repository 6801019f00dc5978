//! From a server to the images, over HTTP on this machine.

use std::{
    hint::black_box,
    io::{Read, Write},
    net::{SocketAddr, TcpListener},
    sync::Arc,
    thread,
    time::Duration,
};

use async_openai::{
    Client,
    config::OpenAIConfig,
    types::images::{CreateImageEditRequestArgs, ImageEditStreamEvent, ImageInput},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use futures_util::StreamExt;
use openai_image_edits::{
    CreateImageEdit, CreateImageEditRequest, ImageEditStreamEvent as OurEvent, Upload,
};

use crate::{
    events::{decoder, ours},
    framing::{bar, rows},
    measure::{Contender, interleave, rounds},
    stream::{event, image},
    table::{Bar, Table, Who},
};

const IMAGE: usize = 3 * 1024 * 1024;

/// Answers every request with four events.
fn serve() -> SocketAddr {
    let events = event(&base64_simd::STANDARD.encode_to_string(image(IMAGE))).repeat(4);
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        events.len()
    );
    let answer: Arc<[u8]> = (head + &events).into_bytes().into();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("the port has a number");
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            thread::spawn(move || {
                let mut connection = connection;
                let mut request = vec![0; 64 * 1024];
                // The requests are small: what comes at once is the whole.
                let _ = connection.read(&mut request);
                // As a network does it: a record at a time, with time to read it before the next
                // one comes.
                let _ = connection.set_nodelay(true);
                for record in answer.chunks(8 * 1024) {
                    let _ = connection.write_all(record);
                    thread::sleep(Duration::from_micros(200));
                }
                let _ = connection.shutdown(std::net::Shutdown::Write);
                while connection.read(&mut request).is_ok_and(|read| read > 0) {}
            });
        }
    });
    address
}

async fn drain(client: &reqwest::Client, url: &str, mut take: impl FnMut(Bytes)) {
    let response = client
        .post(url)
        .body("{}")
        .send()
        .await
        .expect("the server answers");
    let mut body = response.bytes_stream();
    while let Some(Ok(chunk)) = body.next().await {
        take(chunk);
    }
}

async fn async_openai(client: &Client<OpenAIConfig>) -> usize {
    let request = CreateImageEditRequestArgs::default()
        .image(ImageInput::from_vec_u8("a.png".to_owned(), vec![0; 16]))
        .prompt("a cat")
        .build()
        .expect("the request is whole");
    let mut events = client
        .images()
        .edit_stream(request)
        .await
        .expect("the server answers");
    let mut sum = 0;
    while let Some(Ok(event)) = events.next().await {
        if let ImageEditStreamEvent::Completed(event) = event {
            sum += STANDARD
                .decode(event.b64_json)
                .map_or(0, |image| black_box(image).len());
        }
    }
    sum
}

async fn by_client(client: &openapi_client::reqwest::Client) -> usize {
    let image = Upload::from_bytes(&[0; 16][..]);
    let request = CreateImageEditRequest::new(image, "a cat");
    let stream = client.stream(CreateImageEdit::new(request)).await;
    let mut events = stream.expect("the server answers");
    let mut sum = 0;
    while let Some(Ok(event)) = events.next().await {
        if let OurEvent::Completed(event) = &event {
            sum += event.b64_json.bytes().map_or(0, Bytes::len);
        }
        let _ = black_box(event);
    }
    sum
}

pub fn tables() -> Vec<Table> {
    let address = serve();
    let base = format!("http://{address}/v1");
    let url = format!("{base}/images/edits");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("tokio starts");
    let client = reqwest::Client::new();
    let config = OpenAIConfig::new().with_api_base(&base).with_api_key("key");
    let openai = Client::with_config(config);
    let own = openapi_client::reqwest::Client::new(&base).expect("it is a base URL");
    let images = |client: &reqwest::Client| {
        let mut decoder = decoder();
        let mut sum = 0;
        runtime.block_on(drain(client, &url, |chunk| {
            sum += ours(&mut decoder, chunk);
        }));
        sum
    };
    assert_eq!(images(&client), 4 * IMAGE);
    assert_eq!(runtime.block_on(async_openai(&openai)), 4 * IMAGE);
    let mut contenders = [
        Contender {
            name: "reqwest, the body thrown away",
            who: Who::Limit,
            run: Box::new(|| {
                runtime.block_on(drain(&client, &url, |chunk| drop(black_box(chunk))));
            }),
        },
        Contender {
            name: "reqwest and EventDecoder",
            who: Who::Ours,
            run: Box::new(|| assert_eq!(images(&client), 4 * IMAGE)),
        },
        Contender {
            name: "`client.stream` over reqwest",
            who: Who::Ours,
            run: Box::new(|| assert_eq!(runtime.block_on(by_client(&own)), 4 * IMAGE)),
        },
        Contender {
            name: "async-openai 0.41.3, edit_stream, base64",
            who: Who::Peer,
            run: Box::new(|| {
                runtime.block_on(async_openai(&openai));
            }),
        },
    ];
    let seconds = interleave(rounds(9), &mut contenders);
    let rows = rows(&contenders, &seconds);
    let bars = vec![
        bar(
            "less CPU than async-openai, times",
            250.0,
            seconds[3] / seconds[1],
        ),
        Bar {
            what: "CPU of draining the body, times".to_owned(),
            wanted: 1.5,
            at_least: false,
            reached: seconds[1] / seconds[0],
        },
        Bar {
            what: "CPU of `client.stream`, x reqwest and EventDecoder".to_owned(),
            wanted: 1.05,
            at_least: false,
            reached: seconds[2] / seconds[1],
        },
    ];
    vec![Table {
        title: "Four events of 4 MB over HTTP".to_owned(),
        setting: "A server on the same machine that sends 8 KB at a time, as a network does; the CPU time is that of the \
                  client's thread. The limit reads the body and throws it away."
            .to_owned(),
        unit: "CPU ms".to_owned(),
        columns: Vec::new(),
        rows,
        bars,
    }]
}
