//! The project that a command is run in: the nearest folder above with an `openapi-rust.toml`.
//!
//! ```toml
//! spec = "spec/openapi.yaml"
//! overlays = ["spec/overlay.yaml"]
//! operations = ["createImageEdit"]  # default: all
//! tags = ["Images"]                 # whose operations to generate, beside those
//! skip-unsupported = true           # leave out what cannot be generated
//! out = "client"
//! name = "image-edits"              # of the crate in its first Cargo.toml
//! layout = "flat"                   # or "groups" (the default), or "module"
//! runtime = "../openapi/runtime"    # or a version, or the URL of a git repository
//! deny = "warnings"
//! ```
//!
//! Paths are relative to the folder of the file, wherever the command is run. An argument of the
//! command line replaces the setting of its name; one that names another description (`--spec`)
//! replaces all but `runtime` and `deny`.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use openapi_codegen::Layout;
use serde::Deserialize;

use crate::arguments::Deny;
use crate::failure::{Action, Failure};
use crate::files::place::Place;
use crate::files::runtime::RuntimeSource;

/// The name of the settings file.
pub const SETTINGS: &str = "openapi-rust.toml";

/// A project; without a settings file it is the working directory, and has no settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// Relative to the working directory; empty if it is the same.
    root: PathBuf,
    /// The settings as written.
    pub settings: Settings,
}

/// The settings of a project, by the keys of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// The description.
    pub spec: Option<PathBuf>,
    /// Its overlays, in the order in which they are applied.
    pub overlays: Vec<PathBuf>,
    /// The ids of the operations to generate.
    pub operations: Vec<String>,
    /// Tags whose operations to generate, beside those.
    pub tags: Vec<String>,
    /// True to leave out operations that cannot be generated.
    pub skip_unsupported: bool,
    /// The folder of the crate or module.
    pub out: Option<PathBuf>,
    /// The name of the crate in its first manifest.
    pub name: Option<String>,
    /// The layout of the crate.
    #[serde(deserialize_with = "layout")]
    pub layout: Option<Layout>,
    /// Where the first manifest takes the runtime from.
    pub runtime: Option<RuntimeSource>,
    /// Findings that are treated as errors.
    #[serde(deserialize_with = "deny")]
    pub deny: Option<Deny>,
}

impl Project {
    /// The project of the working directory.
    ///
    /// # Errors
    /// Settings that cannot be read, or that are wrong.
    pub fn find() -> Result<Self, Failure> {
        let current =
            env::current_dir().map_err(Action::Read.failed(&Place::given(".".as_ref())))?;
        for (depth, _) in current.ancestors().enumerate() {
            let root: PathBuf = (0..depth).map(|_| "..").collect();
            let place = Place::given(&root.join(SETTINGS));
            match fs::read_to_string(place.path()) {
                Ok(text) => {
                    let settings = Settings::parse(&text, &place)?;
                    return Ok(Self { root, settings });
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(Action::Read.failed(&place)(error)),
            }
        }
        Ok(Self::default())
    }

    /// A path of the settings.
    pub fn place(&self, path: &Path) -> Place {
        Place::given(&self.root.join(path))
    }

    /// The description and its overlays: those given, or else those of the project.
    ///
    /// # Errors
    /// No description.
    pub fn description(
        &self,
        spec: Option<&Path>,
        overlays: &[PathBuf],
    ) -> Result<(Place, Vec<Place>), Failure> {
        let given = |paths: &[PathBuf]| paths.iter().map(|path| Place::given(path)).collect();
        if let Some(spec) = spec {
            return Ok((Place::given(spec), given(overlays)));
        }
        let spec = self
            .settings
            .spec
            .as_deref()
            .ok_or(Failure::NoDescriptionGiven)?;
        let overlays = if overlays.is_empty() {
            let overlays = self.settings.overlays.iter();
            overlays.map(|path| self.place(path)).collect()
        } else {
            given(overlays)
        };
        Ok((self.place(spec), overlays))
    }

    /// Where the runtime comes from, with a folder relative to the working directory.
    pub fn runtime(&self) -> Option<RuntimeSource> {
        Some(match self.settings.runtime.clone()? {
            RuntimeSource::Folder(folder) => RuntimeSource::Folder(self.root.join(folder)),
            source => source,
        })
    }
}

impl Settings {
    fn parse(text: &str, place: &Place) -> Result<Self, Failure> {
        toml_edit::de::from_str(text).map_err(|error| {
            let before = error
                .span()
                .map_or("", |span| text.get(..span.start).unwrap_or(text));
            let line = before.matches('\n').count() + 1;
            Failure::Settings {
                place: place.clone(),
                line,
                error: error.message().trim_end().to_owned(),
            }
        })
    }
}

/// The names of `--deny` are those of the settings too.
fn deny<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Deny>, D::Error> {
    named(deserializer, &[("warnings", Deny::Warnings)])
}

fn layout<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Layout>, D::Error> {
    let layouts = [
        ("flat", Layout::Flat),
        ("groups", Layout::Groups),
        ("module", Layout::Module),
    ];
    named(deserializer, &layouts)
}

fn named<'de, D: serde::Deserializer<'de>, T: Copy>(
    deserializer: D,
    values: &[(&'static str, T)],
) -> Result<Option<T>, D::Error> {
    let name = String::deserialize(deserializer)?;
    match values.iter().find(|(known, _)| *known == name) {
        Some((_, value)) => Ok(Some(*value)),
        None => {
            let known: Vec<String> = values
                .iter()
                .map(|(known, _)| format!("`{known}`"))
                .collect();
            let known = known.join(", ");
            Err(serde::de::Error::custom(format!(
                "`{name}` is not one of {known}"
            )))
        }
    }
}
