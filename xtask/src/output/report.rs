//! The result of `generate`, as text and as JSON.
//!
//! ```json
//! {
//!   "status": "drift",
//!   "files": {
//!     "written": [], "removed": [], "missing": ["generated/src/events.rs"],
//!     "stale": [{"file": "generated/src/types.rs", "diff": "--- …"}], "orphans": []
//!   },
//!   "generated": {"operations": 3, "types": 21},
//!   "diagnostics": [],
//!   "counts": {},
//!   "left_out": [{"operation": "chat", "diagnostics": […]}],
//!   "untyped": [{"file": "spec/openapi.yaml", "line": 12, "column": 9, "pointer": "/components/schemas/Image/properties/meta", "reason": "…"}],
//!   "notes": [{"file": "spec/openapi.yaml", "line": 14, "column": 7, "pointer": "/components/schemas/Image/example", "reason": "…"}],
//!   "command": "openapi-rust generate"
//! }
//! ```
//!
//! `diagnostics` has the problems, or the warnings if there are no errors; `counts` has the number
//! of problems by code. `generated` is null if the run failed. `untyped` has the values that stay
//! untyped JSON. `status` is `clean`, `drift` (of a check), `written` or `error`. What was
//! missing, stale or an orphan before it was written or removed is not listed as such.

use openapi_codegen::diagnostic::Diagnostics;
use serde_json::{Value, json};

use crate::arguments::{Format, Mode};
use crate::command::generate::Plan;
use crate::command::problems;
use crate::error::Error;
use crate::files::drift::Drift;
use crate::files::place::Place;
use crate::output::answer::{Answer, Form};
use crate::output::github::Annotation;
use crate::output::left_out;
use crate::output::noted;
use crate::{Environment, Exit};

/// A run of `generate`.
pub struct Report {
    /// The outcome, or the error.
    pub outcome: Result<Outcome, Error>,
    /// The command that fixes a drift.
    pub command: String,
    /// True to list the facts that are otherwise only counted.
    pub verbose: bool,
}

/// The outcome of a run without errors.
pub struct Outcome {
    /// The files that belong into the folder.
    pub plan: Plan,
    /// The difference that was found.
    pub drift: Drift,
    /// The treatment of the difference.
    pub mode: Mode,
}

/// The names of a run's end.
#[derive(Clone, Copy)]
enum Status {
    Clean,
    Drift,
    Written,
    Error,
}

impl Status {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Drift => "drift",
            Self::Written => "written",
            Self::Error => "error",
        }
    }

    const fn exit(self) -> Exit {
        match self {
            Self::Clean | Self::Written => Exit::Clean,
            Self::Drift => Exit::Findings,
            Self::Error => Exit::Error,
        }
    }
}

impl Outcome {
    /// Makes this the outcome of the next run, which finds all as it should be.
    pub fn settle(&mut self) {
        self.drift = Drift::default();
        if let Some(manifest) = &mut self.plan.manifest {
            (manifest.first, manifest.stale) = (None, None);
        }
    }

    fn status(&self) -> Status {
        match self.mode {
            Mode::Write if !self.written().is_empty() || !self.drift.orphans.is_empty() => {
                Status::Written
            }
            Mode::Check if !self.drift.is_clean() => Status::Drift,
            Mode::Write | Mode::Check => Status::Clean,
        }
    }

    fn written(&self) -> Vec<&Place> {
        self.plan.written(&self.drift)
    }
}

/// The report in a format.
pub fn answer(report: &Report, format: Format, environment: &Environment) -> Answer {
    let status = report
        .outcome
        .as_ref()
        .map_or(Status::Error, Outcome::status);
    let form = match (format, &report.outcome) {
        (Format::Json, _) => Form::Json(json(report, status)),
        (Format::Text, Ok(outcome)) => Form::Results(text(outcome, report, environment)),
        (Format::Text, Err(error)) => {
            Form::Problems(error.render(&environment.program, environment.stderr_color))
        }
    };
    let annotations = match &report.outcome {
        Ok(outcome) => annotations(outcome, &report.command),
        Err(error) => error.annotations(),
    };
    Answer {
        form,
        annotations,
        exit: status.exit(),
    }
}

/// Of each warning, and of each file that drifted.
fn annotations(outcome: &Outcome, command: &str) -> Vec<Annotation> {
    let mut annotations = Annotation::of_problems(&outcome.plan.warnings);
    if outcome.mode == Mode::Check {
        annotations.extend(Annotation::of_drift(&outcome.drift, command));
    }
    annotations
}

fn text(outcome: &Outcome, report: &Report, environment: &Environment) -> String {
    let plan = &outcome.plan;
    let written = outcome.mode == Mode::Write;
    let counted = (written || report.verbose).then(|| summary(plan, report.verbose));
    let shown = (report.verbose && !plan.warnings.is_empty())
        .then(|| format!("\n{}\n\n", plan.warnings.render(environment.stdout_color)));
    let parts = [
        Some(results(outcome, &report.command)),
        counted,
        Some(left_out::text(&plan.left_out)),
        shown,
        Some(warnings(
            &plan.warnings,
            if report.verbose { "" } else { LISTED },
        )),
    ];
    parts.into_iter().flatten().collect()
}

/// The hint for facts that are only counted.
const LISTED: &str = " (listed by `--verbose`)";

/// Facts about the description, listed or counted.
fn summary(plan: &Plan, verbose: bool) -> String {
    let values = counted(plan.untyped.len(), "value", "values");
    let lists = [
        (format!("untyped JSON: {values}"), &plan.untyped),
        (
            format!("documentation-only keywords: {}", plan.notes.len()),
            &plan.notes,
        ),
    ];
    let lines = lists.into_iter().map(|(title, noted)| {
        if noted.is_empty() {
            format!("{title}\n")
        } else if verbose {
            format!("{title}\n{}", noted::text(noted))
        } else {
            format!("{title}{LISTED}\n")
        }
    });
    lines.collect()
}

/// A number with its noun.
pub fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// The number of warnings by code, with a hint; empty without warnings.
pub fn warnings(warnings: &Diagnostics, hint: &str) -> String {
    match warnings.iter().len() {
        0 => String::new(),
        count => format!("warnings: {count}{hint}\n{}", problems::by_code(warnings)),
    }
}

fn results(outcome: &Outcome, command: &str) -> String {
    let Outcome { plan, drift, mode } = outcome;
    match mode {
        Mode::Check if drift.is_clean() => {
            format!("clean: {} files in {}\n", plan.count(), plan.folder)
        }
        Mode::Check => format!("{drift}\nto fix it, run: {command}\n"),
        Mode::Write => {
            let written = outcome.written();
            let first_manifest = usize::from(plan.first_manifest().is_some());
            let lines = written.iter().map(|place| format!("wrote {place}"));
            let removed = drift.orphans.iter().map(|place| format!("removed {place}"));
            let generated = format!(
                "generated: {}, {}; {} files, {} written, {} removed\n",
                counted(plan.operations, "operation", "operations"),
                counted(plan.types, "type", "types"),
                plan.count() + first_manifest,
                written.len(),
                drift.orphans.len()
            );
            lines
                .chain(removed)
                .chain([generated])
                .collect::<Vec<_>>()
                .join("\n")
        }
    }
}

fn json(report: &Report, status: Status) -> Value {
    let mut object = match &report.outcome {
        Ok(outcome) => {
            let plan = &outcome.plan;
            json!({
                "files": files(outcome),
                "generated": {"operations": plan.operations, "types": plan.types},
                "diagnostics": plan.warnings.to_json(),
                "counts": problems::counts(&plan.warnings),
                "left_out": left_out::json(&plan.left_out),
                "untyped": noted::json(&plan.untyped),
                "notes": noted::json(&plan.notes),
            })
        }
        Err(error) => json!({
            "files": no_files(),
            "generated": null,
            "diagnostics": error.to_json(),
            "counts": error.counts(),
            "left_out": [],
            "untyped": [],
            "notes": [],
        }),
    };
    object["status"] = json!(status.as_str());
    object["command"] = json!(report.command);
    object
}

fn files(outcome: &Outcome) -> Value {
    let Outcome { drift, mode, .. } = outcome;
    let mut files = no_files();
    match mode {
        Mode::Write => {
            files["written"] = outcome
                .written()
                .into_iter()
                .map(Place::to_string)
                .collect();
            files["removed"] = drift.orphans.iter().map(Place::to_string).collect();
        }
        Mode::Check => {
            let missing = drift.missing.iter().map(|file| file.place.to_string());
            let stale = drift.stale.iter();
            let stale =
                stale.map(|file| json!({"file": file.place.to_string(), "diff": file.diff()}));
            files["missing"] = missing.collect();
            files["stale"] = stale.collect();
            files["orphans"] = drift.orphans.iter().map(Place::to_string).collect();
        }
    }
    files
}

fn no_files() -> Value {
    json!({"written": [], "removed": [], "missing": [], "stale": [], "orphans": []})
}
