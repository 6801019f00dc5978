//! The nodes that a path selects.
//!
//! ```text
//! $[?@.a > 1]   on   [{a: 1}, {a: 2}]   ->   /1
//! ```

use std::borrow::Cow;
use std::cmp::Ordering;

use super::regexp::Regexp;
use super::{
    Call, Comparison, Extent, Operand, Path, Reach, Segment, Selector, Slice, Start, Test,
};
use crate::document::{At, Node, Number, Value};

pub(super) fn select<'d>(path: &Path, root: &At<'d>) -> Vec<At<'d>> {
    let scope = Scope {
        root,
        current: root,
    };
    scope.nodes(path)
}

/// The nodes that `$` and `@` stand for.
#[derive(Clone, Copy)]
struct Scope<'s, 'd> {
    root: &'s At<'d>,
    current: &'s At<'d>,
}

impl<'d> Scope<'_, 'd> {
    fn nodes(self, path: &Path) -> Vec<At<'d>> {
        let start = match path.start {
            Start::Root => self.root,
            Start::Current => self.current,
        };
        path.segments
            .iter()
            .fold(vec![start.clone()], |nodes, segment| {
                nodes
                    .iter()
                    .flat_map(|at| self.segment(segment, at))
                    .collect()
            })
    }

    fn segment(self, segment: &Segment, at: &At<'d>) -> Vec<At<'d>> {
        let mut found = Vec::new();
        // A loop, since overlays may nest deeper than any document that was read.
        let mut open = vec![at.clone()];
        while let Some(at) = open.pop() {
            for selector in &segment.selectors {
                self.selector(selector, &at, &mut found);
            }
            if segment.reach == Reach::Descendants {
                let before = open.len();
                open.extend(children(&at));
                open[before..].reverse();
            }
        }
        found
    }

    fn selector(self, selector: &Selector, at: &At<'d>, found: &mut Vec<At<'d>>) {
        match selector {
            Selector::Name(name) => found.extend(at.get(name)),
            Selector::Wildcard => found.extend(children(at)),
            Selector::Index(index) => {
                let index = from_start(*index, length(at)).try_into();
                found.extend(index.ok().and_then(|index| at.index(index)));
            }
            Selector::Slice(slice) => {
                let indices = slice.indices(length(at));
                found.extend(indices.filter_map(|index| at.index(index)));
            }
            Selector::Filter(test) => found.extend(children(at).filter(|current| {
                let scope = Scope { current, ..self };
                scope.holds(test)
            })),
        }
    }

    fn holds(self, test: &Test) -> bool {
        match test {
            Test::Any(tests) => tests.iter().any(|test| self.holds(test)),
            Test::All(tests) => tests.iter().all(|test| self.holds(test)),
            Test::Not(test) => !self.holds(test),
            Test::Exists(path) => !self.nodes(path).is_empty(),
            Test::Comparison(left, comparison, right) => {
                let left = self.value(left);
                let right = self.value(right);
                comparison.holds(left.as_deref(), right.as_deref())
            }
            Test::Matching(subject, extent, expression) => {
                let subject = self.value(subject);
                let expression = self.value(expression);
                extent.is_matched(subject.as_deref(), expression.as_deref())
            }
        }
    }

    fn value<'v>(self, operand: &'v Operand) -> Option<Cow<'v, Value>>
    where
        'd: 'v,
    {
        let only = |path| match &self.nodes(path)[..] {
            [one] => Some(Cow::Borrowed(one.value())),
            _ => None,
        };
        let number = |count: usize| Cow::Owned(Value::Number(Number::new(count.to_string())));
        match operand {
            Operand::Literal(value) => Some(Cow::Borrowed(value)),
            Operand::Path(path) | Operand::Call(Call::Value(path)) => only(path),
            Operand::Call(Call::Count(path)) => Some(number(self.nodes(path).len())),
            Operand::Call(Call::Length(of)) => match &*self.value(of)? {
                Value::String(text) => Some(number(text.chars().count())),
                Value::Sequence(items) => Some(number(items.len())),
                Value::Mapping(members) => Some(number(members.len())),
                Value::Null | Value::Bool(_) | Value::Number(_) => None,
            },
        }
    }
}

fn children<'d>(at: &At<'d>) -> impl Iterator<Item = At<'d>> {
    at.items().chain(at.members().map(|(_, member)| member))
}

fn length(at: &At<'_>) -> i64 {
    let items = at.as_sequence().unwrap_or_default();
    i64::try_from(items.len()).unwrap_or(i64::MAX)
}

/// An index that counts from the start; still negative if it is before the first element.
fn from_start(index: i64, length: i64) -> i64 {
    if index < 0 { length + index } else { index }
}

impl Slice {
    /// The indices in an array of this length, in the order of selection (section 2.3.4.2.2).
    fn indices(self, length: i64) -> impl Iterator<Item = usize> {
        let (first, last) = if self.step > 0 {
            (0, length)
        } else {
            (length - 1, -1)
        };
        let bound = |index: i64| from_start(index, length).clamp(first.min(last), first.max(last));
        let first = self.start.map_or(first, bound);
        let end = self.end.map_or(last, bound);
        let next = move |index: &i64| Some(index + self.step);
        let is_before_end = move |index: &i64| match self.step.cmp(&0) {
            Ordering::Greater => *index < end,
            Ordering::Equal => false,
            Ordering::Less => *index > end,
        };
        let indices = std::iter::successors(Some(first), next).take_while(is_before_end);
        indices.filter_map(|index| usize::try_from(index).ok())
    }
}

impl Comparison {
    /// Nothing equals nothing, and has no order (section 2.3.5.2.2).
    fn holds(self, left: Option<&Value>, right: Option<&Value>) -> bool {
        let equal = || match (left, right) {
            (Some(left), Some(right)) => are_equal(left, right),
            (left, right) => left.is_none() && right.is_none(),
        };
        let less = |left, right| order(left, right) == Some(Ordering::Less);
        match self {
            Self::Equal => equal(),
            Self::NotEqual => !equal(),
            Self::Less => less(left, right),
            Self::LessOrEqual => less(left, right) || equal(),
            Self::Greater => less(right, left),
            Self::GreaterOrEqual => less(right, left) || equal(),
        }
    }
}

impl Extent {
    /// False if one of both is not a string, or the expression is not one (sections 2.4.6 and 2.4.7).
    fn is_matched(self, subject: Option<&Value>, expression: Option<&Value>) -> bool {
        let (Some(Value::String(subject)), Some(Value::String(expression))) = (subject, expression)
        else {
            return false;
        };
        Regexp::parse(expression).is_some_and(|regexp| match self {
            Self::Whole => regexp.is_match(subject),
            Self::Part => regexp.is_found(subject),
        })
    }
}

/// The order of two numbers or two strings. Rust compares strings as the RFC asks: by Unicode
/// scalar values.
fn order(left: Option<&Value>, right: Option<&Value>) -> Option<Ordering> {
    match (left?, right?) {
        (Value::Number(left), Value::Number(right)) => Some(left.order(right)),
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

fn are_equal(left: &Value, right: &Value) -> bool {
    let same = |left: &Node, right: &Node| are_equal(&left.value, &right.value);
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Sequence(left), Value::Sequence(right)) => {
            let mut pairs = left.iter().zip(right);
            left.len() == right.len() && pairs.all(|(left, right)| same(left, right))
        }
        (Value::Mapping(left), Value::Mapping(right)) => {
            let mut members = left.iter();
            left.len() == right.len()
                && members
                    .all(|(key, left)| right.get(&key.name).is_some_and(|right| same(left, right)))
        }
        (left, right) => order(Some(left), Some(right)) == Some(Ordering::Equal),
    }
}
