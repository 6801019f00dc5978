//! Which operations are wanted: by their ids, by their tags, or all.
//!
//! ```yaml
//! paths:
//!   /images:
//!     get: {operationId: listImages, tags: [Images]}   # --operation listImages, or --tag Images
//! ```
//!
//! A tag stands for the operations that have it. Behind [`selected`] there are ids only.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::document::Document;

use super::Lowering;
use super::path::{Found, find};

/// The ids of the operations that are wanted: those given, then those of the operations with one of the tags, in the order
/// of the document. None means all.
///
/// # Errors
///
/// A tag that no operation has; beside it, an id that no operation has.
pub fn selected(
    document: &Document,
    operations: &[String],
    tags: &[String],
) -> Result<Vec<String>, Diagnostics> {
    if tags.is_empty() {
        return Ok(operations.to_vec());
    }
    let mut lowering = Lowering::new(document);
    lowering.check_version();
    let found = find(document);
    lowering.unknown_operations(&found, operations);
    lowering.unknown_tags(&found, tags);
    let mut ids = operations.to_vec();
    for one in &found {
        if tags.iter().any(|tag| one.has_tag(tag)) && !ids.contains(&one.id) {
            ids.push(one.id.clone());
        }
    }
    lowering.findings.problems.finish(ids, document.sources())
}

/// The operations with these ids, in the order of the document.
///
/// # Errors
///
/// As [`operations`](super::operations), and an id that no operation has, or that two have.
pub fn select<'d>(
    document: &'d Document,
    operations: &[String],
) -> Result<Vec<Found<'d>>, Diagnostics> {
    let mut lowering = Lowering::new(document);
    lowering.check_version();
    let mut found = find(document);
    lowering.check_ids(&found, operations);
    found.retain(|found| operations.contains(&found.id));
    let problems = lowering.findings.problems;
    problems.finish(found, document.sources())
}

impl<'d> Lowering<'d> {
    /// Reports an id that two operations have, and one that is wanted and that none has.
    ///
    /// Where neither of the two is wanted, the others are what they would be without them.
    pub(super) fn check_ids(&mut self, found: &[Found<'d>], selected: &[String]) {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for operation in found {
            let Some(id_at) = &operation.id_at else {
                continue;
            };
            if !seen.insert(operation.id.as_str()) {
                let message = format!("two operations have the id `{}`", operation.id);
                let problem = Diagnostic::new(Code::DuplicateOperation, id_at, message)
                    .label("again here")
                    .help("give each operation an id of its own");
                let wanted = selected.is_empty() || selected.contains(&operation.id);
                self.findings.push(if wanted {
                    problem
                } else {
                    problem.assuming("neither of them is selected")
                });
            }
        }
        self.unknown_operations(found, selected);
    }

    fn unknown_operations(&mut self, found: &[Found<'d>], wanted: &[String]) {
        let known: BTreeSet<&str> = found.iter().map(|found| found.id.as_str()).collect();
        for id in wanted.iter().filter(|id| !known.contains(id.as_str())) {
            let near = suggest(id, found.iter().map(|found| found.id.as_str()));
            let message = format!("there is no operation `{id}`");
            self.unknown(Code::UnknownOperation, message, near);
        }
    }

    fn unknown_tags(&mut self, found: &[Found<'d>], wanted: &[String]) {
        for tag in wanted {
            if !found.iter().any(|found| found.has_tag(tag)) {
                let near = suggest(tag, found.iter().flat_map(Found::tags));
                let message = format!("no operation has the tag `{tag}`");
                self.unknown(Code::UnknownTag, message, near);
            }
        }
    }

    /// Reports that no operation is what was asked for.
    fn unknown(&mut self, code: Code, message: String, near: Option<&str>) {
        let root = self.document.root();
        let help = near.map_or_else(
            || "`cargo xtask operations` lists the operations of a description".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let problem = Diagnostic::new(code, &root.get("paths").unwrap_or(root), message);
        self.findings
            .push(problem.at_key().label("none of these").help(help));
    }
}
