//! From a description to the difference between what a folder holds and what it should hold.
//!
//! ```text
//! Plan::new(target)   reads the description and its overlays, generates the source
//! Plan::supported     the same, without the operations that cannot be generated
//! Plan::drift         compares it with the folder
//! Plan::write         makes the folder hold it
//! ```

use std::path::Path;

use openapi_codegen::audit::audit_all;
use openapi_codegen::diagnostic::Diagnostics;
use openapi_codegen::{File, Generated, LeftOut, Selection, bindings, selected, supported};

use crate::Terminal;
use crate::answer::Answer;
use crate::command_line::{Deny, GenerateArguments, Mode, Target};
use crate::drift::{Drift, Files};
use crate::error::Error;
use crate::failure::Failure;
use crate::folder::{self, Staged};
use crate::input::{self, Input};
use crate::manifest::Manifest;
use crate::noted::{self, Noted};
use crate::place::Place;
use crate::report::{self, Outcome, Report};

/// The file beside `src` that says where each symbol comes from.
const BINDINGS: &str = "bindings.json";

/// What the folder of a crate should hold.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The files of `src`.
    pub files: Files,
    /// The text of `bindings.json`, beside `src`.
    pub bindings: String,
    /// Number of operations.
    pub operations: usize,
    /// Number of types.
    pub types: usize,
    /// Keywords that are documentation only.
    pub notes: Vec<Noted>,
    /// Values that stay untyped JSON.
    pub untyped: Vec<Noted>,
    /// Where a fallback was taken, in the description and in its overlays.
    pub warnings: Diagnostics,
    /// Operations that cannot be generated.
    pub left_out: Vec<LeftOut>,
    /// The manifest of the crate.
    pub manifest: Manifest,
    /// The folder of the crate.
    pub folder: Place,
}

impl Plan {
    /// Reads the description and generates the source; writes nothing.
    ///
    /// # Errors
    /// A file that cannot be read, every problem of the description, and a crate without name.
    pub fn new(target: &Target) -> Result<Self, Error> {
        let input = input::read(&target.description(), &target.overlays())?;
        Self::of(&input, target)
    }

    /// The same plan without the operations that cannot be generated.
    ///
    /// # Errors
    /// Those of [`new`](Self::new), but of the problems in the description only those that leave nothing to generate, and those
    /// that do not belong to a single operation.
    pub fn supported(target: &Target) -> Result<Self, Error> {
        let input = input::read(&target.description(), &target.overlays())?;
        let operations = selected(&input.document, &target.operation, &target.tag)?;
        let supported = supported(&input.document, &operations)
            .map_err(|problems| judged(problems.and(input.warnings.clone()), target.deny))?;
        let target = Target {
            operation: supported.operations,
            tag: Vec::new(),
            ..target.clone()
        };
        Ok(Self {
            left_out: supported.left_out,
            ..Self::of(&input, &target)?
        })
    }

    /// Generates the source for a description that has been read.
    ///
    /// # Errors
    /// Every problem of the description, and a crate without name.
    pub fn of(input: &Input, target: &Target) -> Result<Self, Error> {
        let folder = target.out();
        let manifest = Manifest::new(&folder, target.name.as_deref())?;
        let operations = selected(&input.document, &target.operation, &target.tag)?;
        let selection = Selection {
            operations: &operations,
            crate_name: &manifest.name,
            layout: target.layout(),
        };
        let Generated {
            files,
            bindings,
            features,
            operations: operation_count,
            types,
            notes,
            untyped,
            warnings,
        } = openapi_codegen::generate(&input.document, &selection)
            .map_err(|problems| judged(problems.and(input.warnings.clone()), target.deny))?;
        let warnings = judged(warnings.and(input.warnings.clone()), target.deny).only_warnings()?;
        let manifest = manifest.with_groups(&features)?;
        let files = files
            .into_iter()
            .map(|file| Ok((folder::relative(&file.path)?, file.text)));
        Ok(Self {
            files: files.collect::<Result<_, Failure>>()?,
            bindings,
            operations: operation_count,
            types,
            notes: noted::located(notes, &input.document),
            untyped: noted::located(untyped, &input.document),
            warnings,
            left_out: Vec::new(),
            manifest,
            folder,
        })
    }

    /// How many files there are, the bindings among them, the manifest not.
    pub fn count(&self) -> usize {
        self.files.len() + 1
    }

    /// What [`write`](Self::write) writes, in the order of the paths.
    pub fn written<'p>(&'p self, drift: &'p Drift) -> Vec<&'p Place> {
        let missing = drift.missing.iter().map(|file| &file.place);
        let stale = drift.stale.iter().map(|file| &file.place);
        let mut written: Vec<&Place> = missing.chain(stale).collect();
        let first = self.manifest.first.as_ref();
        written.extend(first.map(|_| &self.manifest.place));
        written.sort();
        written
    }

    fn src(&self) -> Place {
        self.folder.join(Path::new("src"))
    }

    /// Compares `src`, the bindings beside it and the features in the manifest with what they should be, and reads again the
    /// source that would be written.
    ///
    /// # Errors
    /// See [`Drift::new`] and [`Drift::of_file`]; and a text that does not pass its audit.
    pub fn drift(&self) -> Result<Drift, Failure> {
        let drift = Drift::new(&self.files, &self.src())?;
        let missing = drift.missing.iter().map(|file| (&file.place, &file.text));
        let stale = drift.stale.iter().map(|file| (&file.place, &file.text));
        let changed = missing.chain(stale).map(|(place, text)| File {
            path: place.to_string(),
            text: text.clone(),
        });
        audit_all(&changed.collect::<Vec<_>>()).map_err(Failure::Unexpected)?;
        let place = self.folder.join(Path::new(BINDINGS));
        let bindings = Drift::of_file(place, &self.bindings, bindings::is_generated)?;
        let manifest = Drift {
            stale: self.manifest.stale.iter().cloned().collect(),
            ..Drift::default()
        };
        Ok(manifest.and(bindings).and(drift))
    }

    /// Makes `src`, the bindings and the features in the manifest what they should be, and writes the first manifest where there is none.
    ///
    /// # Errors
    /// A file or folder that cannot be written or removed.
    pub fn write(&self, drift: &Drift) -> Result<(), Failure> {
        let manifest = match &self.manifest.first {
            Some(text) => Some(Staged::new(&self.manifest.place, text)?),
            None => None,
        };
        folder::repair(&self.src(), drift)?;
        manifest.map_or(Ok(()), Staged::put)
    }
}

/// The problems, with those that are denied as errors.
pub fn judged(problems: Diagnostics, deny: Option<Deny>) -> Diagnostics {
    match deny {
        Some(Deny::Warnings) => problems.denied(),
        None => problems,
    }
}

/// Runs `cargo xtask generate`.
pub fn run(arguments: &GenerateArguments, terminal: &Terminal) -> Answer {
    let command = arguments.command();
    let outcome = outcome(arguments);
    let report = Report {
        outcome,
        command,
        verbose: arguments.verbose,
    };
    report::answer(&report, arguments.format, terminal)
}

fn outcome(arguments: &GenerateArguments) -> Result<Outcome, Error> {
    let mode = arguments.mode();
    let plan = if arguments.skip_unsupported {
        Plan::supported(&arguments.target)?
    } else {
        Plan::new(&arguments.target)?
    };
    let drift = plan.drift()?;
    if mode == Mode::Write {
        plan.write(&drift)?;
    }
    Ok(Outcome { plan, drift, mode })
}
