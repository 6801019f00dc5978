//! The edit itself: a tint with stripes, a frame, and the other images as tiles along the lower
//! edge.
//!
//! The colour depends on the prompt and on the number of the result. With a mask, only the pixels
//! that are transparent in it (alpha zero) are changed; all others are those of the image, scaled
//! to the size of the result.

use hmac_sha256::Hash;
use image::imageops::{self, FilterType};
use image::{Rgba, RgbaImage};

use crate::error::ApiError;
use crate::order::Order;
use crate::picture::{self, Format};

/// Colours that are easy to see on any picture.
const PALETTE: [[u8; 3]; 6] = [
    [230, 57, 70],
    [42, 157, 143],
    [69, 123, 230],
    [244, 162, 38],
    [131, 56, 236],
    [56, 176, 0],
];

/// The decoded images, scaled to the size of the result.
pub(crate) struct Canvas {
    base: RgbaImage,
    mask: Option<RgbaImage>,
    tiles: Vec<RgbaImage>,
    /// Width and height of each image as it was sent, in pixels.
    pub(crate) sources: Vec<(u32, u32)>,
    first_colour: usize,
}

impl Canvas {
    /// Decodes the images one after the other: no two of them are in memory at their full size.
    ///
    /// # Errors
    /// Status 400 for an image, a mask or a size that cannot be used.
    pub(crate) fn new(order: &Order) -> Result<Self, ApiError> {
        let mut images = order.images.iter();
        let first = images
            .next()
            .ok_or_else(|| ApiError::invalid(Some("image"), "No image was sent"))?;
        let base = picture::decoded(first)?;
        let mut sources = vec![base.dimensions()];
        let size = order.dimensions(base.dimensions())?;
        let mask = order
            .mask
            .as_ref()
            .map(|mask| picture::mask(mask, base.dimensions()));
        let mask = mask
            .transpose()?
            .map(|mask| scaled(mask, size, FilterType::Nearest));
        let base = scaled(base, size, FilterType::Triangle);
        let width = (size.0.min(size.1) / 6).max(1);
        let mut tiles = Vec::new();
        for image in images {
            let image = picture::decoded(image)?;
            sources.push(image.dimensions());
            tiles.push(imageops::thumbnail(&image, width, width));
        }
        let digest = Hash::hash(order.prompt.as_bytes());
        Ok(Self {
            base,
            mask,
            tiles,
            sources,
            first_colour: usize::from(digest[0]),
        })
    }

    /// Width and height of the results, in pixels.
    pub(crate) fn dimensions(&self) -> (u32, u32) {
        self.base.dimensions()
    }

    /// The result number `index`, on the requested background.
    pub(crate) fn result(&self, order: &Order, index: u32) -> RgbaImage {
        let index = usize::try_from(index).unwrap_or_default();
        let [red, green, blue] = PALETTE[(self.first_colour + index) % PALETTE.len()];
        let mut result = self.base.clone();
        tint(&mut result, [red, green, blue]);
        self.draw_tiles(&mut result);
        draw_frame(&mut result, Rgba([red, green, blue, 255]));
        if let Some(mask) = &self.mask {
            let pixels = result
                .pixels_mut()
                .zip(self.base.pixels())
                .zip(mask.pixels());
            for ((pixel, original), mask) in pixels {
                if mask.0[3] != 0 {
                    *pixel = *original;
                } else if order.background != "transparent" {
                    // A transparent area is filled, as a model would.
                    pixel.0[3] = 255;
                }
            }
        }
        if order.background == "opaque" || order.format == Format::Jpeg {
            let flat = picture::opaque(&result);
            return RgbaImage::from_fn(flat.width(), flat.height(), |x, y| {
                let [red, green, blue] = flat.get_pixel(x, y).0;
                Rgba([red, green, blue, 255])
            });
        }
        result
    }

    fn draw_tiles(&self, result: &mut RgbaImage) {
        let (width, height) = result.dimensions();
        let side = self.tiles.first().map_or(1, RgbaImage::width);
        let (mut x, y) = (
            i64::from(frame(result)),
            height.saturating_sub(side + frame(result)),
        );
        for tile in &self.tiles {
            if x + i64::from(side) > i64::from(width) {
                break;
            }
            imageops::overlay(result, tile, x, i64::from(y));
            x += i64::from(side + 1);
        }
    }
}

/// Preview number `index` of `count`: the result in squares, which are half as wide in each next
/// preview.
pub(crate) fn preview(result: &RgbaImage, index: u32, count: u32) -> RgbaImage {
    let (width, height) = result.dimensions();
    let smallest = (width.min(height) / 64).max(1);
    let side = smallest << count.saturating_sub(index).min(16);
    let small = imageops::thumbnail(result, (width / side).max(1), (height / side).max(1));
    imageops::resize(&small, width, height, FilterType::Nearest)
}

/// The background of a result, as named in the description.
pub(crate) fn background(result: &RgbaImage) -> &'static str {
    if result.pixels().any(|pixel| pixel.0[3] < 255) {
        "transparent"
    } else {
        "opaque"
    }
}

fn scaled(picture: RgbaImage, (width, height): (u32, u32), filter: FilterType) -> RgbaImage {
    if picture.dimensions() == (width, height) {
        picture
    } else {
        imageops::resize(&picture, width, height, filter)
    }
}

/// Two strengths of the colour in diagonal stripes. Alpha stays as it is.
fn tint(picture: &mut RgbaImage, colour: [u8; 3]) {
    let stripe = (picture.width().max(picture.height()) / 16).max(1);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let share = if ((x + y) / stripe).is_multiple_of(2) {
            128
        } else {
            80
        };
        let [red, green, blue, alpha] = pixel.0;
        pixel.0 = [
            picture::mixed(red, colour[0], share),
            picture::mixed(green, colour[1], share),
            picture::mixed(blue, colour[2], share),
            alpha,
        ];
    }
}

/// Width of the frame in pixels.
fn frame(picture: &RgbaImage) -> u32 {
    (picture.width().min(picture.height()) / 32).max(1)
}

fn draw_frame(picture: &mut RgbaImage, colour: Rgba<u8>) {
    let (width, height) = picture.dimensions();
    let frame = frame(picture);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        if x < frame || y < frame || x + frame >= width || y + frame >= height {
            *pixel = colour;
        }
    }
}
