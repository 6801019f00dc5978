//! Applies an overlay: recorded changes to a description, written as actions of the `OpenAPI`
//! Overlay Specification 1.0 or 1.1.
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
//! Two things are stricter than the specification: a target that selects nothing is an error,
//! because the change it records is lost; and so is an action that neither updates, copies nor
//! removes. [`attempt`] is for a newer revision of a document: it tolerates actions that have lost
//! their targets, and reports actions that are no longer needed. `extends` is read and has no
//! effect: the caller selects the document.

mod merge;
mod read;
mod tree;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Report};
use crate::document::{At, Document, Node, Pointer, Source};

use merge::Mismatch;
use read::{Action, Change, Query, Version};

/// Applies all actions of the overlay to the document, in their order.
///
/// Nodes that come from the overlay keep their place there, so that later problems point into the
/// overlay.
///
/// # Errors
/// All problems of the overlay, or if there are none, those of its application to this document.
pub fn apply(document: Document, overlay: Source) -> Result<Document, Diagnostics> {
    let (document, mut problems) = act_on(document, overlay)?;
    problems.retain(Diagnostic::is_error);
    let sources = document.sources().clone();
    problems.finish(document, &sources)
}

/// The result of the applicable actions of an overlay.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The document after these actions, in their order.
    pub document: Document,
    /// The actions that are left out because one of their expressions selects nothing:
    /// [`OverlayTargetMissing`](Code::OverlayTargetMissing).
    pub missing: Option<Diagnostics>,
    /// The actions whose targets already had each member and each element:
    /// [`OverlayNeedless`](Code::OverlayNeedless).
    pub needless: Option<Diagnostics>,
}

/// Applies the applicable actions of the overlay, in their order. Reports those that are left out,
/// and those that are needless.
///
/// A needless action is applied like any other: an element that is already in an array is appended
/// again. Values are the same if they are written the same: `1` is not `1.0`.
///
/// # Errors
/// The errors of [`apply`], without those of a missing target.
pub fn attempt(document: Document, overlay: Source) -> Result<Attempt, Diagnostics> {
    let (document, problems) = act_on(document, overlay)?;
    let problems = problems.only_warnings(document.sources());
    let problems = problems.unwrap_or_else(|with_errors| with_errors);
    let those = |wanted: fn(Code) -> bool| problems.clone().only(|problem| wanted(problem.code));
    match those(|code| !matches!(code, Code::OverlayTargetMissing | Code::OverlayNeedless)) {
        Some(errors) => Err(errors),
        None => Ok(Attempt {
            missing: those(|code| code == Code::OverlayTargetMissing),
            needless: those(|code| code == Code::OverlayNeedless),
            document,
        }),
    }
}

/// Applies all actions that can be applied. Returns the document, and the problems of the others.
fn act_on(document: Document, overlay: Source) -> Result<(Document, Report), Diagnostics> {
    let (sources, mut root) = document.into_parts();
    let overlay = Document::parse_after(&sources, overlay)?;
    let (version, actions) = read::overlay(&overlay)?;
    let mut problems = Report::new();
    for action in &actions {
        if let Err(problem) = act(&mut root, version, action, &mut problems) {
            problems.push(problem);
        }
    }
    let document = Document::from_parts(overlay.sources().clone(), root);
    Ok((document, problems))
}

fn act(
    root: &mut Node,
    version: Version,
    action: &Action<'_>,
    problems: &mut Report,
) -> Result<(), Diagnostic> {
    let Action { target, change } = action;
    let locations = select(root, target)?;
    let copy;
    let value = match change {
        Change::Remove => return remove(root, &locations, target),
        Change::Update(value) => value.clone(),
        Change::Copy(query) => {
            copy = copied(root, query)?;
            At::root(&copy)
        }
    };
    check_targets(root, version, &locations, target)?;
    if tree::nodes(root, &locations).all(|node| merge::has(version, node, value.node())) {
        let message = "this action is needless: the description already contains the change";
        let problem = Diagnostic::new(Code::OverlayNeedless, &target.at, message);
        let problem = problem.assuming("the action is applied anyway");
        problems.push(problem.help("delete the action"));
    }
    for location in &locations {
        let Some(node) = tree::node_mut(root, location) else {
            continue;
        };
        merge::merge(version, node, &value).map_err(|Mismatch { at, message }| match change {
            Change::Copy(query) => {
                let place = at.pointer();
                incompatible(
                    &query.at,
                    format!("`{place}` of the copied node: {message}"),
                )
            }
            Change::Update(_) | Change::Remove => incompatible(&at, message),
        })?;
    }
    Ok(())
}

fn select(root: &Node, query: &Query<'_>) -> Result<Vec<Pointer>, Diagnostic> {
    let locations = tree::select(root, &query.path);
    if locations.is_empty() {
        let message = "nothing in the document is selected";
        let problem = Diagnostic::new(Code::OverlayTargetMissing, &query.at, message);
        return Err(problem
            .help("the document may have changed: correct the expression, or delete the action"));
    }
    Ok(locations)
}

fn remove(root: &mut Node, locations: &[Pointer], target: &Query<'_>) -> Result<(), Diagnostic> {
    if locations.contains(&Pointer::root()) {
        return Err(Diagnostic::new(
            Code::InvalidOverlay,
            &target.at,
            "the whole document cannot be removed",
        )
        .help("select the part to remove"));
    }
    for location in locations {
        tree::remove(root, location);
    }
    Ok(())
}

/// Overlay 1.0 has no updates of primitive values; in 1.1, all targets must be of one kind.
fn check_targets(
    root: &Node,
    version: Version,
    locations: &[Pointer],
    target: &Query<'_>,
) -> Result<(), Diagnostic> {
    let nodes = tree::nodes(root, locations);
    let mut kinds: Vec<&str> = nodes.map(merge::kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let (message, help) = match (version, &kinds[..]) {
        (Version::V1_0, kinds) if kinds.contains(&merge::PRIMITIVE) => (
            "primitive values are selected".to_owned(),
            "select the object that holds them, or write `overlay: 1.1.0`",
        ),
        (Version::V1_1, [first, second, ..]) => (
            format!("{first} and {second} are selected together"),
            "write one action for each, because their updates differ",
        ),
        _ => return Ok(()),
    };
    Err(Diagnostic::new(Code::InvalidOverlay, &target.at, message).help(help))
}

fn copied(root: &Node, query: &Query<'_>) -> Result<Node, Diagnostic> {
    let locations = select(root, query)?;
    match &locations[..] {
        [location] => tree::node(root, location).cloned(),
        _ => None,
    }
    .ok_or_else(|| {
        let message = format!(
            "{} nodes are selected, but only one can be copied",
            locations.len()
        );
        Diagnostic::new(Code::InvalidOverlay, &query.at, message)
            .help("write an expression that selects one node")
    })
}

fn incompatible(at: &At<'_>, message: String) -> Diagnostic {
    Diagnostic::new(Code::InvalidOverlay, at, message)
        .help("only values of one kind are merged; to replace the old value, remove it in an action before this one")
}
