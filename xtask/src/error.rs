//! Why there is no telling: what went wrong, where, and the way out.
//!
//! ```text
//! error[io]: cannot read `openapi.yml`: No such file or directory (os error 2)
//!   = help: check the path, and that the file is UTF-8 text which you may read
//! ```

use std::fmt;
use std::io;

use openapi_codegen::diagnostic::Diagnostics;
use serde_json::{Value, json};
use thiserror::Error;

use crate::place::Place;

/// A run that could not be finished; nothing was written.
#[derive(Debug, Error)]
pub enum Error {
    /// Problems in a description or an overlay.
    #[error(transparent)]
    Document(#[from] Diagnostics),
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
    /// The path of a generated file leads out of the folder.
    #[error("`{0}` is no path of a file within the folder of the generated source")]
    Path(String),
    /// The manifest of the crate has no name.
    #[error("`{0}` has no `name` under `[package]`")]
    NoName(Place),
    /// The crate would be called as its folder, and cannot.
    #[error("no crate can be called as the folder `{0}`")]
    FolderName(Place),
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
}

impl Action {
    /// The error of this action at a place.
    pub fn failed(self, place: &Place) -> impl FnOnce(io::Error) -> Error {
        let place = place.clone();
        move |source| Error::Io {
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
        })
    }
}

impl Error {
    /// The text form, which ends in a line break; `color` adds ANSI escape sequences.
    pub fn render(&self, color: bool) -> String {
        match self {
            Self::Document(diagnostics) => format!("{}\n", diagnostics.render(color)),
            error => format!(
                "error[{}]: {error}\n  = help: {}\n",
                error.code(),
                error.help()
            ),
        }
    }

    /// The JSON form: an array of objects with `code`, `file`, `line`, `column`, `pointer`, `message` and `help`, of
    /// which those that make no sense are null.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Document(diagnostics) => diagnostics.to_json(),
            error => json!([{
                "code": error.code(),
                "file": error.place().map(ToString::to_string),
                "line": null,
                "column": null,
                "pointer": null,
                "message": error.to_string(),
                "help": error.help(),
            }]),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Document(_) => "invalid-document",
            Self::Io { .. } => "io",
            Self::Occupied { .. } => "occupied",
            Self::NotGenerated(_) => "not-generated",
            Self::Path(_) => "invalid-path",
            Self::NoName(_) | Self::FolderName(_) => "no-crate-name",
            Self::OtherName { .. } => "other-crate-name",
        }
    }

    fn place(&self) -> Option<&Place> {
        match self {
            Self::Document(_) | Self::Path(_) => None,
            Self::Io { place, .. }
            | Self::Occupied { place, .. }
            | Self::NotGenerated(place)
            | Self::NoName(place)
            | Self::FolderName(place)
            | Self::OtherName {
                manifest: place, ..
            } => Some(place),
        }
    }

    fn help(&self) -> &'static str {
        match self {
            Self::Document(_) => "correct the description, or record the correction in an overlay",
            Self::Io { action, .. } => match action {
                Action::Read => {
                    "check the path, and that the file is UTF-8 text which you may read"
                }
                Action::List => "check that you may read the folder",
                Action::Write | Action::Remove => "check that you may write to the folder",
            },
            Self::Occupied { .. } => "remove it, or choose another folder with `--out`",
            Self::NotGenerated(_) => {
                "all files there would be removed: choose another folder with `--out`, or empty this one"
            }
            Self::Path(_) => "this is a mistake in the generator: please report it",
            Self::NoName(_) => "write the name there, on a line of its own",
            Self::FolderName(_) => "name the crate with `--name`",
            Self::OtherName { .. } => "leave `--name` out, or change the manifest",
        }
    }
}
