// @generated from an OpenAPI description by openapi-rust; changes by hand will be lost.

//! Types of requests and responses.

#![cfg_attr(rustfmt, rustfmt_skip)]

use openapi_runtime::{Base64, Uri, Validate, bounds, json, violation};

openapi_runtime::open_enum! {
    /// Which model does the work: `dall-e-2`, or one of the GPT image models
    /// `chatgpt-image-latest`, `gpt-image-2-2026-04-21`, `gpt-image-2`, `gpt-image-1.5`,
    /// `gpt-image-1-mini` and `gpt-image-1`. Without it, `gpt-image-1.5` does.
    ///
    /// `#/components/schemas/CreateImageEditRequest/properties/model`
    pub enum ImageModel {
        GptImage1_5 = "gpt-image-1.5",
        GptImage2 = "gpt-image-2",
        GptImage2_2026_04_21 = "gpt-image-2-2026-04-21",
        DallE2 = "dall-e-2",
        GptImage1 = "gpt-image-1",
        GptImage1Mini = "gpt-image-1-mini",
        ChatgptImageLatest = "chatgpt-image-latest",
        DallE3 = "dall-e-3",
    }
}

openapi_runtime::open_enum! {
    /// Width and height of the result, in pixels. All GPT image models know `1536x1024`,
    /// `1024x1536` and `1024x1024`; those that can choose for themselves know `auto` too.
    /// `dall-e-2` knows `1024x1024`, `512x512` and `256x256`; `dall-e-3` knows `1792x1024`,
    /// `1024x1792` and `1024x1024`. `gpt-image-2` and `gpt-image-2-2026-04-21` take any
    /// `WIDTHxHEIGHT`, such as `1536x864`, where 16 divides both numbers, neither is more than
    /// three times the other, and the result is no larger than `3840x2160`; above `2560x1440`
    /// this is experimental, and further limits of the model on edges and on the number of
    /// pixels may apply.
    ///
    /// `#/components/schemas/CreateImageEditRequest/properties/size`
    pub enum ImageSize {
        Square256 = "256x256",
        Square512 = "512x512",
        Square1024 = "1024x1024",
        Landscape1536x1024 = "1536x1024",
        Portrait1024x1536 = "1024x1536",
        Auto = "auto",
    }
}

openapi_runtime::open_enum! {
    /// Whether images come back as links (`url`, dead after 60 minutes) or as base64
    /// (`b64_json`). Only `dall-e-2` has the choice, and sends `url` where none is made; GPT
    /// image models send base64 and nothing else.
    ///
    /// `#/components/schemas/CreateImageEditRequest/properties/response_format`
    pub enum ImageResponseFormat {
        Url = "url",
        B64Json = "b64_json",
    }
}

openapi_runtime::open_enum! {
    /// The quality that GPT image models render at; the server assumes `auto`.
    ///
    /// `#/components/schemas/CreateImageEditRequest/properties/quality`
    pub enum ImageQuality {
        Standard = "standard",
        Low = "low",
        Medium = "medium",
        High = "high",
        Auto = "auto",
    }
}

openapi_runtime::open_enum! {
    /// Which GPT image model does the work. `gpt-image-2` is among them, also pinned to a date
    /// as `gpt-image-2-2026-04-21`.
    ///
    /// `#/components/schemas/EditImageBodyJsonParam/properties/model`
    pub enum GptImageModel {
        GptImage1_5 = "gpt-image-1.5",
        GptImage2 = "gpt-image-2",
        GptImage2_2026_04_21 = "gpt-image-2-2026-04-21",
        GptImage1 = "gpt-image-1",
        GptImage1Mini = "gpt-image-1-mini",
        ChatgptImageLatest = "chatgpt-image-latest",
    }
}

openapi_runtime::open_enum! {
    /// One of the known values, or any other value.
    ///
    /// `#/components/schemas/EditImageBodyJsonParam/properties/moderation/anyOf/0`
    pub enum ImageModeration {
        Low = "low",
        Auto = "auto",
    }
}

/// A picture that the API made, or where to find it.
///
/// `#/components/schemas/Image`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Image {
    /// The file in base64. GPT image models always send it; `dall-e-2` and `dall-e-3` do where
    /// `response_format` is `b64_json`.
    pub b64_json: Option<Base64>,
    /// Where the file is. Only `dall-e-2` and `dall-e-3` send it, and do where
    /// `response_format` is `url` or is not given.
    pub url: Option<String>,
    /// The prompt as `dall-e-3` rewrote it before use. No other model sends it.
    pub revised_prompt: Option<String>,
}

openapi_runtime::object! {
    Image "Image"
    base64 {
        "b64_json": Base64,
    }
    members {
        optional b64_json: "b64_json",
        optional url: "url",
        optional revised_prompt: "revised_prompt",
    }
}

openapi_runtime::open_enum! {
    /// Width and height that were asked for, in pixels.
    ///
    /// `#/components/schemas/ImageEditPartialImageEvent/properties/size`
    pub enum GptImageSize {
        Square1024 = "1024x1024",
        Portrait1024x1536 = "1024x1536",
        Landscape1536x1024 = "1536x1024",
        Auto = "auto",
    }
}

openapi_runtime::open_enum! {
    /// The quality that was asked for.
    ///
    /// `#/components/schemas/ImageEditPartialImageEvent/properties/quality`
    pub enum GptImageQuality {
        Low = "low",
        Medium = "medium",
        High = "high",
        Auto = "auto",
    }
}

openapi_runtime::open_enum! {
    /// The background that was asked for.
    ///
    /// `#/components/schemas/ImageEditPartialImageEvent/properties/background`
    pub enum ImageBackground {
        Transparent = "transparent",
        Opaque = "opaque",
        Auto = "auto",
    }
}

/// Where an input image is: at a URL, or among the uploaded files. Exactly one of `file_id`
/// and `image_url` is
/// there.
///
/// `#/components/schemas/ImageRefParam`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ImageRef {
    /// An absolute URL, or a data URL whose content is in base64.
    ///
    /// Bounds: at most 20971520 characters.
    Url(Uri),
    /// The id that the Files API gave the image when it was uploaded.
    FileId(String),
}

impl Validate for ImageRef {
    fn check(&self, checker: &mut violation::Checker) {
        match self {
            Self::Url(value) => {
                checker.field("image_url", value, bounds::Length(..=20_971_520))
            }
            _ => {}
        }
    }
}

impl json::Encode for ImageRef {
    fn encode<S: json::Serializer>(
        &self,
        serializer: S,
        sink: &json::Sink,
    ) -> Result<S::Ok, S::Error> {
        let mut object = json::ObjectWriter::new(serializer, sink)?;
        match self {
            Self::Url(value) => object.required("image_url", value)?,
            Self::FileId(value) => object.required("file_id", value)?,
        }
        object.end()
    }
}

openapi_runtime::serialize!(ImageRef);

impl<'de> json::ReadObject<'de> for ImageRef {
    const NAME: &'static str = "ImageRefParam";

    fn read<A: json::MapAccess<'de>>(
        mut members: json::Members<'_, 'de, A>,
    ) -> Result<Self, A::Error> {
        let mut found = None;
        while let Some(name) = members.next_name()? {
            match &*name {
                "image_url" => {
                    found = members.value::<Option<_>>()?.map(Self::Url).or(found);
                }
                "file_id" => {
                    found = members.value::<Option<_>>()?.map(Self::FileId).or(found);
                }
                _ => members.skip()?,
            }
        }
        json::required(found, "image_url or file_id")
    }
}

openapi_runtime::read_object!(ImageRef);

/// What comes back when all images are ready.
///
/// `#/components/schemas/ImagesResponse`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ImagesResponse {
    /// When the images were made, in seconds since 1970 (Unix time).
    pub created: i64,
    /// The images.
    pub data: Option<Vec<Image>>,
    /// What lies behind the subject, `opaque` or `transparent`.
    pub background: Option<RenderedBackground>,
    /// The file format, one of `jpeg`, `png` and `webp`.
    pub output_format: Option<ImageOutputFormat>,
    /// Width and height in pixels, one of `1536x1024`, `1024x1536` and `1024x1024`.
    pub size: Option<RenderedSize>,
    /// The quality it was rendered at, one of `high`, `medium` and `low`.
    pub quality: Option<RenderedQuality>,
    /// The tokens that a response cost, as `gpt-image-1` counts them.
    pub usage: Option<ImageGenUsage>,
}

openapi_runtime::object! {
    ImagesResponse "ImagesResponse"
    base64 {
        "data": Vec<Image>,
    }
    members {
        required created: "created",
        optional data: "data",
        optional background: "background",
        optional output_format: "output_format",
        optional size: "size",
        optional quality: "quality",
        optional usage: "usage",
    }
}

openapi_runtime::open_enum! {
    /// What lies behind the subject, `opaque` or `transparent`.
    ///
    /// `#/components/schemas/ImagesResponse/properties/background`
    pub enum RenderedBackground {
        Transparent = "transparent",
        Opaque = "opaque",
    }
}

openapi_runtime::open_enum! {
    /// The file format, one of `jpeg`, `png` and `webp`.
    ///
    /// `#/components/schemas/ImagesResponse/properties/output_format`
    pub enum ImageOutputFormat {
        Png = "png",
        Webp = "webp",
        Jpeg = "jpeg",
    }
}

openapi_runtime::open_enum! {
    /// Width and height in pixels, one of `1536x1024`, `1024x1536` and `1024x1024`.
    ///
    /// `#/components/schemas/ImagesResponse/properties/size`
    pub enum RenderedSize {
        Square1024 = "1024x1024",
        Portrait1024x1536 = "1024x1536",
        Landscape1536x1024 = "1536x1024",
    }
}

openapi_runtime::open_enum! {
    /// The quality it was rendered at, one of `high`, `medium` and `low`.
    ///
    /// `#/components/schemas/ImagesResponse/properties/quality`
    pub enum RenderedQuality {
        Low = "low",
        Medium = "medium",
        High = "high",
    }
}

/// The tokens that an edit cost. Only GPT image models count them.
///
/// `#/components/schemas/ImagesUsage`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ImagesUsage {
    /// All tokens, of text and of images, read and written.
    pub total_tokens: i64,
    /// Tokens read, of text and of images.
    pub input_tokens: i64,
    /// Tokens written, all of images.
    pub output_tokens: i64,
    /// Which of the tokens read were text, and which images.
    pub input_tokens_details: ImagesUsageInputTokensDetails,
}

openapi_runtime::object! {
    ImagesUsage "ImagesUsage"
    members {
        required total_tokens: "total_tokens",
        required input_tokens: "input_tokens",
        required output_tokens: "output_tokens",
        required input_tokens_details: "input_tokens_details",
    }
}

/// Which of the tokens read were text, and which images.
///
/// `#/components/schemas/ImagesUsage/properties/input_tokens_details`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ImagesUsageInputTokensDetails {
    /// Text tokens read.
    pub text_tokens: i64,
    /// Image tokens read.
    pub image_tokens: i64,
}

openapi_runtime::object! {
    ImagesUsageInputTokensDetails "ImagesUsage input_tokens_details"
    members {
        required text_tokens: "text_tokens",
        required image_tokens: "image_tokens",
    }
}

openapi_runtime::open_enum! {
    /// How closely the result keeps to the style and the details of what it was made from,
    /// faces above all: `low`, which the server assumes, or `high`. `gpt-image-1-mini` does not
    /// have it; `gpt-image-1`, `gpt-image-1.5` and what came after do.
    ///
    /// `#/components/schemas/InputFidelity`
    pub enum InputFidelity {
        High = "high",
        Low = "low",
    }
}

/// Which of the tokens written were text, and which images.
///
/// `#/components/schemas/ImageGenOutputTokensDetails`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ImageGenOutputTokensDetails {
    /// Image tokens written.
    pub image_tokens: i64,
    /// Text tokens written.
    pub text_tokens: i64,
}

openapi_runtime::object! {
    ImageGenOutputTokensDetails "ImageGenOutputTokensDetails"
    members {
        required image_tokens: "image_tokens",
        required text_tokens: "text_tokens",
    }
}

/// Which of the tokens read were text, and which images.
///
/// `#/components/schemas/ImageGenInputUsageDetails`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ImageGenInputUsageDetails {
    /// Text tokens read.
    pub text_tokens: i64,
    /// Image tokens read.
    pub image_tokens: i64,
}

openapi_runtime::object! {
    ImageGenInputUsageDetails "ImageGenInputUsageDetails"
    members {
        required text_tokens: "text_tokens",
        required image_tokens: "image_tokens",
    }
}

/// The tokens that a response cost, as `gpt-image-1` counts them.
///
/// `#/components/schemas/ImageGenUsage`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ImageGenUsage {
    /// Tokens read, of text and of images.
    pub input_tokens: i64,
    /// All tokens, of text and of images, read and written.
    pub total_tokens: i64,
    /// Tokens written.
    pub output_tokens: i64,
    /// Which of the tokens written were text, and which images.
    pub output_tokens_details: Option<ImageGenOutputTokensDetails>,
    /// Which of the tokens read were text, and which images.
    pub input_tokens_details: ImageGenInputUsageDetails,
}

openapi_runtime::object! {
    ImageGenUsage "ImageGenUsage"
    members {
        required input_tokens: "input_tokens",
        required total_tokens: "total_tokens",
        required output_tokens: "output_tokens",
        optional output_tokens_details: "output_tokens_details",
        required input_tokens_details: "input_tokens_details",
    }
}

/// What went wrong, as the API tells it.
///
/// `#/components/schemas/ImageError`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ImageError {
    /// What went wrong, for a human reader.
    pub message: Option<String>,
    /// The kind of error, such as `invalid_request_error`.
    pub r#type: Option<String>,
    /// The parameter that is at fault.
    pub param: Option<ImageErrorValue>,
    /// The error itself, for a program, such as `moderation_blocked`.
    pub code: Option<ImageErrorValue>,
}

openapi_runtime::object! {
    ImageError "ImageError"
    members {
        optional message: "message",
        optional r#type: "type",
        optional param: "param",
        optional code: "code",
    }
}

/// A name, or a number in its stead.
///
/// `#/components/schemas/ImageErrorValue`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ImageErrorValue {
    /// `string`
    String(String),
    /// `integer`
    Integer(i64),
    /// A value that is not in the description.
    Unknown(json::Unknown),
}

openapi_runtime::conversions! {
    enum ImageErrorValue {
        String(String),
        Integer(i64),
    }
}

impl json::Encode for ImageErrorValue {
    fn encode<S: json::Serializer>(
        &self,
        serializer: S,
        sink: &json::Sink,
    ) -> Result<S::Ok, S::Error> {
        match self {
            Self::String(value) => json::Encode::encode(value, serializer, sink),
            Self::Integer(value) => json::Encode::encode(value, serializer, sink),
            Self::Unknown(value) => json::Encode::encode(value, serializer, sink),
        }
    }
}

openapi_runtime::serialize!(ImageErrorValue);

impl<'de> json::Decode<'de> for ImageErrorValue {
    fn decode<D: json::Deserializer<'de>>(
        deserializer: D,
        source: &json::Source,
    ) -> Result<Self, D::Error> {
        let raw = <json::RawUnion as json::Decode>::decode(deserializer, source)?;
        if raw.kind() == json::Kind::String {
            return raw.read(source).map(Self::String);
        }
        if raw.kind() == json::Kind::Integer {
            return raw.read(source).map(Self::Integer);
        }
        Ok(Self::Unknown(raw.unknown(None)))
    }
}

openapi_runtime::deserialize!(ImageErrorValue);

/// What went wrong, as the API tells it.
///
/// `#/components/schemas/ImageErrorReport`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ImageErrorReport {
    /// What went wrong, as the API tells it.
    Error(ImageError),
    /// `string`
    Text(String),
    /// A value that is not in the description.
    Unknown(json::Unknown),
}

openapi_runtime::conversions! {
    enum ImageErrorReport {
        Error(ImageError),
        Text(String),
    }
}

impl json::Encode for ImageErrorReport {
    fn encode<S: json::Serializer>(
        &self,
        serializer: S,
        sink: &json::Sink,
    ) -> Result<S::Ok, S::Error> {
        match self {
            Self::Error(value) => json::Encode::encode(value, serializer, sink),
            Self::Text(value) => json::Encode::encode(value, serializer, sink),
            Self::Unknown(value) => json::Encode::encode(value, serializer, sink),
        }
    }
}

openapi_runtime::serialize!(ImageErrorReport);

impl<'de> json::Decode<'de> for ImageErrorReport {
    fn decode<D: json::Deserializer<'de>>(
        deserializer: D,
        source: &json::Source,
    ) -> Result<Self, D::Error> {
        let raw = <json::RawUnion as json::Decode>::decode(deserializer, source)?;
        if raw.kind() == json::Kind::Object {
            return raw.read(source).map(Self::Error);
        }
        if raw.kind() == json::Kind::String {
            return raw.read(source).map(Self::Text);
        }
        Ok(Self::Unknown(raw.unknown(None)))
    }
}

openapi_runtime::deserialize!(ImageErrorReport);

/// The body of a response that is no success. The published description has none; recorded
/// exchanges of the official clients have this one.
///
/// `#/components/schemas/ImageErrorResponse`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ImageErrorResponse {
    /// What went wrong, as the API tells it.
    pub error: ImageErrorReport,
}

openapi_runtime::object! {
    ImageErrorResponse "ImageErrorResponse"
    members {
        required error: "error",
    }
}

/// An error whose members are at the root of the body.
///
/// `#/components/schemas/FlatImageError`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FlatImageError {
    /// What went wrong, for a human reader.
    pub message: Option<String>,
    /// The kind of error, such as `invalid_request_error`.
    pub r#type: Option<String>,
    /// The parameter that is at fault.
    pub param: Option<ImageErrorValue>,
    /// The error itself, for a program, such as `moderation_blocked`.
    pub code: Option<ImageErrorValue>,
}

openapi_runtime::object! {
    FlatImageError "FlatImageError"
    members {
        required_nullable message: "message",
        optional r#type: "type",
        optional param: "param",
        optional code: "code",
    }
}

/// `Nested` or `Flat`.
///
/// `#/paths/~1images~1edits/post/responses/default/content/application~1json/schema`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ImageErrorBody {
    /// The body of a response that is no success. The published description has none; recorded
    /// exchanges of the official clients have this one.
    Nested(ImageErrorResponse),
    /// An error whose members are at the root of the body.
    Flat(FlatImageError),
    /// A value that is not in the description.
    Unknown(json::Unknown),
}

openapi_runtime::conversions! {
    enum ImageErrorBody {
        Nested(ImageErrorResponse),
        Flat(FlatImageError),
    }
}

impl json::Encode for ImageErrorBody {
    fn encode<S: json::Serializer>(
        &self,
        serializer: S,
        sink: &json::Sink,
    ) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nested(value) => json::Encode::encode(value, serializer, sink),
            Self::Flat(value) => json::Encode::encode(value, serializer, sink),
            Self::Unknown(value) => json::Encode::encode(value, serializer, sink),
        }
    }
}

openapi_runtime::serialize!(ImageErrorBody);

impl<'de> json::Decode<'de> for ImageErrorBody {
    fn decode<D: json::Deserializer<'de>>(
        deserializer: D,
        source: &json::Source,
    ) -> Result<Self, D::Error> {
        let raw = <json::RawUnion as json::Decode>::decode(deserializer, source)?;
        for variant in raw
            .closest(
                &[(&["error"], false), (&["code", "message", "param", "type"], false)],
            )
        {
            match variant {
                0 => {
                    if raw.kind() == json::Kind::Object && raw.has("error") {
                        if let Some(value) = raw.attempt(source) {
                            return Ok(Self::Nested(value));
                        }
                    }
                }
                1 => {
                    if raw.kind() == json::Kind::Object && raw.has("message") {
                        if let Some(value) = raw.attempt(source) {
                            return Ok(Self::Flat(value));
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(Self::Unknown(raw.unknown(None)))
    }
}

openapi_runtime::deserialize!(ImageErrorBody);
