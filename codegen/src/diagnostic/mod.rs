//! Problems, each with a stable code, its place and the way out.
//!
//! ```text
//! error[unresolved-reference]: `#/components/schemas/Imgae` does not exist
//!   --> spec/openapi.yaml:12:13
//!    |
//! 12 |       $ref: '#/components/schemas/Imgae'
//!    |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nothing at this pointer
//!    |
//!    = at: /paths/~1images~1edits/post/requestBody/$ref
//!    = help: did you mean `#/components/schemas/Image`?
//! ```

mod code;
mod render;
mod suggest;

pub use code::{Code, Kind};
pub use suggest::suggest;

use std::fmt;

use crate::document::{At, Pointer, Sources, Span};

/// One problem at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong, as a stable name.
    pub code: Code,
    /// What the caret stands under.
    pub span: Span,
    /// The place in the document; in an overlay, the place in the overlay.
    pub pointer: Pointer,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What is seen at the caret; may be empty.
    pub label: String,
    /// The way out; may be empty.
    pub help: String,
    key_span: Span,
}

impl Diagnostic {
    /// A problem with the value at a place.
    pub fn new(code: Code, at: &At<'_>, message: impl Into<String>) -> Self {
        Self {
            key_span: at.key_span(),
            ..Self::spanned(code, at.span(), at.pointer().clone(), message)
        }
    }

    /// A problem at a place that is no node, or of which only span and pointer are at hand.
    pub fn spanned(code: Code, span: Span, pointer: Pointer, message: impl Into<String>) -> Self {
        Self {
            code,
            span,
            pointer,
            message: message.into(),
            label: String::new(),
            help: String::new(),
            key_span: span,
        }
    }

    /// Puts the caret under the key instead of the value.
    pub fn at_key(self) -> Self {
        Self {
            span: self.key_span,
            ..self
        }
    }

    /// Says what is seen at the caret.
    pub fn label(self, label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            ..self
        }
    }

    /// Says the way out.
    pub fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: help.into(),
            ..self
        }
    }
}

/// Gathers the problems of a stage, so that the user sees all of them at once.
#[derive(Clone, Debug, Default)]
pub struct Report {
    list: Vec<Diagnostic>,
}

impl Report {
    /// A report without problems.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Keeps only some of the problems.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// The number of problems so far.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are no problems so far.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The end of the stage: its result if there are no problems, else all problems.
    pub fn finish<T>(self, result: T, sources: &Sources) -> Result<T, Diagnostics> {
        if self.list.is_empty() {
            Ok(result)
        } else {
            Err(Diagnostics::new(self.list, sources.clone()))
        }
    }
}

/// Problems in the order of the text, at least one, with the sources that are needed to show them.
///
/// `Display` writes the text form without colour.
#[derive(Clone, Debug)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    sources: Sources,
}

impl Diagnostics {
    fn new(mut list: Vec<Diagnostic>, sources: Sources) -> Self {
        let place = |diagnostic: &Diagnostic| (diagnostic.span.source, diagnostic.span.start);
        list.sort_by(|one, other| {
            let by_place = place(one).cmp(&place(other));
            by_place.then_with(|| (one.code, &one.message).cmp(&(other.code, &other.message)))
        });
        list.dedup();
        Self { list, sources }
    }

    /// A single problem.
    pub fn one(diagnostic: Diagnostic, sources: &Sources) -> Self {
        Self::new(vec![diagnostic], sources.clone())
    }

    /// These problems and those of another stage. One of them knows the sources of the other, in the same order.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut list = self.list;
        list.extend(other.list);
        let [fewer, more] = [self.sources, other.sources];
        let sources = if more.iter().len() > fewer.iter().len() {
            more
        } else {
            fewer
        };
        Self::new(list, sources)
    }

    /// Those of the problems that are wanted, if there are any.
    #[must_use]
    pub fn only(mut self, wanted: impl FnMut(&Diagnostic) -> bool) -> Option<Self> {
        self.list.retain(wanted);
        (!self.list.is_empty()).then_some(self)
    }

    /// The problems, by source, then by place.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// The texts that spans point into.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The text form, with a blank line between problems; `color` adds ANSI escape sequences.
    pub fn render(&self, color: bool) -> String {
        render::text(self, color)
    }

    /// The JSON form: an array of objects with `code`, `file`, `line`, `column`, `pointer`, `message` and `help`.
    pub fn to_json(&self) -> serde_json::Value {
        render::json(self)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics {}
