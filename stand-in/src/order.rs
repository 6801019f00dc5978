//! A requested edit, from either kind of body.

use bytes::Bytes;
use serde_json::Value;

use crate::error::ApiError;
use crate::form::form;
use crate::judge::{Judge, Rules};
use crate::picture::Format;
use crate::read::Content;

/// Maximum number of pixels of a result: those of the largest size that a GPT image model accepts,
/// 3840x2160.
pub(crate) const PIXELS: u64 = 3840 * 2160;

/// The longest side of a result in pixels.
const LONGEST: u32 = 3840;

/// An accepted request, with the defaults of the description for absent members.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) images: Vec<Source>,
    pub(crate) mask: Option<Source>,
    pub(crate) prompt: String,
    pub(crate) n: u32,
    /// The requested size; `auto` is that of the first image.
    pub(crate) size: String,
    pub(crate) quality: String,
    pub(crate) background: String,
    pub(crate) format: Format,
    /// In percent.
    pub(crate) compression: u8,
    /// `input_fidelity: high`, which costs more tokens.
    pub(crate) is_faithful: bool,
    pub(crate) is_stream: bool,
    pub(crate) partial_images: u32,
    pub(crate) family: Family,
}

/// The kind of a model, on which the members of a response depend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// Results are base64, and tokens are counted.
    Gpt,
    /// No tokens are counted.
    DallE {
        /// Results are URLs, and base64 otherwise.
        by_url: bool,
    },
}

/// The bytes of an image, and where they came from.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) bytes: Bytes,
    /// The `param` of an error about this image.
    pub(crate) param: String,
}

impl Order {
    /// Validates a body and reads it.
    ///
    /// # Errors
    /// Status 400, with the place of the fault.
    pub(crate) fn new(judge: &Judge, content: &Content) -> Result<Self, ApiError> {
        match content {
            Content::Form(parts) => {
                let rules = judge.form();
                let form = form(rules, parts)?;
                rules.check(&form.value)?;
                Self::read(rules, &form.value, form.images, form.mask)
            }
            Content::Json(value) => {
                let rules = judge.json();
                rules.check(value)?;
                let images = value.get("images").and_then(Value::as_array);
                let images = images.into_iter().flatten().enumerate();
                let images =
                    images.map(|(index, image)| referred(image, &format!("/images/{index}")));
                let images = images.collect::<Result<_, _>>()?;
                let mask = value.get("mask").map(|mask| referred(mask, "/mask"));
                Self::read(rules, value, images, mask.transpose()?)
            }
        }
    }

    fn read(
        rules: &Rules,
        value: &Value,
        images: Vec<Source>,
        mask: Option<Source>,
    ) -> Result<Self, ApiError> {
        if images.is_empty() {
            let message = "Missing required parameter: 'image'.";
            return Err(
                ApiError::invalid(Some("image"), message).code("missing_required_parameter")
            );
        }
        let member = |name| {
            let given = value.get(name).filter(|value| !value.is_null());
            given.or_else(|| rules.default(name))
        };
        let text = |name| member(name).and_then(Value::as_str).unwrap_or_default();
        let number = |name, default| {
            let number = member(name).and_then(Value::as_u64);
            number
                .and_then(|number| u32::try_from(number).ok())
                .unwrap_or(default)
        };
        let by_url = text("response_format") != "b64_json";
        let family = match text("model") {
            model if model.starts_with("dall-e") => Family::DallE { by_url },
            _ => Family::Gpt,
        };
        Ok(Self {
            images,
            mask,
            prompt: text("prompt").to_owned(),
            n: number("n", 1),
            size: text("size").to_owned(),
            quality: text("quality").to_owned(),
            background: text("background").to_owned(),
            format: Format::named(text("output_format")),
            compression: u8::try_from(number("output_compression", 100)).unwrap_or(100),
            is_faithful: text("input_fidelity") == "high",
            is_stream: member("stream").and_then(Value::as_bool).unwrap_or(false),
            partial_images: number("partial_images", 0),
            family,
        })
    }

    /// Width and height of the result in pixels, of a source of the given width and height.
    ///
    /// # Errors
    /// Status 400 for a size that is not `auto` and not one within the bounds.
    pub(crate) fn dimensions(&self, source: (u32, u32)) -> Result<(u32, u32), ApiError> {
        if self.size == "auto" {
            return Ok(within_bounds(source));
        }
        let parse = |side: &str| {
            side.parse()
                .ok()
                .filter(|side| (1..=LONGEST).contains(side))
        };
        let sides = self.size.split_once('x');
        let sides = sides.and_then(|(width, height)| Some((parse(width)?, parse(height)?)));
        let sides =
            sides.filter(|(width, height)| u64::from(*width) * u64::from(*height) <= PIXELS);
        sides.ok_or_else(|| {
            let message = format!(
                "Invalid value: '{}'. A size is `auto` or WIDTHxHEIGHT of at most {PIXELS} pixels (at `/size`)",
                self.size.chars().take(40).collect::<String>(),
            );
            ApiError::invalid(Some("size"), message).code("invalid_value")
        })
    }
}

/// The dimensions themselves, or, if they are too large, smaller ones of nearly the same ratio.
fn within_bounds((width, height): (u32, u32)) -> (u32, u32) {
    let fits = |divisor: u32| {
        let (width, height) = ((width / divisor).max(1), (height / divisor).max(1));
        let is_small = u64::from(width) * u64::from(height) <= PIXELS;
        (is_small && width.max(height) <= LONGEST).then_some((width, height))
    };
    // A side has at most 2^32 pixels, so a divisor within this range fits.
    (1..=u32::MAX / LONGEST + 1)
        .find_map(fits)
        .unwrap_or((1, 1))
}

/// The bytes that an `ImageRefParam` refers to.
fn referred(image: &Value, pointer: &str) -> Result<Source, ApiError> {
    let member = |name: &str| image.get(name).and_then(Value::as_str);
    if let Some(id) = member("file_id") {
        let param = format!("{pointer}/file_id");
        let id: String = id.chars().take(100).collect();
        let message =
            format!("No such File object: '{id}'; the stand-in keeps no files (at `{param}`)");
        return Err(ApiError::invalid(Some(&param), message).code("file_not_found"));
    }
    let param = format!("{pointer}/image_url");
    let url = member("image_url").unwrap_or_default();
    let wrong = |what: &str| {
        let message = format!("Invalid image URL: {what} (at `{param}`)");
        ApiError::invalid(Some(&param), message).code("invalid_image_url")
    };
    let is_data = url
        .get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    if !is_data {
        return Err(wrong("the stand-in makes no requests; send a data URL"));
    }
    let (head, data) = url
        .split_once(',')
        .ok_or_else(|| wrong("a data URL has a comma"))?;
    if !head.to_ascii_lowercase().ends_with(";base64") {
        return Err(wrong("the data is not in base64"));
    }
    let bytes = base64_simd::STANDARD.decode_to_vec(data);
    let bytes = bytes.map_err(|_| wrong("the data is not valid base64"))?;
    Ok(Source {
        bytes: Bytes::from(bytes),
        param,
    })
}
