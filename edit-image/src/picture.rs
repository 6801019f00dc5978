//! Pictures by their first bytes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::failure::Failure;

/// The largest picture that the API takes, in bytes.
const LARGEST: u64 = 50_000_000;

/// The ending for pictures of this kind; `None` if the bytes are none that the API takes.
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpg"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("webp"),
        _ => None,
    }
}

/// Refuses what the API would refuse, before it is sent.
pub fn check(path: &Path) -> Result<(), Failure> {
    let failed = |error| Failure::file(path, &error);
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let shown = path.display();
    if length > LARGEST {
        let megabytes = length.div_ceil(1_000_000);
        let message = format!("{shown} is too large: {megabytes} MB");
        return Err(Failure::new(
            message,
            "the API takes pictures of at most 50 MB",
        ));
    }
    let mut first = Vec::new();
    file.take(12).read_to_end(&mut first).map_err(failed)?;
    if kind(&first).is_none() {
        let message = format!("{shown} is not a picture that the API takes");
        return Err(Failure::new(message, "convert it to PNG, JPEG or WebP"));
    }
    Ok(())
}
