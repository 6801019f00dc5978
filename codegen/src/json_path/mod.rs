//! `JSONPath` (RFC 9535): expressions that select nodes of a document.
//!
//! ```text
//! $.servers[?@.description == 'Dev']   ->   /servers/1
//! $.paths[*][*].operationId            ->   /paths/~1lamps/get/operationId, …
//! ```
//!
//! All of it, but regular expressions have no categories of Unicode (`\p`).

mod evaluate;
mod parse;
mod regexp;
mod scan;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::document::{At, Value};

/// An expression: segments that are applied one after the other (RFC 9535, section 2.1).
#[derive(Debug)]
pub(crate) struct Path {
    start: Start,
    segments: Vec<Segment>,
}

/// The text is not a `JSONPath` expression.
#[derive(Debug)]
pub(crate) struct PathError {
    /// The first character is 1.
    character: usize,
    message: String,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "character {}: {}", self.character, self.message)
    }
}

impl Path {
    /// Reads an expression, which begins with `$`.
    pub(crate) fn parse(text: &str) -> Result<Self, PathError> {
        parse::expression(text)
    }

    /// The selected nodes; one that is selected in two ways is there twice (section 2.1.2).
    pub(crate) fn select<'d>(&self, root: &At<'d>) -> Vec<At<'d>> {
        evaluate::select(self, root)
    }
}

/// The node where a path begins: `$` or `@`.
#[derive(Clone, Copy, Debug)]
enum Start {
    Root,
    Current,
}

/// A segment (section 2.5): its selectors apply to each node, or to each descendant as well.
#[derive(Debug)]
struct Segment {
    reach: Reach,
    selectors: Vec<Selector>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Children,
    /// The node itself is one of its descendants.
    Descendants,
}

/// A selector (section 2.3).
#[derive(Debug)]
enum Selector {
    Name(String),
    Wildcard,
    /// Counts from the end if it is negative.
    Index(i64),
    Slice(Slice),
    Filter(Test),
}

/// `start:end:step`
#[derive(Clone, Copy, Debug)]
struct Slice {
    start: Option<i64>,
    end: Option<i64>,
    step: i64,
}

/// A logical expression (section 2.3.5).
#[derive(Debug)]
enum Test {
    Any(Vec<Test>),
    All(Vec<Test>),
    Not(Box<Test>),
    /// The path selects a node.
    Exists(Path),
    Comparison(Operand, Comparison, Operand),
    /// The string of the first operand is, or has, what the expression in the second one matches.
    Matching(Operand, Extent, Operand),
}

#[derive(Clone, Copy, Debug)]
enum Extent {
    /// `match`
    Whole,
    /// `search`
    Part,
}

#[derive(Clone, Copy, Debug)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A value, or nothing if a path selects nothing.
#[derive(Debug)]
enum Operand {
    Literal(Value),
    Path(Path),
    Call(Call),
}

/// A call of a function that has a value (section 2.4).
#[derive(Debug)]
enum Call {
    Length(Box<Operand>),
    Count(Path),
    Value(Path),
}
