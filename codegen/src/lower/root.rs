//! The `OpenAPI` Object: checks that the document is one of a supported version.
//!
//! ```yaml
//! openapi: 3.1.0
//! paths: {}
//! ```

use std::collections::BTreeSet;

use super::{Lowering, keyword};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Version};

impl Lowering<'_> {
    /// Checks the version and the keywords of the root.
    pub(super) fn check_root(&mut self) {
        let root = self.document.root();
        self.check_version();
        if root.as_mapping().is_some() {
            keyword::check(&root, &keyword::OPENAPI, &mut self.findings);
        }
        self.check_self();
        self.check_tags();
        if let Some(components) = root.get("components") {
            keyword::check(&components, &keyword::COMPONENTS, &mut self.findings);
        }
    }

    /// Checks that each tag is described once.
    fn check_tags(&mut self) {
        let tags = self.document.root().get("tags");
        let mut known = BTreeSet::new();
        for at in tags.iter().flat_map(At::items) {
            let Some(at) = at.get("name") else { continue };
            let Some(name) = at.as_str() else { continue };
            if !known.insert(name.to_owned()) {
                let message = format!("the tag `{name}` is described twice");
                let problem = Diagnostic::new(Code::DuplicateTag, &at, message)
                    .label("again")
                    .assuming("the first description is used");
                self.findings.push(problem.help("remove one of the tags"));
            }
        }
    }

    /// Checks that `$self` is a URI reference without a fragment.
    fn check_self(&mut self) {
        let is_read = self.findings.version >= Version::V3_2;
        let own = self.document.root().get("$self").filter(|_| is_read);
        let Some(own) = own else { return };
        let fault = match own.as_str() {
            None => Some("not a string"),
            Some(uri) if uri.contains('#') => Some("this has a fragment"),
            Some(_) => None,
        };
        if let Some(fault) = fault {
            let message = "`$self` is the URI of this document, without a fragment";
            let problem = Diagnostic::new(Code::InvalidReference, &own, message).label(fault);
            let help = "write a URI such as `https://lamps.example/openapi.yaml`";
            self.findings.push(problem.help(help));
        }
    }

    pub(super) fn check_version(&mut self) {
        let root = self.document.root();
        let (at, version) = match (root.get("openapi"), root.get("swagger")) {
            (Some(at), _) => (at.clone(), at.node().to_json().to_string().replace('"', "")),
            (None, Some(at)) => (at, "2.0".to_owned()),
            (None, None) => {
                let problem = Diagnostic::new(
                    Code::MissingKeyword,
                    &root,
                    "this is not an OpenAPI description",
                )
                .label("no `openapi`")
                .help(
                    "is this the right file? An OpenAPI description begins with `openapi: 3.1.0`",
                );
                return self.findings.push(problem);
            }
        };
        let read = Version::of(self.document);
        if read.is_none() {
            let message = format!("OpenAPI {version} is not supported");
            let problem = Diagnostic::new(Code::UnsupportedVersion, &at, message);
            self.findings.push(match version.as_str() {
                "3.0" | "3.1" | "3.2" => problem
                    .label("a version has three numbers")
                    .help(format!("write `openapi: {version}.0`")),
                _ => problem
                    .label("not 3.0, 3.1 or 3.2")
                    .help("convert the description to OpenAPI 3.0, 3.1 or 3.2"),
            });
        }
        let kinds = ["paths", "components", "webhooks"];
        let named = if read >= Some(Version::V3_1) {
            &kinds[..]
        } else {
            &kinds[..1]
        };
        if read.is_some() && !named.iter().any(|key| root.get(key).is_some()) {
            let problem = Diagnostic::new(
                Code::MissingKeyword,
                &root,
                "the description has no `paths`",
            );
            self.findings.push(
                problem
                    .label("nothing to generate")
                    .help("add `paths` with the operations"),
            );
        }
    }
}
