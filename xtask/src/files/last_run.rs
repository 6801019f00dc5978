//! The record of the last run of `generate` for a folder. A run with the same inputs that finds
//! the same outputs has nothing to do, and prints again what the last one had to report.
//!
//! ```text
//! ~/.cache/openapi-rust/<folder>.json   {"inputs": "<digest>", "outputs": "<digest>", "report": "generated: 3 operations, …"}
//! ```
//!
//! The inputs are the program, the arguments, the description and its overlays; the outputs are
//! all that `generate` writes, byte for byte. `--check` does not read the record: it compares with
//! what the description gives. A record that cannot be read or written is not an error.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use hmac_sha256::Hash;
use openapi_codegen::Layout;
use serde_json::{Value, json};

use crate::failure::{Action, Failure};
use crate::files::folder::{self, Kind, Staged};
use crate::files::place::Place;
use crate::target::Target;

/// The variable that names the folder of the records; empty, there are none.
const FOLDER: &str = "OPENAPI_RUST_CACHE";

/// Where the record of a folder is, and the inputs of this run.
pub struct LastRun {
    record: Place,
    inputs: String,
    outputs: Vec<Place>,
}

impl LastRun {
    /// The record for the folder of a target. `report` is what changes the printed report: its
    /// format, for example.
    ///
    /// `None` if no folder of records is known.
    ///
    /// # Errors
    /// An input that cannot be read.
    pub fn of(target: &Target, report: &str) -> Result<Option<Self>, Failure> {
        let (Some(records), Some(program)) = (records(), program()) else {
            return Ok(None);
        };
        let mut inputs = Hash::new();
        for text in [&program, report, &format!("{target:?}")] {
            add(&mut inputs, text.as_bytes());
        }
        for place in [&target.description].into_iter().chain(&target.overlays) {
            let text = fs::read(place.path()).map_err(Action::Read.failed(place))?;
            add(&mut inputs, &text);
        }
        let folder = target.out.resolve();
        let folder = folder.map_err(Action::Read.failed(&target.out))?;
        let name = hex(&Hash::hash(folder.to_string_lossy().as_bytes()));
        Ok(Some(Self {
            record: Place::given(&records.join(format!("{name}.json"))),
            inputs: hex(&inputs.finalize()),
            outputs: outputs(target),
        }))
    }

    /// The report of the last run, if its inputs were these and its outputs are unchanged.
    pub fn report(&self) -> Option<Value> {
        let record = fs::read(self.record.path()).ok()?;
        let mut record: Value = serde_json::from_slice(&record).ok()?;
        let is_same = record["inputs"] == self.inputs.as_str()
            && record["outputs"] == digest(&self.outputs).ok()?.as_str();
        is_same.then(|| record["report"].take())
    }

    /// Records what a run with these inputs has to report while its outputs are as they are now.
    pub fn record(&self, report: &Value) {
        let Ok(outputs) = digest(&self.outputs) else {
            return;
        };
        let record = json!({"inputs": self.inputs, "outputs": outputs, "report": report});
        let _ = Staged::new(&self.record, &record.to_string()).and_then(Staged::put);
    }
}

/// The folder of the records.
fn records() -> Option<PathBuf> {
    let named = |variable| env::var_os(variable).map(PathBuf::from);
    if let Some(folder) = named(FOLDER) {
        return Some(folder).filter(|folder| !folder.as_os_str().is_empty());
    }
    let caches = if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Caches"))
    } else {
        named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache")))
    };
    caches.map(|caches| caches.join("openapi-rust"))
}

/// The build of this program: its file, the size and the time of the last change.
fn program() -> Option<String> {
    let path = env::current_exe().ok()?;
    let metadata = fs::metadata(&path).ok()?;
    let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let version = env!("CARGO_PKG_VERSION");
    Some(format!(
        "{version} {} {modified:?} {}",
        path.display(),
        metadata.len()
    ))
}

/// The digest of files, and of all that is in folders, with the paths.
fn digest(outputs: &[Place]) -> Result<String, Failure> {
    let mut digest = Hash::new();
    for place in outputs {
        add(&mut digest, place.to_string().as_bytes());
        match folder::kind(place)? {
            Some(Kind::Folder) => {
                for (path, kind) in folder::list(place)? {
                    add(&mut digest, path.to_string_lossy().as_bytes());
                    add_file(&mut digest, &place.join(&path), kind)?;
                }
            }
            Some(kind) => add_file(&mut digest, place, kind)?,
            None => {}
        }
    }
    Ok(hex(&digest.finalize()))
}

fn add_file(digest: &mut Hash, place: &Place, kind: Kind) -> Result<(), Failure> {
    add(digest, kind.as_str().as_bytes());
    if kind == Kind::File {
        let bytes = fs::read(place.path()).map_err(Action::Read.failed(place))?;
        add(digest, &bytes);
    }
    Ok(())
}

/// Adds bytes with their length, so that no two lists of texts give the same bytes.
fn add(digest: &mut Hash, bytes: &[u8]) {
    digest.update(bytes.len().to_le_bytes());
    digest.update(bytes);
}

/// A digest in hexadecimal digits.
pub fn hex(digest: &[u8]) -> String {
    let mut text = String::new();
    for byte in digest {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The files that `generate` writes for a target, and the folders that belong to it whole.
fn outputs(target: &Target) -> Vec<Place> {
    match target.layout {
        Layout::Module => vec![target.out.clone()],
        Layout::Flat | Layout::Groups => ["Cargo.toml", "bindings.json", "src"]
            .map(|name| target.out.join(Path::new(name)))
            .into(),
    }
}
