//! Failures that are not about a description: files, folders, names and settings.
//!
//! ```text
//! error[io]: cannot read `openapi.yml`: No such file or directory (os error 2)
//!   = help: check the path, and that the file is UTF-8 text that you may read
//! ```

use std::fmt;
use std::io;

use openapi_codegen::audit::Unexpected;
use thiserror::Error;

use crate::code::Code;
use crate::files::place::Place;

/// The failure of a run that is not about the description.
#[derive(Debug, Error)]
pub enum Failure {
    /// The file system refused.
    #[error("cannot {action} `{place}`: {source}")]
    Io {
        /// The action.
        action: Action,
        /// The file or folder.
        place: Place,
        /// The reason.
        source: io::Error,
    },
    /// Something else is where a generated file or its folder belongs.
    #[error("`{place}` is {found}, where {wanted} belongs")]
    Occupied {
        /// The path.
        place: Place,
        /// The kind that was found.
        found: &'static str,
        /// The kind that belongs there.
        wanted: &'static str,
    },
    /// The folder has files, and none of them was generated.
    #[error("`{0}` has files, and none of them was generated")]
    NotGenerated(Place),
    /// A file was written by someone else, and has the name of a generated one.
    #[error("`{0}` is there, and was not generated")]
    FileNotGenerated(Place),
    /// The path of a generated file leads out of the folder.
    #[error("`{0}` is not the path of a file within the folder of the generated source")]
    Path(String),
    /// A generated file has something that is never emitted.
    #[error("the generated code has something that is never emitted: {}", listed(.0))]
    Unexpected(Vec<Unexpected>),
    /// The manifest of the crate has no name.
    #[error("`{0}` has no `name` under `[package]`")]
    NoName(Place),
    /// The crate would be called as its folder, and cannot.
    #[error("no crate can be called as the folder `{0}`")]
    FolderName(Place),
    /// The manifest of the crate is not TOML.
    #[error("`{place}` is not TOML: {error}")]
    Manifest {
        /// The manifest.
        place: Place,
        /// The mistake.
        error: String,
    },
    /// It is not known where the first manifest takes the runtime from.
    #[error("`{0}` would depend on openapi-runtime, and it is not known where to take that from")]
    NoRuntime(Place),
    /// Neither an argument nor a setting names a description.
    #[error("no description: there is no argument for it, and no `spec` in an openapi-rust.toml")]
    NoDescriptionGiven,
    /// Neither an argument nor a setting names the folder of the crate.
    #[error("no folder for the crate: there is no `--out`, and no `out` in an openapi-rust.toml")]
    NoFolderGiven,
    /// The settings of the project are wrong.
    #[error("`{place}`, line {line}: {error}")]
    Settings {
        /// The file.
        place: Place,
        /// The line of the mistake.
        line: usize,
        /// The mistake.
        error: String,
    },
    /// The operations to slice a description for are not known.
    #[error("`{0}` does not exist, so the operations to take are not known")]
    NoOperation(Place),
    /// A folder has no descriptions.
    #[error("there is no description (`*.yaml`, `*.yml`, `*.json`) in `{0}`")]
    NoDescription(Place),
    /// Cargo does not compile the dependencies of emitted crates.
    #[error("cargo does not compile the dependencies of emitted crates: {0}")]
    Cargo(String),
    /// The crate exists under another name.
    #[error("`--name` is `{given}`, and `{manifest}` says `{found}`")]
    OtherName {
        /// The name of the command line.
        given: String,
        /// The manifest of the crate.
        manifest: Place,
        /// The name in the manifest.
        found: String,
    },
}

/// An action on a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Reading a file.
    Read,
    /// Listing a folder.
    List,
    /// Writing a file, or making the folder that it lies in.
    Write,
    /// Removing a file or an empty folder.
    Remove,
    /// Starting a program.
    Run,
}

impl Action {
    /// The failure of this action at a place.
    pub fn failed(self, place: &Place) -> impl FnOnce(io::Error) -> Failure {
        let place = place.clone();
        move |source| Failure::Io {
            action: self,
            place,
            source,
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::List => "list",
            Self::Write => "write",
            Self::Remove => "remove",
            Self::Run => "run",
        })
    }
}

fn listed(found: &[Unexpected]) -> String {
    let found = found.iter().map(ToString::to_string);
    found.collect::<Vec<_>>().join("; ")
}

impl Failure {
    /// The stable name.
    pub fn code(&self) -> Code {
        match self {
            Self::Io { .. } => Code::Io,
            Self::Occupied { .. } => Code::Occupied,
            Self::NotGenerated(_) | Self::FileNotGenerated(_) => Code::NotGenerated,
            Self::Path(_) => Code::InvalidPath,
            Self::Unexpected(_) => Code::UnexpectedCode,
            Self::NoName(_) | Self::FolderName(_) => Code::NoCrateName,
            Self::Manifest { .. } => Code::InvalidManifest,
            Self::NoRuntime(_) => Code::NoRuntime,
            Self::NoDescriptionGiven | Self::NoFolderGiven => Code::NoTarget,
            Self::Settings { .. } => Code::InvalidSettings,
            Self::NoOperation(_) => Code::NoOperation,
            Self::NoDescription(_) => Code::NoDescription,
            Self::Cargo(_) => Code::Cargo,
            Self::OtherName { .. } => Code::OtherCrateName,
        }
    }

    /// The file or folder that it is about.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Path(_)
            | Self::Unexpected(_)
            | Self::NoDescriptionGiven
            | Self::NoFolderGiven
            | Self::Cargo(_) => None,
            Self::Io { place, .. }
            | Self::Occupied { place, .. }
            | Self::NotGenerated(place)
            | Self::FileNotGenerated(place)
            | Self::NoName(place)
            | Self::FolderName(place)
            | Self::Manifest { place, .. }
            | Self::Settings { place, .. }
            | Self::NoRuntime(place)
            | Self::NoOperation(place)
            | Self::NoDescription(place)
            | Self::OtherName {
                manifest: place, ..
            } => Some(place),
        }
    }

    /// Advice for the reader.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Io { action, .. } => match action {
                Action::Read => "check the path, and that the file is UTF-8 text that you may read",
                Action::List => "check that you may read the folder",
                Action::Write | Action::Remove => "check that you may write to the folder",
                Action::Run => "check that the program is installed",
            },
            Self::Occupied { .. } => "remove it, or choose another folder with `--out`",
            Self::NotGenerated(_) => {
                "all files there would be removed: choose another folder with `--out`, or empty this one"
            }
            Self::FileNotGenerated(_) => {
                "it would be overwritten: choose another folder with `--out`, or give it another name"
            }
            Self::Path(_) | Self::Unexpected(_) => {
                "this is a bug in the generator: please report it"
            }
            Self::NoName(_) => "write the name there, on a line of its own",
            Self::FolderName(_) => "name the crate with `--name`",
            Self::Manifest { .. } => "correct the file; `cargo metadata` shows the place",
            Self::NoRuntime(_) => {
                "name a version, its folder, or the URL of a git repository with `--runtime`, or as `runtime` in openapi-rust.toml"
            }
            Self::NoDescriptionGiven => "name the file, or write `spec` into openapi-rust.toml",
            Self::NoFolderGiven => {
                "name the folder with `--out`, or write `out` into openapi-rust.toml"
            }
            Self::Settings { .. } => {
                "the keys are `spec`, `overlays`, `operations`, `tags`, `skip-unsupported`, `out`, `name`, `layout`, `runtime` and `deny`"
            }
            Self::NoOperation(_) => "select them with `--operation` or `--tag`",
            Self::NoDescription(_) => "name a file, or the folder that contains the files",
            Self::Cargo(_) => {
                "run `cargo check -p openapi-runtime`, with `--lint` `cargo clippy --version`"
            }
            Self::OtherName { .. } => "leave `--name` out, or change the manifest",
        }
    }
}
