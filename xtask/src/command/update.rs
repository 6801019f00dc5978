//! Takes in a new revision of a description: slices it, repairs it, reports what changed, and
//! generates.
//!
//! ```text
//! openapi.yaml (of others)  slice    -> spec/openapi.yaml, spec/openapi.source.json
//!                           overlays -> the description that is generated from, if every action still matches
//!                           diff     -> what has changed since the spec/openapi.yaml before
//!                           generate -> generated/
//! ```
//!
//! All is done in memory first. Files are written only when nothing has failed.

use openapi_codegen::diagnostic::Diagnostics;
use openapi_codegen::diff::Verdict;
use openapi_codegen::document::{Document, Source};
use openapi_codegen::{operations, overlay, slice};

use crate::Environment;
use crate::arguments::UpdateArguments;
use crate::command::generate::Plan;
use crate::error::Error;
use crate::failure::Failure;
use crate::files::drift::Drift;
use crate::files::folder::{self, Kind, Staged};
use crate::files::input;
use crate::files::place::Place;
use crate::files::project::Project;
use crate::files::record::Record;
use crate::files::version::Version;
use crate::output::answer::Answer;
use crate::output::comparison::Comparison;
use crate::output::revision;
use crate::target::Target;

/// The result of taking in a new revision.
#[derive(Debug)]
pub struct Update {
    /// The comparison with the one before.
    pub before: Before,
    /// Where a fallback was taken, in the new revision and in the overlays: needless actions of
    /// these.
    pub warnings: Diagnostics,
    /// The files that were written, in the order of the paths.
    pub written: Vec<Place>,
    /// The files that were removed.
    pub removed: Vec<Place>,
}

/// The revision before.
#[derive(Debug)]
pub enum Before {
    /// There was none.
    None,
    /// It cannot be lowered, whatever the new one is.
    Refused(Error),
    /// The changes since.
    Compared(Comparison),
}

impl Update {
    /// The worst verdict on what has changed.
    pub fn verdict(&self) -> Verdict {
        match &self.before {
            Before::Compared(comparison) => comparison.verdict(),
            Before::None | Before::Refused(_) => Verdict::Compatible,
        }
    }
}

/// Runs `update`.
pub fn run(arguments: &UpdateArguments, environment: &Environment) -> Answer {
    let project = Project::find().map_err(Error::from);
    let updated = project.and_then(|project| update(arguments, &project));
    revision::answer(updated, arguments.format, environment)
}

/// Brings the description and what is generated from it to a new revision.
///
/// # Errors
/// A file that cannot be read or written; every problem of the new revision, with its overlays;
/// and no operation to slice for. Nothing is written then.
fn update(arguments: &UpdateArguments, project: &Project) -> Result<Update, Error> {
    let new = arguments.new_revision();
    let target = Target::new(&arguments.target, project)?;
    let kept = target.description.clone();
    let record = record_of(&kept);
    let old = is_file(&kept)?.then(|| input::source(&kept)).transpose()?;
    is_file(&record)?;
    let whole = input::source(&new)?;
    let document = Document::parse(whole.clone())?;
    let selected = selected(&document, old.as_ref(), &target)?;
    let text = slice(&document, &selected)?;
    let slice = Document::parse(Source::new(kept.to_string(), text.as_str()))?;
    let input = input::overlaid(slice, &target.overlays)?;
    let before = arguments.overlays_before();
    let before = before.unwrap_or_else(|| target.overlays.clone());
    // All that the slice has: an overlay may call its operations otherwise.
    let whole_slice = Target {
        operations: Vec::new(),
        tags: Vec::new(),
        ..target
    };
    let plan = Plan::of(&input, &whole_slice)?;
    let drift = plan.drift()?;
    let before = match old {
        Some(old) => compared(old, input.document, &before, &whole_slice)?,
        None => Before::None,
    };
    let recorded = Record::new(new.path(), &whole.text, &selected).text();
    let texts = [(kept.clone(), text), (record, recorded)];
    let texts = texts
        .into_iter()
        .filter(|(place, text)| !is_same(place, text));
    let (written, removed) = write(&texts.collect::<Vec<_>>(), &plan, &drift)?;
    Ok(Update {
        before,
        warnings: plan.warnings,
        written,
        removed,
    })
}

/// The operations of the command line, by id and by tag; without any, those of the old revision.
fn selected(new: &Document, old: Option<&Source>, target: &Target) -> Result<Vec<String>, Error> {
    let (ids, tags) = (&target.operations, &target.tags);
    match old {
        _ if !(ids.is_empty() && tags.is_empty()) => Ok(openapi_codegen::selected(new, ids, tags)?),
        None => Err(Failure::NoOperation(target.description.clone()).into()),
        Some(old) => {
            let listed = operations(&Document::parse(old.clone())?)?;
            Ok(listed.into_iter().map(|operation| operation.id).collect())
        }
    }
}

/// True for a file, false for a place where nothing is.
///
/// # Errors
/// Something else in the place of the file: a link would be replaced by it, and what it leads to
/// would stay as it is.
fn is_file(place: &Place) -> Result<bool, Failure> {
    match folder::kind(place)? {
        None => Ok(false),
        Some(Kind::File) => Ok(true),
        Some(kind) => Err(Failure::Occupied {
            place: place.clone(),
            found: kind.as_str(),
            wanted: Kind::File.as_str(),
        }),
    }
}

/// The changes since the revision before, with overlays as far as they match it.
///
/// # Errors
/// An overlay that cannot be read.
fn compared(
    old: Source,
    new: Document,
    overlays: &[Place],
    target: &Target,
) -> Result<Before, Failure> {
    // The file will soon say something else.
    let name = format!("{} (before)", old.name);
    let overlays = overlays.iter().map(input::source);
    let overlays: Vec<Source> = overlays.collect::<Result<_, _>>()?;
    let compare = || -> Result<Comparison, Diagnostics> {
        let mut document = Document::parse(Source::new(name, old.text))?;
        for overlay in overlays {
            document = overlay::attempt(document, overlay)?.document;
        }
        let comparison = Comparison::new((document, &[]), (new, &[]), target.layout)?;
        Ok(comparison.of_version(Version::of_crate(&target.out)))
    };
    Ok(compare().map_or_else(
        |problems| Before::Refused(problems.into()),
        Before::Compared,
    ))
}

/// Where it is recorded what a description is a slice of.
fn record_of(description: &Place) -> Place {
    description.with_extension("source.json")
}

fn is_same(place: &Place, text: &str) -> bool {
    std::fs::read(place.path()).is_ok_and(|found| found == text.as_bytes())
}

/// Writes all, and lists what is written and what is removed.
fn write(
    texts: &[(Place, String)],
    plan: &Plan,
    drift: &Drift,
) -> Result<(Vec<Place>, Vec<Place>), Failure> {
    let staged = texts.iter().map(|(place, text)| Staged::new(place, text));
    let staged: Vec<Staged<'_>> = staged.collect::<Result<_, _>>()?;
    plan.write(drift)?;
    staged.into_iter().try_for_each(Staged::put)?;
    let mut written: Vec<Place> = texts.iter().map(|(place, _)| place.clone()).collect();
    written.extend(plan.written(drift).into_iter().cloned());
    written.sort();
    Ok((written, drift.orphans.clone()))
}
