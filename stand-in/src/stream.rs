//! The response as a stream of events: previews that get sharper, then the result.
//!
//! With `n` above 1, the previews are of the first result, and each result is an event
//! `image_edit.completed` with the tokens of its own. Each event is made when the previous one has
//! been taken, so that a slow reader does not use memory.

use std::sync::Arc;

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream;
use image::{ImageError, RgbaImage};
use serde_json::{Value, json};

use crate::answer::{Edit, said_size};
use crate::edit;
use crate::error::ApiError;
use crate::fault::Fault;
use crate::object::Object;
use crate::picture;

/// An event that is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Partial(u32),
    Completed(u32),
    Unknown,
    Error,
}

/// The response. Nothing is drawn before it is read.
pub(crate) fn answer(edit: Edit) -> Response {
    let steps = steps(&edit).into_iter();
    let edit = Arc::new(edit);
    let events = stream::unfold(Some((edit, steps, None)), |state| async {
        let (edit, mut steps, drawn) = state?;
        let step = steps.next()?;
        match event(&edit, step, drawn).await {
            Ok((event, drawn)) => {
                Some((Ok::<_, std::io::Error>(event), Some((edit, steps, drawn))))
            }
            Err(error) => Some((Ok(error_event(&error)), None)),
        }
    });
    let mut response = Response::new(Body::from_stream(events));
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/event-stream; charset=utf-8"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// The events in order, including those that faults add.
fn steps(edit: &Edit) -> Vec<Step> {
    let mut steps: Vec<Step> = (0..edit.order.partial_images).map(Step::Partial).collect();
    for fault in &edit.faults {
        if *fault == Fault::UnknownEvent {
            steps.push(Step::Unknown);
        }
    }
    steps.extend((0..edit.order.n).map(Step::Completed));
    for fault in &edit.faults {
        if let Fault::ErrorEvent { after } = fault {
            steps.truncate(usize::try_from(*after).unwrap_or(usize::MAX));
            steps.push(Step::Error);
        }
    }
    steps
}

/// The text of an event, and the first result for the next one.
async fn event(
    edit: &Arc<Edit>,
    step: Step,
    drawn: Option<Arc<RgbaImage>>,
) -> Result<(Bytes, Option<Arc<RgbaImage>>), ApiError> {
    let draw = Arc::clone(edit);
    match step {
        Step::Partial(index) => {
            let first = move || {
                let result = drawn.unwrap_or_else(|| Arc::new(draw.canvas.result(&draw.order, 0)));
                partial(&draw, &result, index).map(|event| (event, Some(result)))
            };
            Ok(edit.shared.work(first).await??)
        }
        Step::Completed(index) => {
            let last = move || {
                let known = drawn.filter(|_| index == 0);
                let result =
                    known.unwrap_or_else(|| Arc::new(draw.canvas.result(&draw.order, index)));
                completed(&draw, &result, index).map(|event| (event, None))
            };
            Ok(edit.shared.work(last).await??)
        }
        Step::Unknown => {
            let data = r#"{"type":"image_edit.stand_in","note":"no description has this event"}"#;
            Ok((framed("image_edit.stand_in", data), drawn))
        }
        Step::Error => {
            let error = ApiError::server("The stand-in was asked to fail.").code("stand_in_fault");
            Ok((error_event(&error), drawn))
        }
    }
}

fn partial(edit: &Edit, result: &RgbaImage, index: u32) -> Result<Bytes, ImageError> {
    let preview = edit::preview(result, index, edit.order.partial_images);
    let mut members = members(edit, &preview, "image_edit.partial_image")?;
    members.push(("partial_image_index", json!(index)));
    Ok(framed(
        "image_edit.partial_image",
        &Object::new(members).missing(&edit.faults).to_text(),
    ))
}

fn completed(edit: &Edit, result: &RgbaImage, index: u32) -> Result<Bytes, ImageError> {
    let previews = if index == 0 {
        edit.order.partial_images
    } else {
        0
    };
    let usage = edit.usage(1, previews);
    let mut members = members(edit, result, "image_edit.completed")?;
    members.push(("usage", usage.of_stream()));
    Ok(framed(
        "image_edit.completed",
        &Object::new(members).missing(&edit.faults).to_text(),
    ))
}

/// The members that both kinds of event have.
fn members(
    edit: &Edit,
    picture: &RgbaImage,
    kind: &str,
) -> Result<Vec<(&'static str, Value)>, ImageError> {
    let order = &edit.order;
    let text = picture::base64(picture, order.format, order.compression)?;
    // The description names some sizes and `auto`.
    let size = said_size(picture.dimensions()).unwrap_or("auto");
    let quality = if order.quality == "standard" {
        "auto"
    } else {
        &order.quality
    };
    Ok(vec![
        ("type", json!(kind)),
        ("b64_json", json!(text)),
        ("created_at", json!(edit.created)),
        ("size", json!(size)),
        ("quality", json!(quality)),
        ("background", json!(edit::background(picture))),
        ("output_format", json!(order.format.name())),
    ])
}

fn error_event(error: &ApiError) -> Bytes {
    let mut data = error.to_json();
    data["type"] = json!("error");
    framed("error", &data.to_string())
}

fn framed(name: &str, data: &str) -> Bytes {
    Bytes::from(format!("event: {name}\ndata: {data}\n\n"))
}
