//! Checks of pictures by their first bytes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use openai_image_edits::runtime::media_type;

use crate::failure::Failure;

/// The largest picture that the API accepts, in bytes.
const LARGEST: u64 = 50_000_000;

/// The file extension of a picture, by its first bytes; `None` if the API does not accept it.
pub(crate) fn extension(start: &[u8]) -> Option<&'static str> {
    let media_type = media_type::sniff(start).filter(|found| *found != "image/gif");
    media_type.and_then(media_type::extension)
}

/// Reports pictures that the API would refuse, before they are sent.
pub(crate) fn check(path: &Path) -> Result<(), Failure> {
    let failed = |error| Failure::file(path, &error);
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let shown = path.display();
    if length > LARGEST {
        let megabytes = length.div_ceil(1_000_000);
        let message = format!("{shown} is too large: {megabytes} MB");
        return Err(Failure::new(
            message,
            "the API accepts pictures of at most 50 MB",
        ));
    }
    let mut first = Vec::new();
    file.take(12).read_to_end(&mut first).map_err(failed)?;
    if extension(&first).is_none() {
        let message = format!("{shown} is not a picture that the API accepts");
        return Err(Failure::new(message, "convert it to PNG, JPEG or WebP"));
    }
    Ok(())
}
