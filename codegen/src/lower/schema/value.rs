//! Values in a schema: `enum`, `const` and `default`.
//!
//! ```yaml
//! {type: string, enum: [png, 1]}              # invalid-enum: `1` is an integer, not a string
//! {type: string, enum: [png], default: jpg}   # invalid-default: `jpg` is not listed
//! {type: integer, minimum: 1, default: 0}     # invalid-default: `0` is less than 1
//! ```
//!
//! In published descriptions `default: null` means that there is no default; it is accepted
//! everywhere.

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::document::{At, Document, Value};
use crate::lower::schema::Schema;
use crate::lower::schema::json_type::JsonType;
use crate::lower::{Findings, Lowering};
use crate::model::{Bound, Limits};

/// Maximum nesting of alternatives that are searched: they may refer to themselves.
const DEPTH: usize = 8;

impl<'d> Lowering<'d> {
    /// Warns of a `default` that is not valid by its schema.
    pub(in crate::lower) fn check_default(&mut self, schema: &Schema<'d>) {
        let Some(default) = schema.at.get("default").filter(|at| !at.is_null()) else {
            return;
        };
        let whole = self.flatten(schema.clone(), &mut Vec::new());
        if let Some(fault) = self.fault(&whole, &default, DEPTH) {
            let message = format!(
                "the default {} {}",
                shown(self.document, &default),
                fault.message
            );
            let problem = Diagnostic::new(Code::InvalidDefault, &default, message)
                .label("not valid")
                .assuming("the documentation omits the default")
                .help(fault.help);
            self.findings.push(problem);
            self.refused_defaults.insert(default.pointer().clone());
        }
    }

    /// The reason why an item of a list is not valid by the schema of the items.
    fn item_fault(&mut self, schema: &Schema<'d>, list: &At<'d>, depth: usize) -> Option<Fault> {
        let items = schema.items.as_ref().filter(|_| depth > 0)?;
        let items = Schema::read(items, &mut self.findings);
        let items = self.flatten(items, &mut Vec::new());
        let mut faults = list
            .items()
            .map(|item| (self.fault(&items, &item, depth - 1), item));
        let (fault, item) = faults.find_map(|(fault, item)| Some((fault?, item)))?;
        Some(Fault {
            message: format!(
                "has the item {}, which {}",
                shown(self.document, &item),
                fault.message
            ),
            help: fault.help,
        })
    }

    /// The reason why a value is not valid by its type, listed values or bounds.
    fn fault(&mut self, schema: &Schema<'d>, value: &At<'d>, depth: usize) -> Option<Fault> {
        let own = type_fault(self.document, schema, value)
            .or_else(|| unlisted(schema, value))
            .or_else(|| bound_fault(&schema.limits, value.value()))
            .or_else(|| self.item_fault(schema, value, depth));
        let alternatives = schema.any_of.iter().chain(&schema.one_of);
        let alternatives: Vec<At<'d>> = alternatives.cloned().collect();
        if own.is_some() || alternatives.is_empty() || depth == 0 {
            return own;
        }
        let mut faults = alternatives.iter().map(|at| {
            let branch = Schema::read(at, &mut self.findings);
            let branch = self.flatten(branch, &mut Vec::new());
            (!branch.null_only).then(|| self.fault(&branch, value, depth - 1))
        });
        let faults: Vec<Option<Fault>> = faults.by_ref().flatten().collect();
        match <[Option<Fault>; 1]>::try_from(faults) {
            Ok([only]) => only,
            Err(faults) => faults.iter().all(Option::is_some).then(|| Fault {
                message: "matches none of the alternatives".to_owned(),
                help: "write a default that one of them allows, or remove it".to_owned(),
            }),
        }
    }
}

/// A fault of a value, as the end of a sentence, with the fix.
struct Fault {
    message: String,
    help: String,
}

/// Reports invalid values in `enum` and `const`. Returns true if there were any.
pub(crate) fn check_listed(
    document: &Document,
    schema: &Schema<'_>,
    findings: &mut Findings,
) -> bool {
    let before = findings.problems.len();
    for value in schema.values.iter().flatten() {
        if let Some(fault) = type_fault(document, schema, value) {
            let problem = Diagnostic::new(
                Code::InvalidEnum,
                value,
                format!("{} {}", shown(document, value), fault.message),
            );
            findings.push(problem.label("of another type").help(fault.help));
        }
    }
    findings.problems.len() > before
}

fn type_fault(document: &Document, schema: &Schema<'_>, value: &At<'_>) -> Option<Fault> {
    if schema.types.is_empty()
        || schema
            .types
            .iter()
            .any(|json_type| is_of(*json_type, value.value()))
    {
        return None;
    }
    let wanted: Vec<&str> = schema
        .types
        .iter()
        .map(|json_type| json_type.as_str())
        .collect();
    Some(Fault {
        message: format!(
            "is of type {}, but `type` is {}",
            type_name(value.value()),
            wanted.join(" or ")
        ),
        help: retyped(document, &wanted, value),
    })
}

/// The fix for a value of the wrong type: usually quotes are missing, or should be removed.
fn retyped(document: &Document, wanted: &[&str], value: &At<'_>) -> String {
    let written = document.written(value.node());
    match (wanted, value.value()) {
        (["string"], Value::Bool(_) | Value::Number(_)) => {
            format!("write it in quotes: `'{written}'`")
        }
        (["boolean"], Value::String(text)) if text == "true" || text == "false" => {
            format!("remove the quotes: `{text}`")
        }
        (["integer" | "number"], Value::String(text))
            if text.parse::<f64>().is_ok_and(f64::is_finite) =>
        {
            format!("remove the quotes: `{text}`")
        }
        _ => "change the value or `type`".to_owned(),
    }
}

fn is_of(json_type: JsonType, value: &Value) -> bool {
    match (json_type, value) {
        (JsonType::Integer, Value::Number(number)) => number.as_f64().fract() == 0.0,
        (JsonType::Number, Value::Number(_))
        | (JsonType::Boolean, Value::Bool(_))
        | (JsonType::String, Value::String(_))
        | (JsonType::Array, Value::Sequence(_))
        | (JsonType::Object, Value::Mapping(_)) => true,
        _ => false,
    }
}

/// The narrowest type of JSON Schema.
fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Number(number) if number.as_f64().fract() == 0.0 => "integer",
        value => value.type_name(),
    }
}

fn unlisted(schema: &Schema<'_>, value: &At<'_>) -> Option<Fault> {
    let listed = schema.values.as_ref()?;
    let json = value.node().to_json();
    if listed.iter().any(|known| known.node().to_json() == json) {
        return None;
    }
    let known = listed.iter().filter_map(At::as_str);
    let near = value.as_str().and_then(|text| suggest(text, known));
    let keyword = if schema.at.get("const").is_some() {
        "that of `const`"
    } else {
        "one that `enum` lists"
    };
    Some(Fault {
        message: format!("is not {keyword}"),
        help: near.map_or_else(
            || "change the default or the values".to_owned(),
            |near| format!("did you mean `{near}`?"),
        ),
    })
}

/// The first bound that a value violates.
fn bound_fault(limits: &Limits, value: &Value) -> Option<Fault> {
    let broken = match value {
        Value::Number(number) => number_fault(limits, number.as_f64()),
        Value::String(text) => {
            length_fault(text.chars().count(), limits.min_length, limits.max_length)
        }
        Value::Sequence(items) => length_fault(items.len(), limits.min_items, limits.max_items),
        _ => None,
    };
    broken.map(|message| Fault {
        message,
        help: "change the default or the bound".to_owned(),
    })
}

fn number_fault(limits: &Limits, number: f64) -> Option<String> {
    let value = |bound: &Bound| bound.number.as_f64();
    let least = limits
        .minimum
        .as_ref()
        .map(|bound| (bound, number < value(bound), "less than", "not more than"));
    let most = limits
        .maximum
        .as_ref()
        .map(|bound| (bound, number > value(bound), "more than", "not less than"));
    let broken = |(bound, beyond, outside, at): (&Bound, bool, &str, &str)| {
        let reached = bound.exclusive && number.total_cmp(&value(bound)).is_eq();
        let words = if bound.exclusive { at } else { outside };
        (beyond || reached).then(|| format!("is {words} {}", bound.number))
    };
    let factor = limits.multiple_of.as_ref();
    let uneven = factor.filter(|factor| uneven(number, factor.as_f64()));
    let uneven = uneven.map(|factor| format!("is not a multiple of {factor}"));
    least.into_iter().chain(most).find_map(broken).or(uneven)
}

/// True if a number is not a multiple of a factor, by the nearest `f64` of both.
fn uneven(number: f64, factor: f64) -> bool {
    let ratio = number / factor;
    (ratio - ratio.round()).abs() > 1e-9 * ratio.abs().max(1.0)
}

fn length_fault(length: usize, least: Option<u64>, most: Option<u64>) -> Option<String> {
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    let less = least.filter(|least| length < *least);
    let more = most.filter(|most| length > *most);
    let less = less.map(|least| format!("has the length {length}, less than {least}"));
    less.or_else(|| more.map(|most| format!("has the length {length}, more than {most}")))
}

/// A value for a message: as written, and shortened if it is long.
fn shown(document: &Document, value: &At<'_>) -> String {
    const LONGEST: usize = 60;
    let text = document.written(value.node());
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
