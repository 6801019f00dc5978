//! Rules over the members of one object.

use super::Limits;
use crate::document::Pointer;

/// `if` and `then`, or sets of required members, over the members of one object.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The message of the violations, without a full stop.
    pub message: String,
    /// The rule applies if all of these hold.
    pub when: Vec<Condition>,
    /// The demands of the rule, at least one. Each unmet demand is a violation.
    pub then: Vec<Demand>,
    /// The schema of the rule.
    pub origin: Pointer,
}

impl Rule {
    /// The indices of the fields that the rule refers to.
    pub(crate) fn fields_mut(&mut self) -> impl Iterator<Item = &mut usize> {
        let then = self.then.iter_mut().flat_map(|demand| match demand {
            Demand::Member { field, tests: _ } => vec![field],
            Demand::Whole(sets) => sets
                .iter_mut()
                .flatten()
                .map(Condition::field_mut)
                .collect(),
        });
        self.when.iter_mut().map(Condition::field_mut).chain(then)
    }
}

/// A part of a rule that is checked on its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Demand {
    /// All of these statements about one member hold. The violation is at the member.
    Member {
        /// Index in [`Struct::fields`](super::Struct::fields).
        field: usize,
        /// The statements, at least one.
        tests: Vec<Statement>,
    },
    /// All conditions of one of these sets hold. The violation is at the object.
    Whole(Vec<Vec<Condition>>),
}

/// A statement about one member.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Index in [`Struct::fields`](super::Struct::fields).
    pub field: usize,
    /// The statement. All but `Present` hold if the member is absent.
    pub test: Statement,
}

impl Condition {
    fn field_mut(&mut self) -> &mut usize {
        &mut self.field
    }
}

/// The statement of a condition about a member.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// The member is present.
    Present,
    /// The member is absent.
    Absent,
    /// The value is one of these strings.
    OneOf(Vec<String>),
    /// The value is within these bounds.
    Within(Limits),
}
