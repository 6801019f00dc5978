//! The difference between a folder and the files that belong there: one comparison for writing,
//! checking and testing.
//!
//! ```text
//! should hold     holds           drift
//! lib.rs          lib.rs          (none: the same bytes)
//! types.rs        types.rs        stale: src/types.rs, with a unified diff
//! events.rs                       missing: src/events.rs
//!                 event.rs        orphan: src/event.rs
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::failure::{Action, Failure};
use crate::files::folder::{self, Kind};
use crate::files::place::Place;

/// The files of a folder: texts by path within it.
pub type Files = BTreeMap<PathBuf, String>;

/// The difference between files, or a folder, and what they should hold, each list in the order of
/// the paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// Files that are not there.
    pub missing: Vec<Missing>,
    /// Files with another text.
    pub stale: Vec<Stale>,
    /// Files, and symbolic links, that should not be there.
    pub orphans: Vec<Place>,
}

/// A file that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Where it should be.
    pub place: Place,
    /// The text that it should have.
    pub text: String,
}

/// A file with another text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Where it is.
    pub place: Place,
    /// The text that it should have.
    pub text: String,
    /// The text that it has; bytes that are not UTF-8 are replaced.
    pub found: String,
}

impl Drift {
    /// Compares what a folder should hold with what it holds, byte by byte. A folder that does not
    /// exist holds nothing.
    ///
    /// # Errors
    /// A file or folder that cannot be read; something other than a file or folder in the place of
    /// one; and a folder of which no file was generated, since it is most likely not the one that
    /// was meant.
    pub fn new(files: &Files, folder: &Place) -> Result<Self, Failure> {
        let found = folder::list(folder)?;
        refuse_others(&found, folder)?;
        let mut drift = Self::default();
        for (path, text) in files {
            let (place, text) = (folder.join(path), text.clone());
            if !is_file(&found, path, folder)? {
                drift.missing.push(Missing { place, text });
                continue;
            }
            let bytes = fs::read(place.path()).map_err(Action::Read.failed(&place))?;
            if bytes != text.as_bytes() {
                let found = String::from_utf8_lossy(&bytes).into_owned();
                drift.stale.push(Stale { place, text, found });
            }
        }
        let orphans = found
            .iter()
            .filter(|&(path, &kind)| kind != Kind::Folder && !files.contains_key(path));
        drift.orphans = orphans.map(|(path, _)| folder.join(path)).collect();
        Ok(drift)
    }

    /// Compares one file with the text that it should have, byte by byte. The files beside it are
    /// not orphans.
    ///
    /// # Errors
    /// A file that cannot be read; something other than a file in its place; and a file that
    /// someone else has written, according to `is_generated`.
    pub fn of_file(
        place: Place,
        text: &str,
        is_generated: impl Fn(&str) -> bool,
    ) -> Result<Self, Failure> {
        let (mut drift, text) = (Self::default(), text.to_owned());
        match folder::kind(&place)? {
            None => drift.missing.push(Missing { place, text }),
            Some(Kind::File) => {
                let bytes = fs::read(place.path()).map_err(Action::Read.failed(&place))?;
                let found = String::from_utf8_lossy(&bytes).into_owned();
                if !is_generated(&found) {
                    return Err(Failure::FileNotGenerated(place));
                }
                if bytes != text.as_bytes() {
                    drift.stale.push(Stale { place, text, found });
                }
            }
            Some(kind) => {
                return Err(Failure::Occupied {
                    place,
                    found: kind.as_str(),
                    wanted: Kind::File.as_str(),
                });
            }
        }
        Ok(drift)
    }

    /// This difference and then another one, of places that come after those of this one.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.missing.extend(other.missing);
        self.stale.extend(other.stale);
        self.orphans.extend(other.orphans);
        self
    }

    /// True without a difference.
    pub fn is_clean(&self) -> bool {
        self.missing.is_empty() && self.stale.is_empty() && self.orphans.is_empty()
    }
}

/// True for a file, false for a path where nothing is.
fn is_file(found: &BTreeMap<PathBuf, Kind>, path: &Path, folder: &Place) -> Result<bool, Failure> {
    for (depth, ancestor) in path.ancestors().enumerate() {
        let wanted = if depth == 0 { Kind::File } else { Kind::Folder };
        if let Some(&kind) = found.get(ancestor).filter(|&&kind| kind != wanted) {
            return Err(Failure::Occupied {
                place: folder.join(ancestor),
                found: kind.as_str(),
                wanted: wanted.as_str(),
            });
        }
    }
    Ok(found.contains_key(path))
}

/// Refuses a folder with source that someone has written by hand: all of it would be orphans.
fn refuse_others(found: &BTreeMap<PathBuf, Kind>, folder: &Place) -> Result<(), Failure> {
    let mut files = found
        .iter()
        .filter(|&(_, &kind)| kind == Kind::File)
        .peekable();
    if files.peek().is_none() {
        return Ok(());
    }
    for (path, _) in files {
        let place = folder.join(path);
        let bytes = fs::read(place.path()).map_err(Action::Read.failed(&place))?;
        if bytes.starts_with(b"// @generated") {
            return Ok(());
        }
    }
    Err(Failure::NotGenerated(folder.clone()))
}

impl Stale {
    /// The first line that differs, from 1; the last one if lines are missing at the end.
    pub fn line(&self) -> usize {
        let pairs = self.found.lines().zip(self.text.lines());
        let same = pairs.take_while(|(found, text)| found == text).count();
        (same + 1).min(self.found.lines().count().max(1))
    }

    /// The change that writing would make, as a unified diff that ends in a line break.
    pub fn diff(&self) -> String {
        let place = &self.place;
        TextDiff::from_lines(&self.found, &self.text)
            .unified_diff()
            .header(&format!("{place} (found)"), &format!("{place} (generated)"))
            .to_string()
    }
}

impl fmt::Display for Drift {
    /// Each file with its kind, stale ones with the diff, and the numbers at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for file in &self.missing {
            writeln!(f, "missing: {}", file.place)?;
        }
        for file in &self.stale {
            write!(f, "stale: {}\n{}", file.place, file.diff())?;
        }
        for place in &self.orphans {
            writeln!(f, "orphan: {place}")?;
        }
        let [missing, stale, orphans] = [self.missing.len(), self.stale.len(), self.orphans.len()];
        write!(
            f,
            "drift: {missing} missing, {stale} stale, {orphans} orphan"
        )
    }
}
