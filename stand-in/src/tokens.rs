//! Token counts: a formula from published figures, so that the same request always has the same
//! cost. `tokens.md` has the rules.

use serde_json::{Value, json};

/// Tokens of one preview.
const PREVIEW: u64 = 100;

/// The tokens of one response.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    text: u64,
    images: u64,
    written: u64,
}

impl Usage {
    /// Tokens read: the prompt, and the images by their dimensions in pixels.
    pub(crate) fn of_input(prompt: &str, images: &[(u32, u32)], is_faithful: bool) -> Self {
        let image = |&dimensions: &(u32, u32)| read(dimensions, is_faithful);
        Self {
            text: count(prompt.len().div_ceil(4)).max(1),
            images: images.iter().map(image).sum(),
            written: 0,
        }
    }

    /// Adds the tokens of results and previews.
    pub(crate) fn with_output(
        self,
        quality: &str,
        dimensions: (u32, u32),
        results: u32,
        previews: u32,
    ) -> Self {
        let results = written(quality, dimensions) * u64::from(results);
        let written = self.written + results + PREVIEW * u64::from(previews);
        Self { written, ..self }
    }

    /// `ImagesUsage`, as a stream has it.
    pub(crate) fn of_stream(&self) -> Value {
        let read = self.text + self.images;
        json!({
            "total_tokens": read + self.written,
            "input_tokens": read,
            "output_tokens": self.written,
            "input_tokens_details": {"text_tokens": self.text, "image_tokens": self.images},
        })
    }

    /// `ImageGenUsage`, as a response has it: with the details of the output.
    pub(crate) fn of_response(&self) -> Value {
        let mut usage = self.of_stream();
        usage["output_tokens_details"] = json!({"image_tokens": self.written, "text_tokens": 0});
        usage
    }
}

fn read((width, height): (u32, u32), is_faithful: bool) -> u64 {
    let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let short = width.min(height).max(512);
    let tiles = |side: u64| (side * 512).div_ceil(short).div_ceil(512);
    let extra = match (is_faithful, width == height) {
        (false, _) => 0,
        (true, true) => 4160,
        (true, false) => 6240,
    };
    65 + 129 * tiles(width) * tiles(height) + extra
}

fn written(quality: &str, (width, height): (u32, u32)) -> u64 {
    let [square, portrait, landscape] = match quality {
        "low" => [272, 408, 400],
        "high" => [4160, 6240, 6208],
        _ => [1056, 1584, 1568],
    };
    let (tokens, pixels) = match width.cmp(&height) {
        std::cmp::Ordering::Equal => (square, 1024 * 1024),
        std::cmp::Ordering::Less => (portrait, 1024 * 1536),
        std::cmp::Ordering::Greater => (landscape, 1536 * 1024),
    };
    (u64::from(width) * u64::from(height) * tokens)
        .div_ceil(pixels)
        .max(1)
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
