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

use crate::diagnostic::{Code, Diagnostic};
use crate::document::At;
use crate::model::{Doc, Name, Operation};

use crate::lower::http::path::{Found, find};
use crate::lower::http::{by_status, group, header};
use crate::lower::names::name;
use crate::lower::{Lowering, keyword};

impl<'d> Lowering<'d> {
    pub(in crate::lower) fn operations(&mut self, selected: &[String]) -> Vec<Operation> {
        let found = find(self.document);
        self.check_ids(&found, selected);
        self.check_paths(&found, selected);
        if found.is_empty() && !self.findings.problems.has_errors() {
            self.without_operations();
        }
        let common = group::common_segments(&found);
        let wanted = found
            .into_iter()
            .filter(|found| selected.is_empty() || selected.contains(&found.id));
        let mut wanted: Vec<Found<'d>> = wanted.collect();
        // A repeated id has its own report.
        let mut seen = BTreeSet::new();
        wanted.retain(|found| seen.insert(found.id.clone()));
        let wires: Vec<String> = wanted.iter().map(|found| found.id.clone()).collect();
        let names = name::scope(name::Kind::Operation, &wires);
        let groups = self.groups(&wanted, common);
        let mut operations = Vec::new();
        for ((found, name), group) in wanted.into_iter().zip(names).zip(groups) {
            let name = self.renamed(&found.at, name, name::Kind::Operation, "x-rust-name");
            operations.push((found, name, group));
        }
        operations
            .into_iter()
            .map(|(found, name, group)| self.operation(&found, name, group))
            .collect()
    }

    fn without_operations(&mut self) {
        let root = self.document.root();
        let message = "the description has no operations";
        let problem = Diagnostic::new(Code::EmptyPaths, &root.get("paths").unwrap_or(root), message)
            .at_key()
            .label("nothing to call")
            .assuming("a crate without operations is written")
            .help("is this the right file? Operations stand under `paths`, not in `webhooks` or `components`");
        self.findings.push(problem);
    }

    fn operation(&mut self, found: &Found<'d>, name: Name, group: Option<usize>) -> Operation {
        let at = &found.at;
        keyword::check(at, &keyword::OPERATION, &mut self.findings);
        let mut parameters = self.parameters(found, &name);
        let path = self.template(found, &mut parameters);
        let responses = self.responses(found, &name);
        let request = at
            .get("requestBody")
            .and_then(|body| self.request_body(&body, &name));
        Operation {
            doc: self.operation_doc(at),
            method: found.method.clone(),
            path,
            parameters,
            request,
            calls: by_status::calls(&name, &responses),
            errors: by_status::errors(&name),
            headers: header::alias(&name, &responses),
            responses,
            conversions: Vec::new(),
            security: self.security(at),
            servers: self.own_servers(found),
            group,
            origin: at.pointer().clone(),
            name,
        }
    }

    /// `summary` as the first paragraph, then `description`.
    pub(in crate::lower) fn operation_doc(&self, at: &At<'d>) -> Doc {
        let text = |key| {
            at.get(key)
                .and_then(|text| text.as_str())
                .unwrap_or_default()
        };
        let deprecated = at
            .get("deprecated")
            .and_then(|at| at.as_bool())
            .unwrap_or(false);
        crate::lower::doc::doc(
            &format!("{}\n\n{}", text("summary").trim_end(), text("description")),
            deprecated,
            self.base,
        )
    }

    /// The object that a place holds or refers to.
    pub(in crate::lower) fn dereference(&mut self, at: &At<'d>) -> Option<At<'d>> {
        match at.get("$ref") {
            Some(reference) => self.resolve(&reference),
            None => Some(at.clone()),
        }
    }
}
