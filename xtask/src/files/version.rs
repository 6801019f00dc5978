//! The version of a crate, and the next one.
//!
//! ```
//! use openapi_codegen::diff::Step;
//! use openapi_rust::files::version::Version;
//!
//! assert_eq!(Version([0, 4, 1]).next(Step::Major).to_string(), "0.5.0");
//! assert_eq!(Version([1, 4, 1]).next(Step::Minor).to_string(), "1.5.0");
//! ```

use std::fmt;
use std::fs;

use openapi_codegen::diff::Step;
use toml_edit::{DocumentMut, Item};

use crate::files::place::Place;

/// A version without pre-release and build metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version(pub [u64; 3]);

impl Version {
    /// The version in the manifest of a folder, or in that of its workspace
    /// (`version.workspace = true`).
    ///
    /// `None` if there is no manifest, or none of these versions in it.
    pub fn of_crate(folder: &Place) -> Option<Self> {
        let folder = folder.resolve().ok()?;
        let mut manifests = folder.ancestors().map(|folder| {
            let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
            text.parse::<DocumentMut>().ok()
        });
        let manifest = manifests.next()??;
        let version = manifest.get("package")?.get("version")?;
        if let Some(version) = version.as_str() {
            return Self::parse(version);
        }
        let inherits = version.get("workspace").and_then(Item::as_bool);
        inherits.filter(|inherits| *inherits)?;
        let of_workspace = |manifest: Option<DocumentMut>| {
            let manifest = manifest?;
            let version = manifest.get("workspace")?.get("package")?.get("version")?;
            Self::parse(version.as_str()?)
        };
        manifests.find_map(of_workspace)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(|part| part.parse().ok());
        let version = [parts.next()??, parts.next()??, parts.next()??];
        parts.next().is_none().then_some(Self(version))
    }

    /// The version after a step, by the rules of Cargo: the first number that is not 0 is the one
    /// of breaking changes.
    #[must_use]
    pub fn next(self, step: Step) -> Self {
        let Self([major, minor, patch]) = self;
        Self(match (step, major, minor) {
            (Step::None, ..) => [major, minor, patch],
            (Step::Major, 0, 0) => [0, 0, patch + 1],
            (Step::Major, 0, _) => [0, minor + 1, 0],
            (Step::Major, ..) => [major + 1, 0, 0],
            (Step::Minor, 1.., _) => [major, minor + 1, 0],
            (Step::Minor | Step::Patch, ..) => [major, minor, patch + 1],
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([major, minor, patch]) = self;
        write!(f, "{major}.{minor}.{patch}")
    }
}
