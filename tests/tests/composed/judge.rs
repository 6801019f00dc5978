//! The verdict of a schema on a value, in the words of a JSON Schema validator.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{Draft, JsonType, ValidationError, Validator};
use openapi_tests::instances::Instances;
use openapi_tests::meaning;
use serde_json::{Map, Value, json};

use crate::compose::Composed;
use crate::dice::Dice;

/// Number of values for each document.
const VALUES: usize = 40;

pub struct Judge {
    document: Value,
    schema: Value,
    /// With null as a value like others, and as none in rules between members.
    readings: [Reading; 2],
}

/// The expectations for a value.
#[derive(Debug)]
pub enum Verdict {
    /// It is read, passes its checks and is written as it was.
    Valid,
    /// It is not read, or does not pass its checks, or is not written as it was.
    Invalid(String),
    /// Nothing is expected, for this reason.
    Open(&'static str),
}

impl Judge {
    pub fn new(composed: &Composed) -> Self {
        let (document, schema) = meaning::of(&composed.document, &composed.schema, false);
        let null_is_absent = meaning::of(&composed.document, &composed.schema, true);
        Self {
            readings: [
                Reading::new(&document, &schema),
                Reading::new(&null_is_absent.0, &null_is_absent.1),
            ],
            document,
            schema,
        }
    }

    /// Values that are valid, at the edges, and values that are wrong in one place or another.
    pub fn values(&self, dice: &mut Dice) -> Vec<Value> {
        let instances = Instances::new(&[&self.document, &self.schema]);
        let mut all = instances.of(&self.document, &self.schema);
        all.retain(|value| value.to_string().len() < 4_000);
        let step = (all.len() / VALUES).max(1);
        let mut values: Vec<Value> = all.into_iter().step_by(step).take(VALUES).collect();
        let changed: Vec<Value> = values.iter().map(|value| changed(value, dice)).collect();
        values.extend(changed);
        values
    }

    pub fn of(&self, value: &Value) -> Verdict {
        let [one, other] = &self.readings;
        match (one.of(value), other.of(value)) {
            (Verdict::Open(reason), _) | (_, Verdict::Open(reason)) => Verdict::Open(reason),
            (Verdict::Valid, Verdict::Valid) => Verdict::Valid,
            (Verdict::Invalid(errors), Verdict::Invalid(_)) => Verdict::Invalid(errors),
            _ => Verdict::Open("in rules between members null counts as absent"),
        }
    }

    /// True if the value may be sent.
    pub fn may_be_sent(&self, value: &Value) -> Verdict {
        match self.of(value) {
            Verdict::Invalid(_) if self.readings[0].sent.is_valid(value) => Verdict::Valid,
            verdict => verdict,
        }
    }
}

/// One way to read a document.
struct Reading {
    /// With every required member, `readOnly` or not.
    whole: Validator,
    /// Without `readOnly` members that are required: a request need not have them.
    sent: Validator,
    /// Without members that no schema names.
    closed: Validator,
    /// The same without bounds, and with one alternative only that fits.
    distinct: Validator,
}

impl Reading {
    fn new(document: &Value, schema: &Value) -> Self {
        let validator = |(document, schema): &meaning::Pair| validator(document, schema);
        let closed = meaning::without_other_members(document, schema);
        Self {
            whole: validator(&(document.clone(), schema.clone())),
            sent: validator(&meaning::of_requests(document, schema)),
            distinct: validator(&meaning::distinct(&closed)),
            closed: validator(&closed),
        }
    }

    fn of(&self, value: &Value) -> Verdict {
        if self.whole.is_valid(value) {
            if !self.closed.is_valid(value) {
                return Verdict::Open("members that no schema names are not kept");
            }
            if !self.distinct.is_valid(value) {
                return Verdict::Open("several alternatives fit, but for their bounds");
            }
            return Verdict::Valid;
        }
        let errors: Vec<_> = self.sent.iter_errors(value).collect();
        if errors.is_empty() {
            return Verdict::Open("a request need not have every member that is required");
        }
        let shown = errors
            .iter()
            .map(|error| format!("{}: {error}; ", error.instance_path()));
        reason(&errors).map_or_else(|| Verdict::Invalid(shown.collect()), Verdict::Open)
    }
}

/// Why a value may be sent although the validator has these errors.
fn reason(errors: &[ValidationError<'_>]) -> Option<&'static str> {
    let is_unknown = |error: &ValidationError<'_>| matches!(error.kind(), ValidationErrorKind::Type { kind } if is_union(kind));
    let counts = |error: &&ValidationError<'_>| {
        // Of a value that no type of a list admits, nothing else is asked.
        let mut same = errors
            .iter()
            .filter(|other| other.instance_path() == error.instance_path());
        is_unknown(error) || !same.any(is_unknown)
    };
    let reasons: Option<Vec<_>> = errors.iter().filter(counts).map(open).collect();
    reasons?.first().copied()
}

/// Why a value may be sent although the validator has this error.
fn open(error: &ValidationError<'_>) -> Option<&'static str> {
    match error.kind() {
        ValidationErrorKind::Enum { .. } | ValidationErrorKind::Constant { .. } => {
            Some("enums are open")
        }
        ValidationErrorKind::Pattern { .. } => Some("what is no base64 is kept as it came"),
        ValidationErrorKind::MinProperties { .. } | ValidationErrorKind::MaxProperties { .. } => {
            Some("the number of members that have names is left to the server")
        }
        ValidationErrorKind::AdditionalProperties { .. }
        | ValidationErrorKind::UnevaluatedProperties { .. } => {
            Some("a part does not close the whole")
        }
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            // A schema or null: what is not null is held to the schema.
            let others: Vec<_> = context.iter().filter(|errors| !is_null(errors)).collect();
            match others.as_slice() {
                [only] if context.len() == 2 => reason(only),
                _ => Some("a union takes what none of its alternatives describes"),
            }
        }
        ValidationErrorKind::Type { kind } if is_union(kind) => {
            Some("a union takes what none of its alternatives describes")
        }
        ValidationErrorKind::OneOfMultipleValid { .. } => {
            Some("that only one alternative fits is left to the server")
        }
        ValidationErrorKind::UniqueItems => Some("left to the server"),
        _ => None,
    }
}

/// True for the errors of `type: null`.
fn is_null(errors: &[ValidationError<'_>]) -> bool {
    let null = |error: &ValidationError<'_>| {
        matches!(
            error.kind(),
            ValidationErrorKind::Type {
                kind: TypeKind::Single(JsonType::Null)
            }
        )
    };
    errors.iter().all(null)
}

/// True if there are several types beside null.
fn is_union(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Single(_) => false,
        TypeKind::Multiple(types) => {
            types.iter().filter(|name| *name != JsonType::Null).count() > 1
        }
    }
}

fn validator(document: &Value, schema: &Value) -> Validator {
    let root = json!({"components": document["components"], "allOf": [schema]});
    let validator = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .build(&root);
    validator.unwrap_or_else(|error| panic!("{error}: {root}"))
}

/// The value with one change somewhere.
fn changed(value: &Value, dice: &mut Dice) -> Value {
    let wrong = [
        json!(null),
        json!(true),
        json!(0),
        json!(-11),
        json!(4_000_000_000_u64),
        json!(0.25),
        json!(""),
        json!("xxxxxxxxx"),
        json!([]),
        json!({}),
    ];
    match value {
        Value::Array(items) if !items.is_empty() && dice.chance(3, 4) => {
            let mut items = items.clone();
            let index = dice.below(items.len());
            match dice.below(4) {
                0 => drop(items.remove(index)),
                1 => items.push(items[index].clone()),
                _ => items[index] = changed(&items[index], dice),
            }
            Value::Array(items)
        }
        Value::Object(members) if !members.is_empty() && dice.chance(4, 5) => {
            let mut members: Map<String, Value> = members.clone();
            let names: Vec<String> = members.keys().cloned().collect();
            let name = dice.one(&names);
            match dice.below(5) {
                0 => drop(members.remove(name)),
                1 => drop(members.insert("additional member".to_owned(), dice.one(&wrong).clone())),
                _ => {
                    let member = changed(&members[name], dice);
                    members.insert(name.clone(), member);
                }
            }
            Value::Object(members)
        }
        _ => dice.one(&wrong).clone(),
    }
}
