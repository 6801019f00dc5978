// @generated from an OpenAPI description by openapi-rust; changes by hand will be lost.

//! Operations, and the calls that send them.

#![cfg_attr(rustfmt, rustfmt_skip)]

use openapi_runtime::{
    Call, EventResponse, JsonResponse, Nullable, OneOrMany, RequestError, Upload,
    Validate, bounds, multipart, operation, response, security, violation,
};
use super::errors::ImageErrorBodyOnDefault;
use super::events::ImageEditStreamEvent;
use super::requests::{CreateImageEditRequest, EditImageBodyJsonParam};
use super::types::{
    GptImageModel, GptImageQuality, GptImageSize, ImageModel, ImageQuality, ImageRef,
    ImageSize, ImagesResponse,
};

/// The security requirements of operations that declare none of their own.
const SECURITY: &[security::Requirement] = &[
    security::Requirement::new(&[security::Scheme::bearer("ApiKeyAuth")]),
];

/// Changes or extends the given images as a prompt says. Works with the GPT image models
/// (`chatgpt-image-latest`, `gpt-image-1`, `gpt-image-1-mini`, `gpt-image-1.5`) and with
/// `dall-e-2`.
///
/// There are two kinds of body:
///
/// - `multipart/form-data` carries the files themselves, in `image` and, where there is
///   one, in `mask`.
/// - `application/json` names them: each of `images`, and `mask`, has an `image_url` or a
///   `file_id`.
///
/// Mind the plural: the images of a JSON body are the array `images`, those of a form are
/// `image`.
///
/// `POST /images/edits`
///
/// `#/paths/~1images~1edits/post`
#[derive(Clone, Debug)]
pub struct CreateImageEdit {
    body: CreateImageEditBody,
    unchecked: bool,
    boundary: Option<multipart::Boundary>,
}

impl CreateImageEdit {
    /// The HTTP method.
    pub const METHOD: &str = "POST";

    /// The path, relative to the URL of the server.
    pub const PATH: &str = "/images/edits";

    /// The accepted credentials: those of any one of these requirements.
    pub const SECURITY: &[security::Requirement] = self::SECURITY;

    /// The operation with this body.
    pub fn new(body: impl Into<CreateImageEditBody>) -> Self {
        Self {
            body: body.into(),
            unchecked: false,
            boundary: None,
        }
    }

    /// Sends the request even if it violates the bounds of the description.
    pub fn unchecked(mut self) -> Self {
        self.unchecked = true;
        self
    }

    /// Uses this boundary between the parts of a form, instead of a random one.
    pub fn boundary(mut self, boundary: multipart::Boundary) -> Self {
        self.boundary = Some(boundary);
        self
    }

    /// Requests a JSON response.
    ///
    /// # Errors
    ///
    /// A value violates the bounds of the description, or a file cannot be opened.
    pub fn call(
        self,
    ) -> Result<Call<JsonResponse<ImagesResponse, CreateImageEditError>>, RequestError> {
        self.prepare().map(|call| call.secured(Self::SECURITY))
    }

    /// Requests a stream of events.
    ///
    /// # Errors
    ///
    /// A value violates the bounds of the description, or a file cannot be opened.
    pub fn call_stream(
        mut self,
    ) -> Result<
        Call<EventResponse<ImageEditStreamEvent, CreateImageEditError>>,
        RequestError,
    > {
        match &mut self.body {
            CreateImageEditBody::Multipart(body) => body.stream = true,
            CreateImageEditBody::Json(body) => body.stream = true,
        }
        self.prepare().map(|call| call.secured(Self::SECURITY))
    }

    fn prepare<R: response::Response>(self) -> Result<Call<R>, RequestError> {
        let body = self.body;
        if !self.unchecked {
            let mut checker = violation::Checker::new();
            body.check(&mut checker);
            checker.finish()?;
        }
        match body {
            CreateImageEditBody::Multipart(body) => {
                match self.boundary {
                    Some(boundary) => {
                        Call::multipart_with_boundary(
                            Self::METHOD,
                            Self::PATH,
                            body.into_form(),
                            &boundary,
                        )
                    }
                    None => Call::multipart(Self::METHOD, Self::PATH, body.into_form()),
                }
            }
            CreateImageEditBody::Json(body) => {
                Call::json(Self::METHOD, Self::PATH, &body)
            }
        }
    }
}

impl operation::Operation for CreateImageEdit {
    const ID: &'static str = "createImageEdit";
    const METHOD: &'static str = Self::METHOD;
    const PATH: &'static str = Self::PATH;
    const SECURITY: &'static [security::Requirement] = Self::SECURITY;
    type Error = CreateImageEditError;
}

impl operation::Asks<operation::Whole> for CreateImageEdit {
    type Response = JsonResponse<ImagesResponse, CreateImageEditError>;
    fn ask(self) -> Result<Call<Self::Response>, RequestError> {
        self.call()
    }
}

impl operation::Asks<operation::Events> for CreateImageEdit {
    type Response = EventResponse<ImageEditStreamEvent, CreateImageEditError>;
    fn ask(self) -> Result<Call<Self::Response>, RequestError> {
        self.call_stream()
    }
}

/// The body of [`CreateImageEdit`], in one of its media types.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum CreateImageEditBody {
    /// `multipart/form-data`
    Multipart(CreateImageEditRequest),
    /// `application/json`
    Json(EditImageBodyJsonParam),
}

openapi_runtime::conversions! {
    enum CreateImageEditBody {
        Multipart(CreateImageEditRequest),
        Json(EditImageBodyJsonParam),
    }
}

impl Validate for CreateImageEditBody {
    fn check(&self, checker: &mut violation::Checker) {
        match self {
            Self::Multipart(body) => checker.value(body, bounds::Nested),
            Self::Json(body) => checker.value(body, bounds::Nested),
        }
    }
}

/// The errors of [`CreateImageEdit`] in the description.
pub type CreateImageEditError = ImageErrorBodyOnDefault;

impl CreateImageEditRequest {
    /// The same request as a [`EditImageBodyJsonParam`].
    ///
    /// Leaves out `image`, `mask`, `response_format`.
    pub fn to_edit_image_body_json_param(
        &self,
        images: impl IntoIterator<Item = impl Into<ImageRef>>,
    ) -> EditImageBodyJsonParam {
        let mut body = EditImageBodyJsonParam::new(images, self.prompt.clone());
        body.model = Nullable::from_option(
            self.model.as_ref().map(|value| GptImageModel::from(value.as_str())),
        );
        body.n = Nullable::from_option(self.n.clone());
        body.quality = Nullable::from_option(
            self.quality.as_ref().map(|value| GptImageQuality::from(value.as_str())),
        );
        body.input_fidelity = Nullable::from_option(self.input_fidelity.clone());
        body.size = Nullable::from_option(
            self.size.as_ref().map(|value| GptImageSize::from(value.as_str())),
        );
        body.user = self.user.clone();
        body.output_format = Nullable::from_option(self.output_format.clone());
        body.output_compression = Nullable::from_option(self.output_compression.clone());
        body.background = Nullable::from_option(self.background.clone());
        body.partial_images = Nullable::from_option(self.partial_images.clone());
        body.extra = self.extra.clone();
        body
    }
}

impl EditImageBodyJsonParam {
    /// The same request as a [`CreateImageEditRequest`].
    ///
    /// Leaves out `images`, `mask`, `moderation`.
    pub fn to_create_image_edit_request(
        &self,
        image: impl Into<OneOrMany<Upload>>,
    ) -> CreateImageEditRequest {
        let mut body = CreateImageEditRequest::new(image, self.prompt.clone());
        body.background = self.background.value().cloned();
        body.model = self.model.value().map(|value| ImageModel::from(value.as_str()));
        body.n = self.n.value().cloned();
        body.size = self.size.value().map(|value| ImageSize::from(value.as_str()));
        body.output_format = self.output_format.value().cloned();
        body.output_compression = self.output_compression.value().cloned();
        body.user = self.user.clone();
        body.input_fidelity = self.input_fidelity.value().cloned();
        body.partial_images = self.partial_images.value().cloned();
        body.quality = self
            .quality
            .value()
            .map(|value| ImageQuality::from(value.as_str()));
        body.extra = self.extra.clone();
        body
    }
}
