//! What has changed from one description to another.
//!
//! ```json
//! {"status": "breaking", "rust": "breaking", "wire": "additive", "step": "major", "counts": {}, "changes": [], "diagnostics": []}
//! ```
//!
//! `status` is `clean`, `breaking` or `error`; with `error`, there are no other members than `diagnostics`.

use openapi_codegen::diff::Verdict;
use openapi_codegen::document::Document;
use openapi_codegen::selected;
use serde_json::json;

use crate::arguments::{DiffArguments, DiffFormat};
use crate::files::input;
use crate::output::answer::{Answer, Form};
use crate::output::comparison::Comparison;
use crate::{Environment, Exit};

/// Runs `diff`.
pub fn run(arguments: &DiffArguments, environment: &Environment) -> Answer {
    let [old, new] = arguments.descriptions();
    let documents = input::read_both(&old, &new, &arguments.overlays());
    let comparison = documents.and_then(|[old, new]| {
        let operations =
            |document: &Document| selected(document, &arguments.operation, &arguments.tag);
        let [of_old, of_new] = [operations(&old)?, operations(&new)?];
        Ok(Comparison::new(
            (old, &of_old),
            (new, &of_new),
            arguments.layout(),
        )?)
    });
    match comparison {
        Ok(comparison) => Answer::new(form(&comparison, arguments.format), exit(&comparison)),
        Err(error) => {
            let rest = (arguments.format == DiffFormat::Json).then(|| json!({}));
            Answer::failed(&error, rest, environment)
        }
    }
}

fn form(comparison: &Comparison, format: DiffFormat) -> Form {
    match format {
        DiffFormat::Text => Form::Results(comparison.text()),
        DiffFormat::Markdown => Form::Results(comparison.markdown()),
        DiffFormat::Json => {
            let mut report = comparison.json();
            let breaking = comparison.verdict() == Verdict::Breaking;
            report["status"] = json!(if breaking { "breaking" } else { "clean" });
            report["diagnostics"] = json!([]);
            Form::Json(report)
        }
    }
}

fn exit(comparison: &Comparison) -> Exit {
    match comparison.verdict() {
        Verdict::Breaking => Exit::Findings,
        Verdict::Compatible | Verdict::Additive => Exit::Clean,
    }
}
