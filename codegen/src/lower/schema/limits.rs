//! Bounds on values, in the notation of any version.
//!
//! ```yaml
//! {minimum: 0, exclusiveMinimum: true}   # 3.0
//! {exclusiveMinimum: 0}                  # 3.1
//! ```

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Node, Number, Value};
use crate::lower::Findings;
use crate::lower::keyword::{self, flag};
use crate::model::{Bound, Limits};

/// Keywords that are left to the server, with their values.
type Unchecked = BTreeMap<&'static str, String>;

/// The bounds of two schemas that both apply.
pub(crate) fn tighter(one: &Limits, other: &Limits) -> Limits {
    Limits {
        minimum: stricter(one.minimum.as_ref(), other.minimum.as_ref(), Side::Minimum),
        maximum: stricter(one.maximum.as_ref(), other.maximum.as_ref(), Side::Maximum),
        multiple_of: match (&one.multiple_of, &other.multiple_of) {
            (Some(one), Some(other)) => Some(common_multiple(one, other)),
            (one, other) => one.clone().or_else(|| other.clone()),
        },
        min_length: one.min_length.max(other.min_length),
        max_length: least(one.max_length, other.max_length),
        min_items: one.min_items.max(other.min_items),
        max_items: least(one.max_items, other.max_items),
        unique: one.unique || other.unique,
        each: match (&one.each, &other.each) {
            (Some(one), Some(other)) => Some(Box::new(tighter(one, other))),
            (one, other) => one.clone().or_else(|| other.clone()),
        },
        listed: match (&one.listed, &other.listed) {
            (Some(one), Some(other)) => Some(one & other),
            (one, other) => one.clone().or_else(|| other.clone()),
        },
        unchecked: both(&one.unchecked, &other.unchecked),
    }
}

/// The least common multiple of two positive integers; of other numbers the larger one, which
/// usually is a multiple.
fn common_multiple(one: &Number, other: &Number) -> Number {
    let (Some(a), Some(b)) = (one.as_i128(), other.as_i128()) else {
        return if one.order(other).is_ge() { one } else { other }.clone();
    };
    let (mut divisor, mut rest) = (a, b);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    let multiple = a.checked_div(divisor).and_then(|a| a.checked_mul(b));
    multiple.map_or_else(|| one.clone(), Number::from)
}

/// Merges the keywords of two schemas; both values of a common keyword are kept.
fn both(one: &Unchecked, other: &Unchecked) -> Unchecked {
    let mut says = one.clone();
    for (keyword, text) in other {
        let before = says.entry(keyword).or_default();
        if before.is_empty() {
            before.clone_from(text);
        } else if before != text {
            *before = format!("{before}, {text}");
        }
    }
    says
}

/// The keywords that are left to the server. In an object, `not`, `if` and `then` are rules
/// instead.
fn restrictions(at: &At<'_>) -> Unchecked {
    let mut says = unchecked(at, &keyword::RESTRICTIONS);
    let mut keywords = ["properties", "required", "allOf"].iter();
    if !keywords.any(|keyword| at.get(keyword).is_some()) {
        says.extend(unchecked(at, &["not", "if", "then"]));
    }
    says
}

/// The bounds of strings that are listed, which are left to the server.
pub(in crate::lower) fn left(limits: &Limits) -> Limits {
    let mut unchecked = limits.unchecked.clone();
    let lengths = [
        ("minLength", limits.min_length),
        ("maxLength", limits.max_length),
    ];
    let stated = lengths
        .into_iter()
        .filter_map(|(keyword, length)| Some((keyword, length?.to_string())));
    unchecked.extend(stated);
    Limits {
        unchecked,
        ..Limits::default()
    }
}

/// The given keywords of a schema, with their values without prose.
pub(in crate::lower) fn unchecked(at: &At<'_>, keywords: &[&'static str]) -> Unchecked {
    let stated = keywords.iter().filter_map(|keyword| {
        let value = at.get(keyword)?;
        // `false` means the same as an absent keyword.
        (value.as_bool() != Some(false)).then(|| (*keyword, without_prose(value.node())))
    });
    stated.collect()
}

/// The values of an enum that does not become a type.
pub(in crate::lower) fn listed(values: &[At<'_>]) -> Limits {
    let values = values
        .iter()
        .map(|value| value.node().to_json().to_string());
    Limits {
        listed: Some(values.collect()),
        ..Limits::default()
    }
}

fn without_prose(node: &Node) -> String {
    let mut json = node.to_json();
    let mut waiting = vec![&mut json];
    while let Some(value) = waiting.pop() {
        match value {
            Json::Object(members) => {
                let prose = ["title", "description", "$comment"];
                members.retain(|name, said| !(prose.contains(&name.as_str()) && said.is_string()));
                // In a value of the document, these are members like any other.
                let schemas = members
                    .iter_mut()
                    .filter(|(name, _)| !matches!(name.as_str(), "const" | "enum"));
                waiting.extend(schemas.map(|(_, member)| member));
            }
            Json::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    json.to_string()
}

fn least(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Minimum,
    Maximum,
}

impl Side {
    /// The keywords of its bound: the inclusive and the exclusive one.
    pub(crate) const fn keywords(self) -> (&'static str, &'static str) {
        match self {
            Self::Minimum => ("minimum", "exclusiveMinimum"),
            Self::Maximum => ("maximum", "exclusiveMaximum"),
        }
    }
}

/// The stricter bound; of equal numbers the exclusive one.
fn stricter(one: Option<&Bound>, other: Option<&Bound>, side: Side) -> Option<Bound> {
    let (Some(one), Some(other)) = (one, other) else {
        return one.or(other).cloned();
    };
    let order = one.number.order(&other.number);
    let order = if side == Side::Minimum {
        order
    } else {
        order.reverse()
    };
    let one_wins = order.is_gt() || (order.is_eq() && one.exclusive);
    Some(if one_wins { one } else { other }.clone())
}

pub(in crate::lower) fn read(at: &At<'_>, report: &mut Findings) -> Limits {
    let limits = stated(at, report);
    check_order(at, &limits, report);
    limits
}

/// Reports two bounds that no value is between.
pub(in crate::lower) fn check_order(at: &At<'_>, limits: &Limits, report: &mut Findings) {
    let beyond = |least: Option<u64>, most: Option<u64>| {
        least.zip(most).is_some_and(|(least, most)| least > most)
    };
    let numbers = leaves_none(limits);
    let lengths = beyond(limits.min_length, limits.max_length);
    let counts = beyond(limits.min_items, limits.max_items);
    let pairs = [
        (numbers, "maximum"),
        (numbers, "exclusiveMaximum"),
        (lengths, "maxLength"),
        (counts, "maxItems"),
        (counts, "maxProperties"),
    ];
    for (_, key) in pairs.into_iter().filter(|(empty, _)| *empty) {
        if let Some(at) = at.get(key).filter(|at| at.as_number().is_some()) {
            let problem = Diagnostic::new(
                Code::InvalidBound,
                &at,
                format!("`{key}` leaves no value above the minimum"),
            );
            report.push(
                problem
                    .label("too small")
                    .help("swap the bounds, or remove one"),
            );
        }
    }
}

/// True if no number is within the bounds.
pub(in crate::lower) fn leaves_none(limits: &Limits) -> bool {
    let bounds = limits.minimum.as_ref().zip(limits.maximum.as_ref());
    bounds.is_some_and(|(least, most)| {
        let order = least.number.order(&most.number);
        order.is_gt() || (order.is_eq() && (least.exclusive || most.exclusive))
    })
}

fn stated(at: &At<'_>, report: &mut Findings) -> Limits {
    Limits {
        minimum: bound(at, Side::Minimum, report),
        maximum: bound(at, Side::Maximum, report),
        multiple_of: at.get("multipleOf").and_then(|at| factor(&at, report)),
        min_length: count(at, "minLength", report),
        max_length: count(at, "maxLength", report),
        min_items: count(at, "minItems", report).or(count(at, "minProperties", report)),
        max_items: count(at, "maxItems", report).or(count(at, "maxProperties", report)),
        unique: at
            .get("uniqueItems")
            .and_then(|at| flag(&at, report))
            .unwrap_or(false),
        each: None,
        listed: None,
        unchecked: restrictions(at),
    }
}

/// `minimum` with a boolean `exclusiveMinimum` (3.0), or the stricter of the two numbers (3.1).
fn bound(at: &At<'_>, side: Side, report: &mut Findings) -> Option<Bound> {
    let (inclusive, exclusive) = side.keywords();
    let closed = at.get(inclusive).and_then(|at| number(&at, report));
    let exclusive = at.get(exclusive);
    let flag = exclusive.as_ref().and_then(At::as_bool);
    let closed = closed.map(|number| Bound {
        number,
        exclusive: flag == Some(true),
    });
    let open = exclusive.filter(|_| flag.is_none());
    let open = open.and_then(|at| number(&at, report)).map(|number| Bound {
        number,
        exclusive: true,
    });
    stricter(closed.as_ref(), open.as_ref(), side)
}

/// JSON Schema 2020-12 Validation, section 6.2.1: more than 0.
fn factor(at: &At<'_>, report: &mut Findings) -> Option<Number> {
    let number = number(at, report)?;
    let positive = number.as_f64() > 0.0;
    if !positive {
        let problem = Diagnostic::new(Code::InvalidBound, at, "`multipleOf` is more than 0");
        report.push(
            problem
                .label("not more than 0")
                .help("write a number above 0, or leave it out"),
        );
    }
    positive.then_some(number)
}

fn number(at: &At<'_>, report: &mut Findings) -> Option<Number> {
    match &at.node().value {
        Value::Number(number) if number.as_f64().is_finite() => Some(number.to_decimal()),
        _ => {
            report.push(
                Diagnostic::new(Code::InvalidBound, at, "a bound is a finite number")
                    .label("not a number")
                    .help(match at.as_str().map(str::parse::<f64>) {
                        Some(Ok(_)) => "remove the quotes",
                        _ => "write a number, or leave the bound out",
                    }),
            );
            None
        }
    }
}

fn count(at: &At<'_>, key: &str, report: &mut Findings) -> Option<u64> {
    let at = at.get(key)?;
    let value = at.as_u64();
    if value.is_none() {
        let message = format!("`{key}` is a whole number that is not negative");
        report.push(
            Diagnostic::new(Code::InvalidBound, &at, message)
                .label("not a whole number, or negative")
                .help("write 0 or more, or leave the bound out"),
        );
    }
    value
}

#[cfg(test)]
mod tests {
    use super::{Number, Side, stricter, tighter, unchecked};
    use crate::document::{Document, Source};
    use crate::model::{Bound, Limits};

    #[test]
    fn prose_is_not_part_of_what_a_keyword_says() {
        let text = "not: {description: D, anyOf: [{title: T, properties: {title: {const: [{title: T}]}}}]}";
        let document = Document::parse(Source::new("not.yaml", text)).expect("a document");
        let stated = unchecked(&document.root(), &["not"]);
        let without = r#"{"anyOf":[{"properties":{"title":{"const":[{"title":"T"}]}}}]}"#;
        assert!(
            stated.iter().eq([(&"not", &without.to_owned())]),
            "{stated:?}"
        );
    }

    #[test]
    fn only_what_both_list_is_left() {
        let listed = |values: &[&str]| Limits {
            listed: Some(values.iter().map(|value| (*value).to_owned()).collect()),
            ..Limits::default()
        };
        let both = tighter(&listed(&["1", "2"]), &listed(&["2", "3"]));
        assert_eq!(both.listed, listed(&["2"]).listed);
    }

    #[test]
    fn the_bound_that_admits_less_wins() {
        let bound = |number: &str, exclusive| Bound {
            number: Number::new(number),
            exclusive,
        };
        let cases = [
            (
                Side::Minimum,
                bound("1", false),
                bound("2", true),
                bound("2", true),
            ),
            (
                Side::Minimum,
                bound("3", false),
                bound("2", true),
                bound("3", false),
            ),
            (
                Side::Minimum,
                bound("2", false),
                bound("2", true),
                bound("2", true),
            ),
            (
                Side::Maximum,
                bound("1", false),
                bound("2", true),
                bound("1", false),
            ),
            (
                Side::Maximum,
                bound("2", true),
                bound("2", false),
                bound("2", true),
            ),
        ];
        for (side, one, other, wanted) in cases {
            assert_eq!(
                stricter(Some(&one), Some(&other), side).as_ref(),
                Some(&wanted)
            );
            assert_eq!(stricter(Some(&other), Some(&one), side), Some(wanted));
        }
    }
}
