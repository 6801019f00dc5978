//! The folder of a run: a workspace of the emitted crates, with one lock file and one target
//! folder.
//!
//! ```text
//! target/corpus/Cargo.toml              [workspace] members = ["corpus-lamps"]
//!               Cargo.lock              that of the project
//!               corpus-lamps/Cargo.toml
//!                            src        by `generate`
//!               target
//! ```

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::documents::Document;
use crate::failure::{Action, Failure};
use crate::files::folder::Staged;
use crate::files::manifest;
use crate::files::place::Place;
use crate::files::project::Project;
use crate::files::runtime::RuntimeSource;

/// The first line of a manifest that is written here.
const MARK: &str = "# Written by the command `corpus`, and overwritten when it runs again.\n";

/// The same as `-D warnings`, for this crate and for no dependency.
const DENIED: &str = "\n[lints.rust]\nwarnings = \"deny\"\n";

/// The folder of a run.
#[derive(Clone, Debug)]
pub struct Workspace {
    folder: Place,
    runtime: RuntimeSource,
    /// The lock file of the project.
    lock: Place,
}

impl Workspace {
    /// The workspace in a folder, or below the target folder of the project.
    pub fn new(folder: Option<Place>, project: &Project) -> Self {
        let folder = folder.unwrap_or_else(|| match env::var_os("CARGO_TARGET_DIR") {
            Some(target) => Place::given(target.as_ref()).join("corpus".as_ref()),
            None => project.place("target/corpus".as_ref()),
        });
        Self {
            folder,
            runtime: project.runtime().unwrap_or_else(RuntimeSource::released),
            lock: project.place("Cargo.lock".as_ref()),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Place {
        &self.folder
    }

    /// The folder of a crate.
    pub fn crate_of(&self, document: &Document) -> Place {
        self.folder.join(document.name.as_ref())
    }

    /// Prepares the folders of all crates, so that `generate` finds their names.
    ///
    /// # Errors
    /// A manifest that was written by someone else, and a file that cannot be written.
    pub fn prepare(&self, documents: &[Document]) -> Result<(), Failure> {
        self.set_members(&[])?;
        for document in documents {
            let folder = self.crate_of(document);
            let text = manifest::member(&document.name, &folder, &self.runtime)? + DENIED;
            write(&folder, &text)?;
        }
        Ok(())
    }

    /// Makes these crates the members, with the versions of dependencies that the project has.
    ///
    /// # Errors
    /// See [`prepare`](Self::prepare).
    pub fn set_members(&self, documents: &[&Document]) -> Result<(), Failure> {
        let names = documents.iter().map(|document| document.name.as_str());
        // A JSON list of strings is one of TOML too.
        let members: serde_json::Value = names.collect();
        let text = format!("[workspace]\nresolver = \"3\"\nmembers = {members}\n");
        write(&self.folder, &text)?;
        match fs::read_to_string(self.lock.path()) {
            Ok(text) => {
                let place = self.folder.join("Cargo.lock".as_ref());
                Staged::new(&place, &text)?.put()
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Action::Read.failed(&self.lock)(error)),
        }
    }
}

/// Writes the manifest of a folder, if what is there was written here too.
fn write(folder: &Place, text: &str) -> Result<(), Failure> {
    let place = folder.join(Path::new("Cargo.toml"));
    if place.path().exists() {
        let found = fs::read(place.path()).map_err(Action::Read.failed(&place))?;
        if !found.starts_with(MARK.as_bytes()) {
            return Err(Failure::FileNotGenerated(place));
        }
    }
    Staged::new(&place, &format!("{MARK}{text}"))?.put()
}
