//! Responses: the edit as JSON or as a stream, and pictures by their URLs.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::Body;
use axum::extract::{Extension, Path, Request, State};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderValue, Method, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::edit::{self, Canvas};
use crate::error::ApiError;
use crate::fault::Fault;
use crate::kept::Picture;
use crate::object::{Object, is_missing};
use crate::order::{Family, Order};
use crate::picture;
use crate::receive::Submission;
use crate::server::Shared;
use crate::stream;
use crate::tokens::Usage;

/// An edit that is accepted and decoded.
pub(crate) struct Edit {
    pub(crate) order: Order,
    pub(crate) canvas: Canvas,
    pub(crate) faults: Vec<Fault>,
    pub(crate) shared: Arc<Shared>,
    /// Seconds since 1970.
    pub(crate) created: u64,
}

impl Edit {
    /// The tokens of this number of results and previews.
    pub(crate) fn usage(&self, results: u32, previews: u32) -> Usage {
        let order = &self.order;
        let read = Usage::of_input(&order.prompt, &self.canvas.sources, order.is_faithful);
        read.with_output(&order.quality, self.canvas.dimensions(), results, previews)
    }
}

/// `POST /v1/images/edits`.
pub(crate) async fn create_image_edit(
    State(shared): State<Arc<Shared>>,
    Extension(submission): Extension<Arc<Submission>>,
) -> Result<Response, ApiError> {
    let content = submission.content()?;
    let server = Arc::clone(&shared);
    let faults = submission.faults.clone();
    let prepare = move || {
        let mut order = Order::new(server.judge, &content)?;
        let canvas = Canvas::new(&order)?;
        // The files are no longer needed, and a client may read a response slowly.
        (order.images, order.mask) = (Vec::new(), None);
        Ok::<_, ApiError>(Edit {
            order,
            canvas,
            faults,
            shared: server,
            created: now(),
        })
    };
    let edit = shared.work(prepare).await??;
    if edit.order.is_stream {
        return Ok(stream::answer(edit));
    }
    let host = host(&submission.headers, &shared);
    Ok(shared.work(move || whole(&edit, &host)).await??)
}

/// `ImagesResponse`.
fn whole(edit: &Edit, host: &str) -> Result<Response, image::ImageError> {
    let order = &edit.order;
    let mut data = Vec::new();
    let mut background = "opaque";
    for index in 0..order.n {
        let result = edit.canvas.result(order, index);
        background = edit::background(&result);
        let (name, value) = if order.family == (Family::DallE { by_url: true }) {
            let file = picture::encoded(&result, order.format, order.compression)?;
            let name = edit.shared.pictures.keep(Picture::new(file, order.format));
            ("url", format!("http://{host}/v1/pictures/{name}"))
        } else {
            (
                "b64_json",
                picture::base64(&result, order.format, order.compression)?,
            )
        };
        let is_there = !is_missing(name, &edit.faults);
        data.push(if is_there {
            json!({name: value})
        } else {
            json!({})
        });
    }
    let mut members = vec![
        ("created", json!(edit.created)),
        ("data", Value::from(data)),
    ];
    if order.family == Family::Gpt {
        members.push(("background", json!(background)));
        members.push(("output_format", json!(order.format.name())));
        // The description lists some sizes, and a result may have another.
        members.extend(said_size(edit.canvas.dimensions()).map(|size| ("size", json!(size))));
        members.push(("quality", json!(rendered_quality(&order.quality))));
        members.push(("usage", edit.usage(order.n, 0).of_response()));
    }
    let text = Object::new(members).missing(&edit.faults).to_text();
    let mut response = Response::new(Body::from(text));
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// `GET /v1/pictures/{name}`: a result of DALL-E.
pub(crate) async fn picture(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
    method: Method,
    uri: Uri,
) -> Result<Response, ApiError> {
    let picture = shared.pictures.get(&name);
    let picture = picture.ok_or_else(|| ApiError::unknown_path(&method, uri.path()))?;
    let mut response = Response::new(Body::from(picture.file));
    let media_type = HeaderValue::from_static(picture.format.media_type());
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    Ok(response)
}

/// Any path that the API does not have.
pub(crate) async fn unknown_path(request: Request) -> Response {
    ApiError::unknown_path(request.method(), request.uri().path()).into_response()
}

/// Any other method.
pub(crate) async fn wrong_method(request: Request) -> Response {
    ApiError::wrong_method(request.method(), request.uri().path()).into_response()
}

/// The size in the description, if it is listed.
pub(crate) fn said_size(dimensions: (u32, u32)) -> Option<&'static str> {
    match dimensions {
        (1024, 1024) => Some("1024x1024"),
        (1024, 1536) => Some("1024x1536"),
        (1536, 1024) => Some("1536x1024"),
        _ => None,
    }
}

/// The quality of a result. `auto` means medium here.
fn rendered_quality(quality: &str) -> &str {
    match quality {
        "low" | "high" => quality,
        _ => "medium",
    }
}

/// The host name by which the client reached the server.
fn host(headers: &HeaderMap, shared: &Shared) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    host.map_or_else(|| shared.address.to_string(), str::to_owned)
}

fn now() -> u64 {
    let time = SystemTime::now().duration_since(UNIX_EPOCH);
    time.map_or(0, |time| time.as_secs())
}
