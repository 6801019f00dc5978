//! Receiving: every request is read, recorded and given its faults, regardless of its path. Every
//! response gets an id.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::OwnedSemaphorePermit;

use crate::delivery::{self, Cut};
use crate::error::ApiError;
use crate::fault::{Fault, Faults};
use crate::read::{self, Content};
use crate::record::{Received, without_secrets};
use crate::server::Shared;

/// The header with the faults of a request.
pub const FAULT_HEADER: &str = "x-stand-in-fault";

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request for the handlers.
pub(crate) struct Submission {
    pub(crate) headers: HeaderMap,
    pub(crate) faults: Vec<Fault>,
    content: Mutex<Option<Result<Content, ApiError>>>,
    /// The part of the server's memory that the body uses.
    _memory: Option<OwnedSemaphorePermit>,
}

impl Submission {
    /// Takes the body.
    ///
    /// # Errors
    /// The reason why the body could not be read.
    pub(crate) fn content(&self) -> Result<Content, ApiError> {
        let mut content = self.content.lock().unwrap_or_else(PoisonError::into_inner);
        let none = || Err(ApiError::server("The body was taken before"));
        content.take().unwrap_or_else(none)
    }
}

/// Receives a request, calls its handler, and delivers the response.
pub(crate) async fn receive(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let request_id = shared.next_id();
    let (head, body) = request.into_parts();
    let asked = asked(&head.headers);
    let faults = match &asked {
        Ok(asked) => shared.plan.next(asked.clone()),
        Err(_) => Vec::new(),
    };
    let mut received = Received {
        request_id: request_id.clone(),
        method: head.method.clone(),
        uri: head.uri.clone(),
        headers: without_secrets(&head.headers),
        body_length: 0,
        fields: Vec::new(),
    };
    if let Some(enough) = cut_upload(&faults) {
        received.body_length = length(read::some_bytes(body, enough).await);
        shared.records.push(received);
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(Cut);
        return response;
    }
    let memory = shared.memory(read::declared_length(&head.headers)).await;
    let reading = read::bytes(&head.headers, body, shared.max_body).await;
    let content = match reading.bytes {
        Ok(bytes) => read::content(&head.headers, bytes).await,
        Err(error) => Err(error),
    };
    received.body_length = length(reading.length);
    received.fields = content.as_ref().map(Content::fields).unwrap_or_default();
    // Recorded before the response, so that a test with the response finds the record.
    shared.records.push(received);
    let response = match asked.err().or_else(|| refusal(&faults)) {
        Some(error) => {
            // The response may take long, and does not need the body.
            drop((content, memory));
            error.into_response()
        }
        None => {
            let submission = Submission {
                headers: head.headers.clone(),
                faults: faults.clone(),
                content: Mutex::new(Some(content)),
                _memory: memory,
            };
            next.run(request_of(head, submission)).await
        }
    };
    delivered(response, &faults, &request_id).await
}

fn request_of(head: Parts, submission: Submission) -> Request {
    let mut request = Request::from_parts(head, Body::empty());
    request.extensions_mut().insert(Arc::new(submission));
    request
}

async fn delivered(response: Response, faults: &[Fault], request_id: &str) -> Response {
    for fault in faults {
        if let Fault::StallHead { time } = fault {
            tokio::time::sleep(*time).await;
        }
    }
    let mut response = delivery::deliver(response, faults);
    if let Ok(id) = HeaderValue::from_str(request_id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The faults in the headers, if the header is present: it may be empty.
fn asked(headers: &HeaderMap) -> Result<Option<Faults>, ApiError> {
    let refused = |message: String| ApiError::invalid(Some(FAULT_HEADER), message);
    let mut texts = Vec::new();
    for value in headers.get_all(FAULT_HEADER) {
        texts.push(value.to_str().map_err(|error| refused(error.to_string()))?);
    }
    if texts.is_empty() {
        return Ok(None);
    }
    let faults: Result<Faults, _> = texts.join(",").parse();
    faults.map(Some).map_err(|error| refused(error.to_string()))
}

/// The error response that replaces the edit.
fn refusal(faults: &[Fault]) -> Option<ApiError> {
    faults.iter().find_map(|fault| match fault {
        Fault::RateLimit { after } => Some(ApiError::rate_limit(*after)),
        Fault::ServerError => Some(ApiError::server(
            "The server had an error while processing your request. Sorry about that!",
        )),
        _ => None,
    })
}

fn cut_upload(faults: &[Fault]) -> Option<u64> {
    faults.iter().find_map(|fault| match fault {
        Fault::CutUpload { bytes } => Some(*bytes),
        _ => None,
    })
}

fn length(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
