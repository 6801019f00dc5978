//! The descriptions of a run, each with the name of the crate that is made of it.
//!
//! ```text
//! corpus                lamps.yaml, shelves.json   -> corpus-lamps, corpus-shelves
//! elsewhere/lamps.yaml                             -> corpus-lamps-2
//! ```

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use crate::failure::{Action, Failure};
use crate::files::place::Place;

/// The extensions of descriptions.
const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// A description, and the name of the crate that is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Where it is.
    pub place: Place,
    /// The name of its crate, which no other has.
    pub name: String,
}

/// The files among the paths, and the descriptions that lie directly in the folders among them;
/// each file once.
///
/// # Errors
/// A path that cannot be looked at, and a folder without descriptions.
pub fn of_paths(paths: &[Place]) -> Result<Vec<Document>, Failure> {
    let mut documents = Vec::new();
    let (mut seen, mut names) = (BTreeSet::new(), BTreeSet::new());
    for path in paths {
        for place in of_path(path)? {
            let resolved = place.resolve().map_err(Action::Read.failed(&place))?;
            if seen.insert(resolved) {
                let name = name(&place, &mut names);
                documents.push(Document { place, name });
            }
        }
    }
    Ok(documents)
}

fn of_path(path: &Place) -> Result<Vec<Place>, Failure> {
    let metadata = fs::metadata(path.path()).map_err(Action::Read.failed(path))?;
    if !metadata.is_dir() {
        return Ok(vec![path.clone()]);
    }
    let list = || {
        let entries = fs::read_dir(path.path())?;
        let names = entries.map(|entry| Ok(PathBuf::from(entry?.file_name())));
        names.collect::<Result<BTreeSet<PathBuf>, _>>()
    };
    let names = list().map_err(Action::List.failed(path))?;
    let places = names.iter().map(|name| path.join(name));
    let documents: Vec<Place> = places.filter(is_document).collect();
    if documents.is_empty() {
        return Err(Failure::NoDescription(path.clone()));
    }
    Ok(documents)
}

fn is_document(place: &Place) -> bool {
    let extension = place.path().extension().and_then(OsStr::to_str);
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension)) && place.path().is_file()
}

/// A name that Cargo and every file system admit, whatever the file is called.
fn name(place: &Place, names: &mut BTreeSet<String>) -> String {
    let stem = place.path().file_stem().unwrap_or_default();
    let stem = stem.to_string_lossy().to_ascii_lowercase();
    let stem = stem.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let first = format!("corpus-{stem}");
    let numbered = (2..).map(|number| format!("{first}-{number}"));
    let mut candidates = std::iter::once(first.clone()).chain(numbered);
    let free = candidates.find(|name| names.insert(name.clone()));
    free.unwrap_or(first)
}
