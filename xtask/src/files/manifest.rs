//! The name of the emitted crate, and its first `Cargo.toml`.
//!
//! ```
//! use openapi_rust::files::{manifest, place::Place, runtime::RuntimeSource};
//!
//! let runtime = RuntimeSource::Version("0.1".into());
//! let text = manifest::first("image-edits", &Place::given("client".as_ref()), &runtime)?;
//! assert!(text.contains("openapi-runtime = \"0.1\""));
//! assert_eq!(manifest::package_name(&text), Some("image-edits"));
//! # Ok::<(), openapi_rust::failure::Failure>(())
//! ```
//!
//! A manifest is written where there is none, and belongs to the user from then on: it is neither
//! compared nor written again, but for the features of a crate whose modules are groups
//! ([`features`]).

use std::fs;
use std::io;
use std::path::Path;

use heck::ToKebabCase;

use crate::failure::{Action, Failure};
use crate::files::drift::Stale;
use crate::files::features;
use crate::files::place::Place;
use crate::files::runtime::RuntimeSource;
use crate::files::workspace;

/// The manifest of a crate, and what has to be written of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Where it is.
    pub place: Place,
    /// The name of the crate.
    pub name: String,
    /// The text to write, if the file does not exist.
    pub first: Option<String>,
    /// The text that the file should have, if it exists and lacks features of groups.
    pub stale: Option<Stale>,
}

impl Manifest {
    /// The manifest of the crate in a folder: the one that is there, or the first, with the given
    /// name or else that of the folder.
    ///
    /// # Errors
    /// A manifest that cannot be read, or names the crate otherwise than `given`, and a crate
    /// without name.
    pub fn new(
        folder: &Place,
        given: Option<&str>,
        runtime: Option<&RuntimeSource>,
    ) -> Result<Self, Failure> {
        let place = folder.join(Path::new("Cargo.toml"));
        let Some(text) = read(&place)? else {
            let name = match given {
                Some(name) => name.to_owned(),
                None => folder_name(folder)?,
            };
            let runtime = runtime.ok_or_else(|| Failure::NoRuntime(place.clone()))?;
            let first = Some(first(&name, folder, runtime)?);
            return Ok(Self {
                place,
                name,
                first,
                stale: None,
            });
        };
        let found = package_name(&text).ok_or_else(|| Failure::NoName(place.clone()))?;
        match given {
            Some(given) if given != found => Err(Failure::OtherName {
                given: given.to_owned(),
                manifest: place,
                found: found.to_owned(),
            }),
            _ => Ok(Self {
                place,
                name: found.to_owned(),
                first: None,
                stale: None,
            }),
        }
    }

    /// The manifest with the features of the groups of a crate. Without groups, the features are
    /// the owner's.
    ///
    /// # Errors
    /// A manifest that cannot be read, or is not TOML.
    pub fn with_groups(self, groups: &[String]) -> Result<Self, Failure> {
        if groups.is_empty() {
            return Ok(self);
        }
        let written = |text: &str| {
            let written = features::with_groups(text, groups);
            written.map_err(|error| Failure::Manifest {
                place: self.place.clone(),
                error: error.message().to_owned(),
            })
        };
        if let Some(first) = &self.first {
            let first = Some(written(first)?);
            return Ok(Self { first, ..self });
        }
        let found = read(&self.place)?.unwrap_or_default();
        let text = written(&found)?;
        let stale = (text != found).then(|| Stale {
            place: self.place.clone(),
            text,
            found,
        });
        Ok(Self { stale, ..self })
    }
}

fn read(place: &Place) -> Result<Option<String>, Failure> {
    match fs::read_to_string(place.path()) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Action::Read.failed(place)(error)),
    }
}

/// The name of a crate or module that is called as its folder.
///
/// # Errors
/// A folder whose name cannot be that of a crate.
pub fn folder_name(folder: &Place) -> Result<String, Failure> {
    let resolved = folder.resolve().map_err(Action::Read.failed(folder))?;
    let name = resolved
        .file_name()
        .map(|name| name.to_string_lossy().to_kebab_case());
    valid_name(&name.unwrap_or_default()).map_err(|_| Failure::FolderName(folder.clone()))
}

/// A name that Cargo admits for a package and Rust for a crate: ASCII letters, digits, `-` and
/// `_`, a letter first.
pub fn valid_name(name: &str) -> Result<String, &'static str> {
    let valid = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if valid {
        Ok(name.to_owned())
    } else {
        Err("a crate is named with ASCII letters, digits, `-` and `_`, a letter first")
    }
}

/// The `name` of the `[package]` of a manifest.
///
/// The line is looked for, which finds the name where `cargo new`, `cargo init` and people write
/// it.
pub fn package_name(manifest: &str) -> Option<&str> {
    let lines = manifest.lines().map(str::trim);
    let mut package = lines
        .skip_while(|line| !line.starts_with("[package]"))
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    package.find_map(|line| {
        let value = line
            .strip_prefix("name")?
            .trim_start()
            .strip_prefix('=')?
            .trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value.get(1..)?.split_once(quote).map(|(name, _)| name)
    })
}

/// The first manifest of the crate in a folder. It is a workspace of its own where it would
/// otherwise be within one that does not have it as a member, which Cargo refuses.
///
/// # Errors
/// A folder whose path cannot be resolved, and a manifest above that cannot be read.
pub fn first(name: &str, folder: &Place, runtime: &RuntimeSource) -> Result<String, Failure> {
    let resolved = folder.resolve().map_err(Action::Read.failed(folder))?;
    let own = if workspace::is_left_out(&resolved)? {
        "\n[workspace]\n"
    } else {
        ""
    };
    Ok(member(name, folder, runtime)? + own)
}

/// The same for a crate that is a member of the workspace above.
///
/// # Errors
/// A folder whose path cannot be resolved.
pub fn member(name: &str, folder: &Place, runtime: &RuntimeSource) -> Result<String, Failure> {
    let runtime = runtime.dependency(folder)?;
    Ok(format!(
        "\
[package]
name = \"{name}\"
version = \"0.1.0\"
edition = \"2024\"
rust-version = \"1.85\"

[features]
default = []
http = [\"openapi-runtime/http\"]
http-body = [\"openapi-runtime/http-body\"]
stream = [\"openapi-runtime/stream\"]
# This one needs Rust 1.93.
base64-turbo = [\"openapi-runtime/base64-turbo\"]

[dependencies]
openapi-runtime = {runtime}
"
    ))
}
