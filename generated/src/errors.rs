// @generated from an OpenAPI description by openapi-rust; changes by hand will be lost.

//! Errors by status.

#![cfg_attr(rustfmt, rustfmt_skip)]

use openapi_runtime::{DecodeError, response};
use super::types::ImageErrorBody;

/// Errors by status.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ImageErrorBodyOnDefault {
    /// `default application/json`
    Default(ImageErrorBody),
}

impl response::ByStatus for ImageErrorBodyOnDefault {
    fn read(answer: &response::Answer) -> Option<Result<Self, DecodeError>> {
        Some(
            match answer.status() {
                _ => answer.json().map(Self::Default),
            },
        )
    }
}
