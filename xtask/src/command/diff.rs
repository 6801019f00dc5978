//! The changes from one description to another.
//!
//! ```json
//! {"status": "breaking", "rust": "breaking", "wire": "additive", "step": "major", "next_version": null, "counts": {}, "changes": [], "diagnostics": []}
//! ```
//!
//! `status` is `clean`, `breaking` or `error`; with `error`, the only other member is
//! `diagnostics`.

use openapi_codegen::diff::Verdict;
use openapi_codegen::document::Document;
use openapi_codegen::selected;
use serde_json::json;

use crate::arguments::{DiffArguments, DiffFormat};
use crate::failure::Failure;
use crate::files::input;
use crate::files::place::Place;
use crate::files::project::Project;
use crate::files::version::Version;
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
        let project = owner(&arguments.descriptions())?;
        let layout = arguments.layout(project.settings.layout);
        let comparison = Comparison::new((old, &of_old), (new, &of_new), layout)?;
        let out = project.settings.out.as_deref();
        let version = out.and_then(|out| Version::of_crate(&project.place(out)));
        Ok(comparison.of_version(version))
    });
    match comparison {
        Ok(comparison) => Answer {
            form: form(&comparison, arguments.format, environment),
            annotations: comparison.annotations(),
            exit: exit(&comparison),
        },
        Err(error) => {
            let rest = (arguments.format == DiffFormat::Json).then(|| json!({}));
            Answer::failed(&error, rest, environment)
        }
    }
}

/// The project, if one of these is its description; else one without settings.
fn owner(descriptions: &[Place]) -> Result<Project, Failure> {
    let project = Project::find()?;
    let spec = project.settings.spec.as_deref();
    let spec = spec.and_then(|spec| project.place(spec).resolve().ok());
    let is_own = |place: &Place| spec.is_some() && place.resolve().ok() == spec;
    if descriptions.iter().any(is_own) {
        Ok(project)
    } else {
        Ok(Project::default())
    }
}

fn form(comparison: &Comparison, format: DiffFormat, environment: &Environment) -> Form {
    match format {
        DiffFormat::Text => Form::Results(comparison.text(environment.stdout_color)),
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
