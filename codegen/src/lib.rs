//! Reads an `OpenAPI` 3.0, 3.1 or 3.2 description and writes the Rust source of a client crate.
//!
//! ```text
//! Document::parse    text                 -> nodes with places
//! overlay::apply     nodes and an overlay -> nodes
//! lower              nodes                -> Api, with every decision taken
//! emit               Api                  -> modules of syn items; cannot fail
//! render             modules              -> files; cannot fail
//! bindings           Api                  -> where each symbol comes from, as JSON; cannot fail
//! slice              nodes and ids        -> the text that some operations need
//! ```
//!
//! This crate does not access files, the time or the environment.

#![warn(unreachable_pub)]

pub mod audit;
pub mod bindings;
pub mod diagnostic;
pub mod diff;
pub mod document;
pub mod emit;
mod json_path;
pub mod lower;
pub mod model;
pub mod overlay;
mod parallel;
pub mod render;
pub mod site;
pub mod slice;
mod spelling;
mod stack;
mod visible;
pub mod vocabulary;
mod wrap;

pub use bindings::bindings;
pub use emit::emit;
pub use lower::{
    LeftOut, OperationSummary, Supported, check, lower, operations, selected, supported,
};
pub use model::Layout;
pub use render::{File, render};
pub use slice::slice;
pub use visible::{code_span, escaped};

use diagnostic::Diagnostics;
use document::Document;
use emit::Module;
use model::{Api, Note};

/// The input of [`generate`] beside the document.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    /// Ids of the operations; empty means all.
    pub operations: &'a [String],
    /// The name of the crate, for the programs in its documentation and for the bindings.
    pub crate_name: &'a str,
    /// The distribution of items over modules.
    pub layout: Layout,
}

/// The source of a crate, and notes on what the source does not express.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The files in no particular order; the paths are distinct.
    pub files: Vec<File>,
    /// The text of `bindings.json`: the origin of each symbol.
    pub bindings: String,
    /// The Cargo features of the groups; empty for a flat crate.
    pub features: Vec<String>,
    /// Number of operations.
    pub operations: usize,
    /// Number of types.
    pub types: usize,
    /// Keywords that are documentation only.
    pub notes: Vec<Note>,
    /// Places whose values stay untyped JSON.
    pub untyped: Vec<Note>,
    /// Warnings: faults of the document, each with the fallback that was used.
    pub warnings: Diagnostics,
}

/// Runs all stages.
///
/// # Errors
///
/// Every problem of the document that the selected operations reach, if there is an error among
/// them.
pub fn generate(document: &Document, selection: &Selection<'_>) -> Result<Generated, Diagnostics> {
    let api = lower(document, selection.operations, selection.layout)?;
    let crate_name = selection.crate_name.replace('-', "_");
    let files = files(&api, &crate_name, selection.layout);
    Ok(Generated {
        files,
        bindings: bindings(&api, &crate_name),
        features: api
            .groups
            .iter()
            .map(|group| group.feature().to_owned())
            .collect(),
        operations: api.operations.len(),
        types: api.types.len(),
        notes: api.notes,
        untyped: api.untyped,
        warnings: api.warnings,
    })
}

/// The files of a crate. Modules are made while they are printed, and each thread makes its own.
fn files(api: &Api, crate_name: &str, layout: Layout) -> Vec<File> {
    let modules = || match layout {
        Layout::Flat | Layout::Groups => emit(api, crate_name),
        Layout::Module => emit::as_module(emit(api, crate_name)),
    };
    parallel::each(modules().len(), || {
        let mut modules: Vec<Option<Module<'_>>> = modules().into_iter().map(Some).collect();
        move |index| modules[index].take().map(render)
    })
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    const IO: [&str; 5] = [
        "std::env",
        "std::fs",
        "std::net",
        "std::process",
        "std::time",
    ];

    /// The source of the package: all but unit tests, which end their file.
    fn visit(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                visit(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a file");
                let text = text.split("#[cfg(test)]").next().unwrap_or_default();
                let used = IO.iter().filter(|name| text.contains(*name));
                found.extend(used.map(|name| format!("{}: {name}", path.display())));
            }
        }
    }

    #[test]
    fn nothing_here_does_io() {
        let mut found = Vec::new();
        visit(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut found,
        );
        assert!(found.is_empty(), "{found:?}");
    }
}
