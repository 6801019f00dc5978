//! Generates the source of a crate, and compares it with what its folder holds.
//!
//! ```text
//! Plan::new(target)   reads the description and its overlays, generates the source
//! Plan::drift         compares it with the folder
//! Plan::write         makes the folder hold it
//! ```

use std::path::Path;

use openapi_codegen::audit::audit_all;
use openapi_codegen::diagnostic::Diagnostics;
use openapi_codegen::{File, Layout, LeftOut, Selection, bindings, selected, supported};

use crate::arguments::{Deny, GenerateArguments, Mode};
use crate::error::Error;
use crate::failure::Failure;
use crate::files::drift::{Drift, Files};
use crate::files::folder::{self, Staged};
use crate::files::input::{self, Input};
use crate::files::last_run::LastRun;
use crate::files::manifest::{self, Manifest};
use crate::files::place::Place;
use crate::files::project::Project;
use crate::output::answer::{Answer, Form};
use crate::output::noted::{self, Noted};
use crate::output::report::{self, Outcome, Report};
use crate::target::Target;
use crate::{Environment, Exit};

/// The file that says where each symbol comes from, beside `src`, or among the files of a module.
const BINDINGS: &str = "bindings.json";

/// The files that belong into the folder of a crate or module.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The files of `src`, or all files of a module.
    pub files: Files,
    /// The text of `bindings.json` beside `src`; none for a module.
    pub bindings: Option<String>,
    /// Number of operations.
    pub operations: usize,
    /// Number of types.
    pub types: usize,
    /// Keywords that are documentation only.
    pub notes: Vec<Noted>,
    /// Values that stay untyped JSON.
    pub untyped: Vec<Noted>,
    /// Places where a fallback was taken, in the description and in its overlays.
    pub warnings: Diagnostics,
    /// Operations that cannot be generated.
    pub left_out: Vec<LeftOut>,
    /// The manifest of the crate; none for a module.
    pub manifest: Option<Manifest>,
    /// The folder of the crate or module.
    pub folder: Place,
}

impl Plan {
    /// Reads the description and generates the source; writes nothing.
    ///
    /// # Errors
    /// A file that cannot be read, a crate without name, and every problem of the description;
    /// without the operations that cannot be generated, only problems that belong to no single
    /// operation, or leave nothing to generate.
    pub fn new(target: &Target) -> Result<Self, Error> {
        Self::of(&input::read(&target.description, &target.overlays)?, target)
    }

    /// The same for a description that has been read.
    ///
    /// # Errors
    /// See [`new`](Self::new).
    pub fn of(input: &Input, target: &Target) -> Result<Self, Error> {
        let mut operations = selected(&input.document, &target.operations, &target.tags)?;
        let mut left_out = Vec::new();
        if target.skip_unsupported {
            let supported = supported(&input.document, &operations)
                .map_err(|problems| judged(problems.and(input.warnings.clone()), target.deny))?;
            (operations, left_out) = (supported.operations, supported.left_out);
        }
        let (manifest, name) = crate_of(target)?;
        let selection = Selection {
            operations: &operations,
            crate_name: &name,
            layout: target.layout,
        };
        let generated = openapi_codegen::generate(&input.document, &selection)
            .map_err(|problems| judged(problems.and(input.warnings.clone()), target.deny))?;
        let warnings = generated.warnings.and(input.warnings.clone());
        let files = generated.files.into_iter();
        let files = files.map(|file| Ok((folder::relative(&file.path)?, file.text)));
        let mut files = files.collect::<Result<Files, Failure>>()?;
        let mut bindings = Some(generated.bindings);
        if target.layout == Layout::Module {
            files.extend(bindings.take().map(|text| (BINDINGS.into(), text)));
        }
        let manifest = manifest.map(|manifest| manifest.with_groups(&generated.features));
        Ok(Self {
            files,
            bindings,
            operations: generated.operations,
            types: generated.types,
            notes: noted::located(generated.notes, &input.document),
            untyped: noted::located(generated.untyped, &input.document),
            warnings: judged(warnings, target.deny).only_warnings()?,
            left_out,
            manifest: manifest.transpose()?,
            folder: target.out.clone(),
        })
    }

    /// Number of files, the bindings among them, the manifest not.
    pub fn count(&self) -> usize {
        self.files.len() + usize::from(self.bindings.is_some())
    }

    /// The first manifest, if there is none yet.
    pub fn first_manifest(&self) -> Option<(&Place, &str)> {
        let manifest = self.manifest.as_ref()?;
        Some((&manifest.place, manifest.first.as_deref()?))
    }

    /// The files that [`write`](Self::write) writes, in the order of the paths.
    pub fn written<'p>(&'p self, drift: &'p Drift) -> Vec<&'p Place> {
        let missing = drift.missing.iter().map(|file| &file.place);
        let stale = drift.stale.iter().map(|file| &file.place);
        let mut written: Vec<&Place> = missing.chain(stale).collect();
        written.extend(self.first_manifest().map(|(place, _)| place));
        written.sort();
        written
    }

    /// The folder that belongs to the generator whole.
    fn src(&self) -> Place {
        match self.manifest {
            Some(_) => self.folder.join(Path::new("src")),
            None => self.folder.clone(),
        }
    }

    /// Compares `src`, the bindings beside it and the features in the manifest with what they
    /// should be, and reads again the source that would be written.
    ///
    /// # Errors
    /// See [`Drift::new`] and [`Drift::of_file`]; and a text that does not pass its audit.
    pub fn drift(&self) -> Result<Drift, Failure> {
        let drift = Drift::new(&self.files, &self.src())?;
        let missing = drift.missing.iter().map(|file| (&file.place, &file.text));
        let stale = drift.stale.iter().map(|file| (&file.place, &file.text));
        let changed = missing.chain(stale);
        let changed = changed.filter(|(place, _)| !place.path().ends_with(BINDINGS));
        let changed = changed.map(|(place, text)| File {
            path: place.to_string(),
            text: text.clone(),
        });
        audit_all(&changed.collect::<Vec<_>>()).map_err(Failure::Unexpected)?;
        let bindings = match &self.bindings {
            Some(text) => {
                let place = self.folder.join(Path::new(BINDINGS));
                Drift::of_file(place, text, bindings::is_generated)?
            }
            None => Drift::default(),
        };
        let stale = self
            .manifest
            .as_ref()
            .and_then(|manifest| manifest.stale.clone());
        let manifest = Drift {
            stale: stale.into_iter().collect(),
            ..Drift::default()
        };
        Ok(manifest.and(bindings).and(drift))
    }

    /// Makes `src`, the bindings and the features in the manifest what they should be, and writes
    /// the first manifest where there is none.
    ///
    /// # Errors
    /// A file or folder that cannot be written or removed.
    pub fn write(&self, drift: &Drift) -> Result<(), Failure> {
        let first = self.first_manifest();
        let manifest = first.map(|(place, text)| Staged::new(place, text));
        let manifest = manifest.transpose()?;
        folder::repair(&self.src(), drift)?;
        manifest.map_or(Ok(()), Staged::put)
    }
}

/// The manifest of the crate, and its name; for a module, its name only.
fn crate_of(target: &Target) -> Result<(Option<Manifest>, String), Failure> {
    if target.layout == Layout::Module {
        return Ok((None, manifest::folder_name(&target.out)?));
    }
    let runtime = target.runtime.as_ref();
    let manifest = Manifest::new(&target.out, target.name.as_deref(), runtime)?;
    let name = manifest.name.clone();
    Ok((Some(manifest), name))
}

/// The problems, with those that are denied as errors.
pub fn judged(problems: Diagnostics, deny: Option<Deny>) -> Diagnostics {
    match deny {
        Some(Deny::Warnings) => problems.denied(),
        None => problems,
    }
}

/// Runs `generate`.
pub fn run(arguments: &GenerateArguments, environment: &Environment) -> Answer {
    let target = Project::find().and_then(|project| Target::new(&arguments.target, &project));
    let last_run = target.as_ref().ok();
    let last_run = last_run.and_then(|target| last_run_of(target, arguments, environment));
    if let Some(report) = last_run.as_ref().and_then(LastRun::report) {
        return Answer::new(Form::of_value(report), Exit::Clean);
    }
    let outcome = target.map_err(Error::from);
    let mut report = Report {
        outcome: outcome.and_then(|target| outcome_of(&target, arguments.mode())),
        command: arguments.target.command(&environment.program),
        verbose: arguments.verbose,
    };
    let answer = report::answer(&report, arguments.format, environment);
    if let (Some(last_run), Ok(outcome)) = (last_run, &mut report.outcome) {
        outcome.settle();
        let next = report::answer(&report, arguments.format, environment);
        last_run.record(&next.form.into_value());
    }
    answer
}

/// The record of the last run, if it counts: a check does not rely on it, and output for GitHub is
/// never the same twice.
fn last_run_of(
    target: &Target,
    arguments: &GenerateArguments,
    environment: &Environment,
) -> Option<LastRun> {
    if arguments.mode() == Mode::Check || environment.github.is_some() {
        return None;
    }
    LastRun::of(target, &format!("{arguments:?} {environment:?}")).ok()?
}

fn outcome_of(target: &Target, mode: Mode) -> Result<Outcome, Error> {
    let plan = Plan::new(target)?;
    let drift = plan.drift()?;
    if mode == Mode::Write {
        plan.write(&drift)?;
    }
    Ok(Outcome { plan, drift, mode })
}
