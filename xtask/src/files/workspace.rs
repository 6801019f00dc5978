//! The Cargo workspace that a folder is in.
//!
//! ```toml
//! # above clients/lamps
//! [workspace]
//! members = ["clients/*"]   # has it
//! ```

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use toml_edit::{Array, DocumentMut};

use crate::failure::{Action, Failure};
use crate::files::place::Place;

/// True for a folder within a workspace that does not have it as a member, and does not exclude
/// it. `folder` is absolute.
///
/// # Errors
/// A manifest above that cannot be read.
pub fn is_left_out(folder: &Path) -> Result<bool, Failure> {
    for above in folder.ancestors().skip(1) {
        let place = Place::given(&above.join("Cargo.toml"));
        let text = match fs::read_to_string(place.path()) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(Action::Read.failed(&place)(error)),
        };
        // Cargo reports the mistake.
        let Ok(manifest) = text.parse::<DocumentMut>() else {
            return Ok(false);
        };
        if let Some(workspace) = manifest.get("workspace") {
            let within = folder.strip_prefix(above).unwrap_or(folder);
            let lists = |key| {
                let listed = workspace.get(key).and_then(toml_edit::Item::as_array);
                listed.is_some_and(|listed| has(listed, within))
            };
            return Ok(!lists("members") && !lists("exclude"));
        }
    }
    Ok(false)
}

/// True if a list of folders has this one, by its path or by a pattern with `*` for names.
fn has(listed: &Array, folder: &Path) -> bool {
    let mut listed = listed.iter().filter_map(|item| item.as_str());
    listed.any(|pattern| {
        let (mut wanted, mut found) = (Path::new(pattern).iter(), folder.iter());
        loop {
            match (wanted.next(), found.next()) {
                (None, None) => return true,
                (Some(wanted), Some(found)) if wanted == "*" || wanted == found => {}
                _ => return false,
            }
        }
    })
}
