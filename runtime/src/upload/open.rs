//! An open upload: its content, its name and its type.

#[cfg(feature = "stream")]
use std::sync::Mutex;
use std::{
    fs::File,
    io::{Cursor, Read},
};

use bytes::Bytes;

use super::{FilePlace, Source, Upload};
use crate::{
    RequestError,
    body::{Reader, RegularFile, Segment, Stream},
    media_type::{self, OCTET_STREAM, SNIFFED},
};

/// A file that is ready to be sent.
pub(crate) struct OpenUpload {
    pub file_name: String,
    pub content_type: String,
    pub content: Segment,
}

impl Upload {
    /// Opens the file for a part of the field `name`, with this index if the field is a list.
    /// `declared` is the content type of these parts in the description.
    pub(crate) fn open(
        self,
        name: &str,
        index: Option<usize>,
        declared: Option<&str>,
    ) -> Result<OpenUpload, RequestError> {
        let place = FilePlace {
            name: name.to_owned(),
            index,
            path: self.source.path().map(ToOwned::to_owned),
        };
        let given = self.content_type.or_else(|| declared.map(str::to_owned));
        if let Some(value) = given
            .as_ref()
            .filter(|value| !media_type::is_media_type(value))
        {
            return Err(place.has_content_type(value.clone()));
        }
        let (start, content) = self.source.open(place, given.is_none())?;
        let named = self.file_name.as_deref().and_then(base_name);
        let content_type = given.unwrap_or_else(|| {
            let known = media_type::sniff(&start).or_else(|| media_type::from_file_name(named?));
            known.unwrap_or(OCTET_STREAM).to_owned()
        });
        let file_name = named.map_or_else(|| made_up_name(name, &content_type), str::to_owned);
        Ok(OpenUpload {
            file_name,
            content_type,
            content,
        })
    }
}

/// The text after the last separator of either kind, if it names a file: the server does not need
/// the path.
fn base_name(name: &str) -> Option<&str> {
    let base = name.rsplit(['/', '\\']).next()?;
    (!matches!(base.trim(), "" | "." | "..")).then_some(base)
}

/// Without a file name, servers read a file as text: `image` and `image/png` make `image.png`.
fn made_up_name(field: &str, content_type: &str) -> String {
    let stem = field
        .split('[')
        .next()
        .and_then(base_name)
        .unwrap_or("file");
    format!(
        "{stem}.{}",
        media_type::extension(content_type).unwrap_or("bin")
    )
}

impl Source {
    /// Opens the content. With `peek`, also returns its first bytes.
    fn open(self, place: FilePlace, peek: bool) -> Result<(Bytes, Segment), RequestError> {
        let (start, stream) = match self {
            Self::Bytes(bytes) => return Ok((bytes.clone(), Segment::Bytes(bytes))),
            Self::Path(path) => {
                let file = RegularFile::open(&path).map_err(|error| place.cannot_be_read(error))?;
                regular(file, place, peek)?
            }
            Self::File(file) => {
                let file = file.take().map_err(|error| place.cannot_be_read(error))?;
                if is_stream(&file) {
                    reader(Box::new(file), None, place, peek)?
                } else {
                    let file =
                        RegularFile::new(file).map_err(|error| place.cannot_be_read(error))?;
                    regular(file, place, peek)?
                }
            }
            Self::Reader {
                reader: found,
                length,
            } => {
                let found = found.take().map_err(|error| place.cannot_be_read(error))?;
                reader(found, length, place, peek)?
            }
            // Its bytes are not available before it is polled.
            #[cfg(feature = "stream")]
            Self::Stream { poll, length } => {
                let poll = poll.take().map_err(|error| place.cannot_be_read(error))?;
                (
                    Bytes::new(),
                    Stream::of_polled(Mutex::new(poll), length, place),
                )
            }
        };
        Ok((start, Segment::Stream(stream)))
    }
}

/// True for a pipe, a device and a socket, which have no length and cannot be rewound.
fn is_stream(file: &File) -> bool {
    file.metadata()
        .is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

fn regular(
    mut file: RegularFile,
    place: FilePlace,
    peek: bool,
) -> Result<(Bytes, Stream), RequestError> {
    let start = if peek {
        file.peek(SNIFFED)
            .map_err(|error| place.cannot_be_read(error))?
    } else {
        Bytes::new()
    };
    Ok((start, Stream::of_file(file, place)))
}

/// With `peek`, reads the first bytes, and puts them back.
fn reader(
    mut reader: Reader,
    length: Option<u64>,
    place: FilePlace,
    peek: bool,
) -> Result<(Bytes, Stream), RequestError> {
    let mut start = Vec::new();
    if peek {
        let most = u64::try_from(SNIFFED).unwrap_or(u64::MAX);
        (&mut reader)
            .take(length.map_or(most, |length| length.min(most)))
            .read_to_end(&mut start)
            .map_err(|error| place.cannot_be_read(error))?;
        reader = Box::new(Cursor::new(start.clone()).chain(reader));
    }
    Ok((start.into(), Stream::of_reader(reader, length, place)))
}
