//! Reads a description, and applies its overlays in their order.
//!
//! ```text
//! spec/openapi.yaml   info: {title: Images}
//! spec/overlay.yaml   actions: [{target: $.info, update: {title: Image edits}}]
//!                  -> info: {title: Image edits}
//! ```

use std::collections::BTreeSet;
use std::fs;

use openapi_codegen::diagnostic::Diagnostics;
use openapi_codegen::document::{Document, Pointer, Source};
use openapi_codegen::overlay;

use crate::error::Error;
use crate::failure::{Action, Failure};
use crate::files::place::Place;

/// A description with its overlays applied.
#[derive(Clone, Debug)]
pub struct Input {
    /// The description to generate from.
    pub document: Document,
    /// The actions of the overlays that are needless.
    pub warnings: Diagnostics,
}

/// The description at a place, with all overlays applied.
///
/// # Errors
/// A file that cannot be read, or every problem of the first file that has any.
pub fn read(description: &Place, overlays: &[Place]) -> Result<Input, Error> {
    overlaid(Document::parse(source(description)?)?, overlays)
}

/// A document with all overlays applied.
///
/// # Errors
/// An overlay that cannot be read or is wrong, and every action that matches nothing; the needless
/// ones with them.
pub fn overlaid(mut document: Document, overlays: &[Place]) -> Result<Input, Error> {
    let mut warnings = Diagnostics::default();
    for place in overlays {
        let attempt = overlay::attempt(document, source(place)?)?;
        document = attempt.document;
        let found = [attempt.missing, attempt.needless];
        warnings = found.into_iter().flatten().fold(warnings, Diagnostics::and);
    }
    let warnings = warnings.only_warnings()?;
    Ok(Input { document, warnings })
}

/// Two descriptions to be compared, with the same overlays applied to both.
///
/// Overlays are written for one of them: an action that selects nothing in the other is left out
/// there.
///
/// # Errors
/// See [`read`]; and every action that selects nothing in either.
pub fn read_both(old: &Place, new: &Place, overlays: &[Place]) -> Result<[Document; 2], Error> {
    let mut documents = [
        Document::parse(source(old)?)?,
        Document::parse(source(new)?)?,
    ];
    for place in overlays {
        let [old, new] = documents;
        let [old, new] = [
            overlay::attempt(old, source(place)?)?,
            overlay::attempt(new, source(place)?)?,
        ];
        let of_old: BTreeSet<Pointer> = pointers(old.missing.as_ref());
        let missing = new
            .missing
            .and_then(|missing| missing.only(|problem| of_old.contains(&problem.pointer)));
        if let Some(missing) = missing {
            return Err(missing.into());
        }
        documents = [old.document, new.document];
    }
    Ok(documents)
}

fn pointers(problems: Option<&Diagnostics>) -> BTreeSet<Pointer> {
    let problems = problems.into_iter().flat_map(Diagnostics::iter);
    problems.map(|problem| problem.pointer.clone()).collect()
}

/// The text of a description or an overlay.
///
/// # Errors
/// A file that cannot be read.
pub fn source(place: &Place) -> Result<Source, Failure> {
    let text = fs::read_to_string(place.path()).map_err(Action::Read.failed(place))?;
    Ok(Source::new(place.to_string(), text))
}
