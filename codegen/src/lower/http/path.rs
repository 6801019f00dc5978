//! Paths: the places of operations.
//!
//! ```yaml
//! paths:
//!   /images/edits:                            # a Path Item Object
//!     parameters: []                          # for each of its operations
//!     post: {operationId: createImageEdit}    # Found { id: createImageEdit, method: POST, path: /images/edits }
//!     additionalOperations:                     # of 3.2
//!       COPY: {operationId: copyImageEdit}      # Found { id: copyImageEdit, method: COPY, path: /images/edits }
//!   /images/edits/v2: {$ref: '#/components/pathItems/Edits'}
//! ```

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{At, Document, Pointer, Version};
use crate::visible::escaped;

use crate::lower::http::method::{METHODS, is_additional, method};
use crate::lower::syntax::{control_in_url, is_token};
use crate::lower::{Lowering, keyword};

/// An operation for a list of all operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationSummary {
    /// `operationId`, or the method and path where there is none.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// `summary`.
    pub summary: String,
    /// `tags`.
    pub tags: Vec<String>,
    /// Media types of the request body.
    pub request: Vec<String>,
    /// Status and media type of each response.
    pub responses: Vec<(String, String)>,
}

/// An operation and its place.
pub(crate) struct Found<'d> {
    pub id: String,
    /// The `operationId`, if there is one.
    pub id_at: Option<At<'d>>,
    pub method: String,
    pub path: String,
    pub at: At<'d>,
    /// The value of the path: the item, or a reference to it.
    pub entry: At<'d>,
    pub item: At<'d>,
}

impl<'d> Found<'d> {
    /// The names in `tags`.
    pub(crate) fn tags(&self) -> impl Iterator<Item = &'d str> {
        let tags = self.at.get("tags");
        let names = tags
            .into_iter()
            .flat_map(|tags| tags.items().collect::<Vec<_>>());
        names.filter_map(|name| name.as_str())
    }
}

/// The operations of a document, in its order.
///
/// # Errors
///
/// The document is not an `OpenAPI` description of a supported version.
pub fn operations(document: &Document) -> Result<Vec<OperationSummary>, Diagnostics> {
    let mut lowering = Lowering::new(document);
    lowering.check_version();
    let problems = lowering.findings.problems;
    let summaries = find(document).iter().map(summary).collect();
    problems.finish(summaries, document.sources())
}

fn summary(found: &Found<'_>) -> OperationSummary {
    let mut responses = Vec::new();
    for (status, response) in found.at.get("responses").iter().flat_map(At::members) {
        let mut listed = media_types(Some(response));
        if listed.is_empty() {
            listed.push(String::new());
        }
        responses.extend(
            listed
                .into_iter()
                .map(|media_type| (status.name.clone(), media_type)),
        );
    }
    let text = |key| found.at.get(key).and_then(|text| text.as_str());
    OperationSummary {
        id: found.id.clone(),
        method: found.method.clone(),
        path: found.path.clone(),
        summary: text("summary").unwrap_or_default().to_owned(),
        tags: found.tags().map(str::to_owned).collect(),
        request: media_types(found.at.get("requestBody")),
        responses,
    }
}

fn media_types(at: Option<At<'_>>) -> Vec<String> {
    let content = at.and_then(|at| at.get("content"));
    let members = content.iter().flat_map(At::members);
    members.map(|(key, _)| key.name.clone()).collect()
}

pub(crate) fn find(document: &Document) -> Vec<Found<'_>> {
    let paths = document.root().get("paths");
    let version = Version::of(document).unwrap_or_default();
    let entries = paths.iter().flat_map(At::members);
    let entries = entries.filter(|(path, _)| path.name.starts_with('/'));
    let found = entries.flat_map(|(path, entry)| {
        let item = target(document, &entry).unwrap_or_else(|| entry.clone());
        let operations = operations_of(&item, version);
        operations.into_iter().map(move |(key, method, at)| {
            let id_at = at.get("operationId");
            let id = id_at.as_ref().and_then(At::as_str).map(str::to_owned);
            Found {
                id: id.unwrap_or_else(|| format!("{key} {}", path.name)),
                id_at,
                method,
                path: path.name.clone(),
                at,
                entry: entry.clone(),
                item: item.clone(),
            }
        })
    });
    found.collect()
}

/// The operations of a Path Item Object, each with its key and its method.
fn operations_of<'d>(item: &At<'d>, version: Version) -> Vec<(&'d str, String, At<'d>)> {
    let mut operations = Vec::new();
    for (key, at) in item.members() {
        if let Some(method) = method(&key.name, version) {
            operations.push((key.name.as_str(), method.to_owned(), at));
        } else if is_additional(&key.name, version) {
            let additional = at.members();
            operations
                .extend(additional.map(|(key, at)| (key.name.as_str(), key.name.clone(), at)));
        }
    }
    operations
}

/// The Path Item Object that an entry refers to.
fn target<'d>(document: &'d Document, entry: &At<'d>) -> Option<At<'d>> {
    let reference = entry.get("$ref")?.as_str()?;
    document.at(&Pointer::from_reference(document.local(reference)?).ok()?)
}

impl<'d> Lowering<'d> {
    /// Checks the paths of the wanted operations; of all paths if all operations are wanted.
    pub(in crate::lower) fn check_paths(&mut self, found: &[Found<'d>], selected: &[String]) {
        let Some(paths) = self.document.root().get("paths") else {
            return;
        };
        for (path, entry) in paths.members() {
            let wanted =
                |found: &Found<'_>| found.path == path.name && selected.contains(&found.id);
            if !selected.is_empty() && !found.iter().any(wanted) {
                continue;
            }
            if path.name.starts_with("x-") {
                continue;
            }
            if !path.name.starts_with('/') {
                let message = format!("`{}` is not a path: a path begins with `/`", path.name);
                let problem = Diagnostic::new(Code::InvalidKey, &entry, message).at_key();
                self.findings.push(
                    problem
                        .label("no `/`")
                        .help(format!("write `/{}`", path.name)),
                );
            }
            let control = control_in_url("the path", &path.name, &entry);
            self.findings
                .problems
                .extend(control.map(Diagnostic::at_key));
            if let Some(item) = self.dereference(&entry) {
                keyword::check(&item, &keyword::PATH_ITEM, &mut self.findings);
                self.check_additional(&item);
            }
        }
    }

    /// Reports additional operations whose key is not a method, or is a method with a key of its
    /// own.
    fn check_additional(&mut self, item: &At<'d>) {
        let version = self.findings.version;
        let additional = item
            .members()
            .filter(|(key, _)| is_additional(&key.name, version));
        for (key, at) in additional.flat_map(|(_, at)| at.members().collect::<Vec<_>>()) {
            let name = key.name.as_str();
            let known = METHODS
                .iter()
                .find(|(wire, _)| name.eq_ignore_ascii_case(wire));
            let problem = |code, message: String| Diagnostic::new(code, &at, message).at_key();
            if let Some((wire, _)) = known {
                let message = format!("`{name}` is not an additional method");
                let problem = problem(Code::InvalidKey, message);
                let help = format!("write the operation as `{wire}` of the path");
                self.findings
                    .push(problem.label("this method has a key of its own").help(help));
            } else if !is_token(name) {
                let message = format!("`{}` is not an HTTP method", escaped(name));
                let problem = problem(Code::InvalidSyntax, message).label("not a token");
                let help = "write letters, digits and `-` only (RFC 9110, section 9.1)";
                self.findings.push(problem.help(help));
            }
        }
    }
}
