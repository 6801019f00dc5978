//! Applies an overlay: recorded changes to a description, written as actions of the `OpenAPI` Overlay Specification
//! 1.0 or 1.1.
//!
//! ```
//! use openapi_codegen::document::{Document, Source};
//! use openapi_codegen::overlay;
//!
//! let document = Document::parse(Source::new("openapi.yaml", "info: {title: Images}\nservers: []\n"))?;
//! let changes = "\
//! overlay: 1.1.0
//! info: {title: What we know beyond the description, version: 1.0.0}
//! actions:
//!   - target: $.info
//!     update: {version: 2.0.0}
//!   - target: $.servers
//!     remove: true
//! ";
//! let document = overlay::apply(document, Source::new("overlay.yaml", changes))?;
//! let json = document.root().node().to_json();
//! assert_eq!(json.to_string(), r#"{"info":{"title":"Images","version":"2.0.0"}}"#);
//! # Ok::<(), openapi_codegen::diagnostic::Diagnostics>(())
//! ```
//!
//! Two things are stricter than the specification: a target that selects nothing is an error, because the change it
//! records is lost; and so is an action that neither updates, copies nor removes. `extends` is read and has no effect:
//! the caller says which document the overlay is for.

mod merge;
mod read;
mod tree;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Report};
use crate::document::{At, Document, Node, Source};

use merge::{Mismatch, merge, update};
use read::{Action, Change, Query, Version};
use tree::{Location, Tree};

/// The document with all actions of the overlay done, in their order.
///
/// Nodes that come from the overlay keep their place there, so that later problems point into the overlay.
///
/// # Errors
/// Everything that is wrong with the overlay, or, if nothing is, with its use on this document.
pub fn apply(document: Document, overlay: Source) -> Result<Document, Diagnostics> {
    let (sources, root) = document.into_parts();
    let overlay = Document::parse_after(&sources, overlay)?;
    let (version, actions) = read::overlay(&overlay)?;
    let mut tree = Tree::new(root);
    let mut report = Report::new();
    for action in &actions {
        if let Err(problem) = act(&mut tree, version, action) {
            report.push(problem);
        }
    }
    let document = Document::from_parts(overlay.sources().clone(), tree.into_root());
    report.finish(document, overlay.sources())
}

fn act(tree: &mut Tree, version: Version, action: &Action<'_>) -> Result<(), Diagnostic> {
    let locations = select(tree, &action.target)?;
    match &action.change {
        Change::Remove => remove(tree, &locations, &action.target),
        Change::Update(value) => {
            check_targets(tree, version, &locations, &action.target)?;
            let mismatch = |Mismatch { at, message }: Mismatch<'_>| incompatible(&at, message);
            change(tree, &locations, version, value).map_err(mismatch)
        }
        Change::Copy(query) => {
            check_targets(tree, version, &locations, &action.target)?;
            let copied = copied(tree, query)?;
            let mismatch = |Mismatch { at, message }: Mismatch<'_>| {
                incompatible(
                    &query.at,
                    format!("`{}` of the copied node: {message}", at.pointer()),
                )
            };
            change(tree, &locations, version, &At::root(&copied)).map_err(mismatch)
        }
    }
}

fn select(tree: &Tree, query: &Query<'_>) -> Result<Vec<Location>, Diagnostic> {
    let locations = tree.select(&query.path);
    if locations.is_empty() {
        let message = "nothing in the document is selected";
        let problem = Diagnostic::new(Code::OverlayTargetMissing, &query.at, message);
        return Err(problem
            .help("the document may have changed: correct the expression, or delete the action"));
    }
    Ok(locations)
}

fn remove(tree: &mut Tree, locations: &[Location], target: &Query<'_>) -> Result<(), Diagnostic> {
    if locations.iter().any(Location::is_root) {
        return Err(Diagnostic::new(
            Code::InvalidOverlay,
            &target.at,
            "the whole document cannot be removed",
        )
        .help("select what is to be removed"));
    }
    for location in locations {
        tree.remove(location);
    }
    Ok(())
}

/// All targets of an update must be of one kind, and Overlay 1.0 knows no updates of primitive values.
fn check_targets(
    tree: &Tree,
    version: Version,
    locations: &[Location],
    target: &Query<'_>,
) -> Result<(), Diagnostic> {
    let kinds = locations
        .iter()
        .filter_map(|location| tree.node(location))
        .map(merge::kind);
    let mut kinds: Vec<&str> = kinds.collect();
    kinds.sort_unstable();
    kinds.dedup();
    if let [first, second, ..] = kinds[..] {
        let message = format!("{first} and {second} are selected together");
        let problem = Diagnostic::new(Code::InvalidOverlay, &target.at, message);
        return Err(problem.help("write one action for each, because their updates differ"));
    }
    if version == Version::V1_0 && kinds == [merge::PRIMITIVE] {
        let problem = Diagnostic::new(
            Code::InvalidOverlay,
            &target.at,
            "primitive values are selected",
        );
        return Err(problem.help("select the object that holds them, or write `overlay: 1.1.0`"));
    }
    Ok(())
}

fn copied(tree: &Tree, query: &Query<'_>) -> Result<Node, Diagnostic> {
    let locations = select(tree, query)?;
    match &locations[..] {
        [location] => tree.node(location).cloned(),
        _ => None,
    }
    .ok_or_else(|| {
        let message = format!(
            "{} nodes are selected, where one is to be copied",
            locations.len()
        );
        Diagnostic::new(Code::InvalidOverlay, &query.at, message)
            .help("write an expression that selects one node")
    })
}

fn change<'v>(
    tree: &mut Tree,
    locations: &[Location],
    version: Version,
    value: &At<'v>,
) -> Result<(), Mismatch<'v>> {
    for location in locations {
        tree.change(location, |node| match version {
            Version::V1_0 => update(node, value),
            Version::V1_1 => merge(node, value),
        })?;
    }
    Ok(())
}

fn incompatible(at: &At<'_>, message: String) -> Diagnostic {
    Diagnostic::new(Code::InvalidOverlay, at, message)
        .help("only values of one kind are merged; to replace the old value, remove it in an action before this one")
}
