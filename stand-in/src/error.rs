//! Error responses: a status and the API's error body, `{"error": {message, type, param, code}}`.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use image::ImageError;
use serde_json::{Value, json};

/// The `type` of errors that the caller has to fix.
const INVALID_REQUEST: &str = "invalid_request_error";

/// A header in milliseconds, which the official clients prefer to `Retry-After`.
const RETRY_AFTER_MS: HeaderName = HeaderName::from_static("retry-after-ms");

/// An error response.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    kind: &'static str,
    message: String,
    param: Option<String>,
    code: Option<&'static str>,
    headers: Vec<(HeaderName, String)>,
}

impl ApiError {
    /// Status 400, for the field `param` or, where there is none, for the request.
    pub(crate) fn invalid(param: Option<&str>, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, INVALID_REQUEST, message).at(param)
    }

    /// Status 404, for a path that the API does not have.
    pub(crate) fn unknown_path(method: &Method, path: &str) -> Self {
        let message = format!("Invalid URL ({method} {path})");
        Self::new(StatusCode::NOT_FOUND, INVALID_REQUEST, message).code("unknown_url")
    }

    /// Status 405, for a path that the API has for another method.
    pub(crate) fn wrong_method(method: &Method, path: &str) -> Self {
        let message = format!("Not allowed to {method} on {path}; use POST");
        let error = Self::new(StatusCode::METHOD_NOT_ALLOWED, INVALID_REQUEST, message);
        error.code("method_not_supported").header(ALLOW, "POST")
    }

    /// Status 415, for a body that is neither a form nor JSON.
    pub(crate) fn wrong_content_type(found: &str) -> Self {
        let message = format!(
            "Unsupported content type: '{found}'. This API method only accepts 'multipart/form-data' or \
             'application/json' requests, but you specified the header 'Content-Type: {found}'."
        );
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, INVALID_REQUEST, message)
            .code("unsupported_content_type")
    }

    /// Status 413, for a body of more than `limit` bytes.
    pub(crate) fn too_large(limit: usize) -> Self {
        let message = format!("The body of the request is larger than {limit} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, INVALID_REQUEST, message).code("request_too_large")
    }

    /// Status 429, to be tried again after a time.
    pub(crate) fn rate_limit(after: Duration) -> Self {
        let milliseconds = after.as_millis();
        let seconds = milliseconds.div_ceil(1000);
        let message =
            format!("Rate limit reached for images. Please try again in {milliseconds}ms.");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "requests", message)
            .code("rate_limit_exceeded")
            .header(RETRY_AFTER, &seconds.to_string())
            .header(RETRY_AFTER_MS, &milliseconds.to_string())
    }

    /// Status 500.
    pub(crate) fn server(message: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "server_error", message)
    }

    fn new(status: StatusCode, kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            kind,
            message: message.into(),
            param: None,
            code: None,
            headers: Vec::new(),
        }
    }

    fn at(mut self, param: Option<&str>) -> Self {
        self.param = param.map(str::to_owned);
        self
    }

    /// Sets the `code`, by which programs recognise the error.
    pub(crate) fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    fn header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The body.
    pub(crate) fn to_json(&self) -> Value {
        json!({"error": {
            "message": self.message,
            "type": self.kind,
            "param": self.param,
            "code": self.code,
        }})
    }
}

/// A picture that was decoded and cannot be encoded.
impl From<ImageError> for ApiError {
    fn from(error: ImageError) -> Self {
        Self::server(error.to_string())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.to_json().to_string()));
        *response.status_mut() = self.status;
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        response
    }
}
