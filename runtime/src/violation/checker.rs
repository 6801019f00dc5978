//! Collects violations.

use std::{
    borrow::Cow,
    fmt::Write,
    ops::{Bound, RangeBounds},
};

use super::{
    Constraint, List, Number, Text, Violation, Violations,
    bounds::{Bounds, Field},
};
use crate::Upload;

/// Walks through a request and collects the violations. See [`Validate`](super::Validate).
///
/// Bounds are ranges: `1..=10`, `1..`, `..=10`; `..10` is an exclusive maximum, and
/// `(Bound::Excluded(0), Bound::Unbounded)` an exclusive minimum.
#[derive(Debug, Default)]
pub struct Checker {
    /// The pointer of the current value.
    pointer: String,
    violations: Vec<Violation>,
}

/// True if a value satisfies its bounds, as a condition of a rule. An absent value does.
///
/// ```
/// use openapi_runtime::violation::{bounds::Range, holds};
///
/// assert!(holds(&Some(3), Range(1..=10)));
/// ```
pub fn holds<F: Field>(field: &F, bounds: impl Bounds<F::Value>) -> bool {
    let mut checker = Checker::new();
    checker.value(field, bounds);
    checker.violations.is_empty()
}

/// A violated bound on a count.
enum Broken {
    Minimum(u64),
    Maximum(u64),
}

impl Checker {
    /// Makes a checker for a whole request.
    pub const fn new() -> Self {
        Self {
            pointer: String::new(),
            violations: Vec::new(),
        }
    }

    /// Returns all violations, if there are any.
    pub fn finish(self) -> Result<(), Violations> {
        if self.violations.is_empty() {
            Ok(())
        } else {
            Err(Violations(self.violations))
        }
    }

    /// Checks the value of a field, if it is present, at its pointer.
    pub fn field<F: Field>(&mut self, name: &str, field: &F, bounds: impl Bounds<F::Value>) {
        if let Some(value) = field.value() {
            self.at(name, |checker| bounds.check(value, checker));
        }
    }

    /// Checks the value at the current place, if it is present.
    pub fn value<F: Field>(&mut self, field: &F, bounds: impl Bounds<F::Value>) {
        if let Some(value) = field.value() {
            bounds.check(value, self);
        }
    }

    /// Checks at a member.
    pub fn at(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer
            .push_str(&name.replace('~', "~0").replace('/', "~1"));
        check(self);
        self.pointer.truncate(length);
    }

    /// Checks at an item of a list.
    pub fn item(&mut self, index: usize, check: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        // Writing to a string cannot fail.
        let _ = write!(self.pointer, "/{index}");
        check(self);
        self.pointer.truncate(length);
    }

    /// `minimum`, `maximum`, exclusive or not. NaN violates any bounds.
    pub fn range<N: Number>(&mut self, number: N, bounds: impl RangeBounds<N>) {
        let value = number.scalar();
        match bounds.start_bound() {
            Bound::Included(least) if !at_least(number, *least) => {
                self.report(Constraint::Minimum {
                    value,
                    minimum: least.scalar(),
                });
            }
            Bound::Excluded(least) if !at_least(number, *least) || number == *least => {
                self.report(Constraint::ExclusiveMinimum {
                    value,
                    minimum: least.scalar(),
                });
            }
            _ => {}
        }
        match bounds.end_bound() {
            Bound::Included(most) if !at_least(*most, number) => {
                self.report(Constraint::Maximum {
                    value,
                    maximum: most.scalar(),
                });
            }
            Bound::Excluded(most) if !at_least(*most, number) || number == *most => {
                self.report(Constraint::ExclusiveMaximum {
                    value,
                    maximum: most.scalar(),
                });
            }
            _ => {}
        }
    }

    /// `multipleOf`
    pub fn multiple_of<N: Number>(&mut self, number: N, divisor: N) {
        if !number.is_multiple_of(divisor) {
            self.report(Constraint::MultipleOf {
                value: number.scalar(),
                divisor: divisor.scalar(),
            });
        }
    }

    /// `minLength` and `maxLength` of a string, in characters.
    pub fn length(&mut self, text: &(impl Text + ?Sized), bounds: impl RangeBounds<u64>) {
        // A character has one to four bytes. Counting megabytes of characters would take longer
        // than writing them.
        let bytes = text.byte_length();
        if bounds.contains(&bytes) && bounds.contains(&bytes.div_ceil(4)) {
            return;
        }
        let length = text.characters();
        self.report_count(length, &bounds, |broken| match broken {
            Broken::Minimum(minimum) => Constraint::MinLength { length, minimum },
            Broken::Maximum(maximum) => Constraint::MaxLength { length, maximum },
        });
    }

    /// `minLength` and `maxLength` of a file, in bytes. A length that is unknown before reading is
    /// not checked.
    pub fn bytes(&mut self, upload: &Upload, bounds: impl RangeBounds<u64>) {
        let Some(length) = upload.length_hint() else {
            return;
        };
        self.report_count(length, &bounds, |broken| match broken {
            Broken::Minimum(minimum) => Constraint::MinBytes { length, minimum },
            Broken::Maximum(maximum) => Constraint::MaxBytes { length, maximum },
        });
    }

    /// `minItems` and `maxItems`, or `minProperties` and `maxProperties`. A value that is not a
    /// list is not checked.
    pub fn items(&mut self, list: &(impl List + ?Sized), bounds: impl RangeBounds<u64>) {
        let Some(count) = list.count() else { return };
        self.report_count(count, &bounds, |broken| match broken {
            Broken::Minimum(minimum) => Constraint::MinItems { count, minimum },
            Broken::Maximum(maximum) => Constraint::MaxItems { count, maximum },
        });
    }

    /// `uniqueItems`
    pub fn unique<T: PartialEq>(&mut self, items: &[T]) {
        for (index, item) in items.iter().enumerate() {
            let first = items.iter().take(index).position(|earlier| earlier == item);
            if let Some(first) = first.and_then(|first| u64::try_from(first).ok()) {
                self.item(index, |checker| {
                    checker.report(Constraint::UniqueItems { first });
                });
            }
        }
    }

    /// A condition over several members: reports the message at the current place if it does not
    /// hold.
    pub fn rule(&mut self, holds: bool, message: impl Into<Cow<'static, str>>) {
        if !holds {
            self.report(Constraint::Rule {
                message: message.into(),
            });
        }
    }

    /// A condition over several members: reports the message at the member with the demand if it
    /// does not hold.
    pub fn rule_at(&mut self, name: &str, holds: bool, message: impl Into<Cow<'static, str>>) {
        self.at(name, |checker| checker.rule(holds, message));
    }

    fn report(&mut self, constraint: Constraint) {
        self.violations.push(Violation {
            pointer: self.pointer.clone(),
            constraint,
        });
    }

    fn report_count(
        &mut self,
        count: u64,
        bounds: &impl RangeBounds<u64>,
        constraint: impl FnOnce(Broken) -> Constraint,
    ) {
        let least = match bounds.start_bound() {
            Bound::Included(least) => *least,
            Bound::Excluded(below) => below.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let most = match bounds.end_bound() {
            Bound::Included(most) => *most,
            Bound::Excluded(above) => above.saturating_sub(1),
            Bound::Unbounded => u64::MAX,
        };
        if count < least {
            self.report(constraint(Broken::Minimum(least)));
        } else if count > most {
            self.report(constraint(Broken::Maximum(most)));
        }
    }
}

/// True if the numbers can be compared, and the first is not less.
fn at_least<N: Number>(number: N, least: N) -> bool {
    number
        .partial_cmp(&least)
        .is_some_and(std::cmp::Ordering::is_ge)
}
