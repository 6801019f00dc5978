//! Values that a schema admits: few of them, at the edges of what it says.
//!
//! ```
//! use openapi_tests::instances::Instances;
//! use serde_json::json;
//!
//! let schema = json!({"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "maximum": 3}}});
//! let instances = Instances::new(&[&schema]);
//! assert!(instances.of(&json!({}), &schema).contains(&json!({"n": 3})));
//! ```
//!
//! Each member is once there and once not, each value of an enum and each alternative is there,
//! numbers, lengths and counts are at the bounds and beside them, and any two members of an object
//! differ from the first object at once. The bounds and strings of *all* documents are tried, so
//! that a bound that only the other one has is met from both sides. Not every value is valid:
//! rules and `not` are left to a validator. The same schema gives the same values.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value, json};

use crate::schema::{BASE64, flattened, merge, types};

/// So many levels deep there are optional members, and items of lists that may be empty.
const DEPTH: isize = 5;

/// So many levels further there are required members: a schema that requires itself has no values.
const REQUIRED: isize = 10;

/// So many values of a schema within another one, and of one that is not.
const MOST: (usize, usize) = (120, 400);

/// No string and no list is longer.
const LENGTH: u64 = 40_000;

/// The subjects of the documents.
pub struct Instances {
    numbers: Vec<f64>,
    lengths: Vec<u64>,
    strings: Vec<String>,
}

impl Instances {
    /// For these documents, or parts of them.
    #[must_use]
    pub fn new(documents: &[&Value]) -> Self {
        let mut found = Found::default();
        for document in documents {
            found.gather(document);
        }
        let whole = [0.0, 1.0, -1.0, 2_147_483_648.0, 1_099_511_627_776.0, 0.5];
        let mut numbers: Vec<f64> = whole.to_vec();
        numbers.extend(
            found
                .numbers
                .iter()
                .flat_map(|bound| [*bound, bound - 1.0, bound + 1.0]),
        );
        let mut lengths: Vec<u64> = vec![0, 1, 2, 4];
        lengths.extend(
            found
                .lengths
                .iter()
                .flat_map(|bound| [*bound, bound.saturating_sub(1), bound + 1]),
        );
        lengths.retain(|length| *length <= LENGTH);
        lengths.sort_unstable();
        lengths.dedup();
        let strings = found.strings.into_iter().collect();
        Self {
            numbers,
            lengths,
            strings,
        }
    }

    /// Values of a schema of this document.
    #[must_use]
    pub fn of(&self, document: &Value, schema: &Value) -> Vec<Value> {
        let mut values = self.values(document, schema, DEPTH);
        values.truncate(MOST.1);
        values
    }

    /// The first of the values has as little as it may.
    fn values(&self, document: &Value, schema: &Value, depth: isize) -> Vec<Value> {
        if depth < -REQUIRED {
            return Vec::new();
        }
        if !schema.is_object() {
            return anything();
        }
        let schema = flattened(document, schema);
        let mut values = Vec::new();
        let alternatives = ["anyOf", "oneOf"]
            .iter()
            .find_map(|keyword| Some((*keyword, schema.get(*keyword)?.as_array()?)));
        if let Some((keyword, alternatives)) = alternatives {
            let mut rest = schema.clone();
            rest.remove(keyword);
            let of_each = alternatives.iter().map(|alternative| {
                let mut whole = rest.clone();
                merge(&mut whole, &flattened(document, alternative));
                self.values(document, &Value::Object(whole), depth)
            });
            values = in_turn(&of_each.collect::<Vec<_>>());
        } else if let Some(listed) = schema.get("enum").and_then(Value::as_array) {
            values.clone_from(listed);
        } else if let Some(only) = schema.get("const") {
            values.push(only.clone());
        } else {
            let names = types(&schema);
            let of_each = names
                .iter()
                .map(|name| self.of_type(document, &schema, name, depth));
            values.extend(in_turn(&of_each.collect::<Vec<_>>()));
            if names.is_empty() {
                values = anything();
            }
        }
        values.truncate(if depth == DEPTH { MOST.1 } else { MOST.0 });
        values
    }

    fn of_type(
        &self,
        document: &Value,
        schema: &Map<String, Value>,
        name: &str,
        depth: isize,
    ) -> Vec<Value> {
        match name {
            "null" => vec![Value::Null],
            "boolean" => vec![json!(true), json!(false)],
            "integer" | "number" => self.numbers(schema, name == "integer"),
            "string" => self.strings(schema),
            "array" => self.lists(document, schema, depth),
            _ => self.objects(document, schema, depth),
        }
    }

    fn numbers(&self, schema: &Map<String, Value>, whole: bool) -> Vec<Value> {
        let bound = |keyword| schema.get(keyword).and_then(Value::as_f64);
        let fits = |number: &&f64| {
            bound("minimum").is_none_or(|bound| **number >= bound)
                && bound("maximum").is_none_or(|bound| **number <= bound)
                && bound("exclusiveMinimum").is_none_or(|bound| **number > bound)
                && bound("exclusiveMaximum").is_none_or(|bound| **number < bound)
                && (!whole || number.fract() == 0.0)
        };
        let factor = bound("multipleOf").unwrap_or(1.0);
        let scaled = self.numbers.iter().map(|number| {
            if bound("multipleOf").is_some() {
                number * factor
            } else {
                *number
            }
        });
        let candidates: Vec<f64> = self.numbers.iter().copied().chain(scaled).collect();
        let mut values: Vec<Value> = candidates
            .iter()
            .filter(fits)
            .map(|number| json_number(*number))
            .collect();
        let mut known = BTreeSet::new();
        values.retain(|value| known.insert(value.to_string()));
        values
    }

    fn strings(&self, schema: &Map<String, Value>) -> Vec<Value> {
        if schema.get("pattern") == Some(&json!(BASE64)) {
            return vec![json!("aGVsbG8="), json!(""), json!("aGVsbG8h")];
        }
        let lengths = self.lengths(schema, "minLength", "maxLength");
        let mut values: Vec<Value> = lengths
            .iter()
            .map(|length| json!("x".repeat(*length)))
            .collect();
        values.extend(self.strings.iter().map(|text| json!(text)));
        values
    }

    fn lists(&self, document: &Value, schema: &Map<String, Value>, depth: isize) -> Vec<Value> {
        let lengths = self.lengths(schema, "minItems", "maxItems");
        if depth <= 0 {
            let least = lengths.first().copied().unwrap_or_default();
            return if least == 0 {
                vec![json!([])]
            } else {
                Vec::new()
            };
        }
        let items = schema
            .get("items")
            .map_or_else(anything, |items| self.values(document, items, depth - 1));
        let Some(first) = items.first() else {
            return vec![json!([])];
        };
        let cycle =
            |length: &usize| -> Value { items.iter().cycle().take(*length).cloned().collect() };
        let mut values: Vec<Value> = lengths.iter().map(cycle).collect();
        let smallest = lengths
            .iter()
            .copied()
            .find(|length| *length > 0)
            .unwrap_or_default();
        for item in items.iter().filter(|_| smallest > 0) {
            let rest = items.iter().cycle().take(smallest - 1);
            values.push(std::iter::once(item).chain(rest).cloned().collect());
        }
        if lengths.contains(&2) {
            values.push(json!([first, first]));
        }
        values
    }

    /// Lengths within the bounds, a usual one first.
    fn lengths(&self, schema: &Map<String, Value>, least: &str, most: &str) -> Vec<usize> {
        let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
        let (least, most) = (bound(least).unwrap_or(0), bound(most).unwrap_or(LENGTH));
        let fits = self
            .lengths
            .iter()
            .filter(|length| (least..=most).contains(length));
        fits.filter_map(|length| usize::try_from(*length).ok())
            .collect()
    }

    fn objects(&self, document: &Value, schema: &Map<String, Value>, depth: isize) -> Vec<Value> {
        let names = schema.get("required").and_then(Value::as_array);
        let required: BTreeSet<&str> = names
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut least = Map::new();
        let mut variations: Vec<(&str, Option<Value>)> = Vec::new();
        for (name, member) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let is_required = required.contains(name.as_str());
            if !is_required && depth <= 0 {
                continue;
            }
            let mut values = self.values(document, member, depth - 1).into_iter();
            if is_required {
                let Some(first) = values.next() else {
                    return Vec::new();
                };
                least.insert(name.clone(), first);
            }
            variations.extend(values.map(|value| (name.as_str(), Some(value))));
        }
        let further = schema
            .get("additionalProperties")
            .filter(|values| values.is_object() && depth > 0);
        for name in ["further", "more"] {
            let values = further.map(|values| self.values(document, values, depth - 1));
            variations.extend(
                values
                    .into_iter()
                    .flatten()
                    .map(|value| (name, Some(value))),
            );
        }
        let with = |changes: &[&(&str, Option<Value>)]| {
            let mut object = least.clone();
            for (name, value) in changes {
                object.extend(
                    value
                        .iter()
                        .map(|value| ((*name).to_owned(), value.clone())),
                );
            }
            Value::Object(object)
        };
        let mut values = vec![with(&[])];
        values.extend(variations.iter().map(|change| with(&[change])));
        let mut firsts: Vec<&(&str, Option<Value>)> = Vec::new();
        for variation in &variations {
            if firsts.iter().all(|(name, _)| *name != variation.0) {
                firsts.push(variation);
            }
        }
        values.insert(values.len().min(1), with(&firsts));
        'pairs: for (index, one) in variations.iter().enumerate() {
            for other in variations[index..].iter().filter(|other| other.0 != one.0) {
                if values.len() >= MOST.1 {
                    break 'pairs;
                }
                values.push(with(&[one, other]));
            }
        }
        values
    }
}

/// Bounds and strings, wherever they stand.
#[derive(Default)]
struct Found {
    numbers: Vec<f64>,
    lengths: BTreeSet<u64>,
    strings: BTreeSet<String>,
}

impl Found {
    fn gather(&mut self, value: &Value) {
        if let Value::Array(items) = value {
            for item in items {
                self.gather(item);
            }
        }
        for (keyword, member) in value.as_object().into_iter().flatten() {
            match keyword.as_str() {
                "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
                    self.numbers.extend(
                        member
                            .as_f64()
                            .filter(|number| !self.numbers.contains(number)),
                    );
                }
                "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties"
                | "maxProperties" => {
                    self.lengths.extend(member.as_u64());
                }
                "enum" => {
                    let listed = member
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_str);
                    self.strings.extend(listed.map(str::to_owned));
                }
                "const" => self.strings.extend(member.as_str().map(str::to_owned)),
                _ => {}
            }
            self.gather(member);
        }
    }
}

fn anything() -> Vec<Value> {
    vec![
        json!("text"),
        json!(1),
        json!(0.5),
        json!(true),
        Value::Null,
        json!([]),
        json!({}),
    ]
}

fn json_number(number: f64) -> Value {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is whole, and of a document that a person wrote"
    )]
    let whole = (number.fract() == 0.0).then_some(number as i64);
    whole.map_or_else(
        || Number::from_f64(number).map_or(Value::Null, Value::Number),
        Value::from,
    )
}

/// The first of each, then the second of each, and so on.
fn in_turn(lists: &[Vec<Value>]) -> Vec<Value> {
    let longest = lists.iter().map(Vec::len).max().unwrap_or(0);
    let rounds =
        (0..longest).flat_map(|round| lists.iter().filter_map(move |list| list.get(round)));
    rounds.cloned().collect()
}
