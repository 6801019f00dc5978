//! Rules over the members of one object.

use super::Limits;
use crate::document::Pointer;

/// `if` and `then`, or sets of required members, over the members of one object.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// What the violation says.
    pub message: String,
    /// The rule applies where all of these hold.
    pub when: Vec<Condition>,
    /// The alternatives: all conditions of one of them hold.
    pub then: Vec<Vec<Condition>>,
    /// The schema that states it.
    pub origin: Pointer,
}

/// A statement about one member.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Index in [`Struct::fields`](super::Struct::fields).
    pub field: usize,
    /// What is stated; all but `Present` hold where the member is absent.
    pub test: Statement,
}

/// What a condition states of a member.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// It is there.
    Present,
    /// It is absent.
    Absent,
    /// It is one of these strings.
    OneOf(Vec<String>),
    /// It is within these bounds.
    Within(Limits),
}
