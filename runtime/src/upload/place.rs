//! The file that an error is about.

use std::{
    error::Error,
    fmt, io,
    path::{Path, PathBuf},
};

use crate::RequestError;

/// The field of a file, its index in a list, and its path.
#[derive(Clone, Debug)]
pub(crate) struct FilePlace {
    pub name: String,
    /// From 0; `None` if the field is not a list.
    pub index: Option<usize>,
    pub path: Option<PathBuf>,
}

impl FilePlace {
    /// The error of a file that cannot be opened.
    pub(crate) fn cannot_be_read(&self, error: io::Error) -> RequestError {
        RequestError::Upload {
            name: self.name.clone(),
            index: self.index,
            path: self.path.clone(),
            error,
        }
    }

    /// The error of a file whose content type is not a media type.
    pub(crate) fn has_content_type(&self, value: String) -> RequestError {
        RequestError::ContentType {
            name: self.name.clone(),
            index: self.index,
            path: self.path.clone(),
            value,
        }
    }

    /// The error of a file that fails while it is sent, with the same kind.
    pub(crate) fn failed(&self, error: io::Error) -> io::Error {
        io::Error::new(
            error.kind(),
            Failed {
                place: self.clone(),
                error,
            },
        )
    }
}

/// Writes a place: "file 4 of `image[]` (photos/soap.png)".
pub(crate) fn write_place(
    formatter: &mut fmt::Formatter<'_>,
    name: &str,
    index: Option<usize>,
    path: Option<&Path>,
) -> fmt::Result {
    match index {
        Some(index) => write!(formatter, "file {} of `{name}`", index.saturating_add(1))?,
        None => write!(formatter, "the file of `{name}`")?,
    }
    path.map_or(Ok(()), |path| write!(formatter, " ({})", path.display()))
}

#[derive(Debug)]
struct Failed {
    place: FilePlace,
    error: io::Error,
}

impl fmt::Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FilePlace { name, index, path } = &self.place;
        write_place(formatter, name, *index, path.as_deref())?;
        write!(formatter, ": {}", self.error)
    }
}

impl Error for Failed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}
