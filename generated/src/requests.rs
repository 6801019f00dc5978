// @generated from an OpenAPI description by openapi-rust; changes by hand will be lost.

//! Request bodies.

#![cfg_attr(rustfmt, rustfmt_skip)]

use openapi_runtime::{
    Extra, Nullable, OneOrMany, Upload, Validate, bounds, json, multipart, violation,
};
use super::types::{
    GptImageModel, GptImageQuality, GptImageSize, ImageBackground, ImageModel,
    ImageModeration, ImageOutputFormat, ImageQuality, ImageRef, ImageResponseFormat,
    ImageSize, InputFidelity,
};

/// The body of `CreateImageEdit`.
///
/// `#/components/schemas/CreateImageEditRequest`
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CreateImageEditRequest {
    /// What is to be edited: one file or several.
    ///
    /// The GPT image models (`gpt-image-2`, `gpt-image-2-2026-04-21`, `gpt-image-1.5`,
    /// `gpt-image-1`,
    /// `gpt-image-1-mini`) take at most 16 files, each a `jpg`, `png` or `webp` under 50 MB,
    /// and
    /// `chatgpt-image-latest` is bound by the same limits.
    ///
    /// `dall-e-2` takes a single file: a square `png` under 4 MB.
    ///
    /// Bounds: 1 to 16 items; each: at most 52428799 bytes.
    pub image: OneOrMany<Upload>,
    /// What the result shall look like, in words. `dall-e-2` reads up to 1000 characters, the
    /// GPT image models up to 32000.
    pub prompt: String,
    /// A picture whose transparent pixels (alpha zero) mark what may change. Of several images
    /// it concerns the first. It is a PNG file under 4 MB, as wide and as high as `image`.
    ///
    /// Bounds: at most 4194303 bytes.
    pub mask: Option<Upload>,
    /// What lies behind the subject: `transparent`, `opaque`, or, with `auto` (what the server
    /// assumes), whatever
    /// the model finds fitting. For GPT image models only.
    ///
    /// Not every GPT image model can leave the background transparent; `gpt-image-2` and
    /// `gpt-image-2-2026-04-21` offer it as a preview. `transparent` needs `png` or `webp` as
    /// output format.
    ///
    /// The server's default is `"auto"`.
    pub background: Option<ImageBackground>,
    /// Which model does the work: `dall-e-2`, or one of the GPT image models
    /// `chatgpt-image-latest`, `gpt-image-2-2026-04-21`, `gpt-image-2`, `gpt-image-1.5`,
    /// `gpt-image-1-mini` and `gpt-image-1`. Without it, `gpt-image-1.5` does.
    ///
    /// The server's default is `"gpt-image-1.5"`.
    pub model: Option<ImageModel>,
    /// How many images to make, from 1 to 10.
    ///
    /// Bounds: at least 1, at most 10.
    ///
    /// The server's default is `1`.
    pub n: Option<i64>,
    /// Width and height of the result, in pixels. All GPT image models know `1536x1024`,
    /// `1024x1536` and `1024x1024`; those that can choose for themselves know `auto` too.
    /// `dall-e-2` knows `1024x1024`, `512x512` and `256x256`; `dall-e-3` knows `1792x1024`,
    /// `1024x1792` and `1024x1024`. `gpt-image-2` and `gpt-image-2-2026-04-21` take any
    /// `WIDTHxHEIGHT`, such as `1536x864`, where 16 divides both numbers, neither is more than
    /// three times the other, and the result is no larger than `3840x2160`; above `2560x1440`
    /// this is experimental, and further limits of the model on edges and on the number of
    /// pixels may apply.
    ///
    /// The server's default is `"1024x1024"`.
    pub size: Option<ImageSize>,
    /// Whether images come back as links (`url`, dead after 60 minutes) or as base64
    /// (`b64_json`). Only `dall-e-2` has the choice, and sends `url` where none is made; GPT
    /// image models send base64 and nothing else.
    pub response_format: Option<ImageResponseFormat>,
    /// The file format of the result: `png`, which the server assumes, `jpeg` or `webp`. For
    /// GPT image models only.
    ///
    /// The server's default is `"png"`.
    pub output_format: Option<ImageOutputFormat>,
    /// How strongly to compress, in percent (0-100); the server assumes 100. For GPT image
    /// models with `jpeg` or
    /// `webp` as output format.
    ///
    /// Bounds: at least 0, at most 100.
    ///
    /// The server's default is `100`.
    pub output_compression: Option<i64>,
    /// An identifier that stands for one of your users, by which OpenAI can notice misuse.
    /// [What to put here](https://platform.openai.com/docs/guides/safety-best-practices#end-user-ids).
    pub user: Option<String>,
    /// How closely the result keeps to the style and the details of what it was made from,
    /// faces above all: `low`, which the server assumes, or `high`. `gpt-image-1-mini` does not
    /// have it; `gpt-image-1`, `gpt-image-1.5` and what came after do.
    pub input_fidelity: Option<InputFidelity>,
    /// How many previews to send while the image is being made, from 0 to 3; they are sent in a
    /// stream only. With
    /// 0, the stream is one event with the result.
    ///
    /// There may be fewer: a result that is ready early is not held back for the remaining
    /// previews.
    ///
    /// Bounds: at least 0, at most 3.
    ///
    /// The server's default is `0`.
    pub partial_images: Option<i64>,
    /// The quality that GPT image models render at; the server assumes `auto`.
    ///
    /// The server's default is `"auto"`.
    pub quality: Option<ImageQuality>,
    /// Fields that are not in the description, sent unchanged.
    pub extra: Extra,
    pub(crate) stream: bool,
}

impl CreateImageEditRequest {
    /// A value with the required fields.
    pub fn new(image: impl Into<OneOrMany<Upload>>, prompt: impl Into<String>) -> Self {
        Self {
            image: image.into(),
            prompt: prompt.into(),
            mask: None,
            background: None,
            model: None,
            n: None,
            size: None,
            response_format: None,
            output_format: None,
            output_compression: None,
            user: None,
            input_fidelity: None,
            partial_images: None,
            quality: None,
            extra: Extra::new(),
            stream: false,
        }
    }

    /// A picture whose transparent pixels (alpha zero) mark what may change.
    pub fn mask(mut self, mask: impl Into<Upload>) -> Self {
        self.mask = Some(mask.into());
        self
    }

    /// What lies behind the subject: `transparent`, `opaque`, or, with `auto` (what the server
    /// assumes), whatever
    /// the model finds fitting.
    pub fn background(mut self, background: impl Into<ImageBackground>) -> Self {
        self.background = Some(background.into());
        self
    }

    /// Which model does the work: `dall-e-2`, or one of the GPT image models
    /// `chatgpt-image-latest`, `gpt-image-2-2026-04-21`, `gpt-image-2`, `gpt-image-1.5`,
    /// `gpt-image-1-mini` and `gpt-image-1`.
    pub fn model(mut self, model: impl Into<ImageModel>) -> Self {
        self.model = Some(model.into());
        self
    }

    /// How many images to make, from 1 to 10.
    pub fn n(mut self, n: i64) -> Self {
        self.n = Some(n);
        self
    }

    /// Width and height of the result, in pixels.
    pub fn size(mut self, size: impl Into<ImageSize>) -> Self {
        self.size = Some(size.into());
        self
    }

    /// Whether images come back as links (`url`, dead after 60 minutes) or as base64
    /// (`b64_json`).
    pub fn response_format(
        mut self,
        response_format: impl Into<ImageResponseFormat>,
    ) -> Self {
        self.response_format = Some(response_format.into());
        self
    }

    /// The file format of the result: `png`, which the server assumes, `jpeg` or `webp`.
    pub fn output_format(mut self, output_format: impl Into<ImageOutputFormat>) -> Self {
        self.output_format = Some(output_format.into());
        self
    }

    /// How strongly to compress, in percent (0-100); the server assumes 100.
    pub fn output_compression(mut self, output_compression: i64) -> Self {
        self.output_compression = Some(output_compression);
        self
    }

    /// An identifier that stands for one of your users, by which OpenAI can notice misuse.
    /// [What to put here](https://platform.openai.com/docs/guides/safety-best-practices#end-user-ids).
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.user = Some(user.into());
        self
    }

    /// How closely the result keeps to the style and the details of what it was made from,
    /// faces above all: `low`, which the server assumes, or `high`.
    pub fn input_fidelity(mut self, input_fidelity: impl Into<InputFidelity>) -> Self {
        self.input_fidelity = Some(input_fidelity.into());
        self
    }

    /// How many previews to send while the image is being made, from 0 to 3; they are sent in a
    /// stream only.
    pub fn partial_images(mut self, partial_images: i64) -> Self {
        self.partial_images = Some(partial_images);
        self
    }

    /// The quality that GPT image models render at; the server assumes `auto`.
    pub fn quality(mut self, quality: impl Into<ImageQuality>) -> Self {
        self.quality = Some(quality.into());
        self
    }

    /// Adds a field that is not in the description.
    pub fn extra(
        mut self,
        name: impl Into<String>,
        value: impl Into<json::Value>,
    ) -> Self {
        self.extra.insert(name, value);
        self
    }
}

impl Validate for CreateImageEditRequest {
    fn check(&self, checker: &mut violation::Checker) {
        checker
            .field(
                "image",
                &self.image,
                (bounds::Items(1..=16), bounds::Each(bounds::Bytes(..=52_428_799))),
            );
        checker.field("mask", &self.mask, bounds::Bytes(..=4_194_303));
        checker.field("n", &self.n, bounds::Range(1..=10));
        checker
            .field(
                "output_compression",
                &self.output_compression,
                bounds::Range(0..=100),
            );
        checker.field("partial_images", &self.partial_images, bounds::Range(0..=3));
        let applies = self
            .model
            .as_ref()
            .is_some_and(|value| matches!(value.as_str(), "dall-e-2"));
        checker
            .rule_at(
                "prompt",
                !applies || violation::holds(&self.prompt, bounds::Length(..=1_000)),
                "`dall-e-2` takes one image and a prompt of at most 1000 characters",
            );
        checker
            .rule_at(
                "image",
                !applies || violation::holds(&self.image, bounds::Items(..=1)),
                "`dall-e-2` takes one image and a prompt of at most 1000 characters",
            );
        let applies = self
            .quality
            .as_ref()
            .is_some_and(|value| matches!(value.as_str(), "standard"));
        checker
            .rule_at(
                "model",
                !applies
                    || self
                        .model
                        .as_ref()
                        .is_some_and(|value| matches!(value.as_str(), "dall-e-2")),
                "`quality: standard` is for the model `dall-e-2` only",
            );
        let applies = self.response_format.is_some();
        checker
            .rule_at(
                "model",
                !applies
                    || self
                        .model
                        .as_ref()
                        .is_some_and(|value| matches!(value.as_str(), "dall-e-2")),
                "`response_format` is for the model `dall-e-2` only",
            );
        let applies = self
            .background
            .as_ref()
            .is_some_and(|value| matches!(value.as_str(), "transparent"));
        checker
            .rule_at(
                "output_format",
                !applies
                    || self
                        .output_format
                        .as_ref()
                        .is_none_or(|value| matches!(value.as_str(), "png" | "webp")),
                "`background: transparent` needs the output format `png` or `webp`",
            );
        let applies = violation::holds(&self.output_compression, bounds::Range(..=99))
            && self.output_compression.is_some();
        checker
            .rule_at(
                "output_format",
                !applies
                    || self
                        .output_format
                        .as_ref()
                        .is_some_and(|value| matches!(value.as_str(), "webp" | "jpeg")),
                "`output_compression` under 100 needs the output format `webp` or `jpeg`",
            );
        let applies = self
            .model
            .as_ref()
            .is_some_and(|value| matches!(value.as_str(), "gpt-image-1-mini"));
        checker
            .rule_at(
                "input_fidelity",
                !applies || self.input_fidelity.is_none(),
                "`input_fidelity` is not for the model `gpt-image-1-mini`",
            );
    }
}

impl CreateImageEditRequest {
    pub(crate) fn into_form(self) -> multipart::Form {
        let mut form = multipart::Form::new();
        form.add_list("image", "image[]", self.image);
        form.add("prompt", self.prompt);
        form.add("mask", self.mask);
        form.add("background", self.background);
        form.add("model", self.model);
        form.add("n", self.n);
        form.add("size", self.size);
        form.add("response_format", self.response_format);
        form.add("output_format", self.output_format);
        form.add("output_compression", self.output_compression);
        form.add("user", self.user);
        form.add("input_fidelity", self.input_fidelity);
        form.add("partial_images", self.partial_images);
        form.add("quality", self.quality);
        form.add("stream", self.stream.then_some(true));
        form.extra(&self.extra);
        form
    }
}

/// An edit asked for in JSON.
///
/// Where a form has files in `image`, this has `images`, an array of `ImageRefParam`: each
/// is a URL on the web, a
/// data URL, or the id of a file uploaded before. Only GPT image models can be asked in
/// JSON; for DALL-E, which
/// here means `dall-e-2`, send a form.
///
/// `#/components/schemas/EditImageBodyJsonParam`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct EditImageBodyJsonParam {
    /// Which GPT image model does the work. `gpt-image-2` is among them, also pinned to a date
    /// as `gpt-image-2-2026-04-21`.
    ///
    /// The server's default is `"gpt-image-1.5"`.
    pub model: Nullable<GptImageModel>,
    /// What is to be edited. GPT image models take at most 16.
    ///
    /// Bounds: 1 to 16 items.
    pub images: Vec<ImageRef>,
    /// Where an input image is: at a URL, or among the uploaded files. Exactly one of `file_id`
    /// and `image_url` is
    /// there.
    pub mask: Option<ImageRef>,
    /// What the result shall look like, in words.
    ///
    /// Bounds: 1 to 32000 characters.
    pub prompt: String,
    /// How many results to make.
    ///
    /// Bounds: at least 1, at most 10.
    ///
    /// The server's default is `1`.
    pub n: Nullable<i64>,
    /// The quality to render at.
    ///
    /// The server's default is `"auto"`.
    pub quality: Nullable<GptImageQuality>,
    /// How closely the result keeps to what it was made from.
    pub input_fidelity: Nullable<InputFidelity>,
    /// Width and height of the result, in pixels.
    ///
    /// The server's default is `"auto"`.
    pub size: Nullable<GptImageSize>,
    /// An identifier that stands for one of your users, by which OpenAI can notice misuse.
    pub user: Option<String>,
    /// The file format of the result.
    ///
    /// The server's default is `"png"`.
    pub output_format: Nullable<ImageOutputFormat>,
    /// How strongly to compress a `webp` or `jpeg`, in percent.
    ///
    /// Bounds: at least 0, at most 100.
    pub output_compression: Nullable<i64>,
    /// How strictly the content is moderated.
    ///
    /// The server's default is `"auto"`.
    pub moderation: Nullable<ImageModeration>,
    /// What lies behind the subject. Not every GPT image model can leave it transparent;
    /// `gpt-image-2` and `gpt-image-2-2026-04-21` offer that as a preview. `transparent` needs
    /// `png` or `webp` as output format.
    ///
    /// The server's default is `"auto"`.
    pub background: Nullable<ImageBackground>,
    /// How many previews to send while the image is being made, from 0 to 3; they are sent in a
    /// stream only. With
    /// 0, the stream is one event with the result.
    ///
    /// There may be fewer: a result that is ready early is not held back for the remaining
    /// previews.
    ///
    /// Bounds: at least 0, at most 3.
    ///
    /// The server's default is `0`.
    pub partial_images: Nullable<i64>,
    /// Fields that are not in the description, sent unchanged.
    pub extra: Extra,
    pub(crate) stream: bool,
}

impl EditImageBodyJsonParam {
    /// A value with the required fields.
    pub fn new(
        images: impl IntoIterator<Item = impl Into<ImageRef>>,
        prompt: impl Into<String>,
    ) -> Self {
        Self {
            model: Nullable::Absent,
            images: images.into_iter().map(Into::into).collect(),
            mask: None,
            prompt: prompt.into(),
            n: Nullable::Absent,
            quality: Nullable::Absent,
            input_fidelity: Nullable::Absent,
            size: Nullable::Absent,
            user: None,
            output_format: Nullable::Absent,
            output_compression: Nullable::Absent,
            moderation: Nullable::Absent,
            background: Nullable::Absent,
            partial_images: Nullable::Absent,
            extra: Extra::new(),
            stream: false,
        }
    }

    /// Which GPT image model does the work.
    ///
    /// The field itself also takes `Nullable::Null`.
    pub fn model(mut self, model: impl Into<GptImageModel>) -> Self {
        self.model = Nullable::Value(model.into());
        self
    }

    /// Where an input image is: at a URL, or among the uploaded files.
    pub fn mask(mut self, mask: ImageRef) -> Self {
        self.mask = Some(mask);
        self
    }

    /// How many results to make.
    ///
    /// The field itself also takes `Nullable::Null`.
    pub fn n(mut self, n: i64) -> Self {
        self.n = Nullable::Value(n);
        self
    }

    /// The quality to render at.
    ///
    /// The field itself also takes `Nullable::Null`.
    pub fn quality(mut self, quality: impl Into<GptImageQuality>) -> Self {
        self.quality = Nullable::Value(quality.into());
        self
    }

    /// How closely the result keeps to what it was made from.
    ///
    /// The field itself also takes `Nullable::Null`.
    pub fn input_fidelity(mut self, input_fidelity: impl Into<InputFidelity>) -> Self {
        self.input_fidelity = Nullable::Value(input_fidelity.into());
        self
    }

    /// Width and height of the result, in pixels.
    ///
    /// The field itself also takes `Nullable::Null`.
    pub fn size(mut self, size: impl Into<GptImageSize>) -> Self {
        self.size = Nullable::Value(size.into());
        self
    }

    /// An identifier that stands for one of your users, by which OpenAI can notice misuse.
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.user = Some(user.into());
        self
    }

    /// The file format of the result.
    ///
    /// The field itself also takes `Nullable::Null`.
    pub fn output_format(mut self, output_format: impl Into<ImageOutputFormat>) -> Self {
        self.output_format = Nullable::Value(output_format.into());
        self
    }

    /// How strongly to compress a `webp` or `jpeg`, in percent.
    ///
    /// The field itself also takes `Nullable::Null`.
    pub fn output_compression(mut self, output_compression: i64) -> Self {
        self.output_compression = Nullable::Value(output_compression);
        self
    }

    /// How strictly the content is moderated.
    ///
    /// The field itself also takes `Nullable::Null`.
    pub fn moderation(mut self, moderation: impl Into<ImageModeration>) -> Self {
        self.moderation = Nullable::Value(moderation.into());
        self
    }

    /// What lies behind the subject.
    ///
    /// The field itself also takes `Nullable::Null`.
    pub fn background(mut self, background: impl Into<ImageBackground>) -> Self {
        self.background = Nullable::Value(background.into());
        self
    }

    /// How many previews to send while the image is being made, from 0 to 3; they are sent in a
    /// stream only.
    ///
    /// The field itself also takes `Nullable::Null`.
    pub fn partial_images(mut self, partial_images: i64) -> Self {
        self.partial_images = Nullable::Value(partial_images);
        self
    }

    /// Adds a field that is not in the description.
    pub fn extra(
        mut self,
        name: impl Into<String>,
        value: impl Into<json::Value>,
    ) -> Self {
        self.extra.insert(name, value);
        self
    }
}

impl Validate for EditImageBodyJsonParam {
    fn check(&self, checker: &mut violation::Checker) {
        checker
            .field(
                "images",
                &self.images,
                (bounds::Items(1..=16), bounds::Each(bounds::Nested)),
            );
        checker.field("mask", &self.mask, bounds::Nested);
        checker.field("prompt", &self.prompt, bounds::Length(1..=32_000));
        checker.field("n", &self.n, bounds::Range(1..=10));
        checker
            .field(
                "output_compression",
                &self.output_compression,
                bounds::Range(0..=100),
            );
        checker.field("partial_images", &self.partial_images, bounds::Range(0..=3));
        let applies = self
            .background
            .value()
            .is_some_and(|value| matches!(value.as_str(), "transparent"));
        checker
            .rule_at(
                "output_format",
                !applies
                    || self
                        .output_format
                        .value()
                        .is_none_or(|value| matches!(value.as_str(), "png" | "webp")),
                "`background: transparent` needs the output format `png` or `webp`",
            );
        let applies = violation::holds(&self.output_compression, bounds::Range(..=99))
            && self.output_compression.value().is_some();
        checker
            .rule_at(
                "output_format",
                !applies
                    || self
                        .output_format
                        .value()
                        .is_some_and(|value| matches!(value.as_str(), "webp" | "jpeg")),
                "`output_compression` under 100 needs the output format `webp` or `jpeg`",
            );
        let applies = self
            .model
            .value()
            .is_some_and(|value| matches!(value.as_str(), "gpt-image-1-mini"));
        checker
            .rule_at(
                "input_fidelity",
                !applies || self.input_fidelity.value().is_none(),
                "`input_fidelity` is not for the model `gpt-image-1-mini`",
            );
    }
}

openapi_runtime::object! {
    EditImageBodyJsonParam "EditImageBodyJsonParam"
    members {
        nullable model: "model",
        required images: "images",
        optional mask: "mask",
        required prompt: "prompt",
        nullable n: "n",
        nullable quality: "quality",
        nullable input_fidelity: "input_fidelity",
        nullable size: "size",
        optional user: "user",
        nullable output_format: "output_format",
        nullable output_compression: "output_compression",
        nullable moderation: "moderation",
        nullable background: "background",
        nullable partial_images: "partial_images",
        switch stream: "stream",
    }
    rest { extra }
}
