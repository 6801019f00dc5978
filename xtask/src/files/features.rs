//! The Cargo features of a crate whose modules are groups of operations.
//!
//! ```
//! use openapi_rust::files::features;
//!
//! let groups = ["files", "images"].map(str::to_owned);
//! let text = features::with_groups("[package]\nname = \"lamps\" # mine\n", &groups)?;
//! assert_eq!(text, "\
//! [package]
//! name = \"lamps\" # mine
//!
//! [features]
//! default = [\"full\"]
//! full = [\"files\", \"images\"]
//! files = []
//! images = []
//! ");
//! assert_eq!(features::with_groups(&text, &groups)?, text);
//! # Ok::<(), toml_edit::TomlError>(())
//! ```
//!
//! `full` and the features of the groups are the generator's. `default` is written together with
//! the first `full`, unless it asks for something already; from then on it is the owner's, as is
//! the rest of the manifest.

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, TomlError, value};

/// All features of groups.
const FULL: &str = "full";

/// The features of callers who name none.
const DEFAULT: &str = "default";

/// Maximum length of a list on one line.
const LINE: usize = 100;

/// The text of a manifest with the features of these groups.
///
/// # Errors
/// A text that is not TOML. A `features` that is not a table stays as it is, since Cargo refuses
/// it.
pub fn with_groups(manifest: &str, groups: &[String]) -> Result<String, TomlError> {
    let mut document: DocumentMut = manifest.parse()?;
    let features = document.entry("features");
    let features = features.or_insert_with(|| Item::Table(Table::new()));
    if let Some(features) = features.as_table_like_mut() {
        write(features, groups);
    }
    Ok(document.to_string())
}

fn write(features: &mut dyn TableLike, groups: &[String]) {
    let before = features.get(FULL).map(names);
    if before.is_none() && features.get(DEFAULT).is_none_or(is_empty) {
        set(features, DEFAULT, list(&[FULL.to_owned()]));
    }
    if before.as_deref() != Some(groups) {
        set(features, FULL, list(groups));
    }
    // A feature of the owner in `full` may have other uses.
    let gone = before.into_iter().flatten();
    for name in gone.filter(|name| !groups.contains(name)) {
        if features.get(&name).is_some_and(is_empty) {
            features.remove(&name);
        }
    }
    for group in groups {
        if !features.get(group).is_some_and(is_empty) {
            set(features, group, Array::new());
        }
    }
}

/// Sets a feature, and leaves the comments beside it.
fn set(features: &mut dyn TableLike, name: &str, mut list: Array) {
    let Some(known) = features.get_mut(name) else {
        features.insert(name, value(list));
        return;
    };
    if let Some(known) = known.as_array() {
        *list.decor_mut() = known.decor().clone();
    }
    *known = value(list);
}

fn is_empty(feature: &Item) -> bool {
    feature.as_array().is_some_and(Array::is_empty)
}

/// The entries of a feature.
fn names(feature: &Item) -> Vec<String> {
    let items = feature.as_array().into_iter().flatten();
    items
        .map(|item| item.as_str().unwrap_or_default().to_owned())
        .collect()
}

/// A list, with a line for each name if all are too long for one.
fn list(names: &[String]) -> Array {
    let mut list: Array = names.iter().collect();
    if list.to_string().len() > LINE {
        for item in list.iter_mut() {
            item.decor_mut().set_prefix("\n    ");
        }
        list.set_trailing("\n");
        list.set_trailing_comma(true);
    }
    list
}
