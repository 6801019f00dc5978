//! Measures of values: numbers, lengths and counts.

use std::{collections::BTreeMap, fmt};

use crate::{Base64, OneOrMany, Uri};

/// A number in a violation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    /// An integer.
    Integer(i128),
    /// A number.
    Number(f64),
}

impl fmt::Display for Scalar {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(formatter),
            Self::Number(value) => value.fmt(formatter),
        }
    }
}

/// A type whose values have `minimum`, `maximum` and `multipleOf`.
pub trait Number: Copy + PartialOrd {
    /// The value for messages.
    fn scalar(self) -> Scalar;

    /// True if the division by a positive divisor gives an integer.
    fn is_multiple_of(self, divisor: Self) -> bool;
}

macro_rules! integer {
    ($($type:ty),*) => {$(
        impl Number for $type {
            fn scalar(self) -> Scalar {
                Scalar::Integer(self.into())
            }

            fn is_multiple_of(self, divisor: Self) -> bool {
                self.checked_rem(divisor).is_none_or(|rest| rest == 0)
            }
        }
    )*};
}

integer!(i32, i64, u64);

impl Number for f64 {
    fn scalar(self) -> Scalar {
        Scalar::Number(self)
    }

    /// A quotient counts as an integer if it is one apart from rounding errors: 0.3 is a multiple
    /// of 0.1.
    fn is_multiple_of(self, divisor: Self) -> bool {
        let quotient = self / divisor;
        (quotient - quotient.round()).abs() <= quotient.abs() * 4.0 * f64::EPSILON
    }
}

/// A type whose values have a length in characters, which JSON Schema counts as Unicode code
/// points.
pub trait Text {
    /// The number of characters.
    fn characters(&self) -> u64;

    /// The number of bytes in UTF-8.
    fn byte_length(&self) -> u64;
}

impl Text for str {
    fn characters(&self) -> u64 {
        count(self.chars().count())
    }

    fn byte_length(&self) -> u64 {
        count(self.len())
    }
}

impl Text for String {
    fn characters(&self) -> u64 {
        self.as_str().characters()
    }

    fn byte_length(&self) -> u64 {
        self.as_str().byte_length()
    }
}

impl Text for Uri {
    fn characters(&self) -> u64 {
        count(Self::characters(self))
    }

    fn byte_length(&self) -> u64 {
        count(self.len())
    }
}

impl Text for Base64 {
    fn characters(&self) -> u64 {
        count(self.characters())
    }

    fn byte_length(&self) -> u64 {
        count(self.len())
    }
}

/// A type whose values have items, or members in a map.
pub trait List {
    /// The number of items; `None` for a value that is not a list.
    fn count(&self) -> Option<u64>;
}

impl<T> List for [T] {
    fn count(&self) -> Option<u64> {
        Some(count(self.len()))
    }
}

impl<T> List for Vec<T> {
    fn count(&self) -> Option<u64> {
        Some(count(self.len()))
    }
}

impl<T> List for OneOrMany<T> {
    fn count(&self) -> Option<u64> {
        match self {
            Self::One(_) => None,
            Self::Many(values) => Some(count(values.len())),
        }
    }
}

impl<T> List for BTreeMap<String, T> {
    fn count(&self) -> Option<u64> {
        Some(count(self.len()))
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
