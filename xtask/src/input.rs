//! Reads a description, and applies its overlays in their order.
//!
//! ```text
//! spec/openapi.yaml   info: {title: Images}
//! spec/overlay.yaml   actions: [{target: $.info, update: {title: Image edits}}]
//!                  -> info: {title: Image edits}
//! ```

use std::fs;

use openapi_codegen::document::{Document, Source};
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

fn source(place: &Place) -> Result<Source, Failure> {
    let text = fs::read_to_string(place.path()).map_err(Action::Read.failed(place))?;
    Ok(Source::new(place.to_string(), text))
}
