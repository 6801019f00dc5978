//! Results of a run that are not part of the model.
//!
//! ```yaml
//! tags: [Lamps]                            # a note: grouping for readers
//! schema: {}                               # untyped: the schema does not state the type of its values
//! schema: {$ref: '#/components/Lamp'}      # a problem
//! ```

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Report};
use crate::document::{At, Pointer, Version};
use crate::model::{Note, Type};

/// Findings of a run: errors and warnings, keywords that are documentation only, and values that
/// stay untyped.
#[derive(Default)]
pub(super) struct Findings {
    /// The version of the document, which determines the known keywords.
    pub(super) version: Version,
    pub(super) problems: Report,
    pub(super) notes: Vec<Note>,
    pub(super) untyped: Vec<Note>,
    /// Keywords that the tables note as documentation only, but that are modelled at these places.
    pub(super) understood: BTreeSet<Pointer>,
}

impl Findings {
    pub(super) fn push(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    pub(super) fn note(&mut self, pointer: Pointer, reason: &'static str) {
        self.notes.push(Note { pointer, reason });
    }

    /// The type of values that the document does not describe; records the place and the reason.
    pub(super) fn untyped(&mut self, at: &At<'_>, reason: &'static str) -> Type {
        let pointer = at.pointer().clone();
        self.untyped.push(Note { pointer, reason });
        Type::Json
    }
}
