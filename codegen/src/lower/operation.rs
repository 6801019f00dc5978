//! Operations: every request body in every media type, every response of every status.
//!
//! ```yaml
//! /images/edits:
//!   post:
//!     operationId: createImageEdit          # Operation { name: CreateImageEdit }
//!     requestBody: {content: {multipart/form-data: …, application/json: …}}   # bodies: [Multipart, Json]
//!     responses: {'200': {content: {application/json: …, text/event-stream: …}}} # calls: [call, call_stream]
//! ```

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::document::{At, Document};
use crate::model::{Doc, Name, Operation};

use super::{Lowering, keyword, name};

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
    /// Media types of the request body.
    pub request: Vec<String>,
    /// Status and media type of each response.
    pub responses: Vec<(String, String)>,
}

/// An operation, where it stands.
struct Found<'d> {
    id: String,
    /// The `operationId`, if there is one.
    id_at: Option<At<'d>>,
    method: &'static str,
    path: String,
    at: At<'d>,
    item: At<'d>,
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
    problems.finish(summaries(document), document.sources())
}

fn summaries(document: &Document) -> Vec<OperationSummary> {
    let media_types = |at: Option<At<'_>>| -> Vec<String> {
        let content = at.and_then(|at| at.get("content"));
        content
            .iter()
            .flat_map(At::members)
            .map(|(key, _)| key.name.clone())
            .collect()
    };
    let summary = |found: Found<'_>| {
        let mut responses = Vec::new();
        for (status, response) in found.at.get("responses").iter().flat_map(At::members) {
            let listed = media_types(Some(response));
            let listed = if listed.is_empty() {
                vec![String::new()]
            } else {
                listed
            };
            responses.extend(
                listed
                    .into_iter()
                    .map(|media_type| (status.name.clone(), media_type)),
            );
        }
        OperationSummary {
            id: found.id,
            method: found.method.to_owned(),
            path: found.path,
            summary: found
                .at
                .get("summary")
                .and_then(|text| text.as_str())
                .unwrap_or_default()
                .to_owned(),
            request: media_types(found.at.get("requestBody")),
            responses,
        }
    };
    find(document).into_iter().map(summary).collect()
}

fn find(document: &Document) -> Vec<Found<'_>> {
    let paths = document.root().get("paths");
    let items = paths
        .iter()
        .flat_map(At::members)
        .filter(|(path, _)| path.name.starts_with('/'));
    let operations = items.flat_map(|(path, item)| {
        let methods = item
            .members()
            .collect::<Vec<_>>()
            .into_iter()
            .filter_map(|(key, at)| {
                METHODS
                    .iter()
                    .find(|(wire, _)| *wire == key.name)
                    .map(|(_, method)| (*method, at))
            });
        let methods: Vec<_> = methods.collect();
        methods.into_iter().map(move |(method, at)| {
            let id_at = at.get("operationId");
            let id = id_at.as_ref().and_then(At::as_str).map(str::to_owned);
            let id = id.unwrap_or_else(|| format!("{} {}", method.to_lowercase(), path.name));
            Found {
                id,
                id_at,
                method,
                path: path.name.clone(),
                at,
                item: item.clone(),
            }
        })
    });
    operations.collect()
}

impl<'d> Lowering<'d> {
    pub(super) fn operations(&mut self, selected: &[String]) -> Vec<Operation> {
        let found = find(self.document);
        self.check_ids(&found, selected);
        let wanted = found
            .into_iter()
            .filter(|found| selected.is_empty() || selected.contains(&found.id));
        let mut wanted: Vec<Found<'d>> = wanted.collect();
        // A repeated id is reported as what it is.
        let mut seen = BTreeSet::new();
        wanted.retain(|found| seen.insert(found.id.clone()));
        let wires: Vec<String> = wanted.iter().map(|found| found.id.clone()).collect();
        let names = name::scope(name::Kind::Type, &wires);
        let mut operations = Vec::new();
        for (found, name) in wanted.into_iter().zip(names) {
            let name = self.renamed(&found.at, name, name::Kind::Type, "x-rust-name");
            self.take(&name, &found.at);
            operations.push((found, name));
        }
        operations
            .into_iter()
            .map(|(found, name)| self.operation(&found, name))
            .collect()
    }

    fn check_ids(&mut self, found: &[Found<'d>], selected: &[String]) {
        for (index, operation) in found.iter().enumerate() {
            let repeated = found[..index]
                .iter()
                .any(|earlier| earlier.id == operation.id);
            if let Some(id_at) = operation.id_at.as_ref().filter(|_| repeated) {
                let message = format!("two operations have the id `{}`", operation.id);
                let problem = Diagnostic::new(Code::DuplicateOperation, id_at, message)
                    .label("again here")
                    .help("give each operation an id of its own");
                self.findings.push(problem);
            }
        }
        let paths = self
            .document
            .root()
            .get("paths")
            .unwrap_or_else(|| self.document.root());
        for wanted in selected
            .iter()
            .filter(|wanted| !found.iter().any(|found| found.id == **wanted))
        {
            let near = suggest(wanted, found.iter().map(|found| found.id.as_str()));
            let help = near.map_or_else(
                || "`cargo xtask operations` lists the operations of a description".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let problem = Diagnostic::new(
                Code::UnknownOperation,
                &paths,
                format!("there is no operation `{wanted}`"),
            );
            self.findings
                .push(problem.at_key().label("none of these").help(help));
        }
    }

    fn operation(&mut self, found: &Found<'d>, name: Name) -> Operation {
        let at = &found.at;
        keyword::check(at, &keyword::OPERATION, &mut self.findings);
        self.refuse_parameters(found);
        let responses = self.responses(at, &name);
        let mut body = at
            .get("requestBody")
            .and_then(|body| self.request_body(&body, &name));
        let mut calls = self.calls(at, &responses);
        self.switch_stream(&mut calls, &responses, body.as_mut());
        Operation {
            doc: self.operation_doc(at),
            method: found.method,
            path: found.path.clone(),
            body,
            responses,
            calls,
            conversions: Vec::new(),
            origin: at.pointer().clone(),
            name,
        }
    }

    fn refuse_parameters(&mut self, found: &Found<'d>) {
        let lists = [found.at.get("parameters"), found.item.get("parameters")];
        if found.path.contains('{') && lists.iter().all(Option::is_none) {
            let message = format!(
                "the path `{}` has parameters that are not described",
                found.path
            );
            let problem = Diagnostic::new(Code::MissingKeyword, &found.item, message)
                .at_key()
                .label("no `parameters`")
                .help("describe each of them in `parameters`");
            self.findings.push(problem);
        }
        for list in lists.into_iter().flatten() {
            if list.items().next().is_some() {
                let problem = Diagnostic::new(
                    Code::UnsupportedKeyword,
                    &list,
                    "parameters are not supported",
                )
                .at_key()
                .label("the operation has parameters")
                .help("select operations without parameters with `--operation`");
                self.findings.push(problem);
            }
        }
    }

    /// `summary` as the first paragraph, then `description`.
    fn operation_doc(&self, at: &At<'d>) -> Doc {
        let text = |key| {
            at.get(key)
                .and_then(|text| text.as_str())
                .unwrap_or_default()
        };
        let deprecated = at
            .get("deprecated")
            .and_then(|at| at.as_bool())
            .unwrap_or(false);
        super::doc::doc(
            &format!("{}\n\n{}", text("summary").trim_end(), text("description")),
            deprecated,
            self.base,
        )
    }

    /// The object that a place holds or refers to.
    pub(super) fn dereference(&mut self, at: &At<'d>) -> Option<At<'d>> {
        match at.get("$ref") {
            Some(reference) => self.resolve(&reference),
            None => Some(at.clone()),
        }
    }
}

/// A media type without parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

pub(super) fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence.ends_with("+json")
}
