//! Violations of the bounds in the description.
//!
//! `{"n": 11}` where `n` has `maximum: 10` is the violation `/n: 11 is more than the maximum 10`.
//! All violations of a request are found at once, each with the JSON Pointer (RFC 6901) of the
//! value.

pub mod bounds;
mod checker;
mod values;

use std::{borrow::Cow, error::Error, fmt, slice};

pub use checker::{Checker, holds};
pub use values::{List, Number, Scalar, Text};

/// A type whose values can violate the bounds of the description.
///
/// ```
/// use openapi_runtime::{Validate, violation::{Checker, bounds::{Each, Items, Length, Range}}};
///
/// struct Request { prompt: String, n: Option<i64>, tags: Option<Vec<String>> }
///
/// impl Validate for Request {
///     fn check(&self, checker: &mut Checker) {
///         checker.field("prompt", &self.prompt, Length(1..=32000));
///         checker.field("n", &self.n, Range(1..=10));
///         checker.field("tags", &self.tags, (Items(..=2), Each(Length(1..))));
///     }
/// }
///
/// let request = Request { prompt: "a cat".into(), n: Some(11), tags: Some(vec!["".into()]) };
/// let violations = request.validate().unwrap_err();
/// assert_eq!(
///     violations.to_string(),
///     "/n: 11 is more than the maximum 10; /tags/0: 0 characters are fewer than the minimum 1",
/// );
/// ```
pub trait Validate {
    /// Passes every bounded value to the checker. A type without bounds does nothing here.
    fn check(&self, _checker: &mut Checker) {}

    /// Returns all violations, if there are any.
    fn validate(&self) -> Result<(), Violations> {
        let mut checker = Checker::new();
        self.check(&mut checker);
        checker.finish()
    }
}

impl<T: Validate> Validate for Box<T> {
    fn check(&self, checker: &mut Checker) {
        (**self).check(checker);
    }
}

/// A value that violates a bound.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Violation {
    /// The JSON Pointer of the value in the body, such as `/images/0/image_url`; empty for the
    /// body itself.
    pub pointer: String,
    /// The violated bound.
    pub constraint: Constraint,
}

/// A violated bound, named after its JSON Schema keyword, with the actual value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[expect(
    missing_docs,
    reason = "the fields are the value that was found and the keyword's value"
)]
pub enum Constraint {
    Minimum {
        value: Scalar,
        minimum: Scalar,
    },
    ExclusiveMinimum {
        value: Scalar,
        minimum: Scalar,
    },
    Maximum {
        value: Scalar,
        maximum: Scalar,
    },
    ExclusiveMaximum {
        value: Scalar,
        maximum: Scalar,
    },
    MultipleOf {
        value: Scalar,
        divisor: Scalar,
    },
    /// `minLength` of a string, in characters.
    MinLength {
        length: u64,
        minimum: u64,
    },
    /// `maxLength` of a string, in characters.
    MaxLength {
        length: u64,
        maximum: u64,
    },
    /// `minLength` of a file, in bytes.
    MinBytes {
        length: u64,
        minimum: u64,
    },
    /// `maxLength` of a file, in bytes.
    MaxBytes {
        length: u64,
        maximum: u64,
    },
    /// `minItems` of an array or `minProperties` of an object.
    MinItems {
        count: u64,
        minimum: u64,
    },
    /// `maxItems` of an array or `maxProperties` of an object.
    MaxItems {
        count: u64,
        maximum: u64,
    },
    /// `uniqueItems`: the item is equal to an earlier one.
    UniqueItems {
        first: u64,
    },
    /// A condition over several members, with the message of the description.
    Rule {
        message: Cow<'static, str>,
    },
}

/// All violations of a request, at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// The violations in the order of the description.
    pub fn iter(&self) -> slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(formatter, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl Error for Violations {}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            self.constraint.fmt(formatter)
        } else {
            write!(formatter, "{}: {}", self.pointer, self.constraint)
        }
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minimum { value, minimum } => {
                write!(formatter, "{value} is less than the minimum {minimum}")
            }
            Self::ExclusiveMinimum { value, minimum } => {
                write!(formatter, "{value} is not more than {minimum}")
            }
            Self::Maximum { value, maximum } => {
                write!(formatter, "{value} is more than the maximum {maximum}")
            }
            Self::ExclusiveMaximum { value, maximum } => {
                write!(formatter, "{value} is not less than {maximum}")
            }
            Self::MultipleOf { value, divisor } => {
                write!(formatter, "{value} is not a multiple of {divisor}")
            }
            Self::MinLength { length, minimum } => few(formatter, *length, "character", *minimum),
            Self::MaxLength { length, maximum } => many(formatter, *length, "character", *maximum),
            Self::MinBytes { length, minimum } => few(formatter, *length, "byte", *minimum),
            Self::MaxBytes { length, maximum } => many(formatter, *length, "byte", *maximum),
            Self::MinItems { count, minimum } => few(formatter, *count, "item", *minimum),
            Self::MaxItems { count, maximum } => many(formatter, *count, "item", *maximum),
            Self::UniqueItems { first } => write!(formatter, "the item is equal to item {first}"),
            Self::Rule { message } => formatter.write_str(message),
        }
    }
}

fn few(formatter: &mut fmt::Formatter<'_>, count: u64, unit: &str, minimum: u64) -> fmt::Result {
    if count == 1 {
        write!(formatter, "1 {unit} is fewer than the minimum {minimum}")
    } else {
        write!(
            formatter,
            "{count} {unit}s are fewer than the minimum {minimum}"
        )
    }
}

fn many(formatter: &mut fmt::Formatter<'_>, count: u64, unit: &str, maximum: u64) -> fmt::Result {
    if count == 1 {
        write!(formatter, "1 {unit} is more than the maximum {maximum}")
    } else {
        write!(
            formatter,
            "{count} {unit}s are more than the maximum {maximum}"
        )
    }
}
