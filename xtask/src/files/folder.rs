//! Lists and changes the folder of the generated source, and never leaves that of the crate.
//!
//! ```
//! use openapi_rust::files::folder;
//!
//! assert!(folder::relative("requests/images.rs").is_ok());
//! assert!(folder::relative("../Cargo.toml").is_err());
//! assert!(folder::relative("/etc/passwd").is_err());
//! ```
//!
//! Symbolic links are seen, and not followed.

use std::collections::BTreeMap;
use std::fs::{self, FileType};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::failure::{Action, Failure};
use crate::files::drift::Drift;
use crate::files::place::Place;

/// The kind of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, to whatever it may be.
    Link,
    /// A socket, a device and the like.
    Other,
}

impl Kind {
    fn of(file_type: FileType) -> Self {
        if file_type.is_symlink() {
            Self::Link
        } else if file_type.is_dir() {
            Self::Folder
        } else if file_type.is_file() {
            Self::File
        } else {
            Self::Other
        }
    }

    /// In words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "a file",
            Self::Folder => "a folder",
            Self::Link => "a symbolic link",
            Self::Other => "neither a file nor a folder",
        }
    }
}

/// The path of a generated file, which stays within its folder.
///
/// # Errors
/// A path that is empty or absolute, or has a `.`, a `..` or a `\`.
pub fn relative(path: &str) -> Result<PathBuf, Failure> {
    let components = Path::new(path).components();
    let names = components.map(|component| match component {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    let names: Option<Vec<&str>> = names.collect();
    // Joined again, a path without oddities is the same text.
    match names {
        Some(names) if !path.is_empty() && names.join("/") == path && !path.contains('\\') => {
            Ok(names.iter().collect())
        }
        _ => Err(Failure::Path(path.to_owned())),
    }
}

/// All that is in a folder and its folders, by path within it; nothing if it does not exist.
///
/// # Errors
/// A folder that cannot be read, or that is none.
pub fn list(folder: &Place) -> Result<BTreeMap<PathBuf, Kind>, Failure> {
    let mut found = BTreeMap::new();
    match kind(folder)? {
        Some(Kind::Folder) => list_into(&mut found, folder, Path::new(""))?,
        Some(kind) => {
            return Err(Failure::Occupied {
                place: folder.clone(),
                found: kind.as_str(),
                wanted: Kind::Folder.as_str(),
            });
        }
        None => {}
    }
    Ok(found)
}

/// The kind of the entry at a place, if there is one.
///
/// # Errors
/// A place that cannot be looked at.
pub fn kind(place: &Place) -> Result<Option<Kind>, Failure> {
    match fs::symlink_metadata(place.path()) {
        Ok(metadata) => Ok(Some(Kind::of(metadata.file_type()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Action::Read.failed(place)(error)),
    }
}

fn list_into(
    found: &mut BTreeMap<PathBuf, Kind>,
    root: &Place,
    path: &Path,
) -> Result<(), Failure> {
    let folder = if path.as_os_str().is_empty() {
        root.clone()
    } else {
        root.join(path)
    };
    let entries = fs::read_dir(folder.path()).map_err(Action::List.failed(&folder))?;
    for entry in entries {
        let entry = entry.map_err(Action::List.failed(&folder))?;
        let file_type = entry.file_type().map_err(Action::List.failed(&folder))?;
        let kind = Kind::of(file_type);
        let path = path.join(entry.file_name());
        if kind == Kind::Folder {
            list_into(found, root, &path)?;
        }
        found.insert(path, kind);
    }
    Ok(())
}

/// Makes the folder hold what it should: writes the files that are missing or stale, removes
/// orphans and empty folders.
///
/// All texts are written to temporary files first, each beside its file, and then put in place one
/// by one: a text is there whole or not at all, and nothing changes if one cannot be written.
///
/// # Errors
/// A file or folder that cannot be written or removed.
pub fn repair(folder: &Place, drift: &Drift) -> Result<(), Failure> {
    let missing = drift.missing.iter().map(|file| (&file.place, &file.text));
    let stale = drift.stale.iter().map(|file| (&file.place, &file.text));
    let staged = missing
        .chain(stale)
        .map(|(place, text)| Staged::new(place, text));
    let staged: Vec<Staged<'_>> = staged.collect::<Result<_, _>>()?;
    staged.into_iter().try_for_each(Staged::put)?;
    for orphan in &drift.orphans {
        fs::remove_file(orphan.path()).map_err(Action::Remove.failed(orphan))?;
    }
    remove_empty_folders(folder)
}

/// A text in a temporary file beside its place, which goes away if it is not put in place.
pub struct Staged<'a> {
    temporary: PathBuf,
    place: &'a Place,
}

impl<'a> Staged<'a> {
    /// Writes a text beside its place, in a folder that is made if need be.
    ///
    /// # Errors
    /// A file or folder that cannot be written.
    pub fn new(place: &'a Place, text: &str) -> Result<Self, Failure> {
        static STAGED: AtomicUsize = AtomicUsize::new(0);
        let number = STAGED.fetch_add(1, Ordering::Relaxed);
        let name = format!(".{}-{number}.tmp", process::id());
        let staged = Self {
            temporary: place.path().with_file_name(name),
            place,
        };
        let write = || {
            let folder = place.path().parent().unwrap_or(Path::new(""));
            fs::create_dir_all(folder)?;
            fs::write(&staged.temporary, text)
        };
        write().map_err(Action::Write.failed(place))?;
        Ok(staged)
    }

    /// Puts the text in place of what is there.
    ///
    /// # Errors
    /// A file that cannot be replaced.
    pub fn put(self) -> Result<(), Failure> {
        let put = fs::rename(&self.temporary, self.place.path());
        put.map_err(Action::Write.failed(self.place))
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        // This fails after `put`, which has moved the file.
        let _ = fs::remove_file(&self.temporary);
    }
}

fn remove_empty_folders(root: &Place) -> Result<(), Failure> {
    let found = list(root)?;
    let is_empty = |folder: &Path| {
        let mut within = found.iter().filter(|(path, _)| path.starts_with(folder));
        within.all(|(_, &kind)| kind == Kind::Folder)
    };
    // A folder comes before what is in it, so the way back reaches the innermost first.
    let folders = found
        .iter()
        .rev()
        .filter(|&(_, &kind)| kind == Kind::Folder);
    for (path, _) in folders.filter(|(path, _)| is_empty(path)) {
        let place = root.join(path);
        fs::remove_dir(place.path()).map_err(Action::Remove.failed(&place))?;
    }
    Ok(())
}
