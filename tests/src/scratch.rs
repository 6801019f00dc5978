//! Folders of files that a test makes for cargo or the compiler.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

/// A folder whose contents are the same after each run of a test.
///
/// A file that an earlier run left with the same text keeps its time, so that cargo has nothing to
/// compile again.
pub struct Scratch {
    folder: PathBuf,
    written: Mutex<BTreeSet<PathBuf>>,
}

impl Scratch {
    /// The folder, made if it is not there.
    ///
    /// # Panics
    /// If the folder cannot be made.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        fs::create_dir_all(&folder).expect("the folder can be made");
        Self {
            folder,
            written: Mutex::default(),
        }
    }

    /// The folder itself.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a file, and gives its path.
    ///
    /// # Panics
    /// If the file cannot be written.
    pub fn write(&self, path: impl AsRef<Path>, text: &str) -> PathBuf {
        let path = self.folder.join(path);
        if fs::read(&path).ok().as_deref() != Some(text.as_bytes()) {
            let folder = path.parent().expect("a file is in a folder");
            fs::create_dir_all(folder).expect("the folder can be made");
            fs::write(&path, text).expect("the file can be written");
        }
        self.written().insert(path.clone());
        path
    }

    fn written(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        self.written.lock().expect("no holder panics")
    }

    /// Removes the Rust files that this run has not written: an earlier run left them.
    ///
    /// # Panics
    /// If the folder cannot be listed.
    pub fn remove_others(&self) {
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("the folder is readable") {
                let path = entry.expect("the folder is readable").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs")
                    && !self.written().contains(&path)
                {
                    fs::remove_file(path).expect("the file can be removed");
                }
            }
        }
    }
}
