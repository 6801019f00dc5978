//! A path, and its form in messages.
//!
//! ```
//! use openapi_rust::files::place::Place;
//!
//! let types = Place::given("clients/images".as_ref()).join("src/types.rs".as_ref());
//! assert_eq!(types.to_string(), "clients/images/src/types.rs");
//! ```

use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::failure::{Action, Failure};

/// A file or folder, whether it exists or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    path: PathBuf,
    shown: String,
}

impl Place {
    /// A path of the command line, which messages show as it was given.
    pub fn given(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            shown: path.to_string_lossy().into_owned(),
        }
    }

    /// A place within this folder.
    pub fn join(&self, path: &Path) -> Self {
        let names = path.iter().map(|name| name.to_string_lossy());
        let names: Vec<_> = names.collect();
        Self {
            path: self.path.join(path),
            shown: format!("{}/{}", self.shown.trim_end_matches('/'), names.join("/")),
        }
    }

    /// The place beside this one with another extension.
    pub fn with_extension(&self, extension: &str) -> Self {
        Self {
            path: self.path.with_extension(extension),
            shown: Path::new(&self.shown)
                .with_extension(extension)
                .to_string_lossy()
                .into_owned(),
        }
    }

    /// The path for the file system.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The absolute path without symbolic links and `..`, of a place that need not exist.
    pub fn resolve(&self) -> io::Result<PathBuf> {
        let mut resolved = PathBuf::new();
        for component in std::path::absolute(&self.path)?.components() {
            match component {
                Component::ParentDir => {
                    resolved.pop();
                }
                Component::CurDir => {}
                component => resolved.push(component),
            }
            match resolved.canonicalize() {
                Ok(canonical) => resolved = canonical,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(resolved)
    }

    /// The path of this place from a folder, with `/` on every machine. As in Cargo, `..` takes a
    /// name away, and symbolic links are not followed.
    ///
    /// # Errors
    /// The working directory is not known.
    pub fn relative_to(&self, folder: &Self) -> Result<String, Failure> {
        let absolute = |place: &Self| {
            let path = std::path::absolute(&place.path).map_err(Action::Read.failed(place))?;
            let mut absolute = PathBuf::new();
            for component in path.components() {
                match component {
                    Component::ParentDir => {
                        absolute.pop();
                    }
                    component => absolute.push(component),
                }
            }
            Ok(absolute)
        };
        Ok(relative(&absolute(folder)?, &absolute(self)?))
    }
}

/// The way from a folder to another, both absolute; with `/` on every machine.
fn relative(from: &Path, to: &Path) -> String {
    let pairs = from.components().zip(to.components());
    let same = pairs.take_while(|(from, to)| from == to).count();
    if same == 0 {
        return to.to_string_lossy().into_owned();
    }
    let up = from.components().skip(same).map(|_| "..".into());
    let down = to.iter().skip(same).map(|name| name.to_string_lossy());
    up.chain(down).collect::<Vec<_>>().join("/")
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}
