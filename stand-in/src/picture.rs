//! Pictures: files to pixels, and pixels to files.

use std::io::Cursor;

use base64_simd::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::{
    ExtendedColorType, ImageEncoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage,
    RgbaImage,
};

use crate::error::ApiError;
use crate::order::Source;

/// Maximum number of pixels of a decoded image.
const PIXELS: u64 = 32 * 1024 * 1024;

/// Maximum memory of a decoder in bytes: eight for each pixel.
const DECODER: u64 = 8 * PIXELS;

/// The format of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Png,
    Jpeg,
    Webp,
}

impl Format {
    /// The format of this name; PNG for any other.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "jpeg" => Self::Jpeg,
            "webp" => Self::Webp,
            _ => Self::Png,
        }
    }

    /// The name in the description.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Webp => "webp",
        }
    }

    /// The media type.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }
}

/// Decodes an image.
///
/// # Errors
/// Status 400 for a file that is not PNG, JPEG or WebP, or has too many pixels.
pub(crate) fn decoded(source: &Source) -> Result<RgbaImage, ApiError> {
    let refused = |what: &str| {
        let message = format!("Invalid image: {what} (at `{}`)", source.param);
        ApiError::invalid(Some(&source.param), message).code("invalid_image_file")
    };
    let unreadable = |error: ImageError| {
        refused(&format!(
            "it is not a PNG, JPEG or WebP file, or damaged: {error}"
        ))
    };
    let format = image::guess_format(&source.bytes).map_err(unreadable)?;
    if !matches!(
        format,
        ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP
    ) {
        return Err(refused("it is not a PNG, JPEG or WebP file"));
    }
    let reader = || ImageReader::with_format(Cursor::new(&source.bytes), format);
    // The head is read first: nothing is allocated for a small file that claims to be a large
    // image.
    let (width, height) = reader().into_dimensions().map_err(unreadable)?;
    if width == 0 || height == 0 {
        return Err(refused("it has no pixels"));
    }
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(refused(&format!("it has more than {PIXELS} pixels")));
    }
    let mut reader = reader();
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER);
    reader.limits(limits);
    reader
        .decode()
        .map(|image| image.to_rgba8())
        .map_err(unreadable)
}

/// Decodes a mask, which is a PNG file of the dimensions of the first image.
///
/// # Errors
/// The errors of [`decoded`].
pub(crate) fn mask(source: &Source, (width, height): (u32, u32)) -> Result<RgbaImage, ApiError> {
    let refused = |what: String| {
        let message = format!("Invalid mask: {what} (at `{}`)", source.param);
        ApiError::invalid(Some(&source.param), message).code("invalid_mask_image_format")
    };
    if image::guess_format(&source.bytes).ok() != Some(ImageFormat::Png) {
        return Err(refused("it is not a PNG file".to_owned()));
    }
    let mask = decoded(source)?;
    if mask.dimensions() == (width, height) {
        return Ok(mask);
    }
    let (found_width, found_height) = mask.dimensions();
    Err(refused(format!(
        "it is {found_width}x{found_height}, and the image is {width}x{height}"
    )))
}

/// Encodes the pixels as a file. `compression` is the quality of a JPEG file in percent.
///
/// # Errors
/// An error of the encoder, which is not expected.
pub(crate) fn encoded(
    picture: &RgbaImage,
    format: Format,
    compression: u8,
) -> Result<Vec<u8>, ImageError> {
    let (width, height) = picture.dimensions();
    let mut file = Vec::new();
    let rgba = ExtendedColorType::Rgba8;
    match format {
        Format::Png => {
            let encoder =
                PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Up);
            encoder.write_image(picture, width, height, rgba)?;
        }
        Format::Webp => {
            WebPEncoder::new_lossless(&mut file).write_image(picture, width, height, rgba)?;
        }
        Format::Jpeg => {
            let encoder = JpegEncoder::new_with_quality(&mut file, compression.clamp(1, 100));
            encoder.write_image(&opaque(picture), width, height, ExtendedColorType::Rgb8)?;
        }
    }
    Ok(file)
}

/// A file in base64.
///
/// # Errors
/// The errors of [`encoded`].
pub(crate) fn base64(
    picture: &RgbaImage,
    format: Format,
    compression: u8,
) -> Result<String, ImageError> {
    let file = encoded(picture, format, compression)?;
    Ok(STANDARD.encode_to_string(file))
}

/// The picture on white.
pub(crate) fn opaque(picture: &RgbaImage) -> RgbImage {
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0;
        image::Rgb([red, green, blue].map(|colour| mixed(255, colour, alpha)))
    })
}

/// `share` of 255 parts of `over`, and the rest of `under`.
pub(crate) fn mixed(under: u8, over: u8, share: u8) -> u8 {
    let share = u16::from(share);
    let sum = u16::from(over) * share + u16::from(under) * (255 - share);
    // The sum is at most 255 * 255, so that the high byte is zero.
    let [low, _] = ((sum + 127) / 255).to_le_bytes();
    low
}
