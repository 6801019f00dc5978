//! Findings of a run, beside the model.
//!
//! ```yaml
//! tags: [Lamps]                            # a note: grouping for readers
//! schema: {}                               # untyped: the schema does not say of what type its values are
//! schema: {$ref: '#/components/Lamp'}      # a problem
//! ```

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Report};
use crate::document::{At, Pointer, Version};
use crate::model::{Note, Type};

/// Findings of a run: errors and warnings, keywords that are documentation only, and values that stay untyped.
#[derive(Default)]
pub(super) struct Findings {
    /// The keywords depend on it.
    pub(super) version: Version,
    pub(super) problems: Report,
    pub(super) notes: Vec<Note>,
    pub(super) untyped: Vec<Note>,
    /// Keywords that are noted wherever they stand, and are read here.
    pub(super) understood: BTreeSet<Pointer>,
}

impl Findings {
    pub(super) fn push(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    pub(super) fn note(&mut self, pointer: Pointer, reason: &'static str) {
        self.notes.push(Note { pointer, reason });
    }

    /// The type of values of which the document does not say what they are.
    pub(super) fn untyped(&mut self, at: &At<'_>, reason: &'static str) -> Type {
        let pointer = at.pointer().clone();
        self.untyped.push(Note { pointer, reason });
        Type::Json
    }
}
