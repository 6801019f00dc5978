// @generated from an OpenAPI description by openapi-rust; changes by hand will be lost.

//! Events of streams.

#![cfg_attr(rustfmt, rustfmt_skip)]

use openapi_runtime::{Base64, StreamEvent, json};
use super::types::{
    GptImageQuality, GptImageSize, ImageBackground, ImageErrorReport, ImageErrorValue,
    ImageOutputFormat, ImagesUsage,
};

/// The edit is done; this is the result.
///
/// `#/components/schemas/ImageEditCompletedEvent`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ImageEditCompletedEvent {
    /// The file in base64.
    pub b64_json: Base64,
    /// When the event was made, in seconds since 1970 (Unix time).
    pub created_at: Option<i64>,
    /// Width and height of the result, in pixels.
    pub size: Option<GptImageSize>,
    /// The quality it was rendered at.
    pub quality: Option<GptImageQuality>,
    /// What lies behind the subject.
    pub background: Option<ImageBackground>,
    /// The file format of the result.
    pub output_format: Option<ImageOutputFormat>,
    /// The tokens that an edit cost. Only GPT image models count them.
    pub usage: ImagesUsage,
}

openapi_runtime::object! {
    ImageEditCompletedEvent "ImageEditCompletedEvent"
    constants {
        "type": "image_edit.completed",
    }
    base64 {
        "b64_json": Base64,
    }
    members {
        required b64_json: "b64_json",
        optional created_at: "created_at",
        optional size: "size",
        optional quality: "quality",
        optional background: "background",
        optional output_format: "output_format",
        required usage: "usage",
    }
}

/// A preview, while the edit is still being made.
///
/// `#/components/schemas/ImageEditPartialImageEvent`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ImageEditPartialImageEvent {
    /// The preview as a file in base64.
    pub b64_json: Base64,
    /// When the event was made, in seconds since 1970 (Unix time).
    pub created_at: Option<i64>,
    /// Width and height that were asked for, in pixels.
    pub size: Option<GptImageSize>,
    /// The quality that was asked for.
    pub quality: Option<GptImageQuality>,
    /// The background that was asked for.
    pub background: Option<ImageBackground>,
    /// The file format that was asked for.
    pub output_format: Option<ImageOutputFormat>,
    /// Which preview this is, counted from 0.
    pub partial_image_index: i64,
}

openapi_runtime::object! {
    ImageEditPartialImageEvent "ImageEditPartialImageEvent"
    constants {
        "type": "image_edit.partial_image",
    }
    base64 {
        "b64_json": Base64,
    }
    members {
        required b64_json: "b64_json",
        optional created_at: "created_at",
        optional size: "size",
        optional quality: "quality",
        optional background: "background",
        optional output_format: "output_format",
        required partial_image_index: "partial_image_index",
    }
}

/// `PartialImage` or `Completed`.
///
/// `#/components/schemas/ImageEditStreamEvent`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ImageEditStreamEvent {
    /// A preview, while the edit is still being made.
    PartialImage(ImageEditPartialImageEvent),
    /// The edit is done; this is the result.
    Completed(ImageEditCompletedEvent),
    /// A value that is not in the description.
    Unknown(json::Unknown),
}

openapi_runtime::conversions! {
    enum ImageEditStreamEvent {
        PartialImage(ImageEditPartialImageEvent),
        Completed(ImageEditCompletedEvent),
    }
}

impl json::Encode for ImageEditStreamEvent {
    fn encode<S: json::Serializer>(
        &self,
        serializer: S,
        sink: &json::Sink,
    ) -> Result<S::Ok, S::Error> {
        match self {
            Self::PartialImage(value) => json::Encode::encode(value, serializer, sink),
            Self::Completed(value) => json::Encode::encode(value, serializer, sink),
            Self::Unknown(value) => json::Encode::encode(value, serializer, sink),
        }
    }
}

openapi_runtime::serialize!(ImageEditStreamEvent);

impl<'de> json::Decode<'de> for ImageEditStreamEvent {
    fn decode<D: json::Deserializer<'de>>(
        deserializer: D,
        source: &json::Source,
    ) -> Result<Self, D::Error> {
        let raw = <json::RawUnion as json::Decode>::decode(deserializer, source)?;
        let name = raw.tag("type");
        match name.as_deref() {
            Some("image_edit.partial_image") => raw.read(source).map(Self::PartialImage),
            Some("image_edit.completed") => raw.read(source).map(Self::Completed),
            _ => Ok(Self::Unknown(raw.unknown(name.as_deref()))),
        }
    }
}

openapi_runtime::deserialize!(ImageEditStreamEvent);

impl StreamEvent for ImageEditStreamEvent {
    type Error = ImageErrorEvent;
    const TAG: Option<&'static str> = Some("type");
    const ERRORS: &'static [&'static str] = &["error"];
    const ERROR_MEMBER: Option<&'static str> = Some("error");
    const LAST: &'static [&'static str] = &["image_edit.completed"];
    const BASE64: json::Base64Members = &[("b64_json", json::base64_at::<Base64>)];

    fn decode(kind: Option<&str>, data: json::Text) -> Result<Self, json::DecodeError> {
        match kind {
            Some("image_edit.partial_image") => data.read().map(Self::PartialImage),
            Some("image_edit.completed") => data.read().map(Self::Completed),
            _ => data.unknown(kind).map(Self::Unknown),
        }
    }
}

/// An error after the stream has begun, which it ends. The published description has none;
/// recorded exchanges of the official clients have the error in `error`, in events of any
/// kind. Its members may also stand beside `type`.
///
/// `#/components/schemas/ImageErrorEvent`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ImageErrorEvent {
    /// What went wrong, as the API tells it.
    pub error: Option<ImageErrorReport>,
    /// What went wrong, for a human reader.
    pub message: Option<String>,
    /// The error itself, for a program.
    pub code: Option<ImageErrorValue>,
    /// The parameter that is at fault.
    pub param: Option<ImageErrorValue>,
}

openapi_runtime::object! {
    ImageErrorEvent "ImageErrorEvent"
    constants {
        "type": "error",
    }
    members {
        optional error: "error",
        optional message: "message",
        optional code: "code",
        optional param: "param",
    }
}
