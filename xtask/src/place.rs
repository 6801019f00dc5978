//! A path, and how messages call it.
//!
//! ```
//! use xtask::place::Place;
//!
//! let types = Place::given("clients/images".as_ref()).join("src/types.rs".as_ref());
//! assert_eq!(types.to_string(), "clients/images/src/types.rs");
//! // A place of the project is found from wherever the command is run, and called by its path in the project.
//! assert_eq!(Place::of_project("spec/openapi.yaml").to_string(), "spec/openapi.yaml");
//! ```

use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};

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

    /// A path within the project, which messages show without the folder that the project lies in.
    pub fn of_project(path: &str) -> Self {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self {
            path: package.parent().unwrap_or(package).join(path),
            shown: path.to_owned(),
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
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}
