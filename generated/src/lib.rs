// @generated from an OpenAPI description by openapi-rust; changes by hand will be lost.

//! Image edits of the OpenAI API: requests and responses.
//!
//! [`CreateImageEdit`] is `POST /images/edits`.
//!
//! # Sending
//!
//! A client of the package `openapi-client` sends any operation in one line,
//! `client.send(operation).await?`, and streams its events with
//! `client.stream(operation).await?`. Any other HTTP client sends a [`Call`].
//!
//! # Credentials
//!
//! - `ApiKeyAuth`: a bearer token, `Credentials::bearer(token)`
//!
//! Each operation accepts what its constant `SECURITY` names; one without it is sent no
//! credentials. [`Call::authorize`] adds those that the operation accepts to a call, and so
//! does `Call::into_http`.
//!
//! # A form with files
//!
//! ```
//! use openai_image_edits::{Call, CreateImageEdit, CreateImageEditRequest, ResponseHead, Upload};
//!
//! /// `send` is the HTTP client of your choice.
//! fn example<B: Into<Vec<u8>>>(
//!     send: impl FnOnce(Call) -> std::io::Result<(ResponseHead, B)>,
//! ) -> Result<(), Box<dyn std::error::Error>> {
//!     let request = CreateImageEditRequest::new(Upload::from_path("image.png"), "Give the lighthouse red and white stripes");
//!     let (call, response) = CreateImageEdit::new(request).call()?.split();
//!     let (head, body) = send(call)?;
//!     println!("{:?}", response.decode(&head, body.into())?);
//!     Ok(())
//! }
//! ```
//!
//! # A JSON body
//!
//! ```
//! use openai_image_edits::{Call, CreateImageEdit, EditImageBodyJsonParam, ImageRef, ResponseHead};
//!
//! /// `send` is the HTTP client of your choice.
//! fn example<B: Into<Vec<u8>>>(
//!     send: impl FnOnce(Call) -> std::io::Result<(ResponseHead, B)>,
//! ) -> Result<(), Box<dyn std::error::Error>> {
//!     let request = EditImageBodyJsonParam::new([ImageRef::Url("https://example.com/".into())], "Repaint this as an ink drawing, but leave the faces alone");
//!     let (call, response) = CreateImageEdit::new(request).call()?.split();
//!     let (head, body) = send(call)?;
//!     println!("{:?}", response.decode(&head, body.into())?);
//!     Ok(())
//! }
//! ```
//!
//! # Events as they arrive
//!
//! ```
//! use openai_image_edits::{Call, CreateImageEdit, CreateImageEditRequest, ResponseHead, Upload};
//!
//! /// `send` is the HTTP client of your choice.
//! fn example<B: std::io::Read>(
//!     send: impl FnOnce(Call) -> std::io::Result<(ResponseHead, B)>,
//! ) -> Result<(), Box<dyn std::error::Error>> {
//!     let request = CreateImageEditRequest::new(Upload::from_path("image.png"), "Give the lighthouse red and white stripes");
//!     let (call, response) = CreateImageEdit::new(request).call_stream()?.split();
//!     let (head, body) = send(call)?;
//!     for event in response.read_from(&head, body) {
//!         println!("{:?}", event?);
//!     }
//!     Ok(())
//! }
//! ```

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(
    deprecated,
    clippy::pedantic,
    clippy::allow_attributes,
    clippy::borrowed_box,
    clippy::clone_on_copy,
    clippy::collapsible_if,
    clippy::collapsible_match,
    clippy::doc_lazy_continuation,
    clippy::doc_overindented_list_items,
    clippy::large_enum_variant,
    clippy::manual_range_patterns,
    clippy::match_overlapping_arm,
    clippy::match_single_binding,
    clippy::new_without_default,
    clippy::single_match,
    clippy::too_many_arguments,
    clippy::type_complexity
)]

mod errors;
mod events;
mod operations;
mod requests;
mod types;

pub use events::{
    ImageEditCompletedEvent, ImageEditPartialImageEvent, ImageEditStreamEvent,
    ImageErrorEvent,
};
pub use operations::{CreateImageEdit, CreateImageEditBody, CreateImageEditError};
pub use requests::{CreateImageEditRequest, EditImageBodyJsonParam};
pub use types::{
    FlatImageError, GptImageModel, GptImageQuality, GptImageSize, Image, ImageBackground,
    ImageError, ImageErrorBody, ImageErrorReport, ImageErrorResponse, ImageErrorValue,
    ImageGenInputUsageDetails, ImageGenOutputTokensDetails, ImageGenUsage, ImageModel,
    ImageModeration, ImageOutputFormat, ImageQuality, ImageRef, ImageResponseFormat,
    ImageSize, ImagesResponse, ImagesUsage, ImagesUsageInputTokensDetails, InputFidelity,
    RenderedBackground, RenderedQuality, RenderedSize,
};
pub use openapi_runtime as runtime;
pub use openapi_runtime::{
    Base64, Boundary, Call, Credential, Credentials, DecodeError, EventDecoder, Extra,
    Maybe, Nullable, OneOrMany, RequestError, ResponseError, ResponseHead, StreamError,
    Upload, Uri, Validate, Violations,
};

/// The server of the description.
pub const SERVER: &str = "https://api.openai.com/v1";
