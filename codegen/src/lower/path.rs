//! Paths: where the operations stand.
//!
//! ```yaml
//! paths:
//!   /images/edits:                            # a Path Item Object
//!     parameters: []                          # for each of its operations
//!     post: {operationId: createImageEdit}    # Found { id: createImageEdit, method: POST, path: /images/edits }
//!   /images/edits/v2: {$ref: '#/components/pathItems/Edits'}
//! ```

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{At, Document, Pointer};

use super::syntax::control_in_url;
use super::{Lowering, keyword};

const METHODS: [(&str, &str); 8] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
];

/// What there is to select.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationSummary {
    /// `operationId`, or the method and path where there is none.
    pub id: String,
    /// As HTTP writes it.
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

/// An operation, where it stands.
pub struct Found<'d> {
    pub id: String,
    /// The `operationId`, if there is one.
    pub id_at: Option<At<'d>>,
    pub method: &'static str,
    pub path: String,
    pub at: At<'d>,
    /// The value of the path: the item, or a reference to it.
    pub entry: At<'d>,
    pub item: At<'d>,
}

impl<'d> Found<'d> {
    /// The names in `tags`.
    pub fn tags(&self) -> impl Iterator<Item = &'d str> {
        let tags = self.at.get("tags");
        let names = tags
            .into_iter()
            .flat_map(|tags| tags.items().collect::<Vec<_>>());
        names.filter_map(|name| name.as_str())
    }

    /// Whether a name is in `tags`.
    pub fn has_tag(&self, name: &str) -> bool {
        self.tags().any(|own| own == name)
    }
}

/// The operations of a document, in its order.
///
/// # Errors
///
/// The document is no `OpenAPI` description of a version that is read.
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
        method: found.method.to_owned(),
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

pub fn find(document: &Document) -> Vec<Found<'_>> {
    let paths = document.root().get("paths");
    let entries = paths.iter().flat_map(At::members);
    let entries = entries.filter(|(path, _)| path.name.starts_with('/'));
    let found = entries.flat_map(|(path, entry)| {
        let item = target(document, &entry).unwrap_or_else(|| entry.clone());
        let methods: Vec<_> = item
            .members()
            .filter_map(|(key, at)| Some((method(&key.name)?, at)))
            .collect();
        methods.into_iter().map(move |(method, at)| {
            let id_at = at.get("operationId");
            let id = id_at.as_ref().and_then(At::as_str).map(str::to_owned);
            Found {
                id: id.unwrap_or_else(|| format!("{} {}", method.to_lowercase(), path.name)),
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

/// The HTTP method that a key of a Path Item Object stands for.
fn method(key: &str) -> Option<&'static str> {
    let mut methods = METHODS.iter();
    methods
        .find(|(wire, _)| *wire == key)
        .map(|(_, method)| *method)
}

/// Whether a member of a Path Item Object with this name is an operation.
pub fn is_method(key: &str) -> bool {
    method(key).is_some()
}

/// The Path Item Object that an entry refers to.
fn target<'d>(document: &'d Document, entry: &At<'d>) -> Option<At<'d>> {
    let reference = entry.get("$ref")?.as_str()?;
    document.at(&Pointer::from_reference(reference).ok()?)
}

impl<'d> Lowering<'d> {
    /// Checks the paths of the wanted operations; of all paths if all operations are wanted.
    pub(super) fn check_paths(&mut self, found: &[Found<'d>], selected: &[String]) {
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
            }
        }
    }
}
