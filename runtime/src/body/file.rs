//! Regular files that must not change between the call and the end of sending.
//!
//! The length in the head of a request, and the content type that was guessed from the first
//! bytes, are those of the file as it was when the call was made. With other bytes, the server
//! would receive a broken image, or halves of two images.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read, Seek, SeekFrom},
    path::Path,
    time::SystemTime,
};

use bytes::Bytes;

/// A regular file as it was when the call was made.
#[derive(Clone)]
pub(crate) struct Snapshot {
    /// The position from which it is read.
    from: u64,
    length: u64,
    /// `None` if the file system does not support it.
    modified: Option<SystemTime>,
    /// The first bytes from that position, if the content type was guessed from them.
    start: Bytes,
}

impl Snapshot {
    fn left(&self) -> u64 {
        self.length.saturating_sub(self.from)
    }

    /// Checks that the file has not changed.
    fn check(&self, file: &File) -> io::Result<()> {
        let found = file.metadata()?;
        if (found.len(), found.modified().ok()) == (self.length, self.modified) {
            Ok(())
        } else {
            Err(changed(found.len() < self.length))
        }
    }
}

fn changed(is_shorter: bool) -> io::Error {
    let kind = if is_shorter {
        io::ErrorKind::UnexpectedEof
    } else {
        io::ErrorKind::InvalidData
    };
    io::Error::new(kind, "the file has changed since the call was made")
}

/// A regular file from its position to its end. A change of the file is an error.
pub(crate) struct RegularFile {
    file: File,
    seen: Snapshot,
    /// The number of bytes that were read; `None` until the file has been checked for changes.
    read: Option<u64>,
}

impl RegularFile {
    /// Opens a path.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        // Opening a named pipe waits for a writer, and opening a device may do anything.
        require_regular(&fs::metadata(path)?)?;
        Self::new(File::open(path)?)
    }

    /// Takes an open file from its position.
    pub(crate) fn new(mut file: File) -> io::Result<Self> {
        let metadata = file.metadata()?;
        require_regular(&metadata)?;
        let seen = Snapshot {
            from: file.stream_position()?,
            length: metadata.len(),
            modified: metadata.modified().ok(),
            start: Bytes::new(),
        };
        Ok(Self {
            file,
            seen,
            read: None,
        })
    }

    /// Opens a path again. The file must not have changed.
    pub(crate) fn open_again(path: &Path, seen: &Snapshot) -> io::Result<Self> {
        let Self { file, .. } = Self::open(path)?;
        seen.check(&file)?;
        Ok(Self {
            file,
            seen: seen.clone(),
            read: None,
        })
    }

    /// The first bytes, at most this many. Reading still starts with them, and detects if they
    /// have changed.
    pub(crate) fn peek(&mut self, most: usize) -> io::Result<Bytes> {
        let most = self.length().min(u64::try_from(most).unwrap_or(u64::MAX));
        let mut start = Vec::new();
        (&mut self.file).take(most).read_to_end(&mut start)?;
        self.seen.start = start.into();
        Ok(self.seen.start.clone())
    }

    /// The number of bytes to send.
    pub(crate) fn length(&self) -> u64 {
        self.seen.left()
    }

    pub(crate) const fn seen(&self) -> &Snapshot {
        &self.seen
    }
}

/// Checks that it is a regular file: a device has no length, and a directory no bytes.
fn require_regular(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() {
        Ok(())
    } else if metadata.is_dir() {
        let message = "it is a directory";
        Err(io::Error::new(io::ErrorKind::IsADirectory, message))
    } else {
        let message = "it is not a regular file; open a pipe or a device yourself, and send it with \
                       `Upload::from_file` or `Upload::from_reader`";
        Err(io::Error::new(io::ErrorKind::InvalidInput, message))
    }
}

impl Read for RegularFile {
    /// Reads. The last bytes, even if there are none, are returned only if the file has not
    /// changed.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let before = match self.read {
            Some(read) => read,
            None => {
                self.seen.check(&self.file)?;
                self.file.seek(SeekFrom::Start(self.seen.from))?;
                0
            }
        };
        let left = usize::try_from(self.length() - before).unwrap_or(usize::MAX);
        let most = left.min(buffer.len());
        let buffer = buffer.get_mut(..most).unwrap_or_default();
        let count = self.file.read(buffer)?;
        if count == 0 && most > 0 {
            return Err(changed(true));
        }

        let start = usize::try_from(before).ok();
        let start = start.and_then(|before| self.seen.start.get(before..));
        let known = start.unwrap_or_default().iter();
        if buffer
            .iter()
            .take(count)
            .zip(known)
            .any(|(found, seen)| found != seen)
        {
            return Err(changed(false));
        }

        let read = before + u64::try_from(count).unwrap_or(u64::MAX);
        if read == self.length() {
            self.seen.check(&self.file)?;
        }
        self.read = Some(read);
        Ok(count)
    }
}
