//! An error for the user, with a fix.

use std::fmt;
use std::io;
use std::path::Path;

use openai_image_edits::{
    CreateImageEditError, ImageError, ImageErrorBody, ImageErrorEvent, ImageErrorReport,
    ImageErrorValue, StreamError,
};
use openapi_client::Error;

/// An error for the user, with a fix.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    help: String,
}

impl Failure {
    /// Makes an error with a message and a fix, which is empty if it is in the message.
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }

    /// The error of a file or folder that cannot be used.
    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        Self::new(format!("{}: {error}", path.display()), "")
    }

    /// The error of a call without a stream.
    pub(crate) fn call(error: &Error<CreateImageEditError>) -> Self {
        let known = error.described().and_then(known);
        let help = match error.status() {
            Some(400 | 404) if known.is_some_and(is_about_model) => {
                "name another model with `--model`, such as gpt-image-1.5"
            }
            Some(400) => "correct the value that the message names",
            Some(401 | 403) => "check the key in OPENAI_API_KEY",
            Some(404) => {
                "check `--base-url`: it ends with the version, as in http://127.0.0.1:8080/v1"
            }
            Some(413) => "send a smaller picture",
            Some(429) => "wait, or check the quota of the account",
            Some(500..) => "try again later",
            None if error.is_retryable() => "check the connection and `--base-url`",
            _ => "",
        };
        let message = known.and_then(|known| known.message.as_ref());
        let message = message.zip(error.status()).map(|(message, status)| {
            let id = error.request_id().unwrap_or("without an id");
            format!("{message} (status {status}, request {id})")
        });
        Self::new(message.unwrap_or_else(|| error.to_string()), help)
    }

    /// The error of a stream that ended without a picture.
    pub(crate) fn stream(error: &StreamError<CreateImageEditError, ImageErrorEvent>) -> Self {
        Self::new(
            error.to_string(),
            "the pictures that were received are saved; try again for the others",
        )
    }
}

/// The error in the form that the API documents.
fn known(error: &CreateImageEditError) -> Option<&ImageError> {
    match error {
        CreateImageEditError::Default(ImageErrorBody::Nested(body)) => match &body.error {
            ImageErrorReport::Error(error) => Some(error),
            _ => None,
        },
        _ => None,
    }
}

fn is_about_model(error: &ImageError) -> bool {
    let is = |value: &Option<ImageErrorValue>, text: &str| matches!(value, Some(ImageErrorValue::String(found)) if found == text);
    is(&error.param, "model") || is(&error.code, "model_not_found")
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, help } = self;
        write!(formatter, "error: {message}")?;
        if help.is_empty() {
            Ok(())
        } else {
            write!(formatter, "\n help: {help}")
        }
    }
}
