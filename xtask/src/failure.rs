//! What goes wrong apart from descriptions: files, folders and names.
//!
//! ```text
//! error[io]: cannot read `openapi.yml`: No such file or directory (os error 2)
//!   = help: check the path, and that the file is UTF-8 text which you may read
//! ```

use std::fmt;
use std::io;

use openapi_codegen::audit::Unexpected;
use thiserror::Error;

use crate::code::Code;
use crate::place::Place;

/// Why a run could not be finished, although nothing is wrong with the description.
#[derive(Debug, Error)]
pub enum Failure {
    /// The file system refused.
    #[error("cannot {action} `{place}`: {source}")]
    Io {
        /// What was tried.
        action: Action,
        /// The file or folder.
        place: Place,
        /// Why it was refused.
        source: io::Error,
    },
    /// Something else is where a generated file or its folder belongs.
    #[error("`{place}` is {found}, where {wanted} belongs")]
    Occupied {
        /// What is occupied.
        place: Place,
        /// What is there.
        found: &'static str,
        /// What should be there.
        wanted: &'static str,
    },
    /// The folder has files, and none of them was generated.
    #[error("`{0}` has files, and none of them was generated")]
    NotGenerated(Place),
    /// A file was written by someone else, and has the name of a generated one.
    #[error("`{0}` is there, and was not generated")]
    FileNotGenerated(Place),
    /// The path of a generated file leads out of the folder.
    #[error("`{0}` is no path of a file within the folder of the generated source")]
    Path(String),
    /// A generated file has something that no description should bring about.
    #[error("the generated code has what is never emitted: {}", listed(.0))]
    Unexpected(Vec<Unexpected>),
    /// The manifest of the crate has no name.
    #[error("`{0}` has no `name` under `[package]`")]
    NoName(Place),
    /// The crate would be called as its folder, and cannot.
    #[error("no crate can be called as the folder `{0}`")]
    FolderName(Place),
    /// The manifest of the crate is not the text that Cargo reads.
    #[error("`{place}` is no TOML: {error}")]
    Manifest {
        /// The manifest.
        place: Place,
        /// What is wrong with it.
        error: String,
    },
    /// Nobody says for which operations a description is to be sliced.
    #[error("there is no `{0}` that would say which operations to take")]
    NoOperation(Place),
    /// A folder has no descriptions.
    #[error("there is no description (`*.yaml`, `*.yml`, `*.json`) in `{0}`")]
    NoDescription(Place),
    /// Cargo does not compile even what all emitted crates depend on.
    #[error("cargo does not compile what emitted crates depend on: {0}")]
    Cargo(String),
    /// The crate exists under another name.
    #[error("the crate is to be called `{given}`, and `{manifest}` calls it `{found}`")]
    OtherName {
        /// The name of the command line.
        given: String,
        /// The manifest of the crate.
        manifest: Place,
        /// The name in the manifest.
        found: String,
    },
}

/// What was tried with a file or folder.
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
            Self::NoOperation(_) => Code::NoOperation,
            Self::NoDescription(_) => Code::NoDescription,
            Self::Cargo(_) => Code::Cargo,
            Self::OtherName { .. } => Code::OtherCrateName,
        }
    }

    /// The file or folder that it is about.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Path(_) | Self::Unexpected(_) | Self::Cargo(_) => None,
            Self::Io { place, .. }
            | Self::Occupied { place, .. }
            | Self::NotGenerated(place)
            | Self::FileNotGenerated(place)
            | Self::NoName(place)
            | Self::FolderName(place)
            | Self::Manifest { place, .. }
            | Self::NoOperation(place)
            | Self::NoDescription(place)
            | Self::OtherName {
                manifest: place, ..
            } => Some(place),
        }
    }

    /// The way out.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Io { action, .. } => match action {
                Action::Read => {
                    "check the path, and that the file is UTF-8 text which you may read"
                }
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
                "this is a mistake in the generator: please report it"
            }
            Self::NoName(_) => "write the name there, on a line of its own",
            Self::FolderName(_) => "name the crate with `--name`",
            Self::Manifest { .. } => "write it as TOML; `cargo metadata` shows the place",
            Self::NoOperation(_) => "name them with `--operation` or `--tag`",
            Self::NoDescription(_) => "name a file, or the folder that the files lie in",
            Self::Cargo(_) => {
                "run `cargo check -p openapi-runtime`, with `--lint` `cargo clippy --version`"
            }
            Self::OtherName { .. } => "leave `--name` out, or change the manifest",
        }
    }
}
