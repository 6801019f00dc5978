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
use crate::place::Place;

/// The description at a place, with all overlays applied.
///
/// # Errors
/// A file that cannot be read, or every problem of the first file that has any.
pub fn read(description: &Place, overlays: &[Place]) -> Result<Document, Error> {
    let mut document = Document::parse(source(description)?)?;
    for place in overlays {
        document = overlay::apply(document, source(place)?)?;
    }
    Ok(document)
}

/// Two descriptions to be compared, with the same overlays applied to both.
///
/// Overlays are written for one of them: an action that selects nothing in the other is left out there.
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
