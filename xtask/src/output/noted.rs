//! Places of a description with a reason each: values that stay untyped JSON, and keywords that
//! are documentation only.
//!
//! ```text
//! untyped JSON: 1 value
//!   lamps.yaml:31:9: /components/schemas/Lamp/properties/meta: the schema does not state the type of its values
//! ```
//!
//! ```json
//! [{"file": "lamps.yaml", "line": 31, "column": 9, "pointer": "/components/schemas/Lamp/properties/meta", "reason": "…"}]
//! ```

use openapi_codegen::document::{Document, Pointer};
use openapi_codegen::escaped;
use openapi_codegen::model::Note;
use serde_json::{Value, json};

/// A note with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    place: Option<(String, usize, usize)>,
    note: Note,
}

/// The notes with their places, in the order of the text.
pub fn located(notes: Vec<Note>, document: &Document) -> Vec<Noted> {
    let located = notes.into_iter().map(|note| {
        let place = place_of(document, &note.pointer);
        let place = place.map(|(file, line, column)| (file.to_owned(), line, column));
        Noted { place, note }
    });
    let mut located: Vec<Noted> = located.collect();
    located.sort_by(|one, other| one.place.cmp(&other.place));
    located
}

/// File, line and column of the node at a pointer.
pub fn place_of<'d>(document: &'d Document, pointer: &Pointer) -> Option<(&'d str, usize, usize)> {
    let span = document.at(pointer)?.key_span();
    let source = document.sources().get(span.source)?;
    let location = source.location(span.start);
    Some((&source.name, location.line, location.column))
}

/// A line for each note.
pub fn text(noted: &[Noted]) -> String {
    let lines = noted.iter().map(|Noted { place, note }| {
        let place = place.as_ref().map_or_else(String::new, |place| {
            let (file, line, column) = place;
            format!("{}:{line}:{column}: ", escaped(file))
        });
        format!(
            "  {place}{}: {}\n",
            escaped(note.pointer.as_str()),
            note.reason
        )
    });
    lines.collect()
}

/// An object for each note.
pub fn json(noted: &[Noted]) -> Value {
    let objects = noted.iter().map(|Noted { place, note }| {
        let place = place.as_ref();
        json!({
            "file": place.map(|(file, ..)| file),
            "line": place.map(|(_, line, _)| line),
            "column": place.map(|(.., column)| column),
            "pointer": note.pointer.as_str(),
            "reason": note.reason,
        })
    });
    objects.collect()
}
