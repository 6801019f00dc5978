//! The bounds of the description, as values in emitted code.
//!
//! | in the description | in the emitted code |
//! |---|---|
//! | `minimum: 1`, `maximum: 10` | `Range(1..=10)` |
//! | `minimum: 1`, `multipleOf: 2` | `(Range(1..), MultipleOf(2))` |
//! | `type: string`, `maxLength: 64` | `Length(..=64)` |
//! | the same of a file | `Bytes(..=64)` |
//! | `minItems: 1`, `items: {maxLength: 64}` | `(Items(1..), Each(Length(..=64)))` |
//! | a schema with bounds of its own | `Nested` |

use std::{collections::BTreeMap, ops::RangeBounds};

use super::{Checker, List, Number, Text, Validate};
use crate::{Base64, Nullable, OneOrMany, Upload, Uri};

/// Bounds on values of type `T`.
///
/// ```
/// use openapi_runtime::violation::{bounds::{Each, Items, Length}, holds};
///
/// let bounds = (Items(1..=2), Each(Length(..=3)));
/// assert!(holds(&Some(vec!["red".to_owned()]), &bounds));
/// assert!(!holds(&vec!["blue".to_owned()], &bounds));
/// ```
pub trait Bounds<T: ?Sized> {
    /// Reports the violations of the value at the current place of the checker.
    fn check(&self, value: &T, checker: &mut Checker);
}

/// `minimum` and `maximum`, or the exclusive ones.
#[derive(Clone, Copy, Debug)]
pub struct Range<R>(pub R);

impl<N: Number, R: RangeBounds<N>> Bounds<N> for Range<R> {
    fn check(&self, value: &N, checker: &mut Checker) {
        let (start, end) = (self.0.start_bound(), self.0.end_bound());
        checker.range(*value, (start.cloned(), end.cloned()));
    }
}

/// A number that JSON can represent: neither infinite nor NaN.
#[derive(Clone, Copy, Debug)]
pub struct Finite;

impl Bounds<f64> for Finite {
    fn check(&self, value: &f64, checker: &mut Checker) {
        checker.range(*value, f64::MIN..=f64::MAX);
    }
}

/// `multipleOf`
#[derive(Clone, Copy, Debug)]
pub struct MultipleOf<N>(pub N);

impl<N: Number> Bounds<N> for MultipleOf<N> {
    fn check(&self, value: &N, checker: &mut Checker) {
        checker.multiple_of(*value, self.0);
    }
}

/// `minLength` and `maxLength` of a string, in characters.
#[derive(Clone, Copy, Debug)]
pub struct Length<R>(pub R);

impl<T: Text, R: RangeBounds<u64>> Bounds<T> for Length<R> {
    fn check(&self, value: &T, checker: &mut Checker) {
        checker.length(value, counts(&self.0));
    }
}

/// `minLength` and `maxLength` of a file, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Bytes<R>(pub R);

impl<R: RangeBounds<u64>> Bounds<Upload> for Bytes<R> {
    fn check(&self, value: &Upload, checker: &mut Checker) {
        checker.bytes(value, counts(&self.0));
    }
}

/// `minItems` and `maxItems`, or `minProperties` and `maxProperties`.
#[derive(Clone, Copy, Debug)]
pub struct Items<R>(pub R);

impl<T: List, R: RangeBounds<u64>> Bounds<T> for Items<R> {
    fn check(&self, value: &T, checker: &mut Checker) {
        checker.items(value, counts(&self.0));
    }
}

/// `uniqueItems`
#[derive(Clone, Copy, Debug)]
pub struct Unique;

impl<T: PartialEq> Bounds<Vec<T>> for Unique {
    fn check(&self, value: &Vec<T>, checker: &mut Checker) {
        checker.unique(value);
    }
}

/// The bounds of the type itself.
#[derive(Clone, Copy, Debug)]
pub struct Nested;

impl<T: Validate> Bounds<T> for Nested {
    fn check(&self, value: &T, checker: &mut Checker) {
        value.check(checker);
    }
}

/// Bounds on every item of a list, or on every value of a map; on the value itself if it is not a
/// list.
#[derive(Clone, Copy, Debug)]
pub struct Each<B>(pub B);

impl<T: Field, B: Bounds<T::Value>> Bounds<Vec<T>> for Each<B> {
    fn check(&self, value: &Vec<T>, checker: &mut Checker) {
        for (index, item) in value.iter().enumerate() {
            checker.item(index, |checker| checker.value(item, &self.0));
        }
    }
}

impl<T: Field, B: Bounds<T::Value>> Bounds<OneOrMany<T>> for Each<B> {
    fn check(&self, value: &OneOrMany<T>, checker: &mut Checker) {
        match value {
            OneOrMany::One(value) => checker.value(value, &self.0),
            OneOrMany::Many(values) => self.check(values, checker),
        }
    }
}

impl<T: Field, B: Bounds<T::Value>> Bounds<BTreeMap<String, T>> for Each<B> {
    fn check(&self, value: &BTreeMap<String, T>, checker: &mut Checker) {
        for (name, value) in value {
            checker.field(name, value, &self.0);
        }
    }
}

impl<T, A: Bounds<T>, B: Bounds<T>> Bounds<T> for (A, B) {
    fn check(&self, value: &T, checker: &mut Checker) {
        self.0.check(value, checker);
        self.1.check(value, checker);
    }
}

impl<T, A: Bounds<T>, B: Bounds<T>, C: Bounds<T>> Bounds<T> for (A, B, C) {
    fn check(&self, value: &T, checker: &mut Checker) {
        self.0.check(value, checker);
        self.1.check(value, checker);
        self.2.check(value, checker);
    }
}

impl<T: ?Sized, B: Bounds<T>> Bounds<T> for &B {
    fn check(&self, value: &T, checker: &mut Checker) {
        (**self).check(value, checker);
    }
}

/// A range of counts, by value.
fn counts(range: &impl RangeBounds<u64>) -> (std::ops::Bound<u64>, std::ops::Bound<u64>) {
    (range.start_bound().cloned(), range.end_bound().cloned())
}

/// A field of a request: a value that may be absent.
pub trait Field {
    /// The type of the value that has bounds.
    type Value;

    /// The value, if there is one.
    fn value(&self) -> Option<&Self::Value>;
}

impl<T> Field for Option<T> {
    type Value = T;

    fn value(&self) -> Option<&T> {
        self.as_ref()
    }
}

impl<T> Field for Nullable<T> {
    type Value = T;

    fn value(&self) -> Option<&T> {
        Self::value(self)
    }
}

/// Types whose values are always present, and collections of any `T`.
macro_rules! present {
    ($($type:ty),*; $($collection:ty),*) => {
        $(impl Field for $type { present!(); })*
        $(impl<T> Field for $collection { present!(); })*
    };
    () => {
        type Value = Self;

        fn value(&self) -> Option<&Self> {
            Some(self)
        }
    };
}

present!(i32, i64, u64, f64, String, Uri, Base64, Upload; Vec<T>, OneOrMany<T>, BTreeMap<String, T>);

impl<T: Validate> Field for T {
    present!();
}
