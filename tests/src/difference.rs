//! Where two JSON values differ.
//!
//! ```
//! use openapi_tests::difference::{Difference, differences};
//! use serde_json::json;
//!
//! let [one, other] = [json!({"n": 1, "tags": ["a"]}), json!({"n": 1.0, "tags": ["b"]})];
//! let found = differences(&one, &other);
//! assert_eq!(found, [Difference { pointer: "/tags/0".to_owned(), one: Some(&json!("a")), other: Some(&json!("b")) }]);
//! ```
//!
//! Numbers are compared by value: 1 and 1.0 are one number. The order of members means nothing.

use openapi_codegen::document::Pointer;
use serde_json::Value;

/// A place where two values differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference<'v> {
    /// JSON Pointer of the place.
    pub pointer: String,
    /// The part of the first value.
    pub one: Option<&'v Value>,
    /// The part of the second value.
    pub other: Option<&'v Value>,
}

/// All places where two values differ; none if they are equal as JSON.
#[must_use]
pub fn differences<'v>(one: &'v Value, other: &'v Value) -> Vec<Difference<'v>> {
    let mut found = Vec::new();
    compare(&Pointer::root(), Some(one), Some(other), &mut found);
    found
}

fn compare<'v>(
    at: &Pointer,
    one: Option<&'v Value>,
    other: Option<&'v Value>,
    found: &mut Vec<Difference<'v>>,
) {
    match (one, other) {
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            for (name, value) in one {
                compare(&at.child(name), Some(value), other.get(name), found);
            }
            for (name, value) in other.iter().filter(|(name, _)| !one.contains_key(*name)) {
                compare(&at.child(name), None, Some(value), found);
            }
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) => {
            for index in 0..one.len().max(other.len()) {
                compare(&at.index(index), one.get(index), other.get(index), found);
            }
        }
        (Some(one), Some(other)) if is_same(one, other) => {}
        (None, None) => {}
        _ => found.push(Difference {
            pointer: at.to_string(),
            one,
            other,
        }),
    }
}

/// True if two values that are not both objects or both arrays are equal.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        // Integers are compared as such: a float would take many of them for one.
        (Value::Number(one), Value::Number(other)) if one.is_f64() || other.is_f64() => {
            one.as_f64() == other.as_f64()
        }
        _ => one == other,
    }
}
