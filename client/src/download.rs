//! Download of a response to a file while it arrives.

use std::{
    fmt, fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use bytes::Bytes;
use openapi_runtime::ResponseHead;

use crate::BoxError;
use crate::received::Pieces;

/// The bytes of a response as they arrive. Dropping it closes the connection.
pub struct Download {
    head: ResponseHead,
    body: Pieces,
}

impl Download {
    pub(crate) const fn new(head: ResponseHead, body: Pieces) -> Self {
        Self { head, body }
    }

    /// Status and headers.
    pub const fn head(&self) -> &ResponseHead {
        &self.head
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    ///
    /// The connection broke, or a timeout passed.
    pub async fn next(&mut self) -> Result<Option<Bytes>, BoxError> {
        self.body.next().await
    }

    /// Writes the bytes to a file, which is created or replaced once all have arrived. Returns
    /// their number.
    ///
    /// Each piece is written within the task: a slow disk blocks it.
    ///
    /// # Errors
    ///
    /// An error of the file system, or [`io::ErrorKind::Other`] with the error of the connection.
    /// No new file is left.
    pub async fn save(mut self, path: impl AsRef<Path>) -> io::Result<u64> {
        let mut file = Partial::new(path.as_ref())?;
        while let Some(bytes) = self.next().await.map_err(io::Error::other)? {
            file.write(&bytes)?;
        }
        file.finish()
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Download")
            .field("head", &self.head)
            .finish_non_exhaustive()
    }
}

/// Writes the content of a reader to a file, as [`Download::save`] does.
pub(crate) fn save(mut reader: impl Read, path: &Path) -> io::Result<u64> {
    let mut file = Partial::new(path)?;
    let mut block = vec![0; 64 * 1024];
    loop {
        match reader.read(&mut block) {
            Ok(0) => return file.finish(),
            Ok(read) => file.write(block.get(..read).unwrap_or_default())?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A file that gets its name once it is complete. Until then it has a temporary name beside it; an
/// incomplete file is removed.
struct Partial {
    file: fs::File,
    place: PathBuf,
    path: PathBuf,
    length: u64,
    is_whole: bool,
}

impl Partial {
    fn new(path: &Path) -> io::Result<Self> {
        let mut name = path.as_os_str().to_owned();
        name.push(".part");
        let place = PathBuf::from(name);
        Ok(Self {
            file: fs::File::create(&place)?,
            place,
            path: path.to_owned(),
            length: 0,
            is_whole: false,
        })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    fn finish(mut self) -> io::Result<u64> {
        self.file.flush()?;
        fs::rename(&self.place, &self.path)?;
        self.is_whole = true;
        Ok(self.length)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.is_whole {
            // The original error has been reported.
            let _ = fs::remove_file(&self.place);
        }
    }
}
