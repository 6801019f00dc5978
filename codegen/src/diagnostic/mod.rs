//! Problems: errors, and warnings, which state what was assumed. Each has a stable code, its place
//! and a fix.
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

use crate::site::{Pointer, Site, Sources, Span};

/// Severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A fallback was used, and the run goes on.
    Warning,
    /// No correct output exists for the request.
    Error,
}

impl Severity {
    /// The name in messages and in the JSON form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One problem at one place: an error, unless it states what was [assumed](Self::assuming).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of the problem, as a stable name.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// The text that is marked.
    pub span: Span,
    /// The place in the document; in an overlay, the place in the overlay.
    pub pointer: Pointer,
    /// Description of the problem: a sentence without a full stop.
    pub message: String,
    /// Note beside the mark; may be empty.
    pub label: Box<str>,
    /// The fallback of a warning; empty for an error.
    pub assumed: Box<str>,
    /// The fix; may be empty.
    pub help: Box<str>,
    key_span: Span,
}

impl Diagnostic {
    /// An error in the value at a place.
    pub fn new(code: Code, at: impl Into<Site>, message: impl Into<String>) -> Self {
        let site = at.into();
        Self {
            key_span: site.key_span,
            ..Self::spanned(code, site.span, site.pointer, message)
        }
    }

    /// An error at a place that is not a node, or of which only the span and the pointer are
    /// known.
    pub fn spanned(code: Code, span: Span, pointer: Pointer, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            span,
            pointer,
            message: message.into(),
            label: Box::default(),
            assumed: Box::default(),
            help: Box::default(),
            key_span: span,
        }
    }

    /// True if it stops the run.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Marks the key instead of the value.
    pub fn at_key(self) -> Self {
        Self {
            span: self.key_span,
            ..self
        }
    }

    /// Sets the note beside the mark.
    pub fn label(self, label: impl Into<Box<str>>) -> Self {
        Self {
            label: label.into(),
            ..self
        }
    }

    /// Makes this a warning: the run goes on with this fallback.
    pub fn assuming(self, fallback: impl Into<Box<str>>) -> Self {
        Self {
            severity: Severity::Warning,
            assumed: fallback.into(),
            ..self
        }
    }

    /// Sets the fix.
    pub fn help(self, help: impl Into<Box<str>>) -> Self {
        Self {
            help: help.into(),
            ..self
        }
    }
}

/// Collects the problems of a stage, so that the user sees all of them at once.
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

    /// Adds problems, if there are any.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(diagnostics);
    }

    /// Keeps only some of the problems.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// The number of problems so far.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True if there are no problems so far.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// True if there is an error among the problems so far.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(Diagnostic::is_error)
    }

    /// Ends the stage: returns its warnings if there is no error, else all problems.
    pub fn only_warnings(self, sources: &Sources) -> Result<Diagnostics, Diagnostics> {
        Diagnostics::new(self.list, sources.clone()).only_warnings()
    }

    /// Ends a stage whose warnings are not needed: returns its result if there is no error, else
    /// all problems.
    pub fn finish<T>(self, result: T, sources: &Sources) -> Result<T, Diagnostics> {
        self.only_warnings(sources).map(|_| result)
    }
}

/// Problems in the order of the text, with the sources that are needed to show them. As the error
/// of a function, it contains at least one error, and all warnings.
///
/// `Display` writes the text form without colour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

    /// These problems and those of another stage. One of the two has all sources of the other, in
    /// the same order.
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

    /// Returns the problems as `Ok` if all of them are warnings, else as an error.
    ///
    /// # Errors
    /// All of the problems, if there is an error among them.
    pub fn only_warnings(self) -> Result<Self, Self> {
        if self.list.iter().any(Diagnostic::is_error) {
            Err(self)
        } else {
            Ok(self)
        }
    }

    /// The same problems as errors: no fallback is used.
    #[must_use]
    pub fn denied(mut self) -> Self {
        for diagnostic in &mut self.list {
            diagnostic.severity = Severity::Error;
            diagnostic.assumed = Box::default();
        }
        self
    }

    /// Keeps only the wanted problems; `None` if there are none.
    #[must_use]
    pub fn only(mut self, wanted: impl FnMut(&Diagnostic) -> bool) -> Option<Self> {
        self.list.retain(wanted);
        (!self.list.is_empty()).then_some(self)
    }

    /// True if there are no problems.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
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

    /// The JSON form: an array of objects with `code`, `severity`, `file`, `line`, `column`,
    /// `pointer`, `message`, `assumed` (null of an error) and `help`.
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
