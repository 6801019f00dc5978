//! The result of `update`, as text, as Markdown and as JSON.
//!
//! ```text
//! no changes
//!
//! wrote spec/openapi.source.json
//! updated: 1 file written, 0 removed
//! ```
//!
//! ```json
//! {"status": "updated", "step": "none", "changes": [], "needless": [], "written": ["spec/openapi.source.json"], "removed": []}
//! ```
//!
//! `needless` has the actions of overlays to delete, `diagnostics` every warning, and why there
//! was no comparison. `status` is `updated`, `breaking` (updated, and something breaks) or
//! `error`; the other members are those of a comparison, and are left out where there was nothing
//! to compare with.

use openapi_codegen::diagnostic::{Code, Diagnostics};
use openapi_codegen::diff::Verdict;
use serde_json::{Value, json};

use crate::arguments::DiffFormat;
use crate::command::update::{Before, Update};
use crate::error::Error;
use crate::files::place::Place;
use crate::output::answer::{Answer, Form};
use crate::output::github::Annotation;
use crate::output::report;
use crate::{Environment, Exit};

/// The update in a format.
pub fn answer(
    updated: Result<Update, Error>,
    format: DiffFormat,
    environment: &Environment,
) -> Answer {
    let update = match updated {
        Ok(update) => update,
        Err(error) => {
            let rest = (format == DiffFormat::Json).then(|| json!({}));
            return Answer::failed(&error, rest, environment);
        }
    };
    let form = match format {
        DiffFormat::Text => Form::Results(text(&update, environment)),
        DiffFormat::Markdown => Form::Results(markdown(&update)),
        DiffFormat::Json => Form::Json(json(&update)),
    };
    let exit = match update.verdict() {
        Verdict::Breaking => Exit::Findings,
        Verdict::Compatible | Verdict::Additive => Exit::Clean,
    };
    let mut annotations = Annotation::of_problems(&update.warnings);
    if let Before::Compared(comparison) = &update.before {
        annotations.extend(comparison.annotations());
    }
    Answer {
        form,
        annotations,
        exit,
    }
}

/// The actions of overlays that can be deleted, if there are any.
fn needless(update: &Update) -> Option<Diagnostics> {
    let warnings = update.warnings.clone();
    warnings.only(|warning| warning.code == Code::OverlayNeedless)
}

fn text(update: &Update, environment: &Environment) -> String {
    let mut parts = vec![match &update.before {
        Before::None => "the first revision\n".to_owned(),
        Before::Refused(error) => format!(
            "not compared, since there are problems in the revision before:\n\n{}",
            error.render(&environment.program, environment.stdout_color)
        ),
        Before::Compared(comparison) => comparison.text(environment.stdout_color),
    }];
    if let Some(needless) = needless(update) {
        parts.push(format!("{}\n", needless.render(environment.stdout_color)));
    }
    let wrote = update
        .written
        .iter()
        .map(|place| format!("wrote {place}\n"));
    let removed = update
        .removed
        .iter()
        .map(|place| format!("removed {place}\n"));
    let files = if update.written.len() == 1 {
        "file"
    } else {
        "files"
    };
    let summary = format!(
        "updated: {} {files} written, {} removed\n",
        update.written.len(),
        update.removed.len()
    );
    let hint = format!(
        " (each with its place: `--format json`, `--deny warnings` or `{} problems`)",
        environment.program
    );
    let warnings = report::warnings(&update.warnings, &hint);
    parts.push(wrote.chain(removed).chain([summary, warnings]).collect());
    parts.join("\n")
}

fn markdown(update: &Update) -> String {
    let mut parts = vec![match &update.before {
        Before::None => "The first revision.\n".to_owned(),
        Before::Refused(_) => {
            "Not compared, since there are problems in the revision before.\n".to_owned()
        }
        Before::Compared(comparison) => comparison.markdown(),
    }];
    let found = needless(update);
    let needless = found.iter().flat_map(Diagnostics::iter);
    let needless =
        needless.map(|problem| format!("- `{}`: {}\n", problem.pointer, problem.message));
    let needless: String = needless.collect();
    if !needless.is_empty() {
        parts.push(format!("### Overlay actions to delete\n\n{needless}"));
    }
    parts.join("\n")
}

fn json(update: &Update) -> Value {
    let mut report = match &update.before {
        Before::Compared(comparison) => comparison.json(),
        Before::None | Before::Refused(_) => json!({}),
    };
    let status = match update.verdict() {
        Verdict::Breaking => "breaking",
        Verdict::Compatible | Verdict::Additive => "updated",
    };
    let names = |places: &[Place]| places.iter().map(Place::to_string).collect::<Value>();
    report["status"] = json!(status);
    report["needless"] = needless(update).unwrap_or_default().to_json();
    report["written"] = names(&update.written);
    report["removed"] = names(&update.removed);
    let refused = match &update.before {
        Before::Refused(error) => error.to_json(),
        Before::None | Before::Compared(_) => json!([]),
    };
    let diagnostics = [update.warnings.to_json(), refused];
    let diagnostics = diagnostics.iter().filter_map(Value::as_array).flatten();
    report["diagnostics"] = diagnostics.cloned().collect();
    report
}
