//! One piece of work on the bytes of the wire, to be measured from outside.
//!
//! `instructions form work` makes sixteen files and sends them as a form;
//! `instructions form prepare` only makes the files. Both print `16 upload`: how much work there
//! is. All input is the same each time.

use std::{env, error::Error, hint::black_box};

use openai_image_edits::{
    Base64, Boundary, CreateImageEdit, CreateImageEditRequest, EditImageBodyJsonParam,
    ImageEditStreamEvent, ImageRef, ImagesResponse, ResponseHead, Upload, Uri,
    runtime::{Body, Bytes, EventResponse, JsonResponse},
};

type Outcome = Result<(), Box<dyn Error>>;

/// Input that is ready, and what is done with it.
struct Work {
    amount: usize,
    unit: &'static str,
    run: Box<dyn FnOnce() -> Outcome>,
}

impl Work {
    fn new(amount: usize, unit: &'static str, run: impl FnOnce() -> Outcome + 'static) -> Self {
        Self {
            amount,
            unit,
            run: Box::new(run),
        }
    }
}

const MIB: usize = 1024 * 1024;

/// How the network hands over a stream.
const CHUNK: usize = 8 * 1024;

fn main() -> Outcome {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let [name, stage @ ("prepare" | "work")] = *arguments else {
        return Err("usage: instructions NAME prepare|work".into());
    };
    let work = match name {
        "large-event" => large_event(),
        "small-events" => small_events(),
        "json-response" => json_response(),
        "form" => form(),
        "json-request" => json_request(),
        _ => return Err(format!("there is no work {name}").into()),
    };
    println!("{} {}", work.amount, work.unit);
    if stage == "work" {
        (work.run)()?;
    }
    Ok(())
}

/// The start of a PNG file, and then bytes without a short period.
fn image(length: usize) -> Bytes {
    let noise = (0_u32..).map(|index| index.wrapping_mul(2_654_435_761).to_be_bytes()[0]);
    b"\x89PNG\r\n\x1a\n"
        .iter()
        .copied()
        .chain(noise)
        .take(length)
        .collect()
}

fn completed(base64: &str) -> String {
    let usage = r#"{"total_tokens":100,"input_tokens":50,"output_tokens":50,"input_tokens_details":{"text_tokens":10,"image_tokens":40}}"#;
    format!(
        "event: image_edit.completed\ndata: {{\"type\":\"image_edit.completed\",\"created_at\":1778832973,\
         \"size\":\"1024x1024\",\"b64_json\":\"{base64}\",\"usage\":{usage}}}\n\n"
    )
}

/// An event of 4 MiB.
fn large_event() -> Work {
    let stream = completed(&Base64::from_bytes(image(3 * MIB)).text());
    let amount = stream.len();
    let chunks = chunks(&stream);
    Work::new(amount, "byte", || decode(chunks, 1))
}

/// 500 events of some 300 bytes.
fn small_events() -> Work {
    let count = 500;
    let stream = completed(&Base64::from_bytes(image(60)).text()).repeat(count);
    let chunks = chunks(&stream);
    Work::new(count, "event", move || decode(chunks, count))
}

/// Each chunk in memory of its own, as a connection hands them over.
fn chunks(stream: &str) -> Vec<Bytes> {
    stream
        .as_bytes()
        .chunks(CHUNK)
        .map(Bytes::copy_from_slice)
        .collect()
}

fn decode(chunks: Vec<Bytes>, expected: usize) -> Outcome {
    let head = ResponseHead::new(200).with_header("content-type", "text/event-stream");
    let mut decoder = EventResponse::<ImageEditStreamEvent>::default().decoder(&head);
    let mut count = 0;
    for chunk in chunks {
        decoder.push(chunk);
        for event in decoder.by_ref() {
            if let ImageEditStreamEvent::Completed(event) = event? {
                black_box(event.b64_json.bytes()?);
                count += 1;
            }
        }
    }
    decoder.finish();
    if decoder.next().is_some() || count != expected {
        return Err(format!("{count} events").into());
    }
    Ok(())
}

/// Four images of 750 KB in one body.
fn json_response() -> Work {
    let base64 = Base64::from_bytes(image(750_000)).text().into_owned();
    let images = vec![format!("{{\"b64_json\":\"{base64}\"}}"); 4].join(",");
    let body = Bytes::from(format!("{{\"created\":1778832973,\"data\":[{images}]}}"));
    Work::new(body.len(), "byte", || {
        let response =
            JsonResponse::<ImagesResponse>::default().decode(&ResponseHead::new(200), body)?;
        for image in response.data.iter().flatten() {
            black_box(image.b64_json.as_ref().map(Base64::bytes).transpose()?);
        }
        Ok(())
    })
}

/// A form of 16 files of 256 KiB.
fn form() -> Work {
    let count = 16;
    let image = image(MIB / 4);
    Work::new(count, "upload", move || {
        let uploads: Vec<_> = (0..count)
            .map(|_| Upload::from_bytes(image.clone()))
            .collect();
        let request = CreateImageEditRequest::new(uploads, "A gift basket")
            .model("gpt-image-1.5")
            .n(2);
        // Random bits are left out, so that the work is the same each time.
        let boundary = Boundary::new("0123456789abcdef0123456789abcdef")?;
        drain(
            CreateImageEdit::new(request)
                .boundary(boundary)
                .call()?
                .into_body(),
        )
    })
}

/// A data URL of 1 MiB in a JSON body.
fn json_request() -> Work {
    let image = image(768 * 1024);
    Work::new(MIB, "byte", || {
        let images = [ImageRef::Url(Uri::data("image/png", image))];
        let request = EditImageBodyJsonParam::new(images, "A gift basket");
        drain(CreateImageEdit::new(request).call()?.into_body())
    })
}

fn drain(mut body: Body) -> Outcome {
    while let Some(block) = body.next_block()? {
        black_box(block);
    }
    Ok(())
}
