//! A file to send.

mod open;
mod place;
#[cfg(feature = "stream")]
mod stream;

use std::{
    fmt,
    fs::File,
    io::{self, Read, Seek},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;

#[cfg(feature = "stream")]
use crate::body::PollBytes;
use crate::body::Reader;

pub(crate) use place::{FilePlace, write_place};

/// A file to send: bytes in memory, a path, an open file, a reader, or with the feature `stream`
/// an asynchronous stream of bytes.
///
/// Its name is the given one, else that of its path, else made from the field that it is sent in.
/// Its content type is the given one, else determined by its first bytes, else by its extension.
///
/// ```
/// use openapi_runtime::Upload;
///
/// let upload = Upload::from_bytes(&b"..."[..]).file_name("soap.png").content_type("image/png");
/// assert_eq!(upload.length_hint(), Some(3));
/// ```
///
/// A clone of bytes or of a path can be sent in addition to the original. A clone of an open file,
/// a reader or a stream shares it: the first call takes it, and making another call is an error.
/// [`try_clone`](Self::try_clone) clones only in the former case.
///
/// ```compile_fail
/// // A string is not a file: `from_path` sends the file at a path, `from_bytes` the text itself.
/// let upload = openapi_runtime::Upload::from("soap.png");
/// ```
#[derive(Clone)]
pub struct Upload {
    source: Source,
    file_name: Option<String>,
    content_type: Option<String>,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    Path(PathBuf),
    File(Once<File>),
    Reader {
        reader: Once<Reader>,
        length: Option<u64>,
    },
    #[cfg(feature = "stream")]
    Stream {
        poll: Once<PollBytes>,
        length: Option<u64>,
    },
}

/// A value that can be sent once and is shared by clones.
struct Once<T>(Arc<Mutex<Option<T>>>);

impl<T> Once<T> {
    fn new(value: T) -> Self {
        Self(Arc::new(Mutex::new(Some(value))))
    }

    fn locked(&self) -> MutexGuard<'_, Option<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the value, unless it was taken before.
    fn take(&self) -> io::Result<T> {
        let taken = self.locked().take();
        taken.ok_or_else(|| io::Error::other("it has been sent before, and can be sent only once"))
    }
}

impl<T> Clone for Once<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl Upload {
    const fn new(source: Source) -> Self {
        Self {
            source,
            file_name: None,
            content_type: None,
        }
    }

    /// Makes an upload of a file in memory. It can be sent again.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(Source::Bytes(bytes.into()))
    }

    /// Makes an upload of the regular file at a path. It is opened when the call is made, read
    /// while the call is sent, and can be sent again.
    ///
    /// A change of the file in between is an error. So is anything but a regular file: send a pipe
    /// or a device with [`from_file`](Self::from_file) or [`from_reader`](Self::from_reader).
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let file_name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        Self {
            file_name,
            ..Self::new(Source::Path(path))
        }
    }

    /// Makes an upload of an open file, from its position to its end. It can be sent once.
    ///
    /// The length of a regular file is known, and it must not change before it is sent. A pipe or
    /// a device is read like any reader.
    pub fn from_file(file: File) -> Self {
        Self::new(Source::File(Once::new(file)))
    }

    /// Makes an upload of a reader of unknown length, which is read to its end. It can be sent
    /// once.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Self {
        Self::new(Source::Reader {
            reader: Once::new(Box::new(reader)),
            length: None,
        })
    }

    /// Makes an upload of this many bytes of a reader. If it has fewer, sending fails. It can be
    /// sent once.
    pub fn from_reader_with_length(reader: impl Read + Send + 'static, length: u64) -> Self {
        Self::new(Source::Reader {
            reader: Once::new(Box::new(reader)),
            length: Some(length),
        })
    }

    /// Sets the file name. Only what follows the last `/` or `\` is sent; if that is blank, `.` or
    /// `..`, a name is made from the field, such as `image.png`.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the content type. If it is not a media type, making the call is an error.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// The length in bytes, if it is known without reading.
    pub fn length_hint(&self) -> Option<u64> {
        match &self.source {
            Source::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Source::Path(path) => path
                .metadata()
                .ok()
                .filter(std::fs::Metadata::is_file)
                .map(|found| found.len()),
            Source::File(file) => file.locked().as_ref().and_then(remaining),
            Source::Reader { length, .. } => *length,
            #[cfg(feature = "stream")]
            Source::Stream { length, .. } => *length,
        }
    }

    /// Clones the upload, if it can be sent again: bytes and paths can, open files, readers and
    /// streams cannot.
    pub fn try_clone(&self) -> Option<Self> {
        let is_lasting = matches!(self.source, Source::Bytes(_) | Source::Path(_));
        is_lasting.then(|| self.clone())
    }
}

impl Source {
    /// The path, if it was given by path.
    fn path(&self) -> Option<&Path> {
        match self {
            Self::Path(path) => Some(path),
            _ => None,
        }
    }
}

/// The number of bytes from the position of a regular file to its end.
fn remaining(file: &File) -> Option<u64> {
    let metadata = file.metadata().ok().filter(std::fs::Metadata::is_file)?;
    let mut handle = file;
    Some(
        metadata
            .len()
            .saturating_sub(handle.stream_position().ok()?),
    )
}

impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("Upload");
        match &self.source {
            Source::Bytes(bytes) => debug.field("bytes", &bytes.len()),
            Source::Path(path) => debug.field("path", path),
            Source::File(file) => debug.field("file", &*file.locked()),
            Source::Reader { length, .. } => debug.field("reader", length),
            #[cfg(feature = "stream")]
            Source::Stream { length, .. } => debug.field("stream", length),
        };
        debug
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish()
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self::from_bytes(bytes)
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from_bytes(bytes)
    }
}

impl From<&'static [u8]> for Upload {
    fn from(bytes: &'static [u8]) -> Self {
        Self::from_bytes(bytes)
    }
}

impl From<PathBuf> for Upload {
    fn from(path: PathBuf) -> Self {
        Self::from_path(path)
    }
}

impl From<&PathBuf> for Upload {
    fn from(path: &PathBuf) -> Self {
        Self::from_path(path)
    }
}

impl From<&Path> for Upload {
    fn from(path: &Path) -> Self {
        Self::from_path(path)
    }
}

/// No string is a file: the compiler names this trait if a string is passed as an [`Upload`].
#[diagnostic::on_unimplemented(
    message = "a string is not a file",
    label = "is this a path, or the content of a file?",
    note = "`Upload::from_path(path)` sends the file at a path",
    note = "`Upload::from_bytes(text)` sends the text itself"
)]
pub trait UseFromPathOrFromBytes {}

/// Exists only for the message of the compiler: no string implements the trait.
impl<'a> From<&'a str> for Upload
where
    &'a str: UseFromPathOrFromBytes,
{
    fn from(text: &'a str) -> Self {
        Self::from_path(text)
    }
}
