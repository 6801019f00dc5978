//! Selection of operations: by their ids, by their tags, or all.
//!
//! ```yaml
//! paths:
//!   /images:
//!     get: {operationId: listImages, tags: [Images]}   # --operation listImages, or --tag Images
//! ```
//!
//! A tag selects the operations that have it, or a tag that is nested under it (`parent`, of 3.2).
//! [`selected`] turns tags into ids; the later stages know only ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::document::{At, Document, Version};

use crate::lower::Lowering;
use crate::lower::http::path::{Found, find};

/// The ids of the selected operations: the given ids, then the operations with each of the tags in
/// the order of the document. The list is empty if all operations are selected.
///
/// # Errors
///
/// A tag that no operation has; an id that no operation has, if tags are given.
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
    let nested = nested(document);
    let mut ids = operations.to_vec();
    for tag in tags {
        let family = family(tag, &nested);
        let has_tag = |one: &&Found<'_>| one.tags().any(|own| family.contains(own));
        let tagged: Vec<_> = found.iter().filter(has_tag).collect();
        if tagged.is_empty() {
            lowering.unknown_tag(&found, tag);
        }
        ids.extend(tagged.into_iter().map(|one| one.id.clone()));
    }
    let mut seen = BTreeSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    lowering.findings.problems.finish(ids, document.sources())
}

/// The operations with these ids, in the order of the document.
///
/// # Errors
///
/// As [`operations`](crate::lower::operations), and an id that no operation has, or that two have.
pub(crate) fn select<'d>(
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

/// The tags that are nested directly under each tag.
fn nested(document: &Document) -> BTreeMap<&str, Vec<&str>> {
    let version = Version::of(document).unwrap_or_default();
    let mut nested: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let tags = document.root().get("tags");
    for tag in tags.iter().flat_map(At::items) {
        let name = tag.get("name").and_then(|name| name.as_str());
        if let (Some(name), Some(parent)) = (name, parent(&tag, version)) {
            nested.entry(parent).or_default().push(name);
        }
    }
    nested
}

/// The parent of a Tag Object (`OpenAPI` 3.2.0, section 4.22.1).
pub(crate) fn parent<'d>(tag: &At<'d>, version: Version) -> Option<&'d str> {
    tag.get("parent")
        .filter(|_| version >= Version::V3_2)?
        .as_str()
}

/// A tag, and all tags that are nested under it at any level.
fn family<'t>(tag: &'t str, nested: &BTreeMap<&'t str, Vec<&'t str>>) -> BTreeSet<&'t str> {
    let mut family = BTreeSet::new();
    let mut found = vec![tag];
    while let Some(tag) = found.pop() {
        if family.insert(tag) {
            found.extend(nested.get(tag).into_iter().flatten());
        }
    }
    family
}

impl<'d> Lowering<'d> {
    /// Reports ids that two operations share, and selected ids that no operation has.
    ///
    /// If a shared id is not selected, it is only a warning: the selected operations do not depend
    /// on it.
    pub(in crate::lower) fn check_ids(&mut self, found: &[Found<'d>], selected: &[String]) {
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

    fn unknown_tag(&mut self, found: &[Found<'d>], wanted: &str) {
        let near = suggest(wanted, found.iter().flat_map(Found::tags));
        let message = format!("no operation has the tag `{wanted}`");
        self.unknown(Code::UnknownTag, message, near);
    }

    /// Reports a selected id or tag that matches no operation.
    fn unknown(&mut self, code: Code, message: String, near: Option<&str>) {
        let root = self.document.root();
        let help = near.map_or_else(
            || "the command `operations` lists those of a description".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let problem = Diagnostic::new(code, &root.get("paths").unwrap_or(root), message);
        self.findings
            .push(problem.at_key().label("none of these").help(help));
    }
}
